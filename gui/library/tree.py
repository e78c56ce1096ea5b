"""The list of the library: headings that open and close, and under each its patterns."""

from collections.abc import Iterable, Sequence
from typing import cast

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QWidget

from gui.library import words
from gui.library.delegate import COUNT_ROLE, ENTRY_ROLE, EntryDelegate
from gui.library.thumbnail import Thumbnails
from gui.look.type_size import TypeFollower
from life.patterns.library import Entry

Group = tuple[str, Sequence[Entry]]


class LibraryTree(QTreeView):
    """Headings with patterns; one row is current and is what keys and menus are about.

    Signals:
        current_changed: `current_entry` is another.
        opened: an entry was double-clicked, or Enter pressed on it.
        carried: an entry is to be dragged away.
        menu_wanted: with the place on the screen; `current_entry` is what it is about.
    """

    current_changed = Signal()
    opened = Signal(object)
    carried = Signal(object)
    menu_wanted = Signal(QPoint)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library-patterns")
        self.setAccessibleName("Patterns")
        self._model = QStandardItemModel(self)
        self._closed: set[str] = set()
        self._is_filling = False
        self.setModel(self._model)
        self.setItemDelegate(EntryDelegate(thumbnails, self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, QColor(Qt.GlobalColor.transparent))  # the delegate paints it
        self.setPalette(palette)
        self.clicked.connect(self._toggle_heading)
        self.doubleClicked.connect(self._open)
        self.customContextMenuRequested.connect(self._ask_for_menu)
        self.expanded.connect(self._note_opened)
        self.collapsed.connect(self._note_closed)
        self.selectionModel().currentChanged.connect(self._tell_current)
        TypeFollower(self, self.scheduleDelayedItemsLayout)

    @property
    def current_entry(self) -> Entry | None:
        """The current pattern; None where a heading is current, or nothing."""
        return _entry_at(self.currentIndex())

    def close_groups(self, names: Iterable[str]) -> None:
        """Which groups are closed when they are shown next, until somebody opens them."""
        self._closed = set(names)

    def show_groups(self, groups: Sequence[Group], *, all_open: bool = False) -> None:
        """Shows these, `all_open` or each as it was left; the current pattern stays current where it is there still."""
        was = self.current_entry
        self._is_filling = True
        self._model.clear()
        for name, entries in groups:
            heading = _heading(name, len(entries))
            heading.appendRows([_row(entry) for entry in entries])
            self._model.appendRow(heading)
            self.setExpanded(heading.index(), all_open or name not in self._closed)
        self._is_filling = False
        if not (was and self.select(was)):
            self._tell_current()

    def select(self, entry: Entry, *, opens: bool = False) -> bool:
        """Makes a pattern current where its group is open, or `opens` that; returns whether it is."""
        for index in self._entry_indexes():
            if _entry_at(index) == entry and (opens or self.isExpanded(index.parent())):
                self.expand(index.parent())
                self.setCurrentIndex(index)
                return True
        return False

    def select_first(self) -> None:
        """Makes the first row current, where none is."""
        if not self.currentIndex().isValid() and self._model.rowCount():
            first = self._model.index(0, 0)
            self.setCurrentIndex(self._model.index(0, 0, first) if self.isExpanded(first) else first)
            self.scrollToTop()  # it scrolled to the row in a list that may not have its size yet

    def _entry_indexes(self) -> Iterable[QModelIndex]:
        for row in range(self._model.rowCount()):
            heading = self._model.index(row, 0)
            for child in range(self._model.rowCount(heading)):
                yield self._model.index(child, 0, heading)

    # What people do.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a pattern, or opens and closes a heading; everything else as in any tree."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() & ~_KEYPAD:
            super().keyPressEvent(event)
            return
        self._toggle_heading(self.currentIndex())
        self._open(self.currentIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """There is always something that keys are about."""
        super().focusInEvent(event)
        self.select_first()

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Tells which pattern is dragged; Qt's own way would drag a row of a list."""
        if self.current_entry:
            self.carried.emit(self.current_entry)

    @Slot(QModelIndex)
    def _toggle_heading(self, index: QModelIndex) -> None:
        if index.isValid() and _entry_at(index) is None:
            self.setExpanded(index, not self.isExpanded(index))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        entry = _entry_at(index)
        if entry:
            self.opened.emit(entry)

    @Slot(QPoint)
    def _ask_for_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid():
            self.setCurrentIndex(index)
        self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    @Slot(QModelIndex)
    def _note_opened(self, index: QModelIndex) -> None:
        if not self._is_filling:
            self._closed.discard(index.data())

    @Slot(QModelIndex)
    def _note_closed(self, index: QModelIndex) -> None:
        if not self._is_filling:
            self._closed.add(index.data())

    @Slot()
    def _tell_current(self) -> None:
        if not self._is_filling:
            self.current_changed.emit()


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def _entry_at(index: QModelIndex) -> Entry | None:
    return cast("Entry | None", index.data(ENTRY_ROLE)) if index.isValid() else None


def _heading(name: str, count: int) -> QStandardItem:
    item = QStandardItem(name)
    item.setData(count, COUNT_ROLE)
    item.setData(words.heading_in_words(name, count), Qt.ItemDataRole.AccessibleTextRole)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item


def _row(entry: Entry) -> QStandardItem:
    item = QStandardItem(entry.name)
    item.setData(entry, ENTRY_ROLE)
    item.setData(words.in_words(entry), Qt.ItemDataRole.AccessibleTextRole)
    item.setToolTip(words.tip(words.comment(entry)))
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled)
    return item
