"""Boards get edges and lose them: what becomes of the cells then, and which rules can do without."""

from life.board import Board
from life.errors import LifeError
from life.patterns.placing import DEFAULT_HEIGHT, DEFAULT_WIDTH, LARGEST_BOARD, MARGIN, is_too_large
from life.plane.box import Box
from life.plane.tile_plane import TilePlane
from life.rule import Rule
from life.topology import Topology
from life.world import World


def check_runs_on(rule: Rule, topology: Topology) -> None:
    """Makes sure that a rule can run there.

    Raises:
        LifeError: it is the plane, on which this rule would have cells everywhere at once.
    """
    if topology.is_endless and 0 in rule.births:
        raise LifeError(
            f"the rule {rule} cannot run on the endless plane, where every dead cell would come alive at once; "
            "give the board edges, or choose a rule without B0"
        )


def empty_like(world: World) -> World:
    """A board of the same size, or a plane, on which nothing is alive."""
    return Board(world.height, world.width) if isinstance(world, Board) else TilePlane()


def with_other_edges(world: World, topology: Topology) -> tuple[World, int, int]:
    """The same cells on a board that has edges, or on the plane, and how far down and to the right they have moved.

    Edges around what is alive on the plane leave 8 cells on each side, and room for 48 rows and 64 columns; what is
    alive stands in the middle. On a board that loses its edges no cell moves.

    Raises:
        LifeError: the live cells reach farther than the largest board.
    """
    if topology.is_endless:
        return (TilePlane.from_board(world) if isinstance(world, Board) else world), 0, 0
    if isinstance(world, Board):
        return world, 0, 0
    box = world.box or Box(0, 0, 0, 0)
    height = max(DEFAULT_HEIGHT, box.height + 2 * MARGIN)
    width = max(DEFAULT_WIDTH, box.width + 2 * MARGIN)
    if is_too_large(height, width):
        raise LifeError(
            f"what lives on the plane takes {box.height:,} rows and {box.width:,} columns, too many for a board with "
            f"edges, which has {LARGEST_BOARD:,} cells at most; erase what is far away, or stay on the plane"
        )
    top, left = box.top - (height - box.height) // 2, box.left - (width - box.width) // 2
    return world.crop(Box(top, left, top + height, left + width)), -top, -left
