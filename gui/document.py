"""The file behind the board: opening, saving, and the question before something drawn by hand is lost.

Questions are put without an event loop of their own: whoever asks says what is to be done with the answer.
"""

from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from gui.session import Session
from life.board import Board
from life.errors import LifeError, PatternError
from life.patterns.files import read_pattern, save_pattern
from life.patterns.pattern import Pattern, from_board
from life.patterns.placing import place


class Answer(Enum):
    """What to do with a board that no file has."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


class Questions(Protocol):
    """How the user is asked; every method returns at once and calls back at most once."""

    def about_unsaved(self, name: str, answered: Callable[[Answer], None]) -> None:
        """Whether to save the board called `name`."""

    def file_to_open(self, folder: str, chosen: Callable[[Path], object]) -> None:
        """Which pattern to open."""

    def file_to_save(self, suggested: Path, chosen: Callable[[Path], object]) -> None:
        """Where to save."""

    def file_to_export(self, title: str, suggested: Path, kinds: str, chosen: Callable[[Path], object]) -> None:
        """Where to save something else: the window's title, a first suggestion, and Qt's filter of kinds of files."""


class Document(QObject):
    """What is open, and whether the file has it.

    Signals:
        changed: `name` or `is_edited` is another.
        told: a sentence that the user must read.
    """

    changed = Signal()
    told = Signal(str)

    def __init__(self, session: Session, questions: Questions, folder: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._questions = questions
        self.folder = folder
        self.path: Path | None = None
        self.is_edited = False
        self._pattern: Pattern | None = None
        session.drawn.connect(self._note_edit)
        session.replaced.connect(self._let_go)

    @property
    def name(self) -> str:
        """What the board is called."""
        return self.path.name if self.path else "Untitled"

    def shown_folder(self) -> str:
        """The folder in which something was opened or saved last."""
        return self.folder

    @Slot()
    def _note_edit(self) -> None:
        self._set(self.path, is_edited=True)

    @Slot()
    def _let_go(self) -> None:
        self._pattern = None
        self._set(None, is_edited=False)

    @Slot()
    def choose_and_open(self) -> None:
        """Asks for a file and opens it."""
        self.unless_unsaved(lambda: self._questions.file_to_open(self.folder, self.open))

    def open_after_asking(self, path: Path) -> None:
        """Opens a file that was dropped."""
        self.unless_unsaved(lambda: self.open(path))

    def open(self, path: Path) -> bool:
        """Shows the pattern in `path`; where that cannot be read, says why and leaves everything as it was."""
        try:
            pattern = read_pattern(path)
            placed = place(pattern)
        except (LifeError, MemoryError) as error:
            self.told.emit(f"{path.name} was not opened{_reason(error)}")
            return False
        self._session.load(placed.board, placed.rule, placed.topology)
        self._pattern = pattern
        self.folder = str(path.parent)
        self._set(path, is_edited=False)
        if placed.warnings:
            self.told.emit(f"{path.name}: {' '.join(f'{warning}.' for warning in placed.warnings)}")
        return True

    @Slot()
    def save(self) -> None:
        """Saves to the file that is open, or asks for one."""
        self._save_and_then(lambda: None)

    @Slot()
    def save_as(self) -> None:
        """Asks for a file and saves to it."""
        self._questions.file_to_save(self._suggested_path(), lambda path: self._write(path, lambda: None))

    @Slot()
    def start_new(self) -> None:
        """An empty board of the same size."""
        self.unless_unsaved(self._start_new)

    def _start_new(self) -> None:
        session = self._session
        session.load(Board(session.board.height, session.board.width), session.rule, session.topology)
        self._let_go()

    def unless_unsaved(self, go_on: Callable[[], object]) -> None:
        """Calls `go_on`, after asking first where the board has edits that no file has."""
        if not self.is_edited:
            go_on()
            return

        def answered(answer: Answer) -> None:
            if answer is Answer.SAVE:
                self._save_and_then(go_on)
            elif answer is Answer.DISCARD:
                go_on()

        self._questions.about_unsaved(self.name, answered)

    def _save_and_then(self, go_on: Callable[[], object]) -> None:
        if self.path:
            self._write(self.path, go_on)
        else:
            self._questions.file_to_save(self._suggested_path(), lambda path: self._write(path, go_on))

    def _write(self, path: Path, go_on: Callable[[], object]) -> None:
        try:
            save_pattern(path, self._current_pattern())
        except LifeError as error:
            self.told.emit(f"{path.name} was not saved{_reason(error)}")
            return
        self.folder = str(path.parent)
        self._set(path, is_edited=False)
        go_on()

    def _current_pattern(self) -> Pattern:
        session = self._session
        return from_board(
            session.board, session.rule, session.topology, generation=session.generation or None, origin=self._pattern
        )

    def _suggested_path(self) -> Path:
        return self.path or Path(self.folder, "pattern.rle")

    def _set(self, path: Path | None, *, is_edited: bool) -> None:
        if (path, is_edited) != (self.path, self.is_edited):
            self.path, self.is_edited = path, is_edited
            self.changed.emit()


def _reason(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return ": it needs more memory than there is."
    if not isinstance(error, PatternError):
        return f": {error}."
    is_about_a_place = (error.line, error.column) != (1, 1)
    where = f" because of line {error.line:,}, column {error.column:,}" if is_about_a_place else ""
    return f"{where}: {error.reason}."
