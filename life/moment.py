"""Where a simulation stands at one time, whole: what one can go back to."""

from dataclasses import dataclass

from life.rule import Rule
from life.topology import Topology
from life.world import World


@dataclass(frozen=True, slots=True)
class Moment:
    """The board of one generation, and how it goes on from there."""

    generation: int
    board: World
    rule: Rule
    topology: Topology
