"""Boards, and rectangles on them, for properties."""

import numpy as np
from hypothesis import strategies as st

from life.board import Board
from life.editing.selection import Selection


def board_of(seed: int, height: int, width: int) -> Board:
    return Board.from_cells(np.random.default_rng(seed).random((height, width)) < 0.4)


boards = st.builds(board_of, st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 150))


@st.composite
def boards_with_selection(draw: st.DrawFn) -> tuple[Board, Selection]:
    board = draw(boards)
    ys = draw(st.tuples(*[st.integers(0, board.height - 1)] * 2))
    xs = draw(st.tuples(*[st.integers(0, board.width - 1)] * 2))
    return board, Selection.between((ys[0], xs[0]), (ys[1], xs[1]))


def inside(board: Board, selection: Selection):
    """The cells of a selection, taken out one by one."""
    return board.cells()[selection.top : selection.bottom, selection.left : selection.right]
