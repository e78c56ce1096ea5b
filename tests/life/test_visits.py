"""Many generations a visit: exactly as many as are asked for, and stopped in the middle of one."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from life.board import Board
from life.engine.generation import next_board
from life.engine.world_engine import WorldEngine
from life.errors import LifeError
from life.experiment import Experiment
from life.facts import Mode, Result, State
from life.history import History
from life.moment import Moment
from life.recent import Recent
from life.rule import CONWAY, Rule
from life.simulation import Simulation
from life.stop import StopSignal
from life.topology import TORUS, Topology
from life.visits import MOST_AT_ONCE, Pace, Visits
from life.world import World
from tests.life.recorder import SECONDS, Recorder

BLINKER = Board.from_live(5, 5, [(2, 1), (2, 2), (2, 3)])
UPRIGHT = Board.from_live(5, 5, [(1, 2), (2, 2), (3, 2)])
WHOLE = Experiment(strategy="whole-board", latency=60.0)


class Engine(WorldEngine):
    """Knows what becomes of things with period 2, and can be held up in the middle of a visit."""

    def __init__(self) -> None:
        super().__init__()
        self.visits: list[int] = []
        self.entered = threading.Semaphore(0)
        self.holds_from = 1 << 62
        self.released = threading.Event()
        self.error: Exception | None = None

    def step(
        self, world: World, rule: Rule, topology: Topology, generations: int = 1, stop: StopSignal | None = None
    ) -> World:
        self.entered.release()
        if generations >= self.holds_from and stop:
            while not self.released.is_set():
                stop.wait(0.001)
        if self.error:
            raise self.error
        self.visits.append(generations)
        for _ in range(generations % 2):
            world = next_board(world, rule, topology)
        return world


@contextmanager
def simulation(engine: Engine, **more: object) -> Iterator[tuple[Simulation, Recorder]]:
    heard = Recorder()
    experiment = more.pop("experiment", WHOLE)
    one = Simulation(heard, BLINKER, CONWAY, TORUS, experiment, engine=engine, **{"rate": None, **more})
    one.start()
    heard.wait(State)
    try:
        yield one, heard
    finally:
        assert one.close(SECONDS)


def last_of(heard: Recorder, generation: int) -> Result:
    return heard.wait(Result, lambda result: result.generation >= generation)


def test_a_million_steps_are_exactly_a_million_and_go_in_few_visits() -> None:
    engine = Engine()
    with simulation(engine) as (one, heard):
        one.step(1_000_001)
        made = last_of(heard, 1_000_001)
        heard.wait(State, lambda state: state.generation == 1_000_001 and state.mode is Mode.PAUSED)
        assert made.board == UPRIGHT
        assert sum(engine.visits) == made.generation == 1_000_001
        assert len(engine.visits) < 1_000
        assert made.generations == engine.visits[-1]


def test_at_a_rate_every_generation_is_shown() -> None:
    engine = Engine()
    with simulation(engine, rate=1_000.0, stride=64) as (one, heard):
        one.play()
        last_of(heard, 5)
        assert [result.generation for result in heard.of(Result)[:5]] == [1, 2, 3, 4, 5]


def test_a_stride_is_how_many_generations_every_visit_makes() -> None:
    engine = Engine()
    with simulation(engine) as (one, heard):
        one.set_stride(256)
        one.play()
        last_of(heard, 1024)
        one.pause()
        heard.wait(State, lambda state: state.mode is Mode.PAUSED and state.generation >= 1024)
        assert set(engine.visits) == {256}
        assert [result.generations for result in heard.of(Result)[:2]] == [256, 256]


def test_a_strategy_in_which_cells_wait_makes_one_generation_at_a_time_whatever_the_stride() -> None:
    engine = Engine()
    serial = Experiment(strategy="serial", latency=0.0)
    with simulation(engine, experiment=serial, stride=1024) as (one, heard):
        one.step(3)
        last_of(heard, 3)
        assert [result.generations for result in heard.of(Result)] == [1, 1, 1]
        assert engine.visits == []


@pytest.mark.parametrize("order", ["pause", "stop", "set_stride", "set_rate", "close", "load"])
def test_a_long_visit_ends_at_once_and_leaves_the_board_of_the_last_one(order) -> None:
    engine = Engine()
    engine.holds_from = 1 << 20
    with simulation(engine, stride=1 << 20) as (one, heard):
        one.play()
        assert engine.entered.acquire(timeout=SECONDS)
        before = heard.count
        if order == "set_stride":
            one.set_stride(2)
            assert last_of(heard, 2).generations == 2
        elif order == "set_rate":
            one.set_rate(1_000.0)
            assert last_of(heard, 1).generations == 1
        elif order == "close":
            assert one.close(SECONDS)
        elif order == "load":
            one.load(UPRIGHT, CONWAY, TORUS, 7)
            assert heard.wait(State, lambda state: state.epoch == 1, before).board is UPRIGHT
        else:
            getattr(one, order)()
            state = heard.wait(State, lambda state: state.mode is Mode.PAUSED, before)
            assert (state.generation, state.board) == (0, BLINKER)
        assert heard.of(Result) == [] or order.startswith("set")


def test_an_edit_in_the_middle_of_a_long_visit_stands_and_it_goes_on_from_there() -> None:
    engine = Engine()
    engine.holds_from = 1 << 20
    with simulation(engine, stride=1 << 20) as (one, heard):
        one.play()
        assert engine.entered.acquire(timeout=SECONDS)
        engine.holds_from = 1 << 62
        epoch = one.go_to(Moment(0, UPRIGHT, CONWAY, TORUS), resume=True)
        made = heard.wait(Result, lambda result: result.epoch == epoch)
        assert (made.generation, made.board) == (1 << 20, UPRIGHT)


def test_a_pause_lets_a_single_generation_be_finished() -> None:
    engine = Engine()
    engine.holds_from = 1
    with simulation(engine, rate=1_000.0) as (one, heard):
        one.play()
        assert engine.entered.acquire(timeout=SECONDS)
        one.pause()
        engine.released.set()
        assert heard.wait(State, lambda state: state.mode is Mode.PAUSED and state.generation > 0).generation == 1


def test_steps_that_were_interrupted_by_another_speed_are_made_all_the_same() -> None:
    engine = Engine()
    engine.holds_from = 16
    with simulation(engine) as (one, heard):
        one.step(101)
        for _ in range(5):  # 1, 2, 4, 8 and the one that is held up
            assert engine.entered.acquire(timeout=SECONDS)
        engine.holds_from = 1 << 62
        one.set_rate(5.0)
        last_of(heard, 101)
        assert sum(engine.visits) == 101


def test_what_the_engine_cannot_do_pauses_with_the_reason_and_keeps_the_board() -> None:
    engine = Engine()
    engine.error = LifeError("the cells reach farther than 2^62")
    with simulation(engine, stride=8) as (one, heard):
        one.play()
        state = heard.wait(State, lambda state: state.message != "")
        assert state.mode is Mode.PAUSED
        assert "farther than 2^62" in state.message
        assert (state.generation, state.board) == (0, BLINKER)


def test_a_step_back_goes_back_a_visit() -> None:
    engine, recent = Engine(), Recent()
    with simulation(engine, stride=64, recent=recent) as (one, heard):
        one.play()
        made = last_of(heard, 128)
        before = recent.before(Moment(made.generation, made.board, CONWAY, TORUS))
        assert before is not None
        assert before.generation == made.generation - 64


def test_nothing_is_written_down_of_any_cell() -> None:
    engine, history = Engine(), History()
    with simulation(engine, history=history, recording=True) as (one, heard):
        one.step(64)
        made = last_of(heard, 64)
        assert made.ideal_seconds == 0
        assert (made.trace.is_whole, made.trace.cells, made.trace.nbytes) == (True, 0, 0)
        assert all(record.costs is None for record in history.records())


def test_generations_beyond_any_number_of_the_machine_are_counted_exactly() -> None:
    engine = Engine()
    with simulation(engine, stride=1 << 60) as (one, heard):
        one.go_to(Moment((1 << 70) + 1, BLINKER, CONWAY, TORUS))
        one.play()
        assert last_of(heard, 1 << 70).generation == (1 << 70) + 1 + (1 << 60)


def test_as_many_generations_are_made_as_fit() -> None:
    visits = Visits()
    for _ in range(12):
        visits.note(visits.fits, visits.fits * 1e-5, 0.0, 0.012)  # a generation takes 10 µs
    assert visits.fits == 1024
    visits.note(1024, 1.024, 0.0, 0.012)  # and now a millisecond
    assert visits.fits == 16
    visits.note(3, 9.0, 0.0, 0.012)
    assert visits.fits == 16, "what was not a full visit says nothing"
    visits.begin()
    assert visits.fits == 1


def test_one_slow_visit_of_hashlife_is_waited_out_because_a_shorter_one_would_be_as_slow() -> None:
    visits = Visits()
    for _ in range(20):
        visits.note(visits.fits, 0.001, 0.0, 0.012, is_proportional=False)
    longest = visits.fits
    visits.note(longest, 1.0, 0.0, 0.012, is_proportional=False)
    assert visits.fits == longest
    visits.note(longest, 0.01, 0.0, 0.012, is_proportional=False)
    visits.note(longest, 1.0, 0.0, 0.012, is_proportional=False)
    assert visits.fits == longest, "nor is one now and then"
    visits.note(longest, 1.0, 0.0, 0.012, is_proportional=False)
    assert visits.fits == longest // 2


def test_a_visit_takes_longer_where_it_takes_long_to_tell_of_it() -> None:
    visits = Visits()
    for _ in range(12):
        visits.note(visits.fits, visits.fits * 1e-3, 0.005, 0.012)
    assert visits.fits == 128
    for _ in range(12):
        visits.note(visits.fits, visits.fits * 1e-3, 5.0, 0.012)
    assert visits.fits == 256, "but never so long that nothing seems to happen"


def test_visits_do_not_become_ever_longer_where_time_does_not_tell() -> None:
    visits = Visits()
    for _ in range(100):
        visits.note(visits.fits, 0.0, 0.0, 0.012)
    assert visits.fits == MOST_AT_ONCE


def test_the_pace_is_that_of_the_last_second() -> None:
    pace = Pace()
    assert pace.note(0.0, 0.1, 0, 10) is None, "too short to say"
    assert pace.note(0.1, 0.5, 10, 50) == pytest.approx(100)
    for tenth in range(5, 30):
        last = pace.note(tenth / 10, (tenth + 1) / 10, 50 + 2 * (tenth - 5), 52 + 2 * (tenth - 5))
    assert last == pytest.approx(20)
    assert pace.note(9.0, 9.5, 1_000, 1_100) == pytest.approx(200), "after a leap it begins anew"
