"""Undo, redo and step back as actions, whose texts say what would be undone."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from gui.actions.make import set_tip
from gui.session import Session


class UndoCommands(QObject):
    """The slots of what goes back and forth in what was done."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._actions: Mapping[str, QAction] = {}

    def show_in(self, actions: Mapping[str, QAction]) -> None:
        """From now on the actions called "undo" and "redo" say what they would do."""
        self._actions = actions
        self._session.undo_changed.connect(self._show_texts)
        self._show_texts()

    @Slot()
    def undo(self) -> None:
        """The last stroke, edit or run."""
        self._session.undo()

    @Slot()
    def redo(self) -> None:
        """What was undone last."""
        self._session.redo()

    @Slot()
    def step_back(self) -> None:
        """One generation."""
        self._session.step_back()

    @Slot()
    def _show_texts(self) -> None:
        session = self._session
        for action, verb, what in (
            (self._actions["undo"], "&Undo", session.undo_text),
            (self._actions["redo"], "Red&o", session.redo_text),
        ):
            text = f"{verb} {what}" if what else verb
            if action.text() != text:
                action.setText(text)
                set_tip(action)
