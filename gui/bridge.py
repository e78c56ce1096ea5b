"""The way from the simulation's thread to the screen: facts go in on that thread and come out as signals on this one.

Generations may be finished in microseconds. A queued signal for each would fill the event queue faster than it
empties, so facts wait in a mailbox that is emptied at most once a frame, and of the generations that were finished in
the meantime only the newest is delivered.
"""

from threading import Lock
from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from life.facts import FailureReport, Result, State
from life.trace.columns import Trace

FRAME_MS = 16

_Fact = Trace | Result | FailureReport | State


class SimulationBridge(QObject):
    """A `life.facts.Listener` that lives in the GUI thread and may be told facts by any other.

    Signals, all emitted in the GUI thread:
        started: a generation is under way.
        finished: a generation was made; of those made since the last frame, the newest.
        cells_failed: cells raised something; none of these is ever left out.
        state_arrived: the board, the rule, the experiment or the mode is another one now.
    """

    started = Signal(Trace)
    finished = Signal(Result)
    cells_failed = Signal(FailureReport)
    state_arrived = Signal(State)

    _posted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = Lock()
        self._mailbox: list[_Fact] = []
        self._is_closed = False
        self._epoch = 0
        self._delivered_at = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._deliver)
        self._posted.connect(self._schedule, Qt.ConnectionType.QueuedConnection)

    def expect(self, epoch: int) -> None:
        """From now on facts of an epoch before `epoch` are stale, those in the mailbox included."""
        self._epoch = epoch

    def close(self) -> None:
        """Takes and delivers no more facts; a simulation that still runs may go on telling them."""
        with self._lock:
            self._is_closed = True
            self._mailbox.clear()

    def generation_started(self, trace: Trace) -> None:
        """See `Listener`."""
        self._post(trace)

    def generation_finished(self, result: Result) -> None:
        """See `Listener`."""
        self._post(result)

    def failed(self, report: FailureReport) -> None:
        """See `Listener`."""
        self._post(report)

    def state_changed(self, state: State) -> None:
        """See `Listener`."""
        self._post(state)

    def _post(self, fact: _Fact) -> None:
        with self._lock:
            if self._is_closed:
                return
            is_first = not self._mailbox
            if isinstance(fact, Trace | Result):
                self._mailbox = [older for older in self._mailbox if type(older) is not type(fact)]
            self._mailbox.append(fact)
            if is_first:
                self._posted.emit()  # still under the lock, so that it cannot come after the end of `close`

    @Slot()
    def _schedule(self) -> None:
        since_last = (monotonic() - self._delivered_at) * 1000
        self._timer.start(max(0, FRAME_MS - int(since_last)))

    @Slot()
    def _deliver(self) -> None:
        self._delivered_at = monotonic()
        with self._lock:
            facts, self._mailbox = self._mailbox, []
        for fact in facts:
            if fact.epoch >= self._epoch:  # the one place where a stale fact is dropped
                self._emit(fact)

    def _emit(self, fact: _Fact) -> None:
        match fact:
            case Trace():
                self.started.emit(fact)
            case Result():
                self.finished.emit(fact)
            case FailureReport():
                self.cells_failed.emit(fact)
            case State():
                self.state_arrived.emit(fact)
