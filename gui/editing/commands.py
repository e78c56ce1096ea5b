"""What is done with the selection, with what floats over the board, and with the clipboard."""

import numpy as np
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from gui.editing.clipboard import clipboard_data, copy_pattern, pattern_in
from gui.editing.editing import Editing
from gui.editing.fill_dialog import RandomFillDialog
from gui.session import Session
from gui.settings import DENSITY, SYMMETRY, Settings
from life.board import Board
from life.editing.area import Area, cleared_inside, cleared_outside, inverted, picked_up, write_area
from life.editing.chance import Symmetry, random_area
from life.editing.floating import PasteMode
from life.editing.selection import Selection
from life.editing.turning import Turn, turn_selection


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
        self._chance = chance or np.random.default_rng()

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
        editing = self._editing
        pattern = editing.attempt(lambda: picked_up(editing.board, editing.area, self._session.rule))
        if pattern and pattern.population:
            copy_pattern(pattern)
            return True
        if pattern:
            editing.tell(f"the {editing.area_name} has no live cell, so there is nothing to copy")
        return False

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
        """The whole board."""
        self._editing.select(Selection.of_board(self._editing.board))

    @Slot()
    def remove_selection(self) -> None:
        """Nothing is selected any more; the cells stay."""
        self._editing.select(None)

    @Slot()
    def shrink_selection(self) -> None:
        """The smallest selection with all live cells of this one, or of the board."""
        editing = self._editing
        shrunk = editing.area.shrunk_to_live(editing.board)
        if shrunk:
            editing.select(shrunk)
        else:
            editing.tell(f"the {editing.area_name} has no live cell to shrink to")

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
            editing.change(f"Invert the {editing.area_name}", lambda board, area: (inverted(board, area), area))

    @Slot()
    def clear(self) -> None:
        """Every cell of the board dies."""
        self._editing.change("Clear", lambda board, area: (Board(board.height, board.width), area))

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
        """Fills by chance, with the density and the symmetry that are set."""
        editing = self._editing
        if editing.floating:
            shape = editing.floating.cells.shape
            cells = editing.attempt(lambda: self._random(*shape))
            if cells is not None:
                editing.hold(editing.floating.with_cells(cells))
        else:
            editing.change("Random fill", self._fill)

    def _fill(self, board: Board, area: Selection) -> tuple[Board, Selection]:
        return write_area(board, self._random(area.height, area.width), area.top, area.left), area

    def _random(self, height: int, width: int) -> Area:
        density, symmetry = self._settings.get(DENSITY) / 100, Symmetry(self._settings.get(SYMMETRY))
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


def _clear_inside(board: Board, area: Selection) -> tuple[Board, Selection]:
    return cleared_inside(board, area), area
