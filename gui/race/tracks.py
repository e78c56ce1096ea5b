"""What happened on a small board in one strategy, to be asked for any instant of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from life.board import Board, Cells
from life.engine.neighbors import neighbor_codes
from life.race.course import Course
from life.trace.columns import Times, Trace
from life.trace.peak import threads_over_time
from life.trace.states import CellState, states_at

States = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """A recorded generation of one strategy; instants are nanoseconds from its start.

    Attributes:
        strategy: its key.
        trace: what was recorded.
        before, after: the board that the generation began with, and the one that it makes where nothing fails; uint8 of
            shape (height, width), 1 where alive.
    """

    strategy: str
    trace: Trace
    before: Cells
    after: Cells
    _changes: Times
    _alive: Times

    @property
    def length(self) -> int:
        """Nanoseconds that the generation took."""
        return self.trace.finished - self.trace.started

    def states(self, instant: int) -> States:
        """The `CellState` of every cell."""
        return states_at(self.trace, self.trace.started + min(instant, self.length))

    def cells(self, states: States) -> Cells:
        """The cells as far as they are known: the next state where a cell is done, otherwise the one before it.

        One that was interrupted counts as done, but never got its answer.
        """
        has_answer = (self.trace.times(self.trace.answered) > 0).reshape(states.shape)
        return np.where((states == CellState.DONE) & has_answer, self.after, self.before)

    def threads(self, instant: int) -> int:
        """How many threads are inside a cell's step."""
        if instant >= self.length:
            return 0
        at = int(np.searchsorted(self._changes, self.trace.started + instant, "right")) - 1
        return int(self._alive[at]) if at >= 0 else 0

    @property
    def most_threads(self) -> int:
        """The most threads that were inside a step at once."""
        return int(self._alive.max(initial=0))


def track_of(course: Course, strategy: str, cells: int, trace: Trace) -> Track:
    """The track of one run of a race."""
    placed = course.job(strategy, cells).placed()
    board = placed.board
    assert isinstance(board, Board)  # a race gives every pattern a size
    before = board.cells()
    codes = neighbor_codes(before, placed.topology, range(board.height))
    after = np.frombuffer(placed.rule.table, np.uint8)[codes]
    return Track(strategy, trace, before, after, *threads_over_time(trace))
