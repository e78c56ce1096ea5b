"""Reading and writing a rectangle of a board, and the changes that need none of its cells one by one."""

import numpy as np
from numpy.typing import NDArray

from life.board import Board
from life.editing.selection import Selection, columns_mask
from life.errors import LifeError
from life.notation import Notation
from life.patterns.pattern import Pattern
from life.rule import Rule

Area = NDArray[np.bool_]

LARGEST_AREA = 1 << 26  # cells that are handled one byte each


def read_area(board: Board, selection: Selection) -> Area:
    """The cells of a selection that lies on the board, of shape (height, width), as a fresh array.

    Raises:
        LifeError: it has more than 67,108,864 cells.
    """
    if selection.count > LARGEST_AREA:
        raise LifeError(
            f"{selection} cells are too many to be turned, copied or moved at once; select at most {LARGEST_AREA:,}"
        )
    first = selection.left // 8
    part = board.bits[selection.top : selection.bottom, first : (selection.right + 7) // 8]
    shift = selection.left - first * 8
    cells = np.unpackbits(part, axis=1, bitorder="little")[:, shift : shift + selection.width]
    return cells.astype(np.bool_)


def write_area(board: Board, cells: Area, top: int, left: int) -> Board:
    """The board with `cells` in the place of those from (top, left) on; what lies outside of it is left out."""
    height, width = cells.shape
    inside = Selection(top, left, height, width).clipped_to(board)
    if inside is None:
        return board
    first, last = inside.left // 8, (inside.right + 7) // 8
    rows = slice(inside.top, inside.bottom)
    part = np.unpackbits(board.bits[rows, first:last], axis=1, bitorder="little")
    shift = inside.left - first * 8
    part[:, shift : shift + inside.width] = cells[
        inside.top - top : inside.bottom - top, inside.left - left : inside.right - left
    ]
    bits = board.bits.copy()
    bits[rows, first:last] = np.packbits(part, axis=1, bitorder="little")
    return Board(board.height, board.width, bits)


def inverted(board: Board, selection: Selection) -> Board:
    """The living die, and the dead come to life."""
    bits = board.bits.copy()
    bits[selection.top : selection.bottom] ^= columns_mask(board, selection)
    return Board(board.height, board.width, bits)


def cleared_inside(board: Board, selection: Selection) -> Board:
    """Every cell of the selection dies."""
    bits = board.bits.copy()
    bits[selection.top : selection.bottom] &= ~columns_mask(board, selection)
    return Board(board.height, board.width, bits)


def cleared_outside(board: Board, selection: Selection) -> Board:
    """Every cell but those of the selection dies."""
    bits = np.zeros_like(board.bits)
    rows = slice(selection.top, selection.bottom)
    bits[rows] = board.bits[rows] & columns_mask(board, selection)
    return Board(board.height, board.width, bits)


def picked_up(board: Board, selection: Selection, rule: Rule) -> Pattern:
    """The cells of a selection as a pattern of its own, which remembers the selection's size.

    Raises:
        LifeError: the selection has more than 67,108,864 cells.
    """
    return pattern_of(read_area(board, selection), rule)


def pattern_of(cells: Area, rule: Rule) -> Pattern:
    """An array of shape (height, width) as a pattern of that size."""
    ys, xs = np.nonzero(cells)
    height, width = cells.shape
    return Pattern(ys.astype(np.int64), xs.astype(np.int64), height, width, notation=Notation(rule))
