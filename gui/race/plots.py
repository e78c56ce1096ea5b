"""What the charts of a race have in common. It is handed a pyqtgraph plot, which only the charts themselves import."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from gui.look.theme import Theme

Ticks = Sequence[tuple[float, str]]


def calm(plot: Any, name: str) -> None:
    """Takes from a `PlotWidget` what a chart that is only looked at does not need."""
    plot.setAccessibleName(name)
    plot.setMenuEnabled(False)
    plot.setMouseEnabled(False, False)
    plot.hideButtons()
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.setFrameShape(plot.Shape.NoFrame)
    plot.getPlotItem().setContentsMargins(0, 8, 8, 0)
    plot.getViewBox().setDefaultPadding(0)


def dress(plot: Any, theme: Theme) -> None:
    """Axes in the colours of the theme, on its ground, of which the plot keeps a picture."""
    plot.resetCachedContent()
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setPen(theme.control)
        axis.setTextPen(theme.text if side == "left" else theme.dim_text)
        axis.setStyle(tickLength=0, autoExpandTextSpace=True)


def set_ticks(plot: Any, side: str, ticks: Ticks) -> None:
    """Writes these texts at these positions, and nothing else."""
    plot.getAxis(side).setTicks([list(ticks)])


def faint(colour: str, alpha: float) -> QColor:
    """A colour that lets through what is behind it."""
    made = QColor(colour)
    made.setAlphaF(alpha)
    return made
