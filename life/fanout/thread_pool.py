"""A pool of threads and a future for every cell (Effective Python, item 74)."""

from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

from life.fanout.step import Step
from life.fanout.strategy import Strategy
from life.grid import Grid, LockingGrid


class ThreadPool(Strategy):
    """`submit` fans out, and `result` fans in and raises again what the cell raised."""

    key = "thread-pool"
    title = "A pool of threads"
    summary = "Every cell is submitted to a pool of threads; its future raises again what the cell raised."
    fan_in = "future.result()"
    grid_type = LockingGrid
    default_workers = 64

    def __enter__(self) -> Self:
        self.pool = ThreadPoolExecutor(max_workers=self.workers, thread_name_prefix="pool")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.pool.shutdown(cancel_futures=True)

    def simulate(self, grid: Grid, step: Step) -> Grid:
        next_grid = LockingGrid(grid.height, grid.width)
        futures = []
        for y in range(grid.height):
            for x in range(grid.width):
                future = self.pool.submit(step.cell, y, x, grid.get, next_grid.set)  # Fan out
                futures.append(future)

        for future in futures:
            future.result()  # Fan in

        return next_grid
