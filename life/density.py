"""How many cells live in each of many blocks of a board, which is what it looks like from afar.

Counted in compiled code once there is some (see `life.density_loops`), which takes as long as to read the words from
memory; in NumPy until then, in about ten times as long. Of a board that is too large even for that, the counts of all
its blocks can be kept, so that to look at another part of it, or from farther away, costs next to nothing.
"""

from functools import cache
from threading import Thread
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from life import density_loops
from life.engine.compiler import machine_code

Words = NDArray[np.uint64]
Counts = NDArray[np.signedinteger]
Tiles = NDArray[np.int64]
Bounds = tuple[int, int]  # the first row or column, a multiple of the blocks' size, and one past the last

KEPT_FROM = 5  # log2 of the smallest blocks whose counts are kept

_LARGEST_COUNTED = 12  # log2 of blocks that are counted at once; larger ones are put together
_ODD = np.uint64(0x5555555555555555)
_TWOS, _FOURS = np.uint64(0x3333333333333333), np.uint64(0x0F0F0F0F0F0F0F0F)
_TILES_WORTH_COMPILING = 512
_WORTH_COMPILING = 1 << 19  # bytes that are counted
_SHARES_AT_A_TIME = 32  # rows
_STRIP = 1 << 20  # units that NumPy counts at a time, about


class CountBlocks(Protocol):
    """`life.density_loops.count_blocks`, compiled or not."""

    def __call__(
        self, words: Words, top: int, bottom: int, left: int, right: int, log2: int, counts: NDArray[np.int32]
    ) -> None:
        """Writes into `counts`."""


class CountTiles(Protocol):
    """`life.density_loops.count_tiles`, compiled."""

    def __call__(
        self, rows: Tiles, columns: Tiles, words: Words, which: Tiles, top: int, left: int, log2: int,
        counts: NDArray[np.int32],
    ) -> None:  # fmt: skip
        """Writes into `counts`."""


class BlockCounter:
    """Counts in compiled code as soon as there is some. Any thread may ask.

    Attributes:
        trouble: why there is and will be no compiled code, in one sentence; "" as long as nothing has gone wrong.
    """

    def __init__(self) -> None:
        self.trouble = ""
        self._loops: tuple[CountBlocks, CountTiles] | None = None
        self._thread: Thread | None = None

    @property
    def is_fast(self) -> bool:
        """Whether the code is compiled."""
        return self._loops is not None

    def prepare(self) -> None:
        """Begins to compile, or to load what an earlier run has compiled, if nobody has begun yet."""
        if self._loops is None and self._thread is None:
            thread = Thread(target=self._compile, name="compile density")
            try:
                thread.start()
            except RuntimeError:  # the system has no more threads to give; perhaps it has when somebody asks again
                return
            self._thread = thread

    def wait(self) -> None:
        """Waits until it is compiled, or cannot be."""
        self.prepare()
        if self._thread is not None:
            self._thread.join()

    def tile_loop(self, many: int) -> "CountTiles | None":
        """What counts the tiles of a plane that has so many; None until it is compiled, which this begins."""
        if self._loops is None and many >= _TILES_WORTH_COMPILING:
            self.prepare()
        return self._loops[1] if self._loops else None

    def counts(self, words: Words, rows: Bounds, columns: Bounds, log2: int) -> Counts:
        """How many cells are alive in each block of 2^log2 × 2^log2 cells.

        Args:
            words: a board's, of shape (rows, words a row), contiguous, the first column the lowest bit.
            rows: which of them; the last blocks may be cut.
            columns: which of them, inside the words; the last blocks may be cut.
            log2: from 0 on.
        """
        if log2 > _LARGEST_COUNTED:
            small = self.counts(words, rows, columns, _LARGEST_COUNTED)
            return summed(small, 1 << (log2 - _LARGEST_COUNTED))
        if self._loops is None and (rows[1] - rows[0]) * (columns[1] - columns[0]) // 8 >= _WORTH_COMPILING:
            self.prepare()
        loop = self._loops[0] if self._loops else counted_by_numpy
        counts = np.empty((_blocks(rows, log2), _blocks(columns, log2)), np.int32)
        loop(words, *rows, *columns, log2, counts)
        return counts

    def _compile(self) -> None:
        try:
            self._loops = (
                machine_code(density_loops.count_blocks, density_loops.PARTS, _signature_of_blocks),
                machine_code(density_loops.count_tiles, density_loops.PARTS, _signature_of_tiles),
            )
        except ImportError as error:
            self.trouble = f"Without numba counting cells cannot be compiled ({error}); pip install numba."
        except Exception as error:  # numba's errors are of many kinds, and none of them is worth losing a picture for
            self.trouble = f"numba could not compile the counting of cells, and NumPy does it: {error}"


def _signature_of_blocks(types: Any) -> Any:
    """The types of the arguments of `count_blocks`; a board's words are read-only."""
    words = types.Array(types.uint64, 2, "C", readonly=True)
    return types.void(words, *[types.int64] * 5, types.Array(types.int32, 2, "C"))


def _signature_of_tiles(types: Any) -> Any:
    """The types of the arguments of `count_tiles`; a plane's tiles are read-only."""
    tiles = types.Array(types.int64, 1, "A", readonly=True)
    words = types.Array(types.uint64, 2, "C", readonly=True)
    return types.void(tiles, tiles, words, tiles, *[types.int64] * 3, types.Array(types.int32, 2, "C"))


