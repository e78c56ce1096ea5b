"""From cells in any order, anywhere on the plane, to those of a `Pattern`: row by row, none twice, from (0, 0) on."""

import numpy as np

from life.errors import PatternError
from life.patterns.pattern import Coordinates

MOST = 2**62  # a coordinate further from the middle than this is refused

_MOST_APART = 2**63 - 1


def in_order(ys: Coordinates, xs: Coordinates) -> tuple[Coordinates, Coordinates]:
    """The same cells row by row from left to right, each of them once."""
    order = np.lexsort((xs, ys))
    ys, xs = ys[order], xs[order]
    is_new = np.ones(len(ys), bool)
    is_new[1:] = (ys[1:] != ys[:-1]) | (xs[1:] != xs[:-1])
    return ys[is_new], xs[is_new]


def from_corner(numbers: Coordinates, source: str) -> tuple[Coordinates, int]:
    """One coordinate of all cells counted from the smallest, and the smallest.

    Raises:
        PatternError: they are too far apart to be counted so.
    """
    if not len(numbers):
        return numbers, 0
    least = int(numbers.min())
    if int(numbers.max()) - least > _MOST_APART:
        raise PatternError(f"the cells are more than {_MOST_APART:,} apart, too far for one pattern", source)
    return numbers - least, least
