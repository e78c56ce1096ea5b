"""How densely the tiles of a plane are populated, as zoomed-out views want to know it."""

import numpy as np
from numpy.typing import NDArray

from life.density import shares_of
from life.plane.box import Box
from life.plane.tiles import FARTHEST_TILE, LOG2_TILE, TILE, Keys, Words, tiles_in

Counts = NDArray[np.float64]
Densities = NDArray[np.float32]

_LOG2_BYTE = 3
_DEEPEST_SHIFT = 63  # by so many bits a number of 64 bits has become -1 or 0
_LEAST = float(np.finfo(np.float32).tiny)


def counts_of_blocks(keys: Keys, counts: NDArray[np.int64], view: Box, log2: int) -> Counts:
    """How many cells are alive in each block of 2^log2 × 2^log2 cells, at least the size of a tile.

    Args:
        keys: the tiles, sorted.
        counts: how many cells are alive in each tile.
        view: the rows and columns of blocks that are wanted, counted in blocks.
        log2: 6 or more.
    """
    inside, blocks = _blocks_of(keys, view, log2)
    sums = np.bincount(blocks, counts[inside].astype(np.float64), view.height * view.width)
    return sums.astype(np.float64, copy=False).reshape(view.height, view.width)


def sums_of_blocks(keys: Keys, counts: NDArray[np.int64], view: Box, log2: int) -> tuple[NDArray[np.int64], Counts]:
    """The same for the few blocks that hold a tile: their numbers, row after row, and the sums of their tiles' counts.

    The counts may be negative.
    """
    inside, blocks = _blocks_of(keys, view, log2)
    numbers, which = np.unique(blocks, return_inverse=True)
    return numbers, np.bincount(which, counts[inside].astype(np.float64), len(numbers)).astype(np.float64, copy=False)


def _blocks_of(keys: Keys, view: Box, log2: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which tiles lie in the view, and the numbers of the blocks that they lie in."""
    side = 1 << log2 - LOG2_TILE
    bounds = [_tile_bound(view.top * side), _tile_bound(view.bottom * side)]  # the plane may end within the view
    first, end = np.searchsorted(keys[:, 0], bounds)
    shift = min(log2 - LOG2_TILE, _DEEPEST_SHIFT)
    columns = keys[first:end, 1] >> shift
    inside = np.flatnonzero((columns >= view.left) & (columns < view.right)) + first
    if not len(inside):
        return inside, inside
    return inside, ((keys[inside, 0] >> shift) - view.top) * view.width + (keys[inside, 1] >> shift) - view.left


def _tile_bound(at: int) -> int:
    return min(max(at, -FARTHEST_TILE), FARTHEST_TILE)


def small_blocks(words: Words, log2: int) -> NDArray[np.uint16]:
    """How many cells are alive in each block of 2^log2 × 2^log2 cells of each tile.

    Args:
        words: of shape (n, 64).
        log2: 0 to 5.

    Returns:
        uint16 of shape (n, 64 >> log2, 64 >> log2).
    """
    if log2 < _LOG2_BYTE:
        cells = np.unpackbits(np.ascontiguousarray(words).view(np.uint8), bitorder="little")
        counts, reached = cells.reshape(len(words), TILE, TILE), 0
    else:
        in_bytes = np.bitwise_count(np.ascontiguousarray(words).view(np.uint8)).view(np.uint64)
        for _ in range(_LOG2_BYTE):  # eight counts in a word, which never overflow: 64 is the most
            in_bytes = in_bytes[:, 0::2] + in_bytes[:, 1::2]
        counts, reached = in_bytes.view(np.uint8).reshape(len(words), 8, 8), _LOG2_BYTE
    if log2 > _LOG2_BYTE:
        counts = counts.astype(np.uint16)
    for _ in range(log2 - reached):
        counts = counts[:, 0::2] + counts[:, 1::2]
        counts = counts[:, :, 0::2] + counts[:, :, 1::2]
    return counts.astype(np.uint16)


def put_small_blocks(target: NDArray[np.int32] | Densities, keys: Keys, words: Words, view: Box, log2: int) -> None:
    """Writes what is in these tiles' blocks, which are smaller than a tile, in the place of what is there.

    Args:
        target: of the view's shape; where it is of whole numbers, it gets counts, and else the shares that are alive.
        keys: the tiles, sorted.
        words: their cells; perhaps none.
        view: the rows and columns of blocks that are wanted, counted in blocks.
        log2: 0 to 5.
    """
    places = tiles_in(keys, Box(*(at << log2 for at in view)))
    if not len(places):
        return
    side = TILE >> log2
    ys, xs = keys[places, 0] * side - view.top, keys[places, 1] * side - view.left
    counts = small_blocks(words[places], log2)
    values = counts if target.dtype.kind == "i" else counts * np.float32(2.0 ** (-2 * log2))
    is_whole = (ys >= 0) & (xs >= 0) & (ys + side <= view.height) & (xs + side <= view.width)
    along = np.arange(side)
    for some, whole in ((np.flatnonzero(is_whole), True), (np.flatnonzero(~is_whole), False)):
        at_y = ys[some, np.newaxis, np.newaxis] + along[:, np.newaxis]
        at_x = xs[some, np.newaxis, np.newaxis] + along
        if whole:
            target[at_y, at_x] = values[some]
            continue
        at_y, at_x = np.broadcast_arrays(at_y, at_x)
        inside = (at_y >= 0) & (at_y < view.height) & (at_x >= 0) & (at_x < view.width)
        target[at_y[inside], at_x[inside]] = values[some][inside]


def densities_of(counts: Counts | NDArray[np.int32], log2: int) -> Densities:
    """Shares out of counts, whose array is used up; never 0 where a cell is alive."""
    return shares_of(counts, max(2.0 ** (-2 * log2), _LEAST))
