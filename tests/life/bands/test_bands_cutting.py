import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.bands.cutting import cut, generations_a_turn, put_together
from life.bands.work import BandStep
from life.board import Board
from life.engine.generation import next_board
from life.errors import Stopped
from life.rule import CONWAY, Rule
from life.stop import StopSignal
from life.topology import BOUNDED, TORUS, Topology

rules = st.builds(Rule, st.frozensets(st.integers(0, 8)), st.frozensets(st.integers(0, 8)))
topologies = st.builds(Topology, st.booleans(), st.booleans())


def soup(height, width, seed=1):
    return Board.from_cells(np.random.default_rng(seed).random((height, width)) < 0.4)


def by_bands(board, rule, topology, bands, generations):
    step = BandStep(rule, topology, generations)
    return put_together(board, [step(band) for band in cut(board, topology, bands, generations)])


def one_by_one(board, rule, topology, generations):
    for _ in range(generations):
        board = next_board(board, rule, topology)
    return board


@given(
    st.integers(1, 40), st.integers(1, 140), st.integers(0, 99), rules, topologies, st.integers(1, 9), st.integers(1, 9)
)
def test_bands_make_the_same_cells_whatever_the_rule_the_edges_and_the_size(
    height, width, seed, rule, topology, bands, generations
):
    board = soup(height, width, seed)
    expected = one_by_one(board, rule, topology, generations)
    assert by_bands(board, rule, topology, bands, generations) == expected


@pytest.mark.parametrize("topology", [TORUS, BOUNDED, Topology(True, False), Topology(False, True)], ids=str)
def test_a_halo_may_go_round_the_board_several_times(topology):
    board = soup(3, 70)
    assert by_bands(board, CONWAY, topology, 2, 20) == one_by_one(board, CONWAY, topology, 20)


@given(st.integers(1, 300), st.integers(1, 40), st.integers(1, 20))
def test_bands_cover_every_row_once_and_none_is_empty(height, count, generations):
    bands = cut(Board(height, 5), TORUS, count, generations)
    assert [y for band in bands for y in range(band.first, band.first + band.rows)] == list(range(height))
    assert len(bands) == min(height, count)
    assert max(band.rows for band in bands) - min(band.rows for band in bands) <= 1


def test_beyond_the_edge_of_a_board_there_is_no_halo():
    top, bottom = cut(Board(100, 5), BOUNDED, 2, 10)
    assert (top.above, len(top.bits)) == (0, 60)
    assert (bottom.above, len(bottom.bits)) == (10, 60)
    assert [len(band.bits) for band in cut(Board(100, 5), TORUS, 2, 10)] == [70, 70]


def test_rows_that_lie_together_are_not_copied():
    board = soup(90, 70)
    top, middle, bottom = cut(board, BOUNDED, 3, 4)
    assert all(np.shares_memory(band.bits, board.bits) for band in (top, middle, bottom))


@given(st.integers(1, 65_536), st.integers(1, 65_536), st.integers(1, 64))
def test_little_of_a_large_board_is_computed_twice_and_no_turn_is_long(height, width, bands):
    generations = generations_a_turn(height, width, bands)
    rows = -(-height // bands)
    assert 1 <= generations <= 128
    assert generations <= max(rows // 16, 8)
    assert generations == 1 or generations * rows * width <= 1 << 34


def test_a_step_that_is_sent_elsewhere_leaves_the_stop_button_behind():
    stop = StopSignal()
    stop.set()
    step = BandStep(CONWAY, TORUS, 3, stop)
    sent = pickle.loads(pickle.dumps(step))
    assert (sent.rule, sent.topology, sent.generations, sent.stop) == (CONWAY, TORUS, 3, None)
    (band,) = cut(soup(9, 9), TORUS, 1, 3)
    with pytest.raises(Stopped):
        step(band)
    assert np.array_equal(sent(band), one_by_one(soup(9, 9), CONWAY, TORUS, 3).bits)