@cache
def block_counter() -> BlockCounter:
    """The one of this process."""
    return BlockCounter()


class Pyramid:
    """The counts of all blocks of a board whose size is 2^5 or more, each level a quarter as large as the one before.

    Those of 65,536 × 65,536 cells take 22 MB and as long to make as to count them once.
    """

    def __init__(self, words: Words) -> None:
        counts = block_counter().counts(words, (0, words.shape[0]), (0, words.shape[1] * 64), KEPT_FROM)
        self._levels = [counts]
        while max(self._levels[-1].shape) > 1:
            self._levels.append(summed(self._levels[-1], 2))

    def counts(self, rows: Bounds, columns: Bounds, log2: int) -> Counts:
        """As `BlockCounter.counts`, for blocks of 2^5 × 2^5 cells or larger."""
        level = self._levels[min(log2 - KEPT_FROM, len(self._levels) - 1)]
        if log2 - KEPT_FROM >= len(self._levels):
            return level
        return level[rows[0] >> log2 : -(-rows[1] >> log2), columns[0] >> log2 : -(-columns[1] >> log2)]


def _blocks(bounds: Bounds, log2: int) -> int:
    return -((bounds[0] - bounds[1]) >> log2)


def summed(counts: Counts, side: int) -> Counts:
    """The sums of squares of `side` × `side` counts; the last ones may be cut."""
    rows = np.add.reduceat(counts, range(0, counts.shape[0], side), axis=0, dtype=np.int64)
    sums: Counts = np.add.reduceat(rows, range(0, counts.shape[1], side), axis=1)
    return sums


def shares_of(counts: NDArray[np.number], share: float) -> NDArray[np.float32]:
    """The counts times the share that one cell has in its block; an array of 32 bits a count is used up."""
    if counts.dtype != np.int32:
        return counts.astype(np.float32) * np.float32(share)
    shares = counts.view(np.float32)  # in the same place: to take memory anew costs more than to count
    for top in range(0, len(counts), _SHARES_AT_A_TIME):
        some = counts[top : top + _SHARES_AT_A_TIME].astype(np.float32)
        np.multiply(some, np.float32(share), out=shares[top : top + _SHARES_AT_A_TIME])
    return shares


def counted_by_numpy(
    words: Words, top: int, bottom: int, left: int, right: int, log2: int, counts: NDArray[np.int32]
) -> None:
    """The same as `life.density_loops.count_blocks`."""
    if log2 in (1, 2):
        first = left >> 6
        found = _small_counts(words[top:bottom, first : (right + 63) >> 6], log2)
        counts[:] = found[:, (left - (first << 6)) >> log2 :][:, : counts.shape[1]]
        return
    unit = unit_of(log2)
    sums = np.uint16 if log2 < 6 else np.uint32  # of the rows of a block; they hold what a unit can come to
    first, last = left // unit, -(-right // unit)
    step = max(_STRIP // ((last - first) << log2), 1) << log2  # rows, a whole number of blocks
    for row in range(top, bottom, step):
        part = units_of(words[row : min(row + step, bottom)], unit)[:, first:last]
        high = np.add.reduceat(part, range(0, len(part), 1 << log2), axis=0, dtype=sums)
        wide = _added_up(high, max((1 << log2) // unit, 1))
        block = (row - top) >> log2
        counts[block : block + wide.shape[0]] = wide


def _small_counts(words: Words, log2: int) -> NDArray[np.uint8]:
    """The counts of blocks of 2 × 2 or 4 × 4 cells, all at once on whole words; see `life.density_loops`."""
    words = np.pad(words, ((0, -len(words) % (1 << log2)), (0, 0)))
    fields = words - (words >> np.uint64(1) & _ODD)
    if log2 == 2:
        fields = (fields & _TWOS) + (fields >> np.uint64(2) & _TWOS)
    mask, shift = (_TWOS, np.uint64(2)) if log2 == 1 else (_FOURS, np.uint64(4))
    even = np.add.reduce((fields & mask).reshape(-1, 1 << log2, words.shape[1]), axis=1)
    odd = np.add.reduce((fields >> shift & mask).reshape(-1, 1 << log2, words.shape[1]), axis=1)
    low, high = even.view(np.uint8), odd.view(np.uint8)
    parts = (low & 15, high & 15, low >> 4, high >> 4) if log2 == 1 else (low, high)
    return np.stack(parts, axis=-1).reshape(len(even), -1)


def _added_up(counts: NDArray[np.unsignedinteger], many: int) -> NDArray[np.integer]:
    """The sums of so many counts side by side, a power of two; the last may be of fewer."""
    if counts.shape[1] % many:
        counts = np.pad(counts, ((0, 0), (0, -counts.shape[1] % many)))
    wide: NDArray[np.integer] = counts.astype(np.int32) if many > 1 else counts
    while many > 1:  # halves are added many times as fast as groups
        wide = wide[:, 0::2] + wide[:, 1::2]
        many //= 2
    return wide


def unit_of(log2: int) -> int:
    """How many cells side by side NumPy counts at once."""
    return 64 if log2 >= 6 else 8 if log2 >= 3 else 1


def units_of(words: Words, unit: int) -> NDArray[np.uint8]:
    """How many cells are alive in each unit of a row."""
    if unit == 64:
        return np.bitwise_count(words)
    units = np.ascontiguousarray(words).view(np.uint8)
    return np.bitwise_count(units) if unit == 8 else np.unpackbits(units, axis=1, bitorder="little")
