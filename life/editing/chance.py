"""Filling a rectangle by chance, as symmetrically as one likes."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from life.editing.area import Area
from life.errors import LifeError

LARGEST_FILL = 1 << 28  # cells, a byte each
_BAND = 1 << 20  # cells that are filled at a time

_Indices = NDArray[np.int64]
_Move = Callable[[_Indices], _Indices]


class Symmetry(Enum):
    """What leaves a random fill as it is; the value is how it is called."""

    NONE = "none"
    LEFT_RIGHT = "mirrored left to right"
    TOP_BOTTOM = "mirrored top to bottom"
    BOTH = "mirrored both ways"
    DIAGONAL = "mirrored at the diagonal"
    HALF_TURN = "rotated by 180°"
    QUARTER_TURN = "rotated by 90°"
    ALL = "rotated and mirrored"

    @property
    def needs_square(self) -> bool:
        """Whether rows change places with columns."""
        return self in (Symmetry.DIAGONAL, Symmetry.QUARTER_TURN, Symmetry.ALL)


def random_area(height: int, width: int, density: float, symmetry: Symmetry, chance: np.random.Generator) -> Area:
    """Cells of shape (height, width), each alive with the probability `density`, from 0 to 1.

    Cells that the symmetry takes to one another are alive together, so that the density is the same for all.

    Raises:
        LifeError: the symmetry needs a square and this is none, or there are more than 268,435,456 cells.
    """
    if symmetry.needs_square and height != width:
        raise LifeError(
            f"what is {symmetry.value} must be square, and this is {height:,} × {width:,}; "
            "select a square, or choose another symmetry"
        )
    if height * width > LARGEST_FILL:
        raise LifeError(
            f"{height:,} × {width:,} cells are too many to be filled by chance; select at most {LARGEST_FILL:,}"
        )
    alive = _alive(height, width, density, chance)
    if symmetry is Symmetry.NONE:
        return alive
    return np.take(alive, _firsts(height, width, _MOVES[symmetry]))


def _alive(height: int, width: int, density: float, chance: np.random.Generator) -> Area:
    """Two random bytes a cell, which are made six times as fast as a fraction; some rows at a time, to save memory."""
    lives_below = round(density * (1 << 16))
    if lives_below >= 1 << 16:
        return np.ones((height, width), np.bool_)
    alive = np.empty((height, width), np.bool_)
    rows = max(_BAND // width, 1)
    for top in range(0, height, rows):
        band = alive[top : top + rows]
        words = chance.integers(0, 1 << 64, (band.size + 3) // 4, np.uint64)
        np.less(words.view(np.uint16)[: band.size].reshape(band.shape), np.uint16(lives_below), out=band)
    return alive


def _firsts(height: int, width: int, moves: tuple[_Move, ...]) -> _Indices:
    """For every cell, the index of the first of the cells that belong together with it.

    The moves are such that every cell of those is reached by doing or leaving out each of them once, in their order.
    """
    indices = np.arange(height * width, dtype=np.int64).reshape(height, width)
    for move in moves:
        indices = np.minimum(indices, move(indices))
    return indices


def _mirror(indices: _Indices) -> _Indices:
    return indices[:, ::-1]


def _upend(indices: _Indices) -> _Indices:
    return indices[::-1]


def _half_turn(indices: _Indices) -> _Indices:
    return indices[::-1, ::-1]


def _transpose(indices: _Indices) -> _Indices:
    return indices.T


def _quarter_turn(indices: _Indices) -> _Indices:
    return np.rot90(indices)


_MOVES: dict[Symmetry, tuple[_Move, ...]] = {
    Symmetry.LEFT_RIGHT: (_mirror,),
    Symmetry.TOP_BOTTOM: (_upend,),
    Symmetry.BOTH: (_mirror, _upend),
    Symmetry.DIAGONAL: (_transpose,),
    Symmetry.HALF_TURN: (_half_turn,),
    Symmetry.QUARTER_TURN: (_half_turn, _quarter_turn),
    Symmetry.ALL: (_mirror, _upend, _transpose),
}
