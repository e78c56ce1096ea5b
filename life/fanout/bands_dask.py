"""Bands of a whole board on a Dask cluster, where a board may be larger than one machine can compute in time."""

from os import cpu_count
from types import TracebackType
from typing import Self

from life.bands.crew import Crew
from life.bands.dask import DaskWorkers
from life.fanout.step import Step
from life.fanout.strategy import Strategy
from life.grid import Grid


class BandsOnDask(Strategy):
    """The same fan-out; where the workers are is the business of whoever started the cluster."""

    key = "bands-dask"
    title = "Bands on a Dask cluster"
    summary = (
        "The same bands on the workers of a Dask cluster, on other machines as well; "
        "without an address it is a cluster of threads in this process."
    )
    fan_in = "future.result()"
    default_workers = cpu_count() or 1
    is_whole = True
    takes_cluster = True

    def __enter__(self) -> Self:
        self.crew = Crew(lambda: DaskWorkers(self.workers, self.cluster))
        self.crew.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.crew.shutdown()

    def simulate(self, grid: Grid, step: Step) -> Grid:
        for turn in step.turns(grid, self.workers):
            futures = []
            for band in turn.bands:
                future = self.crew.submit(turn.step, band)  # Fan out
                futures.append(future)

            rows = [future.result() for future in futures]  # Fan in
            grid = turn.put_together(rows)

        return grid
