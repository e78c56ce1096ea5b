import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.board import Board
from life.editing.selection import Selection
from tests.life.editing.boards import boards_with_selection, inside

cells = st.tuples(st.integers(-50, 50), st.integers(-50, 50))


@given(cells, cells)
def test_a_selection_between_two_cells_has_both_whichever_comes_first(one, other):
    selection = Selection.between(one, other)
    assert selection == Selection.between(other, one)
    assert selection.has(one)
    assert selection.has(other)
    assert selection.count == (abs(one[0] - other[0]) + 1) * (abs(one[1] - other[1]) + 1)


def test_a_selection_without_a_cell_is_none():
    with pytest.raises(ValueError, match="at least one cell"):
        Selection(3, 4, 0, 5)


def test_what_lies_beyond_the_board_is_cut_off():
    board = Board(10, 20)
    assert Selection(-3, 15, 8, 30).clipped_to(board) == Selection(0, 15, 5, 5)
    assert Selection(10, 0, 5, 5).clipped_to(board) is None
    assert Selection(2, 3, 4, 5).clipped_to(board) == Selection(2, 3, 4, 5)
    assert not Selection(8, 0, 3, 3).is_within(board)


@given(boards_with_selection())
def test_shrinking_keeps_every_live_cell_and_touches_one_on_each_side(board_and_selection):
    board, selection = board_and_selection
    shrunk = selection.shrunk_to_live(board)
    if shrunk is None:
        assert not inside(board, selection).any()
        return
    kept = inside(board, shrunk)
    assert shrunk.clipped_to(board) == shrunk
    assert kept.sum() == inside(board, selection).sum()
    assert all(edge.any() for edge in (kept[0], kept[-1], kept[:, 0], kept[:, -1]))


def test_shrinking_outside_of_the_board_finds_nothing():
    board = Board.from_cells(np.ones((5, 5), np.uint8))
    assert Selection(20, 20, 3, 3).shrunk_to_live(board) is None


@given(cells, st.integers(1, 40), st.integers(1, 40))
def test_turned_twice_a_selection_is_where_it_was(corner, height, width):
    selection = Selection(*corner, height, width)
    assert selection.turned().turned() == selection
    assert (selection.turned().height, selection.turned().width) == (width, height)


@pytest.mark.parametrize(
    ("grip", "to", "expected"),
    [
        ((2, 2), (0, 1), Selection(0, 1, 11, 10)),  # the top left corner
        ((10, 10), (12, 13), Selection(2, 2, 11, 12)),  # the bottom right one
        ((6, 10), (0, 15), Selection(2, 2, 9, 14)),  # the middle of the right edge: rows stay
        ((20, 6), (20, 0), Selection(2, 2, 19, 9)),  # below the middle: columns stay
        ((6, 6), (30, 30), Selection(2, 2, 9, 9)),  # the middle holds no edge
        ((2, 6), (14, 6), Selection(10, 2, 5, 9)),  # an edge may pass the other
    ],
)
def test_extending_moves_the_edges_that_are_near_and_leaves_the_others(grip, to, expected):
    assert Selection(2, 2, 9, 9).grip_at(grip).dragged_to(to) == expected


def test_a_selection_reads_as_rows_by_columns():
    assert str(Selection(0, 0, 12, 3000)) == "12 × 3,000"
