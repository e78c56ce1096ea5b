"""A generation on the endless plane: what a `Board` is where there are no edges."""

from abc import ABC, abstractmethod

import numpy as np

from life.board import Board, stride_of
from life.errors import LifeError
from life.plane.box import Box
from life.plane.counting import Densities as Densities
from life.plane.tiles import LOG2_TILE, TILE, Keys, Words
from life.plane.tiles import Coordinates as Coordinates

FARTHEST = 1 << 62  # cells are told apart up to so far from (0, 0); trees may reach farther
EVERYWHERE = Box(-FARTHEST, -FARTHEST, FARTHEST, FARTHEST)  # where a cell can be set
LARGEST_CROP = 1 << 28  # cells
MOST_TILES = 1 << 21  # a gigabyte of them
MOST_COMPARED = 1 << 13  # tiles; planes are compared at every edit


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
            A fresh float32 array of shape (height, width), 0 to 1; 0 only where no cell of the block is alive.
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

    @abstractmethod
    def tiles(self, most: int = MOST_TILES) -> "TiledPlane":
        """The same cells as tiles.

        Raises:
            LifeError: there are more than `most` tiles, or one lies farther than 2^62 from (0, 0).
        """

    def words_at(self, keys: Keys) -> Words:
        """The cells of some tiles of 64 × 64.

        Args:
            keys: int64 of shape (n, 2): row and column of each tile, counted in tiles.

        Returns:
            uint64 of shape (n, 64): bit x of word y is the tile's cell (y, x).
        """
        words = np.zeros((len(keys), TILE), np.uint64)
        for i, (row, column) in enumerate(keys.tolist()):
            top, left = row << LOG2_TILE, column << LOG2_TILE
            words[i] = self.crop(Box(top, left, top + TILE, left + TILE)).bits.view("<u8")[:, 0]
        return words

    def __eq__(self, other: object) -> bool:
        """Whether the same cells are alive, however they are kept; two that are too big for tiles are not compared."""
        if self is other or not isinstance(other, Plane):
            return True if self is other else NotImplemented
        if self.population != other.population or self.box != other.box:  # the box takes longer to find
            return False
        try:
            one, two = self.tiles(MOST_COMPARED), other.tiles(MOST_COMPARED)
        except LifeError:
            return False
        return np.array_equal(one.keys, two.keys) and np.array_equal(one.words, two.words)

    def __hash__(self) -> int:
        return hash((self.population, self.box))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} with {self.population} alive in {self.box}>"


class TiledPlane(Plane):
    """A plane that is kept as tiles of 64 × 64 cells, each of which has a live one; `TilePlane` is how.

    Attributes:
        keys: read-only int64 of shape (n, 2): row and column of each tile, in tiles, sorted by row, then by column.
            Its columns lie together in memory.
        words: read-only uint64 of shape (n, 64): the rows of each tile. Bit x of word y of the tile (i, j) is cell
            (64 i + y, 64 j + x).
    """

    keys: Keys
    words: Words

    @abstractmethod
    def with_tiles(self, keys: Keys, words: Words) -> "TiledPlane":
        """A plane with tiles, which are sorted and perhaps empty, in the place of those that are there."""


def check_crop(box: Box) -> None:
    """Raises LifeError where a board of that size would be too big."""
    if box.height * stride_of(box.width) > LARGEST_CROP or box.height * box.width > LARGEST_CROP:
        raise LifeError(
            f"{box.height:,} × {box.width:,} cells are too many to cut out of the plane; choose at most 2^28 cells"
        )


def too_many_cells(most: int) -> LifeError:
    """What is said where somebody wants to have all live cells, and they are too many."""
    return LifeError(f"more than {most:,} cells are alive, too many to list; choose a smaller part of the plane")
