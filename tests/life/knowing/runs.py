"""Runs for the tests: a first generation, and those that follow from it."""

import numpy as np

from life.board import Board
from life.engine.neighbors import neighbor_codes
from life.moment import Moment
from life.rule import CONWAY, Rule
from life.topology import TORUS, Topology


def start(
    height: int,
    width: int,
    live: list[tuple[int, int]],
    rule: Rule = CONWAY,
    topology: Topology = TORUS,
    generation: int = 0,
) -> Moment:
    """A first moment with these cells (y, x)."""
    return Moment(generation, Board.from_live(height, width, live), rule, topology)


def next_moment(moment: Moment) -> Moment:
    """The generation after it, by the array code that the strategies are held against elsewhere."""
    board = moment.board
    codes = neighbor_codes(board.cells(), moment.topology, range(board.height))
    after = np.frombuffer(moment.rule.table, np.uint8)[codes]
    return Moment(moment.generation + 1, Board.from_cells(after), moment.rule, moment.topology)


def run(moment: Moment, generations: int) -> list[Moment]:
    """The moment and the `generations` that follow."""
    moments = [moment]
    for _ in range(generations):
        moments.append(next_moment(moments[-1]))
    return moments


def rolled(board: Board, down: int, right: int) -> Board:
    """The board, moved round a torus."""
    return Board.from_cells(np.roll(board.cells(), (down, right), (0, 1)))
