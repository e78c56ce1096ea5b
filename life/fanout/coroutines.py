"""A coroutine for every cell, all in one thread (Effective Python, item 75)."""

import asyncio

from life.fanout.step import Step
from life.fanout.strategy import Strategy
from life.grid import Grid


class Coroutines(Strategy):
    """`gather` waits for all cells and raises the first exception; the cells that still wait are cancelled."""

    key = "coroutines"
    title = "Coroutines, gathered"
    summary = "Every cell is a coroutine in one thread; gather() raises the first exception and keeps the others."
    fan_in = "gather()"

    def simulate(self, grid: Grid, step: Step) -> Grid:
        return asyncio.run(simulate(grid, step))


async def simulate(grid: Grid, step: Step) -> Grid:
    """One generation on the running event loop."""
    next_grid = Grid(grid.height, grid.width)
    tasks = []
    for y in range(grid.height):
        for x in range(grid.width):
            task = step.cell_async(y, x, grid.get, next_grid.set)  # Fan out
            tasks.append(task)

    await asyncio.gather(*tasks)  # Fan in

    return next_grid
