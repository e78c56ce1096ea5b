"""How long one waits for what was told to end: after a while it may be that it never will, and the user is to know."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.port import SimulationPort
from life.facts import Overdue

SECONDS_OF_PATIENCE = 2.5
SECONDS_OF_MORE = 30.0  # where the user says that it is worth waiting for
_TICK_MS = 500


class Patience(QObject):
    """Looks twice a second whether the simulation is still about something that was told to end.

    Signals:
        changed: `overdue` is another.

    Attributes:
        overdue: what does not end; None where nothing is known of such a thing, or nothing is to be said of it.
    """

    changed = Signal()

    def __init__(
        self, simulation: SimulationPort, parent: QObject | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        super().__init__(parent)
        self.overdue: Overdue | None = None
        self._simulation = simulation
        self._clock = clock
        self._quiet_until = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Looks from now on."""
        self._timer.start()

    def end(self) -> None:
        """Looks no more."""
        self._timer.stop()
        self._set(None)

    @Slot()
    def look(self) -> None:
        """Looks now."""
        seconds = self._simulation.ending_for()
        if seconds is None:
            self._quiet_until = 0.0
            self._set(None)
        elif seconds >= SECONDS_OF_PATIENCE and self._clock() >= self._quiet_until:
            self._set(self._simulation.overdue())

    def have_more(self) -> None:
        """Says nothing for a while."""
        self._quiet_until = self._clock() + SECONDS_OF_MORE
        self._set(None)

    def lose(self) -> None:
        """Somebody wants it to end, again: says it as soon as it is so."""
        self._quiet_until = 0.0

    def _set(self, overdue: Overdue | None) -> None:
        if overdue != self.overdue:
            self.overdue = overdue
            self.changed.emit()
