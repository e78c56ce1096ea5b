"""How many generations every cell has lived, found by comparing one board that is shown with the next."""

from math import log2

import numpy as np
from numpy.typing import NDArray

from life.board import Board

Counts = NDArray[np.uint8]

OLDEST = 64  # generations; whoever is older looks the same
CLASSES = 1 + int(log2(OLDEST)) + 1  # the dead, then 1, 2 to 3, 4 to 7, ... and those of 64 or more
MOST_CELLS = 4_000_000  # of a board; counting more would hold up the window


class Ages:
    """The age of every cell of one board; a cell is one generation old in the generation in which it is born.

    Attributes:
        counts: uint8 of shape (height, width): 0 for a dead cell, else its age, at most `OLDEST`. A new array each
            time that something changes.
    """

    def __init__(self, board: Board, generation: int) -> None:
        """All live cells are new: nobody knows how long they have lived."""
        self.counts: Counts = board.cells().astype(np.uint8)
        self._generation = generation

    def follow(self, board: Board, generation: int) -> None:
        """Goes to another board.

        Where some generations were not shown, a cell that lives before and after counts as having lived all along.
        In the same generation it was an edit: only cells that it brought to life are new. A board of an earlier
        generation gives every cell so many generations back.

        Args:
            board: the one that is shown now.
            generation: which one it is of.
        """
        passed, self._generation = generation - self._generation, generation
        alive = board.cells()
        if alive.shape != self.counts.shape:
            self.counts = alive.astype(np.uint8)
            return
        older = _moved_on(self.counts, passed)
        self.counts = np.where(alive, np.where(self.counts > 0, older, 1), 0).astype(np.uint8)


def _moved_on(counts: Counts, passed: int) -> Counts:
    """The ages after so many generations, which may be fewer than none; never below 1."""
    if passed >= 0:
        step = min(passed, OLDEST)
        return np.minimum(counts, np.uint8(OLDEST - step)) + np.uint8(step)
    step = min(-passed, OLDEST)
    return np.maximum(counts, np.uint8(step + 1)) - np.uint8(step)


def age_classes(counts: Counts) -> Counts:
    """Of every cell its class of age: 0 for a dead one, then a class for every doubling, below `CLASSES`."""
    table = np.array([0, *(1 + int(log2(age)) for age in range(1, OLDEST + 1))], dtype=np.uint8)
    return table[counts]


def class_names() -> list[str]:
    """The ages of each class but that of the dead, in words: "1", "2–3", ..., "64 or more"."""
    bounds = [2**power for power in range(CLASSES - 1)]
    names = [f"{low}–{2 * low - 1}" if low > 1 else "1" for low in bounds]
    names[-1] = f"{OLDEST} or more"
    return names
