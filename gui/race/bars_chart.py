"""Seconds by strategy as horizontal bars. Importing this imports pyqtgraph, which takes its time."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import words
from gui.look.theme import Theme, theme_of
from gui.race.looks import look_of_strategy
from gui.race.plots import calm, dress, faint, set_ticks
from gui.race.scales import Scale, scale_for
from life.fanout import strategy_class
from life.race.entry import Outcome
from life.race.report import Row

_THICKNESS = 0.56
_FOOT = 0.12
_ROOM_FOR_TEXT = 0.34  # at the right, as a share of the bars


class BarsChart(QWidget):
    """A bar a strategy, the wait itself as a line, and from the fastest to the slowest run of each a whisker."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bars-chart")
        self._rows: Sequence[Row] = ()
        self._places: list[str] = []
        self._plot = pg.PlotWidget(background=None)
        calm(self._plot, "Seconds by strategy")
        self._plot.showAxis("left")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self.texts: list[str] = []

    def show_rows(self, rows: Sequence[Row], strategies: Sequence[str] = ()) -> None:
        """Shows the rows of one size from top to bottom, each where its strategy stands among `strategies`."""
        self._rows = rows
        self._places = list(dict.fromkeys([*strategies, *(row.strategy for row in rows)]))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follows a switch between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        theme, plot, rows = theme_of(self.palette()), self._plot, self._rows
        plot.clear()
        dress(plot, theme)
        known = [value for row in rows for value in _seconds_of(row)]
        ideal = next((e.ideal_seconds for row in rows for e in row.entries if e.ideal_seconds), None)
        scale = scale_for([*known, *([ideal] if ideal else [])])
        right = scale.high + (scale.high - scale.low) * _ROOM_FOR_TEXT
        plot.setXRange(scale.low, right, padding=0)
        count = len(self._places)
        plot.setYRange(-0.6, max(count, 1) - 0.3, padding=0)
        set_ticks(plot, "bottom", scale.ticks())
        heights = {key: float(count - 1 - place) for place, key in enumerate(self._places)}
        set_ticks(plot, "left", [(y, strategy_class(key).title) for key, y in heights.items()])
        self.texts = []
        for row in rows:
            self._draw_row(row, heights[row.strategy], scale, theme)
        self._draw_whiskers(heights, scale, theme)
        if ideal:
            self._draw_ideal(ideal, scale, count, theme)
        told = [f"{strategy_class(r.strategy).title}: {text}" for r, text in zip(rows, self.texts, strict=True)]
        self.setAccessibleName("Seconds by strategy")
        self.setAccessibleDescription("; ".join(told))

    def _draw_row(self, row: Row, y: float, scale: Scale, theme: Theme) -> None:
        seconds = row.middle(lambda e: e.seconds)
        text = text_of(row)
        self.texts.append(text)
        end = scale.low
        if seconds is not None:
            end = scale.at(seconds)
            colour = look_of_strategy(row.strategy, theme).colour
            is_computed = row.outcome is Outcome.COMPUTED
            pattern = Qt.BrushStyle.BDiagPattern if is_computed else Qt.BrushStyle.SolidPattern
            style = Qt.PenStyle.DashLine if is_computed else Qt.PenStyle.SolidLine
            bar = pg.BarGraphItem(
                x0=[scale.low], x1=[end], y=[y], height=_THICKNESS,
                brush=QBrush(faint(colour, 0.85), pattern), pen=pg.mkPen(colour, width=1, style=style),
            )  # fmt: skip
            self._plot.addItem(bar)
            end = max(scale.at(seconds) for seconds in _seconds_of(row))
        label = pg.TextItem(text, color=theme.text, anchor=(0, 0.5))
        label.setPos(end + (scale.high - scale.low) * 0.012, y)
        self._plot.addItem(label)

    def _draw_whiskers(self, heights: Mapping[str, float], scale: Scale, theme: Theme) -> None:
        """For each strategy a line from its fastest to its slowest run, with a foot at either end; all as one item."""
        xs: list[float] = []
        ys: list[float] = []
        for row in self._rows:
            known, y = _seconds_of(row), heights[row.strategy]
            if len(known) > 1:
                least, most = scale.at(min(known)), scale.at(max(known))
                xs += [least, most, least, least, most, most]
                ys += [y, y, y - _FOOT, y + _FOOT, y - _FOOT, y + _FOOT]
        pen = pg.mkPen(theme.text, width=1.5)
        self._plot.addItem(pg.PlotCurveItem(np.array(xs), np.array(ys), pen=pen, connect="pairs"))

    def _draw_ideal(self, ideal: float, scale: Scale, count: int, theme: Theme) -> None:
        pen = pg.mkPen(theme.accent, width=1.5, style=Qt.PenStyle.DashLine)
        self._plot.addItem(pg.InfiniteLine(scale.at(ideal), angle=90, pen=pen))
        label = pg.TextItem(f"the wait itself: {words.duration(ideal)}", color=QColor(theme.accent), anchor=(0, 0))
        label.setPos(scale.at(ideal), count - 0.32)
        self._plot.addItem(label)


def text_of(row: Row) -> str:
    """What stands beside a bar: "0.39 s, 3.9 ×", or why there is none."""
    seconds, ratio = row.middle(lambda e: e.seconds), row.middle(lambda e: e.ratio)
    if seconds is None:
        return row.outcome.value
    text = words.duration(seconds) + (f", {_times(ratio)}" if ratio else "")
    return text if row.outcome is Outcome.MEASURED else f"{text} ({row.outcome.value})"


def _times(ratio: float) -> str:
    return f"{ratio:,.0f} ×" if ratio >= 99.5 else f"{ratio:.3g} ×"


def _seconds_of(row: Row) -> list[float]:
    return [entry.seconds for entry in row.entries if entry.seconds is not None]
