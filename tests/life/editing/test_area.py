import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.board import Board
from life.editing.area import (
    cleared_inside,
    cleared_outside,
    inverted,
    picked_up,
    read_area,
    write_area,
)
from life.editing.selection import Selection
from life.errors import LifeError
from life.notation import parse_rule
from life.patterns.rle import read_rle, write_rle
from tests.life.editing.boards import boards, boards_with_selection, inside

HUGE = Selection(0, 0, 10_000, 10_000)


@given(boards_with_selection())
def test_what_is_read_is_what_is_there_and_may_be_written_back(board_and_selection):
    board, selection = board_and_selection
    cells = read_area(board, selection)
    assert np.array_equal(cells, inside(board, selection))
    assert write_area(board, cells, selection.top, selection.left) == board


@given(boards, st.integers(-60, 60), st.integers(-200, 200), st.integers(1, 50), st.integers(1, 50))
def test_writing_changes_the_cells_on_the_board_and_no_others(board, top, left, height, width):
    cells = np.random.default_rng(height).random((height, width)) < 0.5
    expected = board.cells()
    for y in range(height):
        for x in range(width):
            if 0 <= top + y < board.height and 0 <= left + x < board.width:
                expected[top + y, left + x] = cells[y, x]
    assert np.array_equal(write_area(board, cells, top, left).cells(), expected)


@given(boards_with_selection())
def test_inverting_twice_changes_nothing_and_once_every_cell_inside(board_and_selection):
    board, selection = board_and_selection
    once = inverted(board, selection)
    assert np.array_equal(inside(once, selection), 1 - inside(board, selection))
    assert cleared_inside(once, selection) == cleared_inside(board, selection)
    assert inverted(once, selection) == board


@given(boards_with_selection())
def test_clearing_inside_and_outside_share_out_the_living(board_and_selection):
    board, selection = board_and_selection
    without, within = cleared_inside(board, selection), cleared_outside(board, selection)
    assert not inside(without, selection).any()
    assert np.array_equal(inside(within, selection), inside(board, selection))
    assert np.array_equal(without.bits | within.bits, board.bits)
    assert without.population + within.population == board.population


@given(boards_with_selection())
def test_what_is_picked_up_survives_the_clipboard_with_its_size_and_rule(board_and_selection):
    board, selection = board_and_selection
    pattern = read_rle(write_rle(picked_up(board, selection, parse_rule("B36/S23").rule)))
    cells = np.zeros((selection.height, selection.width), np.uint8)
    cells[pattern.ys, pattern.xs] = 1
    assert np.array_equal(cells, inside(board, selection))
    assert str(pattern.notation.rule) == "B36/S23"
    if pattern.population:
        assert (pattern.height, pattern.width) == (selection.height, selection.width)


def test_more_cells_than_memory_is_meant_for_are_refused_before_any_is_taken():
    board = Board(1 << 16, 1 << 11)
    with pytest.raises(LifeError, match="select at most 67,108,864"):
        read_area(board, HUGE)
    assert cleared_inside(board, Selection.of_board(board)) == board
