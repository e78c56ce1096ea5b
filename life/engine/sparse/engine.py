"""Planes in, planes out, by tiles: in compiled code once there is some, in NumPy until then."""

from functools import cache
from hashlib import blake2s
from inspect import getsource
from time import perf_counter
from types import FunctionType
from typing import Any, cast

from life.engine import loops as cells
from life.engine.compiler import Compiler, LoopBy, machine_code, specialised
from life.engine.sparse import lanes, layout, loops
from life.engine.sparse.in_numpy import next_plane
from life.engine.sparse.loops import PARTS, Advance, advance_by, copy_by
from life.engine.sparse.universe import Universe
from life.errors import LifeError
from life.plane.patched import PatchedPlane
from life.plane.plane import Plane, TiledPlane
from life.rule import CONWAY, Rule
from life.stop import StopSignal

_MOST = 200_000  # times that eight rows are computed in a turn: two or three milliseconds
_MOST_GENERATIONS = 1 << 62  # as many as compiled code can count
_PATIENCE = 0.1  # seconds in NumPy after which one looks again whether the compiler is done


class SparseEngine:
    """Takes patterns on the endless plane further; the time follows what changes, and memory what is alive.

    It keeps its universe, so that one thread at a time may use it, and so that to go on from what it gave last, or from
    that with a few cells edited, costs no conversion.
    """

    def __init__(self, compiler: Compiler | None = None) -> None:
        """Uses loops that `compiler` makes with `compiled_advance`, its own by default."""
        self._compiler = compiler or Compiler(compiled_advance)
        self._universe: Universe | None = None
        self._last: Plane | None = None
        self._rule: Rule | None = None

    @property
    def trouble(self) -> str:
        """Why there is no compiled code and will be none, in one sentence; else ""."""
        return self._compiler.trouble

    @property
    def nbytes(self) -> int:
        """How much memory its universe takes."""
        return self._universe.nbytes if self._universe else 0

    def is_compiled(self, rule: Rule) -> bool:
        """Whether compiled code would do the work now; has the compiler begin where it has not seen the rule."""
        return self._loop(rule) is not None

    def wait(self, rule: Rule) -> bool:
        """Waits until there is compiled code for a rule; False where there will be none, and `trouble` says why."""
        while not (found := self.is_compiled(rule)) and not self.trouble:
            self._compiler.join()
        return found

    def step(self, plane: Plane, rule: Rule, generations: int = 1, stop: StopSignal | None = None) -> Plane:
        """The plane that is `generations` further, which may be 0.

        Raises:
            LifeError: the rule has B0; or the pattern leaves the plane or does not fit into memory.
            Stopped: `stop` was set, which is looked at every few milliseconds; what was computed is dropped.
        """
        if 0 in rule.births:
            raise LifeError(f"with {rule} on the endless plane every dead cell would come alive; give the board edges")
        while generations and self._loop(rule) is None:
            plane, generations = _in_numpy(plane.tiles(), rule, generations, stop)
        return self._advance(plane, rule, generations, stop) if generations else plane

    def _loop(self, rule: Rule) -> Advance | None:
        return cast("Advance | None", self._compiler.find(advance_by, rule))

    def _advance(self, plane: Plane, rule: Rule, generations: int, stop: StopSignal | None) -> Plane:
        universe, loop = self._universe_of(plane, rule), self._loop(rule)
        self._last = self._universe = None  # of no use, if something is raised from here on
        while generations:
            if stop is not None:
                stop.check()
            if universe.is_at_rest:
                generations = generations % 2 or 2
            generations -= universe.advance(cast("Advance", loop), min(generations, _MOST_GENERATIONS), _MOST)
        after = universe.plane(self._compiler.find(copy_by, CONWAY))
        self._universe, self._last, self._rule = universe, after, rule
        return after

    def _universe_of(self, plane: Plane, rule: Rule) -> Universe:
        """The one that there is, where that is the same plane or one that lies beneath a few tiles; else a new one."""
        if self._universe and rule == self._rule:
            if plane is self._last:
                return self._universe
            if isinstance(plane, PatchedPlane) and plane.base is self._last:
                self._universe.lay_over(plane.keys, plane.words)
                return self._universe
        self._universe = None  # before there is another one, because of the memory
        return Universe(plane.tiles())


def _in_numpy(plane: TiledPlane, rule: Rule, generations: int, stop: StopSignal | None) -> tuple[TiledPlane, int]:
    """Some generations, and how many are left after a while."""
    began = perf_counter()
    while generations and perf_counter() - began < _PATIENCE:
        if stop is not None:
            stop.check()
        plane = next_plane(plane, rule)
        generations -= 1
    return plane, generations


@cache  # for the same reason as that of `compiled_loop`
def compiled_advance(loop_by: LoopBy, rule: Rule) -> Any:
    """Compiles one of the two loops for `rule`, or loads what an earlier run has compiled; once a process.

    Raises:
        ImportError: numba is not installed.
    """
    lanes.teach()
    loop = _of_this_edition(specialised(loop_by, rule))
    signature_in = _signature if loop_by is advance_by else _signature_of_copying
    return machine_code(loop, PARTS, signature_in, _nrt=False)  # they make no arrays


def _of_this_edition(loop: Any) -> Any:
    """A loop under a name that says which edition of the sources it is made of.

    numba's cache looks at the file of the function alone to see whether it is still valid.
    """
    name = f"{loop.__name__}_{_edition()}"
    renamed = FunctionType(loop.__code__, loop.__globals__, name, None, loop.__closure__)
    renamed.__qualname__ = name
    return renamed


@cache
def _edition() -> str:
    try:
        sources = "".join(getsource(module) for module in (cells, lanes, layout, loops))
    except OSError:  # a bundle without sources, in which numba looks at the bundle's own date
        sources = ""
    return blake2s(sources.encode(), digest_size=6).hexdigest()


def _signature_of_copying(types: Any) -> Any:
    words, places = types.Array(types.uint64, 1, "C"), types.Array(types.int64, 1, "C")
    return types.void(words, places, types.int64, words, places)


def _signature(types: Any) -> Any:
    """The types of the loop's arguments and of what it gives."""
    words, slots, flags, places = (
        types.Array(kind, 1, "C") for kind in (types.uint64, types.int32, types.uint8, types.int64)
    )
    arrays = (words, slots, places, flags, words, slots, flags, slots, slots, slots, places)
    return types.Tuple((types.int64, types.boolean))(*arrays, types.int64, types.int64)
