"""The caller: the code that starts a fan-out, waits for the fan-in, and hears of an exception or does not.

The command line calls it in the main thread, `life.simulation` in a thread of its own.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from time import monotonic, perf_counter_ns, sleep
from types import TracebackType
from typing import Self

import numpy as np

from life.edges import check_runs_on
from life.engine.world_engine import WorldEngine
from life.errors import Failure, Fate, LifeError, SimulationError
from life.experiment import Experiment, WireKind
from life.fanout import strategy_class
from life.fanout.frame import board_in, frame_of, put_back
from life.fanout.step import Step, Visit
from life.fanout.strategy import Strategy
from life.fanout.world_grid import WorldGrid
from life.fates import failures_of, summary_of
from life.grid import Grid
from life.history import Record
from life.plane.box import Box
from life.refusals import RefusedError, is_refusal, told_with_progress
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
from life.world import World

_SECONDS_TO_COME_TO_REST = 5.0
_OBJECTS_BETWEEN_COLLECTIONS = 200_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one call of `simulate` ended.

    Attributes:
        board: the world of the next generation, or None where the call raised or the generation was stopped.
        stopped: whether the generation was stopped before it was finished.
        error: type and message of what the call raised where it was not stopped, or "".
        seconds: how long the call took; ideal_seconds: the longest single wait that was planned.
        peak_threads: see `life.facts.Result`.
        failures: what cells raised, with its fate.
        caller_got: one sentence: what the caller got of it, or "" where no cell failed.
        costs, measured: see `life.history.Record`.
        engine, note: see `life.facts.Result`.
    """

    board: World | None
    stopped: bool
    error: str
    seconds: float
    ideal_seconds: float
    peak_threads: int
    failures: tuple[Failure, ...]
    caller_got: str
    costs: Costs | None = None
    measured: Measured | None = None
    engine: str = ""
    note: str = ""


