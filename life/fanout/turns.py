"""A world in turns, for strategies that cut it into bands: what lies between two of them is nobody's matter but theirs.

On the plane a turn is one of the box around the live cells, grown by as many cells as it makes generations: nothing
gets farther than that, so that dead edges around it are as good as none.
"""

from collections.abc import Iterator, Sequence

from life.bands.cutting import Band, cut, generations_a_turn, put_together
from life.bands.work import BandStep
from life.board import Bits, Board
from life.errors import LifeError
from life.fanout.world_grid import WorldGrid
from life.plane.box import Box
from life.plane.plane import LARGEST_CROP, Plane
from life.plane.tile_plane import TilePlane
from life.rule import Rule
from life.stop import StopSignal
from life.topology import BOUNDED
from life.world import World

_ONE_CELL = Box(0, 0, 1, 1)


class Turn:
    """Some generations for which a world is cut once.

    Attributes:
        bands: what the workers are handed.
        step: what they do with each; it gives the rows of the band.
    """

    def __init__(
        self, grid: WorldGrid, rule: Rule, generations: int, workers: int, stop: StopSignal | None = None
    ) -> None:
        """Cuts the grid for so many generations.

        Raises:
            LifeError: the live cells of a plane lie too far apart.
        """
        self._grid = grid
        self._frame = _frame_of(grid.world, generations)
        self._board = grid.world.crop(self._frame) if isinstance(grid.world, Plane) else grid.world
        topology = BOUNDED if isinstance(grid.world, Plane) else grid.topology
        self.bands: list[Band] = cut(self._board, topology, workers, generations)
        self.step = BandStep(rule, topology, generations, stop)

    def put_together(self, rows: Sequence[Bits]) -> WorldGrid:
        """The grid after this turn, from the rows of all bands, top down."""
        board = put_together(self._board, rows)
        world: World = board
        if isinstance(self._grid.world, Plane):
            world = TilePlane.from_board(board, self._frame.top, self._frame.left)
        self._grid = WorldGrid(world, self._grid.topology)
        return self._grid

    @property
    def grid(self) -> WorldGrid:
        """The grid as it is now: before `put_together` that which was cut."""
        return self._grid


def turns(
    grid: WorldGrid, rule: Rule, generations: int, workers: int, stop: StopSignal | None = None
) -> Iterator[Turn]:
    """`generations` in turns, each of as many as the world is best cut for; `put_together` of one begins the next.

    Raises:
        Stopped: `stop` was set.
        LifeError: the live cells of a plane lie too far apart.
    """
    while generations:
        if stop is not None:
            stop.check()
        frame = _frame_of(grid.world, 0)
        turn = Turn(grid, rule, min(generations, generations_a_turn(frame.height, frame.width, workers)), workers, stop)
        yield turn
        generations -= turn.step.generations
        grid = turn.grid


def _frame_of(world: World, generations: int) -> Box:
    """The cells that a turn is about."""
    if isinstance(world, Board):
        return world.frame
    frame = (world.box or _ONE_CELL).grown(generations)
    if frame.height * frame.width > LARGEST_CROP:
        box = f"a box of {frame.height:,} × {frame.width:,} cells, which is too large to be cut into bands"
        raise LifeError(f"the live cells of the plane lie in {box}; choose the strategy whole-board")
    return frame
