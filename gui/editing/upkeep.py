"""Keeps the switches among the actions as the tools and the paste mode are."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from gui.commands.board import BoardCommands
from gui.editing.editing import Editing
from life.editing.floating import PasteMode


class EditingUpkeep(QObject):
    """Checks the action of what was chosen by other means than the action."""

    def __init__(self, actions: Mapping[str, QAction], editing: Editing, board: BoardCommands) -> None:
        super().__init__(editing)
        self._actions = actions
        editing.mode_changed.connect(self._show_mode)
        board.pen_taken.connect(self._show_pen)
        self._show_mode(editing.mode)

    @Slot(object)
    def _show_mode(self, mode: PasteMode) -> None:
        self._actions[f"paste-{mode.value}"].setChecked(True)

    @Slot()
    def _show_pen(self) -> None:
        self._actions["draw"].setChecked(True)
