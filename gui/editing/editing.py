"""The selection, the pattern that floats over the board, and what is done with both."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal, Slot

from gui.board.gestures import middle_of
from gui.board.view import BoardView
from gui.editing.trail import SelectionTrail
from gui.session import Session
from gui.settings import PASTE_MODE, Settings
from life.board import Board
from life.editing.floating import Floating, PasteMode
from life.editing.selection import Selection
from life.errors import LifeError, PatternError
from life.patterns.pattern import Pattern
from life.world import World

T = TypeVar("T")
Cell = tuple[int, int]
Change = Callable[[World, Selection], tuple[World, Selection]]

NOTHING_LIVES = "nothing lives on the plane, so there is nothing to change; draw something, or select a part"
_PAST = "An earlier generation is shown, which cannot be changed; go back to the newest one first"


class Editing(QObject):
    """What is selected and what floats; every change of the board that follows from it is one step to be undone.

    Attributes:
        is_carried: whether a button is held under what floats, so that its release will place it.

    Signals:
        selection_changed: `selection` is another.
        floating_changed: `floating` is another, or somewhere else.
        mode_changed: with the `PasteMode`.
        told: a sentence that the user must read.
    """

    selection_changed = Signal()
    floating_changed = Signal()
    mode_changed = Signal(object)
    told = Signal(str)

    def __init__(self, session: Session, view: BoardView, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._settings = settings
        self._frame = session.board.frame
        self._selection: Selection | None = None
        self._floating: Floating | None = None
        self._trail = SelectionTrail()
        self.is_carried = False
        session.board_changed.connect(self._mind_frame)
        session.loaded.connect(self._forget)
        session.rewound.connect(self._go_back)
        self.selection_changed.connect(view.refresh)
        self.floating_changed.connect(view.refresh)
        self.mode_changed.connect(view.refresh)

    @property
    def selection(self) -> Selection | None:
        """The selected cells, all on the board; None where none are."""
        return self._selection

    @property
    def floating(self) -> Floating | None:
        """What waits to be placed; None where nothing does."""
        return self._floating

    @property
    def board(self) -> World:
        """The board, or the plane, as it is now."""
        return self._session.board

    # The selection.

    def select(self, selection: Selection | None) -> None:
        """Selects what of `selection` lies on the board."""
        selection = selection.clipped_to(self.board) if selection else None
        if selection != self._selection:
            self._selection = selection
            self.selection_changed.emit()

    @property
    def area(self) -> Selection | None:
        """What commands are about: the selection, or where there is none the whole board, or all that lives.

        None where nothing is selected and nothing lives on the plane.
        """
        return self._selection or Selection.of_world(self.board)

    @property
    def area_in_sight(self) -> Selection | None:
        """All cells that are seen at the moment."""
        seen = self._view.viewport.visible(self.board.frame)
        return None if seen.is_empty else Selection.of_box(seen)

    @property
    def area_name(self) -> str:
        """What `area` is called."""
        if self._selection:
            return "selection"
        return "board" if isinstance(self.board, Board) else "plane"

    # The floating pattern.

    @property
    def mode(self) -> PasteMode:
        """What becomes of the cells under a pattern that is placed."""
        return PasteMode(self._settings.get(PASTE_MODE))

    def set_mode(self, mode: PasteMode) -> None:
        """Pastes that way from now on."""
        self._settings.set(PASTE_MODE, mode.value)
        self.mode_changed.emit(mode)

    @Slot(object)
    def float_pattern(self, pattern: Pattern) -> None:
        """Has a pattern follow the pointer until it is placed or dropped; says why where it cannot."""
        if self._is_refused():
            return
        at = self._view.hand.pointed or self._view.viewport.cell_at(middle_of(self._view.size()))
        floating = self.attempt(lambda: Floating.of_pattern(pattern, self.board))
        if floating:
            self.hold(floating.centred_at(at))

    def lift(self, *, keeps: bool = False) -> None:
        """Has the cells of the selection float where they are; where the board `keeps` them, a copy of them."""
        selection = self._selection
        if selection is None or self._is_refused():
            return
        floating = self.attempt(lambda: Floating.lifted(self.board, selection))
        if floating:
            self.hold(Floating(floating.cells, floating.top, floating.left) if keeps else floating)

    def hold(self, floating: Floating | None) -> None:
        """Has another pattern float, or the same elsewhere, or, with None, nothing."""
        if floating is not self._floating:
            if floating and not self._floating:
                self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            self._floating = floating
            self.is_carried = self.is_carried and floating is not None
            self.floating_changed.emit()

    def move_to(self, cell: Cell) -> None:
        """Has the middle of what floats over `cell`."""
        if self._floating:
            self.hold(self._floating.centred_at(cell))

    def nudge(self, dy: int, dx: int) -> None:
        """Moves what floats by so many cells, but not past the edge of the board, and keeps it in sight."""
        if self._floating:
            moved = self._floating.at(self._floating.top + dy, self._floating.left + dx).kept_over(self.board)
            self.hold(moved)
            seen = moved.area.clipped_to(self.board)
            if seen:
                self._view.bring_into_sight((seen.top + seen.height // 2, seen.left + seen.width // 2), 0.0)

    def place(self) -> None:
        """Puts what floats on the board, one step to be undone; says how many of its cells found no place."""
        floating = self._floating
        if floating is None or self._is_refused():
            return
        board = self.board
        self.hold(None)
        placed = self.attempt(lambda: floating.placed_on(board, self.mode))
        if placed is None:
            return
        if placed is not board:
            self._session.change(placed, "Move the selection" if floating.origin else "Paste")
        if floating.origin:
            self._take_selection_along(board, floating.area)
        lost, total = floating.lost_on(board), int(np.count_nonzero(floating.cells))
        if lost:
            self.told.emit(f"{lost:,} of {total:,} live cells lay beyond the edge of the board and were left out.")

    # Changes.

    def change(self, what: str, made: Change, area: Selection | None = None) -> None:
        """Changes the board and the selection as `made` says of the board and `area`: one step called `what`."""
        if self._is_refused():
            return
        board, about = self.board, area or self.area
        if about is None:
            self.tell(NOTHING_LIVES)
            return
        result = self.attempt(lambda: made(board, about))
        if result is None:
            return
        changed, place = result
        if changed is not board:
            self._session.change(changed, what)
        if self._selection:
            self._take_selection_along(board, place)

    def _take_selection_along(self, board: World, area: Selection) -> None:
        """After a change from `board`; an undo of it brings the selection back."""
        before = self._selection
        self.select(area)
        self._trail.note(board, before, self.board, self._selection)

    @Slot()
    def _go_back(self) -> None:
        self.select(self._trail.back_on(self.board, self._selection))

    def attempt(self, what: Callable[[], T]) -> T | None:
        """The result of `what`; None, and a sentence to read, where that cannot be done."""
        try:
            return what()
        except PatternError as error:
            self.tell(f"nothing was pasted: {error.reason}")
        except LifeError as error:
            self.tell(str(error))
        except MemoryError:
            self.tell("this needs more memory than there is")
        return None

    def tell(self, sentence: str) -> None:
        """Has the user read `sentence`, which need not begin or end as one."""
        self.told.emit(f"{sentence[0].upper()}{sentence[1:]}.")

    def _is_refused(self) -> bool:
        if self._view.is_past:
            self.tell(_PAST)
        return self._view.is_past

    # Another board.

    @Slot(object)
    def _mind_frame(self, board: World) -> None:
        """A board grows and shrinks evenly on all sides, and the selection moves along; the plane keeps its cells."""
        before, self._frame = self._frame, board.frame
        if board.frame == before:
            return
        self.hold(None)
        if self._selection and isinstance(board, Board):
            is_resized = before.top == 0  # else it was the plane, and who knows where its cells went
            dy, dx = (board.height - before.height) // 2, (board.width - before.width) // 2
            self.select(self._selection.moved(dy, dx) if is_resized else None)

    @Slot()
    def _forget(self) -> None:
        self.hold(None)
        self.select(None)
        self._trail.clear()
