"""Planes of tiles, and planes patched over others, held against sets of cells."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from life.board import Board
from life.errors import LifeError
from life.plane.box import Box
from life.plane.patched import PatchedPlane
from life.plane.plane import Plane
from life.plane.tile_plane import TilePlane

FAR = 1 << 62
NEAR = st.integers(-140, 140)
CELLS = st.sets(st.tuples(NEAR, NEAR), max_size=40)
EDITS = st.lists(st.tuples(CELLS, st.booleans()), max_size=4)
BOXES = st.builds(lambda y, x, h, w: Box(y, x, y + h, x + w), NEAR, NEAR, st.integers(1, 200), st.integers(1, 200))
PLACES = st.sampled_from([(0, 0), (5, -3), (-FAR + 200, FAR - 200), (1 << 61, -(1 << 61)), (FAR - 200, -FAR + 200)])


class PlainPlane(Plane):
    """Another kind of plane, which can do no more than it must."""

    def __init__(self, live):
        self.live = live

    population = property(lambda self: len(self.live))
    nbytes = property(lambda self: 16 * len(self.live))

    @property
    def box(self):
        if not self.live:
            return None
        ys, xs = zip(*self.live, strict=True)
        return Box(min(ys), min(xs), max(ys) + 1, max(xs) + 1)

    def is_alive(self, y, x):
        return (y, x) in self.live

    def crop(self, box):
        return Board.from_live(
            box.height, box.width, [(y - box.top, x - box.left) for y, x in self.live if box.contains(y, x)]
        )

    def densities(self, top, left, height, width, log2):
        counts = np.zeros((height, width))
        for y, x in self.live:
            i, j = (y - top) >> log2, (x - left) >> log2
            if 0 <= i < height and 0 <= j < width:
                counts[i, j] += 1
        return np.ldexp(counts, -2 * log2).astype(np.float32)

    def live_cells(self, box=None, most=100_000_000):
        cells = sorted(c for c in self.live if box is None or box.contains(*c))
        if len(cells) > most:
            raise LifeError("too many")
        return arrays(cells)

    def with_cells(self, ys, xs, alive):
        return PatchedPlane(self).with_cells(ys, xs, alive)

    def tiles(self, most=1000):
        return TilePlane.from_cells(*self.live_cells()).tiles(most)


def arrays(cells):
    return (np.array([c[axis] for c in cells], np.int64) for axis in (0, 1))


def moved(cells, place):
    return {(y + place[0], x + place[1]) for y, x in cells}


def answers_like(plane, live, box, log2):
    """Whether a plane says what the cells say in every way in which it can be asked."""
    plain = PlainPlane(live)
    assert plane.population == len(live)
    assert plane.box == plain.box
    assert plane.is_empty == (not live)
    assert plane.crop(box) == plain.crop(box)
    for part in (None, box):
        assert [a.tolist() for a in plane.live_cells(part)] == [a.tolist() for a in plain.live_cells(part)]
    for y, x in [*list(live)[:5], (box.top, box.left)]:
        assert plane.is_alive(y, x) == plain.is_alive(y, x)
    view = (box.top >> log2 << log2, box.left >> log2 << log2, 9, 7, log2)
    assert np.array_equal(plane.densities(*view), plain.densities(*view))
    assert plane == TilePlane.from_cells(*arrays(live))


@given(CELLS, PLACES, BOXES, st.integers(0, 62))
def test_a_plane_of_tiles_says_what_its_cells_say(cells, place, box, log2):
    live = moved(cells, place)
    box = Box(*(at + place[i % 2] for i, at in enumerate(box)))
    answers_like(TilePlane.from_cells(*arrays(live)), live, box, log2)


@settings(max_examples=50)
@given(CELLS, EDITS, PLACES, BOXES, st.integers(0, 62), st.sampled_from(["tiles", "patched", "plain"]))
def test_an_edited_plane_of_any_kind_says_what_its_cells_say(cells, edits, place, box, log2, kind):
    live = moved(cells, place)
    box = Box(*(at + place[i % 2] for i, at in enumerate(box)))
    plane = PlainPlane(set(live)) if kind == "plain" else TilePlane.from_cells(*arrays(live))
    if kind == "patched":
        plane = PatchedPlane(plane)
    for change, alive in edits:
        change = moved(change, place)
        plane = plane.with_cells(*arrays(sorted(change)), alive)
        live = live | change if alive else live - change
    answers_like(plane, live, box, log2)


@given(CELLS, CELLS, st.sampled_from(["tiles", "plain"]))
def test_tiles_laid_over_hide_what_is_beneath(cells, over, kind):
    base = PlainPlane(cells) if kind == "plain" else TilePlane.from_cells(*arrays(cells))
    tiles = TilePlane.from_cells(*arrays(over))
    live = {c for c in cells if (c[0] >> 6, c[1] >> 6) not in {(y >> 6, x >> 6) for y, x in over}} | over
    answers_like(PatchedPlane(base, tiles.keys, tiles.words), live, Box(-70, -70, 60, 60), 4)


@given(st.integers(1, 150), st.integers(1, 150), st.integers(0, 99), NEAR, NEAR)
def test_a_board_comes_out_of_the_plane_as_it_went_in(height, width, seed, top, left):
    board = Board.from_cells(np.random.default_rng(seed).random((height, width)) < 0.3)
    plane = TilePlane.from_board(board, top, left)
    assert plane.crop(Box(top, left, top + height, left + width)) == board
    assert plane.population == board.population
    assert all(tile.any() for tile in plane.words)
    ys, xs = np.nonzero(board.cells())
    assert plane == TilePlane.from_cells(ys + top, xs + left)


@given(CELLS)
def test_the_same_cells_are_the_same_tiles_in_whatever_order_they_come(cells):
    shuffled = sorted(cells, key=lambda c: (c[1], -c[0]))
    one, other = TilePlane.from_cells(*arrays(sorted(cells))), TilePlane.from_cells(*arrays(shuffled + shuffled))
    assert one == other
    assert hash(one) == hash(other)
    assert [*map(tuple, one.keys.tolist())] == sorted({(y >> 6, x >> 6) for y, x in cells})
    assert one == TilePlane.of_tiles(other.keys[::-1], other.words[::-1])


def test_planes_with_other_cells_are_not_equal():
    one, other = (TilePlane.from_cells(*arrays(c)) for c in ([(0, 0), (9, 9), (3, 3)], [(0, 0), (9, 9), (3, 4)]))
    assert one != other
    assert one != Board.from_live(9, 9, [(0, 0)])


def test_a_single_cell_is_seen_however_far_away_one_looks_from():
    plane = TilePlane.from_cells(*arrays([(-1, 0)]))
    for log2 in range(63):
        shares = plane.densities(-1 << log2, 0, 2, 1, log2)
        assert shares.dtype == np.float32
        assert shares[:, 0].tolist() == [0.25**log2, 0]


def test_a_view_that_reaches_beyond_the_plane_is_empty_there():
    plane = TilePlane.from_cells(*arrays([(FAR - 1, FAR - 1), (-FAR, -FAR)]))
    assert plane.crop(Box(FAR - 1, FAR - 2, FAR + 9, FAR + 70)).population == 1
    assert plane.densities(-4 << 62, -4 << 62, 8, 8, 62).sum() == np.float32(2 * 0.25**62)
    assert plane.densities(1 << 80, 1 << 80, 2, 2, 3).sum() == 0
    assert not plane.is_alive(1 << 70, 0)


@pytest.mark.parametrize("cell", [(FAR, 0), (-FAR - 1, 0), (0, FAR), (0, -FAR - 1)])
def test_cells_beyond_the_reach_are_refused_with_their_place(cell):
    plane = TilePlane()
    with pytest.raises(LifeError, match=f"{cell[0]:,}, {cell[1]:,}"):
        TilePlane.from_cells(*arrays([(0, 0), cell]))
    with pytest.raises(LifeError, match="farther than 2\\^62"):
        plane.with_cells(*arrays([cell]), True)
    with pytest.raises(LifeError, match="farther than 2\\^62"):
        TilePlane.from_board(Board(2, 2), *cell)
    assert plane.is_empty


def test_too_much_at_once_is_refused():
    plane = TilePlane.from_cells(*arrays([(0, 0), (0, 100), (100, 0)]))
    for act in (
        lambda: plane.crop(Box(0, 0, 1 << 15, 1 << 14)),
        lambda: plane.live_cells(most=2),
        lambda: plane.live_cells(Box(0, 0, 101, 101), most=2),
        lambda: plane.tiles(2),
        lambda: PatchedPlane(plane).live_cells(most=2),
        lambda: PatchedPlane(plane).tiles(2),
    ):
        with pytest.raises(LifeError):
            act()
    assert plane.tiles(3) is plane
    assert len(plane.live_cells(Box(0, 0, 50, 500), most=2)[0]) == 2


def test_an_edit_of_a_large_plane_copies_a_few_tiles_and_leaves_the_plane_alone():
    ys, xs = np.divmod(np.arange(10_000), 100)
    plane = TilePlane.from_cells(ys * 64, xs * 64)
    edited = plane.with_cells(*arrays([(1, 1), (640, 640), (641, 641)]), True)
    assert isinstance(edited, PatchedPlane)
    assert edited.base is plane
    assert len(edited.keys) == 2
    assert (plane.population, edited.population) == (10_000, 10_002)
    assert edited.with_cells(*arrays([(1, 1), (641, 641)]), False) == plane
    everywhere = edited.with_cells(ys * 64, xs * 64 + 1, True)
    assert isinstance(everywhere, TilePlane)
    assert everywhere.population == 20_002


def test_what_was_read_cannot_be_written():
    plane = TilePlane.from_cells(*arrays([(1, 1)]))
    for array in (plane.keys, plane.words, plane.crop(Box(0, 0, 3, 3)).bits):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
