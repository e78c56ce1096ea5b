"""An edit of a few cells, as plain data."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from life.world import World


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """The cells (ys[i], xs[i]), all to be set or all to be cleared."""

    ys: NDArray[np.int64]
    xs: NDArray[np.int64]
    alive: bool

    def applied_to(self, board: World) -> World:
        """`board` with these cells changed; cells outside it are left out."""
        return board.with_cells(self.ys, self.xs, self.alive)
