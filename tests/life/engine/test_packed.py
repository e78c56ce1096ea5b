import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.engine.field import Field
from life.engine.generation import next_board
from life.engine.packed import PackedKernel
from life.errors import Stopped
from life.rule import CONWAY
from life.stop import StopSignal
from life.topology import BOUNDED, TORUS
from tests.life.engine.soups import RULES, TOPOLOGIES, advanced, boards, cell_by_cell, soup


@given(boards(tallest=7), RULES, TOPOLOGIES, st.integers(0, 3))
def test_whole_words_give_what_cells_give_one_by_one(board, rule, topology, generations):
    after = advanced(PackedKernel(), board, rule, topology, generations)
    assert after == cell_by_cell(board, rule, topology, generations)


@given(boards(tallest=200), RULES, TOPOLOGIES)
def test_whole_words_give_what_bytes_give(board, rule, topology):
    assert advanced(PackedKernel(), board, rule, topology) == next_board(board, rule, topology)


@pytest.mark.parametrize("topology", [TORUS, BOUNDED])
def test_bands_meet_without_a_seam(topology):
    board = soup(301, 4000, seed=7)  # five bands
    expected = board
    for _ in range(3):
        expected = next_board(expected, CONWAY, topology)
    assert advanced(PackedKernel(), board, CONWAY, topology, 3) == expected


def test_one_kernel_serves_boards_and_rules_of_all_kinds_in_turn():
    kernel = PackedKernel()
    for height, width in ((5, 300), (300, 5), (64, 64), (5, 300)):
        board = soup(height, width, seed=height)
        assert advanced(kernel, board, CONWAY, TORUS) == next_board(board, CONWAY, TORUS)


def test_a_stop_ends_the_work():
    stop = StopSignal()
    stop.set()
    with pytest.raises(Stopped):
        PackedKernel().advance(Field(9, 9), CONWAY, TORUS, 1_000_000_000, stop)
