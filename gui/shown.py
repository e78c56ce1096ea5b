"""What is on the screen: one moment, and the signals that say in which respect it is another than before."""

from PySide6.QtCore import QObject, Signal

from life.moment import Moment
from life.rule import Rule
from life.topology import Topology
from life.world import World


class Shown(QObject):
    """Holds the moment that is shown.

    Signals:
        board_changed: another board is to be shown.
        resized: it has another size, or has edges now, or none any more.
        state_changed: mode, generation, rule or topology may be another now.

    Attributes:
        moment: what is shown.
    """

    board_changed = Signal(object)
    resized = Signal()
    state_changed = Signal()

    def __init__(self, moment: Moment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.moment = moment

    @property
    def board(self) -> World:
        """The board that is shown."""
        return self.moment.board

    @property
    def generation(self) -> int:
        """Its number."""
        return self.moment.generation

    @property
    def rule(self) -> Rule:
        """By which it goes on."""
        return self.moment.rule

    @property
    def topology(self) -> Topology:
        """What lies beyond its edges, or that it has none."""
        return self.moment.topology

    def _tell_shown(self, before: Moment) -> None:
        """Says what is another now than it was in `before`."""
        board, old = self.moment.board, before.board
        if board != old:
            self.board_changed.emit(board)
        if board.frame != old.frame:
            self.resized.emit()
        self.state_changed.emit()
