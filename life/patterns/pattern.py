"""A pattern as a file holds it, before anybody decides on which board it stands.

The live cells are kept as coordinates, never as a rectangle: two cells may be written a billion columns apart.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from life.board import Board
from life.notation import Notation
from life.patterns.tube import with_tube_size
from life.rule import Rule
from life.topology import Topology

Coordinates = NDArray[np.int64]


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

    @property
    def population(self) -> int:
        """How many cells are alive."""
        return len(self.ys)

    @property
    def extents(self) -> tuple[int, int]:
        """Height and width of the smallest box from the top left corner that covers all live cells."""
        if not self.population:
            return 0, 0
        return int(self.ys.max()) + 1, int(self.xs.max()) + 1


EMPTY = Pattern(np.zeros(0, np.int64), np.zeros(0, np.int64), 0, 0)  # that says nothing about itself


def from_board(
    board: Board, rule: Rule, topology: Topology, *, generation: int | None = None, origin: Pattern = EMPTY
) -> Pattern:
    """The whole board, of that `generation`, as a pattern that opens as the same board again.

    Name, author and comments are those of `origin`, the pattern that the board came from; of a tube a comment tells
    the size.
    """
    ys, xs = _live_cells(board)
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


def _live_cells(board: Board) -> tuple[Coordinates, Coordinates]:
    """Unpacks only the bytes that hold live cells: a sparse board may have billions of dead ones."""
    ys, columns = np.nonzero(board.bits)
    bits = np.unpackbits(board.bits[ys, columns, np.newaxis], axis=1, bitorder="little")
    which, bit = np.nonzero(bits)
    return ys[which].astype(np.int64), (columns[which] * 8 + bit).astype(np.int64)
