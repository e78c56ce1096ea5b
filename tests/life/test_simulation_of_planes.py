"""The simulation on the endless plane: cells are stepped where there are any, and told of where they are."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from life.errors import Fate
from life.experiment import Experiment, Fault, WireKind
from life.facts import FailureReport, Mode, Result, State
from life.fanout import FAN_OUTS
from life.moment import Moment
from life.plane.box import Box
from life.plane.plane import Plane
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY, Rule
from life.simulation import Simulation
from life.topology import PLANE
from life.trace.columns import Trace
from tests.life.recorder import SECONDS, Recorder

KEYS = [strategy.key for strategy in FAN_OUTS]
GLIDER = [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]


def plane(*cells: tuple[int, int], top: int = 0, left: int = 0) -> TilePlane:
    ys, xs = np.array([*cells, (0, 0)], np.int64)[:-1].T
    return TilePlane.from_cells(ys + top, xs + left)


def live(world: Plane) -> list[tuple[int, int]]:
    return [(int(y), int(x)) for y, x in zip(*world.live_cells(), strict=True)]


@contextmanager
def simulation(world: Plane, rule: Rule = CONWAY, **experiment: object) -> Iterator[tuple[Simulation, Recorder]]:
    heard = Recorder()
    quick = Experiment(**{"strategy": "serial", "wire": WireKind.NONE, "workers": None, **experiment})
    one = Simulation(heard, world, rule, PLANE, quick, rate=None)
    one.start()
    heard.wait(State)
    try:
        yield one, heard
    finally:
        assert one.close(SECONDS)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("top", [-1, -70, 1 << 40], ids=["around the middle", "above it", "far away"])
def test_a_glider_flies_over_the_plane_in_every_strategy(key, top) -> None:
    with simulation(plane(*GLIDER, top=top, left=-3), strategy=key, workers=4) as (one, heard):
        one.step(8)
        made = heard.wait(Result, lambda result: result.generation == 8)
        assert live(made.board) == [(y + top + 2, x - 3 + 2) for y, x in GLIDER]


def test_only_the_cells_that_can_be_alive_afterwards_are_stepped() -> None:
    with simulation(plane(*GLIDER, top=-100, left=1_000)) as (one, heard):
        one.step(5)
        heard.wait(Result, lambda result: result.generation == 5)
        first, *_, last = heard.of(Trace)
        assert (first.top, first.left, first.height, first.width) == (-101, 999, 5, 5)
        assert (last.top, last.left) == (-100, 1_000), "the frame moves along with what lives"
        assert first.place_of(0) == (-101, 999)
        assert first.cell_at(-100, 1_001) == 5 + 2


def test_an_empty_plane_runs_and_has_nothing_to_do() -> None:
    with simulation(plane(), latency=60.0, wire=WireKind.WAIT) as (one, heard):
        one.step(3)
        made = heard.wait(Result, lambda result: result.generation == 3)
        assert made.board.is_empty
        assert made.trace.cells == 0


def test_a_pattern_that_dies_leaves_an_empty_plane() -> None:
    with simulation(plane((7, -7))) as (one, heard):
        one.step(2)
        assert heard.wait(Result, lambda result: result.generation == 2).board.is_empty


@pytest.mark.parametrize("key", KEYS)
def test_a_fault_is_planted_and_told_in_the_planes_own_rows_and_columns(key, python_prints_thread_errors) -> None:
    cell = (-99, 1_001)
    faults = {cell: Fault.ERROR, (0, 0): Fault.ERROR}  # one of them in none of the cells that are stepped
    with simulation(plane(*GLIDER, top=-100, left=1_000), strategy=key, workers=4, faults=faults) as (one, heard):
        one.step()
        report = heard.wait(FailureReport)
        failed = [(failure.y, failure.x) for failure in report.failures]
        if key == "row-batches":
            assert failed[0][0] in range(-101, -96)
        else:
            assert failed == [cell]
        if key == "thread-per-cell":
            assert report.failures[0].thread == "cell--99-1001"
        trace = heard.of(Trace)[0]
        assert trace.failed[trace.cell_at(*failed[0])] > 0
        if report.failures[0].fate is Fate.CALLER and key in ("queue-workers", "phased-queues"):
            assert f"cell {cell} failed" in report.caller_got


def test_waits_and_random_faults_belong_to_a_cell_and_not_to_the_frame() -> None:
    more = {"fault_rate": 0.2, "fault_kind": Fault.ERROR, "strategy": "coroutines"}
    block = [(0, 0), (0, 1), (1, 0), (1, 1)]

    def failing(*cells: tuple[int, int]) -> set[tuple[int, int]]:
        with simulation(plane(*cells), **more) as (one, heard):
            one.step()
            report = heard.wait(FailureReport)
            return {(failure.y, failure.x) for failure in report.failures}

    small, large = Box(-1, -1, 3, 3), failing(*block, (9, 9), (9, 10), (-9, -12))
    assert {cell for cell in large if small.contains(*cell)} == failing(*block)


def test_live_cells_too_far_apart_to_step_one_by_one_are_refused_with_what_to_do() -> None:
    with simulation(plane((0, 0), (1 << 20, 1 << 20))) as (one, heard):
        one.play()
        told = heard.wait(State, lambda state: state.message != "")
        assert told.mode is Mode.PAUSED
        assert "whole board at once" in told.message


def test_a_rule_with_b0_is_refused_on_the_plane_with_the_reason() -> None:
    with simulation(plane((0, 0)), rule=Rule(frozenset({0}), frozenset())) as (one, heard):
        one.step()
        assert "endless plane" in heard.wait(State, lambda state: state.message != "").message


def test_an_edit_on_the_plane_is_where_it_goes_on() -> None:
    with simulation(plane(*GLIDER)) as (one, heard):
        one.play()
        heard.wait(Result, lambda result: result.generation > 3)
        epoch = one.go_to(Moment(3, plane((5, 5), (5, 6), (5, 7)), CONWAY, PLANE), pause=True)
        one.step()
        made = heard.wait(Result, lambda result: result.epoch == epoch)
        assert (made.generation, live(made.board)) == (4, [(4, 6), (5, 6), (6, 6)])
