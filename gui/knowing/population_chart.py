"""How many were alive in every generation. Importing this imports pyqtgraph, which takes its time."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import words
from gui.look.theme import theme_of
from life.knowing.population import Rows
from life.knowing.verdict import Verdict

MOST_POINTS = 2_000  # drawn; of more, the highest and the lowest of each stretch
_HEADROOM = 1.08
_LEAST = 10  # generations and cells that the axes reach over, so that they count in whole numbers


class PopulationChart(QWidget):
    """The population over the generations, and where what the run has come to began."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("population-chart")
        self.setAccessibleName("Population over time")
        self._plot = pg.PlotWidget(background=None)
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(False, False)
        self._plot.hideButtons()
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        self._curve = self._plot.plot([], [])
        self._mark = pg.InfiniteLine(angle=90)
        self._mark_text = pg.TextItem(anchor=(1, 0))
        for item in (self._mark, self._mark_text):
            self._plot.addItem(item, ignoreBounds=True)
            item.hide()
        self._plot.getPlotItem().setContentsMargins(0, 8, 8, 0)
        self._plot.getAxis("bottom").setStyle(maxTickLevel=0)
        self._plot.setLabel("bottom", "generation")
        self._plot.setLabel("left", "live cells")
        for side in ("bottom", "left"):
            self._plot.getAxis(side).enableAutoSIPrefix(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self._dress()

    @property
    def points(self) -> list[tuple[int, int]]:
        """Generations and populations, as they are drawn."""
        xs, ys = self._curve.getData()
        return [] if xs is None else [(int(x), int(y)) for x, y in zip(xs, ys, strict=True)]

    @property
    def marked(self) -> int | None:
        """The generation that is marked, if one is."""
        return int(self._mark.value()) if self._mark.isVisible() else None

    def show_rows(self, rows: Rows, verdict: Verdict | None) -> None:
        """Shows other figures; see `PopulationHistory.rows`."""
        if not len(rows):
            self._curve.setData([], [])
            self._show_mark(None, 0)
            return
        drawn = thinned(rows[:, :2])
        self._curve.setData(drawn[:, 0].astype(float), drawn[:, 1].astype(float))
        first, last, most = int(rows[0, 0]), int(rows[-1, 0]), int(rows[:, 1].max())
        self._plot.setXRange(first, max(last, first + _LEAST), padding=0)
        top = max(most, _LEAST) * _HEADROOM
        self._plot.setYRange(0, top, padding=0)
        self._show_mark(verdict if verdict and not verdict.began_so else None, top)
        self.setAccessibleDescription(
            f"{words.count(int(rows[-1, 1]), 'live cell')} in generation {last:,}; at most {most:,}"
        )

    def _show_mark(self, verdict: Verdict | None, top: float) -> None:
        for item in (self._mark, self._mark_text):
            item.setVisible(verdict is not None)
        if verdict:
            left, right = self._plot.getPlotItem().viewRange()[0]
            is_left = verdict.since < (left + right) / 2
            self._mark.setValue(verdict.since)
            self._mark_text.setText(str(verdict))
            self._mark_text.setAnchor((0, 0) if is_left else (1, 0))
            self._mark_text.setPos(verdict.since, top)

    def changeEvent(self, event: QEvent) -> None:
        """Follows a switch between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        theme = theme_of(self.palette())
        self._curve.setPen(pg.mkPen(theme.accent, width=2))
        self._mark.setPen(pg.mkPen(theme.dim_text, width=1, style=Qt.PenStyle.DashLine))
        self._mark_text.setColor(QColor(theme.dim_text))
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(theme.control)
            axis.setTextPen(theme.dim_text)
        self._plot.resetCachedContent()  # which has the ground of the other theme


def thinned(points: NDArray[np.int64], most: int = MOST_POINTS) -> NDArray[np.int64]:
    """Points of shape (n, 2) without those that nobody would see: a stretch keeps its lowest and its highest."""
    if len(points) <= most:
        return points
    size = -(-len(points) * 2 // most)
    begins = np.arange(0, len(points), size)
    padded = np.pad(points[:, 1], (0, -len(points) % size), mode="edge").reshape(-1, size)
    kept = np.concatenate((begins + padded.argmin(axis=1), begins + padded.argmax(axis=1), [0, len(points) - 1]))
    few: NDArray[np.int64] = points[np.unique(kept)]
    return few
