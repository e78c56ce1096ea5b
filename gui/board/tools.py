"""What the left button does on the board, and the drags that follow from it."""

from collections.abc import Callable
from enum import Enum
from typing import Protocol

from gui.board.stroke import Stroke
from gui.board.viewport import Point
from life.patch import Patch


class Tool(Enum):
    """What the left button does."""

    DRAW = "draw"
    PAN = "pan"
    FAULT = "fault"


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
    """Takes the board along with the hand."""

    def __init__(self, start: Point, pan: Callable[[float, float], None]) -> None:
        self._last = start
        self._pan = pan

    def moved_to(self, point: Point) -> None:
        """Moves the board by as much as the pointer moved."""
        (old_y, old_x), self._last = self._last, point
        self._pan(point[0] - old_y, point[1] - old_x)
