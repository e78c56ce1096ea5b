"""The cells that a pen passes between two places, so that none is skipped however fast the hand moves."""

import numpy as np
from numpy.typing import NDArray

from life.board import Board
from life.patch import Patch

Cell = tuple[int, int]
Indices = NDArray[np.int64]


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

    def __init__(self, board: Board, alive: bool | None = None) -> None:
        """Begins over `board` as it is shown at this moment; `alive` decides beforehand where it is not None."""
        self._board = board
        self._alive = alive
        self._last: Cell | None = None

    def moved_to(self, cell: Cell) -> Patch | None:
        """The cells passed since the last call, without those outside the board; None where there are none."""
        if cell == self._last:
            return None
        ys, xs = cells_between(self._last or cell, cell)
        if self._last is not None:
            ys, xs = ys[1:], xs[1:]
        self._last = cell
        inside = (ys >= 0) & (ys < self._board.height) & (xs >= 0) & (xs < self._board.width)
        ys, xs = ys[inside], xs[inside]
        if not len(ys):
            return None
        if self._alive is None:
            self._alive = not self._board.is_alive(int(ys[0]), int(xs[0]))
        return Patch(ys, xs, self._alive)
