"""The next generation of a whole board at once, for whoever wants it without anybody's step: no wire, no waiting."""

import numpy as np

from life.board import Board
from life.engine.neighbors import neighbor_codes
from life.rule import Rule
from life.topology import Topology

_BAND = 1 << 22  # cells that are unpacked at a time


def next_board(board: Board, rule: Rule, topology: Topology) -> Board:
    """The board that follows by `rule`, with what `topology` says beyond its edges; needs a byte for every cell."""
    cells = board.cells()
    table = np.frombuffer(rule.table, np.uint8)
    bits = np.zeros_like(board.bits)
    packed = (board.width + 7) // 8
    rows = max(_BAND // board.width, 1)
    for top in range(0, board.height, rows):
        band = range(top, min(top + rows, board.height))
        after = table[neighbor_codes(cells, topology, band)]
        bits[band.start : band.stop, :packed] = np.packbits(after, axis=1, bitorder="little")
    return Board(board.height, board.width, bits)
