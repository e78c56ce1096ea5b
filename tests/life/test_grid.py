from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from life.board import Board
from life.grid import ALIVE, EMPTY, Grid, LockingGrid
from life.topology import BOUNDED, TORUS, Topology

CELLS = hnp.arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 70)), elements=st.integers(0, 1))
ANYWHERE = st.integers(-100, 100)
TUBE = Topology(wraps_y=True, wraps_x=False)
RING = Topology(wraps_y=False, wraps_x=True)

both_grids = pytest.mark.parametrize("kind", [Grid, LockingGrid])


@both_grids
def test_a_new_grid_is_empty(kind: type[Grid]) -> None:
    grid = kind(2, 3)
    assert [grid.get(y, x) for y in range(2) for x in range(3)] == [EMPTY] * 6


def test_its_places_are_all_its_cells_row_by_row() -> None:
    assert list(Grid(2, 3).places()) == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]


@both_grids
def test_it_prints_as_rows_of_stars_and_dashes(kind: type[Grid]) -> None:
    grid = kind(2, 3)
    grid.set(0, 1, ALIVE)
    grid.set(1, 2, ALIVE)
    assert str(grid) == "-*-\n--*\n"


@both_grids
@given(st.integers(1, 7), st.integers(1, 7), ANYWHERE, ANYWHERE)
def test_a_torus_wraps_round_in_every_direction(kind: type[Grid], height: int, width: int, y: int, x: int) -> None:
    grid = kind(height, width)
    grid.set(y, x, ALIVE)
    assert grid.get(y % height, x % width) == ALIVE
    assert grid.get(y - height, x + 2 * width) == ALIVE
    assert grid.to_board().population == 1
    grid.set(y + height, x - width, EMPTY)
    assert grid.to_board().population == 0


@both_grids
@given(st.integers(1, 7), st.integers(1, 7), ANYWHERE, ANYWHERE)
def test_cells_beyond_dead_edges_are_empty_and_cannot_be_set(
    kind: type[Grid], height: int, width: int, y: int, x: int
) -> None:
    grid = kind.from_board(Board.from_cells(np.ones((height, width), np.uint8)), BOUNDED)
    if 0 <= y < height and 0 <= x < width:
        assert grid.get(y, x) == ALIVE
        grid.set(y, x, EMPTY)
        assert grid.get(y, x) == EMPTY
    else:
        assert grid.get(y, x) == EMPTY
        with pytest.raises(IndexError, match=rf"cell \({y}, {x}\) lies outside"):
            grid.set(y, x, ALIVE)


@pytest.mark.parametrize(
    ("topology", "above", "beside"), [(TORUS, ALIVE, ALIVE), (TUBE, ALIVE, EMPTY), (RING, EMPTY, ALIVE)]
)
def test_each_direction_has_its_own_edges(topology: Topology, above: str, beside: str) -> None:
    grid = Grid.from_board(Board.from_cells(np.ones((3, 4), np.uint8)), topology)
    assert grid.get(-1, 2) == above
    assert grid.get(3, 2) == above
    assert grid.get(1, -1) == beside
    assert grid.get(1, 4) == beside


@both_grids
@given(CELLS)
def test_a_board_survives_the_way_through_a_grid(kind: type[Grid], cells: NDArray[np.uint8]) -> None:
    board = Board.from_cells(cells)
    grid = kind.from_board(board, BOUNDED)
    assert np.array_equal(grid.cells, cells)
    assert grid.topology == BOUNDED
    assert grid.to_board() == board
    assert str(grid) == "".join("".join(ALIVE if cell else EMPTY for cell in row) + "\n" for row in cells)


def test_the_cells_are_the_grid_itself() -> None:
    grid = Grid(2, 3)
    cells = grid.cells
    grid.set(1, 2, ALIVE)
    assert cells[1, 2] == 1
    cells[0, 0] = 1
    assert grid.get(0, 0) == ALIVE


def test_a_board_does_not_change_with_the_grid_it_came_from() -> None:
    grid = Grid(2, 3)
    board = grid.to_board()
    grid.set(0, 0, ALIVE)
    assert board.population == 0


class NotingGrid(LockingGrid):
    """Notes for every look at its bytes, or at one of its rows, whether the lock was held."""

    @property
    def _bytes(self) -> bytearray:
        self.held.append(self.lock.locked())
        return self.storage

    @_bytes.setter
    def _bytes(self, storage: bytearray) -> None:
        self.held: list[bool] = []
        self.storage = storage

    @property
    def _rows(self) -> list[memoryview]:
        row, grid = memoryview(self.storage)[: self.width], self

        class Row:
            def __getitem__(self, x: int) -> int:
                grid.held.append(grid.lock.locked())
                return row[x]

            def __setitem__(self, x: int, state: int) -> None:
                grid.held.append(grid.lock.locked())
                row[x] = state

        return [Row()] * self.height


@pytest.mark.parametrize(
    "use",
    [lambda grid: grid.get(0, 0), lambda grid: grid.set(0, 0, ALIVE), str],
    ids=["get", "set", "str"],
)
def test_a_locking_grid_holds_its_lock_at_every_access(use: Callable[[LockingGrid], object]) -> None:
    grid = NotingGrid(2, 2)
    use(grid)
    assert grid.held
    assert all(grid.held)
    assert not grid.lock.locked()


def test_a_locking_grid_lets_go_of_its_lock_when_an_access_fails() -> None:
    grid = LockingGrid(2, 2, BOUNDED)
    with pytest.raises(IndexError):
        grid.set(2, 0, ALIVE)
    assert not grid.lock.locked()
