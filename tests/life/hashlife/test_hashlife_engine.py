import threading
from itertools import accumulate, count

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from life.errors import LifeError, Stopped
from life.hashlife.engine import HashLifeEngine
from life.hashlife.machine import Machinery, shared_machinery
from life.hashlife.store import Store
from life.hashlife.tree import TreePlane
from life.plane.box import Box
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY, Rule
from life.stop import StopSignal
from tests.life.hashlife.universes import (
    CELLS,
    GLIDER,
    RULES,
    SOUPS,
    advanced,
    cells_of,
    no_compiler,
    pattern,
    plain,
    plane_of,
    soup_of,
)  # fmt: skip

MEMORY = 1 << 26
HIGHLIFE = Rule(frozenset({3, 6}), frozenset({2, 3}))


@pytest.fixture(scope="module", autouse=True)
def compiled():
    return shared_machinery().wait()


@settings(max_examples=60)
@given(CELLS | SOUPS, RULES, st.integers(0, 40))
def test_it_agrees_with_the_definition(cells, rule, generations):
    plane = HashLifeEngine(MEMORY).step(plane_of(cells), rule, generations)
    assert cells_of(plane) == advanced(cells, rule, generations)
    assert plane.population == len(cells_of(plane))


@settings(max_examples=15)
@given(SOUPS, RULES, st.lists(st.integers(1, 17), min_size=2, max_size=4))
def test_steps_of_any_size_may_follow_each_other_in_any_order(cells, rule, steps):
    engine = HashLifeEngine(MEMORY)
    plane = plane_of(cells)
    for generations in steps:
        plane = engine.step(plane, rule, generations)
    assert cells_of(plane) == advanced(cells, rule, sum(steps))


@settings(max_examples=10)
@given(SOUPS, RULES, st.integers(1, 12))
def test_it_is_right_without_machine_code(cells, rule, generations):
    engine = HashLifeEngine(MEMORY, plain())
    plane = engine.step(plane_of(cells), rule, generations)
    assert cells_of(plane) == advanced(cells, rule, generations)
    assert not engine.is_compiled


def test_without_numba_it_says_so_and_goes_on():
    machinery = Machinery(no_compiler)
    machinery.wait()
    assert "pip install numba" in machinery.trouble
    plane = HashLifeEngine(MEMORY, machinery).step(plane_of(GLIDER), CONWAY, 8)
    assert cells_of(plane) == {(y + 2, x + 2) for y, x in GLIDER}


def test_a_compiler_that_fails_is_reported():
    def fail():
        raise ValueError("the compiler is out of order")

    machinery = Machinery(fail)
    assert not machinery.wait().is_compiled
    assert "out of order" in machinery.trouble


@pytest.mark.parametrize(
    ("name", "generation", "population"),
    [
        ("methuselahs/acorn", 5206, 633),
        ("methuselahs/r-pentomino", 1103, 116),
        ("methuselahs/diehard", 130, 0),
        ("methuselahs/thunderbird", 243, 46),
        ("guns-and-puffers/gosper-glider-gun", 30_000, 36 + 5 * 1000),
    ],
)
def test_the_known_facts_hold(name, generation, population):
    assert HashLifeEngine(MEMORY).step(pattern(name), CONWAY, generation).population == population


def test_a_glider_goes_beyond_all_machine_numbers():
    generations = 4 * (1 << 70) + 8
    plane = HashLifeEngine(MEMORY).step(plane_of(GLIDER), CONWAY, generations)
    way = generations // 4
    assert plane.box == Box(way, way, way + 3, way + 3)
    assert [cell for cell in GLIDER if not plane.is_alive(cell[0] + way, cell[1] + way)] == []
    assert plane.population == 5
    assert plane.crop(plane.box).population == 5
    with pytest.raises(LifeError, match="farther than 2\\^62"):
        plane.live_cells()


def test_a_gun_has_shot_the_right_number_of_gliders_after_more_generations_than_64_bits_count():
    generations = 30 * (1 << 65)
    plane = HashLifeEngine(MEMORY).step(pattern("guns-and-puffers/gosper-glider-gun"), CONWAY, generations)
    assert plane.population == 36 + 5 * (1 << 65)


def test_other_rules_do_not_get_what_was_remembered_for_the_first():
    engine = HashLifeEngine(MEMORY)
    cells = {(0, 1), (0, 2), (1, 0), (1, 1), (2, 1), (5, 5), (5, 6), (6, 5), (4, 4)}
    for rule in (CONWAY, HIGHLIFE, CONWAY):
        assert cells_of(engine.step(plane_of(cells), rule, 30)) == advanced(cells, rule, 30)