class Caller:
    """Holds a strategy and a wire open, and runs one generation after another with them.

    Raises, on entering:
        SettingError: there is no such strategy.
        LifeError: the rule cannot be run on a board with such edges, or with none.
        ServiceError: the rule service does not come up.
        RefusedError: the system does not give it the workers that it is to have.
    """

    def __init__(
        self, experiment: Experiment, rule: Rule, topology: Topology, engine: WorldEngine | None = None
    ) -> None:
        """`engine` is what takes worlds further as a whole, where one is kept already."""
        self.experiment = experiment
        self._engine = engine
        self._rule = rule
        self._topology = topology
        self._open = ExitStack()
        self._trace: Trace | None = None

    def __enter__(self) -> Self:
        check_runs_on(self._rule, self._topology)
        with ExitStack() as opening:
            self._strategy: Strategy = strategy_class(self.experiment.strategy)(
                self.experiment.workers, self.experiment.cluster
            )
            self._witness = opening.enter_context(Witness(self._is_of_a_cell))
            wired = replace(self.experiment, wire=WireKind.NONE) if self.is_whole else self.experiment
            self._wire = opening.enter_context(open_wire(wired, self._rule))
            opening.push(self._strategy)  # before it is entered: the workers that did start are to be ended
            try:
                self._strategy.__enter__()
            except (RuntimeError, MemoryError, OSError) as error:
                if is_refusal(error):
                    raise RefusedError(error) from error
                raise
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

    @property
    def is_whole(self) -> bool:
        """Whether it makes many generations a visit; see `Strategy.is_whole`."""
        return self._strategy.is_whole

    def trace(
        self, world: World, generation: int, epoch: int = 0, *, generations: int = 1, is_recorded: bool = False
    ) -> Trace:
        """An empty trace for `run`, of the cells that are stepped.

        Args:
            world: the generation from which it goes on.
            generation: number of the one that is to be made; of many, the last one.
            epoch: of the simulation.
            generations: how many to make; more than one only where `is_whole`.
            is_recorded: whether all times are to be kept.

        Raises:
            LifeError: there are too many cells to be stepped one by one.
        """
        if self.is_whole:
            return Trace(generation, 0, 0, epoch, is_whole=True, generations=generations)
        if generations != 1:
            raise ValueError(f"{self.experiment.strategy} makes one generation a visit, not {generations:,}")
        frame = frame_of(world)
        return Trace(
            generation, frame.height, frame.width, epoch, is_recorded=is_recorded, top=frame.top, left=frame.left
        )

    def run(self, world: World, trace: Trace, stop: StopSignal, attempt: int = 0) -> Outcome:
        """Makes the generation `trace.generation`, and those before it that the trace stands for, from `world`.

        Args:
            world: the generation before it, or before the first of them.
            trace: one that `trace` has made, or one of all cells of a board; filled while the generation runs.
            stop: set it from another thread to end the generation.
            attempt: how often this generation was tried before; random faults differ from try to try.
        """
        step: Step | None = None
        waits = plan(self.experiment, trace.generation, attempt, trace.height, trace.width, trace.top, trace.left)
        self._trace = trace
        error: BaseException | None = None
        next_world = None
        sampler = Sampler() if trace.is_recorded else None
        if sampler:
            stop.add_waker(sampler.end)
        with sampler or nullcontext():
            trace.caller = thread_serial()
            try:
                step = Step(self._wire, waits, trace, stop, self._visit(trace.generations))
                simulate = self._prepared(world, trace, step)
                trace.started = perf_counter_ns()
                with nullcontext() if self.is_whole else _patient_garbage_collector():
                    next_world = simulate()
            except KeyboardInterrupt:
                _come_to_rest(trace, stop)
                raise
            except BaseException as raised:  # SystemExit too: the caller is where a cell's exceptions end
                error = _placed(raised, trace)
            trace.finished = perf_counter_ns()
        stopped = stop.is_set  # a strategy that swallows exceptions returns a board with holes then
        if error or stopped:
            _come_to_rest(trace, stop)
        measured = sampler.measured() if sampler else None
        ideal = 0.0 if trace.is_whole else waits.longest
        handed_out = step.handed_out if step else 0
        outcome = self._outcome(None if stopped else next_world, stopped, error, trace, handed_out, ideal, measured)
        error = None  # its traceback holds this frame, and the one in which all the threads are listed
        return outcome

    def _visit(self, generations: int) -> Visit | None:
        if not self.is_whole:
            return None
        self._engine = self._engine or WorldEngine()
        self._engine.choose(self.experiment.engine, self.experiment.memory)
        return Visit(self._rule, generations, self._engine)

    def _prepared(self, world: World, trace: Trace, step: Step) -> Callable[[], World]:
        """The call of `simulate` with a grid of its cells, from which the next world comes."""
        if self.is_whole:
            grid: Grid = WorldGrid(world, self._topology)
            return lambda: _world_of(self._strategy.simulate(grid, step))
        if not trace.cells:
            return lambda: world  # nothing is alive, so nothing is to be done
        frame = Box(trace.top, trace.left, trace.top + trace.height, trace.left + trace.width)
        grid = self._strategy.grid_type.from_board(*board_in(world, frame, self._topology))
        return lambda: put_back(self._strategy.simulate(grid, step).to_board(), world, frame)

    def _outcome(
        self,
        board: World | None,
        stopped: bool,
        error: BaseException | None,
        trace: Trace,
        handed_out: int,
        ideal: float,
        measured: Measured | None,
    ) -> Outcome:
        failures = failures_of(trace.generation, tuple(trace.raised), error, self._witness.printed)
        trace.forget_errors()
        self._witness.forget()
        costs = costs_of(trace, failures, measured) if trace.is_recorded else None
        peak = costs.peak_alive if costs else peak_threads(trace)
        told = _told(error, trace, failures, handed_out, peak) if error and not stopped else ""
        return Outcome(
            board=board,
            stopped=stopped,
            error=told,
            seconds=(trace.finished - trace.started) / 1e9,
            ideal_seconds=ideal,
            peak_threads=peak,
            failures=failures,
            caller_got=_caller_got(self._strategy.fan_in, error, failures) if failures else "",
            costs=costs,
            measured=measured,
            engine=self._engine.using if self._engine and self._strategy.has_engine else "",
            note=self._engine.note if self._engine and self._strategy.has_engine else "",
        )


def record_of(before: World, trace: Trace, experiment: Experiment, outcome: Outcome) -> Record:
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


def _told(error: BaseException, trace: Trace, failures: tuple[Failure, ...], handed_out: int, peak: int) -> str:
    """What reached the caller; of a world as a whole nothing but the reason, for there is no cell that raised it."""
    is_of_a_cell = any(failure.fate is Fate.CALLER for failure in failures)
    if is_refusal(error) and not is_of_a_cell:
        return told_with_progress(error, trace, handed_out, peak)
    return str(error) if trace.is_whole and isinstance(error, LifeError) else summary_of(error)


def _world_of(grid: Grid) -> World:
    return grid.world if isinstance(grid, WorldGrid) else grid.to_board()


def _placed(error: BaseException, trace: Trace) -> BaseException:
    """The same exception; a cell that it names is then one of the world, and not of the frame that was stepped."""
    if isinstance(error, SimulationError):
        error.y, error.x = error.y + trace.top, error.x + trace.left
    return error


def _lasting(experiment: Experiment, rule: Rule, topology: Topology) -> tuple[object, ...]:
    e = experiment
    return (e.strategy, e.workers, e.wire, e.time_limit, e.address, e.cluster, rule, topology)


@contextmanager
def _patient_garbage_collector() -> Iterator[None]:
    """Lets more objects be made between two searches for garbage.

    A fan-out makes tens of thousands of objects that all live until the fan-in; to look for garbage among them every
    700, Python's usual number, took a fifth of the time of 10,000 coroutines. Where it is patient already, another
    generation is under way, which may never come back, and puts the usual number back if it does.
    """
    usual = gc.get_threshold()
    if usual[0] >= _OBJECTS_BETWEEN_COLLECTIONS:
        yield
        return
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, *usual[1:])
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
