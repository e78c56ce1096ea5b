"""The simulation's thread: commands in, facts out, and no edit is ever lost."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from life.board import Board
from life.errors import Fate
from life.experiment import Experiment, Fault, WireKind
from life.facts import FailureReport, Mode, Result, State
from life.fanout import STRATEGIES
from life.grid import Grid
from life.patch import Patch
from life.rule import CONWAY, Rule, step_cell
from life.simulation import Simulation
from life.topology import TORUS
from life.trace.columns import Trace

KEYS = [strategy.key for strategy in STRATEGIES]
BLINKER = Board.from_live(5, 5, [(2, 1), (2, 2), (2, 3)])
UPRIGHT = Board.from_live(5, 5, [(1, 2), (2, 2), (3, 2)])
BLOCK = Board.from_live(6, 6, [(1, 1), (1, 2), (2, 1), (2, 2)])
QUICK = Experiment(strategy="serial", wire=WireKind.NONE)
ENDLESS = Experiment(strategy="thread-per-cell", latency=60.0)
SECONDS = 20


class Recorder:
    """A listener that keeps all facts and lets a test wait for one."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.facts: list[object] = []
        self.threads: set[str] = set()

    def generation_started(self, trace: Trace) -> None:
        self._keep(trace)

    def generation_finished(self, result: Result) -> None:
        self._keep(result)

    def failed(self, report: FailureReport) -> None:
        self._keep(report)

    def state_changed(self, state: State) -> None:
        self._keep(state)

    def _keep(self, fact: object) -> None:
        with self.changed:
            self.threads.add(threading.current_thread().name)
            self.facts.append(fact)
            self.changed.notify_all()

    def of(self, kind: type) -> list:
        with self.changed:
            return [fact for fact in self.facts if isinstance(fact, kind)]

    def wait(self, kind: type, holds: Callable = lambda _: True, after: int = 0):
        """The first fact of that kind, from index `after` on, for which `holds`."""

        def found() -> list:
            return [fact for fact in self.facts[after:] if isinstance(fact, kind) and holds(fact)]

        with self.changed:
            assert self.changed.wait_for(found, SECONDS), f"no such {kind.__name__} in {self.facts}"
            return found()[0]

    @property
    def count(self) -> int:
        with self.changed:
            return len(self.facts)


@contextmanager
def simulation(board: Board = BLINKER, experiment: Experiment = QUICK, **more: object) -> Iterator[tuple]:
    recorder = Recorder()
    one = Simulation(recorder, board, CONWAY, TORUS, experiment, **{"rate": None, **more})
    one.start()
    recorder.wait(State)
    try:
        yield one, recorder
    finally:
        assert one.close(SECONDS)


def after_one_generation(board: Board) -> Board:
    """By the book's `step_cell`, without any of the machinery under test."""
    grid, next_grid = Grid.from_board(board), Grid(board.height, board.width)
    for y in range(board.height):
        for x in range(board.width):
            step_cell(y, x, grid.get, next_grid.set)
    return next_grid.to_board()


def cell(y: int, x: int, alive: bool = True) -> Patch:
    return Patch(np.array([y]), np.array([x]), alive)


def test_it_tells_first_of_all_where_it_stands() -> None:
    with simulation() as (_, heard):
        state = heard.wait(State)
    assert (state.epoch, state.generation, state.board, state.mode) == (0, 0, BLINKER, Mode.PAUSED)
    assert heard.threads == {"simulation"}


def test_a_step_is_one_generation_and_then_it_pauses() -> None:
    with simulation() as (one, heard):
        one.step()
        result = heard.wait(Result)
        heard.wait(State, lambda state: state.mode is Mode.PAUSED and state.generation == 1)
        assert (result.generation, result.board, result.strategy) == (1, UPRIGHT, "serial")
        one.step(3)
        heard.wait(State, lambda state: state.mode is Mode.PAUSED and state.generation == 4)
        assert [result.generation for result in heard.of(Result)] == [1, 2, 3, 4]


def test_play_goes_on_until_pause() -> None:
    with simulation() as (one, heard):
        one.play()
        heard.wait(Result, lambda result: result.generation == 20)
        one.pause()
        last = heard.wait(State, lambda state: state.mode is Mode.PAUSED and state.generation > 0)
        one.step()
        assert heard.wait(Result, lambda result: result.generation > last.generation).generation == last.generation + 1


