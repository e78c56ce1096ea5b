"""Cells against seconds, both logarithmic, a line a strategy. Importing this imports pyqtgraph, which takes time."""

from collections.abc import Sequence
from itertools import pairwise
from math import log10

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import words
from gui.cards import sentence
from gui.look.theme import Theme, theme_of
from gui.race.looks import StrategyLook, look_of_strategy
from gui.race.plots import calm, dress, set_ticks
from gui.race.scales import Scale, scale_for, spread
from life.fanout import strategy_class
from life.race.entry import Outcome
from life.race.report import Row

_ROOM_FOR_NAMES = 205.0  # device-independent pixels at the right
_SIZE = 10


class GrowthChart(QWidget):
    """How the seconds grow with the board; what was computed, or ended by an exception, is hollow and dotted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("growth-chart")
        self.setAccessibleName("Cells against seconds")
        self._rows: Sequence[Row] = ()
        self._plot = pg.PlotWidget(background=None)
        calm(self._plot, "Cells against seconds")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self.note = sentence("Hollow and dotted: computed, or ended before the generation was complete.")
        self.note.hide()
        layout.addWidget(self.note)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Shows all rows of a race."""
        self._rows = rows
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follows a switch between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names need as many pixels in a small chart as in a large one."""
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        theme, plot = theme_of(self.palette()), self._plot
        plot.clear()
        dress(plot, theme)
        lines = lines_of(self._rows)
        sizes = sorted({cells for line in lines.values() for cells, _, _ in line})
        ideal = next((e.ideal_seconds for row in self._rows for e in row.entries if e.ideal_seconds), None)
        known = [seconds for line in lines.values() for _, seconds, _ in line]
        scale = scale_for([*known, *([ideal] if ideal else [])], is_log=True)
        first, last = (log10(sizes[0]), log10(sizes[-1])) if sizes else (0.0, 1.0)
        last = max(last, first + 0.5)
        span = (last - first) * 1.06
        room = min(_ROOM_FOR_NAMES / max(self.width(), 1), 0.6)
        plot.setXRange(first - (last - first) * 0.04, first + span / (1 - room), padding=0)
        plot.setYRange(scale.low, scale.high, padding=0)
        set_ticks(plot, "left", scale.ticks())
        set_ticks(plot, "bottom", [(log10(cells), f"{cells:,}") for cells in sizes])
        plot.setLabel("bottom", "cells", color=theme.dim_text)
        if ideal:
            pen = pg.mkPen(theme.accent, width=1.5, style=Qt.PenStyle.DashLine)
            y, right = scale.at(ideal), log10(sizes[-1]) if sizes else last
            left = first - (last - first) * 0.04
            plot.addItem(pg.PlotCurveItem(np.array([left, right]), np.array([y, y]), pen=pen))
        for key, line in lines.items():
            self._draw_line(line, look_of_strategy(key, theme), scale, theme)
        self._draw_names(lines, ideal, scale, theme)
        self.note.setHidden(all(is_measured for line in lines.values() for _, _, is_measured in line))
        told = [f"{strategy_class(key).title} {words.duration(line[-1][1])}" for key, line in lines.items()]
        self.setAccessibleDescription("At the largest size: " + ", ".join(told) if told else "Nothing has run yet")

    def _draw_line(self, line: "Line", look: StrategyLook, scale: Scale, theme: Theme) -> None:
        points = [(log10(cells), scale.at(seconds)) for cells, seconds, _ in line]
        stretches = list(zip(pairwise(points), (is_measured for _, _, is_measured in line[1:]), strict=True))
        for style, is_solid in ((Qt.PenStyle.SolidLine, True), (Qt.PenStyle.DotLine, False)):
            ends = np.array(
                [point for stretch, is_measured in stretches if is_measured is is_solid for point in stretch]
            )
            if ends.size:
                pen = pg.mkPen(look.colour, width=2, style=style)
                self._plot.addItem(pg.PlotCurveItem(*ends.T, pen=pen, antialias=True, connect="pairs"))
        colours = [QColor(look.colour if is_measured else theme.base) for _, _, is_measured in line]
        symbols = pg.ScatterPlotItem(
            x=[x for x, _ in points], y=[y for _, y in points], symbol=look.symbol, size=_SIZE,
            brush=[pg.mkBrush(colour) for colour in colours], pen=pg.mkPen(look.colour, width=1.5),
        )  # fmt: skip
        self._plot.addItem(symbols)

    def _draw_names(self, lines: dict[str, "Line"], ideal: float | None, scale: Scale, theme: Theme) -> None:
        """Each at the right end of its line, moved apart where they would lie upon each other."""
        names = [
            (scale.at(line[-1][1]), strategy_class(key).title, key, log10(line[-1][0])) for key, line in lines.items()
        ]
        if ideal:
            right = max((x for *_, x in names), default=0.0)
            names.append((scale.at(ideal), f"the wait itself, {words.duration(ideal)}", "", right))
        height = max(self._plot.height() - 60.0, 1.0)
        gap = (scale.high - scale.low) / height * (self.fontMetrics().height() + 2)
        places = spread([y for y, *_ in names], gap)
        for (_, text, key, x), y in zip(names, places, strict=True):
            colour = look_of_strategy(key, theme).colour if key else theme.accent
            label = pg.TextItem(text, color=QColor(colour), anchor=(0, 0.5))
            left, right = self._plot.getViewBox().viewRange()[0]
            label.setPos(x + (right - left) * 0.012, y)
            self._plot.addItem(label, ignoreBounds=True)


Line = list[tuple[int, float, bool]]


def lines_of(rows: Sequence[Row]) -> dict[str, Line]:
    """By strategy, its sizes ascending: cells, median seconds, and whether they are those of a whole generation."""
    lines: dict[str, Line] = {}
    for row in rows:
        seconds = row.middle(lambda entry: entry.seconds)
        if seconds is not None:
            lines.setdefault(row.strategy, []).append((row.cells, seconds, row.outcome is Outcome.MEASURED))
    return {key: sorted(line) for key, line in lines.items()}
