"""What the left button does on the board, and the drags that follow from it."""

from collections.abc import Callable
from enum import Enum
from typing import Protocol

from PySide6.QtCore import Qt

from gui.board.stroke import Stroke
from gui.board.viewport import Point
from life.patch import Patch

_CLICK_REACH = 3.0  # device-independent pixels


class Tool(Enum):
    """What the left button does."""

    DRAW = "draw"
    PAN = "pan"
    FAULT = "fault"


CURSORS = {
    Tool.DRAW: Qt.CursorShape.CrossCursor,
    Tool.PAN: Qt.CursorShape.OpenHandCursor,
    Tool.FAULT: Qt.CursorShape.PointingHandCursor,
}


class Drag(Protocol):
    """Something that goes on while a button is held."""

    def moved_to(self, point: Point) -> None:
        """The pointer is at (y, x) now, in device-independent pixels of the board's widget."""


class DrawDrag:
    """Hands on the cells that the pen passes."""

    def __init__(
        self, stroke: Stroke, cell_at: Callable[[Point], tuple[int, int]], drawn: Callable[[Patch], None]
    ) -> None:
        self._stroke = stroke
        self._cell_at = cell_at
        self._drawn = drawn

    def moved_to(self, point: Point) -> None:
        """Draws from where the pen was to `point`."""
        patch = self._stroke.moved_to(self._cell_at(point))
        if patch is not None:
            self._drawn(patch)


class PanDrag:
    """Takes the board along with the hand.

    Attributes:
        has_moved: whether the hand went farther than one that meant to click.
    """

    def __init__(self, start: Point, pan: Callable[[float, float], None]) -> None:
        self.has_moved = False
        self._start = self._last = start
        self._pan = pan

    def moved_to(self, point: Point) -> None:
        """Moves the board by as much as the pointer moved."""
        (old_y, old_x), self._last = self._last, point
        self.has_moved |= max(abs(point[0] - self._start[0]), abs(point[1] - self._start[1])) > _CLICK_REACH
        self._pan(point[0] - old_y, point[1] - old_x)
