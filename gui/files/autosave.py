"""Keeps a copy of a board that no file has, so that a crash costs seconds of work and not all of it."""

from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from gui.document import Document, from_moment
from gui.files.left_over import OwnCopy
from gui.session import Session
from life.errors import LifeError
from life.moment import Moment
from life.patterns.pattern import Pattern
from life.saving import why_not

INTERVAL = 20_000  # milliseconds from a change until it is written; what a crash costs at most
MOST_WRITTEN = 2_000_000  # live cells; to write more takes so long that the window would be slowed down by it


class Autosave(QObject):
    """Writes the board some time after it was changed, for as long as it has edits that no file has.

    A thread does the writing, from a board that never changes; the window goes on meanwhile.

    Signals:
        told: a sentence that the user must read, at most once.
        written: there is a new copy.
    """

    told = Signal(str)
    written = Signal()

    _ended = Signal(str)

    def __init__(self, document: Document, session: Session, folder: Path, interval: int = INTERVAL) -> None:
        """Keeps copies in `folder`; belongs to `document`."""
        super().__init__(document)
        self._document = document
        self._session = session
        self._copy = OwnCopy(folder)
        self._kept: tuple[Moment, Pattern] | None = None  # what was written last
        self._thread: Thread | None = None
        self._has_complained = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(interval)
        self._timer.timeout.connect(self._write)
        self._ended.connect(self._note_end, Qt.ConnectionType.QueuedConnection)
        document.changed.connect(self._mind)
        session.board_changed.connect(self._mind)
        session.state_changed.connect(self._mind)

    @Slot()
    def _mind(self) -> None:
        """Something is another than before, perhaps."""
        if not self._document.is_edited:
            self._timer.stop()
            if self._thread is None:
                self._remove()
        elif not self._timer.isActive() and self._kept != self._now():
            self._timer.start()

    def _now(self) -> tuple[Moment, Pattern]:
        return self._session.moment, self._document.origin

    @Slot()
    def _write(self) -> None:
        if self._thread is not None:
            self._timer.start()  # it takes longer than the interval; the next one is written when this one is
            return
        if self._document.is_edited:
            self._kept = self._now()
            self._thread = Thread(target=self._save, args=(*self._kept, self._document.path), name="autosave")
            self._thread.start()

    def _save(self, moment: Moment, origin: Pattern, path: Path | None) -> None:
        """On a thread of its own."""
        reason = "something went wrong that should not have"
        try:
            reason = self._save_now(moment, origin, path)
        finally:
            self._ended.emit(reason)

    def _save_now(self, moment: Moment, origin: Pattern, path: Path | None) -> str:
        """Returns why it could not be written, or ""."""
        population = moment.board.population
        if population > MOST_WRITTEN:
            return f"{population:,} live cells are too many to be written every few seconds; save it now and then"
        try:
            self._copy.write(from_moment(moment, origin), path)
        except LifeError as error:
            return str(error)
        except (OSError, MemoryError) as error:
            return why_not("written", error) if isinstance(error, OSError) else "there is too little memory"
        return ""

    @Slot(str)
    def _note_end(self, reason: str) -> None:
        self._join()
        if reason:
            self._kept = None
            self._complain(reason)
        else:
            self.written.emit()
        self._mind()  # after a failure as well: there may be room by then

    def _complain(self, reason: str) -> None:
        if not self._has_complained:
            self._has_complained = True
            self.told.emit(f"No copy of the board is kept for the case of a crash: {reason}.")

    def write_now(self) -> None:
        """Writes what is not written yet, and comes back when it is: for when the program may end at any moment."""
        self._join()
        if self._document.is_edited and self._kept != self._now():
            self._kept = self._now()
            reason = self._save_now(*self._kept, self._document.path)
            if reason:
                self._kept = None
                self._complain(reason)

    def close(self) -> None:
        """The window is closed as it should be, and nothing is left to be restored."""
        self._timer.stop()
        self._join()
        self._remove()

    def _join(self) -> None:
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _remove(self) -> None:
        self._copy.remove()
        self._kept = None
