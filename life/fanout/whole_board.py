"""The whole board at once: for computing, the answer is neither a thread nor a coroutine a cell, but other data."""

from life.fanout.step import Step
from life.fanout.strategy import Strategy
from life.grid import Grid


class WholeBoard(Strategy):
    """64 cells in every number, and as many generations a visit as are asked for; there is nothing to wait for."""

    key = "whole-board"
    title = "The whole board at once"
    summary = (
        "Computes all cells together, 64 in every number, and many generations a visit. "
        "No cell waits for I/O or can fail here."
    )
    fan_in = "step.board()"
    is_whole = True
    has_engine = True

    def simulate(self, grid: Grid, step: Step) -> Grid:
        return step.board(grid)
