"""What the generation that is looked at cost, while it runs and afterwards."""

from dataclasses import replace
from time import monotonic, perf_counter_ns
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from gui import words
from gui.cards import sentence
from gui.look.theme import MARGIN
from gui.watch.costs_bar import CostsBar, parts_of
from gui.watch.costs_figures import Figures, figures_of
from gui.watch.watch import Watch
from gui.watch.whole import told_of
from life.history import Record
from life.trace.columns import Trace
from life.trace.costs import Costs, costs_of
from life.trace.limits import thread_limit

if TYPE_CHECKING:
    from gui.watch.costs_chart import CostsChart

EMPTY = "No generation was watched yet. Press Space to make one."
NOT_RECORDED = "This generation was made while nobody watched, so only its time is known."
TOO_MANY = "Where the time goes is told when the generation is over."
LIVE_EVERY_MS = 200
LIVE_FROM = 500_000_000  # nanoseconds; until then the generation before it is shown, where there is one
REST_MS = 150  # between two, where generations come fast
MOST_LIVE_CELLS = 20_000  # computing the costs of more would hold up the window
_WIDE = 760


class CostsDock(QScrollArea):
    """The stacked bar, the figures, the chart over the last generations, and the machine's limit."""

    def __init__(self, watch: Watch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Costs")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._watch = watch
        self.summary = sentence(EMPTY)
        self.summary.setObjectName("costs-summary")
        self.bar = CostsBar()
        self.figures = Figures()
        self.chart: CostsChart | None = None
        self.limit = sentence()
        self.limit.setObjectName("costs-limit")
        self._grid = QGridLayout()
        content = QWidget()
        content.setLayout(self._grid)
        self.setWidget(content)
        self._lay_out()
        self._live = QTimer(self)
        self._live.setInterval(LIVE_EVERY_MS)
        self._live.timeout.connect(self.refresh)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._catch_up)
        self._shown_at = 0.0
        watch.record_selected.connect(self._follow)
        watch.history_changed.connect(self._rest_and_catch_up)

    def _lay_out(self) -> None:
        grid = self._grid
        grid.setContentsMargins(MARGIN, 8, MARGIN, MARGIN)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.summary, 0, 0, 1, 2)
        grid.addWidget(self.bar, 1, 0, 1, 2)
        grid.addWidget(self.figures, 2, 0)
        grid.addWidget(self.limit, 4, 0, 1, 2)
        grid.setRowStretch(5, 1)
        self.bar.hide()
        self.figures.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Looks at everything only now that somebody looks; the chart comes a moment later."""
        super().showEvent(event)
        limit = thread_limit()
        self.limit.setText(limit.sentence if limit else "This system does not say how many threads it allows.")
        self.refresh()
        QTimer.singleShot(0, self._make_chart)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Moves the chart beside the figures, or below them."""
        super().resizeEvent(event)
        self._place_chart()

    @Slot()
    def refresh(self) -> None:
        """Shows the costs as they are now."""
        if not self.isVisible():
            return
        record, trace = self._watch.record, self._watch.trace
        if trace and trace.is_whole:
            self._live.stop()
            self._show(told_of(trace, record), None, 0.0)
        elif record:
            self._live.stop()
            self._show_record(record)
        elif trace:
            self._live.start()
            if perf_counter_ns() - trace.started >= LIVE_FROM or not self._watch.records:
                self._show_live(trace)
        else:
            self._live.stop()
            self._show(EMPTY, None, 0.0)

    @Slot()
    def _follow(self) -> None:
        """Shows what is new, at once or, shortly after something else was new, in a moment."""
        if monotonic() - self._shown_at >= REST_MS / 1000:
            self._catch_up()
        else:
            self._rest_and_catch_up()

    @Slot()
    def _rest_and_catch_up(self) -> None:
        if not self._rest.isActive():
            self._rest.start()

    @Slot()
    def _catch_up(self) -> None:
        if self.isVisible():
            self._shown_at = monotonic()
            self.refresh()
            self._show_history()

    def _show_record(self, record: Record) -> None:
        told = f"Generation {record.trace.generation:,}: {words.against_ideal(record.seconds, record.ideal_seconds)}."
        if record.costs is None:
            self._show(f"{told} {NOT_RECORDED}", None, 0.0)
        else:
            self._show(told, record.costs, record.ideal_seconds)

    def _show_live(self, trace: Trace) -> None:
        told = f"Generation {trace.generation:,} is under way."
        if trace.is_recorded and trace.cells <= MOST_LIVE_CELLS:
            records = self._watch.records
            costs = replace(costs_of(trace), failures=len(trace.raised))
            self._show(told, costs, records[-1].ideal_seconds if records else 0.0, is_over=False)
        else:
            self._show(f"{told} {TOO_MANY}", None, 0.0)

    def _show(self, told: str, costs: Costs | None, ideal: float, *, is_over: bool = True) -> None:
        self.summary.setText(told)
        self.bar.setVisible(costs is not None)
        self.figures.setVisible(costs is not None)
        if costs:
            self.bar.show_parts(parts_of(costs), ideal)
            self.figures.show_figures(figures_of(costs, is_over=is_over))

    # The chart.

    @Slot()
    def _make_chart(self) -> None:
        if self.chart is None and self.isVisible():
            from gui.watch.costs_chart import CostsChart  # is not needed before somebody looks

            self.chart = CostsChart()
            self._place_chart()
        self._show_history()

    @Slot()
    def _show_history(self) -> None:
        if self.chart and self.isVisible():
            with_cells = [record for record in self._watch.records if not record.trace.is_whole]
            self.chart.show_records(with_cells)
            self.chart.setVisible(bool(with_cells))

    def _place_chart(self) -> None:
        if self.chart:
            is_wide = self.width() >= _WIDE
            self._grid.addWidget(self.chart, *((2, 1) if is_wide else (3, 0, 1, 2)))
            self._grid.setColumnStretch(0, 3)
            self._grid.setColumnStretch(1, 2 if is_wide else 0)
