"""Holds the keys of one window and opens the window in which they are changed."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from gui.settings import Settings
from gui.shortcuts.dialog import ShortcutDialog
from gui.shortcuts.keymap import Keymap


class ShortcutDesk(QObject):
    """The slots that are about keys. Call `take` once the actions are made."""

    def __init__(self, settings: Settings, window: QWidget) -> None:
        """`window` is what the dialog belongs to."""
        super().__init__(window)
        self._settings = settings
        self._window = window
        self.keymap: Keymap | None = None
        self.dialog: ShortcutDialog | None = None

    def take(self, actions: Mapping[str, QAction]) -> None:
        """Gives the actions the keys that they had last time."""
        self.keymap = Keymap(actions, self._settings, self)

    @Slot()
    def show_keys(self) -> None:
        """All keyboard shortcuts."""
        if self.keymap is None:
            return
        if self.dialog is None:
            self.dialog = ShortcutDialog(self.keymap, self._window)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    @Slot()
    def press_space(self) -> None:
        """Does what Space means now; the board tells a tap of it from a drag, and so keeps it from being a shortcut."""
        action = self.keymap.action_for("Space") if self.keymap else None
        if action is not None:
            action.trigger()
