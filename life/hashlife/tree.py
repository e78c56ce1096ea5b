"""A plane as a tree: as large as one likes where it repeats itself, and drawn without being unpacked."""

from collections import deque
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from life.board import Board, stride_of
from life.errors import LifeError
from life.hashlife.layout import BLOCK_LEVEL, FIELDS, LEAF_LEVEL, LEAF_SIDE, NE, NW, SE, SW
from life.hashlife.store import Store
from life.plane.box import Box
from life.plane.patched import PatchedPlane
from life.plane.plane import (
    EVERYWHERE,
    MOST_TILES,
    Coordinates,
    Densities,
    Plane,
    check_crop,
    too_many_cells,
)  # fmt: skip
from life.plane.tile_plane import TilePlane
from life.plane.tiles import LOG2_TILE, TILE, no_keys, too_far

SMALLEST_LEVEL = 7  # of a root, so that the corners of its tiles are multiples of 64
_EXACT = 2.0**53  # counts below are exact in floating point
_WALKED = 40  # levels above a block up to which compiled code finds its own way
_LEAST = 2.0**-126
_MOST_LOOKED_AT = 20_000  # squares, in some 30 milliseconds

Part = tuple[int, int, int, int]  # a square, its level, and the row and column of its corner


class TreePlane(Plane):
    """The squares of a store below one of them, whose middle is cell (0, 0)'s upper left corner.

    Attributes:
        level: the root is 2^level cells wide; at least 7.
        at: the store and the number of the root in it; replaced in one go by whoever moves the squares to a new store.
    """

    def __init__(self, store: Store, root: int, level: int) -> None:
        self.level = level
        self.at = store, root
        store.note(self)

    @cached_property
    def population(self) -> int:  # computed when first asked for
        store, root = self.at
        counts = store.counts_of(root)
        return _exact_count(store.nodes, counts, root, {})

    @cached_property
    def box(self) -> Box | None:  # computed when first asked for
        if self.is_empty:
            return None
        half = 1 << self.level - 1
        top, left = self._gap((NW, NE), (SW, SE)), self._gap((NW, SW), (NE, SE))
        bottom, right = self._gap((SW, SE), (NW, NE)), self._gap((NE, SE), (NW, SW))
        return Box(top - half, left - half, half - bottom, half - right)

    @property
    def is_empty(self) -> bool:
        return self.at[1] == 0

    @property
    def nbytes(self) -> int:
        """Its part of what it shares with other planes."""
        store, _ = self.at
        return store.nbytes // max(sum(1 for _ in store.planes()), 1)

    def is_alive(self, y: int, x: int) -> bool:
        half = 1 << self.level - 1
        if not Box(-half, -half, half, half).contains(y, x):
            return False
        store, square = self.at
        y, x = y + half, x + half
        for level in range(self.level - 1, LEAF_LEVEL - 1, -1):
            square = int(store.nodes[square * FIELDS + (y >> level & 1) * 2 + (x >> level & 1)])
        return bool(int(store.rows[-square * LEAF_SIDE + y % LEAF_SIDE]) >> x % LEAF_SIDE & 1)

    def crop(self, box: Box) -> Board:
        check_crop(box)
        store, root = self.at
        stride = stride_of(box.width) // 2 + 1
        pieces = np.zeros((box.height, stride), np.uint16)
        arrays = store.nodes, store.rows, self._stack(), pieces.reshape(-1)
        for part in self._parts(store, root, box, 0):
            store.machine.cut(*arrays, stride, box.height, box.width, *part)
        words = np.ascontiguousarray(pieces[:, :-1]).view("<u8")
        if box.width % TILE:
            words[:, -1] &= np.uint64((1 << box.width % TILE) - 1)
        return Board(box.height, box.width, words.view(np.uint8))

    def densities(self, top: int, left: int, height: int, width: int, log2: int) -> Densities:
        store, root = self.at
        shares = np.zeros(height * width, np.float32)
        counts = store.counts_of(root)
        view = Box(top >> log2, left >> log2, (top >> log2) + height, (left >> log2) + width)
        if log2 >= self.level:
            self._draw_quarters(store, root, counts, shares, view, log2)
            return shares.reshape(height, width)
        arrays = store.nodes, store.rows, counts, self._stack(), shares
        for part in self._parts(store, root, view, log2):
            store.machine.draw(*arrays, height, width, log2, *part)
        return shares.reshape(height, width)

    def _draw_quarters(
        self, store: Store, root: int, counts: NDArray[np.float64], shares: Densities, view: Box, log2: int
    ) -> None:
        """Of blocks so large that all there is lies in the four around the middle."""
        for quarter, square in enumerate(store.quarters(root)):
            y, x = quarter // 2 - 1, quarter % 2 - 1
            if square and view.contains(y, x):
                share = float(np.ldexp(counts[square], -2 * log2))
                shares[(y - view.top) * view.width + x - view.left] = max(share, _LEAST)

    def live_cells(self, box: Box | None = None, most: int = 100_000_000) -> tuple[Coordinates, Coordinates]:
        if box is None and self.population > most:
            raise too_many_cells(most)
        if self.box is None:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        part = self.box if box is None else box.within(self.box)
        if part.is_empty:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        if self._surely_holds_more(part, most):  # before they are listed, which takes as long as there are many
            raise too_many_cells(most)
        return self._tiles_in(part, max(most, 1)).live_cells(box, most)

    def _surely_holds_more(self, box: Box, most: int) -> bool:
        """Whether the largest squares that lie inside a box have more cells than that."""
        store, root = self.at
        counts, half = store.counts_of(root), 1 << self.level - 1
        waiting = deque([(root, Box(-half, -half, half, half))])
        for _ in range(_MOST_LOOKED_AT):
            if not waiting:
                break
            square, place = waiting.popleft()
            if square <= 0 or place.within(box).is_empty:  # nothing, or so few that they do not matter
                continue
            if place.within(box) == place:
                most -= int(counts[square])
                if most < 0:
                    return True
            else:
                waiting.extend(zip(store.quarters(square), _quarters(place), strict=True))
        return False

    def with_cells(self, ys: Coordinates, xs: Coordinates, alive: bool) -> Plane:
        return PatchedPlane(self).with_cells(ys, xs, alive)

    def tiles(self, most: int = MOST_TILES) -> TilePlane:
        return TilePlane() if self.box is None else self._tiles_in(self.box, most)

    def _tiles_in(self, box: Box, most: int) -> TilePlane:
        if box.within(EVERYWHERE) != box:
            raise too_far(box.top if box.top < EVERYWHERE.top else box.bottom, min(box.left, box.right, key=abs))
        store, root = self.at
        view = Box(box.top >> LOG2_TILE, box.left >> LOG2_TILE, -(-box.bottom >> LOG2_TILE), -(-box.right >> LOG2_TILE))
        keys, words = [], []
        left = most
        for part in self._parts(store, root, view, LOG2_TILE):
            room = min(left, 1 << 10)
            while True:
                some_keys, pieces = np.empty(2 * room, np.int64), np.empty(256 * room, np.uint16)
                arrays = store.nodes, store.rows, self._stack(), some_keys, pieces
                found = store.at_hand.list_tiles(*arrays, room, view.height, view.width, *part)
                if found <= room:
                    break
                if room == left:
                    raise _too_many_tiles(most)
                room = min(8 * room, left)
            left -= found
            keys.append(some_keys[: 2 * found].reshape(-1, 2) + np.array([view.top, view.left]))
            words.append(pieces[: 256 * found].view("<u8").reshape(-1, TILE))
        if not keys:
            return TilePlane()
        return TilePlane.of_tiles(np.concatenate([no_keys(), *keys]), np.concatenate(words))

    def __eq__(self, other: object) -> bool:
        """Two trees of one store are compared in no time, because a square is there only once."""
        if isinstance(other, TreePlane):
            (store, root), (other_store, other_root) = self.at, other.at
            if store is other_store:
                return (root, self.level) == (other_root, other.level)
        return super().__eq__(other)

    def __hash__(self) -> int:
        return super().__hash__()

    def _parts(self, store: Store, root: int, view: Box, log2: int) -> Iterator[Part]:
        """The squares that have something in a view, counted in blocks, with their corners as seen from its corner.

        They are small enough for compiled code to count their blocks, and are found with whole numbers of any size.
        """
        half = 1 << self.level - 1 - log2
        waiting = [(root, self.level, -half - view.top, -half - view.left)]
        while waiting:
            square, level, y, x = waiting.pop()
            side = 1 << level - log2
            if not square or y >= view.height or x >= view.width or y + side <= 0 or x + side <= 0:
                continue
            if level - log2 <= _WALKED:
                yield square, level, y, x
                continue
            for quarter, part in enumerate(store.quarters(square)):
                waiting.append((part, level - 1, y + quarter // 2 * (side // 2), x + quarter % 2 * (side // 2)))

    def _stack(self) -> NDArray[np.int64]:
        return np.empty(16 * (self.level + 2), np.int64)

    def _gap(self, near: tuple[int, int], far: tuple[int, int]) -> int:
        """How many rows or columns are empty at one side, which is the one of the quarters in `near`."""
        store, root = self.at
        nodes, rows = store.nodes.reshape(-1, FIELDS), store.rows.reshape(-1, LEAF_SIDE)
        squares = np.array([root])
        gap = 0
        for level in range(self.level - 1, BLOCK_LEVEL - 2, -1):
            closer = _different(nodes[squares][:, near])
            if not len(closer):
                gap += 1 << level
                closer = _different(nodes[squares][:, far])
            squares = closer
        cells = rows[-squares]
        if NW in near and NE in near:
            return gap + int(np.flatnonzero(cells.any(axis=0))[0])
        if SW in near and SE in near:
            return gap + LEAF_SIDE - 1 - int(np.flatnonzero(cells.any(axis=0))[-1])
        row = int(np.bitwise_or.reduce(cells, axis=None))
        return gap + ((row & -row).bit_length() - 1 if NW in near else LEAF_SIDE - row.bit_length())


def _quarters(place: Box) -> tuple[Box, Box, Box, Box]:
    y, x = (place.top + place.bottom) // 2, (place.left + place.right) // 2
    top, left, bottom, right = place
    return Box(top, left, y, x), Box(top, x, y, right), Box(y, left, bottom, x), Box(y, x, bottom, right)


def _different(squares: NDArray[np.int32]) -> NDArray[np.int32]:
    return np.unique(squares[squares != 0])


def _exact_count(nodes: NDArray[np.int32], counts: NDArray[np.float64], square: int, known: dict[int, int]) -> int:
    """How many cells are alive in a node, however many; only nodes with very many are walked."""
    if not square or counts[square] < _EXACT:
        return int(counts[square])
    if square not in known:
        quarters = nodes[square * FIELDS : square * FIELDS + 4].tolist()
        known[square] = sum(_exact_count(nodes, counts, quarter, known) for quarter in quarters)
    return known[square]


def _too_many_tiles(most: int) -> LifeError:
    return LifeError(
        f"the pattern covers more than {most:,} tiles of 64 × 64 cells, the most for this; "
        "cut a part of it out, or let HashLife run it"
    )
