"""The rules of Life written as plainly as their definition: what the tests hold everything else against."""

import numpy as np

from life.board import Board
from life.rule import Rule
from life.topology import Topology


def next_board(board: Board, rule: Rule, topology: Topology) -> Board:
    """One generation, cell by cell."""
    cells = board.cells()
    after = np.zeros_like(cells)
    for y in range(board.height):
        for x in range(board.width):
            count = 0
            for dy in (-1, 0, 1):
                for dx in (-1, 0, 1):
                    if dy or dx:
                        count += _alive(cells, y + dy, x + dx, topology)
            after[y, x] = count in (rule.survivals if cells[y, x] else rule.births)
    return Board.from_cells(after)


def _alive(cells: np.ndarray, y: int, x: int, topology: Topology) -> int:
    height, width = cells.shape
    beyond_y = not topology.wraps_y and not 0 <= y < height
    beyond_x = not topology.wraps_x and not 0 <= x < width
    return 0 if beyond_y or beyond_x else int(cells[y % height, x % width])
