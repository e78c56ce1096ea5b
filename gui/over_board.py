"""Where small things float over the board: each in its corner, wherever the board's edges go."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.look.theme import MARGIN


def float_over(board: QWidget, widget: QWidget, where: Qt.AlignmentFlag) -> None:
    """Has `widget` stand over `board`, in its middle or at an edge of it, as large as it wants to be."""
    layout = board.layout()
    if not isinstance(layout, QGridLayout):
        layout = QGridLayout(board)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
    layout.addWidget(widget, 0, 0, where)
