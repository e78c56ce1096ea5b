"""A grid for strategies that take a world as it is: no byte a cell in between, however many cells there are."""

from functools import cached_property

import numpy as np

from life.board import Board, Cells
from life.grid import ALIVE, EMPTY, Grid
from life.plane.box import Box
from life.plane.plane import Plane
from life.rule import Get
from life.topology import Topology
from life.world import World

_NOTHING = Box(0, 0, 0, 0)


class WorldGrid(Grid):
    """The cells of a world, read one by one only by whoever wants to; `height` and `width` are those of its live box.

    Attributes:
        world: the cells.
    """

    def __init__(self, world: World, topology: Topology) -> None:
        box = world.frame if isinstance(world, Board) else world.box or _NOTHING
        self.height, self.width = box.height, box.width
        self.topology = topology
        self.world = world

    @cached_property
    def get(self) -> Get:
        def get(y: int, x: int) -> str:
            return ALIVE if self.world.is_alive(*self._wrapped(y, x)) else EMPTY

        return get

    def set(self, y: int, x: int, state: str) -> None:
        y, x = self._wrapped(y, x)
        if not self.world.frame.contains(y, x):
            raise IndexError(f"cell ({y}, {x}) lies outside a board of {self.height} rows and {self.width} columns")
        self.world = self.world.with_cells(np.array([y], np.int64), np.array([x], np.int64), state == ALIVE)

    def _wrapped(self, y: int, x: int) -> tuple[int, int]:
        return y % self.height if self.topology.wraps_y else y, x % self.width if self.topology.wraps_x else x

    @property
    def cells(self) -> Cells:
        """The live cells in their box; a copy, which says nothing to the world when it is written."""
        return self.to_board().cells()

    def to_board(self) -> Board:
        """The cells as they are now; of a plane those in their box, and one dead cell where there are none."""
        if isinstance(self.world, Plane):
            return self.world.crop(self.world.box or Box(0, 0, 1, 1))
        return self.world

    def __str__(self) -> str:
        board = self.to_board()
        return str(Grid.from_board(board))
