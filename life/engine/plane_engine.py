"""The endless plane by tiles or by HashLife, whichever is faster; which one that is only running them tells.

Tiles take the same time for every generation of the same cells. HashLife takes long for what it has not seen before,
and nearly none for what it has. So one of the two does the work, and is measured. From time to time, and where the
work takes longer than it should, the other one gets as much time as the first has had: who is done first has won.
"""

from math import inf
from time import perf_counter
from typing import Protocol

from life.engine.sparse.engine import SparseEngine
from life.errors import LifeError, Stopped
from life.experiment import HASHLIFE, TILES
from life.hashlife.engine import HashLifeEngine
from life.hashlife.tree import TreePlane
from life.plane.patched import PatchedPlane
from life.plane.plane import Plane
from life.rule import Rule
from life.stop import StopSignal

_FIRST_SLOT = 0.02  # seconds that one engine has before the other one has its turn
_EXPECTED = 4  # times as long as expected that it has before
_WORTH_A_TRIAL = 0.002  # seconds of tiles' time below which a visit is short enough
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 30.0  # seconds of work between two trials
_PAUSE_TO_TRIAL = 10  # how many times longer a pause is than the trial before it
_BETTER = 0.8  # of the other's time, below which one takes over
_REGULAR = 1000  # see `HashLifeEngine.regularity`
_FEW_GENERATIONS = 8  # that tiles try first
_LEAST_COST = 1e-9  # seconds a generation
_MOST_LIVE, _MOST_TILES = 1 << 24, 1 << 18  # of a tree for which tiles are given a trial: cutting it takes time, too


class Deadline(StopSignal):
    """A stop signal that is also set after some time; `is_over` then."""

    def __init__(self, seconds: float, stop: StopSignal | None) -> None:
        super().__init__()
        self._until = perf_counter() + seconds
        self._stop = stop
        self.is_over = False

    def check(self) -> None:
        """Raises `Stopped` when time is up, or when the other signal is set."""
        if self._stop is not None:
            self._stop.check()
        if perf_counter() > self._until:
            self.is_over = True
            raise Stopped


class _Attempt(Protocol):
    """One engine's way through a visit, as far as it has got.

    Attributes:
        key: that of the engine.
        after: the plane at the end; None until then.
        trouble: why it cannot get there; None where it can.
        seconds: how long it has been at it.
    """

    key: str
    after: Plane | None
    trouble: LifeError | None
    seconds: float

    def go_on(self, seconds: float, stop: StopSignal | None) -> None:
        """Goes on for about so long."""


class _ByTiles:
    """By tiles, in pieces of a few generations, so that it can be left and taken up."""

    key = TILES

    def __init__(
        self, engine: SparseEngine, plane: Plane, rule: Rule, generations: int, cost: float | None, reached: int
    ) -> None:
        """The last visit came as far as `reached` generations at this cost."""
        self.after: Plane | None = None
        self.trouble: LifeError | None = None
        self.seconds = 0.0
        self.done = 0
        self.cost = cost  # seconds a generation
        self._engine = engine
        self._plane = plane
        self._rule = rule
        self._left = generations
        self._longest = max(2 * reached, _FEW_GENERATIONS)  # piece: what is grows while one looks away

    def go_on(self, seconds: float, stop: StopSignal | None) -> None:
        until = perf_counter() + seconds
        try:
            self._cut()
        except LifeError as error:
            self.trouble = error
        while not self.trouble and self._left and (now := perf_counter()) < until:
            piece = self._longest if self.cost is None else min(int((until - now) / self.cost) + 1, self._longest)
            piece = min(piece, self._left)
            try:
                self._plane = self._engine.step(self._plane, self._rule, piece, stop)
            except LifeError as error:
                self.trouble = error
                break
            self.done += piece
            self._left -= piece
            self._longest = 2 * piece
            self.seconds += perf_counter() - now
            self.cost = max((perf_counter() - now) / piece, _LEAST_COST)
        if not self._left:
            self.after = self._plane

    def _cut(self) -> None:
        base = self._plane.base if isinstance(self._plane, PatchedPlane) else self._plane
        if not isinstance(base, TreePlane):
            return
        if base.population > _MOST_LIVE:
            raise LifeError("the pattern has too many cells for tiles, so that only HashLife can run it")
        self._plane = self._plane.tiles(_MOST_TILES)


class _ByHashLife:
    """By HashLife, which begins anew each time, and finds what it did before."""

    key = HASHLIFE

    def __init__(self, engine: HashLifeEngine, plane: Plane, rule: Rule, generations: int) -> None:
        self.after: Plane | None = None
        self.trouble: LifeError | None = None
        self.seconds = 0.0
        self._engine = engine
        self._visit = plane, rule, generations

    def go_on(self, seconds: float, stop: StopSignal | None) -> None:
        deadline, began = Deadline(seconds, stop), perf_counter()
        try:
            self.after = self._engine.step(*self._visit, deadline)
        except LifeError as error:
            self.trouble = error
        except Stopped:
            if not deadline.is_over:
                raise
        self.seconds += perf_counter() - began


