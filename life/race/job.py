"""What one child process is asked to run, as plain data that fits a command line."""

import json
from dataclasses import dataclass
from math import isqrt
from pathlib import Path
from typing import Self

import numpy as np

from life.board import Board
from life.experiment import Experiment, Fault
from life.patterns.files import read_pattern
from life.patterns.placing import Placed, place
from life.rule import CONWAY
from life.topology import TORUS

_DENSITY = 0.37
_LONGEST_SIDES = 4  # a board is at most so many times as wide as it is high


@dataclass(frozen=True, slots=True)
class Job:
    """One generation of one board in one strategy; the same for every strategy but for its key.

    Attributes:
        experiment: the strategy, and what every cell waits for.
        cells: the size of the board; pattern: what is on it, see `placed`.
        wants_trace: whether the child is to hand back what happened when, where the board is small enough.
    """

    experiment: Experiment
    cells: int
    pattern: str | None = None
    wants_trace: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of the board."""
        return size_of(self.cells)

    def placed(self) -> Placed:
        """The board: the pattern in the middle of a torus of that size, or a soup drawn from the seed.

        Raises:
            LifeError: the pattern cannot be read.
        """
        if self.pattern:
            return place(read_pattern(Path(self.pattern)), self.size)
        soup = np.random.default_rng(self.experiment.seed).random(self.size) < _DENSITY
        return Placed(Board.from_cells(soup), CONWAY, TORUS, ())

    def to_json(self) -> str:
        """The job as one line."""
        e = self.experiment
        return json.dumps(
            {
                "strategy": e.strategy,
                "workers": e.workers,
                "wire": e.wire,
                "latency": e.latency,
                "jitter": e.jitter,
                "seed": e.seed,
                "time_limit": e.time_limit,
                "faults": [[y, x, fault.value] for (y, x), fault in e.faults.items()],
                "fault_rate": e.fault_rate,
                "fault_kind": e.fault_kind.value,
                "address": e.address,
                "engine": e.engine,
                "memory": e.memory,
                "cluster": e.cluster,
                "cells": self.cells,
                "pattern": self.pattern,
                "wants_trace": self.wants_trace,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The job of such a line."""
        facts = json.loads(text)
        cells, pattern, wants_trace = (facts.pop(name) for name in ("cells", "pattern", "wants_trace"))
        facts["fault_kind"] = Fault(facts["fault_kind"])
        facts["address"] = tuple(facts["address"]) if facts["address"] else None
        facts["faults"] = {(y, x): Fault(fault) for y, x, fault in facts["faults"]}
        return cls(Experiment(**facts), cells, pattern, wants_trace)


def size_of(cells: int) -> tuple[int, int]:
    """Height and width of a board of exactly so many cells that is as square as it can be: 45 is 5 × 9, as in the book.

    Where that would be a mere strip, as for a prime number, the board is the square of at least so many cells.
    """
    for height in range(isqrt(cells), 0, -1):
        if cells % height == 0 and cells // height <= _LONGEST_SIDES * height:
            return height, cells // height
    side = isqrt(cells - 1) + 1
    return side, side
