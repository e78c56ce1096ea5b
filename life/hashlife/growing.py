"""Roots: made of tiles, changed in some tiles, and of the size that the next step asks for."""

import numpy as np
from numpy.typing import NDArray

from life.errors import LifeError
from life.hashlife.layout import NE, NW, SE, SW
from life.hashlife.store import Store
from life.hashlife.tree import SMALLEST_LEVEL
from life.plane.tiles import LOG2_TILE, Keys, Words

Squares = NDArray[np.int64]
Root = tuple[int, int]  # its number and its level


class NoRoomError(LifeError):
    """A store has reached its limit, in bytes; perhaps there is something in it that nobody wants any more."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(limit)

    def __str__(self) -> str:
        return (
            f"HashLife needs more than the {2 * self.limit >> 20:,} MiB that it may use for this pattern; "
            "let it use more memory, or run the pattern with tiles"
        )


def make_room(store: Store) -> None:
    """Makes sure that there is room for a few dozen squares.

    Raises:
        NoRoomError: the store has reached its limit.
    """
    while not store.has_room():
        if not store.grow():
            raise NoRoomError(store.limit)


def squares_of_tiles(store: Store, words: Words) -> Squares:
    """The square of each tile of 64 × 64 cells."""
    pieces = np.ascontiguousarray(words).view(np.uint16).reshape(-1)
    squares = np.zeros(len(words), np.int64)
    room = np.zeros(8, np.int64)
    done = 0
    while done < len(squares):
        make_room(store)
        nodes, table, leaves, rows, leaf_table, counters = store.arrays
        done = store.at_hand.plant(nodes, table, rows, leaves, leaf_table, counters, pieces, squares, room, done)
    return squares


def leaves_of(store: Store, pieces: NDArray[np.uint16]) -> Squares:
    """The leaf of each sixteen rows of 16 cells, of an array of shape (n, 16)."""
    squares = np.zeros(len(pieces), np.int64)
    done = 0
    while done < len(squares):
        make_room(store)
        _, _, *arrays = store.arrays
        done = store.at_hand.enter(*arrays, pieces.reshape(-1), squares, done)
    return squares


def root_of_tiles(store: Store, keys: Keys, words: Words) -> Root:
    """The root of a tree in which these tiles lie."""
    if not len(keys):
        return 0, SMALLEST_LEVEL
    squares = squares_of_tiles(store, words)
    rows, columns = keys[:, 0].copy(), keys[:, 1].copy()
    level = LOG2_TILE
    while ((rows < -1) | (rows > 0) | (columns < -1) | (columns > 0)).any():
        quarter = (rows & 1) * 2 + (columns & 1)
        rows, columns = rows >> 1, columns >> 1
        order = np.lexsort((columns, rows))
        rows, columns = rows[order], columns[order]
        is_new = np.ones(len(rows), np.bool_)
        is_new[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
        quarters = np.zeros((int(is_new.sum()), 4), np.int64)
        quarters[np.cumsum(is_new) - 1, quarter[order]] = squares[order]
        rows, columns, squares = rows[is_new], columns[is_new], united(store, quarters)
        level += 1
    around = np.zeros((1, 4), np.int64)
    around[0, (rows + 1) * 2 + columns + 1] = squares
    return int(united(store, around)[0]), level + 1


def united(store: Store, quarters: Squares) -> Squares:
    """The square of each four squares, of an array of shape (n, 4)."""
    squares = np.zeros(len(quarters), np.int64)
    done = 0
    while done < len(squares):
        make_room(store)
        nodes, table, *_, counters = store.arrays
        done = store.at_hand.unite(nodes, table, counters, quarters.reshape(-1), squares, done)
    return squares


def with_tiles(store: Store, root: Root, keys: Keys, words: Words) -> Root:
    """The same with these tiles in the place of what was there."""
    if not len(keys):
        return root
    squares = squares_of_tiles(store, words)
    reach = max(int(np.abs(keys).max()) + 1, 1)
    while 1 << root[1] - 1 - LOG2_TILE < reach:
        root = grown(store, root)
    corner = 1 << root[1] - 1 - LOG2_TILE
    changes = [
        (row + corner, column + corner, square)
        for (row, column), square in zip(keys.tolist(), squares.tolist(), strict=True)
    ]
    return shrunk(store, (_changed(store, root[0], root[1], changes), root[1]))


def _changed(store: Store, square: int, level: int, changes: list[tuple[int, int, int]]) -> int:
    """A square with smaller ones changed, whose rows and columns count from its corner."""
    if not changes:
        return square
    if level == LOG2_TILE:
        return changes[0][2]
    shift = level - 1 - LOG2_TILE
    mask = (1 << shift) - 1
    quarters = list(store.quarters(square))
    for quarter in range(4):
        inside = [
            (row & mask, column & mask, new)
            for row, column, new in changes
            if (row >> shift) * 2 + (column >> shift) == quarter
        ]
        quarters[quarter] = _changed(store, quarters[quarter], level - 1, inside)
    make_room(store)
    return store.node_of(*quarters)


def grown(store: Store, root: Root) -> Root:
    """The same cells in a root of twice the side."""
    make_room(store)
    nw, ne, sw, se = store.quarters(root[0])
    quarters = (
        store.node_of(0, 0, 0, nw), store.node_of(0, 0, ne, 0), store.node_of(0, sw, 0, 0), store.node_of(se, 0, 0, 0)
    )  # fmt: skip
    return store.node_of(*quarters), root[1] + 1


def shrunk(store: Store, root: Root) -> Root:
    """The same cells in the smallest root that holds them."""
    square, level = root
    if not square:
        return 0, SMALLEST_LEVEL
    while level > SMALLEST_LEVEL:
        inner = []
        for quarter, opposite in zip(store.quarters(square), (SE, SW, NE, NW), strict=True):
            squares = list(store.quarters(quarter))
            inner.append(squares.pop(opposite))
            if any(squares):
                return square, level
        make_room(store)
        square, level = store.node_of(*inner), level - 1
    return square, level