def test_stop_ends_a_generation_that_would_take_a_minute_and_keeps_the_board() -> None:
    with simulation(experiment=ENDLESS) as (one, heard):
        one.play()
        heard.wait(Trace)
        one.stop()
        state = heard.wait(State, lambda state: state.mode is Mode.PAUSED, after=2)
        assert (state.generation, state.board) == (0, BLINKER)
        assert heard.of(Result) == []


@pytest.mark.parametrize("key", KEYS)
def test_an_edit_in_the_middle_of_a_generation_is_kept_and_the_generation_is_made_from_it(key: str) -> None:
    with simulation(experiment=Experiment(strategy=key, latency=60.0)) as (one, heard):
        one.step()
        heard.wait(Trace)
        assert one.edit(cell(0, 0)) == 1
        assert one.configure(Experiment(strategy=key, latency=0.0)) == 2
        result = heard.wait(Result)
        assert result.epoch == 2
        assert [r.generation for r in heard.of(Result)] == [1]
        edited = heard.wait(State, lambda state: state.epoch >= 1)
        assert edited.board == cell(0, 0).applied_to(BLINKER)
        assert result.board == after_one_generation(edited.board)


def test_no_result_of_an_old_epoch_comes_after_the_new_one_began() -> None:
    with simulation() as (one, heard):
        one.play()
        for n in range(50):
            epoch = one.edit(cell(n % 5, n // 5 % 5, alive=n % 2 == 0))
            before = heard.count
            heard.wait(Result, lambda result, e=epoch: result.epoch == e, after=before - 1 if before else 0)
        epochs = [fact.epoch for fact in heard.facts if isinstance(fact, State | Result)]
        assert epochs == sorted(epochs)


def test_a_pattern_loaded_while_it_plays_is_what_stands_afterwards() -> None:
    with simulation(experiment=ENDLESS) as (one, heard):
        one.play()
        heard.wait(Trace)
        epoch = one.load(BLOCK, CONWAY, TORUS)
        state = heard.wait(State, lambda state: state.epoch == epoch)
        assert (state.board, state.generation, state.mode) == (BLOCK, 0, Mode.PAUSED)


def test_reset_returns_to_what_generation_0_was_when_it_was_left() -> None:
    with simulation() as (one, heard):
        one.edit(cell(0, 0))
        one.step(7)
        heard.wait(State, lambda state: state.generation == 7 and state.mode is Mode.PAUSED)
        one.edit(cell(4, 4))
        epoch = one.reset()
        state = heard.wait(State, lambda state: state.epoch == epoch)
        assert (state.generation, state.board) == (0, cell(0, 0).applied_to(BLINKER))


def test_reset_at_generation_0_keeps_what_was_drawn() -> None:
    with simulation() as (one, heard):
        one.edit(cell(0, 0))
        epoch = one.reset()
        assert heard.wait(State, lambda state: state.epoch == epoch).board == cell(0, 0).applied_to(BLINKER)


def test_clearing_goes_on_counting_and_reset_brings_the_pattern_back() -> None:
    with simulation() as (one, heard):
        one.step()
        heard.wait(Result)
        epoch = one.replace(Board(5, 5))
        state = heard.wait(State, lambda state: state.epoch == epoch)
        assert (state.generation, state.board.population) == (1, 0)
        epoch = one.reset()
        assert heard.wait(State, lambda state: state.epoch == epoch).board == BLINKER


def test_another_rule_holds_from_the_next_generation_on() -> None:
    with simulation() as (one, heard):
        one.set_rule(Rule(frozenset(), frozenset(range(9))))  # nothing is born, nothing dies
        one.step()
        assert heard.wait(Result).board == BLINKER


def test_every_strategy_can_follow_every_other() -> None:
    with simulation(board=BLOCK) as (one, heard):
        for number, key in enumerate([*KEYS, *reversed(KEYS)], start=1):
            one.configure(Experiment(strategy=key, wire=WireKind.NONE))
            one.step()
            result = heard.wait(Result, lambda result, n=number: result.generation == n)
            assert (result.strategy, result.board) == (key, BLOCK)


def test_a_swallowed_exception_advances_the_generation_and_holds_the_simulation(
    capfd: pytest.CaptureFixture[str],
) -> None:
    faulty = Experiment(strategy="thread-per-cell", wire=WireKind.NONE, faults={(1, 2): Fault.ERROR})
    with simulation(experiment=faulty) as (one, heard):
        one.play()
        report = heard.wait(FailureReport)
        heard.wait(State, lambda state: state.mode is Mode.HELD)
        assert (report.generation, report.advanced, report.held) == (1, True, True)
        assert [(f.y, f.x, f.fate) for f in report.failures] == [(1, 2, Fate.STDERR)]
        assert "join() returned as if nothing had happened" in report.caller_got
        assert not heard.wait(Result).board.is_alive(1, 2)
    assert "Exception in thread cell-1-2" in capfd.readouterr().err


def test_retrying_without_the_fault_makes_the_generation_that_failed(capfd: pytest.CaptureFixture[str]) -> None:
    faulty = Experiment(strategy="thread-per-cell", wire=WireKind.NONE, faults={(1, 2): Fault.ERROR})
    with simulation(experiment=faulty) as (one, heard):
        one.step()
        heard.wait(FailureReport)
        one.configure(QUICK)
        one.retry()
        healthy = heard.wait(Result, lambda result: not result.failures)
        assert (healthy.generation, healthy.board) == (1, UPRIGHT)
        heard.wait(State, lambda state: state.mode is Mode.PAUSED and state.generation == 1)
    capfd.readouterr()


def test_an_exception_that_reached_the_caller_leaves_the_board_and_says_so() -> None:
    faulty = Experiment(strategy="serial", wire=WireKind.NONE, faults={(1, 2): Fault.ERROR})
    with simulation(experiment=faulty, hold_on_failure=False) as (one, heard):
        one.play()
        report = heard.wait(FailureReport)
        state = heard.wait(State, lambda state: state.message)
        assert (report.advanced, report.held) == (False, False)
        assert (state.mode, state.generation, state.board) == (Mode.PAUSED, 0, BLINKER)
        assert state.message == "Generation 1 failed: OSError: Problem with I/O."


def test_as_python_does_it_swallowed_exceptions_do_not_stop_play(capfd: pytest.CaptureFixture[str]) -> None:
    faulty = Experiment(strategy="thread-per-cell", wire=WireKind.NONE, faults={(1, 2): Fault.ERROR})
    with simulation(experiment=faulty, hold_on_failure=False) as (one, heard):
        one.play()
        heard.wait(Result, lambda result: result.generation == 3)
    capfd.readouterr()


def test_random_faults_differ_from_try_to_try() -> None:
    flaky = Experiment(strategy="serial", wire=WireKind.NONE, fault_rate=0.1, seed=3)
    with simulation(experiment=flaky) as (one, heard):
        while not heard.of(Result):
            before = heard.count
            one.step()
            heard.wait(State, lambda state: state.mode in (Mode.HELD, Mode.PAUSED), after=before)
        assert len(heard.of(FailureReport)) > 0
        assert heard.of(Result)[0].board == UPRIGHT


def test_a_service_that_is_not_there_is_a_sentence_and_the_board_stays() -> None:
    lost = Experiment(wire=WireKind.SERVICE, address=("127.0.0.1", 1))
    with simulation(experiment=lost) as (one, heard):
        one.step()
        state = heard.wait(State, lambda state: state.message)
        assert (state.mode, state.board) == (Mode.PAUSED, BLINKER)


@pytest.mark.parametrize("key", KEYS)
def test_closing_in_the_middle_of_a_generation_leaves_no_thread(key: str) -> None:
    before = set(threading.enumerate())
    with simulation(board=Board(30, 30), experiment=Experiment(strategy=key, latency=60.0)) as (one, heard):
        one.play()
        heard.wait(Trace)
    assert [thread for thread in threading.enumerate() if thread not in before] == []


def test_closing_before_starting_is_allowed() -> None:
    assert Simulation(Recorder(), BLINKER).close()


def test_a_listener_that_raises_is_reported_and_the_simulation_lives_on(monkeypatch: pytest.MonkeyPatch) -> None:
    reported = []
    monkeypatch.setattr(threading, "excepthook", lambda args: reported.append(args.exc_value))
    with simulation() as (one, heard):
        heard.generation_finished = lambda _: 1 / 0
        one.step()
        assert "error of its own" in heard.wait(State, lambda state: state.message).message
        del heard.generation_finished
        one.step()
        assert heard.wait(Result).board == BLINKER
    assert [type(error) for error in reported] == [ZeroDivisionError]
