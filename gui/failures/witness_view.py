"""Who saw an exception, as a picture: the cell that raised it, and its ways to stderr and to the caller."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.cards import Card, IconMark, dim, heading, sentence
from gui.failures.text import Witness
from gui.look.theme import Theme, theme_of
from gui.look.type_size import enlarged

_ARROW_WIDTH = 72
_HEAD = 7.0
_CROSS = 6.0


class WitnessView(QWidget):
    """The cell on the left, from it one arrow to stderr and one to the caller."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Who saw it")
        self.cards = tuple(WitnessCard() for _ in range(3))
        self.arrows = (Arrow(), Arrow())
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(0)
        layout.setVerticalSpacing(8)
        layout.addWidget(self.cards[0], 0, 0, 2, 1)
        for row, (arrow, card) in enumerate(zip(self.arrows, self.cards[1:], strict=True)):
            layout.addWidget(arrow, row, 1)
            layout.addWidget(card, row, 2)
        layout.setColumnStretch(0, 2)
        layout.setColumnStretch(2, 3)

    def show_witnesses(self, witnesses: tuple[Witness, Witness, Witness]) -> None:
        """Shows the cell, stderr and the caller, in this order."""
        for card, witness in zip(self.cards, witnesses, strict=True):
            card.show_witness(witness)
        for arrow, witness in zip(self.arrows, witnesses[1:], strict=True):
            arrow.set_open(witness.saw)


class WitnessCard(Card):
    """One of the three: a check or a cross, its name, whether it saw the exception, and how."""

    def __init__(self) -> None:
        super().__init__()
        self._mark = IconMark("check", 22)
        self._name = heading("")
        self._verdict = dim(QLabel())
        self._what = sentence()
        self._what.setForegroundRole(self.foregroundRole())
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(self._mark)
        title.addWidget(self._name)
        title.addStretch(1)
        title.addWidget(self._verdict)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(4)
        layout.addLayout(title)
        layout.addWidget(self._what)
        layout.addStretch(1)

    def show_witness(self, witness: Witness) -> None:
        """Shows this one."""
        self._mark.show_icon("check" if witness.saw else "close", _saw if witness.saw else _did_not)
        self._name.setText(witness.name)
        self._verdict.setText(witness.verdict)
        self._what.setText(witness.what)
        self.setAccessibleName(f"{witness.name}: {witness.verdict}")
        self.setAccessibleDescription(witness.what)


class Arrow(QWidget):
    """The way of an exception to somebody: open, or cut in the middle."""

    def __init__(self) -> None:
        super().__init__()
        self._is_open = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_open(self, is_open: bool) -> None:
        """Whether the exception came through."""
        self._is_open = is_open
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as an arrow wants to be."""
        return QSize(enlarged(_ARROW_WIDTH), 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the arrow, and the cross where it is cut."""
        colour = QColor((_saw if self._is_open else _did_not)(theme_of(self.palette())))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y, left, right = self.height() / 2, 6.0, self.width() - 6.0
        style = Qt.PenStyle.SolidLine if self._is_open else Qt.PenStyle.DotLine
        painter.setPen(QPen(colour, 2, style, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(left, y), QPointF(right - _HEAD, y))
        painter.setPen(QPen(colour, 2))
        if self._is_open:
            painter.setBrush(colour)
            painter.drawPolygon(_head(right, y))
        else:
            middle = (left + right) / 2
            painter.fillRect(int(middle - 10), 0, 20, self.height(), self.palette().window())
            painter.setPen(QPen(colour, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(middle - _CROSS, y - _CROSS), QPointF(middle + _CROSS, y + _CROSS))
            painter.drawLine(QPointF(middle - _CROSS, y + _CROSS), QPointF(middle + _CROSS, y - _CROSS))
        painter.end()


def _head(x: float, y: float) -> QPolygonF:
    return QPolygonF([QPointF(x, y), QPointF(x - _HEAD, y - _HEAD * 0.7), QPointF(x - _HEAD, y + _HEAD * 0.7)])


def _saw(theme: Theme) -> str:
    return theme.accent


def _did_not(theme: Theme) -> str:
    return theme.failed
