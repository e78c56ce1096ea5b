"""The parts of a timeline, each painted by one function; units are device-independent pixels."""

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from gui.board.marks import failed_stamp
from gui.look.theme import Theme
from gui.watch.bars import Bars
from gui.watch.time_view import TICK_PIXELS, LaneView, TimeView, ticks
from gui.watch.timeline_picture import picture_of
from life.trace.phases import COLLECTING, HANDING_OUT

GUTTER = 92.0
AXIS = 26.0
CALLER = 26.0
_PAD = 6.0
_MOST_ROWS = 320  # of pixels in a picture of lanes that are less than a pixel high; above, they are drawn coarser
_MOST_SEPARATED = 3000
_CROSS = 13.0
_LEAST_FRAMED = 8.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts lie in a widget of `width` × `height`; `unit` is how many times larger than usual type is."""

    width: float
    height: float
    unit: float = 1.0

    @property
    def gutter(self) -> float:
        """How wide the words at the left are."""
        return GUTTER * self.unit

    @property
    def axis(self) -> QRectF:
        """The strip with the times, in which the instant is dragged."""
        return QRectF(self.gutter, 0, max(self.width - self.gutter - _PAD, 1), AXIS * self.unit)

    @property
    def caller(self) -> QRectF:
        """The caller's own lane."""
        return QRectF(self.gutter, self.axis.height() + 2, self.axis.width(), CALLER * self.unit - 6)

    @property
    def lanes(self) -> QRectF:
        """All other lanes."""
        top = (AXIS + CALLER) * self.unit + _PAD
        return QRectF(self.gutter, top, self.axis.width(), max(self.height - top - _PAD, 1))


def paint_axis(painter: QPainter, layout: Layout, time: TimeView, theme: Theme) -> None:
    """Times, and a faint line below each."""
    axis, lanes = layout.axis, layout.lanes
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawLine(QLineF(axis.left(), axis.bottom() - 0.5, axis.right(), axis.bottom() - 0.5))
    shown = [
        (round(axis.left() + time.x_of(tick.time)) + 0.5, tick.label) for tick in ticks(time, TICK_PIXELS * layout.unit)
    ]
    metrics = QFontMetricsF(painter.font())
    painter.drawLines([QLineF(x, axis.bottom() - 5, x, lanes.bottom()) for x, _ in shown])
    painter.setPen(QColor(theme.dim_text))
    for x, label in shown:
        if x + 4 + metrics.horizontalAdvance(label) <= axis.right() + _PAD:
            painter.drawText(
                QRectF(x + 4, 0, 120 * layout.unit, axis.height() - 4), Qt.AlignmentFlag.AlignVCenter, label
            )


def paint_caller(painter: QPainter, layout: Layout, bars: Bars, time: TimeView, theme: Theme) -> None:
    """What the caller was about, in words where there is room."""
    colours = {HANDING_OUT: theme.handing_out, COLLECTING: theme.collecting}
    lane, metrics = layout.caller, QFontMetricsF(painter.font())
    painter.save()
    painter.setClipRect(lane)
    for phase in bars.phases:
        left, right = (lane.left() + time.x_of(at) for at in (phase.start, phase.end))
        rect = QRectF(left, lane.top(), max(right - left, 1.0), lane.height())
        colour = QColor(colours.get(phase.name, theme.running))
        painter.fillRect(rect, colour)
        seen = rect.intersected(lane)
        if seen.width() > metrics.horizontalAdvance(phase.name) + 12:
            painter.setPen(QColor("#16202c" if colour.lightness() > 110 else "#ffffff"))
            painter.drawText(seen.adjusted(6, 0, -6, 0), Qt.AlignmentFlag.AlignVCenter, phase.name)
    painter.restore()


def paint_gutter(painter: QPainter, layout: Layout, bars: Bars, lanes: LaneView, theme: Theme) -> None:
    """Which lanes are seen."""
    painter.setPen(QColor(theme.text))
    beside = QRectF(0, layout.caller.top(), layout.gutter - 8, layout.caller.height())
    painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, "caller")
    first = int(lanes.first) + 1
    last = min(int(np.ceil(lanes.lane_at(lanes.height) - 1e-6)), bars.lanes.count)
    noun = ("task" if bars.lanes.is_task else "thread") + ("s" if bars.lanes.count != 1 else "")
    text = f"{bars.lanes.count:,}\n{noun} at\nonce"
    if first > 1 or last < bars.lanes.count:
        text = f"{first:,} to\n{last:,} of\n{bars.lanes.count:,}\n{noun}"
    painter.setPen(QColor(theme.dim_text))
    area = QRectF(0, layout.lanes.top(), layout.gutter - 8, layout.lanes.height())
    painter.drawText(area, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight, text)


def paint_bars(
    painter: QPainter, layout: Layout, bars: Bars, time: TimeView, lanes: LaneView, theme: Theme, ratio: float
) -> None:
    """All bars in sight, and what tells neighbours apart where there is room for it."""
    area = layout.lanes
    painter.save()
    painter.setClipRect(area)
    coarse = max(1.0, np.ceil(lanes.height * ratio / _MOST_ROWS)) if lanes.pitch * ratio < 1 else 1.0
    scale = ratio / coarse
    image = picture_of(
        bars,
        replace(time, width=time.width * ratio, per_pixel=time.per_pixel / ratio),
        replace(lanes, height=lanes.height * scale, pitch=lanes.pitch * scale),
        theme,
    )
    is_dense = lanes.pitch * scale < 1
    top = area.top() if is_dense else area.top() + (int(lanes.first) - lanes.first) * lanes.pitch
    height = image.height() / scale if is_dense else image.height() * lanes.pitch
    painter.drawImage(QRectF(area.left(), top, image.width() / ratio, height), image)
    _paint_gaps(painter, area, bars, time, lanes, theme)
    _paint_failures(painter, area, bars, time, lanes, theme, ratio)
    painter.restore()


