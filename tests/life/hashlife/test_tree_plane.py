import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from life.errors import LifeError
from life.hashlife.converting import tree_of
from life.hashlife.engine import HashLifeEngine
from life.hashlife.growing import root_of_tiles
from life.hashlife.machine import shared_machinery
from life.hashlife.store import Store
from life.hashlife.tree import TreePlane
from life.plane.box import Box
from life.rule import CONWAY
from tests.life.hashlife.universes import CELLS, GLIDER, SOUPS, cells_of, pattern, plain, plane_of, soup_of

WINDOWS = st.builds(
    lambda top, left, height, width: Box(top, left, top + height, left + width),
    st.integers(-100, 100),
    st.integers(-100, 100),
    st.integers(1, 150),
    st.integers(1, 150),
)
BLINKER = [(0, 0), (0, 1), (0, 2)]
BOTH = pytest.mark.parametrize("machinery", [shared_machinery, plain], ids=["compiled", "plain"])


@pytest.fixture(scope="module", autouse=True)
def compiled():
    return shared_machinery().wait()


def tree(cells, machinery=None):
    tiles = plane_of(cells)
    store = Store(1 << 24, machinery)
    return TreePlane(store, *root_of_tiles(store, tiles.keys, tiles.words))


def far_gliders():
    """A glider 2^80 cells away from where it began, and one that has just begun."""
    engine = HashLifeEngine(1 << 24)
    plane = engine.step(plane_of(GLIDER), CONWAY, 4 << 80)
    return engine.step(plane.with_cells(*np.array(GLIDER).T, alive=True), CONWAY, 4)


@BOTH
@settings(max_examples=25)
@given(cells=CELLS | SOUPS)
def test_it_holds_the_cells_that_it_was_made_of(machinery, cells):
    plane = tree(cells, machinery())
    tiles = plane_of(cells)
    assert cells_of(plane) == cells
    assert (plane.population, plane.box, plane.is_empty) == (tiles.population, tiles.box, tiles.is_empty)
    assert np.array_equal(plane.tiles().keys, tiles.keys)
    assert np.array_equal(plane.tiles().words, tiles.words)
    assert plane == tiles


@BOTH
@settings(max_examples=25)
@given(cells=CELLS | SOUPS, box=WINDOWS)
def test_a_part_of_it_is_the_same_part_of_the_cells(machinery, cells, box):
    plane = tree(cells, machinery())
    inside = {cell for cell in cells if box.contains(*cell)}
    assert plane.crop(box) == plane_of(cells).crop(box)
    ys, xs = plane.live_cells(box)
    assert set(zip(ys.tolist(), xs.tolist(), strict=True)) == inside
    assert all(plane.is_alive(y, x) == ((y, x) in cells) for y in range(box.top, box.top + 5) for x in range(-5, 5))


@BOTH
@settings(max_examples=40)
@given(
    cells=CELLS | SOUPS,
    log2=st.integers(0, 9),
    top=st.integers(-9, 9),
    left=st.integers(-9, 9),
    height=st.integers(1, 12),
    width=st.integers(1, 12),
)
def test_densities_are_the_shares_of_the_live_cells(machinery, cells, log2, top, left, height, width):
    found = tree(cells, machinery()).densities(top << log2, left << log2, height, width, log2)
    expected = np.zeros((height, width))
    for y, x in cells:
        if 0 <= (y >> log2) - top < height and 0 <= (x >> log2) - left < width:
            expected[(y >> log2) - top, (x >> log2) - left] += 0.25**log2
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, expected, rtol=1e-6)


@pytest.mark.parametrize("log2", [*range(2, 62, 7), 62, 70, 81, 100])
def test_a_single_glider_is_seen_from_any_distance(log2):
    plane = tree_of(plane_of(GLIDER))
    shares = plane.densities(-1 << log2, -1 << log2, 2, 2, log2)
    assert shares[1, 1] > 0
    assert np.count_nonzero(shares) == 1


def test_what_lies_beyond_64_bits_is_drawn_and_cut_out_as_well():
    plane, way = far_gliders(), 1 << 80
    assert plane.population == 10
    assert plane.box == Box(1, 1, way + 4, way + 4)
    assert plane.crop(Box(way, way, way + 4, way + 4)).population == 5
    assert plane.is_alive(way + 3, way + 3)
    shares = plane.densities(way, way, 3, 3, 1)
    assert float(shares.sum()) == 5 / 4
    assert np.count_nonzero(plane.densities(0, 0, 2, 2, 80)) == 2
    assert len(plane.live_cells(Box(0, 0, 10, 10))[0]) == 5
    for ask in (plane.live_cells, plane.tiles):
        with pytest.raises(LifeError, match="farther than 2\\^62"):
            ask()


