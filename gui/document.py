"""The file behind the board: opening, saving, and the question before something drawn by hand is lost.

Questions are put without an event loop of their own: whoever asks says what is to be done with the answer.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from gui.session import Session
from life.board import Board
from life.edges import check_runs_on, empty_like
from life.errors import LifeError, PatternError
from life.moment import Moment
from life.notation import Notation
from life.patterns.files import read_pattern, save_pattern
from life.patterns.formats import COMPRESSED, RLE, form_for, format_to_write
from life.patterns.pattern import EMPTY, Pattern, from_world
from life.patterns.placing import DEFAULT_HEIGHT, DEFAULT_WIDTH, place
from life.plane.tile_plane import TilePlane
from life.topology import PLANE, TORUS, Topology
from life.world import World


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
        changed: `name`, `is_edited` or `origin` is another.
        told: a sentence that the user must read.
        used: a file was opened or saved; with its path.
        refused: a file could not be opened; with its path.
    """

    changed = Signal()
    told = Signal(str)
    used = Signal(Path)
    refused = Signal(Path)

    def __init__(self, session: Session, questions: Questions, folder: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._questions = questions
        self.folder = folder
        self.path: Path | None = None
        self._origin = EMPTY
        self._is_described = False
        self._may_overwrite = False
        self._told = (self.name, self.is_edited)
        session.undo_changed.connect(self._tell)

    @property
    def name(self) -> str:
        """What the board is called: as its file, or where it has none as the pattern that it was begun with."""
        return self.path.name if self.path else self._origin.name or "Untitled"

    @property
    def is_edited(self) -> bool:
        """Whether something was changed by hand that no file has; generations that were run do not count."""
        return self._session.is_edited or self._is_described

    @property
    def pattern(self) -> Pattern:
        """What would be saved now."""
        return from_moment(self._session.moment, self._origin)

    @property
    def moment(self) -> Moment:
        """What is shown."""
        return self._session.moment

    @property
    def origin(self) -> Pattern:
        """The pattern that the file has, or a nameless one; with the name and the comments that it has by now."""
        return self._origin

    def shown_folder(self) -> str:
        """The folder in which something was opened or saved last."""
        return self.folder

    @Slot()
    def choose_and_open(self) -> None:
        """Asks for a file and opens it."""
        self.unless_unsaved(lambda: self._questions.file_to_open(self.folder, self.open))

    def open_after_asking(self, path: Path) -> None:
        """Opens a file that was dropped."""
        self.unless_unsaved(lambda: self.open(path))

    def open(self, path: Path, *, as_copy: bool = False) -> bool:
        """Shows the pattern in `path`; where that cannot be read, says why and leaves everything as it was.

        Opened `as_copy` it belongs to no file yet: saving asks for one.
        """
        try:
            pattern = read_pattern(path)
            placed = place(pattern)
        except (LifeError, MemoryError) as error:
            self.told.emit(f"{path.name} was not opened{_reason(error)}")
            self.refused.emit(path)
            return False
        self._session.load(placed.board, placed.rule, placed.topology, pattern.generation or 0)
        self._begin(None if as_copy else path, pattern)
        if not as_copy:
            self.folder = str(path.parent)
            self._may_overwrite = not placed.warnings and self._can_hold(path)
            self.used.emit(path)
        if placed.warnings:
            self.told.emit(f"{path.name}: {' '.join(f'{warning}.' for warning in placed.warnings)}")
        return True

    @Slot()
    def save(self) -> None:
        """Saves to the file that is open, or asks for one; also where that file would lose what it says now."""
        self._save_and_then(lambda: None)

    @Slot()
    def save_as(self) -> None:
        """Asks for a file and saves to it."""
        self._questions.file_to_save(self._suggested_path(), lambda path: self._write(path, lambda: None))

    @Slot()
    def start_new(self) -> None:
        """An empty board of the same size and kind, or an empty plane where there is one."""
        session = self._session
        self.unless_unsaved(lambda: self._start_with(empty_like(session.board), session.topology))

    @Slot()
    def start_new_plane(self) -> None:
        """An empty plane, which has no edges."""
        self.unless_unsaved(lambda: self._start_with(TilePlane(), PLANE))

    @Slot()
    def start_new_board(self) -> None:
        """An empty torus: of the size that is shown, or a small one where it has none."""
        board = self._session.board
        size = (board.height, board.width) if isinstance(board, Board) else (DEFAULT_HEIGHT, DEFAULT_WIDTH)
        self.unless_unsaved(lambda: self._start_with(Board(*size), TORUS))

    def _start_with(self, world: World, topology: Topology) -> None:
        try:
            check_runs_on(self._session.rule, topology)
        except LifeError as error:
            self.told.emit(f"There is no new plane: {error}.")
            return
        self._session.load(world, self._session.rule, topology)
        self._begin(None, EMPTY)

    @Slot(str, str, tuple)
    def describe(self, name: str, author: str, comments: tuple[str, ...]) -> None:
        """Gives the pattern another name, author or comments, which a file then has to be saved with."""
        described = replace(self._origin, name=name, author=author, comments=comments)
        before = self._origin
        if (name, author, comments) != (before.name, before.author, before.comments):
            self._origin = described
            self._is_described = True
            self._told = (self.name, True)
            self.changed.emit()

    def recover(self, moment: Moment, pattern: Pattern, path: Path | None) -> None:
        """Shows a board that was not saved when the program ended, and that still is not."""
        self._session.recover(moment)
        self._begin(path, pattern)
        self._may_overwrite = path is not None and path.is_file() and self._can_hold(path)

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
        if self.path and self._may_overwrite:
            self._write(self.path, go_on)
        else:
            self._questions.file_to_save(self._suggested_path(), lambda path: self._write(path, go_on))

    def _write(self, path: Path, go_on: Callable[[], object]) -> None:
        try:
            warnings = save_pattern(path, self.pattern)
        except LifeError as error:
            self.told.emit(f"{path.name} was not saved{_reason(error)}")
            return
        self.folder = str(path.parent)
        self._session.mark_saved()
        self._begin(path, self._origin)
        self._may_overwrite = True
        self.used.emit(path)
        if warnings:
            self.told.emit(f"{path.name} was saved. {' '.join(f'{warning}.' for warning in warnings)}")
        go_on()

    def _suggested_path(self) -> Path:
        if self.path is None:
            return Path(self.folder, f"pattern{self._usual_suffix()}")
        if self._can_hold(self.path):
            return self.path
        return self.path.with_name(self.path.name.removesuffix(COMPRESSED)).with_suffix(self._usual_suffix())

    def _usual_suffix(self) -> str:
        is_board = isinstance(self._session.board, Board)  # of which no one has to list the cells to tell
        return (RLE if is_board else form_for(self.pattern)).suffixes[0]

    def _can_hold(self, path: Path) -> bool:
        """Whether a file of that name would say all that there is to say."""
        form, now = format_to_write(path), self._session.moment
        board = now.board
        notation = Notation(now.rule)
        if isinstance(board, Board):
            notation = Notation.of(now.rule, now.topology, board.height, board.width)
        said = replace(self._origin, notation=notation, generation=now.generation or None)
        return form is not None and not form.loses(said)

    def _begin(self, path: Path | None, origin: Pattern) -> None:
        """From now on it is this file's board."""
        self.path = path
        self._origin = origin
        self._is_described = False
        self._tell()

    @Slot()
    def _tell(self) -> None:
        now = (self.name, self.is_edited)
        if now != self._told:
            self._told = now
            self.changed.emit()


def from_moment(moment: Moment, origin: Pattern) -> Pattern:
    """A moment as a pattern, with the name, author and comments of the pattern that it came from."""
    return from_world(moment.board, moment.rule, moment.topology, generation=moment.generation or None, origin=origin)


def _reason(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return ": it needs more memory than there is."
    if not isinstance(error, PatternError):
        return f": {error}."
    is_about_a_place = (error.line, error.column) != (1, 1)
    where = f" because of line {error.line:,}, column {error.column:,}" if is_about_a_place else ""
    return f"{where}: {error.reason}."
