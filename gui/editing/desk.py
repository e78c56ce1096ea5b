"""Puts together what edits the board in one window."""

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from gui.board.view import BoardView
from gui.commands.board import BoardCommands
from gui.editing.commands import EditingCommands
from gui.editing.context_menu import BoardMenu
from gui.editing.drops import DropTarget
from gui.editing.editing import Editing
from gui.editing.guest import EditingGuest
from gui.editing.upkeep import EditingUpkeep
from gui.session import Session
from gui.settings import Settings


class EditingDesk(QObject):
    """The tools, the selection, the clipboard and what is dropped on the board.

    Attributes:
        editing: what is selected and what floats.
        owners: whoever has slots for `gui.actions.make.make_actions`.
    """

    def __init__(self, view: BoardView, session: Session, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self.editing = Editing(session, view, settings, self)
        self._view = view
        self._board = BoardCommands(view, self)
        self.owners: tuple[QObject, ...] = (self._board, EditingCommands(self.editing, session, settings, window))
        view.invite(EditingGuest(self.editing, view, session))
        DropTarget(self.editing, view)

    def build(self, actions: Mapping[str, QAction]) -> None:
        """Keeps the actions, by the ids of their rows, as things are."""
        EditingUpkeep(actions, self.editing, self._board)
        BoardMenu(self._view, actions)
