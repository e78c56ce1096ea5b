"""A strategy that never comes back is left behind: another thread goes on, and the lost one changes nothing."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from life.board import Board
from life.errors import LifeError
from life.experiment import Experiment, WireKind
from life.facts import Mode, Result, State
from life.fanout.step import Step
from life.grid import Grid
from life.history import History
from life.moment import Moment
from life.recent import Recent
from life.rule import CONWAY
from life.simulation import Simulation
from life.topology import TORUS
from life.trace.columns import Trace
from tests.life.recorder import SECONDS, Recorder
from tests.life.stuck import WAYS, Blocks, JoinsThreads, NeverCloses, NeverOpens, Spins, Stuck, WaitsForPool, stuck

BLINKER = Board.from_live(5, 5, [(2, 1), (2, 2), (2, 3)])
UPRIGHT = Board.from_live(5, 5, [(1, 2), (2, 2), (3, 2)])
BLOCK = Board.from_live(5, 5, [(1, 1), (1, 2), (2, 1), (2, 2)])
QUICK = Experiment(strategy="row-batches", wire=WireKind.NONE)


class Scene:
    """A simulation with everything that a thread which was left behind could do harm to."""

    def __init__(self, way: type[Stuck], **more: object) -> None:
        self.way = way
        self.heard, self.history, self.recent = Recorder(), History(), Recent()
        self.one = Simulation(
            self.heard,
            BLINKER,
            experiment=experiment_of(way),
            rate=None,
            history=self.history,
            recent=self.recent,
            **more,
        )
        self.lost = self.one._thread
        self.one.start()
        self.heard.wait(State)

    def get_stuck(self) -> None:
        self.one.step()
        assert self.way.entered.wait(SECONDS)

    def come_back(self) -> None:
        """The lost thread comes back and ends."""
        self.way.released.set()
        self.lost.join(SECONDS)
        assert not self.lost.is_alive()


def experiment_of(way: type[Stuck]) -> Experiment:
    return Experiment(strategy=way.key, wire=WireKind.NONE)


@contextmanager
def scene(way: type[Stuck], **more: object) -> Iterator[Scene]:
    with stuck(way) as kind:
        made = Scene(kind, **more)
        try:
            yield made
        finally:
            kind.released.set()
            assert made.one.close(SECONDS)
            made.lost.join(SECONDS)


each_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.key)


@each_way
def test_the_next_generation_on_another_strategy_is_right(way: type[Stuck]) -> None:
    with scene(way) as it:
        it.get_stuck()
        it.one.stop()
        assert it.one.leave_behind()
        it.one.configure(QUICK)
        it.one.step()
        result = it.heard.wait(Result)
        assert (result.generation, result.board, result.strategy) == (1, UPRIGHT, "row-batches")


@each_way
def test_what_comes_back_after_all_changes_nothing_and_is_told_to_nobody(way: type[Stuck]) -> None:
    with scene(way) as it:
        it.get_stuck()
        it.one.stop()
        it.one.leave_behind()
        epoch = it.one.configure(QUICK)
        state = it.heard.wait(State, lambda state: state.epoch == epoch)
        assert (state.mode, state.generation, state.board) == (Mode.PAUSED, 0, BLINKER)
        facts = it.heard.count
        it.come_back()
        assert it.heard.count == facts
        assert it.history.records() == ()
        it.one.step()
        assert it.heard.wait(Result).board == UPRIGHT
        assert [record.strategy for record in it.history.records()] == ["row-batches"]
        assert it.recent.before(Moment(1, UPRIGHT, CONWAY, TORUS)).board == BLINKER


def test_a_generation_that_is_left_without_a_stop_is_dropped_as_well() -> None:
    with scene(Blocks) as it:
        it.get_stuck()
        assert it.one.leave_behind()
        it.come_back()
        it.one.configure(QUICK)
        it.one.step()
        assert [result.board for result in (it.heard.wait(Result), *it.heard.of(Result))] == [UPRIGHT, UPRIGHT]


def test_the_commands_that_were_waiting_are_obeyed_in_their_order() -> None:
    with scene(Blocks) as it:
        it.get_stuck()
        it.one.stop()
        epoch = it.one.go_to(Moment(7, BLOCK, CONWAY, TORUS))
        assert it.one.configure(QUICK) == epoch + 1
        it.one.step(2)
        assert it.heard.of(Result) == []
        it.one.leave_behind()
        result = it.heard.wait(Result, lambda result: result.generation == 9)
        assert (result.board, result.epoch) == (BLOCK, epoch + 1)


def test_it_is_paused_lest_the_same_strategy_is_run_again_at_once() -> None:
    with scene(Blocks) as it:
        it.one.play()
        assert it.way.entered.wait(SECONDS)
        it.one.go_to(Moment(3, BLOCK, CONWAY, TORUS), resume=True)
        it.one.leave_behind()
        state = it.heard.wait(State, lambda state: state.generation == 3)
        assert (state.mode, len(it.heard.of(Trace))) == (Mode.PAUSED, 1)


def test_whoever_watches_a_generation_that_is_left_sees_it_end() -> None:
    with scene(Blocks, recording=True) as it:
        it.get_stuck()
        trace = it.heard.wait(Trace)
        assert not trace.finished
        it.one.leave_behind()
        assert trace.finished


def test_nothing_is_measured_any_more_of_a_generation_that_was_stopped() -> None:
    with scene(Blocks, recording=True) as it:
        it.get_stuck()
        (sampler,) = (thread for thread in threading.enumerate() if thread.name == "sampler")
        it.one.stop()
        sampler.join(SECONDS)
        assert not sampler.is_alive()


def test_where_nothing_is_under_way_there_is_nothing_to_leave() -> None:
    with scene(Blocks) as it:
        thread = it.one._thread
        assert not it.one.leave_behind()
        assert it.one._thread is thread
        assert it.one.overdue() is None


def test_without_a_thread_to_go_on_everything_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with scene(Blocks) as it:
        it.get_stuck()
        with monkeypatch.context() as patched:
            patched.setattr(threading.Thread, "start", refuse)
            with pytest.raises(LifeError, match="can't start new thread"):
                it.one.leave_behind()
        it.way.released.set()
        assert it.heard.wait(Result).board.population == 25


@each_way
def test_what_is_overdue_is_known_with_its_threads(way: type[Stuck]) -> None:
    with scene(way) as it:
        it.get_stuck()
        assert it.one.ending_for() is None
        assert it.one.overdue() is None
        it.one.stop()
        overdue = it.one.overdue()
        assert it.one.ending_for() is not None
        assert (overdue.strategy, overdue.generation) == (way.key, 0)
        assert overdue.threads == 1 + {JoinsThreads: 3, WaitsForPool: 1}.get(way, 0)
        it.one.leave_behind()
        assert it.one.overdue() is None


def test_what_is_not_left_is_told_as_ever_when_it_comes_back() -> None:
    with scene(Blocks) as it:
        it.get_stuck()
        it.one.stop()
        it.way.released.set()
        state = it.heard.wait(State, lambda state: state.mode is Mode.PAUSED, after=2)
        assert (state.generation, state.board) == (0, BLINKER)
        assert it.one.ending_for() is None


def test_a_strategy_that_does_not_close_is_overdue_and_can_be_left() -> None:
    with scene(NeverCloses) as it:
        it.one.step()
        assert it.heard.wait(Result).board.population == 25
        it.one.go_to(Moment(0, BLINKER, CONWAY, TORUS))
        it.one.configure(QUICK)
        it.one.step()
        assert it.way.entered.wait(SECONDS)
        assert it.one.overdue().strategy == "never-closes"
        assert it.one.leave_behind()
        it.one.step()
        assert it.heard.wait(Result, lambda result: result.strategy == "row-batches").board == UPRIGHT


def test_a_strategy_that_does_open_after_all_is_closed_again() -> None:
    closed = threading.Event()

    class Late(NeverOpens):
        key = "late"

        def __exit__(self, *_: object) -> None:
            closed.set()

    with scene(Late) as it:
        it.get_stuck()
        it.one.leave_behind()
        it.come_back()
        assert closed.is_set()


def test_one_after_another_can_be_left() -> None:
    with scene(Blocks) as it:
        for _ in range(3):
            it.way.entered.clear()
            it.get_stuck()
            assert it.one.leave_behind()
        it.one.configure(QUICK)
        it.one.step()
        assert it.heard.wait(Result).board == UPRIGHT


def test_the_engine_that_a_lost_strategy_holds_is_not_used_by_its_successor() -> None:
    engines = []

    class Whole(Blocks):
        key = "whole"
        is_whole = True

        def simulate(self, grid: Grid, step: Step) -> Grid:
            engines.append(step._visit.engine)
            self.stay(grid, step)
            return grid

    with scene(Whole) as it:
        it.get_stuck()
        it.way.entered.clear()
        it.one.leave_behind()
        it.get_stuck()
        assert engines[0] is not engines[1]


def test_closing_waits_for_no_thread_that_was_left_behind() -> None:
    with scene(Blocks) as it:
        it.get_stuck()
        it.one.leave_behind()
        assert it.one.close(SECONDS)
        assert it.lost.is_alive()


def test_the_garbage_collector_is_as_it_was_when_all_have_come_back() -> None:
    before, usual = gc.get_threshold(), (700, 10, 10)
    gc.set_threshold(*usual)
    with scene(Blocks) as first, scene(Spins) as second:
        for it in (first, second):
            it.get_stuck()
        for it in (first, second):
            it.way.released.set()
            it.heard.wait(Result)
    found = gc.get_threshold()
    gc.set_threshold(*before)
    assert found == usual
