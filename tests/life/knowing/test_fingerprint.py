import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from life.board import Board
from life.knowing.fingerprint import fingerprint
from life.topology import BOUNDED, TORUS, Topology

TOPOLOGIES = st.builds(Topology, st.booleans(), st.booleans())
SIZES = st.tuples(st.integers(1, 12), st.sampled_from([1, 5, 8, 63, 64, 65, 127, 128, 130]))


@st.composite
def boards(draw: st.DrawFn) -> Board:
    height, width = draw(SIZES)
    places = st.tuples(st.integers(0, height - 1), st.integers(0, width - 1))
    return Board.from_live(height, width, draw(st.lists(places, max_size=12)))


@given(boards(), boards(), TOPOLOGIES)
def test_boards_of_one_size_have_the_same_fingerprint_only_where_they_are_equal(one, other, topology):
    if (one.height, one.width) == (other.height, other.width):
        assert (fingerprint(one, topology) == fingerprint(other, topology)) == (one == other)
    assert fingerprint(one, topology) == fingerprint(Board.from_cells(one.cells()), topology)


@given(boards(), st.integers(0, 200), st.integers(0, 200))
def test_what_is_moved_on_a_torus_keeps_its_shape_unless_two_gaps_are_equally_long(board, down, right):
    if board.cells().any(axis=1).all():  # without an empty row there is no telling where it begins
        down = 0
    if board.cells().any(axis=0).all():
        right = 0
    moved = Board.from_cells(np.roll(board.cells(), (down, right), (0, 1)))
    here, there = fingerprint(board, TORUS), fingerprint(moved, TORUS)
    if has_one_longest_gap(board.cells().any(axis=1)) and has_one_longest_gap(board.cells().any(axis=0)):
        assert here.shape == there.shape
        rolled = np.roll(board.cells(), (there.top - here.top, there.left - here.left), (0, 1))
        assert Board.from_cells(rolled) == moved


@given(boards(), boards())
def test_equal_shapes_on_a_torus_are_the_same_board_moved(one, other):
    if (one.height, one.width) != (other.height, other.width):
        return
    here, there = fingerprint(one, TORUS), fingerprint(other, TORUS)
    rolled = np.roll(one.cells(), (there.top - here.top, there.left - here.left), (0, 1))
    assert (here.shape == there.shape) == (Board.from_cells(rolled) == other)


@given(st.integers(0, 9), st.integers(0, 60))
def test_a_box_says_where_it_stands_between_dead_edges(top, left):
    board = Board.from_live(12, 64, [(top, left), (top + 2, left + 3)])
    found = fingerprint(board, BOUNDED)
    assert (found.top, found.left) == (top, left)
    assert found.meets_y == (top == 0 or top + 3 == 12)
    assert found.meets_x == (left == 0 or left + 4 == 64)


def test_nothing_meets_an_edge_that_wraps_round():
    board = Board.from_live(5, 5, [(0, 0), (4, 4)])
    found = fingerprint(board, TORUS)
    assert not found.meets_y
    assert not found.meets_x
    assert (found.top, found.left) == (4, 4)


def has_one_longest_gap(used: np.ndarray) -> bool:
    places = np.flatnonzero(used)
    if not len(places):
        return True
    gaps = np.diff(places, append=places[0] + len(used))
    return bool((gaps == gaps.max()).sum() == 1 or gaps.max() == 1)
