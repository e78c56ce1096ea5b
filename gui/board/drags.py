"""What goes on between the press and the release of a button."""

from collections.abc import Callable
from typing import Protocol

from gui.board.stroke import Stroke
from gui.board.viewport import Point
from life.patch import Patch

CLICK_REACH = 3.0  # device-independent pixels that the hand of one who only clicks may move


class Drag(Protocol):
    """Something that goes on while a button is held."""

    def moved_to(self, point: Point) -> None:
        """The pointer is at (y, x) now, in device-independent pixels of the board's widget."""

    def ended(self) -> None:
        """The button was released; nothing is called after this."""


class DrawDrag:
    """Hands on the cells that the pen passes."""

    def __init__(
        self,
        stroke: Stroke,
        cell_at: Callable[[Point], tuple[int, int]],
        drawn: Callable[[Patch], None],
        ended: Callable[[], None],
    ) -> None:
        self._stroke = stroke
        self._cell_at = cell_at
        self._drawn = drawn
        self._ended = ended

    def moved_to(self, point: Point) -> None:
        """Draws from where the pen was to `point`."""
        self._draw_to(self._cell_at(point))

    def touch(self, cell: tuple[int, int]) -> None:
        """Draws one cell, as a click on it does."""
        self._draw_to(cell)
        self._ended()

    def _draw_to(self, cell: tuple[int, int]) -> None:
        patch = self._stroke.moved_to(cell)
        if patch is not None:
            self._drawn(patch)

    def ended(self) -> None:
        """Says that the stroke is whole."""
        self._ended()


class PanDrag:
    """Takes the board along with the hand; a hand that does not move clicks."""

    def __init__(self, start: Point, pan: Callable[[float, float], None], clicked: Callable[[], None]) -> None:
        self._has_moved = False
        self._start = self._last = start
        self._pan = pan
        self._clicked = clicked

    def moved_to(self, point: Point) -> None:
        """Moves the board by as much as the pointer moved."""
        (old_y, old_x), self._last = self._last, point
        self._has_moved = self._has_moved or is_far(self._start, point)
        self._pan(point[0] - old_y, point[1] - old_x)

    def ended(self) -> None:
        """Was it a click?"""
        if not self._has_moved:
            self._clicked()


def is_far(start: Point, point: Point) -> bool:
    """Whether a hand that went from `start` to `point` meant to drag."""
    return max(abs(point[0] - start[0]), abs(point[1] - start[1])) > CLICK_REACH
