"""What the window is about: the board that is shown and the simulation behind it, kept in step.

An edit is shown at once and then sent to the simulation. The epoch that comes back makes everything stale that was
under way before it, so that no late generation can undo what was drawn.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from gui.bridge import SimulationBridge
from gui.fanout.limits import Limit, limit_of
from life.board import Board
from life.experiment import Experiment, Fault
from life.facts import FailureReport, Mode, Result, State
from life.patch import Patch
from life.rule import Rule
from life.topology import Topology

RATES: tuple[float | None, ...] = (0.5, 1, 2, 5, 10, 20, 50, 100, None)


class SimulationPort(Protocol):
    """What a session needs of `life.simulation.Simulation`."""

    def start(self) -> None: ...
    def play(self) -> None: ...
    def pause(self) -> None: ...
    def step(self, count: int = 1) -> None: ...
    def stop(self) -> None: ...
    def edit(self, patch: Patch) -> int: ...
    def replace(self, board: Board) -> int: ...
    def load(self, board: Board, rule: Rule, topology: Topology) -> int: ...
    def reset(self) -> int: ...
    def configure(self, experiment: Experiment) -> int: ...
    def set_rule(self, rule: Rule) -> int: ...
    def set_rate(self, rate: float | None) -> None: ...
    def set_hold_on_failure(self, hold: bool) -> None: ...
    def set_recording(self, record: bool) -> None: ...
    def retry(self) -> None: ...
    def close(self, timeout: float = 1.0) -> bool: ...


class Session(QObject):
    """The board, how it is run and what becomes of it; every change goes through here.

    Signals:
        board_changed: another board is to be shown.
        loaded: it is another pattern altogether, at generation 0.
        resized: it has another size.
        drawn: cells were set or cleared by hand.
        replaced: the board was cleared or filled anew.
        state_changed: mode, generation, rule or topology may be another now.
        generation_started, generation_finished: with the `Trace` and the `Result`.
        experiment_changed, rate_changed, as_python_changed: with the new value.
        failing_cells_changed: with the rows and columns (int64 arrays) of the cells to mark.
        failed: a failure that the user is to be told of.
        limit_changed: `limit` is another; until it is answered, nothing runs.
        told: a sentence that the user must read.
    """

    board_changed = Signal(Board)
    loaded = Signal()
    resized = Signal()
    drawn = Signal()
    replaced = Signal()
    state_changed = Signal()
    generation_started = Signal(object)
    generation_finished = Signal(Result)
    experiment_changed = Signal(Experiment)
    rate_changed = Signal(object)
    as_python_changed = Signal(bool)
    failing_cells_changed = Signal(object, object)
    failed = Signal(FailureReport)
    limit_changed = Signal()
    told = Signal(str)

    def __init__(
        self,
        simulation: SimulationPort,
        bridge: SimulationBridge,
        start: State,
        *,
        rate: float | None = 5.0,
        as_python: bool = False,
        planted_kind: Fault = Fault.ERROR,
        parent: QObject | None = None,
    ) -> None:
        """Speaks to a simulation that was made with what `start`, `rate` and `as_python` say, and not started yet."""
        super().__init__(parent)
        self._simulation = simulation
        self._bridge = bridge
        self.board = start.board
        self.generation = start.generation
        self.rule = start.rule
        self.topology = start.topology
        self.experiment = start.experiment
        self.mode = start.mode
        self.rate = rate
        self.as_python = as_python
        self.planted_kind = planted_kind
        self.report: FailureReport | None = None
        self.limit: Limit | None = None
        self._wanted: Callable[[], None] | None = None
        self._accepted: set[str] = set()
        self._last_motion = Mode.PLAYING
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

    def close(self, timeout: float = 1.0) -> bool:
        """Ends the simulation; returns whether it has ended within `timeout` seconds."""
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

    @Slot(int, int)
    def retry_without_fault(self, y: int, x: int) -> None:
        """Takes the planted fault out of cell (y, x) and runs the generation that failed once more."""
        faults = {cell: kind for cell, kind in self.experiment.faults.items() if cell != (y, x)}
        self.configure(replace(self.experiment, faults=faults))
        self.retry()

    def _run(self, what: Callable[[], None]) -> None:
        if self._meets_limit():
            self._wanted = what
        else:
            what()

    # Changing the board.

    @Slot(Patch)
    def edit(self, patch: Patch) -> None:
        """Sets or clears a few cells."""
        self._change_board(patch.applied_to(self.board), self._simulation.edit(patch))
        self.drawn.emit()

    def replace(self, board: Board) -> None:
        """Puts another board of the same size in the place of this one; the count of generations goes on."""
        self._change_board(board, self._simulation.replace(board))
        self.replaced.emit()

    @Slot(int, int)
    def resize(self, height: int, width: int) -> None:
        """Grows or cuts the board evenly on all sides; what is planted moves along."""
        top, left = (height - self.board.height) // 2, (width - self.board.width) // 2
        moved = {(y + top, x + left): kind for (y, x), kind in self.experiment.faults.items()}
        board = self.board = self.board.resized(height, width, top, left)
        self._mind_limit()
        self._change_board(board, self._simulation.replace(board))
        self.resized.emit()
        self.configure(replace(self.experiment, faults=_inside(moved, board)))

    def load(self, board: Board, rule: Rule, topology: Topology) -> None:
        """Begins anew with another pattern, paused."""
        epoch = self._simulation.load(board, rule, topology)
        self.rule, self.topology, self.generation, self.mode = rule, topology, 0, Mode.PAUSED
        self._change_board(board, epoch)
        self._drop_faults_outside()
        self._set_limit(None)
        self.state_changed.emit()
        self.loaded.emit()

    @Slot()
    def reset(self) -> None:
        """Goes back to the board that generation 0 ended with; it arrives with the next state."""
        self._bridge.expect(self._simulation.reset())
        self._forget_failures()

    def _change_board(self, board: Board, epoch: int) -> None:
        self._bridge.expect(epoch)
        self.board = board
        self._forget_failures()
        self.board_changed.emit(board)

    def _drop_faults_outside(self) -> None:
        self.configure(replace(self.experiment, faults=_inside(self.experiment.faults, self.board)))

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

    @Slot(int, int)
    def toggle_fault(self, y: int, x: int) -> None:
        """Plants a fault of `planted_kind` in cell (y, x), or takes out the one that is there."""
        faults = dict(self.experiment.faults)
        if faults.pop((y, x), None) is None:
            faults[y, x] = self.planted_kind
        self.configure(replace(self.experiment, faults=faults))

    @Slot(Fault)
    def plant_from_now_on(self, kind: Fault) -> None:
        """Which fault `toggle_fault` plants."""
        self.planted_kind = kind

    @Slot(Rule)
    def set_rule(self, rule: Rule) -> None:
        """Goes on by another rule."""
        if rule != self.rule:
            self.rule = rule
            self._bridge.expect(self._simulation.set_rule(rule))
            self.state_changed.emit()

    def set_rate(self, rate: float | None) -> None:
        """Plays at `rate` generations a second, or as fast as it goes."""
        self.rate = rate
        self._simulation.set_rate(rate)
        self.rate_changed.emit(rate)

    @Slot()
    def play_faster(self) -> None:
        """The next higher of `RATES`."""
        self.set_rate(next((r for r in RATES if _speed(r) > _speed(self.rate)), None))

    @Slot()
    def play_slower(self) -> None:
        """The next lower of `RATES`."""
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

    # Limits.

    @Slot()
    def accept_limit(self) -> None:
        """Pays what the limit says, now and for the rest of the session."""
        if self.limit:
            self._accepted.add(self.limit.sentence)
            self._go_on_as_wanted()

    @Slot()
    def use_instead(self) -> None:
        """Runs what the limit suggests."""
        if self.limit:
            wanted, self._wanted = self._wanted, None
            self.configure(self.limit.instead)
            self._wanted = wanted
            self._go_on_as_wanted()

    @Slot()
    def leave_limit(self) -> None:
        """Runs nothing."""
        self._wanted = None
        self._set_limit(None)

    def _go_on_as_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        self._set_limit(None)
        if wanted:
            self._run(wanted)

    def _meets_limit(self) -> bool:
        limit = limit_of(self.experiment, self.board.height, self.board.width)
        self._set_limit(limit if limit and limit.sentence not in self._accepted else None)
        return self.limit is not None

    def _mind_limit(self) -> None:
        """Before a change is sent: a limit that is shown may be gone, and what runs must not run into a new one."""
        if (self.limit or self.is_running) and self._meets_limit() and self.is_running:
            self._simulation.stop()
            self._wanted = self._simulation.play

    def _set_limit(self, limit: Limit | None) -> None:
        if limit != self.limit:
            self.limit = limit
            self.limit_changed.emit()

    # Hearing from the simulation.

    @Slot(State)
    def _hear_state(self, state: State) -> None:
        self.generation, self.rule, self.topology, self.mode = state.generation, state.rule, state.topology, state.mode
        if self.is_running:
            self._last_motion = state.mode
        if state.board != self.board:
            self.board = state.board
            self.board_changed.emit(state.board)
        self.state_changed.emit()
        if state.message and state.mode is not Mode.HELD:  # a failure that holds is told at length elsewhere
            self.told.emit(state.message)

    @Slot(Result)
    def _hear_result(self, result: Result) -> None:
        self.generation, self.board = result.generation, result.board
        if not result.failures:
            self._mark([], [])
        self.board_changed.emit(result.board)
        self.generation_finished.emit(result)

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


def _column(numbers: list[int]) -> NDArray[np.int64]:
    return np.array(numbers, np.int64)


def _speed(rate: float | None) -> float:
    return float("inf") if rate is None else rate


def _inside(faults: Mapping[tuple[int, int], Fault], board: Board) -> dict[tuple[int, int], Fault]:
    return {(y, x): kind for (y, x), kind in faults.items() if 0 <= y < board.height and 0 <= x < board.width}
