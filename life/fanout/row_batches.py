"""A band of rows per worker, and one request for all cells of a band: what one does in real life."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from types import TracebackType
from typing import Self

from life.fanout.step import Step
from life.fanout.strategy import Strategy
from life.grid import Grid


class RowBatches(Strategy):
    """As many requests as workers instead of as many as cells."""

    key = "row-batches"
    title = "Bands of rows"
    summary = "Every worker asks once for a whole band of rows, so the number of waits no longer grows with the board."
    fan_in = "future.result()"
    default_workers = 8

    def __enter__(self) -> Self:
        self.pool = ThreadPoolExecutor(max_workers=self.workers, thread_name_prefix="band")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.pool.shutdown(cancel_futures=True)

    def most_threads(self, height: int, width: int) -> int:
        return min(self.workers, height)

    def waits_in_a_row(self, height: int, width: int) -> int:
        return 1

    def simulate(self, grid: Grid, step: Step) -> Grid:
        next_grid = Grid(grid.height, grid.width)
        futures = []
        for rows in bands(grid.height, self.workers):
            future = self.pool.submit(step.rows, rows, grid, next_grid)  # Fan out
            futures.append(future)

        for future in futures:
            future.result()  # Fan in

        return next_grid


def bands(height: int, count: int) -> list[range]:
    """`height` rows in at most `count` bands that differ by at most one row; none is empty."""
    count = min(height, count)
    edges = [height * n // count for n in range(count + 1)]
    return [range(first, last) for first, last in pairwise(edges)]
