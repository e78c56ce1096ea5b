"""The one clock of a replay, by which all boards go."""

from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

FRAME_MS = 16
_NS = 1e9


class ReplayClock(QObject):
    """Goes from 0 to `length`, as fast as it was or slower; times are nanoseconds.

    Signals:
        moved(object): another instant, an int, because it goes on or because somebody moved it.
        running_changed: it goes now, or goes no more.
    """

    moved = Signal(object)
    running_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.length = 0
        self.instant = 0
        self._speed = 1.0
        self._from_instant, self._from_time = 0, 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._advance)

    @property
    def is_running(self) -> bool:
        """Whether it goes."""
        return self._timer.isActive()

    def set_length(self, length: int) -> None:
        """Begins anew, with another length."""
        self.stop()
        self.length = length
        self.move_to(0)

    def set_speed(self, speed: float) -> None:
        """Goes on from here so many times as fast as it was."""
        self._speed = speed
        self._begin_here()

    def move_to(self, instant: int) -> None:
        """Goes on from another instant."""
        self.instant = min(max(instant, 0), self.length)
        self._begin_here()
        self.moved.emit(self.instant)

    @Slot()
    def toggle(self) -> None:
        """Goes on, from the beginning where it is at the end; or stops."""
        if self.is_running:
            self.stop()
        elif self.length:
            if self.instant >= self.length:
                self.move_to(0)
            self._begin_here()
            self._timer.start()
            self.running_changed.emit(True)

    @Slot()
    def stop(self) -> None:
        """Stays where it is."""
        if self._timer.isActive():
            self._timer.stop()
            self.running_changed.emit(False)

    def _begin_here(self) -> None:
        self._from_instant, self._from_time = self.instant, perf_counter()

    @Slot()
    def _advance(self) -> None:
        gone = (perf_counter() - self._from_time) * self._speed * _NS
        self.instant = min(self._from_instant + round(gone), self.length)
        self.moved.emit(self.instant)
        if self.instant >= self.length:
            self.stop()
