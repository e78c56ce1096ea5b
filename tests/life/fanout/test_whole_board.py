"""The whole board at once: the same generations as cell by cell, in an engine that is kept from visit to visit."""

import inspect

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from life.board import Board
from life.caller import Caller
from life.engine.compiler import Compiler
from life.engine.engine import Engine
from life.engine.world_engine import WorldEngine
from life.errors import LifeError
from life.experiment import Experiment, Fault, WireKind
from life.fanout import FAN_OUTS, STRATEGIES, strategy_class
from life.fanout.whole_board import WholeBoard
from life.fanout.world_grid import WorldGrid
from life.grid import ALIVE, EMPTY, Grid
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY, Rule
from life.stop import StopSignal
from life.topology import BOUNDED, PLANE, TORUS, Topology
from tests.life.plain_engine import PlainEngine, plane

GLIDER = [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]
TOPOLOGIES = [TORUS, BOUNDED, Topology(wraps_y=True, wraps_x=False), Topology(wraps_y=False, wraps_x=True)]


def refused(*_: object) -> object:
    raise ImportError("nothing is compiled in this test")


def engine() -> WorldEngine:
    return WorldEngine(boards=Engine(Compiler(refused)))


def run(world, rule=CONWAY, topology=TORUS, generations=1, key="whole-board", stop=None, one=None, **experiment):
    with Caller(Experiment(strategy=key, **experiment), rule, topology, one or engine()) as caller:
        trace = caller.trace(world, generations, generations=generations)
        return caller.run(world, trace, stop or StopSignal())


@settings(max_examples=25)
@given(
    st.integers(0, 2**32),
    st.sampled_from([(1, 1), (3, 64), (17, 65), (30, 31)]),
    st.frozensets(st.integers(0, 8)),
    st.frozensets(st.integers(0, 8)),
    st.sampled_from(TOPOLOGIES),
)
def test_boards_become_what_they_become_cell_by_cell(seed, size, births, survivals, topology):
    board, rule = Board.from_cells(np.random.default_rng(seed).random(size) < 0.4), Rule(births, survivals)
    expected = board
    for _ in range(3):
        expected = run(expected, rule, topology, key="serial", wire=WireKind.NONE).board
    assert run(board, rule, topology, 3).board == expected


def test_planes_become_what_they_become_cell_by_cell():
    world, one = plane(GLIDER, -7, 1 << 40), PlainEngine()
    made = run(world, topology=PLANE, generations=40, one=one).board
    cell_by_cell = world
    for _ in range(40):
        cell_by_cell = run(cell_by_cell, topology=PLANE, key="serial", wire=WireKind.NONE).board
    assert [a.tolist() for a in made.live_cells()] == [a.tolist() for a in cell_by_cell.live_cells()]
    assert one.made == 40


@pytest.mark.parametrize("kind", ["tiles", "hashlife", "automatic"])
def test_the_real_engines_of_the_plane_agree(kind):
    one = WorldEngine(kind)
    made = run(plane(GLIDER, -2), topology=PLANE, generations=64, one=one, engine=kind)
    assert [a.tolist() for a in made.board.live_cells()] == [a.tolist() for a in plane(GLIDER, 14, 16).live_cells()]
    assert made.engine in ("tiles", "hashlife")
    assert made.engine == kind or kind == "automatic"
    again = run(made.board, topology=PLANE, generations=64, one=one, engine=kind)
    assert again.board.population == 5


def test_no_cell_waits_fails_or_is_written_down():
    outcome = run(
        plane(GLIDER), topology=PLANE, one=PlainEngine(), wire=WireKind.SERVICE, latency=60.0,
        address=("192.0.2.1", 9), faults={(1, 2): Fault.ERROR}, fault_rate=1.0,
    )  # fmt: skip
    assert (outcome.failures, outcome.error, outcome.ideal_seconds, outcome.peak_threads) == ((), "", 0.0, 0)


