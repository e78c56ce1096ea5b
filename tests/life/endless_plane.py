"""A Life of its own to hold the product against: live cells on a plane without edges, each as one number.

Every cell counts itself and its neighbours by sorting; nothing of `life` takes part.
"""

from collections.abc import Collection, Iterator

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]

ROW = 1 << 32
MIDDLE = (1 << 30) * ROW + (1 << 30)
AROUND = np.array([dy * ROW + dx for dy in (-1, 0, 1) for dx in (-1, 0, 1)])


def keys_of(ys: NDArray[np.int64], xs: NDArray[np.int64]) -> Keys:
    """The cells as sorted numbers; moving by (dy, dx) adds `moved(dy, dx)` to each."""
    return np.sort(MIDDLE + ys * ROW + xs)


def moved(dy: int, dx: int) -> int:
    return dy * ROW + dx


def generations(live: Keys, births: Collection[int] = (3,), survivals: Collection[int] = (2, 3)) -> Iterator[Keys]:
    """The cells as they are, and after each generation."""
    alive_next = np.array([[n in births for n in range(9)], [n in survivals for n in range(9)]])
    while True:
        yield live
        near = np.sort((live + AROUND[:, np.newaxis]).ravel(), kind="stable")
        first = np.flatnonzero(np.diff(near, prepend=-1))
        places, counts = near[first], np.diff(first, append=len(near))
        is_alive = np.zeros(len(places), np.int64)
        is_alive[np.searchsorted(places, live)] = 1
        live = places[alive_next[is_alive, counts - is_alive]]


def same_shape(one: Keys, other: Keys) -> bool:
    """Whether one is the other, moved."""
    return len(one) == len(other) and np.array_equal(one - one[:1], other - other[:1])


def rectangle_after(cells: NDArray[np.uint8], count: int, *, wraps: bool) -> NDArray[np.uint8]:
    """Conway's rule on a torus, or between dead edges."""
    height, width = cells.shape
    for _ in range(count):
        around = np.pad(cells, 1, mode="wrap" if wraps else "constant")
        counts = sum(around[y : y + height, x : x + width] for y in range(3) for x in range(3))
        cells = ((counts == 3) | ((counts == 4) & (cells == 1))).astype(np.uint8)
    return cells
