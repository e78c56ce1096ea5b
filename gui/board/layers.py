"""What is painted on a board, layer by layer, each by one small function.

The painter's unit is one device pixel throughout, so that lines and cells meet exactly on every screen.
"""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

from gui.board.image import Picture, picture_of
from gui.board.viewport import Span, Viewport
from gui.look.theme import Theme
from life.board import Board

GRID_FROM = 6.0  # device-independent pixels a cell
BOLD_EVERY = 10
RING_REACH = 56.0  # device-independent pixels from which the ring closes in on a cell


class CellLayer:
    """The cells, and the picture of them for as long as neither the board nor the view of it changes."""

    def __init__(self) -> None:
        self._shown: tuple[Board, Viewport, Theme] | None = None
        self._picture: Picture | None = None

    def paint(self, painter: QPainter, board: Board, viewport: Viewport, theme: Theme) -> None:
        """Paints what is visible of `board`."""
        shown = self._shown
        if shown is None or shown[0] is not board or shown[1:] != (viewport, theme):
            self._shown = board, viewport, theme
            self._picture = picture_of(board, viewport, QColor(theme.board), QColor(theme.cell))
        if self._picture is not None:
            self._picture.paint(painter)


def hairline(viewport: Viewport) -> int:
    """Device pixels of the thinnest line that looks the same on every screen."""
    return max(1, round(viewport.ratio * viewport.line))


def board_rect(viewport: Viewport, board: Board) -> QRect:
    """The device pixels that the whole board covers."""
    top, left = round(viewport.edge_y(0)), round(viewport.edge_x(0))
    bottom, right = round(viewport.edge_y(board.height)), round(viewport.edge_x(board.width))
    return QRect(left, top, max(right - left, 1), max(bottom - top, 1))


def cell_rect(viewport: Viewport, y: int, x: int) -> QRectF:
    """The device pixels of a cell; at least one."""
    side = max(viewport.pitch, 1.0)
    return QRectF(viewport.edge_x(x), viewport.edge_y(y), side, side)


def paint_grid(painter: QPainter, viewport: Viewport, span: Span, theme: Theme) -> None:
    """Lines between the cells where these are large enough, every tenth bold."""
    if viewport.scale < GRID_FROM * viewport.line or span.is_empty:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    for bold, colour in ((False, theme.grid), (True, theme.bold_grid)):
        painter.setBrush(QColor(colour))
        painter.drawRects(_grid_lines(viewport, span, bold))


@lru_cache(maxsize=4)  # the same lines are painted at every frame until somebody zooms or pans
def _grid_lines(viewport: Viewport, span: Span, bold: bool) -> list[QRect]:
    thickness = hairline(viewport)
    top, left = int(viewport.edge_y(span.top)), int(viewport.edge_x(span.left))
    height, width = int(viewport.edge_y(span.bottom)) - top, int(viewport.edge_x(span.right)) - left
    rows = [y for y in range(span.top + 1, span.bottom) if (y % BOLD_EVERY == 0) == bold]
    columns = [x for x in range(span.left + 1, span.right) if (x % BOLD_EVERY == 0) == bold]
    lines = [QRect(left, int(viewport.edge_y(y)), width, thickness) for y in rows]
    lines += [QRect(int(viewport.edge_x(x)), top, thickness, height) for x in columns]
    return lines


def paint_edge(painter: QPainter, viewport: Viewport, board: Board, theme: Theme) -> None:
    """The board's border, just outside its cells."""
    _paint_frame(painter, QRectF(board_rect(viewport, board)), hairline(viewport), theme.edge)


def _paint_frame(painter: QPainter, inner: QRectF, thickness: float, colour: str) -> None:
    """A frame around `inner`, which it does not cover."""
    pen = QPen(QColor(colour), thickness)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = thickness / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawRect(inner.adjusted(-half, -half, half, half))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_hover(painter: QPainter, viewport: Viewport, cell: tuple[int, int], theme: Theme) -> None:
    """The cell under the pointer, where it is large enough to be aimed at."""
    if viewport.scale >= 4:
        _paint_frame(painter, _inside_grid(viewport, cell), hairline(viewport), theme.accent)


def paint_cursor(painter: QPainter, viewport: Viewport, cell: tuple[int, int], theme: Theme) -> None:
    """The cell that the arrow keys chose: a thick frame with a light rim, to be found at once."""
    inner, thin = _inside_grid(viewport, cell), hairline(viewport)
    _paint_frame(painter, inner.adjusted(-2 * thin, -2 * thin, 2 * thin, 2 * thin), thin, theme.board)
    _paint_frame(painter, inner, 2 * thin, theme.accent)


def _inside_grid(viewport: Viewport, cell: tuple[int, int]) -> QRectF:
    line = hairline(viewport) if viewport.scale >= GRID_FROM * viewport.line else 0
    return cell_rect(viewport, *cell).adjusted(line, line, 0, 0)


def paint_ring(painter: QPainter, viewport: Viewport, cell: tuple[int, int], progress: float, theme: Theme) -> None:
    """A ring that closes in on a cell and fades: "here it is". `progress` goes from 0 to 1."""
    ratio = viewport.ratio
    rect = cell_rect(viewport, *cell)
    closed = rect.width() * 0.75 + 5 * ratio
    closing = max(0.0, 1 - progress / 0.35)
    radius = closed + RING_REACH * ratio * closing**3
    colour = QColor(theme.accent)
    colour.setAlphaF(min(1.0, (1 - progress) / 0.4))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 2.5 * ratio))
    painter.drawEllipse(rect.center(), radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_hint(painter: QPainter, room: QRectF, text: str, theme: Theme) -> None:
    """A sentence in the middle of `room` (device-independent pixels, as the painter's unit is here)."""
    font = painter.font()
    font.setPointSizeF(font.pointSizeF() * 1.25)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    card = metrics.boundingRect(text).adjusted(-20, -12, 20, 12)
    card.moveCenter(QPointF(room.center()))
    ground = QColor(theme.board)
    ground.setAlphaF(0.92)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(QBrush(ground))
    painter.drawRoundedRect(card, 10, 10)
    painter.setPen(QColor(theme.dim_text))
    painter.drawText(card, Qt.AlignmentFlag.AlignCenter, text)
