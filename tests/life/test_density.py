import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from life import density_loops
from life.board import Board
from life.density import KEPT_FROM, BlockCounter, Pyramid, block_counter, counted_by_numpy
from life.plane.box import Box
from life.plane.tile_plane import TilePlane


def words_of(height, width, density=0.4, seed=0):
    """Packed rows, and the cells in them as an array."""
    cells = np.random.default_rng(seed).random((height, width)) < density
    return np.ascontiguousarray(Board.from_cells(cells).bits).view(np.uint64), cells


def counted_singly(cells, rows, columns, log2):
    """The counts of blocks, by adding up their cells."""
    part, side = cells[rows[0] : rows[1], columns[0] : columns[1]], 1 << log2
    shape = -(-part.shape[0] // side), -(-part.shape[1] // side)
    padded = np.zeros((shape[0] * side, shape[1] * side), np.uint8)
    padded[: part.shape[0], : part.shape[1]] = part
    return padded.reshape(shape[0], side, shape[1], side).sum(axis=(1, 3), dtype=np.int64)


@pytest.fixture(scope="module")
def compiled():
    counter = block_counter()
    counter.wait()
    assert counter.trouble == ""
    assert counter.is_fast
    return counter


@st.composite
def regions(draw):
    """A size of a board, a size of blocks, and the bounds of rows and of columns that begin where a block does."""
    height, width, log2 = draw(st.integers(1, 150)), draw(st.integers(1, 300)), draw(st.integers(0, 9))
    firsts = [draw(st.integers(0, (extent - 1) >> log2)) << log2 for extent in (height, width)]
    lasts = []
    for first, extent in zip(firsts, (height, width), strict=True):  # whole blocks, or up to the edge
        lasts.append(min(first + (draw(st.integers(1, 40)) << log2), extent))
    return (height, width), log2, (firsts[0], lasts[0]), (firsts[1], lasts[1])


@settings(max_examples=60)
@given(regions(), st.sampled_from([0.05, 0.5, 1.0]))
def test_numpy_counts_what_is_there(region, density):
    size, log2, rows, columns = region
    words, cells = words_of(*size, density)
    counts = BlockCounter().counts(words, rows, columns, log2)
    assert np.array_equal(counts, counted_singly(cells, rows, columns, log2))


@settings(max_examples=60)
@given(regions(), st.sampled_from([0.05, 0.5, 1.0]))
def test_compiled_code_counts_the_same_as_numpy(compiled, region, density):
    size, log2, rows, columns = region
    words, _ = words_of(*size, density)
    counts = compiled.counts(words, rows, columns, log2)
    assert np.array_equal(counts, BlockCounter().counts(words, rows, columns, log2))


@pytest.mark.parametrize("log2", [0, 1, 2, 3, 4, 5, 6, 8])
def test_the_loops_count_the_same_before_they_are_compiled(log2):
    words, cells = words_of(19, 140)
    wanted = counted_singly(cells, (0, 19), (0, 140), log2)
    counts = np.zeros(wanted.shape, np.int32)
    with np.errstate(over="ignore"):
        density_loops.count_blocks(words, 0, 19, 0, 140, log2, counts)
    assert np.array_equal(counts, wanted)


def test_a_full_board_does_not_overflow_any_field(compiled):
    words = np.full((4096, 4), ~np.uint64(0))
    for log2 in range(13):
        counts = compiled.counts(words, (0, 4096), (0, 256), log2)
        assert (counts == (1 << log2) * min(1 << log2, 256)).all()


@pytest.mark.parametrize("log2", [13, 14])
def test_blocks_larger_than_those_that_are_counted_at_once_are_put_together(compiled, log2):
    words, cells = words_of(9000, 70, 0.1)
    assert np.array_equal(
        compiled.counts(words, (0, 9000), (0, 70), log2), counted_singly(cells, (0, 9000), (0, 70), log2)
    )


@pytest.mark.parametrize("size", [(1, 1), (31, 33), (200, 1000), (1025, 64)])
def test_what_a_pyramid_keeps_is_what_would_be_counted(size):
    words, cells = words_of(*size)
    pyramid = Pyramid(words)
    for log2 in range(KEPT_FROM, 14):
        side = 1 << log2
        rows, columns = (0, size[0]), (0, size[1])
        wanted = counted_singly(cells, rows, columns, log2)
        assert np.array_equal(pyramid.counts(rows, columns, log2)[: wanted.shape[0], : wanted.shape[1]], wanted)
        if size[0] > side and size[1] > side:
            rows, columns = (side, size[0]), (side, size[1])
            wanted = counted_singly(cells, rows, columns, log2)
            assert np.array_equal(pyramid.counts(rows, columns, log2)[: wanted.shape[0], : wanted.shape[1]], wanted)


@pytest.mark.parametrize("log2", [0, 2, 5, 7])
@pytest.mark.parametrize("ahead", [False, True])
def test_the_densities_of_an_edited_board_are_those_of_its_cells(log2, ahead):
    _, cells = words_of(300, 500, 0.1)
    board = Board.from_cells(cells)
    if ahead:
        board.count_ahead()
    edited = board.with_cells(np.array([0, 299, 40]), np.array([499, 3, 64]), True)
    edited = edited.with_cells(*np.nonzero(cells[:1]), False)
    assert edited.is_counted == ahead
    side = 1 << log2
    seen = edited.densities(-side, -side, (300 >> log2) + 3, (500 >> log2) + 3, log2)
    inner = counted_singly(edited.cells(), (0, 300), (0, 500), log2) / side**2
    wanted = np.zeros(seen.shape)
    wanted[1 : 1 + inner.shape[0], 1 : 1 + inner.shape[1]] = inner
    assert np.array_equal(seen, wanted.astype(np.float32))


def test_a_board_and_a_plane_with_the_same_cells_are_equally_dense():
    _, cells = words_of(200, 333, 0.2)
    board = Board.from_cells(cells)
    plane = TilePlane.from_board(board, 0, 0)
    for log2 in range(10):
        assert np.array_equal(board.densities(0, 0, 9, 9, log2), plane.densities(0, 0, 9, 9, log2))


@pytest.mark.parametrize("log2", range(7))
def test_tiles_are_counted_by_compiled_code_as_by_numpy_and_cut_where_the_view_ends(compiled, log2, monkeypatch):
    chance = np.random.default_rng(3)
    far = 1 << 61
    plane = TilePlane.from_cells(chance.integers(-900, 900, 9000) + far, chance.integers(-900, 900, 9000) - far)
    assert len(plane.keys) > 600
    top, left = ((far + 100) >> log2) << log2, ((-far - 300) >> log2) << log2
    seen = plane.densities(top, left, 37, 41, log2)
    monkeypatch.setattr("life.plane.tile_plane.block_counter", BlockCounter)
    monkeypatch.setattr(BlockCounter, "prepare", lambda _: None)
    assert np.array_equal(plane.densities(top, left, 37, 41, log2), seen)
    cells = plane.crop(Box(top, left, top + (37 << log2), left + (41 << log2))).cells()
    wanted = counted_singly(cells, (0, 37 << log2), (0, 41 << log2), log2) / 4**log2
    assert np.array_equal(seen, wanted.astype(np.float32))


def test_without_numba_numpy_goes_on_counting(monkeypatch):
    def not_there(*_):
        raise ImportError("no numba here")

    monkeypatch.setattr("life.density.machine_code", not_there)
    counter = BlockCounter()
    counter.wait()
    assert "no numba here" in counter.trouble
    assert not counter.is_fast
    words, cells = words_of(50, 60)
    assert np.array_equal(counter.counts(words, (0, 50), (0, 60), 3), counted_singly(cells, (0, 50), (0, 60), 3))


def test_only_what_is_large_has_the_compiler_begin(monkeypatch):
    begun = []
    monkeypatch.setattr("life.density.machine_code", lambda *_: begun.append(1) or counted_by_numpy)
    counter = BlockCounter()
    counter.counts(words_of(500, 500)[0], (0, 500), (0, 500), 4)
    assert not begun
    counter.counts(np.zeros((4096, 64), np.uint64), (0, 4096), (0, 4096), 4)
    counter.wait()
    assert begun
