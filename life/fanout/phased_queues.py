"""Two phases, each with a queue and workers of its own (Effective Python, item 73)."""

from queue import Queue
from threading import Thread
from types import TracebackType
from typing import Self

from life.errors import SimulationError
from life.fanout.step import CountNeighbors, GameLogic, Step
from life.fanout.strategy import Strategy
from life.grid import Grid
from life.rule import Get

Results = Queue[tuple[int, int, str | BaseException]]
CountItem = tuple[CountNeighbors, GameLogic, int, int, Get, Results]
LogicItem = tuple[GameLogic, int, int, str, int, Results]


class PhasedQueues(Strategy):
    """One set of workers counts neighbours and feeds another that runs the logic."""

    key = "phased-queues"
    title = "Two phases of queues"
    summary = "One set of threads counts neighbours and fills the queue of a second set, which waits for the answers."
    fan_in = "logic_queue.join()"
    default_workers = 64

    def __enter__(self) -> Self:
        # Bounded, so that no phase is ever more than two rounds ahead of the next one.
        self.count_queue: Queue[CountItem | None] = Queue(maxsize=2 * self.workers)
        self.logic_queue: Queue[LogicItem | None] = Queue(maxsize=2 * self.workers)
        self.counters: list[Thread] = []
        self.thinkers: list[Thread] = []
        for number in range(self.workers):
            for threads, work, name in ((self.counters, self.count, "counter"), (self.thinkers, self.think, "logic")):
                thread = Thread(target=work, name=f"{name}-{number}")
                thread.start()
                threads.append(thread)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for queue, threads in ((self.count_queue, self.counters), (self.logic_queue, self.thinkers)):
            for _ in threads:
                queue.put(None)
            for thread in threads:
                thread.join()

    def count(self) -> None:
        """The life of a worker of the first phase."""
        while item := self.count_queue.get():
            count_neighbors, game_logic, y, x, get, out_queue = item
            try:
                state, neighbors = count_neighbors(y, x, get)
                self.logic_queue.put((game_logic, y, x, state, neighbors, out_queue))
            except BaseException as error:  # a worker that dies of it would leave join() waiting for ever
                out_queue.put((y, x, error))
            self.count_queue.task_done()

    def think(self) -> None:
        """The life of a worker of the second phase."""
        while item := self.logic_queue.get():
            game_logic, y, x, state, neighbors, out_queue = item
            try:
                out_queue.put((y, x, game_logic(y, x, state, neighbors)))
            except BaseException as error:
                out_queue.put((y, x, error))
            self.logic_queue.task_done()

    def most_threads(self, height: int, width: int) -> int:
        return 2 * self.workers

    def simulate(self, grid: Grid, step: Step) -> Grid:
        out_queue: Results = Queue()
        for y in range(grid.height):
            for x in range(grid.width):
                item = (step.count, step.logic, y, x, grid.get, out_queue)
                self.count_queue.put(item)  # Fan out

        self.count_queue.join()  # Fan in of the first phase, which has filled the second queue
        self.logic_queue.join()  # Fan in

        next_grid = Grid(grid.height, grid.width)
        for _ in range(out_queue.qsize()):
            y, x, next_state = out_queue.get()
            if isinstance(next_state, BaseException):
                raise SimulationError(y, x) from next_state
            next_grid.set(y, x, next_state)
        return next_grid
