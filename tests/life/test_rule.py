import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from life.board import Board
from life.grid import ALIVE, EMPTY, Grid
from life.rule import CONWAY, Rule, count_neighbors, game_logic, step_cell
from life.topology import BOUNDED, TORUS, Topology

COUNTS = st.frozensets(st.integers(0, 8))
RULES = st.builds(Rule, COUNTS, COUNTS)
TOPOLOGIES = st.builds(Topology, st.booleans(), st.booleans())
CELLS = hnp.arrays(np.uint8, st.tuples(st.integers(1, 6), st.integers(1, 7)), elements=st.integers(0, 1))


@given(RULES, st.integers(0, 8))
def test_a_rule_says_what_its_numbers_say(rule: Rule, neighbors: int) -> None:
    assert rule.next_state(EMPTY, neighbors) == (ALIVE if neighbors in rule.births else EMPTY)
    assert rule.next_state(ALIVE, neighbors) == (ALIVE if neighbors in rule.survivals else EMPTY)


@given(RULES)
def test_the_table_holds_the_same_for_bytes(rule: Rule) -> None:
    codes = bytes(range(18))
    assert len(rule.table) == 256
    assert list(codes.translate(rule.table)) == [n in rule.births for n in range(9)] + [
        n in rule.survivals for n in range(9)
    ]


def test_conways_rule() -> None:
    assert [game_logic(ALIVE, n) for n in range(9)] == [EMPTY] * 2 + [ALIVE] * 2 + [EMPTY] * 5
    assert [game_logic(EMPTY, n) for n in range(9)] == [EMPTY] * 3 + [ALIVE] + [EMPTY] * 5


def test_game_logic_follows_the_rule_it_is_given() -> None:
    seeds = Rule(births=frozenset({2}), survivals=frozenset())
    assert game_logic(EMPTY, 2, seeds) == ALIVE
    assert game_logic(ALIVE, 2, seeds) == EMPTY


@pytest.mark.parametrize(
    ("births", "survivals", "text"), [({3}, {3, 2}, "B3/S23"), ((), (), "B/S"), ({0, 8}, {1}, "B08/S1")]
)
def test_a_rule_prints_canonically(births: set[int], survivals: set[int], text: str) -> None:
    assert str(Rule(frozenset(births), frozenset(survivals))) == text


def test_rules_with_the_same_numbers_are_equal() -> None:
    same = Rule(frozenset([3]), frozenset([3, 2]))
    assert same == CONWAY
    assert hash(same) == hash(CONWAY)


def expected_neighbors(cells: NDArray[np.uint8], y: int, x: int, topology: Topology) -> int:
    """By the definition: eight places, each wrapped round or dead beyond the edge."""
    height, width = cells.shape
    total = 0
    for dy, dx in ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)):
        row, column = y + dy, x + dx
        row = row % height if topology.wraps_y else row
        column = column % width if topology.wraps_x else column
        if 0 <= row < height and 0 <= column < width:
            total += int(cells[row, column])
    return total


@given(CELLS, TOPOLOGIES)
def test_neighbors_are_counted_across_the_edges_as_the_topology_says(
    cells: NDArray[np.uint8], topology: Topology
) -> None:
    grid = Grid.from_board(Board.from_cells(cells), topology)
    for y, x in np.ndindex(cells.shape):
        assert count_neighbors(y, x, grid.get) == expected_neighbors(cells, y, x, topology)


@given(CELLS, TOPOLOGIES, RULES)
def test_one_step_of_every_cell_is_one_generation(cells: NDArray[np.uint8], topology: Topology, rule: Rule) -> None:
    grid = Grid.from_board(Board.from_cells(cells), topology)
    following = Grid(grid.height, grid.width, topology)
    for y, x in np.ndindex(cells.shape):
        step_cell(y, x, grid.get, following.set, rule)
    for y, x in np.ndindex(cells.shape):
        numbers = rule.survivals if cells[y, x] else rule.births
        assert following.cells[y, x] == (expected_neighbors(cells, y, x, topology) in numbers)
    assert np.array_equal(grid.cells, cells)


def test_the_neighbors_are_asked_for_in_the_books_order() -> None:
    asked: list[tuple[int, int]] = []

    def get(y: int, x: int) -> str:
        asked.append((y, x))
        return EMPTY

    count_neighbors(5, 5, get)
    assert asked == [(4, 5), (4, 6), (5, 6), (6, 6), (6, 5), (6, 4), (5, 4), (4, 4)]


@pytest.mark.parametrize(("topology", "alive"), [(TORUS, [[0, 2], [1, 2], [4, 2]]), (BOUNDED, [[0, 2], [1, 2]])])
def test_a_blinker_at_the_edge_is_cut_where_the_edge_is_dead(topology: Topology, alive: list[list[int]]) -> None:
    grid = Grid.from_board(Board.from_live(5, 5, [(0, 1), (0, 2), (0, 3)]), topology)
    following = Grid(5, 5, topology)
    for y, x in np.ndindex(5, 5):
        step_cell(y, x, grid.get, following.set)
    assert np.argwhere(following.cells).tolist() == alive
