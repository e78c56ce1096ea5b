"""A board that is kept as another one and an edit must answer everything as one that has all its bits."""

import gc
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from life.board import Board
from life.errors import LifeError
from life.plane.box import Box

Cells = NDArray[np.uint8]
Edits = list[tuple[list[tuple[int, int]], bool]]

# Large enough that a few cells are not a good part of them, and small ones.
CELLS = st.builds(
    lambda seed, height, width, share: (np.random.default_rng(seed).random((height, width)) < share).astype(np.uint8),
    st.integers(0, 1 << 32),
    st.sampled_from([1, 40, 41]),
    st.sampled_from([1, 63, 64, 65, 300]),
    st.sampled_from([0.0, 0.001, 0.5, 1.0]),
)
PLACES = st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 310)), max_size=12)
EDITS = st.lists(st.tuples(PLACES, st.booleans()), max_size=4)


def edited(board: Board, edits: Edits) -> Board:
    for cells, alive in edits:
        coordinates = np.array(cells, np.int64).reshape(-1, 2)
        board = board.with_cells(coordinates[:, 0], coordinates[:, 1], alive)
    return board


def edited_cells(cells: Cells, edits: Edits) -> Cells:
    cells = cells.copy()
    for places, alive in edits:
        for y, x in places:
            if 0 <= y < cells.shape[0] and 0 <= x < cells.shape[1]:
                cells[y, x] = alive
    return cells


def is_put_together(board: Board) -> bool:
    return type(board._kept).__name__ == "_Whole"


def large() -> Board:
    """A soup of 1,200 × 2,000 cells."""
    return Board.from_cells(np.random.default_rng(1).integers(0, 2, (1200, 2000), np.uint8))


def drawn(board: Board, *cells: tuple[int, int]) -> Board:
    return edited(board, [(list(cells), True)])


@settings(max_examples=60)
@given(CELLS, EDITS, st.data())
def test_an_edited_board_answers_as_one_that_has_all_its_bits(cells: Cells, edits: Edits, data: st.DataObject) -> None:
    expected = Board.from_cells(edited_cells(cells, edits))
    board = edited(Board.from_cells(cells), edits)
    height, width = cells.shape
    y, x = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
    assert board.is_alive(y, x) == expected.is_alive(y, x)
    assert board.is_empty == expected.is_empty
    assert board.box == expected.box
    assert board.population == expected.population == expected.cells().sum()
    assert board == expected
    assert expected == board
    ys, xs = board.live_cells()
    assert list(zip(ys.tolist(), xs.tolist(), strict=True)) == [tuple(at) for at in np.argwhere(expected.cells())]
    assert np.array_equal(board.bits, expected.bits)
    assert hash(board) == hash(expected)


@settings(max_examples=60)
@given(CELLS, EDITS, st.data())
def test_a_crop_holds_the_cells_of_its_box(cells: Cells, edits: Edits, data: st.DataObject) -> None:
    top, left = data.draw(st.integers(-9, 45)), data.draw(st.integers(-80, 310))
    height, width = data.draw(st.integers(1, 60)), data.draw(st.integers(1, 200))
    crop = edited(Board.from_cells(cells), edits).crop(Box(top, left, top + height, left + width))
    now = edited_cells(cells, edits)
    wide = np.zeros((200, 720), np.uint8)
    wide[100 : 100 + now.shape[0], 200 : 200 + now.shape[1]] = now
    assert np.array_equal(crop.cells(), wide[100 + top :, 200 + left :][:height, :width])
    assert crop == Board.from_cells(crop.cells())  # no bits past its width


@settings(max_examples=80)
@given(CELLS, EDITS, st.integers(0, 9), st.data())
def test_densities_are_the_shares_of_live_cells(cells: Cells, edits: Edits, log2: int, data: st.DataObject) -> None:
    side = 1 << log2
    top, left = data.draw(st.integers(-2, 2)) * side, data.draw(st.integers(-2, 2)) * side
    height, width = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 5))
    densities = edited(Board.from_cells(cells), edits).densities(top, left, height, width, log2)
    wide = np.zeros((9 * side + 50, 9 * side + 350), np.uint8)
    now = edited_cells(cells, edits)
    wide[2 * side : 2 * side + now.shape[0], 2 * side : 2 * side + now.shape[1]] = now
    part = wide[2 * side + top :, 2 * side + left :][: height * side, : width * side]
    expected = part.reshape(height, side, width, side).sum(axis=(1, 3)) / side**2
    assert densities.dtype == np.float32
    assert np.array_equal(densities, expected.astype(np.float32))


def test_a_block_far_larger_than_the_board_still_shows_its_only_cell() -> None:
    assert drawn(Board(5, 5), (1, 1)).densities(0, 0, 1, 1, 62)[0, 0] > 0


