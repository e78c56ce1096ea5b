"""A place in the chain of hooks behind `threading.excepthook`, which can be taken and left in any order.

`threading.excepthook` is one variable for the whole process. Two simulations that run at the same time, and the
window that wants to know of everything else, all need it; whoever simply put back what it had found would silence
those that came after it.
"""

import threading
from collections.abc import Callable
from threading import ExceptHookArgs, Lock

Next = Callable[[ExceptHookArgs], object]
Handle = Callable[[ExceptHookArgs, Next], None]

_swapping = Lock()


class ThreadHook:
    """Has `handle` called with what a thread died of and with the next hook in the chain.

    Python calls hooks in the dying thread, several at a time. `handle` must keep neither its arguments nor the thread
    in them: that makes reference cycles and brings finished threads back to life.
    """

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._active = False
        self._next: Next = threading.__excepthook__

    def install(self) -> None:
        """Puts this hook in front of the one that is there. Calling it again changes nothing."""
        with _swapping:
            if not self._active:
                self._next = threading.excepthook
                self._active = True
                threading.excepthook = self

    def remove(self) -> None:
        """Leaves the chain; a hook that was put in front meanwhile stays. Calling it again changes nothing."""
        with _swapping:
            self._active = False
            threading.excepthook = _first_active(threading.excepthook)

    def __call__(self, args: ExceptHookArgs) -> None:
        """What Python calls."""
        if self._active:
            self._handle(args, self._next)
        else:
            self._next(args)

    def pass_over(self) -> "Next | None":
        """The next hook where this one has left the chain and only another one's memory still leads here."""
        return None if self._active else self._next


def _first_active(hook: Next) -> Next:
    while isinstance(hook, ThreadHook):
        following = hook.pass_over()
        if following is None:
            break
        hook = following
    return hook
