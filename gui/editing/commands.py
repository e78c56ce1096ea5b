"""What is done with the selection, with what floats over the board, and with the clipboard."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from gui.editing.clipboard import clipboard_data, copy_pattern, pattern_in
from gui.editing.editing import Editing
from gui.editing.fill_dialog import RandomFillDialog
from gui.session import Session
from gui.settings import DENSITY, SYMMETRY, Settings
from life.board import Board
from life.edges import empty_like
from life.editing.area import Area, cleared_inside, cleared_outside, inverted, picked_up, write_area
from life.editing.chance import Symmetry, random_area
from life.editing.floating import PasteMode
from life.editing.selection import Selection
from life.editing.turning import Turn, turn_selection
from life.errors import LifeError, PatternError
from life.patterns.pattern import EMPTY, Pattern
from life.world import World

MOST_FILLED = 1 << 24  # cells of the plane


class EditingCommands(QObject):
    """The slots of the menu Edit; what turns, inverts and fills does so with a floating pattern where there is one."""

    def __init__(
        self,
        editing: Editing,
        session: Session,
        settings: Settings,
        window: QWidget,
        chance: np.random.Generator | None = None,
    ) -> None:
        """`window` is what dialogs belong to; `chance` fills boards."""
        super().__init__(window)
        self._editing = editing
        self._session = session
        self._settings = settings
        self._window = window
        self._chance = chance

    # The clipboard.

    @Slot()
    def copy(self) -> None:
        """The selection, or the whole board, as text on the clipboard."""
        self._copy()

    @Slot()
    def cut(self) -> None:
        """The selection onto the clipboard, and off the board."""
        if self._copy():
            self._editing.change("Cut", _clear_inside)

    def _copy(self) -> bool:
        return self._editing.attempt(self._copied) is not None

    def _copied(self) -> Pattern:
        editing, area = self._editing, self._editing.area
        pattern = picked_up(editing.board, area, self._session.rule) if area else EMPTY
        if not pattern.population:
            raise LifeError(f"the {editing.area_name} has no live cell, so there is nothing to copy")
        try:
            copy_pattern(pattern)
        except PatternError as error:
            raise LifeError(f"nothing was copied: {error.reason}") from None
        return pattern

    @Slot()
    def paste(self) -> None:
        """Has the pattern on the clipboard float over the board."""
        pattern = self._editing.attempt(lambda: pattern_in(clipboard_data()))
        if pattern:
            self._editing.float_pattern(pattern)

    @Slot()
    def next_paste_mode(self) -> None:
        """Copy, or, xor, and, in a circle."""
        self._editing.set_mode(self._editing.mode.next)

    @Slot()
    def paste_by_copy(self) -> None:
        """The pattern replaces what is under it."""
        self._editing.set_mode(PasteMode.COPY)

    @Slot()
    def paste_by_or(self) -> None:
        """The pattern's live cells join those of the board."""
        self._editing.set_mode(PasteMode.OR)

    @Slot()
    def paste_by_xor(self) -> None:
        """The pattern's live cells turn over those of the board."""
        self._editing.set_mode(PasteMode.XOR)

    @Slot()
    def paste_by_and(self) -> None:
        """What the pattern and the board share is left."""
        self._editing.set_mode(PasteMode.AND)

    # The selection.

    @Slot()
    def select_all(self) -> None:
        """The whole board, or all that lives on the plane."""
        everything = Selection.of_world(self._editing.board)
        if everything:
            self._editing.select(everything)
        else:
            self._editing.tell("nothing lives on the plane, so there is nothing to select")

    @Slot()
    def remove_selection(self) -> None:
        """Nothing is selected any more; the cells stay."""
        self._editing.select(None)

    @Slot()
    def shrink_selection(self) -> None:
        """The smallest selection with all live cells of this one, or of the board."""
        shrunk = self._editing.attempt(self._shrunk)
        if shrunk:
            self._editing.select(shrunk)

    def _shrunk(self) -> Selection:
        editing, area = self._editing, self._editing.area
        shrunk = area.shrunk_to_live(editing.board) if area else None
        if shrunk is None:
            raise LifeError(f"the {editing.area_name} has no live cell to shrink to")
        return shrunk

    @Slot()
    def lift_selection(self) -> None:
        """Has the cells of the selection float, to be placed elsewhere."""
        self._editing.lift()

    # Turning.

    @Slot()
    def rotate_clockwise(self) -> None:
        """By a quarter turn to the right."""
        self._turn(Turn.CLOCKWISE, "Rotate")

    @Slot()
    def rotate_counterclockwise(self) -> None:
        """By a quarter turn to the left."""
        self._turn(Turn.COUNTERCLOCKWISE, "Rotate")

    @Slot()
    def flip_left_right(self) -> None:
        """What is on the left goes to the right."""
        self._turn(Turn.LEFT_RIGHT, "Flip")

    @Slot()
    def flip_top_bottom(self) -> None:
        """What is at the top goes to the bottom."""
        self._turn(Turn.TOP_BOTTOM, "Flip")

    def _turn(self, turn: Turn, what: str) -> None:
        editing = self._editing
        if editing.floating:
            editing.hold(editing.floating.turned(turn))
        else:
            editing.change(f"{what} the {editing.area_name}", lambda board, area: turn_selection(board, area, turn))

    # Filling.

    @Slot()
    def invert(self) -> None:
        """The living die, and the dead come to life."""
        editing = self._editing
        if editing.floating:
            editing.hold(editing.floating.with_cells(~editing.floating.cells))
        else:
            editing.change(f"Invert the {editing.area_name}", self._inverted)

    def _inverted(self, board: World, area: Selection) -> tuple[World, Selection]:
        if self._editing.selection is None and not isinstance(board, Board):
            raise LifeError("the plane has no end, and cannot be inverted as a whole; select a part of it")
        return inverted(board, area), area

    @Slot()
    def clear(self) -> None:
        """Every cell of the board dies."""
        self._editing.change("Clear", lambda board, area: (empty_like(board), area))

    @Slot()
    def clear_inside(self) -> None:
        """Every cell of the selection dies."""
        self._editing.change("Clear the selection", _clear_inside)

    @Slot()
    def clear_outside(self) -> None:
        """Every cell but those of the selection dies."""
        self._editing.change("Clear outside", lambda board, area: (cleared_outside(board, area), area))

    @Slot()
    def fill_randomly(self) -> None:
        """Fills by chance, with the density and the symmetry that are set; of the plane what is in sight."""
        editing = self._editing
        if editing.floating:
            shape = editing.floating.cells.shape
            cells = editing.attempt(lambda: self._random(*shape))
            if cells is not None:
                editing.hold(editing.floating.with_cells(cells))
        elif editing.selection or isinstance(editing.board, Board):
            editing.change("Random fill", self._fill)
        else:
            editing.change("Random fill", self._fill, editing.area_in_sight)

    def _fill(self, board: World, area: Selection) -> tuple[World, Selection]:
        if area.count > MOST_FILLED and not isinstance(board, Board):
            raise LifeError(
                f"{area} cells are too many to be filled by chance on the plane; zoom in, or select a smaller part"
            )
        return write_area(board, self._random(area.height, area.width), area.top, area.left), area

    def _random(self, height: int, width: int) -> Area:
        density, symmetry = self._settings.get(DENSITY) / 100, Symmetry(self._settings.get(SYMMETRY))
        if self._chance is None:
            self._chance = np.random.default_rng()  # not before, because NumPy imports it when it is first asked for
        return random_area(height, width, density, symmetry, self._chance)

    @Slot()
    def choose_fill(self) -> None:
        """Asks for density and symmetry, and fills."""
        dialog = RandomFillDialog(self._settings.get(DENSITY), Symmetry(self._settings.get(SYMMETRY)), self._window)
        dialog.fill_wanted.connect(self._fill_as_chosen)
        dialog.open()

    @Slot(int, object)
    def _fill_as_chosen(self, percent: int, symmetry: Symmetry) -> None:
        self._settings.set(DENSITY, percent)
        self._settings.set(SYMMETRY, symmetry.value)
        self.fill_randomly()


def _clear_inside(board: World, area: Selection) -> tuple[World, Selection]:
    return cleared_inside(board, area), area
