"""Tiles of 64 × 64 cells: what is alive on the plane as arrays, and what one does with them.

`keys` are int64 of shape (n, 2), the tile's row and column of tiles, in columns that lie together in memory, sorted by
row and then by column. `words` are uint64 of shape (n, 64), the tile's rows, in which bit x is column x.
"""

import numpy as np
from numpy.typing import NDArray

from life.board import Board, stride_of
from life.errors import LifeError
from life.plane.box import Box

Keys = NDArray[np.int64]
Words = NDArray[np.uint64]
Coordinates = NDArray[np.int64]

TILE = 64  # cells along its side
LOG2_TILE = 6
FARTHEST_TILE = 1 << 56  # a tile's row and column are at least minus this, and below it
_ONE = np.uint64(1)
_REACH = 1 << 62  # coordinates are at least minus this, and below it


def no_keys(count: int = 0) -> Keys:
    """Room for the keys of so many tiles."""
    return np.empty((count, 2), np.int64, order="F")


def check_reach(ys: Coordinates, xs: Coordinates) -> None:
    """Raises LifeError where a cell lies too far out."""
    for along in (ys, xs):
        if len(along) and (along.min() < -_REACH or along.max() >= _REACH):
            i = int(np.argmax((along < -_REACH) | (along >= _REACH)))
            raise too_far(int(ys[i]), int(xs[i]))


def too_far(y: int, x: int) -> LifeError:
    """What is said of a cell beyond the reach of the plane."""
    return LifeError(
        f"cell ({y:,}, {x:,}) lies farther than 2^62 from cell (0, 0), which is as far as the plane reaches; "
        "move the pattern nearer to (0, 0)"
    )


def sorted_tiles(keys: Keys, words: Words) -> tuple[Keys, Words]:
    """The tiles in order, without those that are empty; each key is there once."""
    kept = np.flatnonzero(words.any(axis=1))
    order = kept[order_of(keys[kept])]
    return np.asfortranarray(keys[order]), words[order]


def order_of(keys: Keys) -> NDArray[np.int64]:
    """The order in which keys are sorted, as `np.lexsort` gives it; in half the time where they are not far apart."""
    if not len(keys):
        return np.zeros(0, np.int64)
    (top, left), (bottom, right) = (end.tolist() for end in (keys.min(axis=0), keys.max(axis=0)))
    width = right - left + 1
    if (bottom - top + 1) * width >= _REACH:
        return np.lexsort((keys[:, 1], keys[:, 0]))
    return np.argsort((keys[:, 0] - top) * width + (keys[:, 1] - left), kind="stable")


def find(keys: Keys, wanted: Keys) -> NDArray[np.int64]:
    """Where among `keys` each of the wanted ones is, -1 where it is not."""
    rows, columns = keys[:, 0], keys[:, 1]
    low = np.searchsorted(rows, wanted[:, 0], "left")
    end = np.searchsorted(rows, wanted[:, 0], "right")
    high = end.copy()
    while len(open_ := np.flatnonzero(low < high)):
        middle = (low[open_] + high[open_]) // 2
        is_less = columns[middle] < wanted[open_, 1]
        low[open_] = np.where(is_less, middle + 1, low[open_])
        high[open_] = np.where(is_less, high[open_], middle)
    found = np.flatnonzero(low < end)
    found = found[columns[low[found]] == wanted[found, 1]]
    places = np.full(len(wanted), -1, np.int64)
    places[found] = low[found]
    return places


def tiles_of_cells(ys: Coordinates, xs: Coordinates) -> tuple[Keys, Words]:
    """The tiles in which the cells (ys[i], xs[i]) are alive and no others; a cell may be named twice."""
    places = no_keys(len(ys))
    places[:, 0], places[:, 1] = ys >> LOG2_TILE, xs >> LOG2_TILE
    rows, columns = places[:, 0], places[:, 1]
    if not _is_sorted(rows, columns):
        order = order_of(places)
        ys, xs, rows, columns = ys[order], xs[order], rows[order], columns[order]
    is_first = np.ones(len(rows), np.bool_)
    is_first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    firsts = np.flatnonzero(is_first)
    keys = no_keys(len(firsts))
    keys[:, 0], keys[:, 1] = rows[firsts], columns[firsts]
    words = np.zeros((len(firsts), TILE), np.uint64)
    places = (np.cumsum(is_first) - 1) * TILE + (ys & TILE - 1)
    np.bitwise_or.at(words.reshape(-1), places, _ONE << (xs & TILE - 1).astype(np.uint64))
    return keys, words


def _is_sorted(rows: Coordinates, columns: Coordinates) -> bool:
    return bool(np.all((rows[1:] > rows[:-1]) | ((rows[1:] == rows[:-1]) & (columns[1:] >= columns[:-1]))))


