"""The engine of tiles without compiled code: in NumPy, and with the loop in plain Python, for rules of all kinds."""

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from life.engine.compiler import Compiler, specialised
from life.engine.sparse.engine import SparseEngine
from life.engine.sparse.layout import DIRECTIONS, STEPS_X, STEPS_Y
from life.engine.sparse.loops import eight_rows, first_bit, opposite
from life.errors import LifeError, Stopped
from life.notation import parse_rule
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY
from life.stop import StopSignal
from tests.life.engine.sparse.planes import (
    CELLS,
    PLACES,
    RULES,
    engine_in_numpy,
    engine_in_python,
    moved,
    named,
    plainly_after,
    plane_of,
    soup,
)

ENGINES = pytest.mark.parametrize("make_engine", [engine_in_numpy, engine_in_python])


@ENGINES
@settings(max_examples=40)
@given(cells=CELLS, rule=RULES, place=PLACES, counts=st.lists(st.integers(0, 4), min_size=1, max_size=3))
def test_tiles_become_what_cells_become_one_by_one(make_engine, cells, rule, place, counts):
    engine, plane = make_engine(), plane_of(cells, *place)
    expected = plane
    for count in counts:
        plane, expected = engine.step(plane, rule, count), plainly_after(expected, rule, count)
        assert plane == expected


@ENGINES
def test_a_glider_goes_its_way_across_tiles(make_engine):
    glider = named("glider", 55, 58)
    assert make_engine().step(glider, CONWAY, 100) == moved(glider, 25, 25)


@ENGINES
def test_no_generation_is_the_same_plane(make_engine):
    plane = named("glider")
    assert make_engine().step(plane, CONWAY, 0) is plane


@ENGINES
def test_nothing_stays_nothing_for_any_number_of_generations(make_engine):
    assert make_engine().step(TilePlane(), CONWAY, 3).is_empty
    assert engine_in_python().step(TilePlane(), CONWAY, 1 << 70).is_empty


@ENGINES
def test_a_rule_by_which_dead_cells_come_alive_is_refused_with_the_reason(make_engine):
    with pytest.raises(LifeError, match="B03/S23 on the endless plane every dead cell would come alive; give the boa"):
        make_engine().step(named("glider"), parse_rule("B03/S23").rule, 1)


@ENGINES
@pytest.mark.parametrize("cell", [(0, (1 << 62) - 3), (-(1 << 62), 0)])
def test_a_pattern_that_leaves_the_plane_is_stopped_with_one_sentence(make_engine, cell):
    engine = make_engine()
    replicator = parse_rule("B1357/S1357").rule
    plane = plane_of([cell])
    with pytest.raises(LifeError, match=r"cell \(.*\) lies farther than 2\^62"):
        engine.step(plane, replicator, 70)
    assert plane.population == 1
    assert engine.step(named("block", *cell), CONWAY, 5) == named("block", *cell)  # what only stands there may


@ENGINES
def test_a_stop_ends_the_work_and_the_engine_starts_again_from_the_plane_that_it_is_given(make_engine):
    engine, stop = make_engine(), StopSignal()
    first = engine.step(named("acorn"), CONWAY, 1)
    stop.set()
    with pytest.raises(Stopped):
        engine.step(first, CONWAY, 1_000_000_000, stop)
    assert engine.step(first, CONWAY, 1) == plainly_after(named("acorn"), CONWAY, 2)


def test_the_engine_changes_over_to_compiled_code_when_it_is_there():
    go_on = threading.Event()

    def compile_later(loop_by, rule):
        go_on.wait()
        return specialised(loop_by, rule)

    engine = SparseEngine(Compiler(compile_later))
    plane = engine.step(soup(40, seed=1), CONWAY, 2)
    assert (engine.is_compiled(CONWAY), engine.nbytes) == (False, 0)
    go_on.set()
    assert engine.wait(CONWAY)
    assert engine.step(plane, CONWAY, 2) == plainly_after(soup(40, seed=1), CONWAY, 4)
    assert engine.nbytes


def test_without_numba_the_engine_says_so_once_and_goes_on():
    engine = engine_in_numpy()
    assert not engine.wait(CONWAY)
    assert "pip install numba" in engine.trouble
    assert engine.step(named("glider"), CONWAY, 4) == named("glider", 1, 1)


@given(st.integers(0, 99), st.integers(0, 8))
def test_eight_rows_are_told_apart_from_what_was_there(seed, at):
    cells = np.random.default_rng(seed).integers(0, 1 << 63, 200, np.uint64) << np.uint64(1)
    before = cells[150:158].copy()
    changed, in_first, in_last = eight_rows(8, 12, cells, 20 + at, 60 + at, 100 + at, 150)
    differs = before ^ cells[150:158]
    assert changed == sum(1 << i for i in range(8) if differs[i])
    assert in_first == sum(1 << i for i in range(8) if differs[i] & 1)
    assert in_last == sum(1 << i for i in range(8) if differs[i] >> 63)
    assert eight_rows(8, 12, cells, 20 + at, 60 + at, 100 + at, 150) == (0, 0, 0)


@given(st.integers(1, (1 << 64) - 1))
def test_the_first_bit_is_the_lowest(mask):
    assert mask >> first_bit(np.uint64(mask)) & 1
    assert mask & ((1 << first_bit(np.uint64(mask))) - 1) == 0


def test_the_way_back_undoes_a_step():
    for side in DIRECTIONS:
        back = opposite(side)
        assert (STEPS_Y[side] + STEPS_Y[back], STEPS_X[side] + STEPS_X[back]) == (0, 0)
