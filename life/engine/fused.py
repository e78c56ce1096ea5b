"""Whole boards in compiled loops: three rows of words in, one out, and the GIL free for everybody else.

A board that is active everywhere goes through one plain loop. From time to time a second loop, which compares and
therefore knows what has changed, has a look; where little has, it takes over, and leaves out all the rest.
"""

from time import perf_counter

from life.engine.activity import Activity
from life.engine.compiler import Compiler
from life.engine.field import Field
from life.engine.loops import Advance, AdvanceChanges, Words
from life.errors import LifeError
from life.rule import Rule
from life.stop import StopSignal
from life.topology import Topology

_LONG = 0.008  # seconds in compiled code after which fewer generations are asked for at a time
_SHORT = 0.002
_SHORTEST_TURN = 2  # generations, because a pair takes less than twice as long as one
_FEWEST_TILES = 64  # on smaller boards there is nothing to gain
_MOST_GENERATIONS = 1 << 62  # as many as compiled code can count; those in which nothing moves take no time
_TILES_A_TURN = 20_000  # some milliseconds' worth
_FEWEST_BETWEEN_LOOKS, _MOST_BETWEEN_LOOKS = 32, 512  # generations; a look costs as much as four
_FEW, _MANY = 0.2, 0.3  # shares of tiles below which the second loop takes over, and above which it gives up


class NotCompiledError(LifeError):
    """There is no compiled loop and there will be none; the message says why."""


class FusedKernel:
    """Many generations a call, in turns of a few milliseconds.

    Attributes:
        skips: whether tiles that do not change are left out.
    """

    key = "fused"
    title = "Compiled loop on packed words"

    def __init__(self, compiler: Compiler, skips: bool = True) -> None:
        self.skips = skips
        self._compiler = compiler
        self._turn = _SHORTEST_TURN
        self._until_look, self._between_looks = 1, _FEWEST_BETWEEN_LOOKS

    def advance(
        self, field: Field, rule: Rule, topology: Topology, generations: int, stop: StopSignal | None = None
    ) -> None:
        """Takes the field `generations` further, and waits for the compiler before; see `life.engine.kernel.Kernel`.

        A board of more than a hundred million cells takes longer than a few milliseconds for a single generation.

        Raises:
            NotCompiledError: numba is missing or has failed.
            Stopped: `stop` was set.
        """
        loop = self._compiler.wait(rule)
        if loop is None:
            raise NotCompiledError(self._compiler.trouble)
        if field.activity and (field.activity.rule, field.activity.topology) != (rule, topology):
            field.activity = None
        while generations:
            if stop is not None:
                stop.check()
            changes_loop = self._changes_loop(field, rule)
            if field.activity and changes_loop:
                generations -= self._advance_changes(changes_loop, field, field.activity, generations)
            else:
                turn = min(generations, self._turn, *([self._until_look] if changes_loop else []))
                self._advance_all(loop, field, topology, turn)
                generations -= turn
                if changes_loop:
                    self._look_in_time(field, rule, topology, turn)

    def _changes_loop(self, field: Field, rule: Rule) -> AdvanceChanges | None:
        if not self.skips or field.tiles < _FEWEST_TILES:
            return None
        return self._compiler.changes_loop(rule)

    def _advance_all(self, loop: Advance, field: Field, topology: Topology, turn: int) -> None:
        """A turn of the whole board, after which nobody knows what has changed."""
        field.activity = None
        began = perf_counter()
        loop(*_place(field), topology.wraps_y, topology.wraps_x, turn)
        self._adapt(turn, perf_counter() - began)
        if turn % 2:
            field.swap()

    def _look_in_time(self, field: Field, rule: Rule, topology: Topology, turn: int) -> None:
        """Has the next generation compared with the one before where enough have gone by."""
        self._until_look -= turn
        if self._until_look <= 0:
            self._until_look = self._between_looks
            field.activity = Activity(field.tiles, rule, topology)

    def _advance_changes(self, loop: AdvanceChanges, field: Field, activity: Activity, generations: int) -> int:
        """Some generations of what changes; how many. Ends the activity where too much does."""
        topology = activity.topology
        generations = min(generations, _MOST_GENERATIONS)
        most = 0 if activity.is_new else _TILES_A_TURN
        flags = activity.wanted, activity.coming
        turn, _ = loop(*_place(field), topology.wraps_y, topology.wraps_x, generations, *flags, most)
        if turn % 2:
            field.swap()
            activity.swap()
        if activity.share > (_FEW if activity.is_new else _MANY):
            field.activity = None
            self._between_looks = min(2 * self._between_looks, _MOST_BETWEEN_LOOKS)
        elif activity.is_new:
            self._between_looks = _FEWEST_BETWEEN_LOOKS
        activity.is_new = False
        return turn

    def _adapt(self, turn: int, seconds: float) -> None:
        """Longer turns where one was short, shorter ones where it was long."""
        if seconds > _LONG:
            self._turn = max(turn // 2, _SHORTEST_TURN)
        elif seconds < _SHORT and turn == self._turn:
            self._turn *= 2


def _place(field: Field) -> tuple[Words, int, int, int, int, int]:
    """Where a loop finds the board."""
    return field.room, field.now_at, field.then_at, field.height, field.stride, field.last_bits
