"""Makes a file on a thread, with a window that shows how far it is and lets one give it up."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.out.progress import ProgressDialog
from life.errors import LifeError
from life.pictures.gif import Cancelled
from life.saving import replace_file, why_not

GoOn = Callable[[int], bool]  # hears of every part that is made, and says whether to go on
Make = Callable[[Path, GoOn], bytes]  # makes the bytes of the file of that name

_UNEXPECTED = "this was not saved: something went wrong that should not have"


class Job(QObject):
    """One file that is being made.

    Signals:
        ended: with its path, and why it was not saved or "". A job that was given up only says `given_up`.
        given_up: there is no file, because nobody wants it any more.
    """

    ended = Signal(Path, str)
    given_up = Signal()

    _progressed = Signal(int)
    _made = Signal(str, bool)

    def __init__(self, path: Path, make: Make, parts: int, window: QWidget) -> None:
        """The file has so many `parts`, or 0 where `make` makes it in one go and cannot be given up."""
        super().__init__(window)
        self._path = path
        self._make = make
        self._is_given_up = Event()
        self._thread = Thread(target=self._run, name="export")
        self._progress = ProgressDialog(f"Making {path.name}…", parts, window)
        self._progress.given_up.connect(self.give_up)
        self._progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self._made.connect(self._note_end, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begins."""
        self._progress.begin()
        self._thread.start()

    @Slot()
    def give_up(self) -> None:
        """Nobody wants the file any more."""
        self._is_given_up.set()

    def close(self) -> None:
        """Gives it up and waits until the thread has ended."""
        self.give_up()
        self._thread.join()

    def _run(self) -> None:
        """On a thread of its own."""
        outcome = _UNEXPECTED, False
        try:
            outcome = self._outcome()
        finally:
            self._made.emit(*outcome)

    def _outcome(self) -> tuple[str, bool]:
        """Makes the file; returns why it could not be, or "", and whether it was given up."""
        try:
            replace_file(self._path, self._make(self._path, self._go_on))
        except Cancelled:
            return "", True
        except LifeError as error:
            return f"this cannot be saved: {error}", False
        except (OSError, ValueError) as error:
            return why_not("saved", error), False
        except MemoryError:
            return "this cannot be saved: it needs more memory than there is", False
        return "", False

    def _go_on(self, part: int) -> bool:
        """On a thread of its own."""
        self._progressed.emit(part)
        return not self._is_given_up.is_set()

    @Slot(int)
    def _show_progress(self, part: int) -> None:
        self._progress.show_part(part)

    @Slot(str, bool)
    def _note_end(self, reason: str, is_given_up: bool) -> None:
        self._thread.join()
        self._progress.end()
        if is_given_up:
            self.given_up.emit()
        else:
            self.ended.emit(self._path, reason)
        self.deleteLater()
