"""One generation as an immutable picture, one bit a cell; what travels between threads.

The bits are packed once and for all in the order that everybody else reads without repacking: QImage's
`Format_MonoLSB`, NumPy's `packbits(bitorder="little")` and 64-bit words on a little-endian machine.
"""

from collections.abc import Iterable
from typing import Self

import numpy as np
from numpy.typing import NDArray

Cells = NDArray[np.uint8]
Bits = NDArray[np.uint8]


class Board:
    """`height` × `width` cells in packed rows; never changes once it is made.

    Attributes:
        bits: read-only uint8 of shape (height, stride). Cell (y, x) is bit `x % 8` of `bits[y, x // 8]`.
            The stride is a multiple of 8 bytes, and the bits past the width are 0.
    """

    __slots__ = ("bits", "height", "width")

    def __init__(self, height: int, width: int, bits: Bits | None = None) -> None:
        """Takes over `bits` (which must not be written again), or makes an empty board where there are none."""
        if height < 1 or width < 1:
            raise ValueError(f"a board needs at least one row and one column, not {height} and {width}")
        if bits is None:
            bits = np.zeros((height, stride_of(width)), np.uint8)
        if bits.shape != (height, stride_of(width)) or bits.dtype != np.uint8:
            raise ValueError(f"{height} × {width} cells do not fit bits of shape {bits.shape} and type {bits.dtype}")
        bits.flags.writeable = False
        self.height = height
        self.width = width
        self.bits = bits

    @classmethod
    def from_cells(cls, cells: NDArray[np.uint8] | NDArray[np.bool_]) -> Self:
        """A board from an array of shape (height, width) in which whatever is not 0 is alive."""
        height, width = cells.shape
        bits = np.zeros((height, stride_of(width)), np.uint8)
        bits[:, : (width + 7) // 8] = np.packbits(cells, axis=1, bitorder="little")
        return cls(height, width, bits)

    @classmethod
    def from_live(cls, height: int, width: int, live: Iterable[tuple[int, int]]) -> Self:
        """A board whose live cells are the (y, x) in `live`; coordinates wrap round."""
        cells = np.zeros((height, width), np.uint8)
        for y, x in live:
            cells[y % height, x % width] = 1
        return cls.from_cells(cells)

    def cells(self) -> Cells:
        """A fresh array of shape (height, width), 1 where a cell is alive."""
        return np.unpackbits(self.bits, axis=1, count=self.width, bitorder="little")

    def is_alive(self, y: int, x: int) -> bool:
        """Whether cell (y, x), inside the board, is alive."""
        return bool(self.bits[y, x >> 3] >> (x & 7) & 1)

    @property
    def population(self) -> int:
        """How many cells are alive."""
        words = np.ascontiguousarray(self.bits).view(np.uint64)  # counted several times as fast as bytes
        return int(np.bitwise_count(words).sum(dtype=np.int64))

    def with_cells(self, ys: NDArray[np.int64], xs: NDArray[np.int64], alive: bool) -> Self:
        """A board with the cells (ys[i], xs[i]) set or cleared; cells outside are left out."""
        inside = (ys >= 0) & (ys < self.height) & (xs >= 0) & (xs < self.width)
        ys, xs = ys[inside], xs[inside]
        bits = self.bits.copy()
        masks = np.left_shift(np.uint8(1), (xs & 7).astype(np.uint8))
        if alive:
            np.bitwise_or.at(bits, (ys, xs >> 3), masks)
        else:
            np.bitwise_and.at(bits, (ys, xs >> 3), np.bitwise_not(masks))
        return type(self)(self.height, self.width, bits)

    def resized(self, height: int, width: int, top: int = 0, left: int = 0) -> Self:
        """The cells of this board at (top, left) of an empty one of another size; what lies outside is cut."""
        old, new = self.cells(), np.zeros((height, width), np.uint8)
        y0, x0 = max(top, 0), max(left, 0)
        y1, x1 = min(top + self.height, height), min(left + self.width, width)
        if y0 < y1 and x0 < x1:
            new[y0:y1, x0:x1] = old[y0 - top : y1 - top, x0 - left : x1 - left]
        return type(self).from_cells(new)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Board):
            return NotImplemented
        return self.width == other.width and np.array_equal(self.bits, other.bits)

    def __hash__(self) -> int:
        return hash((self.width, self.bits.tobytes()))

    def __repr__(self) -> str:
        return f"<Board of {self.height} rows and {self.width} columns, {self.population} alive>"


def stride_of(width: int) -> int:
    """Bytes in a packed row of `width` cells: a whole number of 64-bit words."""
    return (width + 63) // 64 * 8
