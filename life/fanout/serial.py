"""No fan-out at all: every cell waits until the one before it has its answer (Effective Python, item 71)."""

from life.fanout.step import Step
from life.fanout.strategy import Strategy
from life.grid import Grid


class Serial(Strategy):
    """One cell after another, in the caller's own thread."""

    key = "serial"
    title = "One cell after another"
    summary = "The caller steps every cell itself, so a generation takes as long as all waits together."
    fan_in = "step_cell()"

    def waits_in_a_row(self, height: int, width: int) -> int:
        return height * width

    def simulate(self, grid: Grid, step: Step) -> Grid:
        next_grid = Grid(grid.height, grid.width)
        for y in range(grid.height):
            for x in range(grid.width):
                step.cell(y, x, grid.get, next_grid.set)
        return next_grid
