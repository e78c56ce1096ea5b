"""What is done with the library: its patterns opened, placed, dragged and copied, and the board saved into it."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QToolButton, QWidget

from gui.document import Document
from gui.editing.clipboard import copy_pattern
from gui.library import words
from gui.library.dock import LibraryDock
from gui.library.drag import carry
from gui.look.assets import assets_folder
from gui.look.theme import theme_of
from gui.session import Session
from gui.settings import OWN_PATTERNS, Settings
from life.errors import LifeError, PatternError
from life.patterns.library import MOST_FILES, MOST_FOLDERS, Entry, Library, own_folder
from life.patterns.pattern import Pattern
from life.rules import with_name

LOOK_AGAIN_AFTER_MS = 300  # a folder changes several times while one file is copied into it


class LibraryDesk(QObject):
    """The library of one window.

    Attributes:
        dock: its panel.

    Signals:
        pattern_wanted: with the `Pattern` that is to follow the pointer over the board.
        opened: a pattern was opened by itself.
        dock_wanted: with "library", and whether to show it.
        told: a sentence that the user must read.
    """

    pattern_wanted = Signal(object)
    opened = Signal()
    dock_wanted = Signal(str, bool)
    told = Signal(str)

    def __init__(self, session: Session, document: Document, settings: Settings, window: QWidget) -> None:
        """`window` is what dialogs belong to."""
        super().__init__(window)
        self._session = session
        self._document = document
        self._settings = settings
        self._window = window
        chosen = settings.get(OWN_PATTERNS)
        self._library = Library(assets_folder() / "patterns", Path(chosen) if chosen else own_folder())
        self.dock = LibraryDock(self._library)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_AGAIN_AFTER_MS)
        self._soon.timeout.connect(self._look_again)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._note_change)
        self._has_told_more = False
        self._own_menu = QMenu(self.dock.more)
        self._own_menu.aboutToShow.connect(self._fill_own_menu)
        if isinstance(self.dock.more, QToolButton):
            self.dock.more.setMenu(self._own_menu)
            self.dock.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.dock.open_wanted.connect(self._open)
        self.dock.place_wanted.connect(self._place)
        self.dock.drag_wanted.connect(self._drag)
        self.dock.menu_about_to_open.connect(self._add_to_menu)
        self.dock.folders_read.connect(self._watch)

    # What the action does.

    @Slot(bool)
    def show_library(self, shown: bool) -> None:
        """Shows it and begins a search, or closes it; does nothing where it is shown already, as after a start."""
        around = self.dock.parentWidget()
        was_hidden = around is not None and around.isHidden()
        self.dock_wanted.emit("library", shown)
        if shown and was_hidden:
            self.dock.begin_search()

    @Slot()
    def save_to_library(self) -> None:
        """Asks for a name, saves the board among the user's patterns, and shows it there."""
        dialog = QInputDialog(self._window)
        dialog.setObjectName("library-name")
        dialog.setWindowTitle("Save the board into my patterns")
        dialog.setLabelText("Name of the pattern:")
        path = self._document.path
        dialog.setTextValue(self._document.origin.name or (path.stem if path else ""))
        dialog.textValueSelected.connect(self._save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # What is wanted of a pattern.

    @Slot(object)
    def _open(self, entry: Entry) -> None:
        self._document.unless_unsaved(lambda: self._open_now(entry))

    def _open_now(self, entry: Entry) -> None:
        """What comes with the application is opened as a copy: saving it asks for a file of one's own."""
        if self._document.open(entry.path, as_copy=not entry.is_own):
            self.opened.emit()

    @Slot(object)
    def _place(self, entry: Entry) -> None:
        pattern = self._read(entry)
        if pattern is None:
            return
        self.pattern_wanted.emit(pattern)
        if pattern.notation.rule != self._session.rule:
            self.told.emit(words.other_rule(entry, with_name(self._session.rule)))

    @Slot(object)
    def _drag(self, entry: Entry) -> None:
        pattern = self._read(entry)
        if pattern:
            carry(self.dock.tree, pattern, self.dock.devicePixelRatioF(), theme_of(self.dock.palette()))

    @Slot()
    def _copy(self) -> None:
        pattern = self._read(self.dock.current) if self.dock.current else None
        if pattern:
            copy_pattern(pattern)

    def _read(self, entry: Entry) -> Pattern | None:
        try:
            return entry.read()
        except (LifeError, MemoryError) as error:
            reason = error.reason if isinstance(error, PatternError) else str(error)
            self.told.emit(f"{entry.name} could not be read: {reason or 'it needs more memory than there is'}.")
            return None

    # The user's folder.

    @Slot(str)
    def _save(self, name: str) -> None:
        try:
            path = self._library.save(self._document.pattern, " ".join(name.split()) or "Pattern")
        except LifeError as error:
            reason = error.reason if isinstance(error, PatternError) else str(error)
            self.told.emit(f"The board was not saved into {self._library.own}: {reason}.")
            return
        self.dock_wanted.emit("library", True)
        self.dock.reload()
        self.dock.choose(path)

    @Slot()
    def _choose_folder(self) -> None:
        dialog = QFileDialog(self._window, "Folder of my patterns", str(self._library.own))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.use_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def use_folder(self, folder: str) -> None:
        """Has the user's patterns there from now on."""
        self._settings.set(OWN_PATTERNS, folder)
        self._library.own = Path(folder) if folder else own_folder()
        self._look_again()

    @Slot()
    def _use_first_folder(self) -> None:
        self.use_folder("")

    @Slot()
    def _show_folder(self) -> None:
        current = self.dock.current
        folder = current.path.parent if current and current.is_own else self._library.own
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    @Slot()
    def _note_change(self) -> None:
        self._soon.start()

    @Slot()
    def _look_again(self) -> None:
        self.dock.reload()

    @Slot()
    def _watch(self) -> None:
        folders = [str(folder) for folder in self._library.own_folders]
        if sorted(folders) != sorted(self._watcher.directories()):
            if self._watcher.directories():
                self._watcher.removePaths(self._watcher.directories())
            if folders:
                self._watcher.addPaths(folders)
        if self._library.has_more and not self._has_told_more:
            self.told.emit(
                f"{self._library.own} holds more than the library shows, which is the first {MOST_FILES:,} patterns "
                f"in {MOST_FOLDERS:,} folders; choose a smaller folder."
            )
        self._has_told_more = self._library.has_more

    # Menus.

    @Slot(QMenu)
    def _add_to_menu(self, menu: QMenu) -> None:
        if self.dock.current:
            menu.addAction("Copy as RLE").triggered.connect(self._copy)
            menu.addSeparator()
        self._add_own(menu)

    @Slot()
    def _fill_own_menu(self) -> None:
        self._own_menu.clear()
        self._add_own(self._own_menu)

    def _add_own(self, menu: QMenu) -> None:
        menu.addAction("Save the board into my patterns…").triggered.connect(self.save_to_library)
        show = menu.addAction("Show the folder of my patterns")
        show.setEnabled(self._library.own.is_dir())
        show.triggered.connect(self._show_folder)
        menu.addAction("Choose another folder…").triggered.connect(self._choose_folder)
        if self._settings.get(OWN_PATTERNS):
            menu.addAction("Use the usual folder again").triggered.connect(self._use_first_folder)
