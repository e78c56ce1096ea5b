"""A new thread for every cell of every generation (Effective Python, item 72)."""

from threading import Thread

from life.fanout.step import Step
from life.fanout.strategy import Strategy
from life.grid import Grid, LockingGrid


class ThreadPerCell(Strategy):
    """Threads that are started and joined each generation; what they raise, their caller never hears."""

    key = "thread-per-cell"
    title = "A thread per cell"
    summary = "Every cell gets a new thread; join() tells the caller nothing about what a thread raised."
    fan_in = "join()"
    grid_type = LockingGrid

    def most_threads(self, height: int, width: int) -> int:
        return height * width

    def simulate(self, grid: Grid, step: Step) -> Grid:
        next_grid = LockingGrid(grid.height, grid.width)
        threads = []
        for y in range(grid.height):
            for x in range(grid.width):
                args = (y, x, grid.get, next_grid.set)
                thread = Thread(target=step.cell, args=args, name=step.name(y, x))
                thread.start()  # Fan out
                threads.append(thread)

        for thread in threads:
            thread.join()  # Fan in

        return next_grid