def test_it_goes_on_from_what_it_gave_without_conversion():
    engine = HashLifeEngine(MEMORY)
    first = engine.step(pattern("methuselahs/acorn"), CONWAY, 64)
    second = engine.step(first, CONWAY, 64)
    assert isinstance(first, TreePlane)
    assert first.at[0] is second.at[0]


def test_it_takes_the_tree_of_another_engine():
    first = HashLifeEngine(MEMORY).step(pattern("methuselahs/acorn"), CONWAY, 1000)
    second = HashLifeEngine(MEMORY).step(first, CONWAY, 4206)
    assert second.population == 633
    assert first.at[0] is not second.at[0]


@settings(max_examples=15)
@given(SOUPS, CELLS, st.booleans(), st.integers(1, 20))
def test_it_takes_a_tree_in_which_cells_were_set_by_hand(cells, edited, alive, generations):
    engine = HashLifeEngine(MEMORY)
    tree = engine.step(plane_of(cells), CONWAY, 1)
    ys, xs = (np.array([cell[i] for cell in sorted(edited)], np.int64) for i in range(2))
    plane = engine.step(tree.with_cells(ys, xs, alive), CONWAY, generations)
    before = advanced(cells, CONWAY, 1)
    assert cells_of(plane) == advanced(before | edited if alive else before - edited, CONWAY, generations)
    assert cells_of(tree) == before


def test_cells_can_be_set_far_from_the_tree():
    engine = HashLifeEngine(MEMORY)
    tree = engine.step(plane_of(GLIDER), CONWAY, 4)
    far = 1 << 61
    with_far = tree.with_cells(np.array([-far, 1 - far, 2 - far]), np.array([far] * 3), alive=True)
    assert cells_of(engine.step(with_far, CONWAY, 2)) == {(y + 1, x + 1) for y, x in advanced(GLIDER, CONWAY, 2)} | {
        (-far, far), (1 - far, far), (2 - far, far)
    }  # fmt: skip


def test_no_generations_give_the_same_plane_and_nothing_stays_nothing():
    engine = HashLifeEngine(MEMORY)
    plane = plane_of(GLIDER)
    assert engine.step(plane, CONWAY, 0) is plane
    nothing = engine.step(plane_of([]), CONWAY, 1 << 80)
    assert nothing.is_empty
    assert (nothing.population, nothing.box) == (0, None)


def test_rules_that_bring_the_whole_plane_to_life_are_refused():
    with pytest.raises(LifeError, match="give the board edges"):
        HashLifeEngine(MEMORY).step(plane_of(GLIDER), Rule(frozenset({0}), frozenset()), 1)


def test_more_generations_than_it_can_count_cells_for_are_refused():
    engine = HashLifeEngine(MEMORY)
    with pytest.raises(LifeError, match="fewer"):
        engine.step(plane_of(GLIDER), CONWAY, 1 << 400)
    plane = engine.step(plane_of(GLIDER), CONWAY, 1 << 399)
    assert plane.population == 5


def test_giant_steps_with_little_memory_come_to_an_end():
    engine = HashLifeEngine(1)
    plane = plane_of(GLIDER)
    with pytest.raises(LifeError, match="let it use more memory"):
        engine.step(plane, CONWAY, 1 << 399)
    assert HashLifeEngine(MEMORY).step(plane, CONWAY, 1 << 399).population == 5
    assert engine.step(plane, CONWAY, 1 << 50).population == 5


def test_a_stop_ends_it_and_the_next_call_is_right():
    stop = StopSignal()
    stop.set()
    engine = HashLifeEngine(MEMORY)
    plane = pattern("methuselahs/acorn")
    with pytest.raises(Stopped):
        engine.step(plane, CONWAY, 5206, stop)
    assert engine.step(plane, CONWAY, 5206, StopSignal()).population == 633


def test_a_stop_from_another_thread_is_seen_within_the_computation():
    engine, stop = HashLifeEngine(1 << 30), StopSignal()
    timer = threading.Timer(0.05, stop.set)
    timer.start()
    with pytest.raises(Stopped):
        engine.step(soup_of(600, seed=5), CONWAY, 1 << 40, stop)
    timer.join()


