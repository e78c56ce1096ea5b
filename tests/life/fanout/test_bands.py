"""Bands of a whole board, on whatever computes them."""

import importlib.util
import inspect
import json
import multiprocessing
import threading

import numpy as np
import pytest

from life.__main__ import main
from life.bands import work
from life.board import Board
from life.caller import Caller
from life.engine.generation import next_board
from life.experiment import Experiment
from life.fanout import strategy_class
from life.fanout.turns import turns
from life.fanout.world_grid import WorldGrid
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY, Rule
from life.stop import StopSignal
from life.topology import BOUNDED, PLANE, TORUS, Topology

HAS_DASK = importlib.util.find_spec("distributed") is not None
ON_DASK = pytest.param("bands-dask", marks=pytest.mark.skipif(not HAS_DASK, reason='pip install ".[cluster]"'))
KEYS = ["bands", "bands-processes", ON_DASK]
EVEN_BIRTHS = Rule(frozenset({0, 2, 4, 6, 8}), frozenset({1, 3, 5}))
R_PENTOMINO = [(0, 1), (0, 2), (1, 0), (1, 1), (2, 1)]


@pytest.fixture(autouse=True)
def nothing_compiled_and_no_process_left(monkeypatch):
    monkeypatch.setattr(work, "_WORTH_COMPILING", 1 << 80)
    yield
    assert multiprocessing.active_children() == []


def soup(height, width):
    return Board.from_cells(np.random.default_rng(height).random((height, width)) < 0.4)


def caller(key, rule=CONWAY, topology=TORUS, **more):
    return Caller(Experiment(strategy=key, **{"workers": 2, **more}), rule, topology)


def run(one, world, generations, stop=None):
    return one.run(world, one.trace(world, generations, generations=generations), stop or StopSignal())


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    ("rule", "topology"),
    [(CONWAY, TORUS), (EVEN_BIRTHS, BOUNDED), (CONWAY, Topology(False, True)), (EVEN_BIRTHS, Topology(True, False))],
    ids=["torus", "B0 with dead edges", "tube across", "B0 on a tube down"],
)
def test_boards_are_those_of_the_rule_whatever_their_size(key, rule, topology):
    with caller(key, rule, topology) as one:
        for height, width, generations in ((1, 1, 3), (2, 65, 4), (1, 70, 1), (37, 71, 20), (5, 9, 0)):
            board = expected = soup(height, width)
            for _ in range(generations):
                expected = next_board(expected, rule, topology)
            assert run(one, board, generations).board == expected


@pytest.mark.parametrize("key", ["bands", ON_DASK])
def test_on_the_plane_bands_go_as_far_as_the_pattern_does(key):
    plane = TilePlane.from_cells(*np.array(R_PENTOMINO, np.int64).T + (1 << 40))
    with caller(key, topology=PLANE) as one:
        after = run(one, plane, 1103).board
        assert after.population == 116
        assert run(one, TilePlane.from_cells(*np.zeros((2, 0), np.int64)), 5).board.is_empty


def test_a_plane_whose_cells_lie_far_apart_is_refused_with_what_to_choose_instead():
    far = TilePlane.from_cells(np.array([0, 1 << 20]), np.array([0, 1 << 20]))
    with caller("bands", topology=PLANE) as one:
        outcome = run(one, far, 1)
    assert outcome.board is None
    assert "1,048,577 × 1,048,577 cells, which is too large to be cut into bands" in outcome.error
    assert outcome.error.endswith("choose the strategy whole-board")


@pytest.mark.parametrize("key", KEYS)
def test_a_stop_ends_a_visit_without_end_and_the_next_one_is_right(key):
    stop, board = StopSignal(), soup(64, 64)
    with caller(key) as one:
        assert run(one, board, 1).board == next_board(board, CONWAY, TORUS)  # the workers are there
        stopper = threading.Thread(target=stop.set)
        stopper.start()
        outcome = run(one, board, 1 << 60, stop)
        stopper.join()
        assert (outcome.stopped, outcome.board, outcome.error) == (True, None, "")
        assert run(one, board, 1).board == next_board(board, CONWAY, TORUS)


@pytest.mark.parametrize("key", KEYS)
def test_no_cell_waits_and_none_is_planted_with_a_fault(key):
    with caller(key, latency=60.0, fault_rate=1.0) as one:
        outcome = run(one, soup(9, 9), 1)
    assert outcome.board == next_board(soup(9, 9), CONWAY, TORUS)
    assert outcome.failures == ()


def test_workers_that_are_killed_between_two_visits_are_replaced():
    board = soup(40, 40)
    with caller("bands-processes") as one:
        run(one, board, 1)
        for child in multiprocessing.active_children():
            child.kill()
        assert run(one, board, 1).board == next_board(board, CONWAY, TORUS)


def test_turns_cut_for_no_more_generations_than_are_left_and_end_with_a_stop():
    stop, grid, done = StopSignal(), WorldGrid(soup(20, 20), TORUS), []
    for turn in turns(grid, CONWAY, 19, 2, stop):
        done.append(turn.step.generations)
        turn.put_together([turn.step(band) for band in turn.bands])
    assert done == [8, 8, 3]


@pytest.mark.parametrize("key", ["bands", "bands-processes", "bands-dask"])
def test_in_the_source_dock_they_read_as_simply_as_the_others(key):
    source = inspect.getsource(inspect.getmodule(strategy_class(key)))
    assert source.count("# Fan out") == source.count("# Fan in") == 1
    assert len(source.splitlines()) < 60


def test_the_command_line_takes_a_cluster_and_says_where_nobody_answers(tmp_path, capsys):
    pytest.importorskip("distributed", reason='pip install ".[cluster]"')
    file = tmp_path / "glider.rle"
    file.write_text("x = 3, y = 3, rule = B3/S23:T20,20\nbob$2bo$3o!\n", encoding="utf-8")
    command = ["run", str(file), "--strategy", "bands-dask", "--generations", "4", "--as", "json"]
    assert main(command) == 0
    assert json.loads(capsys.readouterr().out)["population"] == 5
    assert main([*command, "--cluster", "gopher://there"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("no Dask scheduler answers at gopher://there;")
    assert error.count("\n") == 1
