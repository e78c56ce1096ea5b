"""The board as a widget: it shows what it is given and says what the user's hand does; it changes no cell itself."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from gui.board import layers
from gui.board.cell_cursor import ARROWS, CellCursor, toggled
from gui.board.gestures import HeldKey, Steps, is_space, middle_of, pinched_steps, point_of
from gui.board.marks import Indices, MarkLayer
from gui.board.overlay import StateLayer
from gui.board.ring import Ring
from gui.board.stroke import Stroke
from gui.board.tools import CURSORS, Drag, DrawDrag, PanDrag, Tool
from gui.board.viewport import Point, Viewport
from gui.look.theme import theme_of
from life.board import Board
from life.experiment import Fault

Cell = tuple[int, int]

FIT_MARGIN = 16.0
LEAST_IN_SIGHT = 48.0  # device-independent pixels of the board that panning leaves in the widget
SCALE_TO_SHOW = 12.0  # at least so large becomes a cell that is to be shown
WHEEL_STEP = 120  # eighths of a degree: one notch of a mouse wheel
_DESCRIPTION = (
    "Drag to draw, drag with the right button to erase. The wheel zooms, dragging with the middle button or with Space "
    "moves the board. Arrow keys choose a cell and X changes it. Whatever moves the board selects a cell when it only "
    "clicks, and I selects the one that the arrow keys chose."
)


class BoardView(QWidget):
    """Shows a board, zoomed and panned, with its marks.

    While the view has the focus it takes the Space key from any shortcut, because Space with a drag pans. A Space that
    was released without a drag is `space_tapped`; connect that to what Space means elsewhere in the window.

    Signals:
        cells_drawn(Patch): new cells of a stroke, after every move of the pointer. The view goes on showing its board
            until `set_board` gives it another one.
        fault_toggled(y, x): the fault tool was used on a cell.
        cell_hovered(y, x): the pointer is over another cell than before; (-1, -1) outside the board.
        view_changed(): zoomed, panned or resized.
        space_tapped(): Space was pressed and released, and nothing was dragged in between.
        cell_picked(y, x): a cell was clicked with what moves the board when it is dragged, or with I.

    Attributes:
        states: what is painted over the board. While that shows the past, the board is looked at and not drawn on.
    """

    cells_drawn = Signal(object)
    fault_toggled = Signal(int, int)
    cell_hovered = Signal(int, int)
    view_changed = Signal()
    space_tapped = Signal()
    cell_picked = Signal(int, int)

    def __init__(self, board: Board, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self._is_empty = not board.bits.any()
        self._viewport = Viewport(self.height(), self.width(), ratio=self.devicePixelRatioF())
        self._fitted = True
        self._cells = layers.CellLayer()
        self._marks = MarkLayer()
        self.states = StateLayer(self)
        self.states.changed.connect(self._update_cursor_shape)
        self._tool = Tool.DRAW
        self._drag: Drag | None = None
        self._drag_button = Qt.MouseButton.NoButton
        self._space = HeldKey()
        self._zoom_steps = Steps()
        self._pointer: Point | None = None
        self._hovered: Cell | None = None
        self._cursor = CellCursor()
        self._hint_text = "Click cells to draw, then press Play"
        self._ring = Ring(self)
        self._ring.moved.connect(self.update)
        self._set_up_widget()

    def _set_up_widget(self) -> None:
        self.setObjectName("board_view")
        self.setAccessibleName("Board")
        self.setAccessibleDescription(_DESCRIPTION)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._update_cursor_shape()

    # What is shown

    @property
    def board(self) -> Board:
        """The board that is shown."""
        return self._board

    def set_board(self, board: Board) -> None:
        """Shows another board; one of another size is fitted into the widget."""
        resized = (board.height, board.width) != (self._board.height, self._board.width)
        self._board = board
        self._is_empty = not board.bits.any()
        if resized:
            self._cursor.cell = None
            self.fit()
        self.update()

    def set_faults(self, faults: Mapping[Cell, Fault]) -> None:
        """Marks the cells (y, x) in which a fault is planted, and no others."""
        self._marks.set_faults(faults)
        self.update()

    def set_failed(self, ys: Indices, xs: Indices) -> None:
        """Marks the cells (ys[i], xs[i]) as failed, and no others."""
        self._marks.set_failed(ys, xs)
        self.update()

    @property
    def hint_text(self) -> str:
        """One friendly sentence in the middle of an empty board; "" for none."""
        return self._hint_text

    @hint_text.setter
    def hint_text(self, text: str) -> None:
        self._hint_text = text
        self.update()

    @property
    def tool(self) -> Tool:
        """What the left button does."""
        return self._tool

    def set_tool(self, tool: Tool) -> None:
        """Changes what the left button does from the next press on."""
        self._tool = tool
        self._update_cursor_shape()

    @property
    def _tool_now(self) -> Tool:
        """The past can be moved and looked at, and nothing else."""
        return self._tool if self.states.past is None else Tool.PAN

    @property
    def hovered(self) -> Cell | None:
        """The cell (y, x) under the pointer; None outside the board."""
        return self._hovered

    @property
    def cursor_cell(self) -> Cell | None:
        """The cell (y, x) that the arrow keys chose; None before they were used, and after a click."""
        return self._cursor.cell

    # Where it is seen from

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
        """Shows the whole board; it stays fitted when the widget is resized, until the user zooms or pans."""
        self._see(self._fit(self._viewport), fitted=True)

    def _fit(self, viewport: Viewport) -> Viewport:
        return viewport.fitted(self._board.height, self._board.width, FIT_MARGIN)

    @Slot()
    def zoom_in(self) -> None:
        """One step closer to the middle of the widget."""
        self._zoom(1, middle_of(self.size()))

    @Slot()
    def zoom_out(self) -> None:
        """One step away from the middle of the widget."""
        self._zoom(-1, middle_of(self.size()))

    @Slot(int, int)
    def show_cell(self, y: int, x: int) -> None:
        """Brings a cell into sight, large enough to be seen, and draws a ring around it for a moment."""
        self._bring_into_sight((y, x), SCALE_TO_SHOW)
        self._ring.draw_around((y, x))

    def _bring_into_sight(self, cell: Cell, least_scale: float) -> None:
        seen, rect = self._viewport, layers.cell_rect(self._viewport, *cell)
        if seen.scale < least_scale:
            self._see(seen.zoomed_to(least_scale, middle_of(self.size())).centred_on(*cell))
        elif not QRectF(0, 0, seen.width, seen.height).contains(rect):
            self._see(seen.centred_on(*cell))

    def _zoom(self, steps: int, at: Point) -> None:
        if steps:
            self._see(self._viewport.zoomed(steps, at), least=1.0)

    def _pan(self, dy: float, dx: float) -> None:
        self._see(self._viewport.panned(dy, dx))

    def _see(self, viewport: Viewport, fitted: bool = False, least: float = LEAST_IN_SIGHT) -> None:
        self._viewport = viewport.kept_in_sight(self._board.height, self._board.width, least)
        self._fitted = fitted
        self._update_hovered()
        self.update()
        self.view_changed.emit()

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, view, theme = QPainter(self), self._viewport, theme_of(self.palette())
        painter.scale(1 / view.ratio, 1 / view.ratio)
        span = view.visible(self._board.height, self._board.width)
        painter.fillRect(QRectF(0, 0, view.width, view.height), QColor(theme.outside))
        self._cells.paint(painter, self.states.past or self._board, view, theme)
        self.states.paint_states(painter, view, span, theme)
        layers.paint_grid(painter, view, span, theme)
        layers.paint_edge(painter, view, self._board, theme)
        self.states.paint_failures(painter, view, span, theme)
        self._marks.paint(painter, view, span, theme, with_failed=self.states.states is None)
        self.states.paint_cells(painter, view, theme)
        self._paint_pointers(painter)
        self._paint_hint(painter)

    def _paint_pointers(self, painter: QPainter) -> None:
        theme = theme_of(self.palette())
        if self._hovered is not None and self._tool_now is not Tool.PAN and not self._space.is_held:
            layers.paint_hover(painter, self._viewport, self._hovered, theme)
        if self._cursor.cell is not None and self.hasFocus():
            layers.paint_cursor(painter, self._viewport, self._cursor.cell, theme)
        self._ring.paint(painter, self._viewport, theme)

    def _paint_hint(self, painter: QPainter) -> None:
        if self._is_empty and self._hint_text and self.states.states is None:
            painter.scale(self._viewport.ratio, self._viewport.ratio)
            layers.paint_hint(painter, QRectF(self.rect()), self._hint_text, theme_of(self.palette()))

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            return  # the button that began it goes on with it
        self._cursor.cell = None
        self._pointer = point_of(event.position())
        self._update_hovered()
        self._drag, self._drag_button = self._begun(event.button(), self._pointer), event.button()
        self._update_cursor_shape()
        self._carry_on()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None and not event.buttons() & self._drag_button:
            self._end_drag()  # the release went to somebody else, say to a dialog that opened
        self._pointer = point_of(event.position())
        self._carry_on()
        self._update_hovered()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == self._drag_button:
            is_click = isinstance(self._drag, PanDrag) and not self._drag.has_moved
            self._end_drag()
            if is_click and self._hovered is not None:
                self.cell_picked.emit(*self._hovered)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # two quick clicks are two clicks

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self._update_hovered()
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom_by(event.angleDelta().y() / WHEEL_STEP, event.position())
        event.accept()

    def _zoom_by(self, steps: float, at: QPointF) -> None:
        self._zoom(self._zoom_steps.add(steps), point_of(at))

    def _begun(self, button: Qt.MouseButton, point: Point) -> Drag | None:
        """What a press of `button` begins, with the tool and the keys of this moment."""
        left = button == Qt.MouseButton.LeftButton
        if button == Qt.MouseButton.MiddleButton or (left and (self._space.is_held or self._tool_now is Tool.PAN)):
            self._space.use()
            return PanDrag(point, self._pan)
        if self._tool_now is Tool.DRAW and button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            stroke = Stroke(self._board, alive=None if left else False)
            return DrawDrag(stroke, lambda at: self._viewport.cell_at(at), self.cells_drawn.emit)
        if self._tool_now is Tool.FAULT and left and self._hovered is not None:
            self.fault_toggled.emit(*self._hovered)
        return None

    def _carry_on(self) -> None:
        if self._drag is not None and self._pointer is not None:
            self._drag.moved_to(self._pointer)

    def _end_drag(self) -> None:
        self._drag, self._drag_button = None, Qt.MouseButton.NoButton
        self._update_cursor_shape()

    def _update_hovered(self) -> None:
        rows, columns = self._board.height, self._board.width
        cell = self._viewport.cell_within(self._pointer, rows, columns) if self._pointer is not None else None
        if cell != self._hovered:
            self._hovered = cell
            self.update()
            self.cell_hovered.emit(*(cell or (-1, -1)))

    @Slot()
    def _update_cursor_shape(self) -> None:
        if isinstance(self._drag, PanDrag):
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self.setCursor(CURSORS[Tool.PAN if self._space.is_held else self._tool_now])
        self.update()

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_space(event):
            self._space.press(event.isAutoRepeat(), in_use=self._drag is not None)
            self._update_cursor_shape()
        elif event.key() in ARROWS:
            self._move_cursor(event)
        elif event.key() == Qt.Key.Key_X and not event.modifiers():
            self.toggle_at_cursor()
        elif event.key() == Qt.Key.Key_I and not event.modifiers() and self._cursor.cell is not None:
            self.cell_picked.emit(*self._cursor.cell)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            super().keyReleaseEvent(event)
        elif self._let_go_of_space():
            self.space_tapped.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._let_go_of_space()
        super().focusOutEvent(event)

    def _let_go_of_space(self) -> bool:
        tapped = self._space.release()
        self._update_cursor_shape()
        return tapped

    def _move_cursor(self, event: QKeyEvent) -> None:
        is_far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        start = self._hovered or self._viewport.cell_at(middle_of(self.size()))
        self._bring_into_sight(self._cursor.move(event.key(), is_far, self._board, start), 0.0)
        self.update()

    @Slot()
    def toggle_at_cursor(self) -> None:
        """Does with the cell of the arrow keys what a click with the tool does; nothing where there is none."""
        cell = self._cursor.cell if self.states.past is None else None
        if cell is not None and self._tool is Tool.FAULT:
            self.fault_toggled.emit(*cell)
        elif cell is not None:
            self.cells_drawn.emit(toggled(self._board, cell))

    # The widget

    def event(self, event: QEvent) -> bool:
        """Takes Space before a shortcut does, and zooms with two fingers on a trackpad."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_space(event):
            event.accept()
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom_by(pinched_steps(event.value()), event.position())
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._see_again(self._viewport.on_screen(self.devicePixelRatioF()))
        return super().event(event)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._see_again(self._viewport.resized(self.height(), self.width()))

    def _see_again(self, viewport: Viewport) -> None:
        """The widget or its screen is another one, and the user did not ask for another view."""
        self._see(self._fit(viewport) if self._fitted else viewport, self._fitted)

    def sizeHint(self) -> QSize:
        return QSize(760, 560)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 180)
