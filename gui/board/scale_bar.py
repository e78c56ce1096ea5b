"""How far it is across the board: a line as long as a round number of cells, as on a map."""

from math import floor, log10

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.board.numbers import cells_in_words
from gui.board.sight import BoardSight
from gui.board.viewport import Viewport
from gui.look.theme import theme_of
from life.board import Board

_LONGEST = 110.0  # device-independent pixels of the line
_TICK = 4.0
_WRITTEN_OUT = 20  # log2
_PAD = 8.0
_OPACITY = 0.94  # a soup under it must not be read along
_SHOWN_BELOW = 2.0  # device-independent pixels a cell; on a board on which cells can be counted nobody needs it


class ScaleBar(QWidget):
    """Stands over the board where its cells cannot be counted by eye, and on the plane; clicks go through it."""

    def __init__(self, view: BoardSight) -> None:
        super().__init__(view)
        self._view = view
        self._shown = ""
        self.hide()
        self.setObjectName("scale-bar")
        self.setAccessibleName("Scale")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        view.view_changed.connect(self.follow)
        view.board_shown.connect(self.follow)
        self.follow()

    @property
    def text(self) -> str:
        """How long the line is, and how many pixels a cell has, or the other way round."""
        seen = self._view.viewport
        return f"{cells_in_words(round_length(seen.scale, _LONGEST))}  ·  {ratio_in_words(seen)}"

    @Slot()
    def follow(self) -> None:
        """The view or the board is another one."""
        shown = self.text if not isinstance(self._view.board, Board) or self._view.scale < _SHOWN_BELOW else ""
        if shown != self._shown:
            self._shown = shown
            self.setVisible(bool(shown))
            self.setAccessibleDescription(shown)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        width = max(metrics.horizontalAdvance(self.text), _LONGEST) + 2 * _PAD
        return QSize(round(width), round(metrics.height() + _TICK + 2 * _PAD))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(theme.board)
        ground.setAlphaF(_OPACITY)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setPen(QColor(theme.text))
        words = QRectF(self.rect()).adjusted(_PAD, _PAD / 2, -_PAD, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, self.text)
        painter.setPen(QPen(QColor(theme.dim_text), 1.5))
        bottom, right = self.height() - _PAD + 0.5, self.width() - _PAD
        left = right - round_length(self._view.scale, _LONGEST) * self._view.scale
        corners = ((left, bottom - _TICK), (left, bottom), (right, bottom), (right, bottom - _TICK))
        painter.drawPolyline([QPointF(x, y) for x, y in corners])


def round_length(scale: float, longest: float) -> float:
    """The largest of 1, 2, 5, 10, 20 … cells that take no more than `longest` pixels; 1 where one takes more."""
    most = longest / scale
    if most < 1:
        return 1.0
    power = 10.0 ** floor(log10(most))  # or, by a hair, the next one
    return max(step * power for step in (0.5, 1, 2, 5) if step * power <= most)


def ratio_in_words(viewport: Viewport) -> str:
    """Pixels to cells: "16 : 1", "1 : 64", "1 : 2^40"; device pixels where a cell is smaller than a pixel."""
    if viewport.pitch >= 1:
        return f"{viewport.pitch:g} : 1"
    log2 = viewport.log2
    return f"1 : {1 << log2:,}" if log2 <= _WRITTEN_OUT else f"1 : 2^{log2}"
