"""Says what the object is that the pointer rests on, while nothing runs."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.session import Session
from life.errors import LifeError
from life.knowing.names import Names
from life.knowing.pointing import Sighting, sighting_at
from life.patterns.files import read_pattern
from life.patterns.pattern import Pattern

Cell = tuple[int, int]

REST_MS = 80  # how long the pointer stays at a cell before the object there is looked at
NAMED_KINDS = "still-lifes", "oscillators", "spaceships", "methuselahs", "other-rules"


class Pointing(QObject):
    """Looks at what the pointer is at, a moment after it has come to rest there.

    That takes a few milliseconds. The names of the library's patterns are learnt one at a time, when somebody points
    at an object for the first time, so that nothing waits for them.

    Signals:
        sighted: with the `Sighting` of the object, or None where the pointer is at none.
    """

    sighted = Signal(object)

    def __init__(self, session: Session, patterns: Path, parent: QObject | None = None) -> None:
        """`patterns` is the folder of the library, a folder a kind."""
        super().__init__(parent)
        self._session = session
        self._unread: Iterator[Pattern] = _named_patterns(patterns)
        self._names = Names()
        self._cell: Cell | None = None
        self._sighting: Sighting | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.look)
        self._lesson = QTimer(self)
        self._lesson.setInterval(0)
        self._lesson.timeout.connect(self._learn)
        self._knows_all = False
        session.board_changed.connect(self._wait)
        session.state_changed.connect(self._wait)

    @property
    def cell(self) -> Cell | None:
        """Row and column of what the pointer is at; None where it is at none."""
        return self._cell

    @property
    def knows_all(self) -> bool:
        """Whether the names of all patterns are known by now."""
        return self._knows_all

    @Slot(object)
    def point_at(self, cell: Cell | None) -> None:
        """The pointer is at another cell, or at none."""
        self._cell = cell
        self._wait()

    @Slot()
    def look(self) -> None:
        """Says what the pointer is at now."""
        sighting = None
        cell = self._cell_on_board()
        if cell and not self._session.is_running:
            sighting = sighting_at(self._session.moment, *cell, self._names)
            if sighting and not self._knows_all:
                self._lesson.start()
        self._tell(sighting)

    def _cell_on_board(self) -> Cell | None:
        return self._cell if self._cell and self._session.board.frame.contains(*self._cell) else None

    @Slot()
    def _wait(self) -> None:
        if self._session.is_running or self._cell_on_board() is None:
            self._rest.stop()
            self._tell(None)
        else:
            self._rest.start()

    def _tell(self, sighting: Sighting | None) -> None:
        if sighting != self._sighting:
            self._sighting = sighting
            self.sighted.emit(sighting)

    @Slot()
    def _learn(self) -> None:
        pattern = next(self._unread, None)
        if pattern is not None:
            self._names.learn(pattern)
            return
        self._lesson.stop()
        self._knows_all = True
        self._wait()


def _named_patterns(folder: Path) -> Iterator[Pattern]:
    for kind in NAMED_KINDS:
        for path in sorted((folder / kind).glob("*.rle")):
            with suppress(LifeError, OSError):
                yield read_pattern(path)
