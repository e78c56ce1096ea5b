"""The cells that a pen passes between two places, so that none is skipped however fast the hand moves."""

import numpy as np
from numpy.typing import NDArray

from life.patch import Patch
from life.plane.box import Box
from life.world import World

Cell = tuple[int, int]
Indices = NDArray[np.int64]

LONGEST_LINE = 1 << 20  # cells between two places of the pen; a longer line would be no stroke of a hand


def cells_between(start: Cell, end: Cell) -> tuple[Indices, Indices]:
    """The cells of a straight line from `start` to `end`, both included, each touching the next (Bresenham's choice).

    Args:
        start: first cell, (y, x).
        end: last cell, (y, x).

    Returns:
        Their rows and their columns, in order, as int64 arrays of the same length.
    """
    dy, dx = end[0] - start[0], end[1] - start[1]
    steps = max(abs(dy), abs(dx))
    at = np.arange(steps + 1, dtype=np.int64)
    return start[0] + _shares(dy, at, steps), start[1] + _shares(dx, at, steps)


def _shares(distance: int, at: Indices, steps: int) -> Indices:
    """`distance * at / steps`, rounded to the nearest whole number, in integers throughout."""
    return (2 * distance * at + steps) // max(2 * steps, 1)


class Stroke:
    """One pass of the pen. Its first cell on the board decides whether it sets or clears."""

    def __init__(self, board: World, alive: bool | None = None) -> None:
        """Begins over `board` as it is shown at this moment; `alive` decides beforehand where it is not None."""
        self._board = board
        self._alive = alive
        self._last: Cell | None = None

    def moved_to(self, cell: Cell) -> Patch | None:
        """The cells passed since the last call, without those outside the board; None where there are none."""
        if cell == self._last:
            return None
        last = self._last if self._last and _distance(self._last, cell) <= LONGEST_LINE else None
        ys, xs = _inside(*cells_between(last or cell, cell), self._board.frame, skip=last is not None)
        self._last = cell
        if not len(ys):
            return None
        if self._alive is None:
            self._alive = not self._board.is_alive(int(ys[0]), int(xs[0]))
        return Patch(ys, xs, self._alive)


def _distance(start: Cell, end: Cell) -> int:
    return max(abs(end[0] - start[0]), abs(end[1] - start[1]))


def _inside(ys: Indices, xs: Indices, frame: Box, *, skip: bool) -> tuple[Indices, Indices]:
    """Those within `frame`; `skip` leaves out the first."""
    kept = (ys >= frame.top) & (ys < frame.bottom) & (xs >= frame.left) & (xs < frame.right)
    kept[:1] &= not skip
    return ys[kept], xs[kept]
