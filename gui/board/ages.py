"""How many generations every cell has lived, found by comparing one board that is shown with the next."""

from math import log2

import numpy as np
from numpy.typing import NDArray

from life.board import Board
from life.plane.box import Box
from life.world import World

Counts = NDArray[np.uint8]

OLDEST = 64  # generations; whoever is older looks the same
CLASSES = 1 + int(log2(OLDEST)) + 1  # the dead, then 1, 2 to 3, 4 to 7, ... and those of 64 or more
MOST_CELLS = 4_000_000  # of a board; counting more would hold up the window


class Ages:
    """The age of every cell of one board or plane; a cell is one generation old in the generation it is born in.

    Attributes:
        counts: uint8 of the shape of `area`: 0 for a dead cell, else its age, at most `OLDEST`. A new array each time
            that something changes.
        area: where these cells are: the board, or on the plane the box around all that lives.
    """

    def __init__(self, world: World, generation: int) -> None:
        """All live cells are new: nobody knows how long they have lived."""
        self.area = area_of(world)
        self.counts: Counts = world.crop(self.area).cells().astype(np.uint8)
        self._generation = generation

    def follow(self, world: World, generation: int) -> None:
        """Goes to another board.

        Where some generations were not shown, a cell that lives before and after counts as having lived all along.
        In the same generation it was an edit: only cells that it brought to life are new. A board of an earlier
        generation gives every cell so many generations back. On a board of another size, all cells are new.

        Args:
            world: what is shown now.
            generation: which one it is of.
        """
        passed, self._generation = generation - self._generation, generation
        area = area_of(world)
        alive = world.crop(area).cells()
        if isinstance(world, Board) and area != self.area:
            self.area, self.counts = area, alive.astype(np.uint8)
            return
        older = _moved_on(self._counts_in(area), passed)
        self.area, self.counts = area, np.where(alive, np.where(older > 0, older, 1), 0).astype(np.uint8)

    def _counts_in(self, area: Box) -> Counts:
        """What is known, of other cells."""
        if area == self.area:
            return self.counts
        counts = np.zeros((area.height, area.width), np.uint8)
        both = area.within(self.area)
        if not both.is_empty:
            counts[_part(both, area)] = self.counts[_part(both, self.area)]
        return counts


def area_of(world: World) -> Box:
    """The cells that can have an age; one dead cell on an empty plane."""
    return world.frame if isinstance(world, Board) else world.box or Box(0, 0, 1, 1)


def can_be_counted(world: World) -> bool:
    """Whether there are not too many cells."""
    area = area_of(world)
    return area.height * area.width <= MOST_CELLS


def _part(box: Box, area: Box) -> tuple[slice, slice]:
    top, left = box.top - area.top, box.left - area.left
    return slice(top, top + box.height), slice(left, left + box.width)


def _moved_on(counts: Counts, passed: int) -> Counts:
    """The ages after so many generations, which may be fewer than none; never below 1, but 0 for the dead."""
    if passed >= 0:
        step = min(passed, OLDEST)
        older = np.minimum(counts, np.uint8(OLDEST - step)) + np.uint8(step)
    else:
        step = min(-passed, OLDEST)
        older = np.maximum(counts, np.uint8(step + 1)) - np.uint8(step)
    return older * (counts > 0).view(np.uint8)


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
