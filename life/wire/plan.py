"""The plan of one generation: how long each cell will wait, and which cells will fail, known before any of them runs.

Nothing in it depends on who runs the cells, so that strategies can be compared.
"""

from bisect import bisect_left
from functools import cached_property

import numpy as np

from life.experiment import Experiment, Fault
from life.plane.box import Box
from life.wire import wire_class
from life.wire.draw import Fractions, fractions, start_from

Cell = tuple[int, int]

# So that the waits say nothing about the faults.
_WAITS = 1
_FAULTS = 2


class WaitPlan:
    """The waits and faults of all cells of one generation.

    Args:
        seconds: how long a cell waits where they all wait equally long.
        waits: how long each waits, an array of shape (height, width), where they do not.
        faults: by cell (y, x); every cell lies on the board.
        time_limit: how much longer than its wait a cell waits for an answer that does not come.
    """

    def __init__(self, seconds: float, waits: Fractions | None, faults: dict[Cell, Fault], time_limit: float) -> None:
        self._seconds = seconds
        self._waits = waits
        self._faults = faults
        self._time_limit = time_limit
        if waits is not None:
            self._width = waits.shape[1]
            self._flat = waits.reshape(-1).data  # hands out plain floats, which an array does not

    def seconds(self, y: int, x: int) -> float:
        """How long the other end takes for cell (y, x)."""
        if self._waits is None:
            return self._seconds
        seconds: float = self._flat[y * self._width + x]
        return seconds

    def fault(self, y: int, x: int) -> Fault | None:
        """What goes wrong in cell (y, x), if anything."""
        return self._faults.get((y, x)) if self._faults else None

    def band_seconds(self, first_row: int, end_row: int) -> float:
        """The longest single wait in the rows from `first_row` up to, not with, `end_row`."""
        if self._waits is None or first_row >= end_row:
            return self._seconds
        return float(self._waits[first_row:end_row].max())

    def band_fault(self, first_row: int, end_row: int) -> tuple[Cell, Fault] | None:
        """The first cell of the same rows in which something goes wrong, and what."""
        place = bisect_left(self._faulty, (first_row, 0))
        if place == len(self._faulty) or self._faulty[place][0] >= end_row:
            return None
        cell = self._faulty[place]
        return cell, self._faults[cell]

    @cached_property
    def _faulty(self) -> list[Cell]:
        return sorted(self._faults)

    @cached_property
    def longest(self) -> float:
        """The longest wait of any cell in seconds; a cell that hangs waits until the time limit."""
        longest = self._seconds if self._waits is None else float(self._waits.max())
        hanging = (self.seconds(*cell) for cell, fault in self._faults.items() if fault is Fault.HANG)
        return max(longest, max(hanging, default=-self._time_limit) + self._time_limit)


def plan(
    experiment: Experiment, generation: int, attempt: int, height: int, width: int, top: int = 0, left: int = 0
) -> WaitPlan:
    """What the cells of a board meet in one generation.

    Args:
        experiment: says from which seed, and how much of everything.
        generation: number of the generation that is to be made.
        attempt: 0 when it is tried for the first time; the random faults differ from try to try, the waits do not.
        height: rows of the board.
        width: columns of the board.
        top: the row of the world that its first row is; planted faults are in the world's rows and columns.
        left: the same for its first column.
    """
    waits = None
    latency, jitter = (experiment.latency, experiment.jitter) if wire_class(experiment.wire).waits else (0.0, 0.0)
    if jitter > 0:
        waits = fractions(start_from(_WAITS, experiment.seed, generation), height, width, top, left)
        waits *= 2 * jitter
        waits += latency - jitter
        np.maximum(waits, 0, out=waits)
    drawn = _drawn_faults(experiment, generation, attempt, Box(top, left, top + height, left + width))
    planted = {(y - top, x - left): fault for (y, x), fault in experiment.faults.items()}
    planted = {(y, x): fault for (y, x), fault in planted.items() if 0 <= y < height and 0 <= x < width}
    return WaitPlan(latency, waits, drawn | planted, experiment.time_limit)


def _drawn_faults(experiment: Experiment, generation: int, attempt: int, cells: Box) -> dict[Cell, Fault]:
    if not experiment.fault_rate:
        return {}
    start = start_from(_FAULTS, experiment.seed, generation, attempt)
    ys, xs = np.nonzero(fractions(start, cells.height, cells.width, cells.top, cells.left) < experiment.fault_rate)
    return dict.fromkeys(zip(ys.tolist(), xs.tolist(), strict=True), experiment.fault_kind)
