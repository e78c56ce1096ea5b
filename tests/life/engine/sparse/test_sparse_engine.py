"""The engine of tiles in compiled code."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from life.engine.field import Field
from life.engine.packed import PackedKernel
from life.engine.sparse.engine import SparseEngine
from life.errors import LifeError, Stopped
from life.notation import parse_rule
from life.plane.box import Box
from life.plane.patched import PatchedPlane
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY
from life.stop import StopSignal
from life.topology import TORUS
from tests.life.engine.sparse.planes import (
    CELLS,
    PLACES,
    engine_in_numpy,
    moved,
    named,
    plainly_after,
    plane_of,
    soup,
)

numba = pytest.importorskip("numba", reason="the compiled engine needs numba")

RULES = [parse_rule(text).rule for text in ("B3/S23", "B2/S", "B1357/S1357")]
FAR = 1 << 62


@pytest.fixture(scope="module")
def engine(machine_code_folder):
    """One for all, so that it is asked for planes that it does not know; its code is kept between runs of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numba.config, "CACHE_DIR", machine_code_folder)
        engine = SparseEngine()
        for rule in RULES:
            assert engine.wait(rule), engine.trouble
        yield engine


def another(engine):
    """An engine of its own with the same compiled code."""
    return SparseEngine(engine._compiler)


@settings(deadline=None)
@given(
    cells=CELLS, rule=st.sampled_from(RULES), place=PLACES, counts=st.lists(st.integers(0, 9), min_size=1, max_size=4)
)
def test_compiled_tiles_become_what_cells_become_one_by_one(engine, cells, rule, place, counts):
    plane = expected = plane_of(cells, *place)
    for count in counts:
        plane, expected = engine.step(plane, rule, count), plainly_after(expected, rule, count)
        assert plane == expected


@settings(deadline=None, max_examples=60)
@given(
    cells=CELLS,
    rule=st.sampled_from(RULES),
    edits=st.lists(st.tuples(CELLS, st.booleans(), st.integers(1, 6)), min_size=1, max_size=5),
    place=PLACES,
    goes_on=st.booleans(),
)
def test_edits_in_the_middle_count_from_there_on(engine, cells, rule, edits, place, goes_on):
    plane = expected = engine.step(plane_of(cells, *place), rule, 1)
    for change, alive, count in edits:
        ys, xs = (np.array([cell[axis] + place[axis] for cell in change], np.int64) for axis in (0, 1))
        plane = (PatchedPlane(plane) if goes_on else plane).with_cells(ys, xs, alive)
        plane, expected = engine.step(plane, rule, count), expected.with_cells(ys, xs, alive)
        expected = plainly_after(expected, rule, count)
        assert plane == expected


def test_what_lies_over_the_last_plane_goes_into_the_universe_that_there_is(engine):
    plane = loaded = engine.step(soup(2900, seed=4), CONWAY, 5)
    for generation in range(12):
        at = np.arange(200) + generation * 160
        plane, loaded = (one.with_cells(at, at + 3, True) for one in (plane, loaded))
        assert isinstance(plane, PatchedPlane)
        universe = engine._universe
        plane, loaded = engine.step(plane, CONWAY, 3), another(engine).step(loaded.tiles(), CONWAY, 3)
        assert engine._universe is universe
        assert plane == loaded


@pytest.mark.parametrize(
    ("name", "generations", "population"),
    [
        ("R-pentomino", 1103, 116),
        ("acorn", 5206, 633),
        ("diehard", 130, 0),
        ("pi-heptomino", 173, 55),
        ("B-heptomino", 148, 28),
        ("thunderbird", 243, 46),
    ],
)
@pytest.mark.parametrize("place", [(0, 0), (-FAR + 99_999, FAR - 99_999)])
def test_methuselahs_end_as_everybody_knows(engine, name, generations, population, place):
    assert engine.step(named(name, *place), CONWAY, generations).population == population


def test_a_gun_has_five_cells_more_every_thirty_generations(engine):
    plane = named("gun")
    for shots in range(1, 30):
        plane = engine.step(plane, CONWAY, 30)
        assert plane.population == 36 + 5 * shots
    assert engine.step(plane, CONWAY, 30_000).population == 36 + 5 * 1029


