"""The loops that count the live cells of blocks on packed words, as numba compiles them.

Plain Python that runs as it stands, far too slowly; see `life.engine.loops`. Several counts are kept in one word and
added at once: first of two cells, then of four and eight, in fields that become wider before they can overflow. What
is added over many rows are words of eight counts of eight cells each, one after the other along the rows, which the
compiler does for several words in one instruction.
"""

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Counts = NDArray[np.int32]
Tiles = NDArray[np.int64]

_ODD = np.uint64(0x5555555555555555)
_TWOS = np.uint64(0x3333333333333333)
_FOURS = np.uint64(0x0F0F0F0F0F0F0F0F)
_EIGHTS = np.uint64(0x00FF00FF00FF00FF)
_SIXTEENS = np.uint64(0x0000FFFF0000FFFF)
_ONE, _TWO, _FOUR = np.uint64(1), np.uint64(2), np.uint64(4)
_BYTE = np.uint64(255)
_HALF_A_TILE = 16  # rows, of the largest blocks that are smaller than a tile
_MOST_ROWS = 28  # of counts up to 8 that fit into a byte, in fours


def in_twos(cells: np.uint64) -> np.uint64:
    """How many live in each pair."""
    return cells - (cells >> _ONE & _ODD)


def in_fours(cells: np.uint64) -> np.uint64:
    """How many live in each four."""
    twos = in_twos(cells)
    return (twos & _TWOS) + (twos >> _TWO & _TWOS)


def in_eights(fours: np.uint64) -> np.uint64:
    """How many live in each eight, from the counts of fours; these may be those of two rows together."""
    return (fours & _FOURS) + (fours >> _FOUR & _FOURS)


def add_rows(words: Words, top: int, bottom: int, first: int, totals: Words) -> None:
    """Adds the counts of eights of some rows, at most 28, to `totals`; the words begin with the one at `first`."""
    count = len(totals)
    row = top
    while row + 4 <= bottom:
        a, b = words[row, first : first + count], words[row + 1, first : first + count]
        c, d = words[row + 2, first : first + count], words[row + 3, first : first + count]
        for i in range(count):
            totals[i] += in_eights(in_fours(a[i]) + in_fours(b[i])) + in_eights(in_fours(c[i]) + in_fours(d[i]))
        row += 4
    while row < bottom:
        a = words[row, first : first + count]
        for i in range(count):
            totals[i] += in_eights(in_fours(a[i]))
        row += 1


def put_eights(totals: Words, log2: int, sums: Counts) -> None:
    """Adds counts of eights to those of blocks of 2^log2 columns, 3 or more; the first block begins with the first."""
    for i in range(len(totals)):
        eights = totals[i]
        if log2 == 3:
            for byte in range(8):
                sums[8 * i + byte] += np.int32(eights >> np.uint64(8 * byte) & _BYTE)
            continue
        wide = (eights & _EIGHTS) + (eights >> np.uint64(8) & _EIGHTS)
        if log2 == 4:
            for part in range(4):
                sums[4 * i + part] += np.int32(wide >> np.uint64(16 * part) & np.uint64(0xFFFF))
            continue
        wide = (wide & _SIXTEENS) + (wide >> np.uint64(16) & _SIXTEENS)
        low, high = np.int32(wide & np.uint64(0xFFFFFFFF)), np.int32(wide >> np.uint64(32))
        if log2 == 5:
            sums[2 * i] += low
            sums[2 * i + 1] += high
        else:
            sums[i >> (log2 - 6)] += low + high


def count_small(words: Words, top: int, bottom: int, first: int, last: int, log2: int, sums: Counts) -> None:
    """Counts one row of blocks of 1, 2 × 2 or 4 × 4 cells."""
    for i in range(last - first):
        at = i << (6 - log2)
        if log2 == 0:
            cells = words[top, first + i]
            for bit in range(64):
                sums[at + bit] = np.int32(cells >> np.uint64(bit) & _ONE)
            continue
        even, odd = np.uint64(0), np.uint64(0)  # apart, so that each count has twice the room
        for row in range(top, bottom):
            cells = words[row, first + i]
            if log2 == 1:
                twos = in_twos(cells)
                even += twos & _TWOS
                odd += twos >> _TWO & _TWOS
            else:
                fours = in_fours(cells)
                even += fours & _FOURS
                odd += fours >> _FOUR & _FOURS
        width = 2 << log2
        mask = np.uint64((1 << width) - 1)
        for pair in range(64 // width):
            shift = np.uint64(pair * width)
            sums[at + 2 * pair] = np.int32(even >> shift & mask)
            sums[at + 2 * pair + 1] = np.int32(odd >> shift & mask)


def count_blocks(words: Words, top: int, bottom: int, left: int, right: int, log2: int, counts: Counts) -> None:
    """How many cells are alive in each block of 2^log2 × 2^log2 cells, up to 2^12 × 2^12.

    Args:
        words: a board's, of shape (rows, words a row), the first column the lowest bit.
        top: the first row, a multiple of 2^log2.
        bottom: one past the last row; the last blocks may be cut.
        left: the first column, a multiple of 2^log2.
        right: one past the last column, inside the words; the last blocks may be cut.
        log2: 0 to 12.
        counts: one for each block, to be written.
    """
    side, width = 1 << log2, counts.shape[1]
    first, last = left >> 6, (right + 63) >> 6
    skipped = (left - (first << 6)) >> log2
    totals = np.zeros(last - first, np.uint64)
    sums = np.zeros(max((last - first) << 6 >> log2, width) + skipped + 1, np.int32)
    for block in range(counts.shape[0]):
        row, end = top + (block << log2), min(top + ((block + 1) << log2), bottom)
        sums[:] = 0
        if side < 8:
            count_small(words, row, end, first, last, log2, sums)
        else:
            while row < end:
                until = min(row + _MOST_ROWS, end)
                totals[:] = 0
                add_rows(words, row, until, first, totals)
                put_eights(totals, log2, sums)
                row = until
        for i in range(width):
            counts[block, i] = sums[skipped + i]


def count_tiles(
    rows: Tiles, columns: Tiles, words: Words, which: Tiles, top: int, left: int, log2: int, counts: Counts
) -> None:
    """The same for tiles of 64 × 64 cells of a plane, whose blocks are written to their places.

    Args:
        rows: the row of each tile, counted in tiles.
        columns: the column of each, the same.
        words: the cells of each, of shape (tiles, 64).
        which: those tiles that are to be counted.
        top: the row of the first block that is wanted, counted in blocks.
        left: its column, the same.
        log2: 0 to 5.
        counts: one for each block, 0 at first; those outside are left out.
    """
    side, height, width = 64 >> log2, counts.shape[0], counts.shape[1]
    totals, sums = np.zeros(1, np.uint64), np.zeros(64, np.int32)
    for tile in which:
        y, x = rows[tile] * side - top, columns[tile] * side - left
        cells = words[tile : tile + 1].reshape(64, 1)
        for block in range(max(-y, 0), min(side, height - y)):
            row, end = block << log2, (block + 1) << log2
            sums[:] = 0
            if log2 < 3:
                count_small(cells, row, end, 0, 1, log2, sums)
            else:
                while row < end:
                    until = min(row + _HALF_A_TILE, end)
                    totals[0] = np.uint64(0)
                    add_rows(cells, row, until, 0, totals)
                    put_eights(totals, log2, sums)
                    row = until
            for i in range(max(-x, 0), min(side, width - x)):
                counts[y + block, x + i] = sums[i]


PARTS = (in_twos, in_fours, in_eights, add_rows, put_eights, count_small)
