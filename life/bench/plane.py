"""Speeds on the plane: what tiles do with patterns that grow for ever, and giant steps by HashLife."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

from life.engine.sparse.engine import SparseEngine
from life.experiment import MEMORY
from life.hashlife.engine import HashLifeEngine
from life.hashlife.machine import shared_machinery
from life.patterns.files import read_pattern
from life.patterns.placing import place
from life.plane.plane import Plane
from life.rule import CONWAY

PATTERNS = ("gosper-glider-gun", "breeder-1", "max")
GIANT_STEPS = (1 << 20, 1 << 30)

_FOLDER = Path(__file__).parents[2] / "assets" / "patterns" / "guns-and-puffers"
_BY_TILES = 1000  # generations, after as many
_REPEATS = 3
_HEIGHT, _WIDTH = 800, 1280  # pixels of a frame


@dataclass(frozen=True, slots=True)
class PlaneSpeed:
    """What one engine did with one pattern.

    Attributes:
        pattern: the name of its file.
        engine: "tiles" or "hashlife".
        generations: how many were measured at a time.
        seconds: the shortest time that they took.
        population: how many cells were alive then.
        nbytes: memory that they take.
        frame_seconds: the shortest time for the densities of a window with all of them.
    """

    pattern: str
    engine: str
    generations: int
    seconds: float
    population: int
    nbytes: int
    frame_seconds: float


def plane_speeds() -> Iterator[PlaneSpeed]:
    """Every pattern by tiles, from generation 1000 on, and by HashLife; waits until both are compiled."""
    shared_machinery().wait()
    tiles = SparseEngine()
    tiles.wait(CONWAY)
    for name in PATTERNS:
        start = place(read_pattern(_FOLDER / f"{name}.rle")).board
        assert isinstance(start, Plane)
        later = tiles.step(start, CONWAY, _BY_TILES)
        yield _speed(name, "tiles", _BY_TILES, partial(tiles.step, later, CONWAY, _BY_TILES))
        for generations in GIANT_STEPS:
            yield _speed(name, "hashlife", generations, partial(_by_hashlife, start, generations))


def _by_hashlife(start: Plane, generations: int) -> Plane:
    """By an engine that has not seen anything before."""
    return HashLifeEngine(MEMORY).step(start, CONWAY, generations)


def _speed(name: str, engine: str, generations: int, act: Callable[[], Plane]) -> PlaneSpeed:
    seconds, after = _shortest(act)
    box = after.box
    assert box is not None
    log2 = max((box.height // _HEIGHT).bit_length(), (box.width // _WIDTH).bit_length())
    top, left = box.top >> log2 << log2, box.left >> log2 << log2
    frame, _ = _shortest(lambda: (after.densities(top, left, _HEIGHT, _WIDTH, log2), after)[1])
    return PlaneSpeed(name, engine, generations, seconds, after.population, after.nbytes, frame)


def _shortest(act: Callable[[], Plane]) -> tuple[float, Plane]:
    times = []
    for _ in range(_REPEATS):
        began = perf_counter()
        after = act()
        times.append(perf_counter() - began)
    return min(times), after
