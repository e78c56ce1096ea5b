"""One generation as an immutable picture, one bit a cell; what travels between threads.

The bits are packed once and for all in the order that everybody else reads without repacking: QImage's
`Format_MonoLSB`, NumPy's `packbits(bitorder="little")` and 64-bit words on a little-endian machine.

A board with a few cells edited is kept as the board that it was made from and the words that differ, until somebody
asks for all its bits: a large board is not copied for a stroke of the pen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from weakref import ReferenceType, ref

import numpy as np
from numpy.typing import NDArray

from life.density import Pyramid
from life.errors import LifeError
from life.flips import NO_FLIPS, Flips, Places, flips_of_cells
from life.packed_rows import Words, bits_of, box_of, cells_of, densities_of, shifted
from life.plane.box import Box

Cells = NDArray[np.uint8]
Bits = NDArray[np.uint8]
Coordinates = NDArray[np.int64]
Densities = NDArray[np.float32]

_LARGEST_EDIT = 1 << 16  # words; beyond, to go on with an edit would take longer than to copy most boards
_STRIP = 1 << 17  # words that are compared at a time


@dataclass(frozen=True, slots=True)
class _Whole:
    """All bits of a board; and which plain board it was made from by which flips, as long as that one is there."""

    bits: Bits
    origin: "ReferenceType[Board] | None" = None
    flips: Flips = NO_FLIPS


@dataclass(frozen=True, slots=True)
class _Edited:
    """A board that has all its bits, and what is flipped of them."""

    origin: "Board"
    flips: Flips


class Board:
    """`height` × `width` cells in packed rows; never changes once it is made, and any thread may read it."""

    __slots__ = ("__weakref__", "_extent", "_kept", "_population", "_pyramid", "height", "width")

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
        self._kept: _Whole | _Edited = _Whole(bits)  # replaced in one go, whichever thread asked for all bits
        self._population: int | None = None
        self._extent: tuple[Box | None] | None = None
        self._pyramid: Pyramid | None = None

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

    @property
    def bits(self) -> Bits:
        """Read-only uint8 of shape (height, stride); of an edited board they are put together when first asked for.

        Cell (y, x) is bit `x % 8` of `bits[y, x // 8]`. The stride is a multiple of 8 bytes, and the bits past the
        width are 0.
        """
        kept = self._kept
        if isinstance(kept, _Edited):
            bits = np.array(kept.origin.bits)  # a copy, contiguous
            words = bits.view(np.uint64).reshape(-1)
            words[kept.flips.places] ^= kept.flips.masks
            bits.flags.writeable = False
            kept = self._kept = _Whole(bits, ref(kept.origin), kept.flips)
        return kept.bits

    @property
    def frame(self) -> Box:
        """All cells that there are."""
        return Box(0, 0, self.height, self.width)

    @property
    def box(self) -> Box | None:
        """The smallest one around all live cells; None where there are none."""
        if self._extent is None:
            self._extent = (self._find_box(),)
        return self._extent[0]

    @property
    def is_empty(self) -> bool:
        """Whether no cell is alive."""
        if self._population is not None:
            return not self._population
        origin, flips = self._lineage()
        if len(flips) and (flips.masks & ~origin._flat[flips.places]).any():
            return False
        return not self.population if len(flips) else not self._words.any()

    @property
    def nbytes(self) -> int:
        """How much memory its bits take, whether they are put together by now or not."""
        return self.height * stride_of(self.width)

    @property
    def population(self) -> int:
        """How many cells are alive."""
        if self._population is None:
            origin, flips = self._lineage()
            if origin is self:
                self._population = int(np.bitwise_count(self._words).sum(dtype=np.int64))
            else:
                old = origin._flat[flips.places]
                more = np.bitwise_count(old ^ flips.masks).sum(dtype=np.int64)
                self._population = origin.population + int(more) - int(np.bitwise_count(old).sum(dtype=np.int64))
        return self._population

    def is_alive(self, y: int, x: int) -> bool:
        """Whether cell (y, x) is alive; one outside the board never is."""
        if not self.frame.contains(y, x):
            return False
        row = self._rows(y, y + 1, x >> 6, (x >> 6) + 1)
        return bool(int(row[0, 0]) >> (x & 63) & 1)

    def cells(self) -> Cells:
        """A fresh array of shape (height, width), 1 where a cell is alive."""
        return np.unpackbits(self.bits, axis=1, count=self.width, bitorder="little")

    def live_cells(self, box: Box | None = None, most: int = 100_000_000) -> tuple[Coordinates, Coordinates]:
        """Rows and columns of the live cells, row by row; those in `box` only, where one is given.

        Raises:
            LifeError: there are more than `most`.
        """
        inside = self.frame.within(box) if box else self.frame
        if inside.is_empty:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        part = self if inside == self.frame else self.crop(inside)
        if part.population > most:
            raise LifeError(f"{part.population:,} live cells are too many; the most is {most:,}")
        ys, xs = cells_of(part._words)
        return ys + inside.top, xs + inside.left

    def crop(self, box: Box) -> "Board":
        """The cells of a box that is not empty, as a board of its size; cells outside this board are dead."""
        words = np.zeros((box.height, stride_of(box.width) // 8), np.uint64)
        inside = self.frame.within(box)
        if not inside.is_empty:
            part = self._rows(inside.top, inside.bottom, inside.left >> 6, (inside.right + 63) >> 6)
            shifted(part, inside.left & 63, inside.width, words[inside.top - box.top :], inside.left - box.left)
        return Board(box.height, box.width, words.view(np.uint8))

    def densities(self, top: int, left: int, height: int, width: int, log2: int) -> Densities:
        """Which share of the cells is alive in each block of 2^log2 × 2^log2 cells; those outside the board are dead.

        Args:
            top: the first row of the first block, a multiple of 2^log2.
            left: its first column, the same.
            height: how many blocks down.
            width: how many across.
            log2: from 0 on.

        Returns:
            float32 of shape (height, width), 0 to 1; 0 only where no cell of the block is alive.
        """
        origin, flips = self._lineage_to_read()
        return densities_of(origin._words, flips, (top, left, height, width), log2, origin._pyramid)

    @property
    def is_counted(self) -> bool:
        """Whether the densities of large blocks are known without a look at the cells."""
        return self._lineage_to_read()[0]._pyramid is not None

    def count_ahead(self) -> None:
        """Counts all large blocks, for `densities` of this board and of those that are edits of it to be quick."""
        origin, _ = self._lineage_to_read()
        if origin._pyramid is None:
            origin._pyramid = Pyramid(origin._words)

    def with_cells(self, ys: Coordinates, xs: Coordinates, alive: bool) -> "Board":
        """A board with the cells (ys[i], xs[i]) set or cleared; cells outside are left out.

        It takes the time of the edit and of what was edited before; of the board only where that is a good part of it.
        """
        inside = (ys >= 0) & (ys < self.height) & (xs >= 0) & (xs < self.width)
        if not inside.all():
            ys, xs = ys[inside], xs[inside]
        if not len(ys):
            return self
        if len(ys) > _LARGEST_EDIT:
            return self._written(ys, xs, alive)
        origin, before = self._lineage()
        more = flips_of_cells(origin._words, before, ys, xs, alive)
        return self if not len(more) else self._flipped(origin, before.then(more))

    def with_flips(self, flips: Flips) -> "Board":
        """A board of the same size that differs from this one by `flips`."""
        origin, before = self._lineage()
        return self._flipped(origin, before.then(flips)) if len(flips) else self

    def flips_since(self, before: "Board") -> Flips | None:
        """How it differs from another board, where that is known without a look at all cells: both are edits of one."""
        (origin, flips), (other, earlier) = self._lineage(), before._lineage()
        return earlier.then(flips) if origin is other else None

    def resized(self, height: int, width: int, top: int = 0, left: int = 0) -> "Board":
        """The cells of this board at (top, left) of an empty one of another size; what lies outside is cut."""
        return self.crop(Box(-top, -left, height - top, width - left))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Board):
            return NotImplemented
        if self is other:
            return True
        if (self.height, self.width) != (other.height, other.width):
            return False
        (origin, flips), (other_origin, other_flips) = self._lineage(), other._lineage()
        return flips.is_same_as(other_flips) if origin is other_origin else self._has_cells_of(other)

    def __hash__(self) -> int:
        return hash((self.width, self.bits.tobytes()))

    def __repr__(self) -> str:
        return f"<Board of {self.height} rows and {self.width} columns, {self.population} alive>"

    @property
    def _words(self) -> Words:
        """All bits, of shape (height, words a row)."""
        return np.ascontiguousarray(self.bits).view(np.uint64)

    @property
    def _flat(self) -> Words:
        return self._words.reshape(-1)

    def _lineage(self) -> "tuple[Board, Flips]":
        """The board that it was edited from, which has all its bits, and all edits since; or itself and none."""
        kept = self._kept
        if isinstance(kept, _Edited):
            return kept.origin, kept.flips
        origin = kept.origin() if kept.origin else None
        return (origin, kept.flips) if origin else (self, NO_FLIPS)

    def _lineage_to_read(self) -> "tuple[Board, Flips]":
        """The same, but itself where it has all its bits."""
        kept = self._kept
        return (kept.origin, kept.flips) if isinstance(kept, _Edited) else (self, NO_FLIPS)

    def _flipped(self, origin: "Board", flips: Flips) -> "Board":
        if not len(flips):
            return origin
        board = Board.__new__(Board)
        board.height, board.width = self.height, self.width
        board._population = board._extent = board._pyramid = None
        board._kept = _Edited(origin, flips)
        if len(flips) > min(_LARGEST_EDIT, self.nbytes // 64):
            board._kept = _Whole(board.bits)
        return board

    def _written(self, ys: Coordinates, xs: Coordinates, alive: bool) -> "Board":
        bits = self.bits.copy()
        masks = np.left_shift(np.uint8(1), (xs & 7).astype(np.uint8))
        if alive:
            np.bitwise_or.at(bits, (ys, xs >> 3), masks)
        else:
            np.bitwise_and.at(bits, (ys, xs >> 3), np.bitwise_not(masks))
        return Board(self.height, self.width, bits)

    def _rows(self, top: int, bottom: int, first: int, last: int) -> Words:
        """The words `first` to `last` of some rows, as they are now; perhaps a view."""
        origin, flips = self._lineage_to_read()
        words = origin._words
        part = words[top:bottom, first:last]
        near = flips.between(top * words.shape[1], bottom * words.shape[1])
        if len(near):
            part = part.copy()
            rows, columns = np.divmod(near.places, words.shape[1])
            inside = (columns >= first) & (columns < last)
            part[rows[inside] - top, columns[inside] - first] ^= near.masks[inside]
        return part

    def _has_cells_of(self, other: "Board") -> bool:
        words = stride_of(self.width) // 8
        rows = max(_STRIP // words, 1)
        return all(
            np.array_equal(self._rows(top, top + rows, 0, words), other._rows(top, top + rows, 0, words))
            for top in range(0, self.height, rows)
        )

    def _find_box(self) -> Box | None:
        origin, flips = self._lineage_to_read()
        if not len(flips):
            return box_of(self._words)
        old = origin._flat[flips.places]
        around = origin.box
        lost = self._around(flips.places, flips.masks & old)
        if around and lost and around.grown(-1).within(lost) != lost:  # its rim may be gone
            return box_of(self._words)
        gained = self._around(flips.places, flips.masks & ~old)
        return around.joined(gained) if around and gained else around or gained

    def _around(self, places: Places, masks: Words) -> Box | None:
        """The smallest box around the cells that are in some words."""
        which, bits = np.nonzero(bits_of(masks))
        if not len(which):
            return None
        ys, xs = np.divmod(places[which], self.nbytes // 8 // self.height)
        xs = xs * 64 + bits
        return Box(int(ys[0]), int(xs.min()), int(ys[-1]) + 1, int(xs.max()) + 1)


def stride_of(width: int) -> int:
    """Bytes in a packed row of `width` cells: a whole number of 64-bit words."""
    return (width + 63) // 64 * 8
