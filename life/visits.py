"""How many generations a visit makes, where a strategy can make many; and how many that were in a second.

A visit is what lies between two pictures. Where generations are made as fast as they can be, pictures are left out and
never generations: as many are made as fit into the time that a picture may take.
"""

from collections import deque

from life.board import Board
from life.plane.tile_plane import TilePlane
from life.world import World

SECONDS_A_VISIT = 0.012
SECONDS_A_VISIT_OF_STEPS = 0.05  # a number of steps has been asked for, and nobody waits for the pictures
SECONDS_A_BYTE = 1.5e-9  # more for what is copied out of the engine after each visit, boards and tiles
MOST_AT_ONCE = 1 << 20  # more a visit only where somebody says so: HashLife would double them for ever
_TIMES_THE_REST = 20  # as long as what the observers take between two visits
_LONGEST = 0.2  # seconds, for whoever watches
_PACE_OVER = 1.0  # seconds
_PACE_FROM = 0.2


def seconds_of_visit(world: World, *, is_stepping: bool) -> float:
    """How long a visit is to take where that can be chosen."""
    copied = world.nbytes if isinstance(world, Board | TilePlane) else 0
    return (SECONDS_A_VISIT_OF_STEPS if is_stepping else SECONDS_A_VISIT) + SECONDS_A_BYTE * copied


class Visits:
    """Finds how many generations fit into a visit, in powers of two, by how long the last ones took."""

    def __init__(self) -> None:
        self._fits = 1
        self._was_slow = False

    def begin(self) -> None:
        """Another board: nothing is known of it."""
        self._fits, self._was_slow = 1, False

    @property
    def fits(self) -> int:
        """How many generations the next visit may make."""
        return self._fits

    def note(
        self, generations: int, seconds: float, rest: float, target: float, *, is_proportional: bool = True
    ) -> None:
        """Takes note of a visit.

        Args:
            generations: how many it made.
            seconds: how long it took.
            rest: how long it took to tell everybody of it.
            target: how long it was to take.
            is_proportional: whether half the generations take half the time. For HashLife they take as long, or longer:
                what it knows is about steps of one size, so that one slow visit is waited out and two cost one halving.
        """
        if generations != self._fits:
            return  # the rest of some steps, or a number that somebody has set
        target = max(target, min(_TIMES_THE_REST * rest, _LONGEST))
        was_slow, self._was_slow = self._was_slow, seconds > 1.4 * target
        if seconds <= 0.7 * target:
            self._fits = min(2 * self._fits, MOST_AT_ONCE)
        elif not is_proportional and self._was_slow:
            self._fits, self._was_slow = (max(self._fits // 2, 1), False) if was_slow else (self._fits, True)
        while is_proportional and seconds > 1.4 * target and self._fits > 1:
            self._fits //= 2
            seconds /= 2


class Pace:
    """Generations a second, over about the last second."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def begin(self) -> None:
        """Forgets what was before a pause."""
        self._seen.clear()

    def note(self, begun: float, now: float, before: int, after: int) -> float | None:
        """A visit took from `begun` to `now` and from generation `before` to `after`; returns the pace, once known."""
        if not self._seen or self._seen[-1][1] != before:
            self._seen = deque([(begun, before)])
        self._seen.append((now, after))
        while len(self._seen) > 2 and now - self._seen[1][0] >= _PACE_OVER:
            self._seen.popleft()
        first_time, first = self._seen[0]
        return (after - first) / (now - first_time) if now - first_time >= _PACE_FROM else None
