"""Every strategy makes the same boards, and each does with an exception what its mechanism really does."""

import gc
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from life.board import Board
from life.caller import Caller, Outcome
from life.columns import ColumnPrinter
from life.errors import Fate, SettingError
from life.experiment import Experiment, Fault, WireKind
from life.fanout import FAN_OUTS, strategy_class
from life.fanout.row_batches import bands
from life.grid import Grid
from life.refusals import RefusedError
from life.rule import CONWAY, Rule
from life.stop import StopSignal
from life.topology import BOUNDED, TORUS, Topology
from life.trace.columns import Trace

KEYS = [strategy.key for strategy in FAN_OUTS]
GLIDER = Board.from_live(5, 9, [(0, 3), (1, 4), (2, 2), (2, 3), (2, 4)])
BOOK = """\
    0     |     1     |     2     |     3     |     4
---*----- | --------- | --------- | --------- | ---------
----*---- | --*-*---- | ----*---- | ---*----- | ----*----
--***---- | ---**---- | --*-*---- | ----**--- | -----*---
--------- | ---*----- | ---**---- | ---**---- | ---***---
--------- | --------- | --------- | --------- | ---------"""


@contextmanager
def caller(
    key: str, wire: WireKind = WireKind.NONE, rule: Rule = CONWAY, topology: Topology = TORUS, **more: object
) -> Iterator[Caller]:
    experiment = Experiment(strategy=key, wire=wire, **{"latency": 0.002, "time_limit": 0.2, "workers": 4, **more})
    with Caller(experiment, rule, topology) as one:
        yield one


def generation(one: Caller, board: Board, number: int = 1, stop: StopSignal | None = None) -> Outcome:
    return one.run(board, Trace(number, board.height, board.width), stop or StopSignal())


def next_board(cells: np.ndarray, rule: Rule, topology: Topology) -> Board:
    """One generation, written as plainly as the definition."""
    height, width = cells.shape
    after = np.zeros_like(cells)
    for y in range(height):
        for x in range(width):
            count = 0
            for dy in (-1, 0, 1):
                for dx in (-1, 0, 1):
                    ny, nx = y + dy, x + dx
                    beyond = (not topology.wraps_y and not 0 <= ny < height) or (
                        not topology.wraps_x and not 0 <= nx < width
                    )
                    if (dy or dx) and not beyond:
                        count += int(cells[ny % height, nx % width])
            after[y, x] = count in (rule.survivals if cells[y, x] else rule.births)
    return Board.from_cells(after)


boards = st.tuples(st.integers(1, 9), st.integers(1, 9)).flatmap(
    lambda size: st.lists(st.booleans(), min_size=size[0] * size[1], max_size=size[0] * size[1]).map(
        lambda cells: np.array(cells, np.uint8).reshape(size)
    )
)
rules = st.builds(Rule, st.frozensets(st.integers(0, 8)), st.frozensets(st.integers(0, 8)))
topologies = st.builds(Topology, st.booleans(), st.booleans())


@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(cells=boards, rule=rules, topology=topologies)
def test_a_generation_is_what_the_rule_says(key: str, cells: np.ndarray, rule: Rule, topology: Topology) -> None:
    with caller(key, rule=rule, topology=topology) as one:
        outcome = generation(one, Board.from_cells(cells))
    assert outcome.board == next_board(cells, rule, topology)


@pytest.mark.parametrize("wire", list(WireKind))
@pytest.mark.parametrize("key", KEYS)
def test_random_soups_agree_over_every_wire(key: str, wire: WireKind) -> None:
    soup = np.random.default_rng(7).integers(0, 2, (11, 13), np.uint8)
    board = Board.from_cells(soup)
    with caller(key, wire, jitter=0.001) as one:
        for number in range(1, 4):
            expected = next_board(board.cells(), CONWAY, TORUS)
            outcome = generation(one, board, number)
            assert outcome.board == expected
            board = expected


@pytest.mark.parametrize("key", KEYS)
def test_the_table_of_the_book(key: str) -> None:
    columns, board = ColumnPrinter(), GLIDER
    with caller(key, WireKind.WAIT) as one:
        for number in range(1, 6):
            columns.append(str(Grid.from_board(board)))
            after = generation(one, board, number).board
            assert after is not None
            board = after
    assert str(columns).rstrip().splitlines() == BOOK.splitlines()


