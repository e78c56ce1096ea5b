"""Which cells differ between two boards of one size, in as little as they are: the 64-bit words that hold them.

An edit of a few cells of a large board is kept so, and so is what an undo of it needs.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Words = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Flips:
    """The exclusive or of two boards, without the words in which they are the same.

    Attributes:
        places: which words, counted row by row; ascending, none twice.
        masks: the bits that differ in each of them; none is 0.
    """

    places: Places
    masks: Words

    def __len__(self) -> int:
        """How many words differ."""
        return len(self.places)

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        return self.places.nbytes + self.masks.nbytes

    def then(self, other: "Flips") -> "Flips":
        """These and those of `other` after them: what is flipped twice is not flipped."""
        if not len(other):
            return self
        places = np.concatenate((self.places, other.places))
        order = np.argsort(places, kind="stable")
        places, masks = places[order], np.concatenate((self.masks, other.masks))[order]
        first = np.flatnonzero(np.diff(places, prepend=-1))
        return _without_zeros(places[first], np.bitwise_xor.reduceat(masks, first))

    def masks_at(self, places: Places) -> Words:
        """The bits that differ in the words of any places; 0 where none does."""
        if not len(self.places):
            return np.zeros(len(places), np.uint64)
        where = np.minimum(np.searchsorted(self.places, places), len(self.places) - 1)
        return np.where(self.places[where] == places, self.masks[where], np.uint64(0))

    def between(self, first: int, last: int) -> "Flips":
        """Those with first <= place < last."""
        start, end = np.searchsorted(self.places, (first, last))
        return Flips(self.places[start:end], self.masks[start:end])

    def is_same_as(self, other: "Flips") -> bool:
        """Whether they flip the same cells."""
        return np.array_equal(self.places, other.places) and np.array_equal(self.masks, other.masks)


NO_FLIPS = Flips(np.zeros(0, np.int64), np.zeros(0, np.uint64))


def flips_of_cells(now: Words, before: Flips, ys: Places, xs: Places, alive: bool) -> Flips:
    """What is to be flipped lest a cell (ys[i], xs[i]) be dead, or alive.

    Args:
        now: the words of a board, of shape (height, words a row), contiguous.
        before: what is flipped of them already.
        ys: rows inside the board, in any order, each cell as often as one likes.
        xs: columns, the same.
        alive: whether the cells are to live.
    """
    places, bits = ys * now.shape[1] + (xs >> 6), np.left_shift(np.uint64(1), (xs & 63).astype(np.uint64))
    order = np.argsort(places, kind="stable")
    places = places[order]
    first = np.flatnonzero(np.diff(places, prepend=-1))
    places, wanted = places[first], np.bitwise_or.reduceat(bits[order], first)
    words = now.reshape(-1)[places] ^ before.masks_at(places)
    return _without_zeros(places, wanted & ~words if alive else wanted & words)


def flips_between(before: Words, after: Words) -> Flips:
    """How two boards differ whose words are these, of the same shape; in the time of the boards."""
    flips = (before ^ after).reshape(-1)
    places = np.flatnonzero(flips)
    return Flips(places, flips[places])


def _without_zeros(places: Places, masks: Words) -> Flips:
    some = masks != 0
    return Flips(places, masks) if some.all() else Flips(places[some], masks[some])
