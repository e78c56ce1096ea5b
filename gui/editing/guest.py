"""What the pointer and the keys do on the board with a selection and with a pattern that floats."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter

from gui.board.cell_cursor import ARROWS, FAR
from gui.board.drags import Drag
from gui.board.guest import Cell, Press
from gui.board.tools import Tool
from gui.board.view import BoardView
from gui.board.viewport import Viewport
from gui.editing.drags import ExtendDrag, MoveDrag, PlaceDrag, SelectDrag
from gui.editing.editing import Editing
from gui.editing.paint import paint_floating, paint_note, paint_selection
from gui.editing.preview import PreviewLayer
from gui.look.theme import Theme
from gui.session import Session
from life.editing.selection import Selection

_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_PLACE = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EditingGuest:
    """Takes part in the board's tools and keys for `Editing`."""

    def __init__(self, editing: Editing, view: BoardView, session: Session) -> None:
        self._editing = editing
        self._view = view
        self._session = session
        self._preview = PreviewLayer()
        self._anchor: Cell | None = None

    # The pointer.

    @property
    def cursor_shape(self) -> Qt.CursorShape | None:
        """Four arrows over what can be moved."""
        if self._editing.floating:
            return Qt.CursorShape.SizeAllCursor
        selection, pointed = self._editing.selection, self._view.hand.pointed
        is_over = self._view.tool is Tool.SELECT and selection is not None and pointed and selection.has(pointed)
        return Qt.CursorShape.SizeAllCursor if is_over else None

    def begun(self, press: Press) -> Drag | None:
        """Places what floats; with the select tool, extends, moves or begins a selection."""
        self._anchor = None
        if self._editing.floating:
            return PlaceDrag(self._editing, self._view)
        if press.tool is not Tool.SELECT:
            return None
        selection = self._editing.selection
        if selection and press.modifiers & _SHIFT:
            return ExtendDrag(self._editing, self._view, selection.grip_at(press.cell))
        if selection and selection.has(press.cell):
            return MoveDrag(self._editing, self._view, press, keeps=bool(press.modifiers & _CONTROL))
        return SelectDrag(self._editing, self._view, press)

    def pointed_at(self, cell: Cell) -> None:
        """Takes along what floats."""
        self._editing.move_to(cell)

    # The keyboard.

    def takes(self, event: QKeyEvent) -> bool:
        """Enter, Escape and the arrows while something floats; Escape for the selection where nothing runs."""
        if self._editing.floating:
            return event.key() in (*_PLACE, *ARROWS, Qt.Key.Key_Escape)
        is_escape = event.key() == Qt.Key.Key_Escape
        return is_escape and self._editing.selection is not None and not self._session.is_running

    def press_key(self, event: QKeyEvent) -> bool:
        """Moves, places and drops what floats; removes the selection, or extends it with Shift and an arrow."""
        key = event.key()
        if self._editing.floating:
            return self._press_for_floating(event)
        if key == Qt.Key.Key_Escape and self._editing.selection:
            self._editing.select(None)
            return True
        if key in ARROWS and self._view.tool is Tool.SELECT and event.modifiers() & _SHIFT:
            self._extend(key, is_far=bool(event.modifiers() & _CONTROL))
            return True
        if key in ARROWS:
            self._anchor = None
        return False

    def _press_for_floating(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in ARROWS:
            dy, dx = ARROWS[Qt.Key(key)]
            by = FAR if event.modifiers() & _SHIFT else 1
            self._editing.nudge(dy * by, dx * by)
        elif key in _PLACE:
            self._editing.place()
        elif key == Qt.Key.Key_Escape:
            self._editing.hold(None)
        else:
            return False
        return True

    def _extend(self, key: int, *, is_far: bool) -> None:
        """Selects from the cell at which Shift was pressed to the next one, or one far away."""
        self._anchor = self._anchor or self._view.cursor_cell
        self._view.move_cursor(key, is_far=is_far)
        if self._view.cursor_cell:
            self._anchor = self._anchor or self._view.cursor_cell
            self._editing.select(Selection.between(self._anchor, self._view.cursor_cell))

    # Painting.

    def paint_cells(self, painter: QPainter, viewport: Viewport, theme: Theme) -> None:
        """What the board will be once it is placed."""
        floating = self._editing.floating
        if floating:
            self._preview.paint(painter, self._editing.board, floating, self._editing.mode, viewport, theme)

    def paint(self, painter: QPainter, viewport: Viewport, theme: Theme) -> None:
        """The frames around the selection and what floats."""
        selection, floating = self._editing.selection, self._editing.floating
        if selection and not (floating and floating.origin):
            paint_selection(painter, viewport, selection, theme)
        if floating:
            paint_floating(painter, viewport, floating.area, self._editing.mode, theme)
        note = self._note()
        if note:
            paint_note(painter, viewport, note, theme)

    def _note(self) -> str:
        """What the next click does, where that is not what it usually does."""
        if self._editing.floating:
            how = "Release" if self._editing.is_carried else "Click or press Enter"
            return f"{how} to place it, Esc to drop it"
        if self._view.hand.is_too_far:
            return "Zoom in to draw; from so far away, dragging moves the board"
        pen = self._view.hand.pen if self._view.tool is Tool.DRAW else None
        return "" if pen is None else "The pen draws only" if pen else "The pen erases only"
