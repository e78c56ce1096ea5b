"""A small card in a corner of the board that says what the object is that the pointer rests on."""

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.cards import dim, heading
from gui.look.theme import theme_of
from gui.over_board import float_over
from life.knowing.pointing import Sighting

_OPACITY = 0.94
_RADIUS = 6.0
_RIGHT = Qt.AlignmentFlag.AlignRight
_BELOW, _ABOVE = Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag.AlignTop
_NEAR = 40  # pixels from the card within which the pointer drives it into the other corner


class ObjectCard(QWidget):
    """Name and nature of one object; clicks go through it to the board, and it gets out of the pointer's way."""

    def __init__(self, board: QWidget) -> None:
        """It floats over `board`, on the right, below or else above."""
        super().__init__()
        self.setObjectName("object-card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._board = board
        self.title = heading("")
        self.details = dim(QLabel())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 7, 12, 8)
        layout.setSpacing(1)
        layout.addWidget(self.title)
        layout.addWidget(self.details)
        self.hide()
        float_over(board, self, _RIGHT | _BELOW)

    def show_sighting(self, sighting: Sighting | None, pointer: QPoint) -> None:
        """Shows another object, away from `pointer`, a place in the board's widget; none hides the card."""
        if sighting is None:
            self.hide()
            return
        self.title.setText(sighting.title)
        self.details.setText(sighting.details)
        self.setAccessibleName(str(sighting))
        self.adjustSize()
        size = self.sizeHint()
        right, below = self._board.width() - size.width() - _NEAR, self._board.height() - size.height() - _NEAR
        is_in_the_way = pointer.x() > right and pointer.y() > below
        around = self._board.layout()
        if around is not None:
            around.setAlignment(self, _RIGHT | (_ABOVE if is_in_the_way else _BELOW))
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the ground."""
        theme = theme_of(self.palette())
        ground = QColor(theme.raised)
        ground.setAlphaF(_OPACITY)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.line))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.end()
