"""What is painted on a board, layer by layer, each by one small function.

The painter's unit is one device pixel throughout, so that lines and cells meet exactly on every screen.
"""

from functools import lru_cache
from math import ceil, floor

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

from gui.board.viewport import Viewport
from gui.look.theme import Theme
from life.board import Board
from life.plane.box import Box
from life.world import World

GRID_FROM = 6.0  # device-independent pixels a cell
BOLD_EVERY = 10
SPECK = 5.0  # device-independent pixels; all that lives on the plane and is smaller has a ring around it
RING_OF_SPECK = 10.0
_VERY_FAR = float(1 << 20)  # device pixels; what is farther away would overflow in the painter
_FAR = 8  # device pixels beyond the widget at which a board's border is out of sight
RING_REACH = 56.0  # device-independent pixels from which the ring closes in on a cell


def hairline(viewport: Viewport) -> int:
    """Device pixels of the thinnest line that looks the same on every screen."""
    return max(1, round(viewport.ratio * viewport.line))


def board_rect(viewport: Viewport, frame: Box) -> QRectF:
    """The device pixels in which at least a part of a board is shown; whole numbers, none far outside of the widget."""
    left, right = (min(max(viewport.edge_x(x), -_FAR), viewport.width + _FAR) for x in (frame.left, frame.right))
    top, bottom = (min(max(viewport.edge_y(y), -_FAR), viewport.height + _FAR) for y in (frame.top, frame.bottom))
    x, y = floor(left), floor(top)
    return QRectF(x, y, max(ceil(right) - x, 1), max(ceil(bottom) - y, 1))


def cell_rect(viewport: Viewport, y: int, x: int) -> QRectF:
    """The device pixels of a cell; at least one. Of a cell very far away, some that are far away."""
    side = max(viewport.pitch, 1.0)
    left, top = (min(max(edge, -_VERY_FAR), _VERY_FAR) for edge in (viewport.edge_x(x), viewport.edge_y(y)))
    return QRectF(left, top, side, side)


def paint_grid(painter: QPainter, viewport: Viewport, span: Box, theme: Theme) -> None:
    """Lines between the cells where these are large enough, every tenth bold."""
    if viewport.scale < GRID_FROM * viewport.line or span.is_empty:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    for bold, colour in ((False, theme.grid), (True, theme.bold_grid)):
        painter.setBrush(QColor(colour))
        painter.drawRects(_grid_lines(viewport, span, bold))


@lru_cache(maxsize=4)  # the same lines are painted at every frame until somebody zooms or pans
def _grid_lines(viewport: Viewport, span: Box, bold: bool) -> list[QRect]:
    thickness = hairline(viewport)
    top, left = int(viewport.edge_y(span.top)), int(viewport.edge_x(span.left))
    height, width = int(viewport.edge_y(span.bottom)) - top, int(viewport.edge_x(span.right)) - left
    rows = [y for y in range(span.top + 1, span.bottom) if (y % BOLD_EVERY == 0) == bold]
    columns = [x for x in range(span.left + 1, span.right) if (x % BOLD_EVERY == 0) == bold]
    lines = [QRect(left, int(viewport.edge_y(y)), width, thickness) for y in rows]
    lines += [QRect(int(viewport.edge_x(x)), top, thickness, height) for x in columns]
    return lines


def paint_ground(painter: QPainter, viewport: Viewport, world: World, theme: Theme) -> None:
    """What lies under the cells, all of them dead, and what lies beyond them; of the plane nothing does."""
    widget = QRectF(0, 0, viewport.width, viewport.height)
    if not isinstance(world, Board):
        painter.fillRect(widget, QColor(theme.board))
        return
    board = board_rect(viewport, world.frame)
    if not board.contains(widget):
        painter.fillRect(widget, QColor(theme.outside))
    painter.fillRect(board.intersected(widget), QColor(theme.board))


def paint_edge(painter: QPainter, viewport: Viewport, world: World, theme: Theme) -> None:
    """A board's border, just outside its cells; the plane has none."""
    if isinstance(world, Board):
        inner, line = board_rect(viewport, world.frame), hairline(viewport)
        outer = inner.adjusted(-line, -line, line, line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.edge))
        painter.drawRects(
            [
                QRectF(outer.left(), outer.top(), outer.width(), line),
                QRectF(outer.left(), inner.bottom(), outer.width(), line),
                QRectF(outer.left(), inner.top(), line, inner.height()),
                QRectF(inner.right(), inner.top(), line, inner.height()),
            ]
        )


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


def paint_speck(painter: QPainter, viewport: Viewport, world: World, theme: Theme) -> None:
    """A ring around all that lives on the plane, where that is so small that nobody would find it."""
    box = None if isinstance(world, Board) else world.box
    if box is None or max(box.height, box.width) * viewport.scale >= SPECK or viewport.visible(box).is_empty:
        return
    middle = cell_rect(viewport, (box.top + box.bottom) // 2, (box.left + box.right) // 2).center()
    radius = RING_OF_SPECK * viewport.ratio
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent), 1.5 * viewport.ratio * viewport.line))
    painter.drawEllipse(middle, radius, radius)
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
