"""A fixed number of worker threads that take cells from a queue (Effective Python, item 73)."""

from queue import Queue
from threading import Thread
from types import TracebackType
from typing import Self

from life.errors import SimulationError
from life.fanout.step import GameLogic, Step
from life.fanout.strategy import Strategy
from life.grid import Grid
from life.rule import count_neighbors

Results = Queue[tuple[int, int, str | BaseException]]
Item = tuple[GameLogic, int, int, str, int, Results]


class QueueWorkers(Strategy):
    """Workers that outlive a generation; an exception travels back to the caller as a result."""

    key = "queue-workers"
    title = "Workers on a queue"
    summary = "A fixed number of threads take cells from a queue and carry back what a cell raised as its result."
    fan_in = "in_queue.join()"
    default_workers = 64

    def __enter__(self) -> Self:
        # Bounded, so that the caller is at most two rounds ahead of its workers, and a stop leaves little to be done.
        self.in_queue: Queue[Item | None] = Queue(maxsize=2 * self.workers)
        self.threads: list[Thread] = []
        for number in range(self.workers):
            thread = Thread(target=self.work, name=f"worker-{number}")
            thread.start()
            self.threads.append(thread)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for _ in self.threads:
            self.in_queue.put(None)
        for thread in self.threads:
            thread.join()

    def work(self) -> None:
        """The life of one worker."""
        while item := self.in_queue.get():
            game_logic, y, x, state, neighbors, out_queue = item
            try:
                out_queue.put((y, x, game_logic(y, x, state, neighbors)))
            except BaseException as error:  # a worker that dies of it would leave join() waiting for ever
                out_queue.put((y, x, error))
            self.in_queue.task_done()

    def simulate(self, grid: Grid, step: Step) -> Grid:
        out_queue: Results = Queue()  # a new one each time: nothing that a failed generation left can be in it
        for y in range(grid.height):
            for x in range(grid.width):
                state = grid.get(y, x)
                neighbors = count_neighbors(y, x, grid.get)
                self.in_queue.put((step.logic, y, x, state, neighbors, out_queue))  # Fan out

        self.in_queue.join()  # Fan in

        next_grid = Grid(grid.height, grid.width)
        for _ in range(out_queue.qsize()):
            y, x, next_state = out_queue.get()
            if isinstance(next_state, BaseException):
                raise SimulationError(y, x) from next_state
            next_grid.set(y, x, next_state)
        return next_grid
