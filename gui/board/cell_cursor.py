"""The cell that the arrow keys chose, for those who draw without a mouse."""

from PySide6.QtCore import Qt

from life.plane.box import Box

Cell = tuple[int, int]

FAR = 10  # cells that an arrow key goes together with Shift

ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class CellCursor:
    """At a cell of the board or the plane, or nowhere until an arrow key is pressed.

    Attributes:
        cell: where it is, (y, x); None before the arrow keys were used, and after a click.
    """

    def __init__(self) -> None:
        self.cell: Cell | None = None

    def move(self, key: int, is_far: bool, frame: Box, start: Cell) -> Cell:
        """Goes one cell, or far, where the arrow `key` points, but not out of `frame`; the first time to `start`."""
        y, x = start
        if self.cell is not None:
            dy, dx = ARROWS[Qt.Key(key)]
            by = FAR if is_far else 1
            y, x = self.cell[0] + dy * by, self.cell[1] + dx * by
        self.cell = min(max(y, frame.top), frame.bottom - 1), min(max(x, frame.left), frame.right - 1)
        return self.cell
