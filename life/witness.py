"""Who saw an exception that ended a thread: Python tells nobody but `threading.excepthook`, so somebody stands there.

The code that started the thread and joins it hears nothing of it (Effective Python, item 72). To say afterwards
whether an exception was at least printed, it has to be watched at the one place where Python prints it.
"""

import sys
import threading
from collections.abc import Callable
from threading import ExceptHookArgs
from types import TracebackType
from typing import Self

from life.errors import Stopped
from life.thread_hook import Next, ThreadHook
from life.tracebacks import Tracebacks


def everything(_error: BaseException) -> bool:
    """Expects any exception."""
    return True


class Witness:
    """While entered, notes which of the expected exceptions ended a thread, and whether Python printed them.

    An expected exception is handled as Python itself does it, past any other hook: what `threading.__excepthook__`
    would print is printed, but in one piece. Python reads each line of each traceback from its file and hands it on by
    itself; among thousands of threads that wait for their turn meanwhile, 10,000 that died took a minute for that.
    `Stopped` is nobody's business: thousands of threads end with it when somebody presses Stop. Anything else goes to
    the hook that was there before, because it is a defect that somebody has to hear of. Witnesses may be nested, and
    may be left in another order than they were entered.
    """

    def __init__(self, expects: Callable[[BaseException], bool] = everything) -> None:
        """Makes a witness that hears nothing yet.

        Args:
            expects: whether an exception is one to note; called in the dying thread.
        """
        self._expects = expects
        self._noted: dict[int, tuple[BaseException, bool]] = {}
        self._tracebacks = Tracebacks()
        self._hook = ThreadHook(self._see)

    def __enter__(self) -> Self:
        self._hook.install()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._hook.remove()

    def printed(self, error: BaseException) -> bool:
        """Whether this very exception ended a thread and Python printed it to stderr.

        Reliable once the thread was joined. False for a `SystemExit`, which Python does not print, where there is no
        stderr, as in a program without a console, and for what has been forgotten.
        """
        _, was_printed = self._noted.get(id(error), (None, False))
        return was_printed

    def forget(self) -> None:
        """Lets go of the exceptions; until then they keep the frames in their tracebacks alive."""
        self._noted.clear()
        self._tracebacks.clear()

    def _see(self, args: ExceptHookArgs, pass_on: Next) -> None:
        error = args.exc_value
        if isinstance(error, Stopped):
            return
        if error is None or not self._is_expected(error):
            pass_on(args)
            return
        will_print = _prints(args)
        self._print(args, error)
        # The exception is kept because, once it is gone, another one may get its id.
        self._noted[id(error)] = error, will_print

    def _print(self, args: ExceptHookArgs, error: BaseException) -> None:
        stderr = sys.stderr
        if stderr is None or args.exc_type is SystemExit or args.thread is None:
            threading.__excepthook__(args)
            return
        stderr.write(f"Exception in thread {args.thread.name}:\n{self._tracebacks.text(error)}")
        stderr.flush()

    def _is_expected(self, error: BaseException) -> bool:
        try:
            return self._expects(error)
        except Exception:
            return False  # whoever cannot tell must not hide it


def _prints(args: ExceptHookArgs) -> bool:
    """Whether `threading.__excepthook__` prints these; it falls back on the stderr that the thread was made with."""
    if args.exc_type is SystemExit:
        return False
    return sys.stderr is not None or getattr(args.thread, "_stderr", None) is not None
