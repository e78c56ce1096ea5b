"""The library as a panel: a field to search in, the list, and what is known about the pattern that is current."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QStackedWidget, QVBoxLayout, QWidget

from gui.cards import sentence, tool_button
from gui.library import words
from gui.library.details import Details
from gui.library.thumbnail import Thumbnails
from gui.library.tree import Group, LibraryTree
from gui.look.icons import icon
from gui.look.theme import MARGIN, SPACING
from life.patterns.library import GROUPS, Entry, Library, first_steps, search

WIDTH = 290
START_GROUP = "Start here"
_LEAVE = Qt.Key.Key_Down, Qt.Key.Key_PageDown


class LibraryDock(QWidget):
    """Shows a library and tells what is wanted from it; knows nobody who does it.

    Signals:
        open_wanted: with the `Entry` to begin anew with.
        place_wanted: with the `Entry` to add to the board.
        drag_wanted: with the `Entry` to drag.
        folders_read: what is shown is what the folders hold now.
        menu_about_to_open: with the `QMenu` for the current entry; whoever has more actions adds them.
    """

    open_wanted = Signal(object)
    place_wanted = Signal(object)
    drag_wanted = Signal(object)
    folders_read = Signal()
    menu_about_to_open = Signal(QMenu)

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library")
        self.setAccessibleName("Library")
        self.library = library
        self._entries: tuple[Entry, ...] = ()
        self._thumbnails = Thumbnails()
        self.search = QLineEdit()
        self.search.setObjectName("library-search")
        self.search.setAccessibleName("Search the patterns")
        self.search.setPlaceholderText("Search patterns")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.more = tool_button("folder", "My patterns: save the board there, or show the folder")
        self.tree = LibraryTree(self._thumbnails)
        self.tree.close_groups(GROUPS)
        self._nothing = sentence()
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.details = Details(self._thumbnails)
        self._lay_out()
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._show_found)
        self.search.returnPressed.connect(self._open_current)
        self.tree.current_changed.connect(self._show_current)
        self.tree.opened.connect(self.open_wanted)
        self.tree.carried.connect(self.drag_wanted)
        self.tree.menu_wanted.connect(self._open_menu)
        self.details.open.clicked.connect(self._open_current)
        self.details.place.clicked.connect(self._place_current)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(MARGIN, SPACING + 2, MARGIN, SPACING)
        top.setSpacing(SPACING // 2)
        top.addWidget(self.search, 1)
        top.addWidget(self.more)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.tree)
        self._pages.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.details)

    @property
    def current(self) -> Entry | None:
        """The pattern that is current."""
        return self.tree.current_entry if self._pages.currentWidget() is self.tree else None

    @property
    def told(self) -> str:
        """What stands in place of an empty list, or ""."""
        return self._nothing.text() if self._pages.currentWidget() is self._nothing else ""

    @Slot()
    def reload(self) -> None:
        """Shows what is in the folders now; where nobody looks, that is done when somebody does."""
        if self.isVisible():
            self._load()

    def showEvent(self, event: QShowEvent) -> None:
        """Reads what is new in the folders."""
        super().showEvent(event)
        self._load()

    def _load(self) -> None:
        entries = self.library.entries()
        if [*map(id, entries)] != [*map(id, self._entries)]:  # one that was read again may be equal but for its cells
            self._thumbnails.forget()
            self._entries = entries
            self._show_found()
        self.folders_read.emit()

    def choose(self, path: Path) -> None:
        """Makes the pattern in that file current, whatever was searched for."""
        self.search.clear()
        for entry in self._entries:
            if entry.path == path:
                self.tree.select(entry, opens=True)

    @Slot()
    def begin_search(self) -> None:
        """Puts the cursor into the field, and what is written there out of the way of what is typed."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # Finding.

    @Slot()
    def _show_found(self) -> None:
        text = self.search.text().strip()
        found = search(self._entries, text)
        if text and not found:
            self._nothing.setText(words.nothing_found(text))
            self._pages.setCurrentWidget(self._nothing)
        else:
            self.tree.show_groups(self._groups(found, text), all_open=bool(text))
            self._pages.setCurrentWidget(self.tree)
            if text and found:
                self.tree.select(found[0])
            self.tree.select_first()
        self._show_current()

    def _groups(self, found: list[Entry], text: str) -> list[Group]:
        groups: dict[str, list[Entry]] = {}
        for entry in found:
            groups.setdefault(entry.group, []).append(entry)
        start = [] if text else first_steps(found)
        return [*([(START_GROUP, start)] if start else []), *groups.items()]

    @Slot()
    def _show_current(self) -> None:
        self.details.show_entry(self.current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the field, Down goes on to the list, and Escape empties it first."""
        if isinstance(event, QKeyEvent) and watched is self.search:
            is_escape = event.key() == Qt.Key.Key_Escape and bool(self.search.text())
            if event.type() == QEvent.Type.ShortcutOverride and is_escape:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and is_escape:
                self.search.clear()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in _LEAVE:
                self.tree.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    # Wanting.

    @Slot()
    def _open_current(self) -> None:
        if self.current:
            self.open_wanted.emit(self.current)

    @Slot()
    def _place_current(self) -> None:
        if self.current:
            self.place_wanted.emit(self.current)

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.current:
            menu.addAction("Open").triggered.connect(self._open_current)
            menu.addAction("Place on the board").triggered.connect(self._place_current)
        self.menu_about_to_open.emit(menu)
        menu.popup(place)
