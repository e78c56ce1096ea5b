"""A pattern as a file holds it, before anybody decides on which board it stands.

The live cells are kept as coordinates, never as a rectangle: two cells may be written a billion columns apart. Of a
pattern that was on the plane the plane itself is kept, for it may have more live cells than anybody can list.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from life.board import Board
from life.errors import LifeError, PatternError
from life.notation import Notation
from life.patterns.tube import with_tube_size, without_tube_size
from life.plane.plane import Plane
from life.rule import Rule
from life.topology import Topology
from life.world import World

Coordinates = NDArray[np.int64]

MOST_LISTED = 100_000_000  # live cells

_FARTHEST_APART = 2**63 - 1


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """Live cells and what the file says about them.

    Attributes:
        ys, xs: the live cells row by row, none twice, 0 or more, from the top left corner that the file means.
        height, width: the box that the file says it holds, where that covers all live cells and is believable; else
            the smallest box from the top left corner that does. Not to be trusted with memory all the same.
        name, author: as in `#N` and `#O`; empty where the file has none.
        comments: the file's other lines that begin with `#`, with the `#`.
        trailer: what stands after the `!` that ends the pattern.
        notation: the rule and the board that the file names; Conway's rule where it names none.
        position: (y, x) of the top left corner, from the middle of the board as Golly counts; None where not given.
        generation: number of the generation that this is; None where not given.
        plane: the live cells, where they were on the plane; then `ys` and `xs` are empty, see `listed`, and `height`,
            `width` and `position` are those of the smallest box around them.
    """

    ys: Coordinates
    xs: Coordinates
    height: int
    width: int
    name: str = ""
    author: str = ""
    comments: tuple[str, ...] = ()
    trailer: str = ""
    notation: Notation = field(default_factory=Notation)
    position: tuple[int, int] | None = None
    generation: int | None = None
    plane: Plane | None = None

    @property
    def population(self) -> int:
        """How many cells are alive."""
        return len(self.ys) if self.plane is None else self.plane.population

    @property
    def extents(self) -> tuple[int, int]:
        """Height and width of the smallest box from the top left corner that covers all live cells."""
        if self.plane is not None:
            return self.height, self.width
        if not self.population:
            return 0, 0
        return int(self.ys.max()) + 1, int(self.xs.max()) + 1

    def listed(self, most: int = MOST_LISTED) -> "Pattern":
        """The same pattern with its live cells in `ys` and `xs`, and without a plane.

        Raises:
            PatternError: they are more than `most`, or too far apart.
        """
        if self.plane is None:
            return self
        try:
            ys, xs = self.plane.live_cells(most=most)
        except LifeError as error:
            raise PatternError(
                f"with {self.population:,} live cells on {self.height:,} rows and {self.width:,} columns it is too "
                "large for this; save it as Macrocell (.mc), which has room for every pattern"
            ) from error
        top, left = self.position or (0, 0)
        if max(self.height, self.width) > _FARTHEST_APART:
            raise PatternError("its cells are too far apart; save it as Macrocell (.mc)")
        return replace(self, ys=ys - top, xs=xs - left, plane=None)


EMPTY = Pattern(np.zeros(0, np.int64), np.zeros(0, np.int64), 0, 0)  # that says nothing about itself


def from_world(
    world: World, rule: Rule, topology: Topology, *, generation: int | None = None, origin: Pattern = EMPTY
) -> Pattern:
    """All of a board, or of the plane, as a pattern that opens as the same again.

    Name, author and comments are those of `origin`, the pattern that it came from.

    Args:
        world: what is alive.
        rule: how it goes on.
        topology: what lies beyond its edges, or that it has none.
        generation: its number.
        origin: what else the pattern says about itself.
    """
    if isinstance(world, Board):
        return from_board(world, rule, topology, generation=generation, origin=origin)
    return from_plane(world, rule, generation=generation, origin=origin)


def from_plane(plane: Plane, rule: Rule, *, generation: int | None = None, origin: Pattern = EMPTY) -> Pattern:
    """All that is alive on the plane, as a pattern that opens in the same place again; see `from_world`."""
    box = plane.box
    return replace(
        EMPTY,
        height=box.height if box else 0,
        width=box.width if box else 0,
        name=origin.name,
        author=origin.author,
        comments=without_tube_size(origin.comments),
        trailer=origin.trailer,
        notation=Notation(rule),
        position=(box.top, box.left) if box else None,
        generation=generation,
        plane=plane,
    )


def from_board(
    board: Board, rule: Rule, topology: Topology, *, generation: int | None = None, origin: Pattern = EMPTY
) -> Pattern:
    """The whole board, of that `generation`, as a pattern that opens as the same board again.

    Name, author and comments are those of `origin`, the pattern that the board came from; of a tube a comment tells
    the size.
    """
    ys, xs = board.live_cells(most=MOST_LISTED)
    return Pattern(
        ys,
        xs,
        board.height,
        board.width,
        name=origin.name,
        author=origin.author,
        comments=with_tube_size(origin.comments, topology, board.height, board.width),
        trailer=origin.trailer,
        notation=Notation.of(rule, topology, board.height, board.width),
        generation=generation,
    )
