"""The neighbours of all cells of a band of rows in eight array additions."""

import numpy as np

from life.board import Cells
from life.rule import CODES_PER_STATE
from life.topology import Topology


def neighbor_codes(cells: Cells, topology: Topology, rows: range) -> Cells:
    """The code (see `life.rule.Rule.table`) of every cell in `rows`.

    Args:
        cells: uint8 of shape (height, width), 1 where alive.
        topology: what lies beyond the edges.
        rows: the rows that are wanted, inside the board and in steps of 1.

    Returns:
        uint8 of shape (len(rows), width): the number of live neighbours, plus 9 where the cell is alive.
    """
    band = _with_halo(cells, topology, rows)
    sums = band[:, :-2] + band[:, 1:-1] + band[:, 2:]
    middle = band[1:-1, 1:-1]
    counts: Cells = sums[:-2] + sums[1:-1] + sums[2:] - middle
    counts += middle * np.uint8(CODES_PER_STATE)
    return counts


def _with_halo(cells: Cells, topology: Topology, rows: range) -> Cells:
    """The rows with one more row and column on each side."""
    height, width = cells.shape
    band = np.zeros((len(rows) + 2, width + 2), np.uint8)
    band[1:-1, 1:-1] = cells[rows.start : rows.stop]
    if rows.start > 0 or topology.wraps_y:
        band[0, 1:-1] = cells[rows.start - 1]
    if rows.stop < height or topology.wraps_y:
        band[-1, 1:-1] = cells[rows.stop % height]
    if topology.wraps_x:
        band[:, 0] = band[:, -2]
        band[:, -1] = band[:, 1]
    return band