def test_blocks_wholly_outside_the_board_are_empty() -> None:
    densities = large().densities(-(1 << 40), 1 << 50, 3, 4, 20)
    assert densities.shape == (3, 4)
    assert not densities.any()


def test_nothing_but_the_bits_themselves_puts_the_bits_together() -> None:
    before = edited(large(), [([(600, 1000), (600, 1001), (601, 1000)], False)])
    assert before.bits.any()
    board = drawn(before, (600, 1000), (600, 1001), (601, 1000))
    after = edited(board, [([(600, 1000)], False)])
    assert (board != before) is not (board == before)
    assert after != board
    assert board != Board.from_cells(board.crop(board.frame).cells() == 0)
    assert board.population >= before.population
    assert not board.is_empty
    assert board.box == board.frame
    board.is_alive(600, 1000)
    board.densities(0, 0, 4, 4, 8)
    board.densities(0, 0, 40, 40, 2)
    board.live_cells(Box(590, 990, 610, 1010))
    assert not is_put_together(board)
    assert not is_put_together(after)
    assert board.bits.any()
    assert is_put_together(board)


def test_an_edit_takes_the_memory_of_the_edit() -> None:
    board = drawn(drawn(large(), (3, 4)), (3, 5))
    flips = board.flips_since(board.with_cells(np.array([9]), np.array([9]), True))
    assert flips is not None
    assert flips.nbytes <= 16


def test_an_edit_that_becomes_a_good_part_of_the_board_is_put_together() -> None:
    board = large()
    for row in range(0, 1200, 10):
        xs = np.arange(0, 2000)
        board = board.with_cells(np.full_like(xs, row), xs, True)
        board = board.with_cells(np.full_like(xs, row + 1), xs, False)
    assert 0 < len(board._kept.flips) <= 1200 * 32 // 8
    cells = board.cells()
    assert cells[0::10].all()
    assert not cells[1::10].any()


def test_a_very_large_edit_is_written_at_once() -> None:
    ys, xs = (part.ravel() for part in np.mgrid[0:300, 0:400])
    board = Board(1200, 2000).with_cells(ys, xs, True)
    assert is_put_together(board)
    assert board.population == 300 * 400
    assert board.with_cells(ys, xs, False).is_empty


def test_edits_of_one_board_know_how_they_differ_even_after_their_bits_were_asked_for() -> None:
    before = large()
    one = before.with_cells(np.array([5]), np.array([70]), not before.is_alive(5, 70))
    two = one.with_cells(np.array([6]), np.array([71]), not before.is_alive(6, 71))
    assert len(two.bits) == len(one.bits)
    flips = two.flips_since(one)
    assert flips is not None
    assert (flips.places.tolist(), flips.masks.tolist()) == ([6 * 32 + 1], [1 << 7])
    assert one.with_flips(flips) == two
    assert two.with_flips(flips) == one
    assert two.with_cells(np.array([6]), np.array([71]), before.is_alive(6, 71)) == one


def test_boards_that_are_no_edits_of_one_another_do_not_know_how_they_differ() -> None:
    assert large().flips_since(large()) is None


def test_a_board_whose_bits_are_there_does_not_keep_the_one_that_it_was_made_from() -> None:
    before = large()
    board = drawn(before, (1, 1), (1, 2), (1, 3))
    assert board.bits.any()
    first = before.cells()
    del before
    gc.collect()
    first[1, 1:4] = 1
    further = drawn(board, (2, 2))
    first[2, 2] = 1
    assert further == Board.from_cells(first)


def test_an_edit_that_changes_nothing_is_the_same_board() -> None:
    board = drawn(Board(5, 70), (2, 66))
    assert drawn(board, (2, 66)) is board
    assert drawn(board, (9, 9)) is board
    assert board.with_cells(np.array([2]), np.array([66]), False) == Board(5, 70)


def test_cells_outside_are_dead() -> None:
    board = Board.from_cells(np.ones((3, 3), np.uint8))
    assert [board.is_alive(y, x) for y, x in ((-1, 0), (0, -1), (3, 0), (0, 3), (1 << 70, 0))] == [False] * 5


def test_too_many_live_cells_are_not_listed() -> None:
    with pytest.raises(LifeError, match="9 live cells are too many; the most is 8"):
        Board.from_cells(np.ones((3, 3), np.uint8)).live_cells(most=8)


def test_the_live_cells_of_a_box_outside_are_none() -> None:
    assert [len(part) for part in large().live_cells(Box(-9, -9, -1, -1))] == [0, 0]


def test_two_threads_may_ask_the_same_edited_board() -> None:
    before = large()
    expected = before.cells()
    expected[7, 7:90] = 1
    board = drawn(before, *((7, x) for x in range(7, 90)))
    barrier = threading.Barrier(4)
    right = []

    def ask() -> None:
        barrier.wait()
        right.append(np.array_equal(board.cells(), expected) and board.is_alive(7, 80))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert right == [True] * 4
