"""Which cells a generation steps, and where they lie: all of a board; on the plane those that can be alive after it.

A cell of the plane that has no live cell beside it stays dead by every rule that the plane takes. So a generation is
one of the box around the live cells and one more row or column on each side, with dead cells beyond.
"""

from life.board import Board
from life.errors import LifeError
from life.plane.box import Box
from life.plane.plane import Plane
from life.plane.tile_plane import TilePlane
from life.topology import BOUNDED, Topology
from life.world import World

LARGEST_FRAME = 1 << 25  # cells; what is written down of each takes from 32 to 80 bytes

_NOTHING = Box(0, 0, 0, 0)


def cells_to_step(world: World) -> Box:
    """The cells that a generation is made of, however many; an empty box where a plane has no live cell."""
    if not isinstance(world, Plane):
        return world.frame
    box = world.box
    return box.grown(1) if box else _NOTHING


def frame_of(world: World) -> Box:
    """The same.

    Raises:
        LifeError: there are too many to step one by one.
    """
    frame = cells_to_step(world)
    if frame.height * frame.width > LARGEST_FRAME:
        cells = f"{frame.height:,} × {frame.width:,} cells are too many to be stepped one by one"
        raise LifeError(f"{cells}; choose the strategy that takes the whole board at once")
    return frame


def board_in(world: World, frame: Box, topology: Topology) -> tuple[Board, Topology]:
    """The cells of the frame, which is not empty, as a board, and what is beyond its edges."""
    if isinstance(world, Plane):
        return world.crop(frame), BOUNDED
    return world, topology


def put_back(board: Board, world: World, frame: Box) -> World:
    """The world that `world` has become, now that the cells of the frame are those of `board`."""
    return TilePlane.from_board(board, frame.top, frame.left) if isinstance(world, Plane) else board
