"""Runs a race on a thread of its own and tells the window of it; what is timed runs in child processes.

The thread does nothing but wait for a child's line, so the window has the interpreter to itself.
"""

from dataclasses import dataclass
from threading import Thread

from PySide6.QtCore import QObject, Qt, Signal, Slot

from life.errors import LifeError
from life.race.course import Course
from life.race.entry import Entry
from life.race.job import Job
from life.race.race import Race


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a race is: runs done, runs in all, seconds left, and the run under way, if one is."""

    done: int
    of: int
    seconds_left: float
    job: Job | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a race ended; `error` is one sentence where it could not be run."""

    is_cancelled: bool
    error: str = ""


class RaceRunner(QObject):
    """At most one race at a time.

    Signals, all emitted in the GUI thread:
        progressed(Progress): a run begins or has ended.
        entry_made(Entry): a run has ended, or was computed.
        ended(Ended): no child is left.
    """

    progressed = Signal(object)
    entry_made = Signal(object)
    ended = Signal(object)

    _told = Signal(object, object)  # the race that it is about, and one of the above

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.race: Race | None = None
        self._thread: Thread | None = None
        self._is_cancelled = False
        self._told.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_running(self) -> bool:
        """Whether a race is under way."""
        return self._thread is not None

    def start(self, course: Course) -> None:
        """Starts a race; one that is under way is cancelled."""
        self.close()
        self.race = race = Race(course)
        self._is_cancelled = False
        self._thread = Thread(target=self._work, args=(race,), name="race", daemon=True)
        self._thread.start()

    @Slot()
    def cancel(self) -> None:
        """Kills the child under way; what was measured stays, and `ended` follows."""
        if self.race and self._thread:
            self._is_cancelled = True
            self.race.cancel()

    def close(self) -> None:
        """Ends a race without telling anybody; no child and no thread is left when it returns."""
        thread, self._thread = self._thread, None
        if self.race and thread:
            self.race.cancel()
            thread.join()

    def _work(self, race: Race) -> None:
        """On the thread of the race."""
        error = ""
        try:
            race.run(
                lambda entry, done, of, left: self._tell(race, entry, Progress(done, of, left)),
                lambda job, done, of, left: self._tell(race, Progress(done, of, left, job)),
            )
        except LifeError as raised:
            error = str(raised)
        finally:
            self._tell(race, error)

    def _tell(self, race: Race, *facts: object) -> None:
        try:
            for fact in facts:
                self._told.emit(race, fact)
        except RuntimeError:  # the window is gone
            race.cancel()

    @Slot(object, object)
    def _deliver(self, race: Race, fact: object) -> None:
        if race is not self.race or self._thread is None:  # of a race that nobody asks after any more
            return
        match fact:
            case Progress():
                self.progressed.emit(fact)
            case Entry():
                self.entry_made.emit(fact)
            case _:
                self._thread.join()
                self._thread = None
                self.ended.emit(Ended(self._is_cancelled, str(fact)))