def test_more_cells_and_tiles_than_asked_for_are_refused():
    plane = tree_of(pattern("methuselahs/acorn"))
    with pytest.raises(LifeError, match="more than 6 cells"):
        plane.live_cells(most=6)
    far = tree_of(plane_of([(0, 0), (1000, 0), (0, 5000)]))
    assert len(far.tiles(3).keys) == 3
    with pytest.raises(LifeError, match="more than 2 tiles"):
        far.tiles(2)
    with pytest.raises(LifeError, match="at most 2\\^28 cells"):
        plane.crop(Box(0, 0, 1 << 20, 1 << 20))


@settings(max_examples=20)
@given(SOUPS, CELLS, st.booleans())
def test_an_edit_is_a_plane_of_its_own(cells, edited, alive):
    before = tree(cells)
    ys, xs = (np.array([cell[i] for cell in sorted(edited)], np.int64) for i in range(2))
    after = before.with_cells(ys, xs, alive)
    assert cells_of(after) == (cells | edited if alive else cells - edited)
    assert cells_of(before) == cells
    assert cells_of(tree_of(after)) == cells_of(after)


def test_a_tree_is_made_of_an_edited_one_without_touching_the_engines_squares():
    engine = HashLifeEngine(1 << 24)
    plane = engine.step(pattern("methuselahs/acorn"), CONWAY, 100)
    store = plane.at[0]
    count = store.counters.copy()
    copied = tree_of(plane.with_cells(np.array([500]), np.array([500]), alive=True))
    assert copied.population == plane.population + 1
    assert np.array_equal(store.counters, count)
    assert copied.at[0] is not store


def test_squares_are_kept_once():
    rng = np.random.default_rng(7)
    one = [(int(y), int(x)) for y, x in np.argwhere(rng.random((64, 64)) < 0.5)]
    many = [(y + 64 * i, x + 64 * j) for y, x in one for i in range(8) for j in range(8)]
    once, often = tree(one), tree(many)
    assert often.population == 64 * once.population
    assert int(often.at[0].counters[0]) <= int(once.at[0].counters[0]) + 8


def test_a_store_that_has_reached_its_limit_says_what_to_do():
    tiles = soup_of(700, seed=1)
    with pytest.raises(LifeError, match="let it use more memory, or run the pattern with tiles"):
        root_of_tiles(Store(1 << 16), tiles.keys, tiles.words)


def test_trees_are_equal_where_their_cells_are_and_however_large_they_are():
    engine = HashLifeEngine(1 << 24)
    start = engine.step(pattern("methuselahs/acorn"), CONWAY, 1 << 70)
    later = engine.step(start, CONWAY, 2)
    blinkers_turned = engine.step(start, CONWAY, 1)
    assert engine.step(blinkers_turned, CONWAY, 1) == later
    assert later != start
    assert blinkers_turned != later
    assert tree(GLIDER) == tree(GLIDER)
    assert tree(GLIDER) == plane_of(GLIDER)
    assert tree(GLIDER) != tree(BLINKER)
    assert len({tree(GLIDER), plane_of(GLIDER)}) == 1


def test_memory_is_shared_out_among_the_planes_of_a_store():
    engine = HashLifeEngine(1 << 24)
    first = engine.step(plane_of(BLINKER), CONWAY, 1)
    alone = first.nbytes
    second = engine.step(first, CONWAY, 1)
    assert 0 < first.nbytes == second.nbytes == alone // 2


def test_a_part_with_too_many_cells_is_refused_before_they_are_listed():
    plane = tree([(y, x) for y in range(0, 512, 2) for x in range(512)])
    with pytest.raises(LifeError, match="more than 1,000"):
        plane.live_cells(Box(3, 3, 500, 500), 1_000)
    assert plane._surely_holds_more(Box(3, 3, 500, 500), 1_000)
    assert not plane._surely_holds_more(Box(3, 3, 20, 500), 10_000)
    ys, _ = plane.live_cells(Box(0, 0, 8, 512), 4 * 512)
    assert len(ys) == 4 * 512
