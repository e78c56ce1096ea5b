"""What came out of a race, as it comes out: bars, growth, table, who saw it, replay and guesses."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from gui.look.theme import MARGIN, SPACING
from gui.race.guesses import Guess, Question, measured_for
from gui.race.guesses_tab import GuessesTab
from gui.race.replay import Replay
from gui.race.size_switch import SizeSwitch
from gui.race.table import FiguresTable
from gui.race.tracks import track_of
from life.race.race import Race
from life.race.report import rows_of

if TYPE_CHECKING:
    from gui.race.bars_chart import BarsChart
    from gui.race.growth_chart import GrowthChart


class Results(QTabWidget):
    """The tabs; only the one that is looked at is brought up to date, the others when they are looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("race-results")
        self.setAccessibleName("Results of the race")
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self._race: Race | None = None
        self._question: Question | None = None
        self._guesses: Sequence[Guess] = ()
        self._replayed: tuple[int, int] = (0, 0)
        self.bars: BarsChart | None = None
        self.growth: GrowthChart | None = None
        self.bar_sizes = SizeSwitch("Size shown as bars")
        self.table = FiguresTable("Figures of the race")
        self.fates = FiguresTable("Who saw the exception")
        self.replay_sizes = SizeSwitch("Size replayed")
        self.replay = Replay()
        self.guessed = GuessesTab()
        self.bars_tab = _Tab(self.bar_sizes)
        self.growth_tab = _Tab()
        self.table_tab = _Tab(self.table)
        self.fates_tab = _Tab(self.fates)
        self.replay_tab = _Tab(self.replay_sizes, self.replay)
        self.guesses_tab = _Tab(self.guessed)
        for tab, title in (
            (self.bars_tab, "Bars"),
            (self.growth_tab, "Growth"),
            (self.table_tab, "Table"),
            (self.fates_tab, "Who saw it"),
            (self.replay_tab, "Replay"),
            (self.guesses_tab, "Guesses"),
        ):
            self.addTab(tab, title)
        self.currentChanged.connect(self.refresh)
        self.bar_sizes.changed.connect(self.refresh)
        self.replay_sizes.changed.connect(self.refresh)

    def make_charts(self) -> None:
        """Imports what draws charts, which takes half a second; to be done before anything is timed."""
        if self.bars is None:
            from gui.race.bars_chart import BarsChart
            from gui.race.growth_chart import GrowthChart

            self.bars, self.growth = BarsChart(), GrowthChart()
            for tab, chart in ((self.bars_tab, self.bars), (self.growth_tab, self.growth)):
                tab.column.addWidget(chart, 1)
            self.refresh()

    def begin(self, race: Race, question: Question | None, guesses: Sequence[Guess]) -> None:
        """Shows another race, of which nothing is known yet."""
        self._race, self._question, self._guesses = race, question, guesses
        self._replayed = (0, 0)
        self.replay.show_tracks([])
        self.setTabVisible(self.indexOf(self.fates_tab), race.course.middle_fault is not None)
        self.setTabVisible(self.indexOf(self.guesses_tab), bool(guesses))
        self.setCurrentIndex(0)
        self.refresh()

    @property
    def picture(self) -> QWidget:
        """What a picture is taken of."""
        charts = {"Bars": self.bars, "Growth": self.growth}
        return charts.get(self.tabText(self.currentIndex())) or self.currentWidget()

    @Slot()
    def refresh(self) -> None:
        """Brings the tab that is shown up to date."""
        race = self._race
        if race is None:
            return
        match self.tabText(self.currentIndex()):
            case "Bars":
                self._show_bars(race)
            case "Growth" if self.growth:
                self.growth.show_rows(rows_of(race.entries))
            case "Table":
                self.table.show_entries(race.entries)
            case "Who saw it":
                self.fates.show_fates(race.entries)
            case "Replay":
                self._show_replay(race)
            case "Guesses" if self._question:
                measured = measured_for(self._question, race.course, race.entries)
                self.guessed.show_guesses(self._question, self._guesses, measured)

    def show_guesses(self) -> None:
        """Turns to the guesses, where there are any."""
        if self._guesses:
            self.setCurrentWidget(self.guesses_tab)

    def _show_bars(self, race: Race) -> None:
        rows = rows_of(race.entries)
        self.bar_sizes.show_sizes(sorted({row.cells for row in rows}))
        if self.bars:
            shown = [row for row in rows if row.cells == self.bar_sizes.size_shown]
            self.bars.show_rows(shown, race.course.strategies)

    def _show_replay(self, race: Race) -> None:
        """Shows the boards of the chosen size, anew only where there are others or more of them than before."""
        traces = dict(race.traces)  # the race goes on in its own thread
        self.replay_sizes.show_sizes(sorted({cells for _, cells in traces}))
        size = self.replay_sizes.size_shown
        chosen = [(key, traces[key, size]) for key in race.course.strategies if size and (key, size) in traces]
        if size is not None and self._replayed != (size, len(chosen)):
            self._replayed = size, len(chosen)
            self.replay.show_tracks([track_of(race.course, key, size, trace) for key, trace in chosen])


class _Tab(QWidget):
    """Widgets one above the other, the last as high as there is room for."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        self.column.setSpacing(SPACING)
        for widget in widgets:
            self.column.addWidget(widget)
