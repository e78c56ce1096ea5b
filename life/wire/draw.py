"""Numbers between 0 and 1 for every cell, drawn from a seed by hashing and not one after another.

So a cell's number does not depend on the order in which cells are stepped, nor on the size of the board, and every
strategy meets the same. The hash is the output function of SplitMix64 (Steele, Lea and Flood, "Fast splittable
pseudorandom number generators", 2014), which takes every 64-bit number to another one.
"""

import numpy as np
from numpy.typing import NDArray

Fractions = NDArray[np.float64]

_GOLDEN = 0x9E3779B97F4A7C15
_FIRST = 0xBF58476D1CE4E5B9
_SECOND = 0x94D049BB133111EB
_ALL_BITS = (1 << 64) - 1
_HALF_OF_BITS = (1 << 32) - 1
_CELLS_IN_BLOCK = 1 << 14  # what stays in a core's nearest memory


def start_from(*parts: int) -> int:
    """One 64-bit number from the lowest 64 bits of each of many numbers; another one for another order."""
    start = 0
    for part in parts:
        start = _mix((start + _GOLDEN + part) & _ALL_BITS)
    return start


def fraction(start: int, y: int, x: int) -> float:
    """The number of cell (y, x), at least 0 and below 1."""
    return (_mix((start + _GOLDEN * (y << 32 | x & _HALF_OF_BITS)) & _ALL_BITS) >> 11) * 2.0**-53


def fractions(start: int, height: int, width: int, top: int = 0, left: int = 0) -> Fractions:
    """The same numbers for all cells from (top, left) on, as an array of shape (height, width)."""
    drawn = np.empty((height, width))
    xs = np.arange(left, left + width).astype(np.uint64) & np.uint64(_HALF_OF_BITS)
    rows_in_block = max(_CELLS_IN_BLOCK // max(width, 1), 1)
    for first in range(0, height, rows_in_block):
        rows = drawn[first : first + rows_in_block]
        ys = np.arange(top + first, top + first + len(rows)).astype(np.uint64)[:, np.newaxis]
        mixed = (ys << np.uint64(32)) | xs
        mixed *= np.uint64(_GOLDEN)
        mixed += np.uint64(start)
        _mix_in_place(mixed)
        np.multiply(mixed >> np.uint64(11), 2.0**-53, out=rows)
    return drawn


def _mix(number: int) -> int:
    number = (number ^ (number >> 30)) * _FIRST & _ALL_BITS
    number = (number ^ (number >> 27)) * _SECOND & _ALL_BITS
    return number ^ (number >> 31)


def _mix_in_place(numbers: NDArray[np.uint64]) -> None:
    numbers ^= numbers >> np.uint64(30)
    numbers *= np.uint64(_FIRST)
    numbers ^= numbers >> np.uint64(27)
    numbers *= np.uint64(_SECOND)
    numbers ^= numbers >> np.uint64(31)
