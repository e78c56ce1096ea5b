"""What real generations leave behind: nothing without being asked, and otherwise numbers that agree with each other."""

import threading
from contextlib import AbstractContextManager

import numpy as np
import pytest

from life.board import Board
from life.caller import Caller, record_of
from life.errors import Fate
from life.experiment import Experiment, Fault, WireKind
from life.facts import FailureReport, Mode, Result, State
from life.fanout import FAN_OUTS
from life.grid import LockingGrid
from life.history import History, Record
from life.moment import Moment
from life.rule import CONWAY
from life.simulation import Simulation
from life.stop import StopSignal
from life.topology import TORUS
from life.trace.columns import Trace
from life.trace.lanes import lanes_of
from life.trace.moments import first_failure, first_lock_wait, peak_of_threads
from life.trace.phases import STEPPING, caller_phases
from life.trace.states import CellState, states_at
from life.wire.base import Question

KEYS = [strategy.key for strategy in FAN_OUTS]
RECORDED = ("asked", "answered", "lock_asked", "lock_got", "lock_waited", "handed")
BLINKER = Board.from_live(6, 7, [(2, 1), (2, 2), (2, 3)])
EDITED = Board.from_live(6, 7, [(0, 0), (2, 1), (2, 2), (2, 3)])
SECONDS = 20


def run(key: str, *, recorded: bool = True, **more: object) -> Record:
    experiment = Experiment(strategy=key, **{"wire": WireKind.WAIT, "latency": 0.005, **more})
    trace = Trace(1, BLINKER.height, BLINKER.width, is_recorded=recorded)
    with Caller(experiment, CONWAY, TORUS) as caller:
        return record_of(BLINKER, trace, experiment, caller.run(BLINKER, trace, StopSignal()))


