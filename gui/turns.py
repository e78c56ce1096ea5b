"""How long a thread that is busy in Python may keep the interpreter's lock while the window waits for it.

A frame gives the lock away many times, with every call into Qt, and next to a thread that is busy in Python it waits
a whole turn, 5 ms as Python has it, to get it back. With 100,000 coroutines under way and their states on the board
that made the event loop late by 35 ms at the 99th percentile; with turns of 1 ms, 15. Where many threads compete, short
turns would cost the generation more than the window gains (10,000 threads took a third longer), so these keep Python's.
"""

import sys
from types import TracebackType
from typing import Self

from PySide6.QtCore import QObject, Slot

from gui.session import Session
from life.experiment import Experiment
from life.fanout.frame import cells_to_step
from life.reach import threads_of

SHORT_TURN = 0.001  # seconds
MOST_THREADS = 64


class TurnsAsThreadsNeed(QObject):
    """While entered, keeps turns short for as long as generations run on few threads."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._usual = sys.getswitchinterval()

    def __enter__(self) -> Self:
        self._usual = sys.getswitchinterval()
        session = self._session
        for changed in (session.experiment_changed, session.loaded, session.resized):
            changed.connect(self._choose)
        self._choose()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        session = self._session
        for changed in (session.experiment_changed, session.loaded, session.resized):
            changed.disconnect(self._choose)
        sys.setswitchinterval(self._usual)

    @Slot()
    def _choose(self) -> None:
        session, cells = self._session, cells_to_step(self._session.board)
        sys.setswitchinterval(turn_for(session.experiment, cells.height, cells.width, self._usual))


def turn_for(experiment: Experiment, height: int, width: int, usual: float) -> float:
    """The longest turn, in seconds, while a board of `height` × `width` cells runs beside a window."""
    return min(SHORT_TURN, usual) if threads_of(experiment, height, width) <= MOST_THREADS else usual