def _paint_gaps(painter: QPainter, area: QRectF, bars: Bars, time: TimeView, lanes: LaneView, theme: Theme) -> None:
    """Lines in the colour of the ground between lanes, and at the beginning of every bar that is wide enough."""
    if lanes.pitch < 4:
        return
    some = bars.within(lanes.first, lanes.lane_at(lanes.height))
    thickness = 2.0 if lanes.pitch >= 10 else 1.0
    first, last = int(lanes.first), int(np.ceil(lanes.lane_at(lanes.height)))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.base))
    painter.drawRects(
        [
            QRectF(area.left(), area.top() + lanes.y_of(lane + 1) - thickness, area.width(), thickness)
            for lane in range(first, last)
        ]
    )
    begun, ended = bars.begun[some], bars.ended[some]
    seen = np.flatnonzero(
        (ended - begun > 4 * time.per_pixel) & (begun > time.begin) & (begun < time.time_at(time.width))
    )
    if seen.size <= _MOST_SEPARATED:
        xs = (area.left() + (begun[seen] - time.begin) / time.per_pixel).tolist()
        ys = (area.top() + (bars.lanes.lane[some][seen] - lanes.first) * lanes.pitch).tolist()
        painter.drawRects([QRectF(x - 0.5, y, 1, lanes.pitch) for x, y in zip(xs, ys, strict=True)])


def _paint_failures(
    painter: QPainter, area: QRectF, bars: Bars, time: TimeView, lanes: LaneView, theme: Theme, ratio: float
) -> None:
    """A cross where a step failed; one for many where they would lie upon each other."""
    some = bars.within(lanes.first, lanes.lane_at(lanes.height))
    failed = bars.failed[some]
    seen = np.flatnonzero((failed >= 0) & (failed >= time.begin) & (failed <= time.time_at(time.width)))
    if not seen.size:
        return
    xs = (failed[seen] - time.begin) / time.per_pixel
    ys = (bars.lanes.lane[some][seen] + 0.5 - lanes.first) * lanes.pitch
    blocks = (np.floor(ys / _CROSS) * 65536 + np.floor(xs / _CROSS)).astype(np.int64)
    firsts = np.unique(blocks, return_index=True)[1]
    stamp = failed_stamp(_CROSS, ratio, theme)
    stamp.setDevicePixelRatio(ratio)
    half = _CROSS / 2
    for x, y in zip(xs[firsts].tolist(), ys[firsts].tolist(), strict=True):
        painter.drawPixmap(QPointF(area.left() + x - half, area.top() + y - half), stamp)


def bar_rect(layout: Layout, bars: Bars, bar: int, time: TimeView, lanes: LaneView) -> QRectF:
    """Where a bar lies, never too small to be found."""
    area = layout.lanes
    left, right = (area.left() + time.x_of(float(at)) for at in (bars.begun[bar], bars.ended[bar]))
    top, height = area.top() + lanes.y_of(float(bars.lanes.lane[bar])), lanes.pitch
    least = _CROSS + 6 if bars.failed[bar] >= 0 else _LEAST_FRAMED
    grow_x, grow_y = max(least - (right - left), 0) / 2, max(least - height, 0) / 2
    return QRectF(left - grow_x, top - grow_y, right - left + 2 * grow_x, height + 2 * grow_y)


def paint_chosen(painter: QPainter, area: QRectF, rect: QRectF, theme: Theme, width: float) -> None:
    """A frame around a bar, with lines of so many pixels."""
    painter.save()
    painter.setClipRect(area.adjusted(-3, -3, 3, 3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    seen = rect.intersected(area.adjusted(-9, -9, 9, 9))
    for colour, thickness in ((theme.base, width + 2), (theme.text, width)):
        painter.setPen(QPen(QColor(colour), thickness))
        painter.drawRect(seen)
    painter.restore()


def paint_instant(painter: QPainter, layout: Layout, x: float, theme: Theme) -> None:
    """A line through all lanes, with a handle in the axis."""
    axis, at = layout.axis, layout.axis.left() + x
    if not axis.left() - 1 <= at <= axis.right() + 1:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.base), 4 * layout.unit))
    painter.drawLine(QLineF(at, axis.bottom(), at, layout.lanes.bottom()))
    painter.setPen(QPen(QColor(theme.accent), 2 * layout.unit))
    painter.drawLine(QLineF(at, axis.bottom() - 4, at, layout.lanes.bottom()))
    painter.setPen(QPen(QColor(theme.base), 1))
    painter.setBrush(QColor(theme.accent))
    bottom = axis.bottom()
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(at - 7, bottom - 15),
                QPointF(at + 7, bottom - 15),
                QPointF(at + 7, bottom - 7),
                QPointF(at, bottom),
                QPointF(at - 7, bottom - 7),
            ]
        )
    )
    painter.restore()
