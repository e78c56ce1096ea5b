"""The ring that says "here it is" around a cell, for a moment."""

from PySide6.QtCore import QObject, QVariantAnimation, Signal, Slot
from PySide6.QtGui import QPainter

from gui.board.layers import paint_ring
from gui.board.viewport import Viewport
from gui.look.theme import Theme

_MILLISECONDS = 1600


class Ring(QVariantAnimation):
    """Closes in on a cell and fades.

    Attributes:
        cell: the (y, x) that it is around; None while there is no ring.

    Signals:
        moved(): it is to be painted anew.
    """

    moved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.cell: tuple[int, int] | None = None
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setDuration(_MILLISECONDS)
        self.valueChanged.connect(self._advance)

    def draw_around(self, cell: tuple[int, int]) -> None:
        """Begins anew around `cell`."""
        self.stop()
        self.cell = cell
        self.start()

    def paint(self, painter: QPainter, viewport: Viewport, theme: Theme) -> None:
        """Paints it as it is at this moment, if it is there."""
        if self.cell is not None:
            paint_ring(painter, viewport, self.cell, float(self.currentValue()), theme)

    @Slot("QVariant")
    def _advance(self, progress: float) -> None:
        if progress >= 1.0:
            self.cell = None
        self.moved.emit()
