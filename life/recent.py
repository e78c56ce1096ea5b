"""The moments that the simulation came through last, whether anybody was shown them or not: what a step back finds."""

from collections import deque
from dataclasses import dataclass
from threading import Lock

from life.moment import Moment

MOST_MOMENTS = 1_000
MOST_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class _Pair:
    before: Moment
    after: Moment
    nbytes: int  # of the later board, when it was added; the earlier one is the later one of the pair before
    is_linked: bool = False


class Recent:
    """Which moment each of the last ones was made from; any thread may use it.

    A moment is found by what it is, not by its place, so that it may be left and come back to in any order.

    Args:
        most_moments: how many it keeps.
        most_bytes: how much memory their boards may take; the newest one is kept whatever it takes.
    """

    def __init__(self, most_moments: int = MOST_MOMENTS, most_bytes: int = MOST_BYTES) -> None:
        self._most_moments = most_moments
        self._most_bytes = most_bytes
        self._lock = Lock()
        self._pairs: deque[_Pair] = deque()
        self._nbytes = 0

    def add(self, before: Moment, after: Moment) -> None:
        """One generation was made, or several in one visit: `after` from `before`."""
        with self._lock:
            self._add(_Pair(before, after, after.board.nbytes))

    def link(self, old: Moment, new: Moment) -> None:
        """`new` stands in the place of `old`, of the same generation: an edit; what came before them is the same."""
        with self._lock:
            pair = self._find(old)
            if pair is None or self._find(new) is not None:
                return
            if pair.is_linked and pair is self._pairs[-1]:  # the edit goes on; one is enough for all its parts
                self._nbytes -= self._pairs.pop().nbytes
            self._add(_Pair(pair.before, new, new.board.nbytes, is_linked=True))

    def before(self, moment: Moment) -> Moment | None:
        """What `moment` was made from; None where that is not known, or no longer."""
        with self._lock:
            pair = self._find(moment)
            return pair.before if pair else None

    def clear(self) -> None:
        """Forgets all of them."""
        with self._lock:
            self._pairs.clear()
            self._nbytes = 0

    @property
    def nbytes(self) -> int:
        """How much memory the boards take."""
        return self._nbytes

    def _add(self, pair: _Pair) -> None:
        self._pairs.append(pair)
        self._nbytes += pair.nbytes
        while len(self._pairs) > 1 and (len(self._pairs) > self._most_moments or self._nbytes > self._most_bytes):
            self._nbytes -= self._pairs.popleft().nbytes

    def _find(self, moment: Moment) -> _Pair | None:
        generation = moment.generation
        same = (pair for pair in reversed(self._pairs) if pair.after.generation == generation)
        return next((pair for pair in same if pair.after == moment), None)
