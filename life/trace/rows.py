"""Which row of an exported trace each bar is drawn on."""

from dataclasses import dataclass

import numpy as np

from life.trace.columns import Times, Trace
from life.trace.lanes import Lanes
from life.trace.phases import own_steps_of_caller

CALLER_ROW = 1
MOST_ROWS = 300  # a viewer is of no use with ten thousand


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The row of each bar.

    Attributes:
        lanes: the bars.
        row: int64 of shape (bars,), counted from 1, the caller's.
        names: name of each row but the caller's, in order.
    """

    lanes: Lanes
    row: Times
    names: dict[int, str]

    def row_of(self, cell: int) -> int:
        """The row that a cell's step is on; the caller's where it never began."""
        bar = self.lanes.bar_of(cell)
        return CALLER_ROW if bar is None else int(self.row[bar])


def rows_of(trace: Trace, lanes: Lanes) -> Rows:
    """A row for each thread, in the order in which they began; for each lane where these are tasks or too many.

    What a caller steps itself, one cell after another, is on its own row.
    """
    if own_steps_of_caller(trace) is not None:
        return Rows(lanes, np.full(lanes.first.size, CALLER_ROW, np.int64), {})
    serials, first_bars, unit = np.unique(lanes.thread, return_index=True, return_inverse=True)
    if lanes.is_task or serials.size > MOST_ROWS:
        kind = "tasks" if lanes.is_task else "threads"
        names = {CALLER_ROW + 1 + lane: f"{kind}, lane {lane + 1}" for lane in range(lanes.count)}
        return Rows(lanes, lanes.lane + CALLER_ROW + 1, names)
    # The bars of a thread are on one lane in the order of time, so its first bar is when it began.
    rank = np.argsort(np.argsort(lanes.begun[first_bars], kind="stable"), kind="stable")
    names = {CALLER_ROW + 1 + number: f"thread {number + 1}" for number in range(serials.size)}
    return Rows(lanes, rank[unit] + CALLER_ROW + 1, names)
