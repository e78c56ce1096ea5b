"""What the simulation can be told: plain, frozen data, so that it may come from anywhere."""

from dataclasses import dataclass

from life.board import Board
from life.experiment import Experiment
from life.patch import Patch
from life.rule import Rule
from life.topology import Topology


@dataclass(frozen=True, slots=True)
class Play:
    """Run one generation after another."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Run no further generation once the one under way is finished."""


@dataclass(frozen=True, slots=True)
class Step:
    """Run `count` generations, then pause."""

    count: int


@dataclass(frozen=True, slots=True)
class Stop:
    """End the generation under way where it stands, and pause."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Set or clear a few cells."""

    patch: Patch


@dataclass(frozen=True, slots=True)
class Replace:
    """Put another board in the place of this one, as an edit."""

    board: Board


@dataclass(frozen=True, slots=True)
class Load:
    """Begin anew with another pattern, paused at generation 0."""

    board: Board
    rule: Rule
    topology: Topology


@dataclass(frozen=True, slots=True)
class Reset:
    """Go back to the board as it was when generation 0 was left, and pause."""


@dataclass(frozen=True, slots=True)
class Configure:
    """Go on with another experiment."""

    experiment: Experiment


@dataclass(frozen=True, slots=True)
class SetRule:
    """Go on by another rule."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class SetRate:
    """Play at `rate` generations a second, or as fast as it goes where that is None."""

    rate: float | None


@dataclass(frozen=True, slots=True)
class SetHold:
    """Whether a failure holds the simulation."""

    hold: bool


@dataclass(frozen=True, slots=True)
class SetRecording:
    """Whether the generations from the next one on leave all their times behind."""

    record: bool


@dataclass(frozen=True, slots=True)
class Retry:
    """Run the generation that failed once more, from the board before it."""


@dataclass(frozen=True, slots=True)
class Close:
    """End the simulation's thread."""


Command = (
    Play
    | Pause
    | Step
    | Stop
    | Edit
    | Replace
    | Load
    | Reset
    | Configure
    | SetRule
    | SetRate
    | SetHold
    | SetRecording
    | Retry
    | Close
)
