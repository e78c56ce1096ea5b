"""What the hand does with a selection and with a pattern that floats, from the press of the button to its release."""

from gui.board.drags import is_far
from gui.board.guest import Cell, Press
from gui.board.view import BoardView
from gui.board.viewport import Point
from gui.editing.editing import Editing
from life.editing.selection import Grip, Selection


class SelectDrag:
    """A new selection from where it began to where the pointer is; a click selects nothing."""

    def __init__(self, editing: Editing, view: BoardView, press: Press) -> None:
        self._editing = editing
        self._view = view
        self._press = press
        self._has_moved = False
        editing.select(None)

    def moved_to(self, point: Point) -> None:
        """Selects what lies between."""
        self._has_moved = self._has_moved or is_far(self._press.point, point)
        if self._has_moved:
            self._editing.select(Selection.between(self._press.cell, self._view.viewport.cell_at(point)))

    def ended(self) -> None:
        """It stays as it is."""


class ExtendDrag:
    """Takes along the edges of a selection that are near the pointer."""

    def __init__(self, editing: Editing, view: BoardView, grip: Grip) -> None:
        self._editing = editing
        self._view = view
        self._grip = grip

    def moved_to(self, point: Point) -> None:
        """Selects up to the pointer."""
        self._editing.select(self._grip.dragged_to(self._view.viewport.cell_at(point)))

    def ended(self) -> None:
        """It stays as it is."""


class MoveDrag:
    """Lifts the selection's cells and places them where the button is released; a click removes the selection."""

    def __init__(self, editing: Editing, view: BoardView, press: Press, *, keeps: bool) -> None:
        self._editing = editing
        self._view = view
        self._press = press
        self._keeps = keeps
        self._has_moved = False
        self._corner: Cell | None = None

    def moved_to(self, point: Point) -> None:
        """Lifts the cells once the hand has moved, and then takes them along."""
        if not self._has_moved and is_far(self._press.point, point):
            self._lift()
        floating = self._editing.floating
        if self._corner and floating:
            y, x = self._view.viewport.cell_at(point)
            (top, left), (start_y, start_x) = self._corner, self._press.cell
            self._editing.hold(floating.at(top + y - start_y, left + x - start_x))

    def _lift(self) -> None:
        self._has_moved = True
        self._editing.lift(keeps=self._keeps)
        floating = self._editing.floating
        if floating:
            self._corner = floating.top, floating.left
            self._editing.is_carried = True

    def ended(self) -> None:
        """Places what was taken along."""
        if not self._has_moved:
            self._editing.select(None)
        elif self._corner:
            self._editing.place()


class PlaceDrag:
    """Places what floats where the button is released."""

    def __init__(self, editing: Editing, view: BoardView) -> None:
        self._editing = editing
        self._view = view
        editing.is_carried = True

    def moved_to(self, point: Point) -> None:
        """Takes it along."""
        self._editing.move_to(self._view.viewport.cell_at(point))

    def ended(self) -> None:
        """Places it."""
        self._editing.place()
