"""The difference between two snapshots, so small that a great many of them can be kept."""

from dataclasses import dataclass

from gui.undo.snapshot import Faults, Snapshot
from gui.undo.worlds import WorldDifference, between_worlds
from life.moment import Moment
from life.rule import Rule
from life.topology import Topology


@dataclass(frozen=True, slots=True)
class MomentDifference:
    """Of two moments; the pairs are what it was before and after."""

    generations: tuple[int, int]
    rules: tuple[Rule, Rule]
    topologies: tuple[Topology, Topology]
    worlds: WorldDifference

    @property
    def nbytes(self) -> int:
        """How much memory it takes, about."""
        return self.worlds.nbytes

    def undone(self, after: Moment) -> Moment:
        """The moment before."""
        return Moment(self.generations[0], self.worlds.undone(after.board), self.rules[0], self.topologies[0])

    def redone(self, before: Moment) -> Moment:
        """The moment after."""
        return Moment(self.generations[1], self.worlds.redone(before.board), self.rules[1], self.topologies[1])


def between_moments(before: Moment, after: Moment) -> MomentDifference:
    """How they differ."""
    return MomentDifference(
        (before.generation, after.generation),
        (before.rule, after.rule),
        (before.topology, after.topology),
        between_worlds(before.board, after.board),
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """Of two snapshots. `beginnings` is None where the beginning is the same, as it nearly always is."""

    moments: MomentDifference
    beginnings: MomentDifference | None
    lost_faults: Faults
    new_faults: Faults

    @property
    def nbytes(self) -> int:
        """How much memory it takes, about."""
        return self.moments.nbytes + (self.beginnings.nbytes if self.beginnings else 0)

    def undone(self, after: Snapshot) -> Snapshot:
        """The snapshot before."""
        faults = {cell: kind for cell, kind in after.faults.items() if cell not in self.new_faults}
        beginning = self.beginnings.undone(after.beginning) if self.beginnings else after.beginning
        return Snapshot(self.moments.undone(after.moment), beginning, faults | dict(self.lost_faults))

    def redone(self, before: Snapshot) -> Snapshot:
        """The snapshot after."""
        faults = {cell: kind for cell, kind in before.faults.items() if cell not in self.lost_faults}
        beginning = self.beginnings.redone(before.beginning) if self.beginnings else before.beginning
        return Snapshot(self.moments.redone(before.moment), beginning, faults | dict(self.new_faults))


def between(before: Snapshot, after: Snapshot) -> Difference:
    """How they differ."""
    is_same = before.beginning is after.beginning
    return Difference(
        between_moments(before.moment, after.moment),
        None if is_same else between_moments(before.beginning, after.beginning),
        _without(before.faults, after.faults),
        _without(after.faults, before.faults),
    )


def _without(faults: Faults, others: Faults) -> Faults:
    """Those of `faults` that are not just so among `others`."""
    return {cell: kind for cell, kind in faults.items() if others.get(cell) is not kind}
