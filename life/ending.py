"""The end of the process, which threads that a strategy never ended must not hold up.

At its end Python waits for every thread that is no daemon and for the workers of every pool, for ever if need be. Most
of those that are left then are about to end; what is left of a strategy that does not come back is not.
"""

import os
import sys
import threading
from contextlib import suppress
from threading import Thread
from time import monotonic
from typing import NoReturn

SECONDS_FOR_THREADS = 3.0
_FINISHES = ("autosave", "compile", "export", "picture")  # these end by themselves, and with something done
_LOST = "simulation"  # a daemon, but one that is still alive is in a strategy, whose pool may hold everything up
_FEW = 3


def end(code: int) -> NoReturn:
    """Ends the process with that exit code, as Python does where it can.

    Threads that have not ended after some seconds are cut off in the middle of what they are about, and stderr is told.
    """
    if not _left():
        sys.exit(code)
    try:
        give_up = monotonic() + SECONDS_FOR_THREADS
        for thread in _left():
            thread.join(max(give_up - monotonic(), 0))
        left = _left()
        if not left:
            sys.exit(code)
        for thread in _that_hold_up():
            if thread not in left:
                thread.join()
    except KeyboardInterrupt:
        left = _left()
    _say(_told(left))
    os._exit(code)


def _that_hold_up() -> list[Thread]:
    others = (thread for thread in threading.enumerate() if thread is not threading.current_thread())
    return [thread for thread in others if not thread.daemon or thread.name == _LOST]


def _left() -> list[Thread]:
    """Those of strategies."""
    return [thread for thread in _that_hold_up() if not thread.name.startswith(_FINISHES)]


def _say(sentence: str) -> None:
    """Tells stderr, and has everything written that was said; a program without a console has neither stream."""
    for stream, text in ((sys.stdout, ""), (sys.stderr, f"{sentence}\n")):
        if stream is not None:
            with suppress(OSError, ValueError):  # nobody listens any more
                stream.write(text)
                stream.flush()


def _told(threads: list[Thread]) -> str:
    names = ", ".join(thread.name for thread in threads[:_FEW]) + (", …" if len(threads) > _FEW else "")
    one = len(threads) == 1
    return f"{len(threads):,} thread{'' if one else 's'} had not ended and {'was' if one else 'were'} cut off: {names}."
