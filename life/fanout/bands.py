"""Bands of a whole board on threads, which do run side by side: compiled code needs no interpreter lock."""

from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from types import TracebackType
from typing import Self

from life.bands.crew import Crew
from life.fanout.step import Step
from life.fanout.strategy import Strategy
from life.grid import Grid


class Bands(Strategy):
    """Nobody asks a neighbour for anything before all bands are put together and cut again."""

    key = "bands"
    title = "Bands on threads"
    summary = (
        "Each thread computes a band of rows and a halo around it, several generations at a time; compiled code needs "
        "no interpreter lock, so that they do run side by side. No cell waits for I/O."
    )
    fan_in = "future.result()"
    default_workers = cpu_count() or 1
    is_whole = True

    def __enter__(self) -> Self:
        self.crew = Crew(lambda: ThreadPoolExecutor(self.workers, thread_name_prefix="band"))
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