@pytest.mark.parametrize("machinery", [shared_machinery, plain], ids=["compiled", "plain"])
def test_a_collection_in_the_middle_of_a_run_changes_nothing(machinery):
    engine = HashLifeEngine(1, machinery())
    generations = 1500 if machinery is shared_machinery else 80
    plane = pattern("methuselahs/acorn")
    stores = {id(engine._store): engine._store}
    expected = HashLifeEngine(MEMORY).step(plane, CONWAY, generations)
    for _ in range(generations // 20):
        plane = engine.step(plane, CONWAY, 20)
        stores[id(engine._store)] = engine._store
    assert plane == expected
    assert len(stores) > 1 or machinery is plain
    assert all(store.nbytes <= 1 << 20 for store in stores.values())


def test_to_tidy_up_at_every_opportunity_changes_nothing(monkeypatch):
    steps, start = (1, 6, 32, 100, 3), pattern("methuselahs/r-pentomino")
    other = HashLifeEngine(MEMORY)
    expected = [cells_of(other.step(start, CONWAY, done)) for done in accumulate(steps)]
    has_room, grow, calls = Store.has_room, Store.grow, count()
    monkeypatch.setattr(Store, "has_room", lambda s, more=0: next(calls) % 2 == 1 if more else has_room(s))
    monkeypatch.setattr(Store, "grow", lambda s, more=0: not more and grow(s))
    engine, plane, stores = HashLifeEngine(MEMORY), start, []
    for generations, cells in zip(steps, expected, strict=True):
        plane = engine.step(plane, CONWAY, generations)
        stores.append(engine._store)
        assert cells_of(plane) == cells
    assert len(set(map(id, stores))) == len(stores)


def test_going_back_and_forth_between_planes_takes_no_more_and_more_memory():
    engine = HashLifeEngine(1)
    start = engine.step(pattern("methuselahs/acorn"), CONWAY, 300)
    for _ in range(20):
        HashLifeEngine(1).step(start, CONWAY, 1)
        engine.forget()
        assert engine.step(start, CONWAY, 64).population == engine.step(start, CONWAY, 64).population
        assert engine._store.nbytes <= 1 << 19


def test_planes_of_old_stay_readable_after_collections():
    engine = HashLifeEngine(1)
    plane = pattern("methuselahs/acorn")
    kept = [engine.step(plane, CONWAY, 1)]
    for _ in range(100):
        plane = engine.step(plane, CONWAY, 20)
        kept = [*kept[-5:], plane]
    reference, other = pattern("methuselahs/acorn"), HashLifeEngine(MEMORY)
    for back, plane in enumerate(reversed(kept)):
        assert plane == other.step(reference, CONWAY, 2000 - 20 * back)


@pytest.mark.parametrize("side", [2000, 900], ids=["as-it-is", "on-its-way"])
def test_a_pattern_that_needs_too_much_memory_is_refused_and_stays_as_it_was(side):
    plane = soup_of(side, seed=3)
    before = plane.population
    engine = HashLifeEngine(1)
    with pytest.raises(LifeError, match="let it use more memory"):
        engine.step(plane, CONWAY, 256)
    assert TilePlane(plane.keys, plane.words).population == before
    assert engine.step(pattern("methuselahs/r-pentomino"), CONWAY, 1103).population == 116


def test_an_engine_that_has_forgotten_everything_goes_on_from_a_plane_of_before():
    engine = HashLifeEngine(MEMORY)
    plane = engine.step(pattern("methuselahs/acorn"), CONWAY, 1000)
    engine.forget()
    assert engine.step(plane, CONWAY, 4206).population == 633


def test_other_threads_may_read_while_the_engine_goes_on():
    engine = HashLifeEngine(1 << 21)
    plane = engine.step(pattern("methuselahs/acorn"), CONWAY, 500)
    expected = cells_of(plane)
    box = plane.box.grown(3)
    seen = []
    is_over = threading.Event()

    def read():
        while not is_over.is_set() or not seen:
            plane.__dict__.pop("population", None)
            shares = plane.densities(box.top, box.left, box.height, box.width, 0)
            seen.append((plane.population, plane.crop(box).population, int((shares > 0).sum()), cells_of(plane)))

    thread = threading.Thread(target=read)
    thread.start()
    going = plane
    try:
        for _ in range(300):
            going = engine.step(going, CONWAY, 16)
    finally:
        is_over.set()
        thread.join()
    assert going.population == HashLifeEngine(MEMORY).step(plane, CONWAY, 4800).population
    assert all(one == (len(expected),) * 3 + (expected,) for one in seen)


def test_a_gun_is_regular_and_a_soup_is_not():
    engine = HashLifeEngine(MEMORY)
    engine.step(pattern("guns-and-puffers/gosper-glider-gun"), CONWAY, 1 << 20)
    gun = engine.regularity
    engine.step(soup_of(200, seed=3), CONWAY, 8)
    assert gun > 1000 * engine.regularity
