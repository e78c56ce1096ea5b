"""Where a pattern goes: from a file's cells to a board that can be run, or to a place on the plane.

Sizes come from files that strangers wrote, so nothing is believed that would cost memory before it was checked.
"""

from dataclasses import dataclass

from life.board import Board, stride_of
from life.errors import LifeError
from life.patterns.pattern import Pattern
from life.patterns.tube import tube_size
from life.plane.plane import Plane
from life.plane.tile_plane import TilePlane
from life.rule import Rule
from life.topology import PLANE, TORUS, Topology
from life.world import World

LARGEST_BOARD = 2**32  # cells; half a gigabyte
DEFAULT_HEIGHT, DEFAULT_WIDTH = 48, 64
MARGIN = 8

Size = tuple[int, int]  # height and width


@dataclass(frozen=True, slots=True)
class Placed:
    """A pattern where it can be run. `warnings` are sentences for the user, such as how many cells found no place."""

    board: World
    rule: Rule
    topology: Topology
    warnings: tuple[str, ...] = ()


def place(pattern: Pattern, size: Size | None = None) -> Placed:
    """Puts a pattern on the plane, or on a board of the kind that the file names.

    Without a size, a file that names no board has its pattern on the plane, where it says that it is, or else around
    (0, 0). A rule with which that cannot be gets a torus and a warning. A size that the file names holds; where it says
    "endless" in one direction, as for a tube, the board is 48 rows high or 64 columns wide, or as much larger as the
    pattern with 8 cells on each side needs.

    Args:
        pattern: what a file holds.
        size: height and width of the board; a torus where the file names no other kind.

    Raises:
        LifeError: there is no board of that size, it is larger than 2^32 cells, or a cell lies too far out.
    """
    bounds = pattern.notation.bounds
    if size is None and bounds is None:
        if 0 not in pattern.notation.rule.births:
            return Placed(_on_plane(pattern), pattern.notation.rule, PLANE)
        return _on_board(pattern, _size_for(pattern), TORUS, (_no_plane_for(pattern.notation.rule),))
    return _on_board(pattern, size or _size_for(pattern), bounds.topology if bounds else TORUS)


def _on_plane(pattern: Pattern) -> Plane:
    if pattern.plane is not None:
        return pattern.plane
    top, left = pattern.position or (-(pattern.height // 2), -(pattern.width // 2))
    return TilePlane.from_cells(pattern.ys + top, pattern.xs + left)


def _no_plane_for(rule: Rule) -> str:
    return (
        f"with the rule {rule} every dead cell of an endless plane would come alive at once, so this board is a torus, "
        "whose edges meet"
    )


def _on_board(pattern: Pattern, size: Size, topology: Topology, warnings: tuple[str, ...] = ()) -> Placed:
    height, width = size
    _check(height, width)
    pattern = pattern.listed()
    top, left = _corner(pattern, height, width)
    ys, xs = pattern.ys + top, pattern.xs + left
    inside = int(((ys >= 0) & (ys < height) & (xs >= 0) & (xs < width)).sum())
    board = Board(height, width).with_cells(ys, xs, alive=True)
    lost = _lost(pattern.population - inside, pattern, board)
    return Placed(board, pattern.notation.rule, topology, warnings + lost)


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
    """Makes sure that there is a board of that size.

    Raises:
        LifeError: it is larger than 2^32 cells, or has none.
    """
    size = f"a board of {height:,} rows and {width:,} columns"
    if height < 1 or width < 1:
        raise LifeError(f"{size} has no cells; give at least one row and one column")
    if is_too_large(height, width):
        raise LifeError(f"{size} is too large; the largest has {LARGEST_BOARD:,} cells, so give a smaller size")


def is_too_large(height: int, width: int) -> bool:
    """Whether a board of that size would have more cells, or take more memory, than one may."""
    return height * width > LARGEST_BOARD or height * stride_of(width) * 8 > LARGEST_BOARD * 2


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
