"""What the engine of tiles is tried on, and what it is held against."""

from itertools import islice

import numpy as np
from hypothesis import strategies as st

from life.engine.compiler import Compiler, specialised
from life.engine.sparse.engine import SparseEngine
from life.plane.plane import Plane
from life.plane.tile_plane import TilePlane
from life.rule import Rule
from tests.life.endless_plane import generations, keys_of

COUNTS = st.frozensets(st.integers(0, 8))
RULES = st.builds(Rule, st.frozensets(st.integers(1, 8)), COUNTS)
PLACES = st.sampled_from([(0, 0), (-64, 37), (1 << 61, -(1 << 61)), (-(1 << 62) + 4096, (1 << 62) - 4096)])
NEAR = st.integers(0, 70) | st.sampled_from([0, 63, 64, 127, 128])
CELLS = st.sets(st.tuples(NEAR, NEAR), max_size=60)
"""Cells at borders of tiles more often than chance would have it."""

PICTURES = {
    "R-pentomino": ".OO/OO./.O.",
    "acorn": ".O...../...O.../OO..OOO",
    "diehard": "......O./OO....../.O...OOO",
    "pi-heptomino": "OOO/O.O/O.O",
    "B-heptomino": "O.OO/OOO./.O..",
    "thunderbird": "OOO/.../.O./.O./.O.",
    "glider": ".O./..O/OOO",
    "LWSS": ".O..O/O..../O...O/OOOO.",
    "MWSS": "...O../.O...O/O...../O....O/OOOOO.",
    "HWSS": "...OO../.O....O/O....../O.....O/OOOOOO.",
    "block": "OO/OO",
    "blinker": "OOO",
    "gun": (
        "........................O.../......................O.O.../............OO......OO............OO/"
        "...........O...O....OO............OO/OO........O.....O...OO/OO........O...O.OO....O.O/"
        "..........O.....O.......O/...........O...O/............OO"
    ),
}


class WithoutNumba:
    """Compiles nothing, as on a machine where numba is not installed."""

    def __call__(self, loop_by, rule):
        raise ImportError("No module named 'numba'")


def engine_in_numpy() -> SparseEngine:
    """The fallback."""
    return SparseEngine(Compiler(WithoutNumba()))


def engine_in_python() -> SparseEngine:
    """The compiled loop, uncompiled."""
    return SparseEngine(Compiler(specialised))


def named(name: str, y: int = 0, x: int = 0) -> TilePlane:
    """A pattern of the table, its top left corner at (y, x)."""
    live = [(i, j) for i, row in enumerate(PICTURES[name].split("/")) for j, mark in enumerate(row) if mark == "O"]
    return plane_of(live, y, x)


def plane_of(live, y: int = 0, x: int = 0) -> TilePlane:
    """A plane of cells, moved by (y, x)."""
    cells = [(i + y, j + x) for i, j in live]
    ys, xs = (np.array([cell[axis] for cell in cells], np.int64) for axis in (0, 1))
    return TilePlane.from_cells(ys, xs)


def moved(plane: Plane, y: int, x: int) -> TilePlane:
    """The same cells somewhere else."""
    ys, xs = plane.live_cells()
    return TilePlane.from_cells(ys + y, xs + x)


def plainly_after(plane: Plane, rule: Rule, count: int) -> TilePlane:
    """What the tests' own Life makes of a plane, wherever it is."""
    ys, xs = plane.live_cells()
    if not len(ys):
        return TilePlane()
    top, left = int(ys[0]), int(xs[0])
    keys = next(islice(generations(keys_of(ys - top, xs - left), rule.births, rule.survivals), count, None))
    offsets = keys - (1 << 30) * (1 << 32) - (1 << 30)
    rows = (offsets + (1 << 31)) >> 32
    return TilePlane.from_cells(rows + top, offsets - (rows << 32) + left)  # a row is 2^32, columns are near 0


def soup(side: int, seed: int, density: float = 0.37) -> TilePlane:
    """Random cells in a square, the same for the same seed."""
    ys, xs = np.nonzero(np.random.default_rng(seed).random((side, side)) < density)
    return TilePlane.from_cells(ys, xs)
