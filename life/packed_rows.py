"""Questions to cells that are packed in rows of 64-bit words, lowest bit first, answered without unpacking them all.

The words have the shape (rows, words a row), and the bits past the width of a row are 0.
"""

import numpy as np
from numpy.typing import NDArray

from life.density import KEPT_FROM, Pyramid, block_counter, shares_of, unit_of, units_of
from life.flips import Flips
from life.plane.box import Box

Words = NDArray[np.uint64]
Coordinates = NDArray[np.int64]
Counts = NDArray[np.signedinteger]
Densities = NDArray[np.float32]
Region = tuple[int, int, int, int]  # the first cell's row and column, and how many blocks down and across


def box_of(words: Words) -> Box | None:
    """The smallest one around all live cells."""
    rows = np.flatnonzero(words.any(axis=1))
    if not len(rows):
        return None
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    columns = np.bitwise_or.reduce(words[top:bottom], axis=0)
    some = np.flatnonzero(columns)
    first, last = int(some[0]), int(some[-1])
    lowest, highest = int(columns[first]), int(columns[last])
    return Box(top, first * 64 + (lowest & -lowest).bit_length() - 1, bottom, last * 64 + highest.bit_length())


def cells_of(words: Words) -> tuple[Coordinates, Coordinates]:
    """Rows and columns of the live cells, row by row; only the words that hold some are unpacked."""
    ys, columns = np.nonzero(words)
    which, bit = np.nonzero(bits_of(words[ys, columns]))
    return ys[which], columns[which] * 64 + bit


def bits_of(words: Words) -> NDArray[np.uint8]:
    """The bits of words in a row, of shape (words, 64)."""
    return np.unpackbits(words[:, np.newaxis].view(np.uint8), axis=1, bitorder="little")


def shifted(source: Words, skipped: int, width: int, target: Words, column: int) -> None:
    """Puts `width` columns of `source`, after the first `skipped`, at `column` of `target`, which is 0 there."""
    masks = np.full(source.shape[1], ~np.uint64(0))
    masks[0] <<= np.uint64(skipped)
    if past := -(skipped + width) % 64:
        masks[-1] &= ~np.uint64(0) >> np.uint64(past)
    part = source & masks
    first, by = divmod(column - skipped, 64)
    _put(part << np.uint64(by), target, first)
    if by:
        _put(part >> np.uint64(64 - by), target, first + 1)


def _put(part: Words, target: Words, first: int) -> None:
    """Words that would lie outside hold no cells."""
    start, end = max(first, 0), min(first + part.shape[1], target.shape[1])
    if start < end:
        target[: len(part), start:end] |= part[:, start - first : end - first]


def densities_of(words: Words, flips: Flips, region: Region, log2: int, pyramid: Pyramid | None = None) -> Densities:
    """Which share of the cells is alive in blocks of 2^log2 × 2^log2 cells, once `flips` have been flipped.

    The first cell's row and column in `region` are multiples of 2^log2. `pyramid` is that of `words`, if there is one.
    """
    counts = _counts_of(words, region, log2, pyramid)
    rows = max(region[0], 0), min(region[0] + (region[2] << log2), words.shape[0])
    near = flips.between(rows[0] * words.shape[1], max(rows) * words.shape[1])
    if len(near):
        _mend(words, near, region, log2, counts)
    return shares_of(counts, 2.0 ** (-2 * log2))


def _counts_of(words: Words, region: Region, log2: int, pyramid: Pyramid | None) -> Counts:
    """The counts of blocks, 0 where there are no words; nobody else keeps the array."""
    top, left, height, width = region
    rows = max(top, 0), min(top + (height << log2), words.shape[0])
    columns = max(left, 0), min(left + (width << log2), words.shape[1] * 64)
    if rows[0] >= rows[1] or columns[0] >= columns[1]:
        return np.zeros((height, width), np.int32)
    kept = pyramid if log2 >= KEPT_FROM else None
    found = kept.counts(rows, columns, log2) if kept else block_counter().counts(words, rows, columns, log2)
    if found.shape == (height, width) and not kept:
        return found
    counts = np.zeros((height, width), found.dtype)
    block_y, block_x = (rows[0] - top) >> log2, (columns[0] - left) >> log2
    counts[block_y : block_y + found.shape[0], block_x : block_x + found.shape[1]] = found
    return counts


def _mend(words: Words, flips: Flips, region: Region, log2: int, counts: Counts) -> None:
    """Adds what the flips add to each block."""
    top, left, height, width = region
    unit = unit_of(log2)
    old = words.reshape(-1)[flips.places][:, np.newaxis]
    more = units_of(old ^ flips.masks[:, np.newaxis], unit).astype(np.int64) - units_of(old, unit)
    ys, xs = np.divmod(flips.places, words.shape[1])
    block_ys = np.broadcast_to(((ys - top) >> log2)[:, np.newaxis], more.shape)
    block_xs = ((xs * 64)[:, np.newaxis] + np.arange(0, 64, unit) - left) >> log2
    inside = (more != 0) & (block_ys >= 0) & (block_ys < height) & (block_xs >= 0) & (block_xs < width)
    np.add.at(counts, (block_ys[inside], block_xs[inside]), more[inside])
