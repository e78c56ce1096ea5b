"""The places where Python and Qt leave what nobody caught, and one mailbox that all of it goes to.

Which of them is used depends on where the exception happened: a slot, a `QThread` and a `QRunnable` end in
`sys.excepthook`, called in the thread in question; a `threading.Thread` in `threading.excepthook`; a finaliser in
`sys.unraisablehook`; a forgotten asyncio task in `logging`; Qt's own complaints in its message handler. None of those
threads may touch a window, so a hook only leaves plain data behind and goes on to the hook that was there before,
which prints.
"""

import faulthandler
import logging
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from threading import ExceptHookArgs
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qFormatLogMessage, qInstallMessageHandler

from gui.log_file import LogFile
from gui.unexpected_reports import Event
from life.thread_hook import Next, ThreadHook

MAILBOX_SIZE = 1000


class Hooks:
    """Installs itself everywhere at once; its mailbox then fills from any thread, and is emptied by one.

    The mailbox keeps the newest `MAILBOX_SIZE` events. Exceptions are turned into text on the spot, because keeping
    them keeps their frames, and with a thread's exception the thread, alive. Nothing in here takes a lock: a finaliser
    may run, and end in a hook, at any point of any of these lines.
    """

    def __init__(self, log: LogFile) -> None:
        self._log = log
        self._mailbox: deque[tuple[int, Event]] = deque(maxlen=MAILBOX_SIZE)
        self._serials = count(1)
        self._taken = 0
        self._here = threading.local()
        self._threads = ThreadHook(self._thread_died)
        self._installed = False
        self._undo: list[Callable[[], object]] = []

    def install(self) -> None:
        """Takes every place; what is there is called afterwards. Calling it again changes nothing."""
        if not self._installed:
            self._installed = True
            self._threads.install()
            self._undo.append(self._threads.remove)
            self._install_in_sys()
            self._install_in_qt()
            self._install_in_logging()
            self._install_for_crashes()

    def uninstall(self) -> None:
        """Gives the places back. Calling it again changes nothing."""
        self._installed = False
        while self._undo:
            self._undo.pop()()

    def take(self) -> tuple[list[Event], int]:
        """The events that came since the last call, and the number of those that found no room."""
        taken, missed = [], 0
        for _ in range(len(self._mailbox)):
            serial, event = self._mailbox.popleft()
            missed += serial - self._taken - 1
            self._taken = serial
            taken.append(event)
        return taken, max(missed, 0)

    @contextmanager
    def for_the_log_alone(self) -> Iterator[None]:
        """What goes wrong in here, in this thread, is not for the user: it went wrong while telling the user."""
        self._here.log_alone = True
        try:
            yield
        finally:
            self._here.log_alone = False

    def post_exception(self, error: BaseException) -> None:
        """Leaves an exception in the mailbox that somebody did catch, but that nobody expected."""
        self._post_exception(type(error), error, error.__traceback__)

    def _install_in_sys(self) -> None:
        before, unraisable_before = sys.excepthook, sys.unraisablehook

        def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            if not issubclass(kind, SystemExit | KeyboardInterrupt):
                self._post_exception(kind, error, trace)
            before(kind, error, trace)

        def unraisable(args: "sys.UnraisableHookArgs") -> None:
            where = f"{args.err_msg or 'Exception ignored in'}: {type(args.object).__qualname__}\n"
            self._post_exception(args.exc_type, args.exc_value, args.exc_traceback, where)
            unraisable_before(args)

        def undo() -> None:
            if sys.excepthook is uncaught:
                sys.excepthook = before
            if sys.unraisablehook is unraisable:
                sys.unraisablehook = unraisable_before

        sys.excepthook, sys.unraisablehook = uncaught, unraisable
        self._undo.append(undo)

    def _install_in_qt(self) -> None:
        before: Callable[..., object] | None = None

        def message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
            self._qt_said(kind, context, text)
            if before is not None:
                before(kind, context, text)
            else:
                _print(qFormatLogMessage(kind, context, text))

        before = qInstallMessageHandler(message)
        self._undo.append(lambda: qInstallMessageHandler(before))

    def _install_in_logging(self) -> None:
        root, handler = logging.getLogger(), _LogHandler(self._post)
        root.addHandler(handler)
        self._undo.append(lambda: root.removeHandler(handler))

    def _install_for_crashes(self) -> None:
        """Has Python write where it was when the process is ended from below; leaves alone who has that already."""
        if self._log.stream is not None and not faulthandler.is_enabled():
            faulthandler.enable(self._log.stream)
            self._undo.append(faulthandler.disable)

    def _thread_died(self, args: ExceptHookArgs, pass_on: Next) -> None:
        if args.exc_type is not SystemExit:
            self._post_exception(args.exc_type, args.exc_value, args.exc_traceback)
        pass_on(args)

    def _qt_said(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        details = f"{context.category}: {text}"
        if kind == QtMsgType.QtFatalMsg:
            self._log.write(f"Qt ends the process: {details}")  # nobody will empty the mailbox any more
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            self._post(f"Qt {details}", f"Qt: {text}", details, to_user=kind != QtMsgType.QtWarningMsg)

    def _post_exception(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None, where: str = ""
    ) -> None:
        if getattr(self._here, "describing", False):
            return  # describing one exception raised another one that ended here as well
        self._here.describing = True
        try:
            summary = traceback.format_exception_only(kind, error)[-1].strip()
            details = where + "".join(traceback.format_exception(kind, error, trace))
            self._post(f"{kind.__qualname__} {_place(trace)}", summary, details)
        except Exception:
            self._post(kind.__qualname__, kind.__qualname__, f"{where}(it cannot be described)")
        finally:
            self._here.describing = False

    def _post(self, key: str, summary: str, details: str, to_user: bool = True) -> None:
        if self._installed:
            to_user = to_user and not getattr(self._here, "log_alone", False)
            event = Event(key, threading.current_thread().name, summary, details, to_user)
            self._mailbox.append((next(self._serials), event))


class _LogHandler(logging.Handler):
    """What a library logs, as asyncio does with a task that failed and that nobody awaited."""

    def __init__(self, post: Callable[[str, str, str, bool], None]) -> None:
        super().__init__(logging.WARNING)
        self._post_event = post

    def emit(self, record: logging.LogRecord) -> None:
        try:
            first_line = record.getMessage().partition("\n")[0]
            summary = f"{record.name}: {first_line}"
            self._post_event(summary, summary, self.format(record), record.levelno >= logging.ERROR)
            if logging.lastResort is not None and logging.getLogger().handlers == [self]:
                logging.lastResort.handle(record)  # being the only handler must not silence stderr
        except Exception:
            self.handleError(record)


def _print(text: str) -> None:
    """As Qt does by itself, which does not mind either when nobody can read it."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            sys.stderr.write(text + "\n")


def _place(trace: TracebackType | None) -> str:
    """The line that raised: the same defect in any number of threads."""
    places = [f"{frame.f_code.co_filename}:{line}" for frame, line in traceback.walk_tb(trace)]
    return places[-1] if places else ""
