"""The frames around what is selected and what floats, each with its size beside it."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gui.board.layers import hairline
from gui.board.viewport import Viewport
from gui.look.theme import Theme
from life.editing.floating import PasteMode
from life.editing.selection import Selection

_FILL = 0.13  # so that cells, grid and marks under a selection stay what they are
_PILL_GAP = 5.0  # device-independent pixels between a frame and what is written beside it
_PILL_PADDING = 7.0
_PILL_HEIGHT = 20.0
_EDGE = 4.0
_NOTE_GAP = 14.0
_UNSEEN = 32  # device pixels; a broken line of millions, most of it out of sight, takes long


def frame_of(area: Selection, viewport: Viewport) -> QRectF:
    """The device pixels of the cells of `area`, at least three each way; cut off out of sight, and empty there."""
    top, bottom = _extent(viewport.edge_y(area.top), viewport.edge_y(area.bottom), viewport.height)
    left, right = _extent(viewport.edge_x(area.left), viewport.edge_x(area.right), viewport.width)
    return QRectF(left, top, right - left, bottom - top) if top < bottom and left < right else QRectF()


def _extent(first: float, last: float, room: float) -> tuple[float, float]:
    """Cut off before anything is rounded or taken away: far out, a float has no room for three pixels."""
    first, last = max(first, -_UNSEEN), min(max(last, first + 3), room + _UNSEEN)
    return (round(first), max(round(last), round(first) + 3)) if first < last else (0.0, 0.0)


def paint_selection(painter: QPainter, viewport: Viewport, selection: Selection, theme: Theme) -> None:
    """A calm ground with a thin frame, and the size."""
    frame = frame_of(selection, viewport)
    if frame.isEmpty():
        return
    ground = QColor(theme.accent)
    ground.setAlphaF(_FILL)
    painter.fillRect(frame, ground)
    _stroke(painter, frame, QPen(QColor(theme.accent), hairline(viewport)))
    _paint_label(painter, viewport, frame, str(selection), theme, is_chosen=False)


def paint_floating(painter: QPainter, viewport: Viewport, area: Selection, mode: PasteMode, theme: Theme) -> None:
    """A broken frame, and in which mode the pattern will be placed."""
    frame = frame_of(area, viewport)
    if frame.isEmpty():
        return
    pen = QPen(QColor(theme.accent), hairline(viewport) * 1.5)
    pen.setDashPattern([4, 3])
    _stroke(painter, frame, pen)
    _paint_label(painter, viewport, frame, f"{mode.value.capitalize()}  ·  {area}", theme, is_chosen=True)


def paint_note(painter: QPainter, viewport: Viewport, text: str, theme: Theme) -> None:
    """A few words at the lower edge of the widget."""
    room_y, room_x = viewport.height / viewport.ratio, viewport.width / viewport.ratio

    def place(width: float) -> QPointF:
        return QPointF(round((room_x - width) / 2), round(room_y - _PILL_HEIGHT - _NOTE_GAP))

    _paint_pill(painter, viewport.ratio, place, text, theme, is_chosen=False)


def _stroke(painter: QPainter, frame: QRectF, pen: QPen) -> None:
    """Just outside of the cells, as the board's own frame is."""
    half = pen.widthF() / 2
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(frame.adjusted(-half, -half, half, half))


def _paint_label(
    painter: QPainter, viewport: Viewport, frame: QRectF, text: str, theme: Theme, *, is_chosen: bool
) -> None:
    """A few words above the frame, or within it where there is no room above, and always within the widget."""
    ratio = viewport.ratio
    inner = QRectF(frame.topLeft() / ratio, frame.size() / ratio)

    def place(width: float) -> QPointF:
        return _label_corner(inner, width, viewport)

    _paint_pill(painter, ratio, place, text, theme, is_chosen=is_chosen)


def _paint_pill(
    painter: QPainter,
    ratio: float,
    place: Callable[[float], QPointF],
    text: str,
    theme: Theme,
    *,
    is_chosen: bool,
) -> None:
    """A few words in a rounded field, whose corner `place` finds for its width, in device-independent pixels."""
    painter.save()
    painter.scale(ratio, ratio)
    font = painter.font()
    font.setPointSizeF(font.pointSizeF() * 0.92)
    painter.setFont(font)
    width = QFontMetricsF(font).horizontalAdvance(text) + 2 * _PILL_PADDING
    corner = place(width)
    pill = QRectF(corner.x(), corner.y(), width, _PILL_HEIGHT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.accent), 1))
    painter.setBrush(QColor(theme.accent if is_chosen else theme.raised))
    painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), _PILL_HEIGHT / 2 - 1, _PILL_HEIGHT / 2 - 1)
    painter.setPen(QColor(theme.accent_text if is_chosen else theme.text))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def _label_corner(frame: QRectF, width: float, viewport: Viewport) -> QPointF:
    """Where a label of a frame goes, all in device-independent pixels."""
    room_y, room_x = viewport.height / viewport.ratio, viewport.width / viewport.ratio
    y = frame.top() - _PILL_GAP - _PILL_HEIGHT
    if y < _EDGE:
        y = max(frame.top() + _PILL_GAP, _EDGE)
    y = min(y, room_y - _PILL_HEIGHT - _EDGE)
    x = max(min(frame.left(), room_x - width - _EDGE), _EDGE)
    return QPointF(round(x), round(y))
