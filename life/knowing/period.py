"""Recognises when a run repeats itself: when it is empty, still, cyclic, or the same in another place."""

from collections import deque
from math import gcd, lcm

from life.engine.world_engine import WorldEngine
from life.knowing.fingerprint import Fingerprint, bytes_to_read, fingerprint
from life.knowing.strides import Strides
from life.knowing.verdict import Kind, Verdict
from life.moment import Moment
from life.plane.plane import Plane
from life.world import World

MOST_GENERATIONS = 50_000  # remembered: the longest period that can be found; about 15 MB
LARGEST_BOARD = 8 << 20  # bytes; a digest of that takes some 20 ms, and of more too long to wait for in each generation
LARGEST_BOX = 1 << 20  # the same for the box around what lives on a plane, which is cut out first


class Recogniser:
    """Is shown every generation of a run and says what the run has come to, from the first generation where it can.

    A rule makes of equal boards equal ones, so a board that was there before proves a cycle, and the first one that
    was tells where it begins. On a torus the same holds for a board that was there before in another place. Where dead
    edges are, a board that comes back elsewhere has proved nothing but that it moves so far, and the verdict is taken
    back when it does not go on.

    Where many generations are made at once, only the last ones are shown, and `Strides` looks at those.
    """

    def __init__(self, most_generations: int = MOST_GENERATIONS, engine: WorldEngine | None = None) -> None:
        """`most_generations` is how far back it remembers; `engine` goes on where generations were left out."""
        self._most = most_generations
        self._began = 0  # generation with which the run began
        self._verdict: Verdict | None = None
        self._last: Moment | None = None
        self._strides = Strides(engine)
        self._forget()

    def _forget(self) -> None:
        self._first = 0  # generation of the first of the prints
        self._prints: deque[Fingerprint] = deque()
        self._places: dict[tuple[bytes, int, int], int] = {}
        self._shapes: dict[bytes, int] = {}
        self._met_y = self._met_x = -1  # the last generation at which it met a dead edge

    @property
    def verdict(self) -> Verdict | None:
        """What the run has come to, as far as that is known."""
        return self._verdict

    def begin(self, moment: Moment) -> Verdict | None:
        """The run goes on from `moment`.

        Where that is not the last one that was seen, another run begins, unless it is an older one of the same run
        that somebody went back to.
        """
        if not self._is_last(moment):
            self._go_back_to(moment)
        return self._verdict

    def see(self, moment: Moment) -> Verdict | None:
        """Takes note of the generation that was made from the last one, or of one after it; says what is known."""
        last, self._last = self._last, moment
        if self._verdict is not None and self._verdict.is_lasting:
            return self._verdict
        if last is not None and moment.generation > last.generation + 1:
            self._forget()
            self._verdict = self._strides.see(moment, self._began)
        else:
            if not self._prints:
                self._first = moment.generation
            self._take(moment)
        return self._verdict

    def _is_last(self, moment: Moment) -> bool:
        last = self._last
        return last is not None and moment.board is last.board and self._is_of_this_run(moment, last)

    def _is_of_this_run(self, moment: Moment, last: Moment) -> bool:
        same_size = moment.board.frame == last.board.frame
        return (moment.rule, moment.topology) == (last.rule, last.topology) and same_size

    def _go_back_to(self, moment: Moment) -> None:
        """Forgets what came after `moment`, or everything where it was not part of the run."""
        last, self._last = self._last, moment
        if last is not None and self._is_of_this_run(moment, last) and self._was_seen(moment):
            if self._verdict is None or not self._verdict.is_lasting or moment.generation < self._verdict.since:
                self._forget_after(moment.generation)
            return
        self._forget()
        self._strides.begin(moment)
        self._verdict = None
        self._began = self._first = moment.generation
        self._take(moment)

    def _was_seen(self, moment: Moment) -> bool:
        if not _is_readable(moment.board):
            return False
        known = self._print_of(moment.generation, moment.board)
        return known is not None and known == fingerprint(moment.board, moment.topology)

    def _print_of(self, generation: int, board: World) -> Fingerprint | None:
        """The fingerprint that this generation of the run had, or must have had."""
        place = generation - self._first
        if 0 <= place < len(self._prints):
            return self._prints[place]
        verdict = self._verdict
        if place < 0 or verdict is None or not verdict.is_lasting:
            return None
        cycles, phase = divmod(generation - verdict.since, verdict.period)
        place = verdict.since + phase - self._first
        if place >= len(self._prints):  # the board is too large to be remembered
            return None
        old = self._prints[place]
        down, right = verdict.moves
        top, left = old.top + cycles * down, old.left + cycles * right
        if not isinstance(board, Plane):
            top, left = top % board.height, left % board.width
        return Fingerprint(old.shape, top, left, old.meets_y, old.meets_x)

    def _forget_after(self, generation: int) -> None:
        kept = generation - self._first + 1
        if kept >= len(self._prints):
            return
        prints = list(self._prints)[:kept]
        first = self._first
        self._forget()
        self._verdict = None
        self._first = first
        for place, found in enumerate(prints):
            self._note(found, first + place)

    # One generation.

    def _take(self, moment: Moment) -> None:
        generation, board = moment.generation, moment.board
        is_empty = board.is_empty and 0 not in moment.rule.births
        if is_empty:
            self._verdict = Verdict(Kind.EMPTY, generation, began_so=generation == self._began)
        if not _is_readable(board):
            self._forget()  # what is remembered has to be without gaps
            return
        found = fingerprint(board, moment.topology)
        if is_empty:
            self._note(found, generation)
            return
        since = self._places.get((found.shape, found.top, found.left))
        before = self._shapes.get(found.shape)
        self._note(found, generation)
        if since is not None:
            self._verdict = self._cycle(since, generation - since)
        elif before is not None:
            self._verdict = self._moving(before, generation, moment)
        else:
            self._verdict = None

    def _note(self, found: Fingerprint, generation: int) -> None:
        if len(self._prints) == self._most:
            self._forget_oldest()
        self._prints.append(found)
        self._met_y = generation if found.meets_y else self._met_y
        self._met_x = generation if found.meets_x else self._met_x
        self._places.setdefault((found.shape, found.top, found.left), generation)
        self._shapes[found.shape] = generation

    def _forget_oldest(self) -> None:
        oldest = self._prints.popleft()
        place = oldest.shape, oldest.top, oldest.left
        if self._places[place] == self._first:
            del self._places[place]
        if self._shapes[oldest.shape] == self._first:
            del self._shapes[oldest.shape]
        self._first += 1

    def _cycle(self, since: int, period: int) -> Verdict:
        kind = Kind.STILL if period == 1 else Kind.CYCLE
        return Verdict(kind, since, period, began_so=since == self._began)

    def _moving(self, before: int, generation: int, moment: Moment) -> Verdict | None:
        """The verdict where the generation `before` has the same shape in another place."""
        period, frame, topology = generation - before, moment.board.frame, moment.topology
        moves = self._way(before, generation, moment)
        down, right = moves
        free_y, free_x = topology.wraps_y or not down, topology.wraps_x or not right  # else an edge may end it
        if (not free_y and self._met_y >= before) or (not free_x and self._met_x >= before):
            return None
        since, known = before, self._verdict
        if known and (known.period, known.moves) == (period, moves):
            since = known.since
        while since > self._first and self._is_moved(since - 1, period, moves, moment):
            since -= 1
        returns = None
        if free_y and free_x:
            returns = period * lcm(frame.height // gcd(frame.height, down), frame.width // gcd(frame.width, right))
        return Verdict(Kind.MOVING, since, period, moves, returns, began_so=since == self._began)

    def _is_moved(self, generation: int, period: int, moves: tuple[int, int], moment: Moment) -> bool:
        older, newer = (self._prints[place - self._first] for place in (generation, generation + period))
        is_free = not (older.meets_y and moves[0]) and not (older.meets_x and moves[1])
        return is_free and older.shape == newer.shape and self._way(generation, generation + period, moment) == moves

    def _way(self, before: int, after: int, moment: Moment) -> tuple[int, int]:
        old, new = self._prints[before - self._first], self._prints[after - self._first]
        height, width = moment.board.frame.height, moment.board.frame.width
        down, right = new.top - old.top, new.left - old.left
        return (
            _shortest(down, height) if moment.topology.wraps_y else down,
            _shortest(right, width) if moment.topology.wraps_x else right,
        )


def _is_readable(world: World) -> bool:
    return bytes_to_read(world) <= (LARGEST_BOX if isinstance(world, Plane) else LARGEST_BOARD)


def _shortest(way: int, around: int) -> int:
    """The same way on a circle, not further than half of it."""
    way %= around
    return way - around if way * 2 > around else way
