"""A plane with a few tiles changed: an edit takes the time of the edit, however big the plane is beneath it."""

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from life.board import Board
from life.errors import LifeError
from life.plane.box import Box
from life.plane.counting import densities_of, put_small_blocks, sums_of_blocks
from life.plane.plane import MOST_TILES, Coordinates, Densities, Plane, TiledPlane, check_crop, too_many_cells
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
    tiles_in,
    tiles_of_cells,
)

_ANY = 1 << 62  # tiles, as many as there are
_FOLD_AT = 4  # the tiles that lie over others are merged with them when those are not as many times more


class PatchedPlane(Plane):
    """Tiles that lie over a plane and hide what is beneath them.

    Attributes:
        base: the plane beneath.
        keys: read-only int64 of shape (n, 2): row and column of each tile, in tiles, sorted by row, then by column.
        words: read-only uint64 of shape (n, 64): what is alive in them; perhaps nothing.
    """

    def __init__(self, base: Plane, keys: Keys | None = None, words: Words | None = None) -> None:
        """Takes over `keys` and `words`, which must not be written again; nothing lies over `base` without them."""
        self.base = base
        self.keys = np.asfortranarray(no_keys() if keys is None else keys)
        self.words = np.zeros((0, TILE), np.uint64) if words is None else words
        self.keys.flags.writeable = self.words.flags.writeable = False

    @property
    def population(self) -> int:
        return self._population

    @property
    def box(self) -> Box | None:
        return self._box

    @property
    def nbytes(self) -> int:
        return self.base.nbytes + self.keys.nbytes + self.words.nbytes

    def is_alive(self, y: int, x: int) -> bool:
        row, column = y >> LOG2_TILE, x >> LOG2_TILE
        places = np.flatnonzero((self.keys[:, 0] == row) & (self.keys[:, 1] == column))
        if not len(places):
            return self.base.is_alive(y, x)
        return bool(int(self.words[places[0], y & TILE - 1]) >> (x & TILE - 1) & 1)

    def crop(self, box: Box) -> Board:
        check_crop(box)
        beneath = self.base.crop(box)
        if not len(tiles_in(self.keys, box)):
            return beneath
        hidden = rows_of(box, self.keys, np.broadcast_to(~np.uint64(0), self.words.shape))
        rows = beneath.bits.view("<u8") & ~hidden | rows_of(box, self.keys, self.words)
        return Board(box.height, box.width, rows.view(np.uint8))

    def densities(self, top: int, left: int, height: int, width: int, log2: int) -> Densities:
        shares = self.base.densities(top, left, height, width, log2)
        view = Box(top >> log2, left >> log2, (top >> log2) + height, (left >> log2) + width)
        if log2 < LOG2_TILE:
            put_small_blocks(shares, self.keys, self.words, view, log2)
            return shares
        numbers, gained = sums_of_blocks(self.keys, self._gained, view, log2)
        if gained.any():
            flat = shares.reshape(-1)
            flat[numbers] = densities_of(np.ldexp(flat[numbers].astype(np.float64), 2 * log2) + gained, log2)
        return shares

    def live_cells(self, box: Box | None = None, most: int = 100_000_000) -> tuple[Coordinates, Coordinates]:
        lost = int(counts_of(self._hidden).sum())
        ys, xs = self.base.live_cells(box, most + lost)
        beneath = np.flatnonzero(~self._are_hidden(ys, xs))
        over_ys, over_xs = cells_of_tiles(self.keys, self.words)
        if box is not None:
            inside = (over_ys >= box.top) & (over_ys < box.bottom) & (over_xs >= box.left) & (over_xs < box.right)
            over_ys, over_xs = over_ys[inside], over_xs[inside]
        ys, xs = np.concatenate([ys[beneath], over_ys]), np.concatenate([xs[beneath], over_xs])
        if len(ys) > most:
            raise too_many_cells(most)
        order = np.lexsort((xs, ys))
        return ys[order], xs[order]

    def with_cells(self, ys: Coordinates, xs: Coordinates, alive: bool) -> Plane:
        ys, xs = np.asarray(ys, np.int64), np.asarray(xs, np.int64)
        check_reach(ys, xs)
        keys, masks = tiles_of_cells(ys, xs)
        before = self.words_at(keys)
        words = before | masks if alive else before & ~masks
        if np.array_equal(words, before):
            return self if len(self.keys) else self.base
        kept, other = find(keys, self.keys) < 0, (words != self.base.words_at(keys)).any(axis=1)
        if not kept.any() and not other.any():
            return self.base
        keys, words = (
            np.concatenate([self.keys[kept], keys[other]]),
            np.concatenate([self.words[kept], words[other]]),
        )
        order = np.lexsort((keys[:, 1], keys[:, 0]))
        patched = PatchedPlane(self.base, keys[order], words[order])
        is_heavy = isinstance(self.base, TiledPlane) and len(keys) * _FOLD_AT > len(self.base.keys)
        return patched.tiles(_ANY) if is_heavy else patched

    def tiles(self, most: int = MOST_TILES) -> TiledPlane:
        return self.base.tiles(most).with_tiles(self.keys, self.words).tiles(most)

    def words_at(self, keys: Keys) -> Words:
        words = np.zeros((len(keys), TILE), np.uint64)
        places = find(self.keys, keys)
        over = places >= 0
        words[over] = self.words[places[over]]
        words[~over] = self.base.words_at(np.asfortranarray(keys[~over]))
        return words

    @cached_property
    def _population(self) -> int:
        return self.base.population + int(self._gained.sum())

    @cached_property
    def _box(self) -> Box | None:
        over, below = box_of_tiles(self.keys, self.words), self._box_beneath()
        return over.joined(below) if over and below else over or below

    @cached_property
    def _hidden(self) -> Words:
        """What is beneath the tiles."""
        return self.base.words_at(self.keys)

    @cached_property
    def _gained(self) -> NDArray[np.int64]:
        """How many live cells more than beneath it each tile has."""
        return counts_of(self.words) - counts_of(self._hidden)

    def _are_hidden(self, ys: Coordinates, xs: Coordinates) -> NDArray[np.bool_]:
        keys = no_keys(len(ys))
        keys[:, 0], keys[:, 1] = ys >> LOG2_TILE, xs >> LOG2_TILE
        return find(self.keys, keys) >= 0

    def _box_beneath(self) -> Box | None:
        """The smallest box around what can be seen of the plane beneath."""
        box, hidden = self.base.box, box_of_tiles(self.keys, self._hidden)
        if box is None or hidden is None:
            return box
        if isinstance(self.base, TiledPlane):
            seen = np.flatnonzero(find(self.keys, self.base.keys) < 0)
            return box_of_tiles(self.base.keys[seen], self.base.words[seen])
        if all(one != other for one, other in zip(box, hidden, strict=True)):
            return box
        return self._box_of_seen(box)

    def _box_of_seen(self, box: Box) -> Box | None:
        """The smallest box around what can be seen of the plane beneath, found by halving."""
        if not self._is_any_seen(box):
            return None
        top = _least(box.top, box.bottom, lambda end: self._is_any_seen(box._replace(bottom=end)))
        bottom = -_least(-box.bottom, -box.top, lambda end: self._is_any_seen(box._replace(top=-end)))
        left = _least(box.left, box.right, lambda end: self._is_any_seen(box._replace(right=end)))
        right = -_least(-box.right, -box.left, lambda end: self._is_any_seen(box._replace(left=-end)))
        return Box(top, left, bottom, right)

    def _is_any_seen(self, box: Box) -> bool:
        """Whether something is alive in a box that no tile hides."""
        lost = int(counts_of(self._hidden).sum())
        try:
            ys, xs = self.base.live_cells(box, lost)
        except LifeError:  # more than all tiles hide
            return True
        return not self._are_hidden(ys, xs).all()


def _least(first: int, last: int, holds: Callable[[int], bool]) -> int:
    """The row of the first cell between two rows, where `holds(end)` says whether there is one above row `end`."""
    while last - first > 1:
        middle = (first + last) // 2
        first, last = (first, middle) if holds(middle) else (middle, last)
    return first
