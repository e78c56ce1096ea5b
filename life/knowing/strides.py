"""Recognises the end of a run of which only every so many generations are seen.

A board that was seen before proves a cycle here too, but what lies between the two sightings need not be one period:
it is a multiple of it. So the run is followed from there, one generation after another, until the board comes back; a
few milliseconds after each visit, so that a long period holds nobody up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import gcd, lcm
from time import perf_counter

from life.engine.world_engine import WorldEngine
from life.errors import LifeError
from life.knowing.fingerprint import Fingerprint, bytes_to_read, fingerprint
from life.knowing.verdict import Kind, Verdict
from life.moment import Moment
from life.world import World

LARGEST = 1 << 17  # bytes that a fingerprint may be made from: 1024 × 1024 cells take 0.3 ms
MOST_SIGHTINGS = 4096
SECONDS_A_VISIT = 0.004


@dataclass(slots=True)
class _Search:
    """Looks for the first generation after `since` that has the same shape."""

    since: int
    moment: Moment
    sought: Fingerprint
    world: World
    most: int
    steps: int = 0
    found: Fingerprint | None = None


class Strides:
    """Is shown the last generation of every visit, in order.

    Args:
        engine: takes the search further; one of its own, lest what the run's engine keeps be thrown away.
        clock: says for how long the search was at work.
    """

    def __init__(self, engine: WorldEngine | None = None, clock: Callable[[], float] = perf_counter) -> None:
        self._engine = engine or WorldEngine("tiles")
        self._clock = clock
        self._seen: dict[bytes, tuple[int, Fingerprint]] = {}
        self._search: _Search | None = None

    def begin(self, moment: Moment) -> None:
        """Another run begins."""
        self._seen.clear()
        self._search = None
        if bytes_to_read(moment.board) <= LARGEST:
            found = fingerprint(moment.board, moment.topology)
            self._seen[found.shape] = moment.generation, found

    def see(self, moment: Moment, began: int) -> Verdict | None:
        """What the run that began with generation `began` has come to, as far as that is known."""
        if moment.board.is_empty and 0 not in moment.rule.births:
            return Verdict(Kind.EMPTY, moment.generation, is_late=True)
        if bytes_to_read(moment.board) > LARGEST:
            self._seen.clear()
            self._search = None
            return None
        if self._search is None:
            self._search = self._begun_search(moment)
        if self._search and self._is_found(self._search):
            return self._verdict(self._search, began)
        return None

    def _begun_search(self, moment: Moment) -> _Search | None:
        found = fingerprint(moment.board, moment.topology)
        before = self._seen.get(found.shape)
        if before is None:
            if len(self._seen) == MOST_SIGHTINGS:
                del self._seen[next(iter(self._seen))]
            self._seen[found.shape] = moment.generation, found
            return None
        generation, old = before
        topology = moment.topology
        is_anywhere = topology.is_endless or (topology.wraps_y and topology.wraps_x)  # where one place is like another
        since = generation if old == found or is_anywhere else moment.generation
        return _Search(since, moment, found, moment.board, moment.generation - generation)

    def _is_found(self, search: _Search) -> bool:
        """Goes on with a search for a while."""
        moment, begun = search.moment, self._clock()
        while search.found is None and search.steps < search.most:
            try:
                search.world = self._engine.step(search.world, moment.rule, moment.topology)
            except LifeError:  # it cannot be taken farther
                search.most = search.steps
                break
            search.steps += 1
            if bytes_to_read(search.world) <= LARGEST:
                met = fingerprint(search.world, moment.topology)
                search.found = met if met.shape == search.sought.shape else None
            if self._clock() - begun > SECONDS_A_VISIT:
                break
        if search.found is None and search.steps == search.most:  # the shape met an edge, and is not what it was
            self._search = None
        return search.found is not None

    def _verdict(self, search: _Search, began: int) -> Verdict | None:
        self._search = None
        found, old, moment, period = search.found, search.sought, search.moment, search.steps
        if found is None:
            return None
        frame, topology = moment.board.frame, moment.topology
        down, right = found.top - old.top, found.left - old.left
        down = _shortest(down, frame.height) if topology.wraps_y else down
        right = _shortest(right, frame.width) if topology.wraps_x else right
        is_late = search.since != began
        if not down and not right:
            kind = Kind.STILL if period == 1 else Kind.CYCLE
            return Verdict(kind, search.since, period, began_so=not is_late, is_late=is_late)
        returns = None
        if (topology.wraps_y or not down) and (topology.wraps_x or not right):
            returns = period * lcm(frame.height // gcd(frame.height, down), frame.width // gcd(frame.width, right))
        elif not topology.is_endless:
            return None  # it moves until it meets an edge, of which nothing is known here
        return Verdict(Kind.MOVING, search.since, period, (down, right), returns, began_so=not is_late, is_late=is_late)


def _shortest(way: int, around: int) -> int:
    """The same way on a circle, not further than half of it."""
    way %= around
    return way - around if way * 2 > around else way
