"""A widget that sees a board or a plane through a viewport: zooming and panning, by wheel, by trackpad and by name."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QNativeGestureEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from gui.board import layers, scales
from gui.board.gestures import Steps, middle_of, pinched_steps, point_of
from gui.board.viewport import Cell, Point, Viewport
from life.board import Board
from life.plane.box import Box
from life.world import World

LEAST_IN_SIGHT = 48.0  # device-independent pixels of the board that panning leaves in the widget
WHEEL_STEP = 120  # eighths of a degree: one notch of a mouse wheel


class BoardSight(QWidget):
    """Knows where the cells of its board, or of its plane, are seen.

    Signals:
        view_changed(): zoomed, panned or resized.
        board_shown(): another board, or the plane, is shown.
    """

    view_changed = Signal()
    board_shown = Signal()

    def __init__(self, board: World, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self._viewport = Viewport(self.height(), self.width(), ratio=self.devicePixelRatioF())
        self._fitted = True
        self._zoom_steps = Steps()

    @property
    def board(self) -> World:
        """The board or the plane that is shown."""
        return self._board

    @property
    def viewport(self) -> Viewport:
        """How the board is seen at the moment."""
        return self._viewport

    @property
    def scale(self) -> float:
        """Device-independent pixels a cell."""
        return self._viewport.scale

    @Slot()
    def fit(self) -> None:
        """Shows the whole board, or all that lives on the plane.

        It stays fitted when the widget is resized, until the user zooms or pans.
        """
        self._see(self._fit(self._with_limits()), fitted=True)

    def fit_where_outgrown(self) -> None:
        """Shows all that lives on the plane where some of it is out of sight; a board has a place where it is."""
        box = None if isinstance(self._board, Board) else self._board.box
        if box is not None and self._viewport.visible(box) != box:
            self.fit()

    def fit_box(self, box: Box) -> None:
        """Shows some of the cells, as large as they go."""
        self._see(self._with_limits().fitted(box, scales.FIT_MARGIN), least=1.0)

    def show_scale(self, scale: float) -> None:
        """Cells of so many device-independent pixels; what is in the middle of the widget stays there."""
        self._see(scales.at_scale(self._with_limits(), scale), least=1.0)

    def _fit(self, viewport: Viewport) -> Viewport:
        return scales.fitted_to(viewport, self._board)

    def _with_limits(self) -> Viewport:
        """The view, which knows from how far this board can be seen."""
        return replace(self._viewport, farthest=scales.farthest_of(self._board))

    @Slot()
    def zoom_in(self) -> None:
        """One step closer to the middle of the widget."""
        self._zoom(1, middle_of(self.size()))

    @Slot()
    def zoom_out(self) -> None:
        """One step away from the middle of the widget."""
        self._zoom(-1, middle_of(self.size()))

    def bring_into_sight(self, cell: Cell, least_scale: float) -> None:
        """Moves the board where a cell is not seen, and zooms where it is smaller than `least_scale`."""
        seen, rect = self._viewport, layers.cell_rect(self._viewport, *cell)
        if seen.scale < least_scale:
            self._see(seen.zoomed_to(least_scale, middle_of(self.size())).centred_on(*cell))
        elif not QRectF(0, 0, seen.width, seen.height).contains(rect):
            self._see(seen.centred_on(*cell))

    def centre_on(self, cell: Cell) -> None:
        """Moves the board so that a cell is in the middle."""
        self._see(self._viewport.centred_on(*cell))

    def _zoom(self, steps: int, at: Point) -> None:
        if steps:
            self._see(self._with_limits().zoomed(steps, at), least=1.0)

    @Slot(float, float)
    def pan(self, dy: float, dx: float) -> None:
        """Moves the board so many device-independent pixels down and to the right."""
        self._see(self._viewport.panned(dy, dx))

    def _see(self, viewport: Viewport, fitted: bool = False, least: float = LEAST_IN_SIGHT) -> None:
        self._viewport = viewport.kept_in_sight(scales.reach_of(self._board), least)
        self._fitted = fitted
        self.update()
        self.view_changed.emit()

    def set_line(self, line: float) -> None:
        """Paints lines so many device-independent pixels thick."""
        self._viewport = replace(self._viewport, line=line)
        self.update()

    # The widget

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom_by(event.angleDelta().y() / WHEEL_STEP, event.position())
        event.accept()

    def _zoom_by(self, steps: float, at: QPointF) -> None:
        self._zoom(self._zoom_steps.add(steps), point_of(at))

    def event(self, event: QEvent) -> bool:
        """Zooms with two fingers on a trackpad, and minds the screen."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom_by(pinched_steps(event.value()), event.position())
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._see_again(self._with_limits().on_screen(self.devicePixelRatioF()))
        return super().event(event)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._see_again(self._with_limits().resized(self.height(), self.width()))

    def _see_again(self, viewport: Viewport) -> None:
        """The widget or its screen is another one, and the user did not ask for another view."""
        self._see(self._fit(viewport) if self._fitted else viewport, self._fitted)

    def sizeHint(self) -> QSize:
        return QSize(760, 560)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 180)
