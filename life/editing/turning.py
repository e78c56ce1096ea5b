"""Turning and mirroring a part of a board within the board."""

from enum import Enum

import numpy as np

from life.board import Board
from life.editing.area import Area, cleared_inside, read_area, write_area
from life.editing.selection import Selection
from life.errors import LifeError


class Turn(Enum):
    """Where the cells of a rectangle go; the value completes "to … the selection"."""

    CLOCKWISE = "rotate clockwise"
    COUNTERCLOCKWISE = "rotate counterclockwise"
    LEFT_RIGHT = "flip left to right"
    TOP_BOTTOM = "flip top to bottom"

    @property
    def is_quarter(self) -> bool:
        """Whether rows become columns."""
        return self in (Turn.CLOCKWISE, Turn.COUNTERCLOCKWISE)


def turned(cells: Area, turn: Turn) -> Area:
    """The same cells turned: of shape (width, height) after a quarter turn, else of the same shape."""
    match turn:
        case Turn.CLOCKWISE:
            return np.rot90(cells, -1)
        case Turn.COUNTERCLOCKWISE:
            return np.rot90(cells)
        case Turn.LEFT_RIGHT:
            return cells[:, ::-1]
        case _:
            return cells[::-1]


def turn_selection(board: Board, selection: Selection, turn: Turn) -> tuple[Board, Selection]:
    """Turns a selection about its middle, and what is in it; cells that come to lie under it are replaced.

    Returns:
        The board and the selection afterwards.

    Raises:
        LifeError: turned, it would reach over the board's edge, or it has more than 67,108,864 cells.
    """
    target = selection.turned() if turn.is_quarter else selection
    if not target.is_within(board):
        raise LifeError(_why_not(board, selection))
    cells = turned(read_area(board, selection), turn)
    return write_area(cleared_inside(board, selection), cells, target.top, target.left), target


def _why_not(board: Board, selection: Selection) -> str:
    size = f"{board.height:,} × {board.width:,} cells"
    if selection == Selection.of_board(board):
        return f"a board of {size} is not square and cannot be rotated; select a part of it"
    return (
        f"rotated, the selection of {selection} cells would reach over the edge of the board of {size}; "
        "move it away from the edge, or make the board larger"
    )
