"""The timeline as a widget: threads or tasks as lanes over time, with the caller's own lane on top."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from gui.look.theme import Theme, theme_of
from gui.look.type_size import TypeFollower, type_size
from gui.watch import timeline_paint as paint
from gui.watch.bars import Bars, BarsFinder
from gui.watch.instants import clamped
from gui.watch.time_view import LaneView, TimeView
from gui.watch.timeline_paint import Layout
from gui.watch.watch import Cell, Watch
from gui.watch.whole import NOTHING_WAITS
from life.history import Record
from life.trace.columns import Trace

LIVE_MS = 300  # between two pictures of a generation under way
MOST_LIVE_CELLS = 2_000  # above, making pictures beside the generation would slow both down
_ZOOM = 1.25  # a notch of the wheel
_NOTCH = 120
_REACH = 5.0  # pixels beside a bar at which it is still hit
_CLICK = 3.0  # pixels that a click may move
_TIP = (
    "The wheel zooms time, with Ctrl the height of lanes, with Shift it scrolls them; dragging moves the picture, a "
    "double click shows all of it. Click a bar to find its cell, drag in the times to go to an instant."
)


class Timeline(QWidget):
    """Shows the bars of the generation that is looked at, zoomed and panned.

    Signals:
        bars_shown: other bars are shown than before; `bars` has them, None where there are none.
    """

    bars_shown = Signal()

    def __init__(self, watch: Watch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watch = watch
        self._finder = BarsFinder(self)
        self._finder.found.connect(self._show_bars)
        self._trace: Trace | None = None
        self.bars: Bars | None = None
        self._time = TimeView(1.0, 1.0)
        self._lanes = LaneView(1.0, 0)
        self._is_fitted = True
        self._picture: QPixmap | None = None
        self._made_for: tuple[object, ...] = ()
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._drag: Callable[[QPointF], None] | None = None
        self._pointed: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LIVE_MS)
        self._timer.timeout.connect(self._look_again)
        self._set_up_widget()
        watch.record_selected.connect(self._look)
        watch.instant_moved.connect(self._repaint)
        watch.cell_selected.connect(self._show_selected)
        watch.cell_pointed.connect(self._point_at)
        TypeFollower(self, self._measure)
        self._look(watch.record)

    def _set_up_widget(self) -> None:
        self.setObjectName("timeline")
        self.setAccessibleName("Timeline")
        self.setAccessibleDescription(_TIP + " Arrow keys go from bar to bar, + and - zoom, Home shows all.")
        self.setToolTip(_TIP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # What is shown

    @property
    def trace(self) -> Trace | None:
        """What the bars are of."""
        return self._trace

    @property
    def time(self) -> TimeView:
        """Which stretch of time is seen."""
        return self._time

    @property
    def lanes(self) -> LaneView:
        """Which lanes are seen."""
        return self._lanes

    @Slot(object)
    def _look(self, _record: Record | None) -> None:
        trace = self._watch.trace
        if trace is None:
            self._timer.stop()
            self._finder.forget()
            self._take(None, None)
        elif trace.is_whole:
            self._timer.stop()
            self._finder.forget()
            self._take(trace, None)
        elif trace is self._watch.live:
            if trace.cells <= MOST_LIVE_CELLS:
                self._timer.start()  # what is quicker than that is not worth a flicker
        elif trace is not self._trace or self._timer.isActive():
            self._timer.stop()
            self._finder.find(trace)

    @Slot()
    def _look_again(self) -> None:
        if self._watch.trace is not None:
            self._finder.find(self._watch.trace)

    @Slot(object, object)
    def _show_bars(self, trace: Trace, bars: Bars) -> None:
        if trace is self._watch.trace:
            self._take(trace, bars)
        if trace is self._watch.live:
            self._timer.start()

    def _take(self, trace: Trace | None, bars: Bars | None) -> None:
        is_same = trace is self._trace
        self._trace, self.bars, self._pointed = trace, bars, None
        if bars:
            self._time = replace(self._time, total=float(bars.total))
            self._lanes = replace(self._lanes, count=bars.lanes.count)
            if self._is_fitted or not is_same:
                self.fit()
        self.update()
        self.bars_shown.emit()

    @Slot()
    def fit(self) -> None:
        """Shows the whole generation; it stays fitted until the user zooms or pans."""
        self._is_fitted = True
        self._time, self._lanes = self._time.fitted(), self._lanes.fitted()
        self.update()

    def _see(self, time: TimeView, lanes: LaneView) -> None:
        self._is_fitted = False
        self._time, self._lanes = time, lanes
        self.update()

    @Slot()
    def _repaint(self) -> None:
        self.update()

    @property
    def _layout(self) -> Layout:
        return Layout(self.width(), self.height(), type_size().factor)

    # Cells and bars

    def bar_at(self, point: QPointF) -> int | None:
        """The bar at a point of the widget, or just beside it."""
        area = self._layout.lanes
        if not self.bars or not area.contains(point):
            return None
        y, reach = point.y() - area.top(), max(_REACH - self._lanes.pitch, 0) / 2
        lane = self._lanes.lane_at(y)
        lanes = (lane, lane) if self._lanes.pitch >= _REACH else (self._lanes.lane_at(y - reach), lane)
        lanes = lanes[0], max(self._lanes.lane_at(y + reach), int(lanes[0]) + 1)
        return self.bars.nearest(lanes, self._time.time_at(point.x() - area.left()), _REACH * self._time.per_pixel)

    def _cell_of(self, bar: int | None) -> Cell | None:
        if bar is None or self.bars is None or self._trace is None:
            return None
        return self._trace.place_of(int(self.bars.lanes.first[bar]))

    def _bar_of(self, cell: Cell | None) -> int | None:
        if cell is None or self.bars is None or self._trace is None:
            return None
        number = self._trace.cell_at(*cell)
        return self.bars.of_cell(number) if number is not None else None

    @Slot(object)
    def _show_selected(self, cell: Cell | None) -> None:
        """Brings the bar of the selected cell into sight."""
        bar = self._bar_of(cell)
        if bar is not None and self.bars is not None:
            begun, ended = float(self.bars.begun[bar]), float(self.bars.ended[bar])
            time, lanes = self._time.showing(begun, ended), self._lanes.showing(int(self.bars.lanes.lane[bar]))
            if (time, lanes) != (self._time, self._lanes):
                self._see(time, lanes)
        self.update()

    @Slot(object)
    def _point_at(self, cell: Cell | None) -> None:
        bar = self._bar_of(cell)
        if bar != self._pointed:
            self._pointed = bar
            self.update()

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, layout, theme = QPainter(self), self._layout, theme_of(self.palette())
        bars = self.bars
        if bars is None or self._trace is None:
            painter.fillRect(self.rect(), QColor(theme.base))
            painter.setPen(QColor(theme.dim_text))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._hint())
            return
        painter.drawPixmap(0, 0, self._drawn(bars, layout, theme))
        for bar, width in ((self._bar_of(self._watch.cell), 2.5), (self._pointed, 1.5)):
            if bar is not None:
                rect = paint.bar_rect(layout, bars, bar, self._time, self._lanes)
                paint.paint_chosen(painter, layout.lanes, rect, theme, width * layout.unit)
        if self._watch.record is not None:
            paint.paint_instant(painter, layout, self._time.x_of(self._instant_shown(bars)), theme)

    def _hint(self) -> str:
        """What stands in the place of a picture."""
        if self._trace is not None and self._trace.is_whole:
            return NOTHING_WAITS
        return "The picture comes in a moment" if self._watch.live else "Run a generation to see its threads here"

    def _instant_shown(self, bars: Bars) -> float:
        instant = self._watch.instant
        return float(bars.total if instant is None or self._trace is None else instant - self._trace.started)

    def _drawn(self, bars: Bars, layout: Layout, theme: Theme) -> QPixmap:
        """The picture of everything but what the pointer and the instant change; kept until something else does."""
        ratio = self.devicePixelRatioF()
        made_for = (bars, layout, self._time, self._lanes, theme, ratio)
        if self._picture is None or self._made_for != made_for:
            self._made_for = made_for
            self._picture = QPixmap(round(layout.width * ratio), round(layout.height * ratio))
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(QColor(theme.base))
            painter = QPainter(self._picture)
            painter.setFont(self.font())
            paint.paint_axis(painter, layout, self._time, theme)
            paint.paint_bars(painter, layout, bars, self._time, self._lanes, theme, ratio)
            paint.paint_caller(painter, layout, bars, self._time, theme)
            paint.paint_gutter(painter, layout, bars, self._lanes, theme)
            painter.end()
        return self._picture

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._trace is None:
            return
        self._pressed = self._last = event.position()
        self._drag = self._go_to if self._layout.axis.contains(self._pressed) else self._pan_to
        self._drag(self._pressed)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position())
        else:
            self._drag = None
            self._watch.point_at(self._cell_of(self.bar_at(event.position())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        moved = event.position() - self._pressed if self._pressed is not None else None
        was_pan, self._drag, self._pressed = self._drag == self._pan_to, None, None
        if was_pan and moved is not None and moved.manhattanLength() <= _CLICK:
            self._watch.select_cell(self._cell_of(self.bar_at(event.position())))

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.fit()

    def leaveEvent(self, event: QEvent) -> None:
        self._watch.point_at(None)
        super().leaveEvent(event)

    def _go_to(self, point: QPointF) -> None:
        if self._watch.record is not None:
            trace = self._watch.record.trace
            time = self._time.time_at(point.x() - self._layout.axis.left())
            self._watch.move_to(clamped(trace, trace.started + round(time)))

    def _pan_to(self, point: QPointF) -> None:
        moved, self._last = point - self._last, point
        if not moved.isNull():
            self._see(self._time.panned(moved.x()), self._lanes.panned(moved.y()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() or event.angleDelta().x()  # some systems turn the wheel aside with Shift
        steps, area = turned / _NOTCH, self._layout.lanes
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._see(self._time, self._lanes.panned(steps * 48))
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            lanes = self._lanes.zoomed(_ZOOM**steps, event.position().y() - area.top())
            self._see(self._time, lanes)
        else:
            self._see(self._time.zoomed(_ZOOM**steps, event.position().x() - area.left()), self._lanes)
        event.accept()

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        middle = self._time.width / 2
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right | Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._go_from_bar_to_bar(event.key())
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._see(self._time.zoomed(_ZOOM, middle), self._lanes)
            case Qt.Key.Key_Minus:
                self._see(self._time.zoomed(1 / _ZOOM, middle), self._lanes)
            case Qt.Key.Key_Home:
                self.fit()
            case _:
                super().keyPressEvent(event)

    def _go_from_bar_to_bar(self, key: int) -> None:
        bars, bar = self.bars, self._bar_of(self._watch.cell)
        if not bars or not bars.size:
            return
        if bar is None:
            bar = 0
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            bar = min(max(bar + (1 if key == Qt.Key.Key_Right else -1), 0), bars.size - 1)
        else:
            lane = int(bars.lanes.lane[bar]) + (1 if key == Qt.Key.Key_Down else -1)
            lane = min(max(lane, 0), bars.lanes.count - 1)
            bar = bars.nearest((lane, lane + 1), float(bars.begun[bar]), float(bars.total))
        self._watch.select_cell(self._cell_of(bar))

    # The widget

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._measure()

    def _measure(self) -> None:
        area = self._layout.lanes
        self._time = replace(self._time, width=area.width())
        self._lanes = replace(self._lanes, height=area.height())
        if self._is_fitted:
            self.fit()

    def sizeHint(self) -> QSize:
        return QSize(900, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 130)
