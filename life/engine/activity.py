"""Which tiles of a board still change, from one call of a kernel to the next."""

import numpy as np

from life.engine.loops import Flags
from life.rule import Rule
from life.topology import Topology


class Activity:
    """The tiles of a field that are to be computed for its next generation.

    It holds for one rule and topology, and for as long as nobody writes into the field who does not keep it up to date.

    Attributes:
        wanted: one byte a tile, row after row; 1 where it is to be computed.
        coming: room for those of the generation after.
        is_new: nothing has been left out yet.
    """

    def __init__(self, tiles: int, rule: Rule, topology: Topology) -> None:
        """All tiles, of a field whose two buffers hold two successive generations."""
        self.rule = rule
        self.topology = topology
        self.wanted: Flags = np.ones(tiles, np.uint8)
        self.coming: Flags = np.zeros(tiles, np.uint8)
        self.is_new = True

    def swap(self) -> None:
        """The next generation is there."""
        self.wanted, self.coming = self.coming, self.wanted

    @property
    def share(self) -> float:
        """Which part of the tiles is wanted, 0 to 1."""
        return int(np.count_nonzero(self.wanted)) / len(self.wanted)