def tiles_of_board(board: Board, top: int, left: int) -> tuple[Keys, Words]:
    """The tiles of a board whose cell (0, 0) stands at (top, left)."""
    first_row, first_column = top >> LOG2_TILE, left >> LOG2_TILE
    above, before = top & TILE - 1, left & TILE - 1
    across = (before + board.width + TILE - 1) >> LOG2_TILE
    down = (above + board.height + TILE - 1) >> LOG2_TILE
    rows = np.zeros((down * TILE, across), np.uint64)
    put = rows[above : above + board.height]
    cells = board.bits.view("<u8")
    shared = min(across, cells.shape[1])
    put[:, :shared] = cells[:, :shared] << np.uint64(before)
    if before:
        put[:, 1:] |= (cells >> np.uint64(TILE - before))[:, : across - 1]
    blocks = rows.reshape(down, TILE, across).swapaxes(1, 2)
    places = np.flatnonzero(blocks.any(axis=2).ravel())
    keys = no_keys(len(places))
    keys[:, 0], keys[:, 1] = places // across + first_row, places % across + first_column
    return keys, np.ascontiguousarray(blocks[places // across, places % across])


def tiles_in(keys: Keys, box: Box) -> NDArray[np.int64]:
    """The places of the tiles that share cells with a box that is not empty."""
    top, left = (max(at >> LOG2_TILE, -FARTHEST_TILE) for at in (box.top, box.left))
    bottom, right = (min((at - 1) >> LOG2_TILE, FARTHEST_TILE - 1) for at in (box.bottom, box.right))
    if top > bottom or left > right:
        return np.zeros(0, np.int64)
    first, end = np.searchsorted(keys[:, 0], [top, bottom + 1])
    columns = keys[first:end, 1]
    places: NDArray[np.int64] = np.flatnonzero((columns >= left) & (columns <= right)) + first
    return places


def rows_of(box: Box, keys: Keys, words: Words) -> Words:
    """The cells of a box as `Board.bits` has them, in words; tiles outside of it are left out.

    Returns:
        uint64 of shape (height, words in a row).
    """
    places = tiles_in(keys, box)
    keys, words = keys[places], words[places]
    count = stride_of(box.width) // 8
    before = box.left & TILE - 1
    across = ((box.right - 1) >> LOG2_TILE) - (box.left >> LOG2_TILE) + 1
    rows = np.zeros((box.height, across if before == 0 else max(across, count + 1)), np.uint64)
    _put(rows, box, keys, words)
    if before:
        rows = rows[:, :count] >> np.uint64(before) | rows[:, 1 : count + 1] << np.uint64(TILE - before)
    if box.width & TILE - 1:
        rows[:, -1] &= np.uint64((1 << (box.width & TILE - 1)) - 1)
    return rows


def _put(rows: Words, box: Box, keys: Keys, words: Words) -> None:
    """Puts tiles on rows of words, the first of which begins where a tile does."""
    firsts = (keys[:, 0] - (box.top >> LOG2_TILE)) * TILE - (box.top & TILE - 1)
    columns = keys[:, 1] - (box.left >> LOG2_TILE)
    is_whole = (firsts >= 0) & (firsts + TILE <= box.height)
    rows[firsts[is_whole, np.newaxis] + np.arange(TILE), columns[is_whole, np.newaxis]] = words[is_whole]
    at, column = firsts[~is_whole, np.newaxis] + np.arange(TILE), columns[~is_whole, np.newaxis]
    inside = (at >= 0) & (at < box.height)
    rows[at[inside], np.broadcast_to(column, at.shape)[inside]] = words[~is_whole][inside]


def cells_of_tiles(keys: Keys, words: Words) -> tuple[Coordinates, Coordinates]:
    """Rows and columns of the live cells, row by row; the tiles are sorted."""
    tiles, rows = np.nonzero(words)
    ys, columns = keys[tiles, 0] * TILE + rows, keys[tiles, 1]
    order = np.argsort(ys, kind="stable")  # along a row, the tiles are in order
    packed = np.ascontiguousarray(words[tiles[order], rows[order]]).view(np.uint8).reshape(-1, 8)
    which, bits = np.nonzero(np.unpackbits(packed, axis=1, bitorder="little"))
    which = order[which]
    return ys[which], columns[which] * TILE + bits


def box_of_tiles(keys: Keys, words: Words) -> Box | None:
    """The smallest box around all live cells; the tiles may be in any order, and empty."""
    places = np.flatnonzero(words.any(axis=1))
    if not len(places):
        return None
    rows, columns = keys[places, 0], keys[places, 1]
    ends = []
    for along, is_row in ((rows, True), (columns, False)):
        first, last = int(along.min()), int(along.max())
        low = _ends(words[places[along == first]], is_row)[0]
        high = _ends(words[places[along == last]], is_row)[1]
        ends.append((first * TILE + low, last * TILE + high + 1))
    (top, bottom), (left, right) = ends
    return Box(top, left, bottom, right)


def _ends(words: Words, is_row: bool) -> tuple[int, int]:
    """The first and the last row, or column, with a live cell in any of these tiles."""
    if is_row:
        rows = np.flatnonzero(words.any(axis=0))
        return int(rows[0]), int(rows[-1])
    together = int(np.bitwise_or.reduce(words, axis=None))
    return (together & -together).bit_length() - 1, together.bit_length() - 1


def counts_of(words: Words) -> NDArray[np.int64]:
    """How many cells are alive in each tile."""
    counts: NDArray[np.int64] = np.bitwise_count(words).sum(axis=1, dtype=np.int64)
    return counts
