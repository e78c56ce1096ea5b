import numpy as np
import pytest
from hypothesis import assume, given

from life.board import Board
from life.editing.area import cleared_inside
from life.editing.selection import Selection
from life.editing.turning import Turn, turn_selection
from life.errors import LifeError
from tests.life.editing.boards import boards_with_selection, inside

GLIDER = Board.from_live(9, 9, [(2, 3), (3, 4), (4, 2), (4, 3), (4, 4)])


def turn_or_assume(board, selection, turn):
    assume(selection.turned().is_within(board))
    return turn_selection(board, selection, turn)


@given(boards_with_selection())
def test_a_flip_done_twice_changes_nothing(board_and_selection):
    board, selection = board_and_selection
    for turn in (Turn.LEFT_RIGHT, Turn.TOP_BOTTOM):
        once, where = turn_selection(board, selection, turn)
        assert where == selection
        assert turn_selection(once, where, turn) == (board, selection)


@given(boards_with_selection())
def test_four_quarter_turns_give_back_the_selection_and_its_cells(board_and_selection):
    board, selection = board_and_selection
    alone = cleared_inside(Board(board.height, board.width), selection)
    alone, _ = turn_or_assume(alone, selection, Turn.CLOCKWISE)
    turned, where = board, selection
    for _ in range(4):
        turned, where = turn_selection(turned, where, Turn.CLOCKWISE)
    assert where == selection
    assert np.array_equal(inside(turned, selection), inside(board, selection))


@given(boards_with_selection())
def test_a_quarter_turn_and_its_opposite_leave_the_selection_as_it_was(board_and_selection):
    board, selection = board_and_selection
    there, where = turn_or_assume(board, selection, Turn.COUNTERCLOCKWISE)
    assert np.array_equal(inside(there, where), np.rot90(inside(board, selection)))
    back, where = turn_selection(there, where, Turn.CLOCKWISE)
    assert where == selection
    assert np.array_equal(inside(back, selection), inside(board, selection))


@given(boards_with_selection())
def test_outside_of_the_old_and_the_new_selection_nothing_changes(board_and_selection):
    board, selection = board_and_selection
    there, where = turn_or_assume(board, selection, Turn.CLOCKWISE)
    without = [cleared_inside(cleared_inside(one, selection), where) for one in (board, there)]
    assert without[0] == without[1]


def test_clockwise_is_as_the_clock_goes():
    board = Board.from_live(9, 9, [(4, 3), (4, 4), (4, 5), (3, 5)])
    turned, where = turn_selection(board, Selection(3, 3, 3, 3), Turn.CLOCKWISE)
    assert where == Selection(3, 3, 3, 3)
    assert turned == Board.from_live(9, 9, [(3, 4), (4, 4), (5, 4), (5, 5)])


def test_a_long_selection_turns_about_its_middle():
    board = Board.from_live(9, 9, [(4, x) for x in range(2, 7)])
    turned, where = turn_selection(board, Selection(4, 2, 1, 5), Turn.CLOCKWISE)
    assert where == Selection(2, 4, 5, 1)
    assert turned == Board.from_live(9, 9, [(y, 4) for y in range(2, 7)])


def test_flips_mirror_left_to_right_and_top_to_bottom():
    flipped, _ = turn_selection(GLIDER, Selection(2, 2, 3, 3), Turn.LEFT_RIGHT)
    assert flipped == Board.from_live(9, 9, [(2, 3), (3, 2), (4, 2), (4, 3), (4, 4)])
    flipped, _ = turn_selection(GLIDER, Selection(2, 2, 3, 3), Turn.TOP_BOTTOM)
    assert flipped == Board.from_live(9, 9, [(4, 3), (3, 4), (2, 2), (2, 3), (2, 4)])


def test_a_turn_over_the_edge_is_refused_with_what_to_do():
    with pytest.raises(LifeError, match=r"the selection of 1 × 7 cells would reach over the edge .* move it away"):
        turn_selection(GLIDER, Selection(0, 0, 1, 7), Turn.CLOCKWISE)


def test_a_whole_board_that_is_not_square_is_refused_as_such():
    board = Board(5, 8)
    with pytest.raises(LifeError, match="a board of 5 × 8 cells is not square"):
        turn_selection(board, Selection.of_board(board), Turn.COUNTERCLOCKWISE)
