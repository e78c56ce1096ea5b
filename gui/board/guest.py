"""What somebody needs to know and to do who takes part in the board's tools and keys without being known by it."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter

from gui.board.drags import Drag
from gui.board.tools import Tool
from gui.board.viewport import Point, Viewport
from gui.look.theme import Theme

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Press:
    """A press of the left button.

    Attributes:
        tool: the tool in the hand.
        point: where, (y, x) in device-independent pixels of the board's widget.
        cell: the cell there, (y, x), which may lie outside of the board.
        modifiers: the keys that are held.
    """

    tool: Tool
    point: Point
    cell: Cell
    modifiers: Qt.KeyboardModifier


class Guest(Protocol):
    """Takes part in what is done on the board in the present; asked before the board's own tools and keys."""

    @property
    def cursor_shape(self) -> Qt.CursorShape | None:
        """How the pointer looks while the guest has something in hand; None while it has nothing."""

    def begun(self, press: Press) -> Drag | None:
        """The drag that a press begins; None where that is not the guest's business."""

    def pointed_at(self, cell: Cell) -> None:
        """The pointer is over another cell, inside the board or not, and nothing is dragged."""

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key is for the guest, and no shortcut of the window may have it."""

    def press_key(self, event: QKeyEvent) -> bool:
        """A key was pressed; returns whether it was for the guest."""

    def paint_cells(self, painter: QPainter, viewport: Viewport, theme: Theme) -> None:
        """Paints cells, under the lines between them; the painter's unit is one device pixel."""

    def paint(self, painter: QPainter, viewport: Viewport, theme: Theme) -> None:
        """Paints over everything but the pointer; the painter's unit is one device pixel."""


class Nobody:
    """The guest of a board that has none."""

    cursor_shape = None

    def begun(self, press: Press) -> Drag | None:
        """Begins nothing."""
        return None

    def pointed_at(self, cell: Cell) -> None:
        """Does not care."""

    def takes(self, event: QKeyEvent) -> bool:
        """Takes no key."""
        return False

    def press_key(self, event: QKeyEvent) -> bool:
        """Takes no key."""
        return False

    def paint_cells(self, painter: QPainter, viewport: Viewport, theme: Theme) -> None:
        """Paints nothing."""

    def paint(self, painter: QPainter, viewport: Viewport, theme: Theme) -> None:
        """Paints nothing."""
