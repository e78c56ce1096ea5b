"""Keeps the colours by age in step with the session, where they are wanted; costs nothing where they are not."""

from PySide6.QtCore import QObject, Signal, Slot

from gui.board.age_layer import AgeLayer
from gui.board.ages import MOST_CELLS, Ages
from gui.session import Session
from life.board import Board


class AgeKeeper(QObject):
    """Counts ages from the moment on that they are wanted.

    Signals:
        shown_changed: whether cells are coloured by age now.
    """

    shown_changed = Signal(bool)

    def __init__(self, session: Session, layer: AgeLayer, parent: QObject) -> None:
        """`layer` is where the ages are painted; connect `session` to the view first, so that both show one board."""
        super().__init__(parent)
        self._session = session
        self._layer = layer
        self._is_wanted = False
        self._is_shown = False
        self._ages: Ages | None = None
        session.board_changed.connect(self._follow)
        session.loaded.connect(self._begin)

    @Slot(bool)
    def set_wanted(self, wanted: bool) -> None:
        """Colours cells by age from now on, or no longer."""
        self._is_wanted = wanted
        self._begin()

    @Slot()
    def _begin(self) -> None:
        self._ages = None
        self._follow(self._session.board)

    @Slot(Board)
    def _follow(self, board: Board) -> None:
        if self._is_wanted and board.height * board.width <= MOST_CELLS:
            self._count(board)
        else:
            self._ages = None
            self._layer.hide()
        is_shown = self._ages is not None
        if is_shown != self._is_shown:
            self._is_shown = is_shown
            self.shown_changed.emit(is_shown)

    def _count(self, board: Board) -> None:
        if self._ages is None:
            self._ages = Ages(board, self._session.generation)
        else:
            self._ages.follow(board, self._session.generation)
        self._layer.show(board, self._ages.counts)
