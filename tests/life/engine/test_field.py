import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.engine.field import Field
from life.topology import TORUS
from tests.life.engine.soups import TOPOLOGIES, WIDTHS, boards, soup


@given(boards(tallest=9))
def test_a_board_comes_out_as_it_went_in(board):
    field = Field(board.height, board.width)
    field.load(board)
    assert field.board() == board
    field.wrap(TORUS)
    assert field.board() == board


@given(st.integers(1, 9), WIDTHS, st.integers(0, 99), TOPOLOGIES)
def test_every_cell_sees_beyond_the_edges_what_the_topology_says(height, width, seed, topology):
    board = soup(height, width, seed)
    field = Field(height, width)
    field.load(board)
    field.wrap(topology)
    around = np.pad(board.cells(), 1)
    if topology.wraps_y:
        around[0], around[-1] = around[-2], around[1]
    if topology.wraps_x:
        around[:, 0], around[:, -1] = around[:, -2], around[:, 1]
    bits = np.unpackbits(field.now.view(np.uint8), bitorder="little")
    for y in range(-1, height + 1):
        start = 64 * (field.first + y * field.stride)
        assert np.array_equal(bits[start - 1 : start + width + 1], around[y + 1])


def test_a_board_can_be_made_of_bits_that_were_left_beyond_its_width():
    field = Field(2, 65)
    field.now[:] = ~np.uint64(0)
    assert field.board().population == 130


@pytest.mark.parametrize("words", [4, 16, 32, 64, 256, 512, 1024, 65])
def test_the_two_buffers_never_look_alike_to_the_processor(words):
    field = Field(40, words * 64)
    distance = field.then_at - field.now_at
    assert distance >= field.size
    apart = [(distance + rows * field.stride) % 512 for rows in (-1, 0, 1)]
    assert all(64 <= d <= 512 - 64 for d in apart)
