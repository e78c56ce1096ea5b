"""The dock that says how many live: the figures of the newest generation, and the chart over all of them."""

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import words
from gui.cards import sentence
from gui.look.theme import MARGIN
from gui.session import Session
from life.board import Board
from life.knowing.observer import Knowing

if TYPE_CHECKING:
    from gui.knowing.population_chart import PopulationChart

EVERY_MS = 150  # at the most often
LAST_NUMBER = (1 << 63) - 1  # that a row of figures has room for; such a population is at least that
_LEAST_HEIGHT = 120


class PopulationDock(QWidget):
    """Statistics above, the chart below; both follow the run, whether or not every generation is shown."""

    def __init__(self, session: Session, knowing: Knowing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Population")
        self._session = session
        self._knowing = knowing
        self.summary = sentence()
        self.summary.setObjectName("population-summary")
        self.chart: PopulationChart | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(MARGIN, 8, MARGIN, 8)
        self._layout.setSpacing(6)
        self._layout.addWidget(self.summary)
        self._layout.addStretch(0)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self._shown_at = 0.0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(EVERY_MS)
        self._rest.timeout.connect(self.refresh)
        session.generation_finished.connect(self._follow)
        session.state_changed.connect(self._follow)

    def showEvent(self, event: QShowEvent) -> None:
        """Looks at everything only now that somebody looks; the chart comes a moment later."""
        super().showEvent(event)
        self.refresh()
        QTimer.singleShot(0, self._make_chart)

    @Slot()
    def refresh(self) -> None:
        """Shows how it is now."""
        if not self.isVisible():
            return
        self._rest.stop()
        self._shown_at = monotonic()
        self.summary.setText(self._statistics())
        if self.chart:
            self.chart.show_rows(self._knowing.population.rows(), self._knowing.verdict)

    @Slot()
    def _follow(self) -> None:
        if monotonic() - self._shown_at >= EVERY_MS / 1000:
            self.refresh()
        elif not self._rest.isActive():
            self._rest.start()

    @Slot()
    def _make_chart(self) -> None:
        if self.chart is None and self.isVisible():
            from gui.knowing.population_chart import PopulationChart  # is not needed before somebody looks

            self.chart = PopulationChart()
            self._layout.insertWidget(1, self.chart, 1)
            self.refresh()

    def _statistics(self) -> str:
        newest = self._knowing.population.newest()
        if newest is None:
            return ""
        generation, population, births, deaths = newest
        is_counted = population < LAST_NUMBER
        living = words.count(population, "live cell") if is_counted else f"more than {words.number(LAST_NUMBER)} live"
        text = f"Generation {generation:,}: {living}, {self._place_of(population)}."
        if births < 0 or not generation:
            return text
        return f"{text} Last generation: {births:,} born, {deaths:,} died."

    def _place_of(self, population: int) -> str:
        board = self._session.board
        if isinstance(board, Board):
            return f"{_share(population, board.height * board.width)} of the board"
        box = board.box
        return f"in {words.number(box.height)} × {words.number(box.width)} cells" if box else "on the endless plane"


def _share(population: int, cells: int) -> str:
    percent = 100 * population / cells
    few = "less than 0.1" if 0 < percent < 0.1 else f"{percent:.1f}" if 0 < percent < 10 else f"{percent:.0f}"
    return f"{few} %"
