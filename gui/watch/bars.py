"""The bars of a timeline, ready to be drawn and to be found again; and the thread that gets them ready."""

from threading import Condition, Thread

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal, Slot

from life.trace.columns import Times, Trace
from life.trace.lanes import Lanes, lanes_of
from life.trace.phases import Phase, caller_phases, end_of


class Bars:
    """The lanes of a trace with every gap filled in; times are nanoseconds from the start of the generation.

    Attributes:
        lanes: what they were made from.
        total: length of the generation, or its age where it is under way.
        begun, ended: ends of each bar; one that has not ended ends now.
        io_begun, io_ended, lock_begun, lock_ended: its wait for an answer and the latest one for a lock; empty
            stretches where it did not wait.
        failed: when it failed; -1 where it did not.
        starts: of shape (lanes + 1,): the bars of lane i are those from starts[i] up to, not including, starts[i + 1].
        phases: what the caller was about.
    """

    def __init__(self, trace: Trace, lanes: Lanes) -> None:
        start, end = trace.started, end_of(trace)
        self.lanes = lanes
        self.total = max(end - start, 1)
        self.begun: Times = lanes.begun - start
        self.ended: Times = np.where(lanes.ended > 0, np.maximum(lanes.ended, lanes.begun), end) - start
        self.io_begun, self.io_ended = self._stretch(lanes.asked - start, lanes.answered - start, -start)
        if trace.is_recorded:
            asked, got = trace.times(trace.lock_asked)[lanes.first], trace.times(trace.lock_got)[lanes.first]
        else:
            asked = got = np.zeros(lanes.lane.size, np.int64)
        self.lock_begun, self.lock_ended = self._stretch(asked - start, got - start, -start)
        self.has_lock_waits = bool((self.lock_begun < self.lock_ended).any())
        self.failed: Times = np.where(lanes.failed > 0, lanes.failed - start, -1)
        self.starts: Times = np.searchsorted(lanes.lane, np.arange(lanes.count + 1)).astype(np.int64)
        self.phases = [Phase(name, begun - start, ended - start) for name, begun, ended in caller_phases(trace)]
        self._by_cell = np.argsort(lanes.first)
        self._first_sorted = lanes.first[self._by_cell]

    def _stretch(self, begun: Times, ended: Times, never: int) -> tuple[Times, Times]:
        """A wait that did not end, ends with its bar; one that did not begin is empty."""
        begun, ended = np.where(begun == never, self.ended, begun), np.where(ended == never, self.ended, ended)
        return begun, np.minimum(np.maximum(ended, begun), self.ended)

    @property
    def size(self) -> int:
        """How many bars there are."""
        return int(self.begun.size)

    def of_cell(self, cell: int) -> int | None:
        """The bar that cell number `cell` is in; None where it never began."""
        at = int(np.searchsorted(self._first_sorted, cell, "right")) - 1
        if at < 0:
            return None
        bar = int(self._by_cell[at])
        return bar if cell < int(self.lanes.first[bar] + self.lanes.cells[bar]) else None

    def within(self, first_lane: float, last_lane: float) -> slice:
        """The bars of all lanes of which a part lies between two lanes, not rounded."""
        first = min(max(int(first_lane), 0), self.lanes.count)
        last = min(max(int(np.ceil(last_lane)), first), self.lanes.count)
        return slice(int(self.starts[first]), int(self.starts[last]))

    def nearest(self, lanes: tuple[float, float], time: float, reach: float) -> int | None:
        """The bar in some lanes that is nearest to a time, at most `reach` nanoseconds from it; the upper one first."""
        some = self.within(*lanes)
        away = np.maximum(np.maximum(self.begun[some] - time, time - self.ended[some]), 0)
        if not away.size or away.min() > reach:
            return None
        return int(some.start) + int(away.argmin())


class BarsFinder(QObject):
    """Gets bars ready on a thread of its own, so that a large generation never stalls the window.

    Of what is asked for while it is busy only the last is done.

    Signals:
        found(Trace, Bars): emitted in the GUI thread; not for a trace that is no longer wanted.
    """

    found = Signal(object, object)
    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changed = Condition()
        self._next: Trace | None = None
        self._is_busy = False
        self._wanted: Trace | None = None
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def find(self, trace: Trace) -> None:
        """Wants the bars of `trace` and of no other."""
        self._wanted = trace
        with self._changed:
            self._next = trace
            if not self._is_busy:
                self._is_busy = True
                Thread(target=self._work, name="timeline bars", daemon=True).start()

    def forget(self) -> None:
        """Wants nothing any more."""
        self._wanted = None

    def _work(self) -> None:
        while trace := self._take():
            bars = Bars(trace, lanes_of(trace))
            try:
                self._done.emit(trace, bars)
            except RuntimeError:  # the window was closed meanwhile
                return

    def _take(self) -> Trace | None:
        with self._changed:
            trace, self._next = self._next, None
            self._is_busy = trace is not None
            return trace

    @Slot(object, object)
    def _deliver(self, trace: Trace, bars: Bars) -> None:
        if trace is self._wanted:
            self.found.emit(trace, bars)
