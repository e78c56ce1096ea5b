"""A few cells on an endless plane of their own, one generation after another."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from life.board import Cells
from life.engine.neighbors import neighbor_codes
from life.rule import Rule
from life.topology import BOUNDED


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Live cells, cut out to the box around them.

    Attributes:
        cells: uint8 of shape (height, width), 1 where alive, with a live cell at each of its four sides; or (0, 0).
        top, left: where the box stands; anything from below 0 on.
    """

    cells: Cells
    top: int = 0
    left: int = 0

    @classmethod
    def cut_out(cls, cells: Cells, top: int = 0, left: int = 0) -> Self:
        """The live ones among `cells`, whose first cell stands at (top, left)."""
        ys, xs = np.flatnonzero(cells.any(axis=1)), np.flatnonzero(cells.any(axis=0))
        if not len(ys):
            return cls(np.zeros((0, 0), np.uint8))
        box = cells[ys[0] : ys[-1] + 1, xs[0] : xs[-1] + 1]
        return cls(np.ascontiguousarray(box), top + int(ys[0]), left + int(xs[0]))

    @property
    def population(self) -> int:
        """How many cells are alive."""
        return int(self.cells.sum(dtype=np.int64))

    @property
    def key(self) -> tuple[int, bytes]:
        """The same for clusters that differ in nothing but their place."""
        return self.cells.shape[1], self.cells.tobytes()

    def after(self, rule: Rule) -> "Cluster":
        """The next generation; the rule must not have B0, by which an endless plane would come alive."""
        if not self.cells.size:
            return self
        around = np.pad(self.cells, 1)
        codes = neighbor_codes(around, BOUNDED, range(len(around)))
        return Cluster.cut_out(np.frombuffer(rule.table, np.uint8)[codes], self.top - 1, self.left - 1)


def orientations(cells: Cells) -> list[Cells]:
    """The cells turned and mirrored in all 8 ways."""
    turned = [np.rot90(cells, quarter) for quarter in range(4)]
    return [*turned, *(one.T for one in turned)]


def canonical_key(cells: Cells) -> tuple[int, bytes]:
    """The same for cells that differ in nothing but how they are turned or mirrored."""
    return min((one.shape[1], one.tobytes()) for one in orientations(cells))