# What becomes of one failing cell, by strategy: (whether the generation is made all the same, fate of an exception,
# fate of a SystemExit).
FATES = {
    "serial": (False, Fate.CALLER, Fate.CALLER),
    "thread-per-cell": (True, Fate.STDERR, Fate.NOBODY),
    "queue-workers": (False, Fate.CALLER, Fate.CALLER),
    "phased-queues": (False, Fate.CALLER, Fate.CALLER),
    "thread-pool": (False, Fate.CALLER, Fate.CALLER),
    "coroutines": (False, Fate.CALLER, Fate.CALLER),
    "task-group": (False, Fate.CALLER, Fate.CALLER),
    "row-batches": (False, Fate.CALLER, Fate.CALLER),
}
EXCEPTIONS = {
    Fault.ERROR: "OSError: Problem with I/O",
    Fault.HANG: "TimeoutError",
    Fault.CUT: "ConnectionResetError",
    Fault.NONSENSE: "life.errors.NonsenseError",
    Fault.EXIT: "SystemExit",
}


@pytest.mark.parametrize("fault", list(Fault))
@pytest.mark.parametrize("wire", list(WireKind))
@pytest.mark.parametrize("key", KEYS)
def test_the_fate_of_every_fault(key: str, wire: WireKind, fault: Fault, capfd: pytest.CaptureFixture[str]) -> None:
    advances, fate, fate_of_exit = FATES[key]
    with caller(key, wire, faults={(2, 3): fault}) as one:
        outcome = generation(one, GLIDER)
    (failure,) = outcome.failures
    assert (failure.generation, failure.y, failure.x) == (1, 2, 3)
    assert failure.exception.startswith(EXCEPTIONS[fault])
    assert failure.fate is (fate_of_exit if fault is Fault.EXIT else fate)
    assert "Traceback (most recent call last)" in failure.traceback
    assert failure.exception in failure.traceback
    assert (outcome.board is not None) is advances
    assert bool(outcome.error) is not advances
    printed = capfd.readouterr().err
    assert ("Exception in thread cell-2-3" in printed) is (failure.fate is Fate.STDERR)
    if outcome.board:
        assert not outcome.board.is_alive(2, 3)
        assert "join() returned" in outcome.caller_got
        assert "cell (2, 3) was left EMPTY" in outcome.caller_got


@pytest.mark.parametrize("key", KEYS)
def test_a_failed_generation_never_poisons_the_next(key: str, capfd: pytest.CaptureFixture[str]) -> None:
    everywhere: Mapping[tuple[int, int], Fault] = {(y, x): Fault.ERROR for y in range(5) for x in range(9)}
    with caller(key, WireKind.WAIT, faults=everywhere) as one:
        failed = generation(one, GLIDER)
        assert failed.failures
        one.experiment = Experiment(strategy=key, latency=0.002)
        healthy = generation(one, GLIDER)
    assert healthy.board == next_board(GLIDER.cells(), CONWAY, TORUS)
    assert healthy.failures == ()
    capfd.readouterr()


def test_of_two_failures_in_a_queue_the_second_is_hidden_behind_the_first() -> None:
    with caller("queue-workers", faults={(0, 0): Fault.ERROR, (4, 8): Fault.NONSENSE}) as one:
        outcome = generation(one, GLIDER)
    assert sorted(failure.fate.name for failure in outcome.failures) == ["CALLER", "HIDDEN"]
    assert outcome.error.startswith("life.errors.SimulationError: cell (")
    assert "never heard of 1 more" in outcome.caller_got


def test_a_task_group_delivers_all_failures_of_one_instant() -> None:
    with caller("task-group", faults={(0, 0): Fault.ERROR, (4, 8): Fault.ERROR}) as one:
        outcome = generation(one, GLIDER)
    assert [failure.fate for failure in outcome.failures] == [Fate.CALLER, Fate.CALLER]
    assert outcome.error.startswith("ExceptionGroup")


def test_without_stderr_nobody_learns_what_a_thread_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)
    with caller("thread-per-cell", faults={(2, 3): Fault.ERROR}) as one:
        outcome = generation(one, GLIDER)
    assert [failure.fate for failure in outcome.failures] == [Fate.NOBODY]


@pytest.mark.parametrize("wire", [WireKind.WAIT, WireKind.SERVICE])
@pytest.mark.parametrize("key", KEYS)
def test_stopping_within_a_generation_leaves_no_cell_under_way(key: str, wire: WireKind) -> None:
    board = Board(20, 20)
    trace = Trace(1, 20, 20, is_recorded=True)
    stop = StopSignal()

    def stop_once_a_cell_waits() -> None:
        while not trace.times(trace.asked).any():
            threading.Event().wait(0.001)
        stop.set()

    stopper = threading.Thread(target=stop_once_a_cell_waits)
    with caller(key, wire, latency=30.0) as one:
        stopper.start()
        outcome = one.run(board, trace, stop)
        stopper.join()
        assert outcome.stopped
        assert outcome.board is None
        assert outcome.failures == ()
        begun, ended = trace.times(trace.begun) > 0, trace.times(trace.ended) > 0
        assert not (begun & ~ended).any()
        one.experiment = Experiment(strategy=key, wire=wire, latency=0.001)
        assert generation(one, GLIDER).board == next_board(GLIDER.cells(), CONWAY, TORUS)


