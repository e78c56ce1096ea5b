import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.board import Board
from life.edges import check_runs_on, empty_like, with_other_edges
from life.errors import LifeError
from life.notation import parse_rule
from life.plane.plane import Plane
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY
from life.topology import BOUNDED, PLANE, TORUS


def plane_of(*cells: tuple[int, int]) -> TilePlane:
    ys, xs = np.array(cells, np.int64).reshape(-1, 2).T
    return TilePlane.from_cells(ys, xs)


def listed(world: Board | Plane) -> list[tuple[int, int]]:
    ys, xs = world.live_cells()
    return list(zip(ys.tolist(), xs.tolist(), strict=True))


@given(st.integers(-(10**15), 10**15), st.sets(st.tuples(st.integers(0, 90), st.integers(0, 130)), max_size=9))
def test_a_plane_gets_edges_around_what_lives_there_with_a_margin(far: int, cells: set[tuple[int, int]]) -> None:
    plane = plane_of(*((y + far, x - far) for y, x in cells))
    board, top, left = with_other_edges(plane, TORUS)
    assert isinstance(board, Board)
    assert listed(board) == [(y + top, x + left) for y, x in listed(plane)]
    box = board.box
    if box:
        sides = (box.top, box.left, board.height - box.bottom, board.width - box.right)
        assert min(sides) >= 8
        assert abs(sides[0] - sides[2]) <= 1
        assert abs(sides[1] - sides[3]) <= 1
    assert board.height == max(48, (box.height if box else 0) + 16)
    assert board.width == max(64, (box.width if box else 0) + 16)


def test_a_board_that_loses_its_edges_keeps_every_cell_where_it_is() -> None:
    board = Board.from_live(50, 70, [(0, 0), (49, 69), (7, 8)])
    plane, top, left = with_other_edges(board, PLANE)
    assert isinstance(plane, Plane)
    assert (listed(plane), top, left) == (listed(board), 0, 0)


def test_other_edges_of_a_board_change_no_cell() -> None:
    board = Board.from_live(5, 7, [(1, 2)])
    assert with_other_edges(board, BOUNDED) == (board, 0, 0)
    plane = plane_of((3, 4))
    assert with_other_edges(plane, PLANE) == (plane, 0, 0)


def test_a_plane_whose_cells_are_too_far_apart_gets_no_edges() -> None:
    with pytest.raises(LifeError, match="takes 1,000,000,001 rows and 1,000,000,001 columns, too many for a board"):
        with_other_edges(plane_of((0, 0), (10**9, 10**9)), TORUS)


def test_a_rule_with_b0_runs_on_boards_only() -> None:
    b0 = parse_rule("B03/S23").rule
    check_runs_on(b0, TORUS)
    check_runs_on(CONWAY, PLANE)
    with pytest.raises(LifeError, match="the rule B03/S23 cannot run on the endless plane, where every dead cell"):
        check_runs_on(b0, PLANE)


def test_an_empty_world_is_of_the_same_kind() -> None:
    assert empty_like(Board.from_live(5, 7, [(1, 2)])) == Board(5, 7)
    empty = empty_like(plane_of((3, 4)))
    assert isinstance(empty, Plane)
    assert empty.is_empty
