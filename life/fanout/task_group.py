"""A task for every cell in a task group, which lets none of them outlive a failure (Python 3.11)."""

import asyncio

from life.fanout.step import Step
from life.fanout.strategy import Strategy
from life.grid import Grid


class TaskGroups(Strategy):
    """The first exception cancels the other tasks; all that were raised arrive in one `ExceptionGroup`."""

    key = "task-group"
    title = "Coroutines in a task group"
    summary = "Every cell is a task of one group; a failure cancels the rest and arrives in an ExceptionGroup."
    fan_in = "the end of the TaskGroup"

    def simulate(self, grid: Grid, step: Step) -> Grid:
        return asyncio.run(simulate(grid, step))


async def simulate(grid: Grid, step: Step) -> Grid:
    """One generation on the running event loop."""
    next_grid = Grid(grid.height, grid.width)
    async with asyncio.TaskGroup() as group:
        for y in range(grid.height):
            for x in range(grid.width):
                group.create_task(step.cell_async(y, x, grid.get, next_grid.set))  # Fan out
    # Fan in: the group ends when its last task has
    return next_grid
