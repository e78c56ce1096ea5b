"""The caller: the code that starts a fan-out, waits for the fan-in, and hears of an exception or does not.

The command line calls it in the main thread, `life.simulation` in a thread of its own.
"""

import gc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from time import monotonic, perf_counter_ns, sleep
from types import TracebackType
from typing import Self

import numpy as np

from life.board import Board
from life.errors import Failure, Fate
from life.experiment import Experiment
from life.fanout import strategy_class
from life.fanout.step import Step
from life.fanout.strategy import Strategy
from life.fates import failures_of, summary_of
from life.history import Record
from life.rule import Rule
from life.stop import StopSignal
from life.topology import Topology
from life.trace.columns import Trace, thread_serial
from life.trace.costs import Costs, costs_of
from life.trace.peak import peak_threads
from life.trace.sampler import Measured, Sampler
from life.wire import open_wire
from life.wire.plan import plan
from life.witness import Witness

_SECONDS_TO_COME_TO_REST = 5.0
_OBJECTS_BETWEEN_COLLECTIONS = 200_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one call of `simulate` ended.

    Attributes:
        board: the next generation, or None where the call raised or the generation was stopped.
        stopped: whether the generation was stopped before it was finished.
        error: type and message of what the call raised where it was not stopped, or "".
        seconds: how long the call took; ideal_seconds: the longest single wait that was planned.
        peak_threads: see `life.facts.Result`.
        failures: what cells raised, with its fate.
        caller_got: one sentence: what the caller got of it, or "" where no cell failed.
        costs, measured: see `life.history.Record`.
    """

    board: Board | None
    stopped: bool
    error: str
    seconds: float
    ideal_seconds: float
    peak_threads: int
    failures: tuple[Failure, ...]
    caller_got: str
    costs: Costs | None = None
    measured: Measured | None = None


class Caller:
    """Holds a strategy and a wire open, and runs one generation after another with them.

    Raises, on entering:
        SettingError: there is no such strategy.
        ServiceError: the rule service does not come up.
    """

    def __init__(self, experiment: Experiment, rule: Rule, topology: Topology) -> None:
        self.experiment = experiment
        self._rule = rule
        self._topology = topology
        self._open = ExitStack()
        self._trace: Trace | None = None

    def __enter__(self) -> Self:
        with ExitStack() as opening:
            self._strategy: Strategy = strategy_class(self.experiment.strategy)(self.experiment.workers)
            self._witness = opening.enter_context(Witness(self._is_of_a_cell))
            self._wire = opening.enter_context(open_wire(self.experiment, self._rule))
            opening.push(self._strategy)  # before it is entered: the workers that did start are to be ended
            self._strategy.__enter__()
            self._open = opening.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._open.close()

    def _is_of_a_cell(self, error: BaseException) -> bool:
        return self._trace is not None and self._trace.has_recorded(error)

    def suits(self, experiment: Experiment, rule: Rule, topology: Topology) -> bool:
        """Whether what is open would be opened again just so for these; the rest is read anew each generation."""
        return _lasting(experiment, rule, topology) == _lasting(self.experiment, self._rule, self._topology)

    def run(self, board: Board, trace: Trace, stop: StopSignal, attempt: int = 0) -> Outcome:
        """Makes the generation `trace.generation` from `board`.

        Args:
            board: the generation before it.
            trace: of the same size; filled while the generation runs.
            stop: set it from another thread to end the generation.
            attempt: how often this generation was tried before; random faults differ from try to try.
        """
        waits = plan(self.experiment, trace.generation, attempt, board.height, board.width)
        self._trace = trace
        step = Step(self._wire, waits, trace, stop)
        grid = self._strategy.grid_type.from_board(board, self._topology)
        error: BaseException | None = None
        next_board = None
        sampler = Sampler() if trace.is_recorded else None
        with sampler or nullcontext():
            trace.caller = thread_serial()
            trace.started = perf_counter_ns()
            try:
                with _patient_garbage_collector():
                    next_board = self._strategy.simulate(grid, step).to_board()
            except KeyboardInterrupt:
                _come_to_rest(trace, stop)
                raise
            except BaseException as raised:  # SystemExit too: the caller is where a cell's exceptions end
                error = raised
            trace.finished = perf_counter_ns()
        stopped = stop.is_set  # a strategy that swallows exceptions returns a board with holes then
        if error or stopped:
            _come_to_rest(trace, stop)
        measured = sampler.measured() if sampler else None
        return self._outcome(None if stopped else next_board, stopped, error, trace, waits.longest, measured)

    def _outcome(
        self,
        board: Board | None,
        stopped: bool,
        error: BaseException | None,
        trace: Trace,
        ideal: float,
        measured: Measured | None,
    ) -> Outcome:
        failures = failures_of(trace.generation, tuple(trace.raised), error, self._witness.printed)
        trace.forget_errors()
        self._witness.forget()
        costs = costs_of(trace, failures, measured) if trace.is_recorded else None
        return Outcome(
            board=board,
            stopped=stopped,
            error=summary_of(error) if error and not stopped else "",
            seconds=(trace.finished - trace.started) / 1e9,
            ideal_seconds=ideal,
            peak_threads=costs.peak_alive if costs else peak_threads(trace),
            failures=failures,
            caller_got=_caller_got(self._strategy.fan_in, error, failures) if failures else "",
            costs=costs,
            measured=measured,
        )


def record_of(before: Board, trace: Trace, experiment: Experiment, outcome: Outcome) -> Record:
    """What the history keeps of a generation that was made, or not made, from `before`."""
    return Record(
        trace=trace,
        before=before,
        after=outcome.board,
        strategy=experiment.strategy,
        experiment=experiment,
        seconds=outcome.seconds,
        ideal_seconds=outcome.ideal_seconds,
        peak_threads=outcome.peak_threads,
        failures=outcome.failures,
        error=outcome.error,
        costs=outcome.costs,
        measured=outcome.measured,
    )


def _lasting(experiment: Experiment, rule: Rule, topology: Topology) -> tuple[object, ...]:
    e = experiment
    return (e.strategy, e.workers, e.wire, e.time_limit, e.address, rule, topology)


@contextmanager
def _patient_garbage_collector() -> Iterator[None]:
    """Lets more objects be made between two searches for garbage.

    A fan-out makes tens of thousands of objects that all live until the fan-in; to look for garbage among them every
    700, Python's usual number, took a fifth of the time of 10,000 coroutines.
    """
    usual = gc.get_threshold()
    gc.set_threshold(max(usual[0], _OBJECTS_BETWEEN_COLLECTIONS), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _come_to_rest(trace: Trace, stop: StopSignal) -> None:
    """Ends the cells that a failed or stopped generation left under way, so that none meddles with the next."""
    stop.set()
    begun, ended = trace.times(trace.begun), trace.times(trace.ended)
    give_up = monotonic() + _SECONDS_TO_COME_TO_REST
    while np.any((begun > 0) & (ended == 0)) and monotonic() < give_up:
        sleep(0.002)


def _caller_got(fan_in: str, error: BaseException | None, failures: tuple[Failure, ...]) -> str:
    if error is not None:
        more = sum(failure.fate is Fate.HIDDEN for failure in failures)
        hidden = f" It never heard of {more:,} more." if more else ""
        return f"{fan_in} raised {summary_of(error)}; the board is as it was before the generation.{hidden}"
    cells = {(failure.y, failure.x) for failure in failures}
    y, x = min(cells)
    which = f"cell ({y}, {x}) was" if len(cells) == 1 else f"{len(cells):,} cells were"
    return f"{fan_in} returned as if nothing had happened, and {which} left EMPTY."
