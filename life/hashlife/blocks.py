"""The next generations of 32 × 32 cells: all that is ever computed cell by cell.

`advance_block` is plain Python, on one whole number of 1,024 bits; where numba is, `advance_block_words` takes its
place, on 16 words of 64 bits, each with two rows in it, which fit two of the processor's widest registers.
"""

import numpy as np

from life.engine.loops import choose, full_add
from life.hashlife.interning import Array
from life.hashlife.layout import LEAF_SIDE

_NONE = np.uint64(0)
_SIDE = 32
_THEN = 24  # where in the work array the other of two buffers begins
_ROW = (1 << LEAF_SIDE) - 1
_COUNTS = 9


def advance_block(
    rows: Array,
    _work: Array,
    nw: int,
    ne: int,
    sw: int,
    se: int,
    births: int,
    survivals: int,
    generations: int,
    to: int,
) -> None:
    """Writes the middle of four leaves, after at most 8 generations, as a leaf.

    `rows` are those of all leaves, 16 bits each, `_work` is for the compiled form of this. The rule is given by its
    numbers of neighbours, as bits.
    """
    cells = 0
    for i in range(_SIDE):
        west, east = (nw, ne) if i < LEAF_SIDE else (sw, se)
        at = i % LEAF_SIDE
        cells |= (rows[west * LEAF_SIDE + at] | rows[east * LEAF_SIDE + at] << LEAF_SIDE) << i * _SIDE
    for _ in range(generations):
        cells = _next_cells(cells, births, survivals)
    for i in range(LEAF_SIDE):
        rows[to * LEAF_SIDE + i] = cells >> (i + LEAF_SIDE // 2) * _SIDE + LEAF_SIDE // 2 & _ROW


def _next_cells(cells: int, births: int, survivals: int) -> int:
    """One generation of rows of 32 cells; wrong at the rim, from where it creeps in by one cell a generation."""
    all_cells = (1 << _SIDE * _SIDE) - 1
    is_more = [0] * (_COUNTS + 1)  # with that many neighbours or more
    for shift in (1, _SIDE - 1, _SIDE, _SIDE + 1):
        for neighbours in (cells << shift & all_cells, cells >> shift):
            for count in range(_COUNTS - 1, 1, -1):
                is_more[count] |= is_more[count - 1] & neighbours
            is_more[1] |= neighbours
    is_more[0] = all_cells
    alive = 0
    for count in range(_COUNTS):
        exactly = is_more[count] & ~is_more[count + 1]
        alive |= exactly & ~cells if births >> count & 1 else 0
        alive |= exactly & cells if survivals >> count & 1 else 0
    return alive


def advance_block_words(
    rows: Array, work: Array, nw: int, ne: int, sw: int, se: int, births: int, survivals: int, generations: int, to: int
) -> None:
    """The same on words: word i is row i in its lower half, and row i + 16 in its upper half."""
    a, b, c, d = nw * 16, ne * 16, sw * 16, se * 16
    one, half = np.uint64(1), np.uint64(32)
    for i in range(16):
        west = np.uint64(rows[a + i]) | np.uint64(rows[c + i]) << half
        east = np.uint64(rows[b + i]) | np.uint64(rows[d + i]) << half
        work[i + 1] = west | east << np.uint64(16)
    now, then = 0, _THEN
    for _ in range(generations):
        work[now] = work[now + 16] << half
        work[now + 17] = work[now + 1] >> half
        for i in range(16):
            above, here, below = work[now + i], work[now + i + 1], work[now + i + 2]
            a0, a1 = full_add(above << one, above >> one, above)
            b0, b1 = full_add(below << one, below >> one, below)
            west, east = here << one, here >> one
            n0, carry = full_add(a0, b0, west ^ east)
            twos, fours = full_add(a1, b1, west & east)
            more = twos & carry
            work[then + i + 1] = next_by(births, survivals, here, n0, twos ^ carry, fours ^ more, fours & more)
        now, then = then, now
    at = to * 16
    for i in range(8):
        rows[at + i] = work[now + i + 9] >> np.uint64(8) & np.uint64(_ROW)
        rows[at + i + 8] = work[now + i + 1] >> np.uint64(40) & np.uint64(_ROW)


def fate_by(births: int, survivals: int, count: int, cells: np.uint64) -> np.uint64:
    """The next state of cells that all have `count` neighbours."""
    born = _NONE - np.uint64(births >> count & 1)
    stays = _NONE - np.uint64(survivals >> count & 1)
    return choose(cells, born, stays)


def next_by(
    births: int, survivals: int, cells: np.uint64, n0: np.uint64, n1: np.uint64, n2: np.uint64, n3: np.uint64
) -> np.uint64:
    """The next state of 64 cells whose counts of neighbours are the bits n3 n2 n1 n0, for any rule."""
    to_1 = choose(n0, fate_by(births, survivals, 0, cells), fate_by(births, survivals, 1, cells))
    to_3 = choose(n0, fate_by(births, survivals, 2, cells), fate_by(births, survivals, 3, cells))
    to_5 = choose(n0, fate_by(births, survivals, 4, cells), fate_by(births, survivals, 5, cells))
    to_7 = choose(n0, fate_by(births, survivals, 6, cells), fate_by(births, survivals, 7, cells))
    to_7 = choose(n2, choose(n1, to_1, to_3), choose(n1, to_5, to_7))
    return choose(n3, to_7, fate_by(births, survivals, 8, cells))
