"""The files that were opened or saved last, and the menu that opens one of them again."""

import json
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from gui.document import Document
from gui.settings import RECENT, Settings

MOST = 10


class RecentFiles(QObject):
    """Remembers the files that the document has used, the newest first.

    A file that is gone stays in the list until somebody wants it: to look for each of them whenever the menu opens
    could take long where a disk is far away. It is then said that it is gone, and it leaves the list.
    """

    def __init__(self, document: Document, settings: Settings, menu: QMenu) -> None:
        """Fills `menu`, which becomes its parent."""
        super().__init__(menu)
        self._document = document
        self._settings = settings
        self._menu = menu
        self.paths = _remembered(settings.get(RECENT))
        document.used.connect(self._note)
        document.refused.connect(self._forget_if_gone)
        self._fill()

    @Slot(Path)
    def _note(self, path: Path) -> None:
        path = path.absolute()
        self._show([path, *(other for other in self.paths if other != path)][:MOST])

    @Slot(Path)
    def _forget_if_gone(self, path: Path) -> None:
        path = path.absolute()
        if path in self.paths and not path.exists():
            self._show([other for other in self.paths if other != path])

    @Slot()
    def clear(self) -> None:
        """Forgets all of them."""
        self._show([])

    def _show(self, paths: list[Path]) -> None:
        self.paths = paths
        self._settings.set(RECENT, json.dumps([str(path) for path in paths]))
        self._fill()

    def _fill(self) -> None:
        menu = self._menu
        menu.clear()
        menu.setToolTipsVisible(True)
        names = [path.name for path in self.paths]
        for number, path in enumerate(self.paths, start=1):
            name = path.name if names.count(path.name) == 1 else f"{path.name} in {path.parent.name}"
            action = menu.addAction(f"{_mnemonic(number)} {name.replace('&', '&&')}")
            action.setData(str(path))
            action.setToolTip(str(path))
            action.triggered.connect(self._open)
        if not self.paths:
            menu.addAction("No files yet").setEnabled(False)
            return
        menu.addSeparator()
        menu.addAction("&Clear the list").triggered.connect(self.clear)

    @Slot()
    def _open(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._document.open_after_asking(Path(str(action.data())))


def _mnemonic(number: int) -> str:
    """A digit to press, for as long as there are any."""
    return f"&{number}" if number < 10 else "1&0"


def _remembered(text: str) -> list[Path]:
    """What the settings say, as far as they make sense."""
    try:
        names = json.loads(text or "[]")
    except ValueError:
        return []
    names = names if isinstance(names, list) else []
    return [Path(name) for name in names if isinstance(name, str) and name and "\0" not in name][:MOST]
