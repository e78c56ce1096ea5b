"""The arrays of a universe, with the loop in plain Python: small steps, little room, and much coming and going."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from life.engine.compiler import specialised
from life.engine.sparse import universe as universe_module
from life.engine.sparse.in_numpy import next_plane
from life.engine.sparse.layout import SIDES
from life.engine.sparse.loops import advance_by, copy_by, opposite
from life.engine.sparse.universe import Universe
from life.errors import LifeError
from life.notation import parse_rule
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY
from tests.life.engine.sparse.planes import CELLS, RULES, moved, named, plane_of

SEEDS = parse_rule("B2/S").rule


@pytest.fixture
def little_room(monkeypatch):
    """Room for one tile at first, and none that is empty is kept for long."""
    for name, value in (("_SMALLEST", 2), ("_MADE_ANYWAY", 0), ("_EMPTY_ANYWAY", 0)):
        monkeypatch.setattr(universe_module, name, value)


def generations_by(universe, loop, count, most):
    """Goes on for so many generations, a little at a time."""
    while count:
        count -= universe.advance(loop, count, most)


def assert_is_sound(universe):
    """Neighbours know each other, and what is in no slot is nowhere."""
    near, in_use = universe.near.reshape(-1, SIDES), np.flatnonzero(universe.in_use)
    assert not universe.cells.reshape(len(universe.in_use), -1)[0].any()
    assert not in_use.size or universe.tiles == len(in_use)
    for slot in in_use.tolist():
        for side in range(SIDES):
            other = near[slot, side]
            assert other == 0 or (universe.in_use[other] and near[other, opposite(side)] == slot)


@settings(max_examples=40, deadline=None)
@given(cells=CELLS, rule=RULES, count=st.integers(0, 5), most=st.sampled_from([1, 5, 50]))
def test_a_generation_may_be_left_in_the_middle_and_room_be_made_at_any_time(cells, rule, count, most):
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("_SMALLEST", 2), ("_MADE_ANYWAY", 0), ("_EMPTY_ANYWAY", 0)):
            patch.setattr(universe_module, name, value)
        universe, expected = Universe(plane_of(cells)), plane_of(cells)
        generations_by(universe, specialised(advance_by, rule), count, most)
    for _ in range(count):
        expected = next_plane(expected, rule)
    assert universe.plane() == expected
    assert universe.plane(specialised(copy_by, rule)) == expected
    if count:
        assert_is_sound(universe)


def test_ships_that_come_and_go_leave_slots_for_each_other(little_room):
    loop = specialised(advance_by, CONWAY)
    ships = plane_of([(y + 40 * i, x - 30 * i) for i in range(3) for y, x in [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]])
    universe, most = Universe(ships), 0
    for turn in range(1, 30):
        generations_by(universe, loop, 20, 100)
        assert universe.plane() == moved(ships, 5 * turn, 5 * turn)
        most = max(most, len(universe.in_use))
    assert_is_sound(universe)
    assert most <= 64


def test_what_has_died_leaves_nothing_in_the_arrays(little_room):
    universe = Universe(named("diehard", 60, 60))
    generations_by(universe, specialised(advance_by, CONWAY), 140, 1000)
    assert universe.plane().is_empty
    assert universe.is_at_rest
    assert universe.tiles == 0
    assert len(universe.in_use) == 2


def test_a_tile_that_is_empty_only_every_second_generation_is_kept(little_room):
    loop = specialised(advance_by, CONWAY)
    lying = [named("blinker", 5, left) for left in (61, 62, 63)]
    for blinker in (*lying, *(next_plane(one, CONWAY) for one in lying)):
        universe = Universe(blinker)
        generations_by(universe, loop, 3, 100)
        for done in (3, 4, 5):
            universe.tidy()
            assert universe.plane() == (next_plane(blinker, CONWAY) if done % 2 else blinker)
            generations_by(universe, loop, 1, 100)


@settings(max_examples=30, deadline=None)
@given(before=CELLS, after=CELLS, far=st.booleans())
def test_tiles_are_laid_over_others_that_run(before, after, far):
    loop = specialised(advance_by, SEEDS)
    universe, laid = Universe(plane_of(before)), plane_of(after, *(500, -900) if far else (0, 0))
    generations_by(universe, loop, 2, 30)
    now = universe.plane()
    universe.lay_over(laid.keys, laid.words)
    hidden = [i for i, key in enumerate(now.keys.tolist()) if key not in laid.keys.tolist()]
    expected = TilePlane.of_tiles(
        np.concatenate([now.keys[hidden], laid.keys]), np.concatenate([now.words[hidden], laid.words])
    )
    assert universe.plane() == expected
    generations_by(universe, loop, 3, 30)
    for _ in range(3):
        expected = next_plane(expected, SEEDS)
    assert universe.plane() == expected
    assert_is_sound(universe)


def test_more_than_fits_into_memory_is_refused_before_it_is_taken(monkeypatch):
    monkeypatch.setattr(universe_module, "_MOST", 1 << 12)
    ys, xs = np.divmod(np.arange(10_000), 100)
    with pytest.raises(LifeError, match="more than 2,048 tiles"):
        Universe(TilePlane.from_cells(ys * 64 + 30, xs * 64 + 30))


def test_a_pattern_that_outgrows_the_memory_is_stopped(monkeypatch, little_room):
    monkeypatch.setattr(universe_module, "_MOST", 32)
    universe = Universe(plane_of([(0, 0)]))
    with pytest.raises(LifeError, match="let HashLife run it"):
        generations_by(universe, specialised(advance_by, parse_rule("B1/S1").rule), 300, 1000)
