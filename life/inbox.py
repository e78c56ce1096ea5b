"""What those who give commands and the thread that obeys them share, and how one thread takes over from another.

A strategy is somebody's code: it may never come back. While the simulation's thread is in it, or opens or closes it,
it is on an *errand*, and touches nothing of the simulation. So another thread can take its place meanwhile; the first
one finds out when it comes back, and from then on it does nothing that anybody could notice.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition, Thread
from time import monotonic, perf_counter_ns
from weakref import WeakSet

from life.commands import Command
from life.stop import StopSignal
from life.trace.columns import Trace


class LeftBehind(BaseException):
    """Another thread has taken the place of this one while it was on an errand: it is to end, and to tell nobody."""


@dataclass(eq=False)
class Errand:
    """What the simulation's thread is about in code that is not ours; shared under the condition of the inbox.

    Attributes:
        strategy: key of the strategy.
        others: the threads that were there before it was opened.
        stop: ends the generation, if it is one.
        trace: of the generation; None while the strategy is opened or closed.
        is_long: whether it is many generations, which nobody wants to wait for.
        told_at: since when it is to end, as of `monotonic`; None where nobody wants that.
        is_left: whether somebody else has taken over.
    """

    strategy: str
    others: WeakSet[Thread]
    stop: StopSignal = field(default_factory=StopSignal)
    trace: Trace | None = None
    is_long: bool = False
    told_at: float | None = None
    is_left: bool = False

    def tell_to_end(self) -> None:
        """Notes that it is to end; whoever calls this then sets `stop`, without the condition."""
        self.told_at = monotonic() if self.told_at is None else self.told_at

    def leave(self) -> None:
        """Notes that nobody waits for it any more, and for whoever watches, that its generation is over."""
        self.is_left = True
        if self.trace:
            self.trace.finished = perf_counter_ns()

    def threads(self) -> int:
        """How many threads are alive that were not there before its strategy was opened, and its own."""
        return 1 + sum(thread not in self.others for thread in threading.enumerate())


class Inbox:
    """The commands that have come in and what is under way; whoever uses the attributes holds `changed`.

    Attributes:
        changed: is notified of every command.
        commands: those that nobody has obeyed yet.
        epoch: how many commands have come in that begin a new one.
        errand: what the simulation's thread is about; None while it minds its own business.
    """

    def __init__(self) -> None:
        self.changed = Condition()
        self.commands: deque[Command] = deque()
        self.epoch = 0
        self.errand: Errand | None = None

    def put(self, command: Command, *, stops: bool, stops_long: bool, supersedes: bool) -> int:
        """Takes in a command; returns the epoch in which it will have been obeyed.

        Args:
            command: what is to be done.
            stops: whether the generation under way ends at once.
            stops_long: whether it does where it is many.
            supersedes: whether an epoch begins with it.
        """
        with self.changed:
            self.epoch += supersedes
            epoch = self.epoch
            self.commands.append(command)
            errand = self.errand
            if errand and (stops or (stops_long and errand.is_long)):
                errand.tell_to_end()
            else:
                errand = None
            self.changed.notify()
        if errand:
            errand.stop.set()
        return epoch

    def take(self) -> list[Command]:
        """All commands that are there, which are not any more; to be called with `changed` held."""
        waiting = list(self.commands)
        self.commands.clear()
        return waiting

    def begin(self, errand: Errand) -> bool:
        """The calling thread goes on an errand, unless a command has come in meanwhile; returns whether it does."""
        with self.changed:
            if self.commands:
                return False
            self.errand = errand
            return True

    def end(self, errand: Errand) -> None:
        """The calling thread is back from it.

        Raises:
            LeftBehind: it is too late.
        """
        with self.changed:
            if errand.is_left:
                raise LeftBehind
            self.errand = None

    @contextmanager
    def on(self, errand: Errand) -> Iterator[None]:
        """The calling thread is on an errand that has to be, whatever comes in; see `end`."""
        with self.changed:
            self.errand = errand
        try:
            yield
        finally:
            self.end(errand)

    def errand_to_leave(self) -> Errand | None:
        """Takes the errand under way away from its thread; None where that minds its business.

        To be called with `changed` held, by whoever has another thread ready.
        """
        errand, self.errand = self.errand, None
        if errand:
            errand.leave()
        return errand
