"""Which cells were selected before and after a change that moved the selection, so that an undo moves it back."""

from collections import deque
from typing import NamedTuple

from life.editing.selection import Selection
from life.world import World

_LONGEST = 100
_LARGEST = 1 << 22  # cells of a selection that are told apart in no time


class _Step(NamedTuple):
    """The cells that were selected are kept as hashes, for both selections as they were before and after."""

    before: Selection | None
    after: Selection | None
    cells_before: int
    cells_after: int


class SelectionTrail:
    """The last moves of the selection, known again by what is in the two places of it."""

    def __init__(self) -> None:
        self._steps: deque[_Step] = deque(maxlen=_LONGEST)

    def note(self, board: World, before: Selection | None, changed: World, after: Selection | None) -> None:
        """The change from `board` to `changed` took the selection along."""
        if before != after and _is_small(before) and _is_small(after):
            places = before, after
            self._steps.append(_Step(before, after, _hash_of(board, *places), _hash_of(changed, *places)))

    def back_on(self, board: World, selection: Selection | None) -> Selection | None:
        """What to select where `board` came back while `selection` is selected."""
        for step in reversed(self._steps):
            if selection not in (step.before, step.after):
                continue
            now = _hash_of(board, step.before, step.after)
            if (now, selection) == (step.cells_before, step.after):
                return step.before
            if (now, selection) == (step.cells_after, step.before):
                return step.after
        return selection

    def clear(self) -> None:
        """Forgets all."""
        self._steps.clear()


def _is_small(place: Selection | None) -> bool:
    return place is None or place.count <= _LARGEST


def _hash_of(board: World, *places: Selection | None) -> int:
    return hash(tuple(board.crop(place.box) if place else None for place in places))
