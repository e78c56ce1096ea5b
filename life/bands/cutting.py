"""Bands of rows: what a worker is handed of a board, and how what they give becomes a board again.

In a generation a cell depends on cells one row away, in k generations on cells k rows away. So a band comes with its
*halo*, k rows above and k below. The worker computes all of it as if nothing were beyond. What it makes of the halo is
wrong, from the outside inwards by one row a generation, and is thrown away; the band itself is right, and nobody had to
talk to a neighbour for k generations (Fredrik Kjolstad and Marc Snir, "Ghost Cell Pattern", ParaPLoP 2010).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from life.board import Bits, Board
from life.topology import Topology

_MOST_GENERATIONS = 128
_FEWEST_GENERATIONS = 8  # the halo of a small band may be larger than the band, because to hand it over costs more
_ROWS_A_GENERATION = 16  # a halo row on either side for so many rows of the band: an eighth is computed twice at most
_MOST_CELLS = 1 << 34  # of a band times generations: with the compiled kernel a fifth of a second


@dataclass(frozen=True, slots=True)
class Band:
    """Some rows of a board with their halo, as plain data that may travel to another process or machine.

    Attributes:
        first: number of the band's first row on the board; rows: how many there are, without the halo.
        above: how many rows of halo come before them in `bits`; the others come after.
        width: cells in a row.
        bits: packed rows, as in `life.board.Board`.
    """

    first: int
    rows: int
    above: int
    width: int
    bits: Bits


def cut(board: Board, topology: Topology, bands: int, generations: int) -> list[Band]:
    """At most so many bands, top down, that differ by one row at most and can be taken `generations` further.

    The halo goes round where the board does, more than once if need be, and ends where the board ends.
    """
    height = board.height
    bands = min(bands, height)
    edges = [height * n // bands for n in range(bands + 1)]
    return [_band(board, topology, rows, generations) for rows in pairwise(edges)]


def put_together(board: Board, parts: Sequence[Bits]) -> Board:
    """The board of the size of `board` whose packed rows are `parts`, top down."""
    return Board(board.height, board.width, np.concatenate(parts))


def generations_a_turn(height: int, width: int, bands: int) -> int:
    """For how many generations a board of that size is best cut: the more, the less travels, the more is done twice."""
    rows = -(-height // bands)
    most = min(max(rows // _ROWS_A_GENERATION, _FEWEST_GENERATIONS), _MOST_GENERATIONS)
    return max(min(most, _MOST_CELLS // (rows * width)), 1)


def _band(board: Board, topology: Topology, rows: tuple[int, int], generations: int) -> Band:
    first, end = rows
    top, bottom = first - generations, end + generations
    if not topology.wraps_y:
        top, bottom = max(top, 0), min(bottom, board.height)
    if top >= 0 and bottom <= board.height:
        bits = board.bits[top:bottom]
    else:
        bits = board.bits.take(np.arange(top, bottom), axis=0, mode="wrap")
    return Band(first, end - first, first - top, board.width, bits)
