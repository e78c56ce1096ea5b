"""The tools: what the left button does on the board."""

from enum import Enum

from PySide6.QtCore import Qt


class Tool(Enum):
    """What the left button does."""

    DRAW = "draw"
    PICK = "pick"
    SELECT = "select"
    PAN = "pan"
    FAULT = "fault"


CURSORS = {
    Tool.DRAW: Qt.CursorShape.CrossCursor,
    Tool.PICK: Qt.CursorShape.PointingHandCursor,
    Tool.SELECT: Qt.CursorShape.CrossCursor,
    Tool.PAN: Qt.CursorShape.OpenHandCursor,
    Tool.FAULT: Qt.CursorShape.PointingHandCursor,
}
