"""The step that a strategy has done for every cell: the book's `step_cell`, and all the bookkeeping around it.

A strategy never reads a clock, opens a socket or looks at a stop button; whatever has to be written down or waited
for happens in here, so that the strategies can be read to a room.
"""

import asyncio
import warnings
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from time import perf_counter_ns
from typing import Any

import numpy as np

from life.board import Cells
from life.engine.neighbors import neighbor_codes
from life.engine.world_engine import WorldEngine
from life.errors import Stopped
from life.fanout.turns import Turn, turns
from life.fanout.world_grid import WorldGrid
from life.grid import Grid
from life.rule import Get, Rule, Set, count_neighbors
from life.stop import StopSignal
from life.trace.columns import Trace, thread_serial
from life.wire.base import BandQuestion, Question, Wire
from life.wire.plan import WaitPlan

StepCell = Callable[[int, int, Get, Set], None]
StepCellAsync = Callable[[int, int, Get, Set], Coroutine[Any, Any, None]]
StepRows = Callable[[range, Grid, Grid], None]
CountNeighbors = Callable[[int, int, Get], tuple[str, int]]
GameLogic = Callable[[int, int, str, int], str]

# These say that a cell was interrupted, not that it failed.
_INTERRUPTIONS = (Stopped, asyncio.CancelledError)


@dataclass(frozen=True, slots=True)
class Visit:
    """How far a world is taken as a whole: `generations` by `rule`, in an engine that is kept from visit to visit."""

    rule: Rule
    generations: int
    engine: WorldEngine


