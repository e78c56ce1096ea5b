"""The two buffers between which whole-board kernels go back and forth, and what lies beyond a board's edges in them.

A kernel wants one loop over words without a special case in it. So the rows lie one after another with one spare word
between them, a row of the same length lies above the first and below the last, and the bits that a word looks up beyond
an edge are written there before each generation: the neighbours of column 0 in bit 63 of the spare word to its left,
those of the last column in the bit after it, which is in the last word where the width is no multiple of 64, and
else bit 0 of the spare word to its right.
"""

import numpy as np

from life.board import Board, stride_of
from life.engine.activity import Activity
from life.engine.loops import Words, tiles_across, tiles_down
from life.topology import Topology

BITS = 64
_ONE = np.uint64(1)
_TOP_BIT = np.uint64(BITS - 1)
_ALIAS = 4096 // 8  # words after which a load and a store look alike to the processor


class Field:
    """`height` × `width` cells in two buffers, the generation that is `now` and room for the next one.

    Both buffers are flat, of `size` words, and lie in one array. Word x of row y of a buffer is at
    `first + y * stride + x`, and what is between the rows is not part of the board.

    Attributes:
        room: the array in which both buffers lie.
        now_at, then_at: where in it they begin.
        words: words in a row.
        tiles: how many tiles there are, of which a kernel may leave some out.
        activity: which of them to compute next, where somebody knows; whoever writes into the field sets it to None.
        last_bits: how many bits of a row's last word are cells, 1 to 64.
    """

    def __init__(self, height: int, width: int) -> None:
        self.height = height
        self.width = width
        self.words = stride_of(width) // 8
        self.tiles = tiles_across(self.words) * tiles_down(height)
        self.activity: Activity | None = None
        self.last_bits = (width - 1) % BITS + 1
        self.stride = self.words + 1
        self.first = self.stride + 1
        self.size = (height + 2) * self.stride + 1
        self.now_at, self.then_at = 0, self.size + (_far_from_rows(self.stride) - self.size) % _ALIAS
        self.room = np.zeros(self.then_at + self.size, np.uint64)

    @property
    def now(self) -> Words:
        """The buffer of the generation that is now."""
        return self.room[self.now_at :][: self.size]

    @property
    def then(self) -> Words:
        """The buffer for the next generation."""
        return self.room[self.then_at :][: self.size]

    def load(self, board: Board) -> None:
        """Makes `board`, which is of this size, the generation that is now."""
        self.activity = None
        self.rows_of(self.now)[1:-1, 1:] = board.bits.view("<u8")

    def board(self) -> Board:
        """The generation that is now, as a copy."""
        bits = np.empty((self.height, self.words * 8), np.uint8)
        words = bits.view("<u8")
        words[:] = self.rows_of(self.now)[1:-1, 1:]
        words[:, -1] &= self.last_mask
        return Board(self.height, self.width, bits)

    @property
    def last_mask(self) -> np.uint64:
        """The bits of a row's last word that are cells."""
        return np.uint64((1 << self.last_bits) - 1)

    def rows_of(self, buffer: Words) -> Words:
        """One of the two buffers as rows: those of the board, one above and one below, each after its spare word."""
        return buffer[:-1].reshape(self.height + 2, self.stride)

    def swap(self) -> None:
        """The next generation is there: it is now."""
        self.now_at, self.then_at = self.then_at, self.now_at

    def wrap(self, topology: Topology) -> None:
        """Writes what lies beyond the edges of the generation that is now, and clears the bits past the width."""
        now = self.now
        rows = self.rows_of(now)
        rows[1:-1, -1] &= self.last_mask
        rows[0, 1:] = rows[-2, 1:] if topology.wraps_y else 0
        rows[-1, 1:] = rows[1, 1:] if topology.wraps_y else 0
        spare = now[:: self.stride]  # one more than there are rows
        spare[:] = 0
        if topology.wraps_x:
            spare[:-1] = rows[:, -1] >> np.uint64(self.last_bits - 1) << _TOP_BIT
            beyond = rows[:, 1] & _ONE
            if self.last_bits == BITS:
                spare[1:] |= beyond
            else:
                rows[:, -1] |= beyond << np.uint64(self.last_bits)


def _far_from_rows(stride: int) -> int:
    """How many words, below 512, one buffer is to begin after the other, so that a loop reads one and writes the other.

    A processor takes a load for a reader of an earlier store where the last 12 bits of their addresses agree, and waits
    (Intel, "64 and IA-32 Architectures Optimization Reference Manual", "4-KByte aliasing"). The loop reads three
    rows around the one that it writes, so the distance is far from all three.
    """
    reads = (-stride, 0, stride)
    return max(range(0, _ALIAS, 8), key=lambda distance: min(_apart(distance, read) for read in reads))


def _apart(one: int, other: int) -> int:
    """How far two words are apart, both ways round."""
    distance = (one - other) % _ALIAS
    return min(distance, _ALIAS - distance)
