"""Where a pattern goes: from a file's cells to a board that can be run.

Sizes come from files that strangers wrote, so nothing is believed that would cost memory before it was checked.
"""

from dataclasses import dataclass

from life.board import Board, stride_of
from life.errors import LifeError
from life.patterns.densest import densest_part
from life.patterns.pattern import Pattern
from life.patterns.tube import tube_size
from life.rule import Rule
from life.topology import TORUS, Topology

LARGEST_BOARD = 2**32  # cells; half a gigabyte
DEFAULT_HEIGHT, DEFAULT_WIDTH = 48, 64
LARGEST_PART = 8192  # rows and columns; the largest board would be half a gigabyte of mostly nothing
MARGIN = 8

Size = tuple[int, int]  # height and width


@dataclass(frozen=True, slots=True)
class Placed:
    """A pattern on its board. `warnings` are sentences for the user, such as how many cells found no place."""

    board: Board
    rule: Rule
    topology: Topology
    warnings: tuple[str, ...] = ()


def place(pattern: Pattern, size: Size | None = None) -> Placed:
    """Puts a pattern on a board of `size` (height and width), of the kind that the file names, else a torus.

    Without a size the one that the file names holds. Where it names none, or says "endless" as for a tube, the board
    is 48 rows high and 64 columns wide, or as much larger as the pattern with 8 cells on each side needs. Where that
    is more than a board may have, the part with the most live cells is placed, on at most 8,192 rows and columns, and
    a warning says how many cells it leaves out.

    Raises:
        LifeError: there is no board of that size, or it is larger than 2^32 cells.
    """
    bounds = pattern.notation.bounds
    height, width = size or _size_for(pattern)
    if size is None and _is_too_large(height, width) and not (bounds and bounds.height and bounds.width):
        return _place_part(pattern, height, width)
    _check(height, width)
    top, left = _corner(pattern, height, width)
    ys, xs = pattern.ys + top, pattern.xs + left
    inside = int(((ys >= 0) & (ys < height) & (xs >= 0) & (xs < width)).sum())
    board = Board(height, width).with_cells(ys, xs, alive=True)
    topology = bounds.topology if bounds else TORUS
    return Placed(board, pattern.notation.rule, topology, _lost(pattern.population - inside, pattern, board))


def _size_for(pattern: Pattern) -> Size:
    if size := tube_size(pattern.comments, pattern.notation.bounds, pattern.extents):
        return size
    high, wide = pattern.extents
    bounds = pattern.notation.bounds
    return (
        bounds.height if bounds and bounds.height else max(DEFAULT_HEIGHT, high + 2 * MARGIN),
        bounds.width if bounds and bounds.width else max(DEFAULT_WIDTH, wide + 2 * MARGIN),
    )


def _check(height: int, width: int) -> None:
    size = f"a board of {height:,} rows and {width:,} columns"
    if height < 1 or width < 1:
        raise LifeError(f"{size} has no cells; give at least one row and one column")
    if _is_too_large(height, width):
        raise LifeError(f"{size} is too large; the largest has {LARGEST_BOARD:,} cells, so give a smaller size")


def _is_too_large(height: int, width: int) -> bool:
    return height * width > LARGEST_BOARD or height * stride_of(width) * 8 > LARGEST_BOARD * 2


def _place_part(pattern: Pattern, wanted_height: int, wanted_width: int) -> Placed:
    """The densest part of a pattern that needs more than a board may have; a size that the file names is kept."""
    bounds = pattern.notation.bounds
    height = bounds.height if bounds and bounds.height else min(wanted_height, LARGEST_PART)
    width = bounds.width if bounds and bounds.width else min(wanted_width, LARGEST_PART)
    _check(height, width)
    top, left = densest_part(pattern.ys, pattern.xs, height, width)
    board = Board(height, width).with_cells(pattern.ys - top, pattern.xs - left, alive=True)
    warning = (
        f"it would need {wanted_height:,} rows and {wanted_width:,} columns, too many for a board; this is its densest "
        f"part, and {pattern.population - board.population:,} of {pattern.population:,} live cells were left out"
    )
    return Placed(board, pattern.notation.rule, bounds.topology if bounds else TORUS, (warning,))


def _corner(pattern: Pattern, height: int, width: int) -> tuple[int, int]:
    """Row and column of the pattern's top left corner, counted from the middle as Golly does where the file does."""
    box_height, box_width = pattern.height, pattern.width
    if box_height > height or box_width > width:
        box_height, box_width = pattern.extents
    y, x = -(box_height // 2), -(box_width // 2)
    bounds = pattern.notation.bounds
    if bounds and pattern.position:
        y = pattern.position[0] if bounds.height else y
        x = pattern.position[1] if bounds.width else x
    return height // 2 + y, width // 2 + x


def _lost(count: int, pattern: Pattern, board: Board) -> tuple[str, ...]:
    if not count:
        return ()
    where = f"the board of {board.height:,} rows and {board.width:,} columns"
    return (f"{count:,} of {pattern.population:,} live cells lie outside {where} and were left out",)
