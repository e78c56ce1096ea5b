"""The board as a widget: it shows what it is given and says what the user's hand does; it changes no cell itself."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from gui.board import layers
from gui.board.age_layer import AgeLayer
from gui.board.cell_cursor import ARROWS, CellCursor
from gui.board.cell_layer import CellLayer
from gui.board.gestures import is_space, middle_of
from gui.board.guest import Guest
from gui.board.hand import Hand
from gui.board.marks import Indices, MarkLayer
from gui.board.overlay import StateLayer
from gui.board.ring import Ring
from gui.board.sight import BoardSight
from gui.board.tools import Tool
from gui.look.theme import theme_of
from life.experiment import Fault
from life.world import World

Cell = tuple[int, int]

SCALE_TO_SHOW = 12.0  # at least so large becomes a cell that is to be shown
_DESCRIPTION = (
    "Drag to draw, drag with the right button to erase. The wheel zooms, dragging with the middle button or with Space "
    "moves the board. Arrow keys choose a cell, D uses the tool there and I watches it; with the select tool, Shift "
    "and arrow keys select. Whatever moves the board picks the cell to watch when it only clicks."
)


class BoardView(BoardSight):
    """Shows a board, zoomed and panned, with its marks.

    While the view has the focus it takes the Space key from any shortcut, because Space with a drag pans. A Space that
    was released without a drag is `space_tapped`; connect that to what Space means elsewhere in the window.

    Signals:
        cells_drawn(Patch): new cells of a stroke, after every move of the pointer. The view goes on showing its board
            until `set_board` gives it another one.
        stroke_ended(): the stroke is whole; what was drawn since the last one belongs together.
        fault_toggled(y, x): the fault tool was used on a cell.
        cell_hovered(cell): the pointer is over another cell (y, x) than before; None outside the board.
        cursor_moved(cell): the arrow keys chose another cell.
        view_changed(): zoomed, panned or resized.
        board_shown(): another board, or the plane, is shown.
        space_tapped(): Space was pressed and released, and nothing was dragged in between.
        cell_picked(y, x): a cell to watch was clicked with what moves the board when it is dragged.
        state_picked(alive): the pick tool was used on a live or on a dead cell.

    Rows and columns are Python's whole numbers, because those of the plane do not fit into Qt's.

    Attributes:
        ages: the colours of live cells by age, where they are wanted.
        hand: which tool the pointer holds, and what it does with it.
        states: what is painted over the board. While that shows the past, the board is looked at and not drawn on.
    """

    cells_drawn = Signal(object)
    stroke_ended = Signal()
    fault_toggled = Signal(object, object)
    cell_hovered = Signal(object)
    cursor_moved = Signal(object)
    space_tapped = Signal()
    cell_picked = Signal(object, object)
    state_picked = Signal(bool)

    def __init__(self, board: World, parent: QWidget | None = None) -> None:
        super().__init__(board, parent)
        self._cells = CellLayer(self)
        self._cells.arrived.connect(self.update)
        self.ages = AgeLayer()
        self._shows_grid = True
        self._marks = MarkLayer()
        self.states = StateLayer(self)
        self.states.changed.connect(self.refresh)
        self.hand = Hand(self, self)
        self._cursor = CellCursor()
        self._hint_text = "Click cells to draw, then press Play"
        self._ring = Ring(self)
        self._ring.moved.connect(self.update)
        self._wire_hand()
        self._set_up_widget()

    def _wire_hand(self) -> None:
        hand = self.hand
        hand.cells_drawn.connect(self.cells_drawn)
        hand.stroke_ended.connect(self.stroke_ended)
        hand.fault_toggled.connect(self.fault_toggled)
        hand.cell_hovered.connect(self.cell_hovered)
        hand.cell_picked.connect(self.cell_picked)
        hand.state_picked.connect(self.state_picked)
        hand.panned.connect(self.pan)
        self.view_changed.connect(hand.look_around)
        self.view_changed.connect(self.refresh)
        hand.changed.connect(self.refresh)

    def _set_up_widget(self) -> None:
        self.setObjectName("board_view")
        self.setAccessibleName("Board")
        self.setAccessibleDescription(_DESCRIPTION)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.refresh()

    # What is shown

    def set_board(self, board: World) -> None:
        """Shows another board, or the plane; one of another size is fitted into the widget."""
        resized = board.frame != self._board.frame
        self._board = board
        if resized:
            self._cursor.cell = None
            self.fit()
        self._describe_cursor()
        self.update()
        self.board_shown.emit()

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

    def show_grid(self, shown: bool) -> None:
        """Shows lines between the cells, or none."""
        self._shows_grid = shown
        self.update()

    @Slot(object, object)
    def show_cell(self, y: int, x: int) -> None:
        """Brings a cell into sight, large enough to be seen, and draws a ring around it for a moment."""
        self.bring_into_sight((y, x), SCALE_TO_SHOW)
        self._ring.draw_around((y, x))

    @property
    def tool(self) -> Tool:
        """What the left button does."""
        return self.hand.tool

    def set_tool(self, tool: Tool) -> None:
        """Changes what the left button does from the next press on."""
        self.hand.tool = tool
        self.refresh()

    def invite(self, guest: Guest) -> None:
        """Has `guest` take part in what pointer and keys do, and paint over the cells; one at a time."""
        self.hand.guest = guest

    @property
    def is_past(self) -> bool:
        """Whether an earlier board is shown, which can be looked at and not changed."""
        return self.states.past is not None

    @property
    def is_blank(self) -> bool:
        """Whether it is known that no cell is in sight that is alive."""
        return self.ages.is_blank if self.ages.is_shown else self._cells.is_blank

    @property
    def hovered(self) -> Cell | None:
        """The cell (y, x) under the pointer; None outside the board."""
        return self.hand.hovered

    @property
    def cursor_cell(self) -> Cell | None:
        """The cell (y, x) that the arrow keys chose; None before they were used, and after a click."""
        return self._cursor.cell

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, view, theme = QPainter(self), self._viewport, theme_of(self.palette())
        painter.scale(1 / view.ratio, 1 / view.ratio)
        span = view.visible(self._board.frame)
        board = self.states.past or self._board
        layers.paint_ground(painter, view, board, theme)
        if not self.ages.paint(painter, board, view, theme):
            self._cells.paint(painter, board, view, theme)
        self.states.paint_states(painter, view, span, theme)
        if not self.is_past:
            self.hand.guest.paint_cells(painter, view, theme)
        if self._shows_grid:
            layers.paint_grid(painter, view, span, theme)
        layers.paint_edge(painter, view, self._board, theme)
        layers.paint_speck(painter, view, board, theme)
        self.states.paint_failures(painter, view, span, theme)
        self._marks.paint(painter, view, span, theme, with_failed=self.states.states is None)
        self.states.paint_cells(painter, view, theme)
        if not self.is_past:
            self.hand.guest.paint(painter, view, theme)
        self._paint_pointers(painter)
        self._paint_hint(painter)

    def _paint_pointers(self, painter: QPainter) -> None:
        theme = theme_of(self.palette())
        if self.hand.hovered is not None and self.hand.aims:
            layers.paint_hover(painter, self._viewport, self.hand.hovered, theme)
        if self._cursor.cell is not None and self.hasFocus():
            layers.paint_cursor(painter, self._viewport, self._cursor.cell, theme)
        self._ring.paint(painter, self._viewport, theme)

    def _paint_hint(self, painter: QPainter) -> None:
        if self._wants_hint():
            painter.scale(self._viewport.ratio, self._viewport.ratio)
            layers.paint_hint(painter, QRectF(self.rect()), self._hint_text, theme_of(self.palette()))

    def _wants_hint(self) -> bool:
        is_in_the_way = self.states.states is not None or self.hand.guest.cursor_shape is not None
        return bool(self._hint_text) and not is_in_the_way and self._cells.is_blank and self._board.is_empty

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.hand.is_dragging:
            self._cursor.cell = None
        self.hand.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hand.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.hand.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # two quick clicks are two clicks

    def leaveEvent(self, event: QEvent) -> None:
        self.hand.leave()
        super().leaveEvent(event)

    @Slot()
    def refresh(self) -> None:
        """Has the pointer and the board look as they should now."""
        self.setCursor(self.hand.cursor_shape)
        self.update()

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_space(event):
            self.hand.space.press(event.isAutoRepeat(), in_use=self.hand.is_dragging)
            self.refresh()
        elif not self.is_past and self.hand.guest.press_key(event):
            self.update()
        elif event.key() in ARROWS:
            self.move_cursor(event.key(), is_far=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            super().keyReleaseEvent(event)
        elif self.hand.let_go_of_space():
            self.space_tapped.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.hand.let_go_of_space()
        super().focusOutEvent(event)

    def move_cursor(self, key: int, *, is_far: bool = False) -> None:
        """Chooses the next cell where the arrow `key` points, or one far away; at first one in sight."""
        start = self.hand.hovered or self._viewport.cell_at(middle_of(self.size()))
        cell = self._cursor.move(key, is_far, self._board.frame, start)
        self.bring_into_sight(cell, 0.0)
        self.update()
        self._describe_cursor()
        self.cursor_moved.emit(cell)

    def _describe_cursor(self) -> None:
        """Tells a screen reader where the cell of the arrow keys is, and what it is."""
        if self._cursor.cell is not None:
            y, x = self._cursor.cell
            state = "alive" if self._board.is_alive(y, x) else "dead"
            self.setAccessibleDescription(f"Row {y:,}, column {x:,}, {state}. {_DESCRIPTION}")

    @Slot()
    def use_tool_at_cursor(self) -> None:
        """Does with the cell of the arrow keys what a click with the tool does; nothing where there is none."""
        if self._cursor.cell is not None:
            self.hand.use_on(self._cursor.cell)

    @Slot()
    def pick_at_cursor(self) -> None:
        """Picks the cell of the arrow keys to be watched, if there is one."""
        if self._cursor.cell is not None:
            self.cell_picked.emit(*self._cursor.cell)

    # The widget

    def event(self, event: QEvent) -> bool:
        """Takes Space and its guest's keys before a shortcut does."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._keeps(event):
            event.accept()
            return True
        return super().event(event)

    def _keeps(self, key: QKeyEvent) -> bool:
        return is_space(key) or (not self.is_past and self.hand.guest.takes(key))
