from math import hypot

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from life.board import Board
from life.nearest import nearest_cell
from life.plane.tile_plane import TilePlane

PLACES = st.one_of(st.integers(-300, 300), st.integers(-(1 << 61), 1 << 61))
CELLS = st.lists(st.tuples(PLACES, PLACES), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(CELLS, PLACES, PLACES)
def test_a_live_cell_is_found_that_is_hardly_farther_than_the_nearest(cells, y, x):
    plane = TilePlane.from_cells(*np.array(cells, np.int64).T)
    found = nearest_cell(plane, y, x)
    assert plane.is_alive(*found)
    nearest = min(hypot(cy - y, cx - x) for cy, cx in cells)
    assert hypot(found[0] - y, found[1] - x) <= nearest * 1.5 + 2


@pytest.mark.parametrize("world", [Board(5, 9), TilePlane()], ids=["board", "plane"])
def test_where_nothing_lives_nothing_is_found(world):
    assert nearest_cell(world, 3, 4) is None


@pytest.mark.parametrize("place", [(0, 0), (4, 8), (-1000, 12345)])
def test_on_a_board_it_is_found_from_inside_and_from_outside(place):
    assert nearest_cell(Board.from_live(5, 9, [(2, 7)]), *place) == (2, 7)
