"""The rectangle of cells that commands are about."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from life.board import Board
from life.plane.box import Box
from life.world import World

Cell = tuple[int, int]

MOST_LIVE = 10_000_000  # live cells of a board that are handled by their coordinates, 16 bytes each
MOST_LIVE_ON_PLANE = 2_000_000  # the same; finding them in a tree takes longer


@dataclass(frozen=True, slots=True)
class Selection:
    """The cells (y, x) with `top` <= y < `bottom` and `left` <= x < `right`; at least one row and one column.

    It may be anywhere, and as large as one likes: nothing is kept for its cells.
    """

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
    def of_box(cls, box: Box) -> Self:
        """The cells of a box that is not empty."""
        return cls(box.top, box.left, box.height, box.width)

    @classmethod
    def of_board(cls, board: Board) -> Self:
        """All cells of a board."""
        return cls.of_box(board.frame)

    @classmethod
    def of_world(cls, world: World) -> Self | None:
        """All cells of a board; of the plane those around all that live, and None where nothing does."""
        box = world.frame if isinstance(world, Board) else world.box
        return cls.of_box(box) if box else None

    @property
    def box(self) -> Box:
        """The same cells as a box."""
        return Box(self.top, self.left, self.bottom, self.right)

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

    def is_within(self, world: World) -> bool:
        """Whether it lies on the board, whole."""
        return self.clipped_to(world) == self

    def clipped_to(self, world: World) -> Self | None:
        """The part of it that lies on the board; None where no part does."""
        part = self.box.within(world.frame)
        return None if part.is_empty else type(self).of_box(part)

    def moved(self, dy: int, dx: int) -> Self:
        """One of the same size, so many rows down and columns to the right."""
        return type(self)(self.top + dy, self.left + dx, self.height, self.width)

    def turned(self) -> Self:
        """Rows for columns, about the same middle cell, so that turning it twice gives it back."""
        middle_y, middle_x = self.top + (self.height - 1) // 2, self.left + (self.width - 1) // 2
        return type(self)(middle_y - (self.width - 1) // 2, middle_x - (self.height - 1) // 2, self.width, self.height)

    def shrunk_to_live(self, world: World) -> Self | None:
        """The smallest selection within this one that has all its live cells; None where it has none.

        Raises:
            LifeError: on the plane, more than 2,000,000 cells of a part of the living are to be looked at.
        """
        inside, box = self.clipped_to(world), world.box
        if inside is None or box is None:
            return None
        if box.within(inside.box) == box:
            return type(self).of_box(box)
        if isinstance(world, Board):
            live = world.crop(inside.box).box
            return type(self).of_box(live).moved(inside.top, inside.left) if live else None
        ys, xs = world.live_cells(inside.box, MOST_LIVE_ON_PLANE)
        return type(self).between((int(ys.min()), int(xs.min())), (int(ys.max()), int(xs.max()))) if len(ys) else None

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
