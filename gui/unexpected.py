"""Anything unexpected, in any thread, reaches the log file and the window: never a crash, and never silence.

What cells raise is expected and has a window of its own; `life.witness.Witness` keeps it from getting here.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import current_thread
from types import TracebackType
from typing import Self

from PySide6.QtCore import QCoreApplication, QObject, QThread, QTimer, Signal, Slot

from gui.log_file import LogFile
from gui.unexpected_hooks import Hooks
from gui.unexpected_reports import Event, Report, Reports

DRAIN_MS = 100


class UnexpectedErrors(QObject):
    """Collects what nobody caught, while entered or between `install` and `uninstall`.

    Lives in the GUI thread; a timer empties the mailbox that the hooks fill from any thread.

    Signals:
        reported: a `gui.unexpected_reports.Report`; the same thing again comes with a larger count, at most once a
            second.
    """

    reported = Signal(object)

    def __init__(self, log: Path, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        """Opens the log file.

        Args:
            log: path of the log file; its folder is made where it is missing.
            parent: as for any QObject.
            clock: seconds that only go forward.
        """
        super().__init__(parent)
        self._log = LogFile(log)
        self._hooks = Hooks(self._log)
        self._reports = Reports()
        self._clock = clock
        self._log_problem = ""
        self._says_end = False
        self._timer = QTimer(self)
        self._timer.setInterval(DRAIN_MS)
        self._timer.timeout.connect(self.drain)

    @property
    def log_path(self) -> Path:
        """The file that everything is written to."""
        return self._log.path

    def write_start_and_end(self) -> None:
        """Writes down what starts here, and from now on also its end: who asks for a log wants to see both."""
        from life import diagnostics  # is needed seldom

        self._says_end = True
        facts = [*diagnostics.versions(QCoreApplication.applicationVersion()), *diagnostics.machine()]
        self._log.write("\n".join(["Lifeloom starts", *facts, *diagnostics.limits()]))

    def tell_of(self, sentence: str) -> None:
        """Writes a sentence to the log and to stderr, for when there is no window any more that could show it."""
        self._log.write(sentence)
        if sys.stderr is not None:
            sys.stderr.write(f"Lifeloom: {sentence}\n")

    def install(self) -> None:
        """Puts the hooks in place; undone by `uninstall`."""
        self._hooks.install()
        self._timer.start()

    def uninstall(self) -> None:
        """Puts the earlier hooks back, writes down what is left and closes the log; it is not opened again."""
        self._timer.stop()
        self._hooks.uninstall()
        self._read_mailbox()
        for report in self._reports.due(self._clock(), everything=True):
            self._log.write(str(report))
        if self._says_end:
            self._log.write("Lifeloom ends")
        self._log.close()

    def __enter__(self) -> Self:
        self.install()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if isinstance(error, Exception):
            self._hooks.post_exception(error)  # on its way out it is printed, but perhaps nobody can read that
        self.uninstall()

    @Slot()
    def drain(self) -> None:
        """Writes and reports what came in since the last time; called by the timer."""
        assert QThread.currentThread() == self.thread(), "windows may be touched by the GUI thread alone"
        self._read_mailbox()
        for report in list(self._reports.due(self._clock())):
            self._tell(report)

    def _read_mailbox(self) -> None:
        events, missed = self._hooks.take()
        for event in events:
            self._reports.add(event)
        if missed:
            self._reports.add(_note(f"{missed:,} more went wrong at the same time and were not written down"))

    def _tell(self, report: Report) -> None:
        self._log.write(str(report))
        with self._hooks.for_the_log_alone():
            if report.event.to_user:
                self.reported.emit(report)
            if self._log.problem != self._log_problem:
                self._log_problem = self._log.problem
                self.reported.emit(Report(_note(self._log.problem)))


def _note(sentence: str) -> Event:
    return Event(sentence, current_thread().name, sentence, "")
