from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gui.board.stroke import Stroke, cells_between
from life.board import Board

CELLS = st.tuples(st.integers(-500, 500), st.integers(-500, 500))


def cells(patch):
    return list(zip(patch.ys.tolist(), patch.xs.tolist(), strict=True))


@given(CELLS, CELLS)
def test_a_line_goes_from_its_first_cell_to_its_last_without_a_gap(start, end):
    ys, xs = cells_between(start, end)
    assert (ys[0], xs[0]) == start
    assert (ys[-1], xs[-1]) == end
    assert np.abs(np.diff(ys)).max(initial=0) <= 1
    assert np.abs(np.diff(xs)).max(initial=0) <= 1
    assert len(set(zip(ys.tolist(), xs.tolist(), strict=True))) == len(ys)
    assert ys.dtype == xs.dtype == np.int64


@given(CELLS, CELLS)
def test_a_line_strays_no_more_than_half_a_cell(start, end):
    ys, xs = cells_between(start, end)
    dy, dx = end[0] - start[0], end[1] - start[1]
    off = np.abs((ys - start[0]) * dx - (xs - start[1]) * dy) * 2
    assert (off <= max(abs(dy), abs(dx))).all()


@given(st.lists(st.tuples(st.integers(-5, 25), st.integers(-5, 25)), min_size=1, max_size=8))
def test_a_stroke_hands_on_every_cell_on_the_board_that_it_passes_and_no_other(places):
    board = Board(20, 20)
    stroke = Stroke(board)
    patches = [patch for place in places if (patch := stroke.moved_to(place)) is not None]
    passed = {places[0]}
    for start, end in pairwise(places):
        ys, xs = cells_between(start, end)
        passed |= set(zip(ys.tolist(), xs.tolist(), strict=True))
    drawn = [cell for patch in patches for cell in cells(patch)]
    assert set(drawn) == {(y, x) for y, x in passed if 0 <= y < 20 and 0 <= x < 20}


def test_a_move_within_a_cell_draws_nothing_again():
    stroke = Stroke(Board(5, 5))
    assert cells(stroke.moved_to((2, 2))) == [(2, 2)]
    assert stroke.moved_to((2, 2)) is None
    assert cells(stroke.moved_to((2, 4))) == [(2, 3), (2, 4)]


def test_a_stroke_that_begins_on_a_dead_cell_sets_and_on_a_live_one_clears():
    board = Board.from_live(5, 5, [(1, 1)])
    setting, clearing = Stroke(board), Stroke(board)
    assert [setting.moved_to((0, 0)).alive, setting.moved_to((2, 2)).alive] == [True, True]
    assert [clearing.moved_to((1, 1)).alive, clearing.moved_to((4, 4)).alive] == [False, False]


def test_a_stroke_that_begins_outside_is_decided_by_its_first_cell_on_the_board():
    stroke = Stroke(Board.from_live(5, 5, [(2, 0)]))
    assert stroke.moved_to((2, -3)) is None
    patch = stroke.moved_to((2, 2))
    assert not patch.alive
    assert cells(patch) == [(2, 0), (2, 1), (2, 2)]


def test_an_eraser_clears_wherever_it_begins():
    assert not Stroke(Board(5, 5), alive=False).moved_to((0, 0)).alive
