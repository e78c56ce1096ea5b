"""The simulation's thread: commands in, facts out, and no edit is ever lost."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from life.board import Board
from life.caller import Caller
from life.errors import Fate
from life.experiment import Experiment, Fault, WireKind
from life.facts import FailureReport, Mode, Result, State
from life.fanout import FAN_OUTS
from life.grid import Grid
from life.history import History
from life.moment import Moment
from life.patch import Patch
from life.recent import Recent
from life.rule import CONWAY, Rule, step_cell
from life.simulation import Simulation
from life.topology import BOUNDED, TORUS, Topology
from life.trace.columns import Trace
from tests.life.recorder import SECONDS, Recorder

KEYS = [strategy.key for strategy in FAN_OUTS]
BLINKER = Board.from_live(5, 5, [(2, 1), (2, 2), (2, 3)])
UPRIGHT = Board.from_live(5, 5, [(1, 2), (2, 2), (3, 2)])
BLOCK = Board.from_live(6, 6, [(1, 1), (1, 2), (2, 1), (2, 2)])
QUICK = Experiment(strategy="serial", wire=WireKind.NONE)
ENDLESS = Experiment(strategy="thread-per-cell", latency=60.0)


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


def at(generation: int, board: Board, rule: Rule = CONWAY, topology: Topology = TORUS) -> Moment:
    return Moment(generation, board, rule, topology)


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
        edited = cell(0, 0).applied_to(BLINKER)
        assert one.go_to(at(0, edited)) == 1
        assert one.configure(Experiment(strategy=key, latency=0.0)) == 2
        result = heard.wait(Result)
        assert result.epoch == 2
        assert [r.generation for r in heard.of(Result)] == [1]
        assert heard.wait(State, lambda state: state.epoch >= 1).board == edited
        assert result.board == after_one_generation(edited)


def test_no_result_of_an_old_epoch_comes_after_the_new_one_began() -> None:
    with simulation() as (one, heard):
        one.play()
        for n in range(50):
            epoch = one.go_to(at(n, cell(n % 5, n // 5 % 5).applied_to(BLINKER)))
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


def test_it_goes_on_from_the_generation_that_was_seen_though_it_is_ahead_of_it() -> None:
    with simulation() as (one, heard):
        one.play()
        heard.wait(Result, lambda result: result.generation >= 20)
        epoch = one.go_to(at(7, BLOCK))
        result = heard.wait(Result, lambda result: result.epoch == epoch)
        assert (result.generation, result.board) == (8, BLOCK)


def test_it_plays_on_after_an_edit_unless_it_is_told_to_pause() -> None:
    with simulation() as (one, heard):
        one.play()
        epoch = one.go_to(at(3, BLOCK))
        assert heard.wait(State, lambda state: state.epoch == epoch).mode is Mode.PLAYING
        epoch = one.go_to(at(5, UPRIGHT), pause=True)
        state = heard.wait(State, lambda state: state.epoch == epoch)
        assert (state.mode, state.generation, state.board) == (Mode.PAUSED, 5, UPRIGHT)


def test_ten_generations_end_at_the_tenth_though_an_edit_went_back_to_an_earlier_one() -> None:
    with simulation() as (one, heard):
        one.step(10)
        heard.wait(State, lambda state: state.mode is Mode.PAUSED and state.generation == 10)
        one.go_to(at(4, BLOCK), resume=True)  # whoever edited had seen the fourth, and that it was running
        state = heard.wait(State, lambda state: state.epoch == 1 and state.mode is Mode.PAUSED)
        assert (state.generation, state.board) == (10, BLOCK)
        assert [result.generation for result in heard.of(Result) if result.epoch == 1] == [5, 6, 7, 8, 9, 10]


def test_after_a_pause_that_was_asked_for_an_edit_does_not_go_on() -> None:
    with simulation() as (one, heard):
        one.play()
        heard.wait(Result)
        one.pause()
        epoch = one.go_to(at(4, BLOCK), resume=True)
        assert heard.wait(State, lambda state: state.epoch == epoch).mode is Mode.PAUSED


def test_a_failure_that_an_edit_overtook_holds_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    faulty = Experiment(strategy="thread-per-cell", wire=WireKind.NONE, faults={(1, 2): Fault.ERROR})
    with simulation(experiment=faulty) as (one, heard):
        one.play()
        heard.wait(State, lambda state: state.mode is Mode.HELD)
        one.configure(QUICK)
        epoch = one.go_to(at(0, BLINKER), resume=True)
        assert heard.wait(Result, lambda result: result.epoch == epoch).board == UPRIGHT
    capfd.readouterr()


def test_an_edit_of_what_a_failure_left_ends_the_waiting_and_runs_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    faulty = Experiment(strategy="thread-per-cell", wire=WireKind.NONE, faults={(1, 2): Fault.ERROR})
    with simulation(experiment=faulty) as (one, heard):
        one.play()
        heard.wait(State, lambda state: state.mode is Mode.HELD)
        epoch = one.go_to(at(1, BLOCK))
        assert heard.wait(State, lambda state: state.epoch == epoch).mode is Mode.PAUSED
    capfd.readouterr()


def test_another_rule_and_other_edges_hold_from_the_next_generation_on() -> None:
    still = Rule(frozenset(), frozenset(range(9)))  # nothing is born, nothing dies
    edge = Board.from_live(5, 5, [(0, 0), (0, 1), (0, 4)])
    with simulation() as (one, heard):
        for number, moment in enumerate([at(0, BLINKER, still), at(0, edge), at(0, edge, topology=BOUNDED)], start=1):
            one.go_to(moment)
            one.step()
            heard.wait(Result, lambda result, n=number: result.epoch == n)
        boards = [result.board for result in heard.of(Result)]
    assert boards[0] == BLINKER
    assert boards[1] == Board.from_live(5, 5, [(4, 0), (0, 0), (1, 0)])
    assert boards[2].population == 0


def test_every_moment_that_it_came_through_can_be_found_again() -> None:
    recent = Recent()
    with simulation(recent=recent) as (one, heard):
        one.step(6)
        heard.wait(State, lambda state: state.generation == 6)
        moment, generations = at(6, BLINKER), []
        while (earlier := recent.before(moment)) is not None:
            moment = earlier
            generations.append(moment.generation)
            assert moment.board == (UPRIGHT if moment.generation % 2 else BLINKER)
        assert generations == [5, 4, 3, 2, 1, 0]
        one.load(BLOCK, CONWAY, TORUS)
        heard.wait(State, lambda state: state.board == BLOCK)
        assert recent.before(at(6, BLINKER)) is None


class Notes:
    """An observer that writes down what it is told, and pauses at one generation."""

    def __init__(self, pause_at: int = -1) -> None:
        self.pause_at = pause_at
        self.told: list[tuple[str, int, Board]] = []
        self.threads: set[str] = set()

    def began(self, moment: Moment) -> None:
        self._note("began", moment)

    def made(self, moment: Moment) -> str | None:
        self._note("made", moment)
        return "That is enough." if moment.generation == self.pause_at else None

    def _note(self, what: str, moment: Moment) -> None:
        self.threads.add(threading.current_thread().name)
        self.told.append((what, moment.generation, moment.board))


def test_an_observer_is_told_of_every_moment_on_the_thread_of_the_simulation() -> None:
    notes = Notes()
    with simulation(observer=notes) as (one, heard):
        one.step(2)
        heard.wait(State, lambda state: state.generation == 2)
        one.go_to(at(1, BLOCK))
        one.load(UPRIGHT, CONWAY, TORUS)
        heard.wait(State, lambda state: state.epoch == 2)
    assert notes.told == [
        ("began", 0, BLINKER), ("made", 1, UPRIGHT), ("made", 2, BLINKER), ("began", 1, BLOCK), ("began", 0, UPRIGHT),
    ]  # fmt: skip
    assert notes.threads == {"simulation"}


def test_an_observer_that_says_why_pauses_the_simulation_right_there() -> None:
    with simulation(observer=Notes(pause_at=3)) as (one, heard):
        one.play()
        state = heard.wait(State, lambda state: state.message)
        assert (state.mode, state.generation, state.message) == (Mode.PAUSED, 3, "That is enough.")
        one.step()
        assert heard.wait(Result, lambda result: result.generation > 3).generation == 4


def test_an_observer_that_raises_costs_no_command_and_no_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    reported = []
    monkeypatch.setattr(threading, "excepthook", lambda args: reported.append(args.exc_value))
    notes = Notes()
    with simulation(experiment=ENDLESS, observer=notes) as (one, heard):
        one.play()
        heard.wait(Trace)
        notes.began = lambda _: 1 / 0
        one.go_to(at(0, UPRIGHT))
        one.configure(QUICK)
        epoch = one.go_to(at(3, BLOCK))
        one.step()
        result = heard.wait(Result)
        assert (result.epoch, result.generation, result.board) == (epoch, 4, BLOCK)
    assert {type(error) for error in reported} == {ZeroDivisionError}


def test_an_observer_hears_nothing_of_a_generation_that_was_overtaken() -> None:
    notes = Notes()
    with simulation(experiment=ENDLESS, observer=notes) as (one, heard):
        one.play()
        heard.wait(Trace)
        epoch = one.go_to(at(0, UPRIGHT), pause=True)
        heard.wait(State, lambda state: state.epoch == epoch)
    assert notes.told == [("began", 0, BLINKER), ("began", 0, UPRIGHT)]


def test_a_generation_that_is_ready_when_an_edit_comes_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    run, notes, history = Caller.run, Notes(), History()

    def run_and_be_overtaken(*arguments: object) -> object:
        outcome = run(*arguments)
        one.go_to(at(0, BLOCK), pause=True)
        return outcome

    with simulation(observer=notes, history=history) as (one, heard):
        monkeypatch.setattr(Caller, "run", run_and_be_overtaken)
        one.step()
        heard.wait(State, lambda state: state.epoch == 1)
        assert heard.of(Result) == []
    assert notes.told == [("began", 0, BLINKER), ("began", 0, BLOCK)]
    assert history.records() == ()


def test_an_observer_hears_of_the_way_back_before_a_second_try(capfd: pytest.CaptureFixture[str]) -> None:
    notes = Notes()
    faulty = Experiment(strategy="thread-per-cell", wire=WireKind.NONE, faults={(1, 2): Fault.ERROR})
    with simulation(experiment=faulty, observer=notes) as (one, heard):
        one.step()
        heard.wait(FailureReport)
        one.configure(QUICK)
        one.retry()
        heard.wait(Result, lambda result: not result.failures)
    assert [what for what, *_ in notes.told] == ["began", "made", "began", "made"]
    assert notes.told[2:] == [("began", 0, BLINKER), ("made", 1, UPRIGHT)]
    capfd.readouterr()


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("how", ["edit", "undo", "resize", "load", "stop"])
def test_whatever_happens_in_the_middle_of_a_generation_is_what_stands_afterwards(key: str, how: str) -> None:
    """The cells wait in the wire for a minute, so that the generation is surely under way when it is overtaken."""
    larger = BLINKER.resized(7, 9, 1, 2)
    changes = {
        "edit": lambda one: one.go_to(at(0, UPRIGHT), resume=True),
        "undo": lambda one: one.go_to(at(0, UPRIGHT), pause=True),
        "resize": lambda one: one.go_to(at(0, larger)),
        "load": lambda one: one.load(BLOCK, CONWAY, TORUS),
        "stop": lambda one: one.stop() or 0,
    }
    stands = {"resize": larger, "load": BLOCK, "stop": BLINKER}.get(how, UPRIGHT)
    with simulation(experiment=Experiment(strategy=key, latency=60.0)) as (one, heard):
        one.step()
        heard.wait(Trace)
        before = heard.count
        epoch = changes[how](one)
        state = heard.wait(State, lambda state: state.epoch == epoch, after=before)
        assert (state.board, state.generation) == (stands, 0)
        one.configure(Experiment(strategy=key, wire=WireKind.NONE))
        one.step()
        assert heard.wait(Result).board == after_one_generation(stands)
        assert all(result.epoch > epoch for result in heard.of(Result))


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