class Step:
    """One generation's step, the same for every strategy.

    A strategy reads one of the properties for every cell that it hands out. Each reading is written down as that cell's
    start on the caller's side; and once the user has stopped the generation it raises `Stopped`, which ends a fan-out
    loop at the cell that it has reached.
    """

    def __init__(self, wire: Wire, plan: WaitPlan, trace: Trace, stop: StopSignal, visit: Visit | None = None) -> None:
        """`visit` is there for strategies that take whole worlds."""
        self._visit = visit
        self._wire = wire
        self._plan = plan
        self._trace = trace
        self._stop = stop
        self._width = trace.width
        self._records = trace.is_recorded
        self._to_hand_out = len(trace.handed)
        self._handed_out = 0
        self.handed_out = 0  # cells, to threads, one by one

    @property
    def cell(self) -> StepCell:
        """`step_cell(y, x, get, set)` of the book, run to its end by whichever thread calls it."""
        self._hand_out()
        self.handed_out += 1
        return self._step_cell

    @property
    def cell_async(self) -> StepCellAsync:
        """The same step as a coroutine, which waits without holding a thread."""
        if self._handed_out < self._to_hand_out or self._stop.is_set:
            try:
                self._hand_out()
            except Stopped:
                _expect_coroutines_that_never_run()
                raise
        return self._step_cell_async

    @property
    def logic(self) -> GameLogic:
        """`game_logic(y, x, state, neighbors)` alone, for strategies that hand out only the part that waits."""
        self._hand_out()
        return self._logic_of_counted_cell

    @property
    def rows(self) -> StepRows:
        """`step_rows(rows, grid, next_grid)`: a band of rows with one request for all its cells."""
        self._hand_out()
        return self._step_rows

    def name(self, y: int, x: int) -> str:
        """What the thread of cell (y, x) is called: by the cell's place on the board, or on the plane."""
        return f"cell-{y + self._trace.top}-{x + self._trace.left}"

    def board(self, grid: Grid) -> Grid:
        """The whole grid, which is a `WorldGrid`, as many generations further as this visit makes."""
        visit, grid = self._whole(grid)
        world = visit.engine.step(grid.world, visit.rule, grid.topology, visit.generations, self._stop)
        return WorldGrid(world, grid.topology)

    def turns(self, grid: Grid, workers: int) -> Iterator[Turn]:
        """The same in turns, for each of which the grid is cut into bands for that many workers."""
        visit, grid = self._whole(grid)
        return turns(grid, visit.rule, visit.generations, workers, self._stop)

    def _whole(self, grid: Grid) -> tuple[Visit, WorldGrid]:
        if self._visit is None or not isinstance(grid, WorldGrid):
            raise TypeError("only a strategy that says that it takes whole worlds is given one")
        return self._visit, grid

    def _hand_out(self) -> None:
        if self._stop.is_set:
            raise Stopped
        if self._handed_out < self._to_hand_out:
            self._trace.handed[self._handed_out] = perf_counter_ns()
            self._handed_out += 1

    def _step_cell(self, y: int, x: int, get: Get, set: Set) -> None:  # noqa: A002  (the book's names)
        try:
            self._begin(y, x)
            state = get(y, x)
            neighbors = count_neighbors(y, x, get)
            next_state = self._game_logic(y, x, state, neighbors)
            set(y, x, next_state)
        except BaseException as error:
            self._record(y, x, error)
            raise
        finally:
            self._end(y, x)

    async def _step_cell_async(self, y: int, x: int, get: Get, set: Set) -> None:  # noqa: A002
        trace, plan, cell = self._trace, self._plan, y * self._width + x
        try:
            if self._stop.is_set:
                raise Stopped
            trace.begin(cell)
            state = get(y, x)
            neighbors = count_neighbors(y, x, get)
            if self._records:
                trace.asked[cell] = perf_counter_ns()
            # The question is not kept: 10,000 cells that wait at the same time would keep 10,000 of them. It is made as
            # the tuple that it is, in half the time: what a cell does before it waits, all the others wait for.
            question = (y, x, state, neighbors, plan.seconds(y, x), plan.fault(y, x))
            next_state = await self._wire.ask_async(tuple.__new__(Question, question), self._stop)
            if self._records:
                trace.answered[cell] = perf_counter_ns()
            set(y, x, next_state)
        except BaseException as error:
            self._record(y, x, error)
            raise
        finally:
            trace.ended[cell] = perf_counter_ns()

    def count(self, y: int, x: int, get: Get) -> tuple[str, int]:
        """The first half of a step that two workers share: a cell's state and its number of live neighbours.

        The step is written down as the second worker's, with whom the cell waits; this half only where it fails.
        """
        self._stop.check()
        try:
            return get(y, x), count_neighbors(y, x, get)
        except BaseException as error:
            self._begin(y, x)
            self._record(y, x, error)
            self._end(y, x)
            raise

    def _logic_of_counted_cell(self, y: int, x: int, state: str, neighbors: int) -> str:
        try:
            self._begin(y, x)
            return self._game_logic(y, x, state, neighbors)
        except BaseException as error:
            self._record(y, x, error)
            raise
        finally:
            self._end(y, x)

    def _step_rows(self, rows: range, grid: Grid, next_grid: Grid) -> None:
        trace, cells = self._trace, slice(rows.start * self._width, rows.stop * self._width)
        self._stop.check()
        trace.times(trace.thread)[cells] = thread_serial()
        trace.times(trace.begun)[cells] = perf_counter_ns()
        try:
            codes = neighbor_codes(grid.cells, grid.topology, rows)
            next_grid.cells[rows.start : rows.stop] = self._ask_band(rows, codes)
        except BaseException as error:
            fault = self._plan.band_fault(rows.start, rows.stop)
            y, x = fault[0] if fault else (rows.start, 0)
            self._record(y, x, error)
            raise
        finally:
            trace.times(trace.ended)[cells] = perf_counter_ns()

    def _game_logic(self, y: int, x: int, state: str, neighbors: int) -> str:
        question = Question(y, x, state, neighbors, self._plan.seconds(y, x), self._plan.fault(y, x))
        if self._records:
            self._trace.asked[y * self._width + x] = perf_counter_ns()
        next_state = self._wire.ask(question, self._stop)
        if self._records:
            self._trace.answered[y * self._width + x] = perf_counter_ns()
        return next_state

    def _ask_band(self, rows: range, codes: Cells) -> Cells:
        trace, cells = self._trace, slice(rows.start * self._width, rows.stop * self._width)
        fault = self._plan.band_fault(rows.start, rows.stop)
        seconds = self._plan.band_seconds(rows.start, rows.stop)
        question = BandQuestion(codes.tobytes(), seconds, fault[1] if fault else None)
        trace.times(trace.asked)[cells] = perf_counter_ns()  # nothing, where it is not recorded
        states = self._wire.ask_band(question, self._stop)
        trace.times(trace.answered)[cells] = perf_counter_ns()
        return np.frombuffer(states, np.uint8).reshape(codes.shape)

    def _begin(self, y: int, x: int) -> None:
        if self._stop.is_set:
            raise Stopped
        self._trace.begin(y * self._width + x)

    def _end(self, y: int, x: int) -> None:
        self._trace.ended[y * self._width + x] = perf_counter_ns()

    def _record(self, y: int, x: int, error: BaseException) -> None:
        if not isinstance(error, _INTERRUPTIONS):
            self._trace.record(y, x, error)


def _expect_coroutines_that_never_run() -> None:
    """Those that were made before their fan-out was stopped; Python would print a warning about them on stderr."""
    never_awaited = f"coroutine {Step._step_cell_async.__qualname__!r} was never awaited"
    warnings.filterwarnings("ignore", never_awaited, RuntimeWarning)
