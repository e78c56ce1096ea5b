"""Which part of a pattern to show where all of it is too large for any board."""

import numpy as np
from numpy.typing import NDArray

from life.patterns.pattern import Coordinates

Corner = tuple[int, int]  # row and column


def densest_part(ys: Coordinates, xs: Coordinates, height: int, width: int) -> Corner:
    """The top left corner of a part of `height` × `width` cells that holds many of the live cells (ys, xs).

    The plane is cut into tiles of half that size, of which those with live cells are counted. The 2 × 2 of them with
    the most win; the part is then moved so that what it holds stands in its middle. No other part of that size holds
    more than four times as many, and the cost grows with the live cells only, however far apart they are.
    """
    rows, columns = ys // max(height // 2, 1), xs // max(width // 2, 1)
    row_numbers, row = np.unique(rows, return_inverse=True)
    column_numbers, column = np.unique(columns, return_inverse=True)
    tiles, counts = np.unique(row * len(column_numbers) + column, return_counts=True)
    tile_rows, tile_columns = row_numbers[tiles // len(column_numbers)], column_numbers[tiles % len(column_numbers)]
    totals = np.zeros(len(tiles), np.int64)
    for down, right in ((0, 0), (0, 1), (1, 0), (1, 1)):
        row, has_row = _find(tile_rows + down, row_numbers)
        column, has_column = _find(tile_columns + right, column_numbers)
        tile, has_tile = _find(row * len(column_numbers) + column, tiles)
        totals += np.where(has_row & has_column & has_tile, counts[tile], 0)
    best = int(totals.argmax())
    inside = _is_one_of_two(rows, int(tile_rows[best])) & _is_one_of_two(columns, int(tile_columns[best]))
    return _middle(ys[inside]) - height // 2, _middle(xs[inside]) - width // 2


def _find(wanted: Coordinates, among: Coordinates) -> tuple[Coordinates, NDArray[np.bool_]]:
    """Where each number stands in `among`, which ascends, and whether it does."""
    where = np.minimum(np.searchsorted(among, wanted), len(among) - 1)
    return where, among[where] == wanted


def _is_one_of_two(numbers: Coordinates, first: int) -> NDArray[np.bool_]:
    return np.isin(numbers, (first, first + 1))


def _middle(numbers: Coordinates) -> int:
    return (int(numbers.min()) + int(numbers.max()) + 1) // 2
