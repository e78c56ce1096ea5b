"""Turning and mirroring a part of a board within the board."""

from enum import Enum

import numpy as np
from numpy.typing import NDArray

from life.board import Board
from life.editing.area import Area, cleared_inside, live_cells, read_area, write_area
from life.editing.selection import Selection
from life.errors import LifeError
from life.plane.box import Box
from life.world import World

_Indices = NDArray[np.int64]


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


def turn_selection(world: World, selection: Selection, turn: Turn) -> tuple[World, Selection]:
    """Turns a selection about its middle, and what is in it; cells that come to lie under it are replaced.

    Returns:
        The board and the selection afterwards.

    Raises:
        LifeError: turned, it would reach over the board's edge, or it has more than 67,108,864 cells, or on the plane
            more than 2,000,000 live ones.
    """
    target = selection.turned() if turn.is_quarter else selection
    if not target.is_within(world):
        raise LifeError(_why_not(world, selection))
    if isinstance(world, Board):
        return _turned_on_board(world, selection, target, turn), target
    ys, xs = live_cells(world, selection)
    ys, xs = _turned_cells(ys - selection.top, xs - selection.left, selection, turn)
    empty = cleared_inside(cleared_inside(world, selection), target)
    return empty.with_cells(ys + target.top, xs + target.left, alive=True), target


def _turned_on_board(board: Board, selection: Selection, target: Selection, turn: Turn) -> World:
    """Writes both rectangles at once, so that what looks the same after a turn is no change at all."""
    top, left = min(selection.top, target.top), min(selection.left, target.left)
    bottom, right = max(selection.bottom, target.bottom), max(selection.right, target.right)
    both = read_area(board, Selection.of_box(Box(top, left, bottom, right)))
    cells = turned(both[_within(selection, top, left)].copy(), turn)
    both[_within(selection, top, left)] = False
    both[_within(target, top, left)] = cells
    return write_area(board, both, top, left)


def _within(part: Selection, top: int, left: int) -> tuple[slice, slice]:
    return slice(part.top - top, part.bottom - top), slice(part.left - left, part.right - left)


def _turned_cells(ys: _Indices, xs: _Indices, selection: Selection, turn: Turn) -> tuple[_Indices, _Indices]:
    """Where cells of a selection are after a turn, from its top left corner then."""
    match turn:
        case Turn.CLOCKWISE:
            return xs, selection.height - 1 - ys
        case Turn.COUNTERCLOCKWISE:
            return selection.width - 1 - xs, ys
        case Turn.LEFT_RIGHT:
            return ys, selection.width - 1 - xs
        case _:
            return selection.height - 1 - ys, xs


def _why_not(world: World, selection: Selection) -> str:
    if not isinstance(world, Board):
        return f"rotated, the selection of {selection} cells would reach farther than the plane does"
    size = f"{world.height:,} × {world.width:,} cells"
    if selection == Selection.of_board(world):
        return f"a board of {size} is not square and cannot be rotated; select a part of it"
    return (
        f"rotated, the selection of {selection} cells would reach over the edge of the board of {size}; "
        "move it away from the edge, or make the board larger"
    )
