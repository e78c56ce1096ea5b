"""What the colours by age mean: one line in a corner of the board, there only while cells have them."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.board.age_layer import age_colours
from gui.board.ages import class_names
from gui.look.theme import theme_of

_TITLE = "Age in generations"
_DESCRIPTION = f"{_TITLE}, from the colour of the newborn to that of the oldest"
_PAD = 10.0
_OPACITY = 0.92


class AgeLegend(QWidget):
    """A swatch and its ages for every class; clicks go through it to the board."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("age-legend")
        self.setAccessibleName("Colours by age")
        self.setAccessibleDescription(_DESCRIPTION)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._reason = ""
        self.hide()

    @Slot(bool, str)
    def show_ages(self, are_shown: bool, reason: str) -> None:
        """There are colours by age now, or none, perhaps for a reason."""
        self._reason = reason
        self.setAccessibleDescription(reason or _DESCRIPTION)
        self.updateGeometry()
        self.update()
        self.setVisible(are_shown or bool(reason))

    @property
    def _side(self) -> float:
        return round(QFontMetricsF(self.font()).height() * 0.8)

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        width = metrics.horizontalAdvance(self._reason or _TITLE) + 2 * _PAD
        if not self._reason:
            names = (metrics.horizontalAdvance(name) + self._side + 1.5 * _PAD for name in class_names())
            width += sum(names) + 0.5 * _PAD
        return QSize(round(width), round(metrics.height() + 1.2 * _PAD))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, metrics = QPainter(self), theme_of(self.palette()), QFontMetricsF(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(theme.raised)
        ground.setAlphaF(_OPACITY)
        painter.setPen(QColor(theme.line))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QColor(theme.dim_text))
        x = self._write(painter, _PAD, self._reason or _TITLE, metrics) + _PAD
        if self._reason:
            return
        for colour, name in zip(age_colours(theme)[1:], class_names(), strict=True):
            self._paint_swatch(painter, x, colour, theme.edge)
            painter.setPen(QColor(theme.text))
            x = self._write(painter, x + self._side + _PAD / 2, name, metrics) + _PAD

    def _write(self, painter: QPainter, x: float, text: str, metrics: QFontMetricsF) -> float:
        """Writes a word and returns where it ends."""
        width = metrics.horizontalAdvance(text)
        room = QRectF(x, 0, width + 1, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        return x + width

    def _paint_swatch(self, painter: QPainter, x: float, colour: str, edge: str) -> None:
        painter.setPen(QColor(edge))
        painter.setBrush(QColor(colour))
        top = round((self.height() - self._side) / 2) + 0.5
        painter.drawRoundedRect(QRectF(round(x) + 0.5, top, self._side - 1, self._side - 1), 2, 2)
