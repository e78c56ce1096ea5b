"""Which cells were selected before and after a change that moved the selection, so that an undo moves it back."""

from collections import deque
from typing import NamedTuple

from life.board import Board
from life.editing.selection import Selection

_LONGEST = 100
_LARGEST = 1 << 26  # cells of a board that are told apart in no time


class _Step(NamedTuple):
    """Boards by their hashes, because the boards themselves may be large."""

    board_before: int
    before: Selection | None
    board_after: int
    after: Selection | None


class SelectionTrail:
    """The last moves of the selection."""

    def __init__(self) -> None:
        self._steps: deque[_Step] = deque(maxlen=_LONGEST)

    def note(self, board: Board, before: Selection | None, changed: Board, after: Selection | None) -> None:
        """The change from `board` to `changed` took the selection along."""
        if before != after and board.height * board.width <= _LARGEST:
            self._steps.append(_Step(hash(board), before, hash(changed), after))

    def back_on(self, board: Board, selection: Selection | None) -> Selection | None:
        """What to select where `board` came back while `selection` is selected."""
        if board.height * board.width > _LARGEST or not self._steps:
            return selection
        now = hash(board)
        for step in reversed(self._steps):
            if (now, selection) == (step.board_before, step.after):
                return step.before
            if (now, selection) == (step.board_after, step.before):
                return step.after
        return selection

    def clear(self) -> None:
        """Forgets all."""
        self._steps.clear()
