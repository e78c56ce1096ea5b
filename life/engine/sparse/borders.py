"""Which tiles come into play beside those that have live cells."""

import numpy as np
from numpy.typing import NDArray

from life.engine.sparse.layout import (
    DIRECTIONS,
    EAST,
    NORTH,
    NORTH_EAST,
    NORTH_WEST,
    SOUTH,
    SOUTH_EAST,
    SOUTH_WEST,
    STEPS_X,
    STEPS_Y,
    WEST,
)
from life.plane.tiles import Keys, Words, find, no_keys

_ONE = np.uint64(1)
_LAST = np.uint64(63)


def keys_with_borders(keys: Keys, words: Words) -> Keys:
    """The keys of tiles, and then those of others that a live cell of theirs touches; sorted tiles, none twice."""
    touches = _touches(words)
    beside = [moved(keys[touches[side]], side) for side in DIRECTIONS]
    more = np.concatenate(beside)
    more = more[np.lexsort((more[:, 1], more[:, 0]))]
    is_new = find(keys, more) < 0
    is_new[1:] &= (more[1:] != more[:-1]).any(axis=1)
    return np.asfortranarray(np.concatenate([keys, more[is_new]]))


def moved(keys: Keys, side: int) -> Keys:
    """The keys of the neighbours on one side."""
    beside = no_keys(len(keys))
    beside[:, 0], beside[:, 1] = keys[:, 0] + STEPS_Y[side], keys[:, 1] + STEPS_X[side]
    return beside


def _touches(words: Words) -> dict[int, NDArray[np.bool_]]:
    """Which tiles have a live cell at each of their sides and corners."""
    first, last = words[:, 0], words[:, -1]
    together = np.bitwise_or.reduce(words, axis=1)
    return {
        NORTH: first != 0,
        SOUTH: last != 0,
        WEST: together & _ONE != 0,
        EAST: together >> _LAST != 0,
        NORTH_WEST: first & _ONE != 0,
        NORTH_EAST: first >> _LAST != 0,
        SOUTH_WEST: last & _ONE != 0,
        SOUTH_EAST: last >> _LAST != 0,
    }
