"""What kernels are tried on, and the definition that they are held against: a cell's step through `get` and `set`."""

from itertools import repeat

import numpy as np
from hypothesis import strategies as st

from life.board import Board
from life.engine.field import Field
from life.engine.kernel import Kernel
from life.grid import Grid
from life.rule import Rule, step_cell
from life.topology import Topology

WIDTHS = st.sampled_from([1, 2, 3, 63, 64, 65, 127, 128, 129, 192]) | st.integers(1, 200)
COUNTS = st.frozensets(st.integers(0, 8))
RULES = st.builds(Rule, COUNTS, COUNTS)
TOPOLOGIES = st.builds(Topology, wraps_y=st.booleans(), wraps_x=st.booleans())


def soup(height: int, width: int, seed: int, density: float = 0.37) -> Board:
    """Random cells, the same for the same seed."""
    return Board.from_cells(np.random.default_rng(seed).random((height, width)) < density)


def boards(tallest: int) -> st.SearchStrategy[Board]:
    """Boards of all densities, of widths at which something could go wrong in particular."""
    return st.builds(soup, st.integers(1, tallest), WIDTHS, st.integers(0, 2**32), st.floats(0, 1))


def cell_by_cell(board: Board, rule: Rule, topology: Topology, generations: int = 1) -> Board:
    """What the strategy "serial" makes of a board when nothing waits."""
    for _ in repeat(None, generations):
        grid, after = Grid.from_board(board, topology), Grid(board.height, board.width, topology)
        for y in range(board.height):
            for x in range(board.width):
                step_cell(y, x, grid.get, after.set, rule)
        board = after.to_board()
    return board


def advanced(kernel: Kernel, board: Board, rule: Rule, topology: Topology, generations: int = 1) -> Board:
    """What `kernel` makes of a board."""
    field = Field(board.height, board.width)
    field.load(board)
    kernel.advance(field, rule, topology, generations)
    return field.board()
