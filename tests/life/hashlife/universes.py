"""The plane by the plain definition, cell by cell, and what the tests of HashLife share."""

from collections import Counter
from itertools import product
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from life.hashlife.machine import Machinery, plain_machine
from life.patterns.files import read_pattern
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY, Rule

PATTERNS = Path(__file__).parents[3] / "assets" / "patterns"
AROUND = [(dy, dx) for dy, dx in product((-1, 0, 1), repeat=2) if (dy, dx) != (0, 0)]
GLIDER = [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]

RULES = st.builds(
    Rule,
    births=st.frozensets(st.integers(1, 8), max_size=4),
    survivals=st.frozensets(st.integers(0, 8), max_size=5),
)
CELLS = st.sets(st.tuples(st.integers(-40, 40), st.integers(-40, 40)), max_size=60)
SOUPS = st.builds(
    lambda seed, side, top, left: {
        (int(y) + top, int(x) + left) for y, x in np.argwhere(np.random.default_rng(seed).random((side, side)) < 0.4)
    },
    st.integers(0, 99),
    st.integers(4, 30),
    st.integers(-70, 70),
    st.integers(-70, 70),
)


class PlainMachinery(Machinery):
    """Never compiles anything."""

    def __init__(self):
        super().__init__()
        self.trouble = "there is to be no machine code in this test"


def no_compiler():
    raise ImportError("No module named 'numba'")


def next_cells(cells, rule=CONWAY):
    """One generation of a set of cells."""
    counts = Counter((y + dy, x + dx) for y, x in cells for dy, dx in AROUND)
    alone = {cell for cell in cells if cell not in counts} if 0 in rule.survivals else set()
    return alone | {
        cell for cell, count in counts.items() if count in (rule.survivals if cell in cells else rule.births)
    }


def advanced(cells, rule, generations):
    """Some generations of a set of cells."""
    for _ in range(generations):
        cells = next_cells(cells, rule)
    return cells


def plane_of(cells):
    """A plane of tiles on which these cells are alive."""
    cells = sorted(cells)
    ys, xs = (np.array([cell[i] for cell in cells], np.int64) for i in range(2))
    return TilePlane.from_cells(ys, xs)


def soup_of(side, seed):
    """A plane with random cells from (0, 0) on."""
    return TilePlane.from_cells(*np.argwhere(np.random.default_rng(seed).random((side, side)) < 0.4).T)


def cells_of(plane):
    """The live cells of a plane."""
    ys, xs = plane.live_cells()
    return set(zip(ys.tolist(), xs.tolist(), strict=True))


def pattern(name):
    """A pattern of the library, by its folder and name, on the plane."""
    read = read_pattern(PATTERNS / f"{name}.rle")
    return TilePlane.from_cells(read.ys, read.xs)


def plain():
    """A machinery of plain functions."""
    machinery = PlainMachinery()
    assert machinery.machine.is_compiled is False
    assert type(machinery.machine) is type(plain_machine())
    return machinery