@pytest.mark.parametrize("flip_y", [1, -1])
@pytest.mark.parametrize("flip_x", [1, -1])
def test_gliders_meet_borders_and_corners_of_tiles_in_every_way(engine, flip_y, flip_x):
    ys, xs = named("glider").live_cells()
    for at in range(-16, 16):
        for across in (0, at, 5):
            glider = TilePlane.from_cells(ys * flip_y + at, xs * flip_x + across)
            assert engine.step(glider, CONWAY, 96) == moved(glider, 24 * flip_y, 24 * flip_x)


@pytest.mark.parametrize("name", ["glider", "LWSS", "MWSS", "HWSS"])
def test_ships_fly_any_distance_and_leave_no_memory_behind(engine, name):
    ship = named(name, 5, 7)
    y, x = (10_000, 10_000) if name == "glider" else (0, -20_000)
    assert engine.step(ship, CONWAY, 40_000) == moved(ship, y, x)
    assert engine._universe.tiles < 1000


@pytest.mark.parametrize(("name", "period"), [("block", 1), ("blinker", 2)])
def test_what_stands_still_or_blinks_takes_no_time_however_long(engine, name, period):
    plane = named(name, 62, 62)
    after = engine.step(plane, CONWAY, 10**30 + 1)
    assert (after == plane) == (period == 1)
    assert engine.step(after, CONWAY, 10**30 + 1) == plane


@pytest.mark.parametrize("seed", [1, 2])
def test_a_soup_agrees_with_the_torus_as_long_as_it_does_not_meet_itself(engine, seed):
    """Nothing goes faster than a cell a generation, and the torus is wide enough for that."""
    plane, side = soup(200, seed), 2240
    field = Field(side, side)
    field.load(plane.crop(Box(-1020, -1020, side - 1020, side - 1020)))
    for generations in (1, 2, 300, 697):
        PackedKernel().advance(field, CONWAY, TORUS, generations)
        plane = engine.step(plane, CONWAY, generations)
        assert plane.crop(Box(-1020, -1020, side - 1020, side - 1020)) == field.board()


def test_numpy_and_compiled_code_agree_after_a_long_run(engine):
    for rule, count in zip(RULES, (700, 60, 150), strict=True):
        start = soup(60, seed=8, density=0.1)
        assert engine.step(start, rule, count) == engine_in_numpy().step(start, rule, count)


def test_a_generation_at_a_time_is_the_same_as_many(engine):
    one = many = soup(150, seed=3)
    for _ in range(200):
        one = engine.step(one, CONWAY, 1)
    assert one == engine.step(many, CONWAY, 200)


def test_another_rule_or_plane_in_between_does_no_harm(engine):
    plane = engine.step(soup(90, seed=5), RULES[0], 10)
    other = engine.step(plane, RULES[1], 3)
    assert other == plainly_after(plane, RULES[1], 3)
    assert engine.step(plane, RULES[0], 3) == plainly_after(plane, RULES[0], 3)


def test_a_plane_that_was_given_stays_as_it_is_when_the_engine_goes_on(engine):
    first = engine.step(soup(90, seed=6), CONWAY, 5)
    words = first.words.copy()
    engine.step(first, CONWAY, 5)
    assert np.array_equal(first.words, words)


def test_memory_goes_back_after_a_pattern_has_died(engine):
    """Rows of three apart die in the second generation, and not one tile comes into being that would tell of it."""
    fresh = another(engine)
    ys, xs = np.divmod(np.arange(10_000), 100)
    short_lived = TilePlane.from_cells(np.repeat(ys * 128, 2) + 30, np.repeat(xs * 128, 2) + 30 + np.arange(20_000) % 2)
    plane = fresh.step(short_lived.with_cells(*named("glider", 40, 40).live_cells(), True), CONWAY, 1)
    most = fresh.nbytes
    for _ in range(3):
        plane = fresh.step(plane, CONWAY, 4)
    assert plane.population == 5
    assert fresh.nbytes < most / 4
    assert fresh.step(plane, CONWAY, 40_000) == moved(plane, 10_000, 10_000)


def test_a_stop_ends_the_work(engine):
    stop = StopSignal()
    stop.set()
    with pytest.raises(Stopped):
        engine.step(named("gun"), CONWAY, 10**12, stop)


def test_a_pattern_that_runs_over_the_edge_of_the_plane_is_stopped(engine):
    with pytest.raises(LifeError, match=r"lies farther than 2\^62"):
        engine.step(named("glider", FAR - 100, FAR - 100), CONWAY, 1000)
