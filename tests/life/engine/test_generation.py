import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from life.board import Board
from life.engine import generation
from life.engine.generation import next_board
from life.rule import CONWAY, Rule
from life.states import ALIVE, EMPTY
from life.topology import BOUNDED, TORUS, Topology

SOUPS = hnp.arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 70)), elements=st.integers(0, 1))
NUMBERS = st.frozensets(st.integers(0, 8))
TOPOLOGIES = st.builds(Topology, wraps_y=st.booleans(), wraps_x=st.booleans())


def cell_by_cell(cells: NDArray[np.uint8], rule: Rule, topology: Topology) -> NDArray[np.uint8]:
    """The definition, spelt out."""
    height, width = cells.shape

    def is_alive(y: int, x: int) -> bool:
        inside_y, inside_x = 0 <= y < height, 0 <= x < width
        if (not inside_y and not topology.wraps_y) or (not inside_x and not topology.wraps_x):
            return False
        return bool(cells[y % height, x % width])

    after = np.zeros_like(cells)
    around = [(dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if dy or dx]
    for y in range(height):
        for x in range(width):
            neighbors = sum(is_alive(y + dy, x + dx) for dy, dx in around)
            after[y, x] = rule.next_state(ALIVE if cells[y, x] else EMPTY, neighbors) == ALIVE
    return after


@given(SOUPS, st.builds(Rule, NUMBERS, NUMBERS), TOPOLOGIES, st.integers(1, 200))
def test_every_rule_and_topology_is_as_defined(
    cells: NDArray[np.uint8], rule: Rule, topology: Topology, band: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(generation, "_BAND", band)
        after = next_board(Board.from_cells(cells), rule, topology)
    assert after == Board.from_cells(cell_by_cell(cells, rule, topology))


@pytest.mark.parametrize(("topology", "back"), [(TORUS, True), (BOUNDED, False)])
def test_a_glider_is_back_after_160_generations_on_a_torus_of_10_by_8(topology: Topology, back: bool) -> None:
    start = board = Board.from_live(8, 10, [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)])
    for _ in range(160):
        board = next_board(board, CONWAY, topology)
    assert (board == start) is back
