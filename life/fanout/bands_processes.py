"""Bands of a whole board on processes, each with an interpreter of its own; every band travels there and back."""

from os import cpu_count
from types import TracebackType
from typing import Self

from life.bands.crew import Crew
from life.fanout.step import Step
from life.fanout.strategy import Strategy
from life.grid import Grid


class BandsOnProcesses(Strategy):
    """What threads share, processes are sent; one that is killed is replaced, and its band computed again."""

    key = "bands-processes"
    title = "Bands on processes"
    summary = (
        "The same bands on processes. They share nothing, so that every band is sent there and back; "
        "one that is killed is replaced, and its band computed again."
    )
    fan_in = "future.result()"
    default_workers = cpu_count() or 1
    is_whole = True

    def __enter__(self) -> Self:
        from life.bands.processes import Processes  # takes long to import, and is only needed here

        self.crew = Crew(lambda: Processes(self.workers))
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
