"""Reads the states of a generation under way on a thread of its own, frame by frame.

A frame compares a dozen arrays. Next to a thread that is busy in Python, each comparison may have to wait 5 ms for the
interpreter's lock to come back; there are enough of them to make the window stutter, if it had to do the waiting.
"""

from dataclasses import dataclass, field
from threading import Event, Thread
from time import perf_counter, perf_counter_ns

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal, Slot

from gui.board.overlay import States
from life.trace.columns import Trace
from life.trace.states import CellState, states_at

FRAME_SECONDS = 0.033
_REST = 2.0  # times as long as a frame took
_LOOK_SECONDS = 0.2  # after which the thread looks whether anybody still listens


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The states of all cells at one instant, of shape (height, width), and how many cells have each."""

    trace: Trace
    states: States
    counts: list[int]


def snapshot_of(trace: Trace, instant: int) -> Snapshot:
    """The states at an instant, counted."""
    states = states_at(trace, instant)
    return Snapshot(trace, states, np.bincount(states.reshape(-1), minlength=len(CellState)).tolist())


@dataclass(slots=True)
class _Reading:
    """What the two threads agree by: `over` ends the reading, `taken` says that a snapshot has been shown."""

    trace: Trace
    over: Event = field(default_factory=Event)
    taken: Event = field(default_factory=Event)


class LiveStates(QObject):
    """Follows one generation until it is over.

    Signals:
        read(Snapshot): emitted in the GUI thread, the next one only after this one was shown.
    """

    read = Signal(object)
    _computed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading: _Reading | None = None
        self._computed.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def follow(self, trace: Trace) -> None:
        """Reads `trace`, and nothing else, until it is finished."""
        self.stop()
        self._reading = _Reading(trace)
        Thread(target=self._work, args=(self._reading,), name="live states", daemon=True).start()

    def stop(self) -> None:
        """Reads nothing any more."""
        if self._reading:
            self._reading.over.set()
            self._reading.taken.set()
            self._reading = None

    def _work(self, reading: _Reading) -> None:
        taken = 0.0
        while not reading.trace.finished and not reading.over.wait(taken):
            begun = perf_counter()
            reading.taken.clear()
            try:
                self._computed.emit(reading, snapshot_of(reading.trace, perf_counter_ns()))
            except RuntimeError:  # the window was closed meanwhile
                return
            while not reading.taken.wait(_LOOK_SECONDS) and not reading.trace.finished:
                pass
            taken = max(FRAME_SECONDS, _REST * (perf_counter() - begun))

    @Slot(object, object)
    def _deliver(self, reading: _Reading, snapshot: Snapshot) -> None:
        if reading is self._reading and not reading.trace.finished:
            self.read.emit(snapshot)
        reading.taken.set()
