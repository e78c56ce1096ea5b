"""The hand on the board: which tool it holds, which drag goes on, and which cell it is over."""

from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent

from gui.board.drags import Drag, DrawDrag, PanDrag
from gui.board.edge_pan import EdgePan
from gui.board.gestures import HeldKey, point_of
from gui.board.guest import Guest, Nobody, Press
from gui.board.stroke import Stroke
from gui.board.tools import CURSORS, Tool
from gui.board.viewport import Point, Viewport
from life.world import World

Cell = tuple[int, int]

SMALLEST_TO_DRAW = 1 / 64  # device-independent pixels a cell

_LEFT, _MIDDLE, _RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton


class Scene(Protocol):
    """What the hand is on."""

    @property
    def board(self) -> World:
        """The board as it is now."""

    @property
    def viewport(self) -> Viewport:
        """How it is seen."""

    @property
    def is_past(self) -> bool:
        """Whether an earlier board is shown, which can be looked at and not changed."""


class Hand(QObject):
    """Turns presses, moves and releases into what the user means.

    Attributes:
        tool: what the left button does.
        pen: what the draw tool does: True sets, False clears, None does to all cells of a stroke what the first needs.
        guest: who takes part.
        space: the key that pans while it is held.
        pointed: the cell under the pointer, on the board or not; None while the pointer is elsewhere.
        hovered: the same, None also where the board has no such cell.

    Signals:
        cells_drawn, stroke_ended, fault_toggled, cell_hovered, cell_picked, state_picked: as in `BoardView`.
        panned: the board is to move by (dy, dx) device-independent pixels.
        changed: the pointer is to look different, or something under it.
    """

    cells_drawn = Signal(object)
    stroke_ended = Signal()
    fault_toggled = Signal(object, object)
    cell_hovered = Signal(object)
    cell_picked = Signal(object, object)
    state_picked = Signal(bool)
    panned = Signal(float, float)
    changed = Signal()

    def __init__(self, scene: Scene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self.tool = Tool.DRAW
        self.pen: bool | None = None
        self.guest: Guest = Nobody()
        self.space = HeldKey()
        self._edge = EdgePan(self)
        self._edge.panned.connect(self._pan_and_carry_on)
        self._drag: Drag | None = None
        self._button = Qt.MouseButton.NoButton
        self._point: Point | None = None
        self.pointed: Cell | None = None
        self._told: Cell | None = None
        self.hovered: Cell | None = None

    @property
    def is_too_far(self) -> bool:
        """Whether cells are too small to be drawn, so that the pen moves the board instead."""
        return self.tool is Tool.DRAW and self._scene.viewport.scale < SMALLEST_TO_DRAW

    @property
    def tool_now(self) -> Tool:
        """The past can be moved and looked at, and nothing else; what is too small to be drawn as well."""
        return Tool.PAN if self._scene.is_past or self.is_too_far else self.tool

    @property
    def is_dragging(self) -> bool:
        """Whether a button is held and something goes on."""
        return self._drag is not None

    @property
    def aims(self) -> bool:
        """Whether a press would do something to the cell under the pointer."""
        return self.tool_now is not Tool.PAN and not self.space.is_held and self._guests_shape is None

    @property
    def cursor_shape(self) -> Qt.CursorShape:
        """How the pointer looks."""
        if isinstance(self._drag, PanDrag):
            return Qt.CursorShape.ClosedHandCursor
        if self.space.is_held:
            return CURSORS[Tool.PAN]
        return self._guests_shape or CURSORS[self.tool_now]

    @property
    def _guests_shape(self) -> Qt.CursorShape | None:
        return None if self._scene.is_past else self.guest.cursor_shape

    def press(self, event: QMouseEvent) -> None:
        """A button went down; one that goes down during a drag does not disturb it."""
        if self._drag is not None:
            return
        self._point = point_of(event.position())
        self.look_around()
        self._drag, self._button = self._begun(event.button(), event.modifiers(), self._point), event.button()
        self.changed.emit()
        self._carry_on()

    def move(self, event: QMouseEvent) -> None:
        """The pointer moved."""
        if self._drag is not None and not event.buttons() & self._button:
            self._end_drag()  # the release went to somebody else, say to a dialog that opened
        self._point = point_of(event.position())
        self._carry_on()
        self.look_around()
        self._tell_guest()

    def release(self, event: QMouseEvent) -> None:
        """A button went up."""
        if event.button() == self._button:
            self._end_drag()

    def leave(self) -> None:
        """The pointer is elsewhere."""
        self._point = None
        self.look_around()

    def let_go_of_space(self) -> bool:
        """The space bar went up, or nobody will hear when it does; returns whether that was a tap."""
        tapped = self.space.release()
        self.changed.emit()
        return tapped

    def use_on(self, cell: Cell) -> None:
        """Does to one cell what a click on it with the tool does, where that is about cells and not about drags."""
        if self.tool_now is Tool.FAULT:
            self.fault_toggled.emit(*cell)
        elif self.tool_now is Tool.PICK:
            self.state_picked.emit(self._scene.board.is_alive(*cell))
        elif not self._scene.is_past:
            self._draw(_LEFT).touch(cell)

    def _begun(self, button: Qt.MouseButton, modifiers: Qt.KeyboardModifier, point: Point) -> Drag | None:
        """What a press of `button` begins, with the tool and the keys of this moment."""
        if button == _MIDDLE or (button == _LEFT and self.space.is_held):
            return self._pan_from(point)
        if button == _LEFT and not self._scene.is_past:
            drag = self.guest.begun(Press(self.tool, point, self._scene.viewport.cell_at(point), modifiers))
            if drag is not None:
                return drag
        return self._begun_with_tool(button, point) if self._guests_shape is None else None

    def _begun_with_tool(self, button: Qt.MouseButton, point: Point) -> Drag | None:
        tool, is_left = self.tool_now, button == _LEFT
        if tool is Tool.PAN and is_left:
            return self._pan_from(point)
        if tool is Tool.DRAW and button in (_LEFT, _RIGHT):
            return self._draw(button)
        if tool in (Tool.FAULT, Tool.PICK) and is_left and self.hovered is not None:
            self.use_on(self.hovered)
        return None

    def _pan_from(self, point: Point) -> PanDrag:
        self.space.use()
        return PanDrag(point, self.panned.emit, self._pick_hovered)

    def _draw(self, button: Qt.MouseButton) -> DrawDrag:
        stroke = Stroke(self._scene.board, alive=self.pen if button == _LEFT else False)
        return DrawDrag(stroke, self._cell_at, self.cells_drawn.emit, self.stroke_ended.emit)

    def _cell_at(self, point: Point) -> Cell:
        return self._scene.viewport.cell_at(point)

    def _pick_hovered(self) -> None:
        if self.hovered is not None:
            self.cell_picked.emit(*self.hovered)

    def _carry_on(self) -> None:
        if self._drag is not None and self._point is not None:
            self._drag.moved_to(self._point)
            if not isinstance(self._drag, PanDrag):
                self._edge.follow(self._point, self._scene.viewport, self._scene.board.frame)

    @Slot(float, float)
    def _pan_and_carry_on(self, dy: float, dx: float) -> None:
        self.panned.emit(dy, dx)
        self._carry_on()

    def _end_drag(self) -> None:
        self._edge.stop()
        drag, self._drag, self._button = self._drag, None, Qt.MouseButton.NoButton
        if drag is not None:
            drag.ended()
        self.changed.emit()

    def _tell_guest(self) -> None:
        """Not where the board moves under a pointer that rests: what the keys chose is to stay where it is."""
        if self.pointed is not None and self.pointed != self._told and self._drag is None:
            self.guest.pointed_at(self.pointed)
            self.changed.emit()
        self._told = self.pointed

    @Slot()
    def look_around(self) -> None:
        """Finds out which cell is under the pointer, after that or the board moved."""
        at = self._scene.viewport.cell_at(self._point) if self._point is not None else None
        self.pointed = at
        hovered = at if at is not None and self._scene.board.frame.contains(*at) else None
        if hovered != self.hovered:
            self.hovered = hovered
            self.changed.emit()
            self.cell_hovered.emit(hovered)
