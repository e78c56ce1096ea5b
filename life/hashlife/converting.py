"""Any plane as a tree that belongs to nobody, whichever engine its squares are from."""

import numpy as np

from life.hashlife.growing import NoRoomError, root_of_tiles, with_tiles
from life.hashlife.machine import shared_machinery
from life.hashlife.store import Store
from life.hashlife.tree import TreePlane
from life.plane.patched import PatchedPlane
from life.plane.plane import Plane

LARGEST_STORE = 1 << 34  # bytes

_WORTH_WAITING = 1024  # tiles from which on to wait for machine code is faster than to do without


def tree_of(plane: Plane) -> TreePlane:
    """The plane itself where it is a tree, else a tree with the same cells in a store of its own.

    Raises:
        LifeError: it has too many cells.
    """
    if isinstance(plane, TreePlane):
        return plane
    if isinstance(plane, PatchedPlane) and isinstance(plane.base, TreePlane):
        base = _copied(plane.base)
        store, square = base.at
        return TreePlane(store, *with_tiles(store, (square, base.level), plane.keys, plane.words))
    tiles = plane.tiles()
    if len(tiles.keys) >= _WORTH_WAITING:
        shared_machinery().wait()
    store = Store(LARGEST_STORE)
    return TreePlane(store, *root_of_tiles(store, tiles.keys, tiles.words))


def _copied(tree: TreePlane) -> TreePlane:
    """The same tree in a new store: only the engine may make squares in its own."""
    store, square = tree.at
    roots = np.array([square], np.int32)
    new = store.collected(roots, wider=2)
    if new is None or not new.fits(LARGEST_STORE):
        raise NoRoomError(store.limit)
    return TreePlane(new, int(roots[0]), tree.level)
