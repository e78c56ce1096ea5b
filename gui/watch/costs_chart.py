"""How long the last generations took, against the ideal. Importing this imports pyqtgraph, which takes its time."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import words
from gui.look.theme import theme_of
from gui.look.type_size import TypeFollower, enlarged
from life.history import Record

_HEIGHT = 150
_ROOM_FOR_NAMES = 0.5  # on the right, as a share of the chart
_MOST_NUMBERS = 5
_APART = 0.18  # of the height, so that the names do not lie on each other


class CostsChart(QWidget):
    """Seconds over the last generations: what they took, and what they would have taken at best."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("costs-chart")
        self.setAccessibleName("The last generations")
        TypeFollower(self, lambda: self.setFixedHeight(enlarged(_HEIGHT)))
        self.setMinimumWidth(200)
        self._plot = pg.PlotWidget(background=None)
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(False, False)
        self._plot.hideButtons()
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        self._took = self._plot.plot([], [], symbol="o", symbolSize=5)
        self._ideal = self._plot.plot([], [])
        self._names = pg.TextItem(anchor=(0, 0.5)), pg.TextItem(anchor=(0, 0.5))
        for name in self._names:
            self._plot.addItem(name, ignoreBounds=True)
        self._plot.getPlotItem().setContentsMargins(0, 8, 0, 0)
        self._plot.getAxis("bottom").setStyle(maxTickLevel=0)
        self._plot.setLabel("bottom", "generation")
        self._plot.setLabel("left", "time", units="s")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self._dress()

    @property
    def points(self) -> tuple[list[float], list[float]]:
        """Seconds and ideal seconds, oldest first, as they are drawn."""
        return tuple([] if y is None else y.tolist() for y in (self._took.yData, self._ideal.yData))

    def show_records(self, records: Sequence[Record]) -> None:
        """Shows other generations, oldest first."""
        numbers = np.array([record.trace.generation for record in records], float)
        took = np.array([record.seconds for record in records], float)
        ideal = np.array([record.ideal_seconds for record in records], float)
        self._took.setData(numbers, took)
        self._ideal.setData(numbers, ideal)
        if len(records):
            first, last = numbers.min(), numbers.max()
            span, most = last - first + 1, max(took.max(), ideal.max(), 1e-6)
            self._plot.setXRange(first - 0.5, last + _ROOM_FOR_NAMES * span, padding=0)
            apart = most * _APART
            heights = (max(took[-1], ideal[-1] + apart), ideal[-1]) if took[-1] >= ideal[-1] else (took[-1], ideal[-1])
            self._plot.setYRange(0, max(most, *heights) * 1.1, padding=0)
            self._plot.getAxis("bottom").setTicks([_whole_numbers(int(first), int(last))])
            for name, text, seconds, y in zip(
                self._names, ("took", "ideal"), (took[-1], ideal[-1]), heights, strict=True
            ):
                name.setText(f"{text} {words.duration(seconds)}")
                name.setPos(numbers[-1] + 0.02 * span, y)
            self.setAccessibleDescription(
                f"The newest took {words.duration(took[-1])}, ideal {words.duration(ideal[-1])}; "
                f"the longest of {words.count(len(records), 'generation')} took {words.duration(took.max())}"
            )

    def changeEvent(self, event: QEvent) -> None:
        """Follows a switch between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        theme = theme_of(self.palette())
        self._plot.resetCachedContent()  # which has the ground of the other theme
        self._took.setPen(pg.mkPen(theme.accent, width=2))
        self._took.setSymbolBrush(theme.accent)
        self._took.setSymbolPen(theme.accent)
        self._ideal.setPen(pg.mkPen(theme.dim_text, width=2, style=Qt.PenStyle.DashLine))
        self._names[0].setColor(QColor(theme.accent))
        self._names[1].setColor(QColor(theme.dim_text))
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(theme.control)
            axis.setTextPen(theme.dim_text)


def _whole_numbers(first: int, last: int) -> list[tuple[int, str]]:
    """At most so many generations as have room for their numbers, evenly apart."""
    return [(number, f"{number:,}") for number in range(first, last + 1, (last - first) // _MOST_NUMBERS + 1)]
