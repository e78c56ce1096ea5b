"""Reading and writing a rectangle of a board or of the plane.

What changes a few cells is an edit, which takes the time of these cells however large the board is. What changes a
good part of a board makes a new one, row by row.
"""

import numpy as np
from numpy.typing import NDArray

from life.board import Bits, Board
from life.edges import empty_like
from life.editing.selection import MOST_LIVE, MOST_LIVE_ON_PLANE, Selection, columns_mask
from life.errors import LifeError
from life.notation import Notation
from life.patterns.pattern import Pattern
from life.plane.box import Box
from life.plane.tile_plane import TilePlane
from life.rule import Rule
from life.world import World

Area = NDArray[np.bool_]

LARGEST_AREA = 1 << 26  # cells that are handled one byte each
MOST_INVERTED = 1 << 24  # cells of the plane, most of which come to life
_LARGEST_EDIT = 1 << 18  # cells of a selection; where there are more, whole rows are changed faster
_BAND = 1 << 22  # cells that are unpacked at a time


def read_area(world: World, selection: Selection) -> Area:
    """The cells of a selection that lies on the board, of shape (height, width), as a fresh array.

    Raises:
        LifeError: it has more than 67,108,864 cells.
    """
    if selection.count > LARGEST_AREA:
        raise LifeError(
            f"{selection} cells are too many to be turned, filled or moved at once; select at most {LARGEST_AREA:,}"
        )
    return world.crop(selection.box).cells().view(np.bool_)


def write_area(world: World, cells: Area, top: int, left: int) -> World:
    """The board with `cells` in the place of those from (top, left) on; what lies outside of it is left out."""
    inside = Selection(top, left, *cells.shape).clipped_to(world)
    if inside is None:
        return world
    cells = cells[inside.top - top : inside.bottom - top, inside.left - left : inside.right - left]
    if isinstance(world, Board) and inside.count > _LARGEST_EDIT:
        return _written(world, cells, inside)
    before = read_area(world, inside)
    born = _placed(cells & ~before, inside)
    died = _placed(before & ~cells, inside)
    return world.with_cells(*born, alive=True).with_cells(*died, alive=False)


def _placed(cells: Area, at: Selection) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    ys, xs = np.nonzero(cells)
    return ys + at.top, xs + at.left


def _written(board: Board, cells: Area, inside: Selection) -> Board:
    """A few rows at a time, because a cell takes a byte."""
    bits = board.bits.copy()
    first, last = inside.left // 8, (inside.right + 7) // 8
    shift = inside.left - first * 8
    rows = max(_BAND // inside.width, 1)
    for start in range(0, inside.height, rows):
        band = cells[start : start + rows]
        part = bits[inside.top + start : inside.top + start + len(band), first:last]
        unpacked = np.unpackbits(part, axis=1, bitorder="little")
        unpacked[:, shift : shift + inside.width] = band
        part[:] = np.packbits(unpacked, axis=1, bitorder="little")
    return Board(board.height, board.width, bits)


def inverted(world: World, selection: Selection) -> World:
    """The living die, and the dead come to life.

    Raises:
        LifeError: on the plane, the selection has more than 16,777,216 cells.
    """
    if isinstance(world, Board) and selection.count > _LARGEST_EDIT:
        bits = world.bits.copy()
        bits[selection.top : selection.bottom] ^= columns_mask(world, selection)
        return Board(world.height, world.width, bits)
    if selection.count > MOST_INVERTED:
        raise LifeError(
            f"inverted, most of the {selection} cells would come alive, which is too many for the endless plane; "
            f"select at most {MOST_INVERTED:,} cells"
        )
    return write_area(world, ~read_area(world, selection), selection.top, selection.left)


def cleared_inside(world: World, selection: Selection) -> World:
    """Every cell of the selection dies.

    Raises:
        LifeError: on the plane, more than 2,000,000 of them live, and so do others.
    """
    if isinstance(world, Board):
        if selection.count > _LARGEST_EDIT:
            bits = world.bits.copy()
            bits[selection.top : selection.bottom] &= ~columns_mask(world, selection)
            return Board(world.height, world.width, bits)
    elif _is_around_all(world.box, selection):
        return empty_like(world)
    return world.with_cells(*live_cells(world, selection), alive=False)


def cleared_outside(world: World, selection: Selection) -> World:
    """Every cell but those of the selection dies.

    Raises:
        LifeError: on the plane, more than 2,000,000 cells of the selection live.
    """
    if not isinstance(world, Board):
        return world if _is_around_all(world.box, selection) else TilePlane.from_cells(*live_cells(world, selection))
    bits: Bits = np.zeros_like(world.bits)
    rows = slice(selection.top, selection.bottom)
    bits[rows] = world.bits[rows] & columns_mask(world, selection)
    return Board(world.height, world.width, bits)


def _is_around_all(box: Box | None, selection: Selection) -> bool:
    return box is None or box.within(selection.box) == box


def live_cells(world: World, selection: Selection) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and columns of the living of a selection, row by row.

    Raises:
        LifeError: there are more than 10,000,000, or on the plane more than 2,000,000.
    """
    most = MOST_LIVE if isinstance(world, Board) else MOST_LIVE_ON_PLANE
    too_many = LifeError(
        f"more than {most:,} cells live among the {selection} that this is about; select a smaller part"
    )
    if not isinstance(world, Board) and world.population > most and _is_around_all(world.box, selection):
        raise too_many
    try:
        return world.live_cells(selection.box, most)
    except LifeError:
        raise too_many from None


def picked_up(world: World, selection: Selection, rule: Rule) -> Pattern:
    """The cells of a selection as a pattern of its own, which remembers the selection's size where that is believable.

    Raises:
        LifeError: more than 10,000,000 of them live, or on the plane more than 2,000,000.
    """
    place = (selection.shrunk_to_live(world) or selection) if selection.count > LARGEST_AREA else selection
    ys, xs = live_cells(world, place)
    return Pattern(ys - place.top, xs - place.left, place.height, place.width, notation=Notation(rule))
