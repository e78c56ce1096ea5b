"""The observer in a simulation that really runs."""

import queue

import pytest

from life.experiment import Experiment, WireKind
from life.facts import FailureReport, Mode, Result, State
from life.knowing.observer import Knowing
from life.knowing.verdict import Kind
from life.moment import Moment
from life.notation import parse_rule
from life.simulation import Simulation
from life.topology import TORUS
from tests.life.knowing.runs import next_moment, run, start

R_PENTOMINO = [(8, 9), (8, 10), (9, 8), (9, 9), (10, 9)]
BLINKER = [(4, 3), (4, 4), (4, 5)]
SECONDS = 20.0


class Listener:
    """Keeps what it is told in queues."""

    def __init__(self) -> None:
        self.states: queue.Queue[State] = queue.Queue()
        self.results: queue.Queue[Result] = queue.Queue()

    def generation_started(self, trace: object) -> None: ...

    def generation_finished(self, result: Result) -> None:
        self.results.put(result)

    def failed(self, report: FailureReport) -> None: ...

    def state_changed(self, state: State) -> None:
        self.states.put(state)

    def paused(self) -> State:
        """The next state in which nothing runs, after one in which something did."""
        has_run = False
        while True:
            state = self.states.get(timeout=SECONDS)
            if has_run and state.mode is Mode.PAUSED:
                return state
            has_run = has_run or state.mode in (Mode.PLAYING, Mode.STEPPING)


@pytest.fixture
def simulate():
    made = []

    def make(moment: Moment, knowing: Knowing) -> tuple[Simulation, Listener]:
        listener = Listener()
        experiment = Experiment(strategy="row-batches", wire=WireKind.NONE)
        simulation = Simulation(
            listener, moment.board, moment.rule, moment.topology, experiment, rate=None, observer=knowing
        )
        made.append(simulation)
        simulation.start()
        return simulation, listener

    yield make
    for simulation in made:
        assert simulation.close(SECONDS)


def test_a_run_is_paused_when_it_has_died_out(simulate):
    simulation, listener = simulate(start(20, 20, [(2, 2), (9, 9)]), Knowing())
    simulation.play()
    state = listener.paused()
    assert state.generation == 1
    assert state.message == "Died out at generation 1. Press Play to go on."


def test_a_run_is_paused_when_it_has_become_cyclic_and_goes_on_when_it_is_told_to(simulate):
    knowing = Knowing()
    simulation, listener = simulate(start(20, 20, R_PENTOMINO), knowing)
    simulation.play()
    state = listener.paused()
    assert state.message == f"{knowing.verdict}. Press Play to go on."
    assert state.generation == knowing.verdict.since + knowing.verdict.period
    simulation.play()
    while listener.results.get(timeout=SECONDS).generation < state.generation + 20:
        pass
    simulation.pause()
    assert not listener.paused().message


def test_steps_that_somebody_asked_for_are_made_whatever_becomes_of_the_board(simulate):
    simulation, listener = simulate(start(20, 20, [(2, 2), (9, 9)]), Knowing())
    simulation.step(5)
    assert listener.paused().generation == 5


def test_what_is_so_from_the_beginning_is_known_and_goes_on_for_as_long_as_one_likes():
    glider = [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]
    block = [(1, 1), (1, 2), (2, 1), (2, 2)]
    for live in ([], block, BLINKER, glider):
        knowing = Knowing()
        moments = run(start(9, 9, live), 40)
        knowing.began(moments[0])
        assert [knowing.made(moment) for moment in moments[1:]] == [None] * 40
        assert knowing.verdict.is_lasting


def test_nothing_is_paused_where_that_is_not_wanted():
    knowing = Knowing(pauses=False)
    moments = run(start(9, 9, [(2, 2)]), 3)
    knowing.began(moments[0])
    assert [knowing.made(moment) for moment in moments[1:]] == [None] * 3
    assert knowing.verdict.kind is Kind.EMPTY


def test_nothing_is_paused_while_somebody_draws_but_afterwards():
    now = [0.0]
    knowing = Knowing(clock=lambda: now[0])
    moments = run(start(9, 9, [(2, 2)]), 6)
    knowing.began(moments[0])
    knowing.leave_alone(2.0)
    assert [knowing.made(moment) for moment in moments[1:5]] == [None] * 4
    now[0] = 2.0
    assert knowing.made(moments[5]) == "Died out at generation 1. Press Play to go on."
    assert knowing.made(moments[6]) is None


def test_an_edit_makes_it_look_anew():
    knowing = Knowing()
    moments = run(start(9, 9, [(2, 2)]), 3)
    knowing.began(moments[0])
    for moment in moments[1:]:
        knowing.made(moment)
    edited = start(9, 9, [(5, 5)], generation=3)
    knowing.began(edited)
    assert knowing.verdict is None
    assert knowing.made(next_moment(edited)) == "Died out at generation 4. Press Play to go on."


def test_another_rule_makes_it_look_anew():
    knowing = Knowing()
    moments = run(start(9, 9, BLINKER), 4)
    knowing.began(moments[0])
    for moment in moments[1:]:
        knowing.made(moment)
    knowing.began(Moment(4, moments[4].board, parse_rule("B3/S").rule, TORUS))
    assert knowing.verdict is None
    assert knowing.population.newest() == (4, 3, 2, 2)


def test_a_step_back_into_the_cycle_does_not_pause_again():
    knowing = Knowing()
    moments = run(start(20, 20, R_PENTOMINO), 2000)
    knowing.began(moments[0])
    said = [knowing.made(moment) for moment in moments[1:]]
    assert sum(sentence is not None for sentence in said) == 1
    knowing.began(moments[1990])
    assert [knowing.made(moment) for moment in moments[1991:]] == [None] * 10
