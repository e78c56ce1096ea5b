import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from life.board import Board, stride_of

CELLS = hnp.arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 140)), elements=st.integers(0, 1))
ODD_WIDTHS = (1, 7, 8, 9, 63, 64, 65, 127, 129)
NEAR = st.integers(-5, 150)


@given(CELLS)
def test_cells_survive_being_packed(cells: NDArray[np.uint8]) -> None:
    board = Board.from_cells(cells)
    assert (board.height, board.width) == cells.shape
    assert np.array_equal(board.cells(), cells)


@given(CELLS)
def test_population_counts_the_live_cells(cells: NDArray[np.uint8]) -> None:
    assert Board.from_cells(cells).population == cells.sum()


@pytest.mark.parametrize("width", ODD_WIDTHS)
def test_the_bits_past_the_width_are_dead(width: int) -> None:
    board = Board.from_cells(np.ones((3, width), np.uint8))
    assert board.bits.shape == (3, stride_of(width))
    assert board.bits.shape[1] % 8 == 0
    assert np.unpackbits(board.bits, axis=1, bitorder="little")[:, width:].sum() == 0
    assert board.population == 3 * width


@given(CELLS, st.data())
def test_a_cell_is_alive_where_its_bit_is_set(cells: NDArray[np.uint8], data: st.DataObject) -> None:
    board = Board.from_cells(cells)
    y, x = data.draw(st.integers(0, board.height - 1)), data.draw(st.integers(0, board.width - 1))
    assert board.is_alive(y, x) == bool(cells[y, x])
    assert bool(board.bits[y, x // 8] >> (x % 8) & 1) == bool(cells[y, x])


def test_whatever_is_not_zero_is_alive() -> None:
    assert Board.from_cells(np.array([[0, 1, 2, 255]], np.uint8)).cells().tolist() == [[0, 1, 1, 1]]
    assert Board.from_cells(np.array([[True, False]])).cells().tolist() == [[1, 0]]


def test_live_cells_wrap_round() -> None:
    board = Board.from_live(3, 5, [(0, 0), (-1, -1), (4, 12)])
    assert np.argwhere(board.cells()).tolist() == [[0, 0], [1, 2], [2, 4]]


@given(CELLS, st.lists(st.tuples(NEAR, NEAR), max_size=40), st.booleans())
def test_an_edit_changes_the_named_cells_and_no_others(
    cells: NDArray[np.uint8], edited: list[tuple[int, int]], alive: bool
) -> None:
    board = Board.from_cells(cells)
    coordinates = np.array(edited, np.int64).reshape(-1, 2)
    changed = board.with_cells(coordinates[:, 0], coordinates[:, 1], alive)
    expected = cells.copy()
    for y, x in edited:
        if 0 <= y < board.height and 0 <= x < board.width:
            expected[y, x] = alive
    assert np.array_equal(changed.cells(), expected)
    assert np.array_equal(board.cells(), cells)


@given(CELLS, st.integers(1, 20), st.integers(1, 150), st.integers(-15, 15), st.integers(-145, 145))
def test_a_resized_board_keeps_what_fits(
    cells: NDArray[np.uint8], height: int, width: int, top: int, left: int
) -> None:
    resized = Board.from_cells(cells).resized(height, width, top, left)
    expected = np.zeros((height, width), np.uint8)
    for y, x in np.argwhere(cells):
        if 0 <= y + top < height and 0 <= x + left < width:
            expected[y + top, x + left] = 1
    assert np.array_equal(resized.cells(), expected)


@given(CELLS)
def test_boards_are_equal_where_their_cells_are(cells: NDArray[np.uint8]) -> None:
    board, same = Board.from_cells(cells), Board.from_cells(cells.copy())
    assert board == same
    assert hash(board) == hash(same)
    cells[0, 0] ^= 1
    assert board != Board.from_cells(cells)


def test_empty_boards_of_different_sizes_differ() -> None:
    assert Board(2, 3) != Board(3, 2)
    assert Board(2, 3) != Board(2, 4)
    assert Board(2, 3) != "a board"


def test_a_board_cannot_be_written_to() -> None:
    board = Board.from_cells(np.ones((2, 2), np.uint8))
    with pytest.raises(ValueError, match="read-only"):
        board.bits[0, 0] = 0


def test_the_cells_are_a_copy() -> None:
    board = Board(2, 2)
    board.cells()[:] = 1
    assert board.population == 0


@pytest.mark.parametrize(("height", "width"), [(0, 1), (1, 0), (-1, 5)])
def test_a_board_without_cells_is_refused(height: int, width: int) -> None:
    with pytest.raises(ValueError, match="at least one row and one column"):
        Board(height, width)


@pytest.mark.parametrize("bits", [np.zeros((2, 1), np.uint8), np.zeros((3, 8), np.uint8), np.zeros((2, 8), np.int64)])
def test_bits_of_another_shape_or_type_are_refused(bits: NDArray[np.uint8]) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Board(2, 5, bits)


def test_a_board_shows_its_size_and_population() -> None:
    assert repr(Board.from_live(3, 5, [(1, 1)])) == "<Board of 3 rows and 5 columns, 1 alive>"