@pytest.mark.parametrize("key", KEYS)
def test_nothing_is_recorded_when_nobody_asks(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("life.caller.Sampler", lambda: 1 / 0)
    record = run(key, recorded=False)
    assert [len(getattr(record.trace, name)) for name in RECORDED] == [0] * len(RECORDED)
    assert (record.costs, record.measured) == (None, None)
    assert all(record.trace.begun)
    assert all(record.trace.ended)


@pytest.mark.parametrize("key", KEYS)
def test_a_recorded_cell_begins_asks_is_answered_and_ends_within_the_generation(key: str) -> None:
    trace = run(key).trace
    begun, asked, answered, ended = (trace.times(c) for c in (trace.begun, trace.asked, trace.answered, trace.ended))
    assert (trace.started <= begun).all()
    assert (begun <= asked).all()
    assert (asked + 4_900_000 <= answered).all()
    assert (answered <= ended).all()
    assert (ended <= trace.finished).all()
    assert (states_at(trace, trace.started - 1) == CellState.WAITING_TO_START).all()
    assert (states_at(trace, trace.finished) == CellState.DONE).all()


@pytest.mark.parametrize("key", KEYS)
def test_the_parts_of_the_time_add_up_to_the_wall_time(key: str) -> None:
    record = run(key)
    costs = record.costs
    assert costs is not None
    parts = (costs.starting, costs.running, costs.waiting_for_lock, costs.waiting_for_io, costs.joining)
    assert sum(parts) == costs.wall == record.trace.finished - record.trace.started
    assert costs.wall == pytest.approx(record.seconds * 1e9)
    assert costs.peak_alive == record.peak_threads <= max(lanes_of(record.trace).count, 1)


@pytest.mark.parametrize("key", KEYS)
def test_cells_are_handed_out_in_order_before_they_begin(key: str) -> None:
    trace = run(key).trace
    handed = trace.times(trace.handed)
    handed = handed[handed > 0]
    assert handed.size == (6 if key == "row-batches" else trace.cells)
    assert (np.diff(handed) >= 0).all()
    if key not in ("row-batches", "phased-queues"):  # bands are handed out, and cells that were begun to be counted
        assert (handed <= trace.times(trace.begun)).all()
    names = [phase.name for phase in caller_phases(trace)]
    assert (STEPPING in names) == (key == "serial")


def test_a_thread_per_cell_is_as_many_threads_lanes_and_starts() -> None:
    record = run("thread-per-cell", latency=0.2)
    assert record.costs is not None
    assert record.measured is not None
    assert record.costs.threads_started == BLINKER.height * BLINKER.width
    assert lanes_of(record.trace).count == record.peak_threads
    idle = record.measured.samples[0].threads
    assert record.measured.most_threads - idle <= record.costs.threads_started


class GatheringWire(AbstractContextManager):
    """Answers once all cells have asked, and counts by itself how many were waiting at the same time."""

    def __init__(self, cells: int) -> None:
        self.all_here = threading.Barrier(cells)
        self.lock = threading.Lock()
        self.waiting = self.most_waiting = 0

    def ask(self, question: Question, stop: StopSignal) -> str:
        with self.lock:
            self.waiting += 1
            self.most_waiting = max(self.most_waiting, self.waiting)
        self.all_here.wait(SECONDS)
        with self.lock:
            self.waiting -= 1
        return question.state

    def __exit__(self, *error: object) -> None:
        return None


def test_the_peak_is_what_the_cells_themselves_count(monkeypatch: pytest.MonkeyPatch) -> None:
    wire = GatheringWire(BLINKER.height * BLINKER.width)
    monkeypatch.setattr("life.caller.open_wire", lambda *_: wire)
    record = run("thread-per-cell")
    assert record.costs is not None
    assert record.after == BLINKER
    assert wire.most_waiting == 42
    assert record.costs.peak_alive == record.peak_threads == lanes_of(record.trace).count == 42
    peak = peak_of_threads(record.trace)
    assert peak is not None
    states = states_at(record.trace, peak)
    assert ((states != CellState.WAITING_TO_START) & (states != CellState.DONE)).all()


def test_workers_that_were_there_before_are_not_started_again() -> None:
    experiment = Experiment(strategy="thread-pool", workers=4, wire=WireKind.WAIT, latency=0.002)
    started = []
    with Caller(experiment, CONWAY, TORUS) as caller:
        for generation in (1, 2, 3):
            trace = Trace(generation, 6, 7, is_recorded=True)
            outcome = caller.run(BLINKER, trace, StopSignal())
            assert outcome.costs is not None
            started.append(outcome.costs.threads_started)
    assert sum(started) == 4
    assert started[0] >= 1


def test_the_callers_own_thread_is_none_that_was_started() -> None:
    for key in ("serial", "coroutines"):
        costs = run(key).costs
        assert costs is not None
        assert (costs.threads_started, costs.peak_alive) == (0, 1)


def test_a_wait_for_the_grids_lock_is_told_by_the_grid_and_by_the_columns_alike() -> None:
    grid = LockingGrid(6, 7)
    trace = Trace(1, 6, 7, is_recorded=True)

    def read() -> None:
        trace.begin(8)
        grid.get(1, 1)
        trace.ended[8] = trace.lock_got[8]

    with grid.lock:
        thread = threading.Thread(target=read)
        thread.start()
        while not trace.lock_asked[8]:
            thread.join(0.001)
        asked = trace.lock_asked[8]
        assert states_at(trace, asked)[1, 1] == CellState.WAITING_FOR_LOCK
    thread.join()
    assert (grid.contended, grid.waited_ns) == (1, trace.lock_waited[8])
    assert trace.lock_waited[8] == trace.lock_got[8] - asked
    assert (first_lock_wait(trace), first_failure(trace)) == (asked, None)


@pytest.mark.parametrize("key", KEYS)
def test_a_failed_cell_is_failed_in_the_states_and_counted(key: str, capfd: pytest.CaptureFixture[str]) -> None:
    record = run(key, faults={(2, 2): Fault.ERROR})
    trace = record.trace
    assert record.costs is not None
    failed = first_failure(trace)
    assert failed is not None
    assert states_at(trace, failed)[2, 2] == CellState.FAILED
    assert states_at(trace, failed - 1)[2, 2] != CellState.FAILED
    unseen = [f for f in record.failures if f.fate in (Fate.NOBODY, Fate.HIDDEN)]
    assert (record.costs.failures, record.costs.failures_unseen) == (len(record.failures), len(unseen))
    assert (record.after is None) == bool(record.error)
    capfd.readouterr()


class Listening:
    """A listener that looks at the history whenever it hears something."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.changed = threading.Condition()
        self.heard: list[tuple[object, tuple[Record, ...]]] = []

    def _keep(self, fact: object) -> None:
        with self.changed:
            self.heard.append((fact, self.history.records()))
            self.changed.notify_all()

    generation_started = generation_finished = failed = state_changed = _keep

    def wait(self, kind: type, count: int = 1) -> tuple:
        def found() -> list:
            return [heard for heard in self.heard if isinstance(heard[0], kind)]

        with self.changed:
            assert self.changed.wait_for(lambda: len(found()) >= count, SECONDS)
            return found()[count - 1]

    def wait_until_paused_at(self, epoch: int) -> tuple[Record, ...]:
        def found() -> list:
            states = [heard for heard in self.heard if isinstance(heard[0], State)]
            return [records for s, records in states if s.epoch == epoch and s.mode is Mode.PAUSED]

        with self.changed:
            assert self.changed.wait_for(found, SECONDS)
            return found()[-1]


@pytest.fixture
def simulated():
    history = History()
    listening = Listening(history)
    experiment = Experiment(strategy="thread-pool", workers=3, wire=WireKind.NONE)
    simulation = Simulation(listening, BLINKER, CONWAY, TORUS, experiment, rate=None, history=history)
    simulation.start()
    yield simulation, listening, history
    assert simulation.close(SECONDS)


def test_a_record_is_there_before_the_listener_hears_of_the_generation(simulated) -> None:
    simulation, listening, _ = simulated
    simulation.set_recording(True)
    simulation.step(2)
    result, records = listening.wait(Result, 2)
    assert [record.trace.generation for record in records] == [1, 2]
    assert records[1].trace is result.trace
    assert (records[1].before, records[1].after) == (records[0].after, result.board)
    assert records[1].strategy == "thread-pool"
    assert all(record.trace.is_recorded and record.costs for record in records)


def test_recording_is_off_until_it_is_asked_for_and_can_be_switched_off_again(simulated) -> None:
    simulation, listening, _ = simulated
    for count, record in enumerate((None, True, False), start=1):
        if record is not None:
            simulation.set_recording(record)
        simulation.step()
        listening.wait(Result, count)
    _, records = listening.wait(Result, 3)
    assert [record.trace.is_recorded for record in records] == [False, True, False]


def test_a_failed_generation_is_on_record_before_its_failure_is_reported(simulated) -> None:
    simulation, listening, _ = simulated
    simulation.set_recording(True)
    simulation.configure(Experiment(strategy="thread-pool", wire=WireKind.NONE, faults={(1, 1): Fault.ERROR}))
    simulation.step()
    report, records = listening.wait(FailureReport)
    (record,) = records
    assert (record.after, record.before, record.failures) == (None, BLINKER, report.failures)
    assert record.error == "OSError: Problem with I/O"


def test_a_generation_that_was_stopped_or_overtaken_leaves_no_record(simulated) -> None:
    simulation, listening, history = simulated
    simulation.configure(Experiment(strategy="thread-per-cell", latency=60.0))
    simulation.step()
    listening.wait(Trace)
    simulation.stop()
    simulation.step()
    listening.wait(Trace, 2)
    epoch = simulation.go_to(Moment(0, EDITED, CONWAY, TORUS))
    simulation.stop()
    assert listening.wait_until_paused_at(epoch) == ()
    assert history.records() == ()


def test_another_pattern_forgets_the_history_and_edits_keep_it(simulated) -> None:
    simulation, listening, _ = simulated
    simulation.step(3)
    listening.wait(Result, 3)
    epoch = simulation.go_to(Moment(3, EDITED, CONWAY, TORUS))
    assert len(listening.wait_until_paused_at(epoch)) == 3
    epoch = simulation.load(BLINKER, CONWAY, TORUS)
    assert listening.wait_until_paused_at(epoch) == ()
