"""The menu that opens at the pointer, or at the key for it, where the right button does not erase."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QMenu

from gui.board.tools import Tool
from gui.board.view import BoardView

_IDS = (
    *("cut", "copy", "paste", ""),
    *("rotate-clockwise", "rotate-counterclockwise", "flip-left-right", "flip-top-bottom", "invert", ""),
    *("clear-inside", "clear-outside", "random", ""),
    *("select-all", "shrink", "remove-selection", "fit-selection"),
)


class BoardMenu(QObject):
    """Installed on a board, opens the menu of what can be done with the selection.

    Attributes:
        menu: that menu.
    """

    def __init__(self, view: BoardView, actions: Mapping[str, QAction]) -> None:
        super().__init__(view)
        self._view = view
        self.menu = QMenu(view)
        self.menu.setObjectName("board-menu")
        for action_id in _IDS:
            if action_id:
                self.menu.addAction(actions[action_id])
            else:
                self.menu.addSeparator()
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Opens it with the select tool, and with any tool where the keyboard asks for it."""
        if not isinstance(event, QContextMenuEvent):
            return super().eventFilter(watched, event)
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        if by_key or self._view.tool is Tool.SELECT:
            self.menu.popup(event.globalPos())
        return True