class StopInTheFanOut(StopSignal):
    """Set at the tenth look at it, which is at the tenth cell that is handed out."""

    looks = 0

    def __getattribute__(self, name: str) -> object:
        if name == "is_set":
            self.looks += 1
            if self.looks == 10:
                self.set()
        return super().__getattribute__(name)


@pytest.mark.parametrize("key", ["coroutines", "task-group"])
def test_a_stop_while_coroutines_are_made_is_no_reason_for_a_warning(key: str) -> None:
    with caller(key, WireKind.WAIT, latency=30.0) as one, warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        assert generation(one, GLIDER, stop=StopInTheFanOut()).stopped
        gc.collect()
        assert [str(warning.message) for warning in warned] == []


@pytest.mark.parametrize("key", KEYS)
def test_every_cell_is_in_the_trace(key: str) -> None:
    trace = Trace(1, GLIDER.height, GLIDER.width, is_recorded=True)
    with caller(key, WireKind.WAIT) as one:
        one.run(GLIDER, trace, StopSignal())
    begun, asked, answered, ended = (trace.times(c) for c in (trace.begun, trace.asked, trace.answered, trace.ended))
    assert (trace.started <= begun).all()
    assert (begun <= asked).all()
    assert (asked + 1_000_000 <= answered).all()
    assert (answered <= ended).all()
    assert (ended <= trace.finished).all()
    assert (trace.times(trace.thread) > 0).all()


@pytest.mark.parametrize(
    ("key", "peak"),
    [
        ("serial", 1),
        ("thread-per-cell", 45),
        ("coroutines", 1),
        ("task-group", 1),
        ("thread-pool", 4),
        ("queue-workers", 4),
    ],
)
def test_peak_threads(key: str, peak: int) -> None:
    with caller(key, WireKind.WAIT, latency=0.25 if key == "thread-per-cell" else 0.005) as one:
        assert generation(one, GLIDER).peak_threads == peak


@pytest.mark.parametrize("key", ["thread-pool", "queue-workers", "phased-queues", "row-batches"])
def test_workers_end_with_the_strategy(key: str) -> None:
    before = set(threading.enumerate())
    with caller(key, workers=7) as one:
        generation(one, GLIDER)
        assert len(set(threading.enumerate()) - before) >= 1
    assert set(threading.enumerate()) == before


def test_workers_that_did_start_are_ended_when_the_system_refuses_more(monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(threading.enumerate())
    started = 0
    start = threading.Thread.start

    def refuse(thread: threading.Thread) -> None:
        nonlocal started
        started += 1
        if started > 3:
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", refuse)
    with pytest.raises(RefusedError, match="can't start new thread"), caller("queue-workers", workers=9):
        pass
    assert set(threading.enumerate()) == before


def test_a_refused_thread_is_an_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with caller("thread-per-cell") as one:
        monkeypatch.setattr(threading.Thread, "start", refuse)
        outcome = generation(one, GLIDER)
    assert outcome.board is None
    assert outcome.error.startswith("RuntimeError: can't start new thread for cell (0, 0), the first one")
    assert outcome.failures == ()


def test_keys_are_distinct_and_the_unknown_one_is_refused_with_the_known_ones() -> None:
    assert len(set(KEYS)) == len(KEYS)
    with pytest.raises(SettingError, match="choose one of serial, thread-per-cell"):
        strategy_class("fork-bomb")


@given(st.integers(1, 500), st.integers(1, 60))
def test_bands_cover_all_rows_evenly(height: int, count: int) -> None:
    rows = bands(height, count)
    assert [y for band in rows for y in band] == list(range(height))
    assert len(rows) == min(height, count)
    assert max(map(len, rows)) - min(map(len, rows)) <= 1


def test_bounded_boards_have_dead_cells_beyond_their_edge() -> None:
    corner = Board.from_live(3, 3, [(0, 0), (0, 2), (2, 0)])
    with caller("row-batches", topology=BOUNDED) as one:
        assert generation(one, corner).board == next_board(corner.cells(), CONWAY, BOUNDED)