def test_a_large_board_has_no_column_and_no_plan():
    board = Board(16384, 16384)
    with Caller(Experiment(strategy="whole-board", jitter=0.1), CONWAY, TORUS, PlainEngine()) as caller:
        trace = caller.trace(board, 1024, generations=1024, is_recorded=True)
        assert (trace.nbytes, trace.cells, trace.generations) == (0, 0, 1024)


def test_a_visit_that_is_stopped_gives_nothing():
    stop = StopSignal()
    stop.set()
    outcome = run(plane(GLIDER), topology=PLANE, generations=8, one=PlainEngine(), stop=stop)
    assert (outcome.board, outcome.stopped, outcome.error) == (None, True, "")


def test_several_generations_are_only_for_those_that_can():
    with (
        Caller(Experiment(strategy="serial", wire=WireKind.NONE), CONWAY, TORUS) as caller,
        pytest.raises(ValueError, match="one generation"),
    ):
        caller.trace(Board(3, 3), 2, generations=2)


def test_the_source_reads_as_one_call():
    lines = [line.strip() for line in inspect.getsource(WholeBoard.simulate).splitlines()]
    assert lines[1:] == ["return step.board(grid)"]


def test_those_in_which_no_cell_waits_are_told_from_the_others():
    assert "whole-board" in [strategy.key for strategy in STRATEGIES]
    assert not any(strategy.is_whole for strategy in FAN_OUTS)
    assert strategy_class("whole-board")().waits_in_a_row(1000, 1000) == 0
    assert strategy_class("whole-board")().most_threads(1000, 1000) == 0


def test_another_choice_of_engine_counts_from_the_next_visit_on():
    one = WorldEngine("tiles")
    assert run(plane(GLIDER), topology=PLANE, one=one, engine="tiles").engine == "tiles"
    assert run(plane(GLIDER), topology=PLANE, one=one, engine="hashlife").engine == "hashlife"
    assert run(Board(5, 5), one=WorldEngine(boards=Engine(Compiler(refused)))).engine == ""


@pytest.mark.parametrize("world", [Board.from_live(5, 6, GLIDER), plane(GLIDER)], ids=["board", "plane"])
def test_a_grid_of_a_world_reads_and_writes_like_any_other(world):
    topology = TORUS if isinstance(world, Board) else PLANE
    grid = WorldGrid(world, topology)
    assert (grid.get(0, 1), grid.get(0, 0)) == (ALIVE, EMPTY)
    assert grid.get(5 if topology is TORUS else 0, 7 if topology is TORUS else 1) == ALIVE
    grid.set(0, 0, ALIVE)
    grid.set(0, 1, EMPTY)
    assert grid.world.is_alive(0, 0)
    assert not grid.world.is_alive(0, 1)
    assert world.is_alive(0, 1), "what it was made from stays"
    assert str(grid) == str(Grid.from_board(grid.to_board()))
    assert grid.cells.sum() == 5


def test_only_the_strategy_that_uses_the_engine_says_which_it_was():
    one = WorldEngine("tiles")
    assert run(plane(GLIDER), topology=PLANE, one=one, engine="tiles").engine == "tiles"
    assert run(plane(GLIDER), topology=PLANE, one=one, key="serial", wire=WireKind.NONE).engine == ""


def test_a_grid_of_nothing_has_one_dead_cell_to_show():
    grid = WorldGrid(TilePlane(), PLANE)
    assert (grid.height, grid.width, str(grid)) == (0, 0, "-\n")


def test_a_board_without_wrapping_has_cells_that_cannot_be_set():
    with pytest.raises(IndexError):
        WorldGrid(Board(3, 3), BOUNDED).set(3, 0, ALIVE)


def test_what_goes_wrong_in_the_engine_reaches_the_caller():
    class Broken(WorldEngine):
        def step(self, *_: object) -> Board:
            raise LifeError("too far")

    outcome = run(Board(3, 3), one=Broken())
    assert (outcome.board, outcome.error, outcome.failures) == (None, "too far", ())
