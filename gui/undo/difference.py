"""The difference between two snapshots, so small that there need be no limit to how many are kept.

Two boards of the same size differ by the exclusive or of their bits, of which only the rows that differ are kept, and
these compressed: a stroke on a board of a million cells takes some hundred bytes.
"""

import zlib
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from gui.undo.snapshot import Faults, Snapshot
from life.board import Bits, Board, stride_of
from life.moment import Moment
from life.rule import Rule
from life.topology import Topology

_QUICK, _STORED = 1, 0  # levels of zlib
_SAMPLE = 1 << 14  # bytes
_WORTH_WHILE = 0.9


class BoardDifference(Protocol):
    """How to get from one board to another, and back."""

    def undone(self, after: Board) -> Board:
        """The board before."""

    def redone(self, before: Board) -> Board:
        """The board after."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Of two boards that are the same."""

    def undone(self, after: Board) -> Board:
        return after

    def redone(self, before: Board) -> Board:
        return before


@dataclass(frozen=True, slots=True)
class Flips:
    """Of two boards of the same size: the cells that differ, in whole rows from `top` on."""

    top: int
    packed: bytes

    def undone(self, after: Board) -> Board:
        return self._flipped(after)

    def redone(self, before: Board) -> Board:
        return self._flipped(before)

    def _flipped(self, board: Board) -> Board:
        bits = board.bits.copy()
        flips = np.frombuffer(zlib.decompress(self.packed), np.uint8).reshape(-1, bits.shape[1])
        bits[self.top : self.top + len(flips)] ^= flips
        return Board(board.height, board.width, bits)


@dataclass(frozen=True, slots=True)
class PackedBoard:
    """One board, compressed whole."""

    height: int
    width: int
    packed: bytes

    def board(self) -> Board:
        """The same board again."""
        bits = np.frombuffer(zlib.decompress(self.packed), np.uint8)
        return Board(self.height, self.width, bits.reshape(self.height, stride_of(self.width)))


@dataclass(frozen=True, slots=True)
class Both:
    """Of two boards of different sizes: both of them."""

    before: PackedBoard
    after: PackedBoard

    def undone(self, after: Board) -> Board:
        return self.before.board()

    def redone(self, before: Board) -> Board:
        return self.after.board()


def between_boards(before: Board, after: Board) -> BoardDifference:
    """How they differ."""
    if (before.height, before.width) != (after.height, after.width):
        return Both(_packed(before), _packed(after))
    flips = before.bits ^ after.bits
    rows = np.flatnonzero(flips.any(axis=1))
    if not len(rows):
        return Nothing()
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    return Flips(top, _compressed(flips[top:bottom]))


def _packed(board: Board) -> PackedBoard:
    return PackedBoard(board.height, board.width, _compressed(board.bits))


def _compressed(bits: Bits) -> bytes:
    """For `zlib.decompress`; a soup, which takes long to compress and gets no smaller by it, is taken as it is."""
    data = np.ascontiguousarray(bits).data.cast("B")
    sample = data[:_SAMPLE]
    is_soup = len(zlib.compress(sample, _QUICK)) > _WORTH_WHILE * len(sample)
    return zlib.compress(data, _STORED if is_soup else _QUICK)


@dataclass(frozen=True, slots=True)
class MomentDifference:
    """Of two moments; the pairs are what it was before and after."""

    generations: tuple[int, int]
    rules: tuple[Rule, Rule]
    topologies: tuple[Topology, Topology]
    boards: BoardDifference

    def undone(self, after: Moment) -> Moment:
        """The moment before."""
        return Moment(self.generations[0], self.boards.undone(after.board), self.rules[0], self.topologies[0])

    def redone(self, before: Moment) -> Moment:
        """The moment after."""
        return Moment(self.generations[1], self.boards.redone(before.board), self.rules[1], self.topologies[1])


def between_moments(before: Moment, after: Moment) -> MomentDifference:
    """How they differ."""
    return MomentDifference(
        (before.generation, after.generation),
        (before.rule, after.rule),
        (before.topology, after.topology),
        between_boards(before.board, after.board),
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """Of two snapshots. `beginnings` is None where the beginning is the same, as it nearly always is."""

    moments: MomentDifference
    beginnings: MomentDifference | None
    lost_faults: Faults
    new_faults: Faults

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
