"""How generations are made: everything between the controls and the simulation that changes no board by itself."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from gui import words
from gui.bridge import SimulationBridge
from gui.fanout.limits import Limit, limit_on
from gui.limit_gate import LimitGate
from gui.patience import Patience
from gui.port import SimulationPort
from gui.shown import Shown
from life.errors import LifeError
from life.experiment import Experiment, Fault
from life.facts import FailureReport, Mode, Overdue, Result, State
from life.fanout import strategy_class
from life.moment import Moment

RATES: tuple[float | None, ...] = (0.5, 1, 2, 5, 10, 20, 50, 100, None)
MOST_STRIDE = 1 << 60


class Runner(Shown):
    """Speaks to the simulation and hears from it.

    Signals:
        generation_started, generation_finished: with the `Trace` and the `Result`.
        experiment_changed, as_python_changed: with the new value.
        rate_changed: with the new rate; `stride` may be another as well.
        failing_cells_changed: with the rows and columns (int64 arrays) of the cells to mark.
        failed: a failure that the user is to be told of.
        limit_changed: `limit` is another; until it is answered, nothing runs.
        overdue_changed: `overdue` is another.
        told: a sentence that the user must read.
    """

    generation_started = Signal(object)
    generation_finished = Signal(Result)
    experiment_changed = Signal(Experiment)
    rate_changed = Signal(object)
    as_python_changed = Signal(bool)
    failing_cells_changed = Signal(object, object)
    failed = Signal(FailureReport)
    limit_changed = Signal()
    overdue_changed = Signal()
    told = Signal(str)

    def __init__(
        self,
        simulation: SimulationPort,
        bridge: SimulationBridge,
        start: State,
        *,
        rate: float | None = 5.0,
        stride: int = 1,
        as_python: bool = False,
        planted_kind: Fault = Fault.ERROR,
        parent: QObject | None = None,
    ) -> None:
        """Speaks to a simulation that was made with what the arguments say, and not started yet."""
        super().__init__(moment_of(start), parent)
        self._simulation = simulation
        self._bridge = bridge
        self.experiment = start.experiment
        self.mode = start.mode
        self.rate = rate
        self.stride = stride
        self.as_python = as_python
        self.planted_kind = planted_kind
        self.report: FailureReport | None = None
        self._last_motion = Mode.PLAYING
        self._gate = LimitGate(self)
        self._gate.changed.connect(self.limit_changed)
        self._gate.answered.connect(self._run)
        self._patience = Patience(simulation, self)
        self._patience.changed.connect(self.overdue_changed)
        bridge.started.connect(self.generation_started)
        bridge.finished.connect(self._hear_result)
        bridge.cells_failed.connect(self._hear_failures)
        bridge.state_arrived.connect(self._hear_state)

    @property
    def is_running(self) -> bool:
        """Whether generations are being made."""
        return self.mode in (Mode.PLAYING, Mode.STEPPING)

    def start(self) -> None:
        """Lets the simulation begin to obey; it is paused."""
        self._simulation.start()
        self._patience.begin()

    def close(self, timeout: float = 1.0) -> bool:
        """Ends the simulation; returns whether it has ended within `timeout` seconds."""
        self._patience.end()
        ended = self._simulation.close(timeout)
        self._bridge.close()
        return ended

    # Running.

    @Slot()
    def play(self) -> None:
        """Makes generations at the rate that is set."""
        self._run(self._simulation.play)

    @Slot()
    def pause(self) -> None:
        """Makes no more generations after the one under way."""
        self._simulation.pause()

    @Slot()
    def toggle_play(self) -> None:
        """Plays, or pauses where generations are being made."""
        if self.is_running:
            self.pause()
        else:
            self.play()

    def step(self, count: int = 1) -> None:
        """Makes `count` generations."""
        self._run(lambda: self._simulation.step(count))

    @Slot()
    def stop(self) -> None:
        """Ends the generation under way where it stands."""
        self._patience.lose()
        self._simulation.stop()

    @Slot()
    def retry(self) -> None:
        """Runs the generation that failed last once more."""
        self._run(self._simulation.retry)

    @Slot()
    def keep_going(self) -> None:
        """Goes on after a failure as it went before it."""
        if self.is_running:
            return
        if self._last_motion is Mode.STEPPING:
            self.step()
        else:
            self.play()

    @Slot(object)
    def _run(self, what: Callable[[], None]) -> None:
        self._gate.let_through(what, self._limit_met())

    # Changing how it is run.

    @Slot(Experiment)
    def configure(self, experiment: Experiment) -> None:
        """Runs the next generation as `experiment` says."""
        if experiment == self.experiment:
            return
        self.experiment = experiment
        self._mind_limit()
        self._bridge.expect(self._simulation.configure(experiment))
        self.experiment_changed.emit(experiment)
        if self.stride > 1 and not self._makes_many:
            self.set_rate(self.rate)

    @Slot(Fault)
    def plant_from_now_on(self, kind: Fault) -> None:
        """Which fault `toggle_fault` plants."""
        self.planted_kind = kind

    def set_rate(self, rate: float | None, stride: int = 1) -> None:
        """Plays at `rate` generations a second, or as fast as it goes.

        Args:
            rate: None is as fast as it goes.
            stride: how many generations are then made from one picture to the next, where the strategy makes many a
                visit; 1 is as many as are quick.
        """
        if stride != self.stride:
            self._simulation.set_stride(stride)
        self.rate, self.stride = rate, stride
        self._simulation.set_rate(rate)
        self.rate_changed.emit(rate)

    @property
    def is_fastest(self) -> bool:
        """Whether there is nothing faster to choose."""
        return self.rate is None and self.stride == (MOST_STRIDE if self._makes_many else 1)

    @property
    def is_slowest(self) -> bool:
        """Whether there is nothing slower to choose."""
        return self.rate == RATES[0]

    @property
    def _makes_many(self) -> bool:
        return strategy_class(self.experiment.strategy).is_whole

    @Slot()
    def play_faster(self) -> None:
        """The next higher of `RATES`, and then 2, 4, 8, … generations from one picture to the next."""
        if self.rate is not None:
            self.set_rate(next((r for r in RATES if _speed(r) > self.rate), None))
        elif not self.is_fastest:
            self.set_rate(None, 2 * self.stride)

    @Slot()
    def play_slower(self) -> None:
        """Half as many generations from one picture to the next, and then the next lower of `RATES`."""
        if self.rate is None and self.stride > 1:
            self.set_rate(None, self.stride // 2)
        else:
            self.set_rate(next((r for r in reversed(RATES) if _speed(r) < _speed(self.rate)), RATES[0]))

    @Slot(bool)
    def set_as_python(self, as_python: bool) -> None:
        """Says whether failures are left as Python leaves them: neither told, nor marked, nor waited for."""
        if as_python == self.as_python:
            return
        self.as_python = as_python
        self._simulation.set_hold_on_failure(not as_python)
        if as_python:
            self._mark([], [])
        self.as_python_changed.emit(as_python)

    @Slot(bool)
    def set_recording(self, record: bool) -> None:
        """Says whether generations leave all their times behind, for somebody who watches."""
        self._simulation.set_recording(record)

    # What does not end.

    @property
    def overdue(self) -> Overdue | None:
        """What was told to end some seconds ago and has not; None where the user need not know of such a thing."""
        return self._patience.overdue

    @Slot()
    def keep_waiting(self) -> None:
        """Asks again later, or when it is to end once more."""
        self._patience.have_more()

    @Slot()
    def leave_behind(self) -> None:
        """Goes on without what does not end, paused."""
        overdue = self._simulation.overdue()
        try:
            is_left = self._simulation.leave_behind()
        except LifeError as error:
            self.told.emit(f"Nothing could be left behind: {error}.")
            return
        self._patience.look()
        if is_left and overdue:
            self.told.emit(_told_of_leaving(overdue))

    # Limits.

    @property
    def limit(self) -> Limit | None:
        """What a run would cost too much of; None where nothing waits for an answer."""
        return self._gate.limit

    @Slot()
    def accept_limit(self) -> None:
        """Pays what the limit says, now and for the rest of the session."""
        self._gate.accept()

    @Slot()
    def use_instead(self) -> None:
        """Runs what the limit suggests."""
        self._gate.use(lambda limit: self.configure(limit.instead))

    @Slot()
    def leave_limit(self) -> None:
        """Runs nothing."""
        self._gate.leave()

    def _limit_met(self) -> Limit | None:
        return limit_on(self.experiment, self.board)

    def _mind_limit(self) -> None:
        """Before a change is sent: a limit that is shown may be gone, and what runs must not run into a new one."""
        if (self.limit or self.is_running) and self._gate.binds(self._limit_met()) and self.is_running:
            self._simulation.stop()
            self._gate.hold(self._simulation.play if self.mode is Mode.PLAYING else self._simulation.pause)

    # Hearing from the simulation.

    @Slot(State)
    def _hear_state(self, state: State) -> None:
        self.mode = state.mode
        if self.is_running:
            self._last_motion = state.mode
        if moment_of(state) != self.moment:
            self._follow(moment_of(state))
        if not self.is_running:
            self._come_to_rest()
        self.state_changed.emit()
        if state.message and state.mode is not Mode.HELD:  # a failure that holds is told at length elsewhere
            self.told.emit(state.message)

    @Slot(Result)
    def _hear_result(self, result: Result) -> None:
        if not result.failures:
            self._mark([], [])
        self._follow(replace(self.moment, generation=result.generation, board=result.board))
        self._mind_limit()  # what lives on the plane may have grown
        self.generation_finished.emit(result)

    def _follow(self, moment: Moment) -> None:
        """The simulation went on to `moment`."""
        self.moment = moment
        self.board_changed.emit(moment.board)

    def _come_to_rest(self) -> None:
        """The run has ended, if there was one."""

    @Slot(FailureReport)
    def _hear_failures(self, report: FailureReport) -> None:
        if self.as_python:
            return
        self.report = report
        self._mark([failure.y for failure in report.failures], [failure.x for failure in report.failures])
        self.failed.emit(report)

    def _forget_failures(self) -> None:
        self.report = None
        self._mark([], [])

    def _mark(self, ys: list[int], xs: list[int]) -> None:
        self.failing_cells_changed.emit(_column(ys), _column(xs))


def moment_of(state: State) -> Moment:
    """What the state says of the board."""
    return Moment(state.generation, state.board, state.rule, state.topology)


def _told_of_leaving(overdue: Overdue) -> str:
    title, threads = strategy_class(overdue.strategy).title, words.count(overdue.threads, "thread")
    stay = "stays" if overdue.threads == 1 else "stay"
    return (
        f"“{title}” was left behind. Its {threads} {stay} until Lifeloom is closed and may keep a processor busy; "
        "choose another strategy before you go on."
    )


def _column(numbers: list[int]) -> NDArray[np.int64]:
    return np.array(numbers, np.int64)  # steps of single cells, which never get far from the middle of the plane


def _speed(rate: float | None) -> float:
    return float("inf") if rate is None else rate
