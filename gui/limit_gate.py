"""Between the wish to run and the run: what would cost too much waits here until the user has answered."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from gui.fanout.limits import Kind, Limit

_AS_MUCH_AGAIN = 2  # is accepted too: a pattern that grows would ask at every generation


class LimitGate(QObject):
    """Lets a run through, or holds it back.

    Signals:
        changed: `limit` is another.
        answered: what was held back is to be tried again; with what that is.

    Attributes:
        limit: what the user is being asked about; None where nothing is held back.
    """

    changed = Signal()
    answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.limit: Limit | None = None
        self._wanted: Callable[[], None] | None = None
        self._accepted: dict[Kind, float] = {}  # up to how much of each kind

    def let_through(self, what: Callable[[], None], limit: Limit | None) -> None:
        """Does `what`, which would meet `limit`, now or when that has been answered."""
        if self.binds(limit):
            self._wanted = what
        else:
            what()

    def binds(self, limit: Limit | None) -> bool:
        """Whether a run that would meet `limit` has to wait; if so, the user is asked."""
        self._set(limit if limit and limit.amount > self._accepted.get(limit.kind, 0) else None)
        return self.limit is not None

    def hold(self, what: Callable[[], None]) -> None:
        """Does `what` when the limit that binds has been answered."""
        self._wanted = what

    def accept(self) -> None:
        """Pays what the limit says, now and for the rest of the session."""
        if self.limit:
            self._accepted[self.limit.kind] = _AS_MUCH_AGAIN * self.limit.amount
            self._go_on()

    def use(self, take: Callable[[Limit], None]) -> None:
        """Has `take` take the cheaper way, and then runs."""
        if self.limit:
            wanted, self._wanted = self._wanted, None
            take(self.limit)
            self._wanted = wanted
            self._go_on()

    def leave(self) -> None:
        """Runs nothing."""
        self._wanted = None
        self._set(None)

    def _go_on(self) -> None:
        wanted, self._wanted = self._wanted, None
        self._set(None)
        if wanted:
            self.answered.emit(wanted)

    def _set(self, limit: Limit | None) -> None:
        if limit != self.limit:
            self.limit = limit
            self.changed.emit()
