"""The rectangle of cells that commands are about."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from life.board import Board

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Selection:
    """The cells (y, x) with `top` <= y < `bottom` and `left` <= x < `right`; at least one row and one column."""

    top: int
    left: int
    height: int
    width: int

    def __post_init__(self) -> None:
        if self.height < 1 or self.width < 1:
            raise ValueError(f"a selection needs at least one cell, not {self.height} × {self.width}")

    @classmethod
    def between(cls, one: Cell, other: Cell) -> Self:
        """The smallest selection that has both cells."""
        (top, bottom), (left, right) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        return cls(top, left, bottom - top + 1, right - left + 1)

    @classmethod
    def of_board(cls, board: Board) -> Self:
        """All cells of a board."""
        return cls(0, 0, board.height, board.width)

    @property
    def bottom(self) -> int:
        """One past the last row."""
        return self.top + self.height

    @property
    def right(self) -> int:
        """One past the last column."""
        return self.left + self.width

    @property
    def count(self) -> int:
        """How many cells are in it, dead or alive."""
        return self.height * self.width

    def has(self, cell: Cell) -> bool:
        """Whether a cell is in it."""
        return self.top <= cell[0] < self.bottom and self.left <= cell[1] < self.right

    def is_within(self, board: Board) -> bool:
        """Whether it lies on the board, whole."""
        return self.clipped_to(board) == self

    def clipped_to(self, board: Board) -> Self | None:
        """The part of it that lies on the board; None where no part does."""
        top, left = max(self.top, 0), max(self.left, 0)
        height, width = min(self.bottom, board.height) - top, min(self.right, board.width) - left
        return type(self)(top, left, height, width) if height > 0 and width > 0 else None

    def moved(self, dy: int, dx: int) -> Self:
        """One of the same size, so many rows down and columns to the right."""
        return type(self)(self.top + dy, self.left + dx, self.height, self.width)

    def turned(self) -> Self:
        """Rows for columns, about the same middle cell, so that turning it twice gives it back."""
        middle_y, middle_x = self.top + (self.height - 1) // 2, self.left + (self.width - 1) // 2
        return type(self)(middle_y - (self.width - 1) // 2, middle_x - (self.height - 1) // 2, self.width, self.height)

    def shrunk_to_live(self, board: Board) -> Self | None:
        """The smallest selection within this one that has all its live cells; None where it has none."""
        inside = self.clipped_to(board)
        if inside is None:
            return None
        bits = board.bits[inside.top : inside.bottom] & columns_mask(board, inside)
        rows = np.flatnonzero(bits.any(axis=1))
        if not len(rows):
            return None
        columns = np.flatnonzero(np.unpackbits(np.bitwise_or.reduce(bits, axis=0), bitorder="little"))
        first, last = (int(rows[0]), int(columns[0])), (int(rows[-1]), int(columns[-1]))
        return type(self).between((first[0] + inside.top, first[1]), (last[0] + inside.top, last[1]))

    def grip_at(self, cell: Cell) -> "Grip":
        """The edges that one takes hold of at a cell: those of the third of the selection that it is next to."""
        return Grip(self, _end_at(cell[0], self.top, self.height), _end_at(cell[1], self.left, self.width))

    def __str__(self) -> str:
        """As people read it: rows, then columns."""
        return f"{self.height:,} × {self.width:,}"


@dataclass(frozen=True, slots=True)
class Grip:
    """A selection by some of its edges.

    Attributes:
        vertical, horizontal: which edge is held; -1 the top or left one, 1 the bottom or right one, 0 neither.
    """

    selection: Selection
    vertical: int
    horizontal: int

    def dragged_to(self, cell: Cell) -> Selection:
        """The selection with the edges that are held at `cell`, and the others where they were."""
        held = self.selection
        top, bottom = _dragged(self.vertical, cell[0], held.top, held.height)
        left, right = _dragged(self.horizontal, cell[1], held.left, held.width)
        return Selection.between((top, left), (bottom, right))


def columns_mask(board: Board, selection: Selection) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    """A packed row of `board` in which the columns of `selection` are 1."""
    columns = np.zeros(board.bits.shape[1] * 8, np.uint8)
    columns[selection.left : selection.right] = 1
    return np.packbits(columns, bitorder="little")


def _end_at(at: int, start: int, length: int) -> int:
    """The end of `length` cells from `start` to which `at` is near: -1, 1, or 0 for the middle third."""
    beyond = 3 * (at - start)
    if beyond < length:
        return -1
    return 1 if beyond >= 2 * length else 0


def _dragged(end: int, at: int, start: int, length: int) -> tuple[int, int]:
    """The first and the last cell, in any order, where one end was dragged to `at`."""
    last = start + length - 1
    return (at if end < 0 else start), (at if end > 0 else last)
