"""A generation on the endless plane: what a `Board` is where there are no edges."""

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from life.board import Board
from life.plane.box import Box

Coordinates = NDArray[np.int64]
Densities = NDArray[np.float32]

FARTHEST = 1 << 62  # cells are told apart up to so far from (0, 0); trees may reach farther
EVERYWHERE = Box(-FARTHEST, -FARTHEST, FARTHEST, FARTHEST)  # where a cell can be set
LARGEST_CROP = 1 << 28  # cells


class Plane(ABC):
    """Live cells anywhere on a plane; never changes once it is made, and any thread may read it.

    How they are kept is a matter of the subclass. Coordinates are Python's whole numbers, (y, x), y downwards.
    """

    frame = EVERYWHERE

    @property
    @abstractmethod
    def population(self) -> int:
        """How many cells are alive; exact, however many."""

    @property
    @abstractmethod
    def box(self) -> Box | None:
        """The smallest one around all live cells; None where there are none."""

    @property
    def is_empty(self) -> bool:
        """Whether no cell is alive."""
        return self.box is None

    @property
    @abstractmethod
    def nbytes(self) -> int:
        """How much memory it takes, about."""

    @abstractmethod
    def is_alive(self, y: int, x: int) -> bool:
        """Whether cell (y, x) is alive."""

    @abstractmethod
    def crop(self, box: Box) -> Board:
        """The cells of a box that is not empty, as a board of its size; cell (0, 0) there is its top left one here.

        Raises:
            LifeError: the box has more than 2^28 cells.
        """

    @abstractmethod
    def densities(self, top: int, left: int, height: int, width: int, log2: int) -> Densities:
        """Which share of the cells is alive in each block of 2^log2 × 2^log2 cells.

        Args:
            top: the first row of the first block, a multiple of 2^log2.
            left: its first column, the same.
            height: how many blocks down.
            width: how many across.
            log2: from 0 on.

        Returns:
            float32 of shape (height, width), 0 to 1; 0 only where no cell of the block is alive.
        """

    @abstractmethod
    def live_cells(self, box: Box | None = None, most: int = 100_000_000) -> tuple[Coordinates, Coordinates]:
        """Rows and columns of the live cells, row by row; those in `box` only, where one is given.

        Raises:
            LifeError: there are more than `most`, or one lies farther than 2^62 from (0, 0).
        """

    @abstractmethod
    def with_cells(self, ys: Coordinates, xs: Coordinates, alive: bool) -> "Plane":
        """A plane with the cells (ys[i], xs[i]) set or cleared; takes the time of the change, not of the plane."""
