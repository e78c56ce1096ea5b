"""A switch of several positions, drawn as one piece: each an icon and a word, exactly one of them on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

_ENDS = {(True, False): "first", (False, True): "last", (False, False): "middle", (True, True): "only"}


class SegmentedSwitch(QWidget):
    """Buttons for the actions of one group, side by side without a gap."""

    def __init__(self, actions: Sequence[QAction], name: str, parent: QWidget | None = None) -> None:
        """`name` is what the switch as a whole is called."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.buttons = [QToolButton() for _ in actions]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for number, (button, action) in enumerate(zip(self.buttons, actions, strict=True)):
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setProperty("segment", _ENDS[number == 0, number == len(actions) - 1])
            layout.addWidget(button)
