import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.board import Board
from life.editing.area import cleared_inside
from life.editing.floating import Floating, PasteMode
from life.editing.selection import Selection
from life.editing.turning import Turn
from life.errors import LifeError
from life.patterns.pattern import from_plane
from life.patterns.rle import read_rle
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY
from tests.life.editing.boards import boards, boards_with_selection

EXPECTED = {
    PasteMode.COPY: lambda under, over: over,
    PasteMode.OR: lambda under, over: under or over,
    PasteMode.XOR: lambda under, over: under != over,
    PasteMode.AND: lambda under, over: under and over,
}
corners = st.tuples(st.integers(-60, 60), st.integers(-160, 160))


def floating(height, width, corner, seed=7):
    return Floating(np.random.default_rng(seed).random((height, width)) < 0.5, *corner)


@given(boards, st.integers(1, 30), st.integers(1, 30), corners, st.sampled_from(PasteMode))
def test_every_mode_does_cell_by_cell_what_its_name_says(board, height, width, corner, mode):
    over = floating(height, width, corner)
    before, expected = board.cells(), board.cells()
    for y, x in np.ndindex(height, width):
        cell = over.top + y, over.left + x
        if 0 <= cell[0] < board.height and 0 <= cell[1] < board.width:
            expected[cell] = EXPECTED[mode](bool(before[cell]), bool(over.cells[y, x]))
    assert np.array_equal(over.placed_on(board, mode).cells(), expected)


@given(boards, st.integers(1, 30), st.integers(1, 30), corners)
def test_pasting_twice_by_xor_changes_nothing(board, height, width, corner):
    over = floating(height, width, corner)
    assert over.placed_on(over.placed_on(board, PasteMode.XOR), PasteMode.XOR) == board


@given(boards, st.integers(1, 30), st.integers(1, 30), corners, st.sampled_from(PasteMode))
def test_pasting_twice_by_any_other_mode_is_pasting_once(board, height, width, corner, mode):
    if mode is not PasteMode.XOR:
        once = floating(height, width, corner).placed_on(board, mode)
        assert floating(height, width, corner).placed_on(once, mode) == once


@given(boards, st.integers(1, 30), st.integers(1, 30), corners)
def test_what_is_lost_over_the_edge_is_counted(board, height, width, corner):
    over, empty = floating(height, width, corner), Board(board.height, board.width)
    arrived = over.placed_on(empty, PasteMode.OR).population
    assert arrived + over.lost_on(board) == over.cells.sum()


@given(boards_with_selection(), st.sampled_from(PasteMode))
def test_what_is_lifted_and_put_back_with_copy_or_or_or_xor_changes_nothing(board_and_selection, mode):
    board, selection = board_and_selection
    if mode is not PasteMode.AND:
        assert Floating.lifted(board, selection).placed_on(board, mode) == board


@given(boards_with_selection(), corners, st.sampled_from(PasteMode))
def test_a_move_is_a_clearing_and_a_paste(board_and_selection, corner, mode):
    board, selection = board_and_selection
    lifted = Floating.lifted(board, selection).at(*corner)
    left_behind = cleared_inside(board, selection)
    assert lifted.under(board) == left_behind
    assert lifted.placed_on(board, mode) == Floating(lifted.cells, *corner).placed_on(left_behind, mode)


@given(st.integers(1, 30), st.integers(1, 30), corners)
def test_four_quarter_turns_bring_a_pattern_back(height, width, corner):
    start = turned = floating(height, width, corner)
    for _ in range(4):
        turned = turned.turned(Turn.CLOCKWISE)
    assert turned.area == start.area
    assert np.array_equal(turned.cells, start.cells)


@given(boards, st.integers(1, 30), st.integers(1, 30), corners)
def test_what_is_kept_over_the_board_is_partly_on_it_and_stays_where_it_was_on_it(board, height, width, corner):
    start = floating(height, width, corner)
    kept = start.kept_over(board)
    assert kept.area.clipped_to(board)
    if start.area.clipped_to(board):
        assert kept.area == start.area


def test_turning_keeps_the_middle_where_it_is():
    start = floating(3, 7, (0, 0)).centred_at((10, 20))
    assert start.area == Selection(9, 17, 3, 7)
    assert start.turned(Turn.CLOCKWISE).area == Selection(7, 19, 7, 3)


def test_a_pattern_keeps_the_empty_cells_that_its_file_gives_it_where_they_fit():
    pattern = read_rle("x = 5, y = 4\n$bo!")
    assert Floating.of_pattern(pattern, Board(10, 10)).cells.shape == (4, 5)
    assert Floating.of_pattern(pattern, Board(4, 4)).cells.shape == (1, 1)


def test_a_pattern_larger_than_the_board_is_refused_with_both_sizes():
    with pytest.raises(LifeError, match="has 1 × 12 cells and the board only 20 × 10; make the board larger first"):
        Floating.of_pattern(read_rle("x = 12, y = 1\n12o!"), Board(20, 10))


def test_cells_far_apart_are_refused_before_the_box_between_them_is_made():
    with pytest.raises(LifeError, match="200,000"):
        Floating.of_pattern(read_rle("x = 1, y = 1\no199998bo199999$o!"), Board(20, 10))


def test_a_pattern_of_a_plane_is_pasted_wherever_it_stood_there():
    plane = TilePlane.from_cells(np.array([10**15, 10**15 + 1]), np.array([-7, -5]))
    floating = Floating.of_pattern(from_plane(plane, CONWAY), Board(20, 10))
    assert floating.cells.tolist() == [[True, False, False], [False, False, True]]


def test_an_empty_pattern_is_nothing_to_paste():
    with pytest.raises(LifeError, match="nothing to paste"):
        Floating.of_pattern(read_rle("x = 3, y = 3\n!"), Board(20, 10))


def test_the_modes_follow_one_another_in_a_circle():
    modes, mode = [], PasteMode.COPY
    for _ in range(5):
        modes.append(mode)
        mode = mode.next
    assert modes == [PasteMode.COPY, PasteMode.OR, PasteMode.XOR, PasteMode.AND, PasteMode.COPY]
