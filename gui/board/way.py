"""Says where the pattern is when nothing of it is in sight, and takes one there."""

from math import atan2, hypot

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QWidget

from gui.board.numbers import cells_in_words
from gui.board.picture_maker import QUICK
from gui.board.view import BoardView
from gui.board.viewport import Cell
from gui.look.theme import theme_of
from life.board import Board
from life.nearest import nearest_cell

_DELAY_MS = 120  # so that panning past an empty place shows nothing
_INSET = 14  # device-independent pixels between the sign and the edge of the board's widget
_PAD = 10.0
_ARROW = 7.0


class WaySign(QAbstractButton):
    """An arrow and how far it is; a click goes there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.setObjectName("way-sign")
        self.setAccessibleName("Go to the pattern")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._angle = 0.0
        self.hide()

    def point(self, dy: float, dx: float, text: str) -> None:
        """Stands at the edge of its parent in that direction from the middle, and says `text`."""
        self._angle = atan2(dy, dx)
        self.setText(text)
        self.setAccessibleName(f"The pattern is {text} away; go there")
        self.setToolTip("Nothing lives in sight. Click to go where the nearest cells are.")
        self.resize(self.sizeHint())
        room = self._room.size()
        half_y, half_x = ((room.height() - self.height()) / 2, (room.width() - self.width()) / 2)
        reach_y, reach_x = max(half_y - _INSET, 0.0), max(half_x - _INSET, 0.0)
        longest = max(abs(dy) / max(reach_y, 1.0), abs(dx) / max(reach_x, 1.0)) or 1.0
        self.move(round(half_x + dx / longest), round(half_y + dy / longest))
        self.update()
        self.show()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        width = metrics.horizontalAdvance(self.text()) + 3 * _PAD + 2 * _ARROW
        return QSize(round(width), round(metrics.height() + 1.4 * _PAD))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.accent if self.underMouse() else theme.control))
        painter.setBrush(QColor(theme.raised))
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(ground, ground.height() / 2, ground.height() / 2)
        painter.setPen(QColor(theme.text))
        words = ground.adjusted(2 * _PAD + 2 * _ARROW - 4, 0, -_PAD, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.translate(_PAD + _ARROW, self.height() / 2)
        painter.rotate(self._angle * 57.29577951308232)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        tip, back = QPointF(_ARROW, 0), -_ARROW * 0.8
        painter.drawPolygon(
            QPolygonF([tip, QPointF(back, -_ARROW * 0.8), QPointF(back / 3, 0), QPointF(back, _ARROW * 0.8)])
        )


class Way(QObject):
    """Keeps the sign right while the view moves and the pattern changes."""

    def __init__(self, view: BoardView) -> None:
        super().__init__(view)
        self._view = view
        self.sign = WaySign(view)
        self.sign.clicked.connect(self.go)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self.look)
        view.view_changed.connect(self.look_soon)
        view.board_shown.connect(self.look_soon)

    @Slot()
    def look_soon(self) -> None:
        """Something changed; a sign that may be wrong now is looked after in a moment."""
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def look(self) -> None:
        """Shows the sign where nothing that lives is in sight, and hides it elsewhere."""
        cell = self._nearest() if self._view.is_blank else None
        if cell is None:
            self.sign.hide()
            return
        dy, dx = self._distance(cell)
        cells = hypot(dy, dx)
        self.sign.point(dy / cells, dx / cells, cells_in_words(cells))

    @Slot()
    def go(self) -> None:
        """Goes to the nearest live cells where none is in sight, else shows everything."""
        cell = self._nearest() if self._view.is_blank else None
        if cell is None:
            self._view.fit()
        else:
            self._view.centre_on(cell)

    def _nearest(self) -> Cell | None:
        world = self._view.board
        if isinstance(world, Board) and world.nbytes > QUICK:
            return None  # to look through all of it takes too long
        return nearest_cell(world, *self._middle())

    def _middle(self) -> Cell:
        return self._view.viewport.cell_at(self._view.viewport.middle)

    def _distance(self, cell: Cell) -> tuple[float, float]:
        y, x = self._middle()
        return float(cell[0] - y), float(cell[1] - x) or 1.0
