"""Views that are asked for by number or by place rather than step by step, and how far out there are any."""

from gui.board.viewport import FARTHEST, Viewport
from life.board import Board
from life.plane.box import Box
from life.plane.plane import EVERYWHERE
from life.world import World

SCALES = (1, 2, 4, 8, 16, 32)  # device-independent pixels a cell that have a key of their own, as in Golly
FIT_MARGIN = 16.0  # device-independent pixels
LARGEST_FIT = 20.0  # device-independent pixels a cell on the plane, where a pattern needs room to grow

_START = Box(-16, -16, 16, 16)  # of an empty plane
_LEAST_SEEN = 200  # device pixels that a large board takes from as far as it can be seen
_FARTHEST_ON_PLANE = 62


def at_scale(viewport: Viewport, scale: float) -> Viewport:
    """With cells of so many device-independent pixels; what is in the middle of the widget stays there."""
    return viewport.zoomed_to(scale, viewport.middle)


def fitted_to(viewport: Viewport, world: World) -> Viewport:
    """The whole board, or all that lives on the plane."""
    if isinstance(world, Board):
        return viewport.fitted(world.frame, FIT_MARGIN)
    return viewport.fitted(world.box or _START, FIT_MARGIN, LARGEST_FIT)


def reach_of(world: World) -> Box:
    """Where one may look: the board, or all of the plane."""
    if isinstance(world, Board) or world.box is None:
        return world.frame
    return EVERYWHERE.joined(world.box)


def farthest_of(world: World) -> int:
    """From how far one may look, as `Viewport.farthest`."""
    if isinstance(world, Board):
        return max(FARTHEST, _log2(max(world.height, world.width) // _LEAST_SEEN))
    box = world.box
    return max(_FARTHEST_ON_PLANE, _log2(max(box.height, box.width) // _LEAST_SEEN) if box else 0)


def _log2(blocks: int) -> int:
    return blocks.bit_length()
