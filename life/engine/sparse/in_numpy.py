"""The next generation of all tiles in NumPy: what is always there, and the compiled loop's second opinion."""

from typing import Any

import numpy as np

from life.engine.sparse.borders import keys_with_borders, moved
from life.engine.sparse.layout import EAST, NORTH, SOUTH, WEST
from life.engine.sparse.loops import next_row
from life.errors import LifeError
from life.plane.plane import MOST_TILES, TiledPlane
from life.plane.tile_plane import TilePlane
from life.plane.tiles import FARTHEST_TILE, TILE, Keys, find, sorted_tiles, too_far
from life.rule import Rule

_BAND = 128  # tiles that are computed at a time: the dozen arrays of them stay in the processor's cache


def next_plane(plane: TiledPlane, rule: Rule) -> TilePlane:
    """The generation that follows by a rule without B0.

    Raises:
        LifeError: the pattern leaves the plane, or covers too many tiles.
    """
    keys = keys_with_borders(plane.keys, plane.words)
    if len(keys) > MOST_TILES:
        raise LifeError(f"the pattern covers more than {MOST_TILES:,} tiles of 64 × 64 cells, too many without numba")
    words = np.zeros((len(keys) + 1, TILE), np.uint64)  # the last one is empty and stands for those that are not there
    words[: len(plane.keys)] = plane.words
    order = np.lexsort((keys[:, 1], keys[:, 0]))
    north, south, west, east = (_places(keys, order, side) for side in (NORTH, SOUTH, WEST, EAST))
    rows = np.zeros((len(words), TILE + 2), np.uint64)
    rows[:, 1:-1] = words
    rows[:-1, 0], rows[:-1, -1] = words[north, -1], words[south, 0]
    after = words[:-1]
    births, survivals = (sum(1 << count for count in counts) for counts in (rule.births, rule.survivals))
    for top in range(0, len(after), _BAND):
        band = slice(top, min(top + _BAND, len(after)))
        three = rows[west[band]], rows[band], rows[east[band]]
        above, here, below = ([part[:, i : i + TILE] for part in three] for i in range(3))
        after[band] = _next(births, survivals, above, here, below)
    keys, after = sorted_tiles(keys, after)
    check_tiles(keys)
    return TilePlane(keys, after)


def _next(births: int, survivals: int, *nine: Any) -> Any:
    return next_row(births, survivals, *nine)


def _places(keys: Keys, order: Any, side: int) -> Any:
    """Where the neighbour of each tile is among them; -1 is the empty one."""
    places = find(np.asfortranarray(keys[order]), moved(keys, side))
    return np.where(places < 0, -1, order[places])


def check_tiles(keys: Keys) -> None:
    """Raises LifeError where a tile lies beyond the plane."""
    is_far = ((keys < -FARTHEST_TILE) | (keys >= FARTHEST_TILE)).any(axis=1)
    if is_far.any():
        row, column = keys[np.argmax(is_far)].tolist()
        raise too_far(row * TILE, column * TILE)
