"""Keeps the colours by age in step with the session, where they are wanted; costs nothing where they are not."""

from PySide6.QtCore import QObject, Signal, Slot

from gui.board.age_layer import AgeLayer
from gui.board.ages import MOST_CELLS, Ages, can_be_counted
from gui.session import Session
from life.world import World

TOO_LARGE = f"No colours by age: what is alive is spread over more than {MOST_CELLS:,} cells"


class AgeKeeper(QObject):
    """Counts ages from the moment on that they are wanted.

    Signals:
        shown_changed(is_shown, reason): whether cells are coloured by age now; if they are to be and are not, why.
    """

    shown_changed = Signal(bool, str)

    def __init__(self, session: Session, layer: AgeLayer, parent: QObject) -> None:
        """`layer` is where the ages are painted; connect `session` to the view first, so that both show one board."""
        super().__init__(parent)
        self._session = session
        self._layer = layer
        self._is_wanted = False
        self._told = False, ""
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

    @Slot(object)
    def _follow(self, world: World) -> None:
        can_be = self._is_wanted and can_be_counted(world)
        if can_be:
            self._count(world)
        else:
            self._ages = None
            self._layer.hide()
        now = can_be, TOO_LARGE if self._is_wanted and not can_be else ""
        if now != self._told:
            self._told = now
            self.shown_changed.emit(*now)

    def _count(self, world: World) -> None:
        if self._ages is None:
            self._ages = Ages(world, self._session.generation)
        else:
            self._ages.follow(world, self._session.generation)
        self._layer.show(world, self._ages.counts, self._ages.area)
