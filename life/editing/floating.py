"""A pattern that is over the board and not yet on it: it can be moved and turned until it is placed."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Self

import numpy as np

from life.editing.area import LARGEST_AREA, Area, cleared_inside, read_area, write_area
from life.editing.selection import Selection
from life.editing.turning import Turn, turned
from life.errors import LifeError
from life.patterns.pattern import Pattern
from life.world import World


class PasteMode(Enum):
    """What becomes of the board's cells under a pattern; the value is how it is called."""

    COPY = "copy"
    OR = "or"
    XOR = "xor"
    AND = "and"

    @property
    def next(self) -> "PasteMode":
        """The one that follows, and after the last the first again."""
        modes = list(PasteMode)
        return modes[(modes.index(self) + 1) % len(modes)]

    def combine(self, under: Area, over: Area) -> Area:
        """The cells `over` pasted over the cells `under`, of the same shape."""
        match self:
            case PasteMode.COPY:
                return over
            case PasteMode.OR:
                return under | over
            case PasteMode.XOR:
                return under ^ over
            case _:
                return under & over


@dataclass(frozen=True, slots=True, eq=False)
class Floating:
    """A pattern over a board.

    Attributes:
        cells: of shape (height, width); never written.
        top, left: where its first cell is, which may be outside of the board.
        origin: the selection it was lifted from, whose cells die when it is placed; None where it came from elsewhere.
    """

    cells: Area
    top: int = 0
    left: int = 0
    origin: Selection | None = None

    @classmethod
    def of_pattern(cls, pattern: Pattern, board: World) -> Self:
        """A pattern on its way to `board`, with the empty cells around it that it says it has where these fit.

        Raises:
            LifeError: it is empty, or larger than the board.
        """
        if not pattern.population:
            raise LifeError("this pattern has no live cell, so there is nothing to paste")
        pattern = pattern.listed()
        height, width = pattern.height, pattern.width
        ys, xs = pattern.ys, pattern.xs
        room = board.frame
        if height > room.height or width > room.width or height * width > LARGEST_AREA:
            ys, xs = ys - ys.min(), xs - xs.min()
            height, width = int(ys.max()) + 1, int(xs.max()) + 1
        if height > room.height or width > room.width:
            raise LifeError(
                f"this pattern has {height:,} × {width:,} cells and the board only {room.height:,} × "
                f"{room.width:,}; make the board larger first, or open the pattern as a file"
            )
        if height * width > LARGEST_AREA:
            raise LifeError(f"a pattern of {height:,} × {width:,} cells is too large to be pasted; open it as a file")
        cells = np.zeros((height, width), np.bool_)
        cells[ys, xs] = True
        return cls(cells)

    @classmethod
    def lifted(cls, board: World, selection: Selection) -> Self:
        """The cells of a selection, which go on to look as they were until they are placed elsewhere.

        Raises:
            LifeError: the selection has more than 67,108,864 cells.
        """
        return cls(read_area(board, selection), selection.top, selection.left, selection)

    @property
    def area(self) -> Selection:
        """The cells that it is over, on the board or not."""
        return Selection(self.top, self.left, *self.cells.shape)

    def at(self, top: int, left: int) -> Self:
        """The same elsewhere."""
        return replace(self, top=top, left=left)

    def centred_at(self, cell: tuple[int, int]) -> Self:
        """The same with its middle over a cell."""
        height, width = self.cells.shape
        return self.at(cell[0] - (height - 1) // 2, cell[1] - (width - 1) // 2)

    def kept_over(self, board: World) -> Self:
        """The same, moved by as little as it takes for at least one row and one column to be over the board."""
        height, width = self.cells.shape
        room = board.frame
        return self.at(
            min(max(self.top, room.top + 1 - height), room.bottom - 1),
            min(max(self.left, room.left + 1 - width), room.right - 1),
        )

    def turned(self, turn: Turn) -> Self:
        """The same turned about its middle."""
        area = self.area.turned() if turn.is_quarter else self.area
        return replace(self, cells=turned(self.cells, turn), top=area.top, left=area.left)

    def with_cells(self, cells: Area) -> Self:
        """Other cells of the same shape in the same place."""
        return replace(self, cells=cells)

    def under(self, board: World) -> World:
        """The board on which it is to be placed: without the cells that were lifted from it."""
        origin = self.origin.clipped_to(board) if self.origin else None
        return cleared_inside(board, origin) if origin else board

    def placed_on(self, board: World, mode: PasteMode) -> World:
        """The board with the pattern on it; what lies outside of the board is left out."""
        base = self.under(board)
        inside = self.area.clipped_to(board)
        if inside is None:
            return base
        over = self.cells[inside.top - self.top :, inside.left - self.left :][: inside.height, : inside.width]
        cells = mode.combine(read_area(base, inside), over)
        is_back = self.origin == inside  # and if nothing is another than it was, the board is the same
        return write_area(board if is_back else base, cells, inside.top, inside.left)

    def lost_on(self, board: World) -> int:
        """How many of its live cells lie outside of the board."""
        inside = self.area.clipped_to(board)
        total = int(np.count_nonzero(self.cells))
        if inside is None:
            return total
        kept = self.cells[inside.top - self.top :, inside.left - self.left :][: inside.height, : inside.width]
        return total - int(np.count_nonzero(kept))
