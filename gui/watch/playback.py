"""Plays a finished generation back, as fast as it was or slower."""

from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from gui.watch.watch import Watch
from life.history import Record
from life.trace.phases import end_of

FRAME_MS = 16


class Playback(QObject):
    """Moves the instant of a watch on, frame by frame, from where it is to the end.

    Attributes:
        speed: how much of the generation's time goes by in a unit of ours.

    Signals:
        running_changed: it plays now, or plays no more.
    """

    running_changed = Signal(bool)

    def __init__(self, watch: Watch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watch = watch
        self._speed = 1.0
        self._from_instant = 0
        self._from_time = 0.0
        self._shown: int | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._advance)
        watch.record_selected.connect(self._leave)
        watch.instant_moved.connect(self._note_move)

    @property
    def is_running(self) -> bool:
        """Whether it plays."""
        return self._timer.isActive()

    def set_speed(self, speed: float) -> None:
        """Goes on at another speed from here."""
        self._speed = speed
        self._begin_here()

    @Slot()
    def toggle(self) -> None:
        """Plays from the instant that is looked at, from the start where that is the end; or stops."""
        record = self._watch.record
        if self.is_running or record is None or record.trace.is_whole:
            self.stop()
            return
        if self._watch.instant is None or self._watch.instant >= record.trace.finished:
            self._watch.move_to(record.trace.started)
        self._begin_here()
        self._timer.start()
        self.running_changed.emit(True)

    @Slot()
    def stop(self) -> None:
        """Stays at the instant that is looked at."""
        if self._timer.isActive():
            self._timer.stop()
            self.running_changed.emit(False)

    def _begin_here(self) -> None:
        self._from_instant, self._from_time = self._watch.instant or 0, perf_counter()

    @Slot()
    def _advance(self) -> None:
        record = self._watch.record
        if record is None:
            return
        passed = (perf_counter() - self._from_time) * self._speed
        self._shown = min(self._from_instant + round(passed * 1e9), end_of(record.trace))
        self._watch.move_to(self._shown)
        if self._shown >= record.trace.finished:
            self.stop()

    @Slot(object)
    def _leave(self, _record: Record | None) -> None:
        self.stop()

    @Slot(object)
    def _note_move(self, instant: int | None) -> None:
        """Goes on from where somebody else has moved to."""
        if self.is_running and instant != self._shown:
            self._begin_here()