class PlaneEngine:
    """Takes planes further; one thread at a time may use it.

    Attributes:
        using: key of the engine that did the work last, "tiles" or "hashlife".
        note: what the user should know of it, in one sentence; or "".
    """

    def __init__(self, kind: str, memory: int) -> None:
        """Uses the engine of that `kind`, or both ("automatic"); HashLife takes at most about `memory` bytes."""
        self.kind = kind
        self.using = HASHLIFE if kind == HASHLIFE else TILES
        self.note = ""
        self._tiles = SparseEngine()
        self._hashlife = HashLifeEngine(memory)
        self._last: Plane | None = None
        self._forget()

    def _forget(self) -> None:
        """What was measured belongs to another pattern."""
        self._costs: dict[str, float] = {}  # seconds a generation
        self._reached = 0  # generations by tiles in one visit
        self._pause = _FIRST_PAUSE
        self._worked = 0.0  # seconds since the last trial

    def step(self, plane: Plane, rule: Rule, generations: int, stop: StopSignal | None = None) -> Plane:
        """The plane that is `generations` further, which may be 0.

        Raises:
            LifeError: the rule has B0; or the pattern is too large for the memory, or goes farther than it can.
            Stopped: `stop` was set; what was computed is dropped.
        """
        if generations == 0:
            return plane
        if self.kind == TILES:
            after = self._tiles.step(plane, rule, generations, stop)
            self.note = self._tiles.trouble
        elif self.kind == HASHLIFE:
            after = self._hashlife.step(plane, rule, generations, stop)
            self.note = self._advice()
        else:
            self._meet(plane)
            after = self._race(plane, rule, generations, stop)
        self._last = after
        return after

    def _advice(self) -> str:
        """For whoever has chosen HashLife."""
        if not self._hashlife.is_compiled:
            return self._hashlife.trouble or "HashLife is slow until it is compiled, which is going on."
        if self._hashlife.regularity < _REGULAR:
            return "For HashLife this is not regular enough, at this step; tiles would be faster."
        return ""

    def _meet(self, plane: Plane) -> None:
        """Begins anew with a plane that is not the one that was given last, nor that one edited."""
        base = plane.base if isinstance(plane, PatchedPlane) else plane
        if base is not self._last and plane is not self._last:
            self._forget()
            self.using = TILES
            if not isinstance(base, TreePlane):
                self._hashlife.forget()

    def _race(self, plane: Plane, rule: Rule, generations: int, stop: StopSignal | None) -> Plane:
        by_tiles = _ByTiles(self._tiles, plane, rule, generations, self._costs.get(TILES), self._reached)
        by_hashlife = _ByHashLife(self._hashlife, plane, rule, generations)
        first, second = (by_tiles, by_hashlife) if self.using == TILES else (by_hashlife, by_tiles)
        expected = self._costs.get(self.using, 0.0) * generations
        winner = self._trial(by_hashlife, expected, stop)
        slot = max(_FIRST_SLOT, _EXPECTED * expected)
        while winner is None:
            for attempt in (first, second):
                if self._may_take_part(attempt):
                    attempt.go_on(slot, stop)
                if attempt.after is not None:
                    winner = attempt
                    break
            if first.trouble and second.trouble:
                raise second.trouble
            slot *= 2
        self._learn(winner, by_tiles, generations, stop)
        assert winner.after is not None
        return winner.after

    def _may_take_part(self, attempt: _Attempt) -> bool:
        return attempt.trouble is None and (attempt.key == TILES or self._is_hashlife_ready())

    def _is_hashlife_ready(self) -> bool:
        """Not while it is being compiled; where it cannot be, tiles are not compiled either, and the race is fair."""
        return self._hashlife.is_compiled or bool(self._hashlife.trouble)

    def _trial(self, by_hashlife: _ByHashLife, expected: float, stop: StopSignal | None) -> _Attempt | None:
        """Has HashLife try where tiles have worked for a while, for as long as tiles would take for the visit."""
        if self.using != TILES or expected < _WORTH_A_TRIAL or self._worked < self._pause:
            return None
        if not self._is_hashlife_ready():
            return None
        by_hashlife.go_on(_BETTER * expected, stop)
        self._worked = 0.0
        self._pause = min(max(2 * self._pause, _PAUSE_TO_TRIAL * by_hashlife.seconds), _LONGEST_PAUSE)
        return by_hashlife if by_hashlife.after is not None else None

    def _learn(self, winner: _Attempt, by_tiles: _ByTiles, generations: int, stop: StopSignal | None) -> None:
        """What this visit says about the next one."""
        self.note = self._tiles.trouble if winner.key == TILES else self._hashlife.trouble
        self._worked += winner.seconds
        if winner.key == HASHLIFE:
            self._costs[HASHLIFE] = winner.seconds / generations
        if winner.key == self.using == HASHLIFE and self._worked >= self._pause:
            self._probe(winner, by_tiles, stop)
        if by_tiles.trouble:
            self._costs[TILES] = inf
        elif by_tiles.done and by_tiles.cost is not None:
            self._costs[TILES], self._reached = by_tiles.cost, by_tiles.done
        if winner.key != self.using:
            self._change_to(winner.key)
        elif winner.key == HASHLIFE and self._costs.get(TILES, inf) * generations < _BETTER * winner.seconds:
            self._change_to(TILES)

    def _probe(self, winner: _Attempt, by_tiles: _ByTiles, stop: StopSignal | None) -> None:
        """Has tiles go a part of the way, to see how long they take by now, where that is worth knowing."""
        if winner.seconds < _WORTH_A_TRIAL:
            return
        began = perf_counter()
        by_tiles.go_on(winner.seconds, stop)
        self._worked = 0.0
        self._pause = min(max(2 * self._pause, _PAUSE_TO_TRIAL * (perf_counter() - began)), _LONGEST_PAUSE)

    def _change_to(self, key: str) -> None:
        self.using, self._pause, self._worked = key, _FIRST_PAUSE, 0.0
        if key == TILES:
            self._hashlife.forget()
