"""A plane as the tiles that have a live cell: what pattern files, edits and the engine of tiles give and take."""

from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from life.board import Board
from life.density import block_counter
from life.errors import LifeError
from life.plane.box import Box
from life.plane.counting import counts_of_blocks, densities_of, put_small_blocks
from life.plane.patched import PatchedPlane
from life.plane.plane import (
    EVERYWHERE,
    MOST_TILES,
    Coordinates,
    Densities,
    Plane,
    TiledPlane,
    check_crop,
    too_many_cells,
)
from life.plane.tiles import (
    LOG2_TILE,
    TILE,
    Keys,
    Words,
    box_of_tiles,
    cells_of_tiles,
    check_reach,
    counts_of,
    find,
    no_keys,
    rows_of,
    sorted_tiles,
    tiles_in,
    tiles_of_board,
    tiles_of_cells,
    too_far,
)

Counts = NDArray[np.int64]

_CHEAP_TO_COPY = 2048  # tiles: a megabyte


class TilePlane(TiledPlane):
    """Tiles of 64 × 64 cells; memory is half a kilobyte for each."""

    def __init__(self, keys: Keys | None = None, words: Words | None = None, counts: Counts | None = None) -> None:
        """Takes over arrays as described above, which must not be written again; nothing is alive without them.

        Args:
            keys: those of the tiles, sorted; no tile may be empty.
            words: their cells.
            counts: how many cells of each tile are alive, where that is known already.
        """
        self.keys = np.asfortranarray(no_keys() if keys is None else keys)
        self.words = np.zeros((0, TILE), np.uint64) if words is None else words
        self.keys.flags.writeable = self.words.flags.writeable = False
        self._known_counts = counts

    @classmethod
    def of_tiles(cls, keys: Keys, words: Words) -> Self:
        """A plane of tiles in any order, of which some may be empty; each key is there once."""
        return cls(*sorted_tiles(keys, words))

    @classmethod
    def from_cells(cls, ys: Coordinates, xs: Coordinates) -> Self:
        """A plane on which the cells (ys[i], xs[i]) are alive; a cell may be named twice.

        Raises:
            LifeError: one lies farther than 2^62 from (0, 0).
        """
        ys, xs = np.asarray(ys, np.int64), np.asarray(xs, np.int64)
        check_reach(ys, xs)
        return cls(*tiles_of_cells(ys, xs))

    @classmethod
    def from_board(cls, board: Board, top: int = 0, left: int = 0) -> Self:
        """A plane with the cells of a board, whose cell (0, 0) comes to lie at (top, left).

        Raises:
            LifeError: a part of the board would lie farther than 2^62 from (0, 0).
        """
        box = Box(top, left, top + board.height, left + board.width)
        if box.within(EVERYWHERE) != box:
            raise too_far(top if top < 0 else box.bottom, left if left < 0 else box.right)
        return cls(*tiles_of_board(board, top, left))

    @property
    def population(self) -> int:
        return self._population

    @property
    def box(self) -> Box | None:
        return self._box

    @property
    def is_empty(self) -> bool:
        return not len(self.keys)

    @property
    def nbytes(self) -> int:
        return self.keys.nbytes + self.words.nbytes

    def is_alive(self, y: int, x: int) -> bool:
        if not EVERYWHERE.contains(y, x):
            return False
        rows = self.keys[:, 0]
        first, end = (np.searchsorted(rows, y >> LOG2_TILE, side) for side in ("left", "right"))
        place = first + np.searchsorted(self.keys[first:end, 1], x >> LOG2_TILE)
        if place == end or self.keys[place, 1] != x >> LOG2_TILE:
            return False
        return bool(int(self.words[place, y & TILE - 1]) >> (x & TILE - 1) & 1)

    def crop(self, box: Box) -> Board:
        check_crop(box)
        rows = rows_of(box, self.keys, self.words)
        return Board(box.height, box.width, rows.view(np.uint8))

    def densities(self, top: int, left: int, height: int, width: int, log2: int) -> Densities:
        view = Box(top >> log2, left >> log2, (top >> log2) + height, (left >> log2) + width)
        if log2 >= LOG2_TILE:
            return densities_of(counts_of_blocks(self.keys, self._counts, view, log2), log2)
        counts = np.zeros((height, width), np.int32)
        count = block_counter().tile_loop(len(self.keys))
        if count is None:
            put_small_blocks(counts, self.keys, self.words, view, log2)
        else:
            seen = tiles_in(self.keys, Box(*(at << log2 for at in view)))
            if len(seen):  # else the view may lie beyond the plane
                count(self.keys[:, 0], self.keys[:, 1], self.words, seen, view.top, view.left, log2, counts)
        return densities_of(counts, log2)

    def live_cells(self, box: Box | None = None, most: int = 100_000_000) -> tuple[Coordinates, Coordinates]:
        some = np.arange(len(self.keys)) if box is None else tiles_in(self.keys, box)
        counts = self._counts[some]
        if box is None and counts.sum() > most:
            raise too_many_cells(most)
        ys, xs = cells_of_tiles(self.keys[some], self.words[some])
        if box is not None:
            inside = np.flatnonzero((ys >= box.top) & (ys < box.bottom) & (xs >= box.left) & (xs < box.right))
            ys, xs = ys[inside], xs[inside]
        if len(ys) > most:
            raise too_many_cells(most)
        return ys, xs

    def with_cells(self, ys: Coordinates, xs: Coordinates, alive: bool) -> Plane:
        patched = PatchedPlane(self).with_cells(ys, xs, alive)
        return patched.tiles() if len(self.keys) <= _CHEAP_TO_COPY else patched

    def with_tiles(self, keys: Keys, words: Words) -> "TilePlane":
        kept = find(keys, self.keys) < 0
        return TilePlane.of_tiles(np.concatenate([self.keys[kept], keys]), np.concatenate([self.words[kept], words]))

    def tiles(self, most: int = MOST_TILES) -> "TilePlane":
        if len(self.keys) > most:
            raise LifeError(
                f"the pattern covers {len(self.keys):,} tiles of 64 × 64 cells, and {most:,} is the most for this; "
                "cut a part of it out, or let HashLife run it"
            )
        return self

    def words_at(self, keys: Keys) -> Words:
        places = find(self.keys, keys)
        words = np.zeros((len(keys), TILE), np.uint64)
        words[places >= 0] = self.words[places[places >= 0]]
        return words

    @cached_property
    def _box(self) -> Box | None:
        return box_of_tiles(self.keys, self.words)

    @cached_property
    def _population(self) -> int:
        return int(self._counts.sum())

    @cached_property
    def _counts(self) -> Counts:
        """How many cells are alive in each tile."""
        return counts_of(self.words) if self._known_counts is None else self._known_counts
