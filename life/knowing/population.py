"""How many were alive in each generation of a run, how many were born and how many died."""

from threading import Lock

import numpy as np
from numpy.typing import NDArray

from life.board import Board
from life.moment import Moment
from life.world import World

COLUMNS = ("generation", "population", "births", "deaths")
MOST_ROWS = 100_000
UNKNOWN = -1  # births and deaths where generations lie between two rows, or the board is too large to be compared
LARGEST_COMPARED = 8 << 20  # bytes of a board
LARGEST_CROP = 1 << 20  # cells of a plane
_LAST_NUMBER = (1 << 63) - 1  # that a row has room for

Rows = NDArray[np.int64]


class PopulationHistory:
    """A row for every generation, oldest first; any thread may read it.

    Where there are more generations than it has room for, every second row is left out, and later every fourth, so
    that the whole run stays in view. The newest generation is always there.
    """

    def __init__(self, most_rows: int = MOST_ROWS) -> None:
        """`most_rows` is how many it keeps, at least 2."""
        self._lock = Lock()
        self._table = np.zeros((most_rows, len(COLUMNS)), np.int64)
        self._count = 0
        self._every = 1  # generations from one row to the next; a newest row may come sooner
        self._board: World | None = None
        self._generation = 0  # of `_board`

    def rows(self) -> Rows:
        """A copy of all rows, of shape (n, 4), the columns as in `COLUMNS`; births and deaths are since the one before.

        In the first row of a run, and in one whose board was changed by hand, both are 0; where more than one
        generation was made at once, `UNKNOWN`. A population that has no room in an int64 is the largest that has.
        """
        with self._lock:
            return self._table[: self._count].copy()

    def newest(self) -> tuple[int, int, int, int] | None:
        """The last row: generation, population, births, deaths."""
        with self._lock:
            if not self._count:
                return None
            generation, population, births, deaths = self._table[self._count - 1].tolist()
            return generation, population, births, deaths

    def begin(self, moment: Moment) -> None:
        """The run goes on from here: what came later is left out, and this generation is as it is now."""
        generation, population = moment.generation, moment.board.population
        with self._lock:
            self._board, self._generation = moment.board, generation
            count = int(np.searchsorted(self._table[: self._count, 0], min(generation, _LAST_NUMBER)))
            here = self._table[count] if count < self._count else None
            is_known = here is not None and here[0] == generation and here[1] == min(population, _LAST_NUMBER)
            self._count = count
            if is_known:
                self._count += 1
            else:
                self._append(generation, population, 0, 0)
            if self._count <= 1:
                self._every = 1

    def add(self, moment: Moment) -> None:
        """The next generation was made, or one after that."""
        before, generations = self._board, moment.generation - self._generation
        births, deaths = UNKNOWN, UNKNOWN
        if before is not None and generations == 1:
            births, deaths = _difference(before, moment.board)
        population = moment.board.population
        with self._lock:
            self._board, self._generation = moment.board, moment.generation
            self._append(moment.generation, population, births, deaths)

    def _append(self, generation: int, population: int, births: int, deaths: int) -> None:
        if generation > _LAST_NUMBER:
            return
        last = self._count - 1
        if last > 0 and self._table[last, 0] - self._table[last - 1, 0] < self._every:
            self._count = last  # it was there only as the newest
        if self._count == len(self._table):
            self._thin_out()
        self._table[self._count] = generation, min(population, _LAST_NUMBER), births, deaths
        self._count += 1

    def _thin_out(self) -> None:
        kept = self._table[: self._count : 2].copy()
        self._table[: len(kept)] = kept
        self._count = len(kept)
        self._every *= 2


def _difference(before: World, after: World) -> tuple[int, int]:
    """How many were born and how many died, in worlds of the same kind and size; or twice `UNKNOWN`."""
    boards = _side_by_side(before, after)
    if boards is None:
        return UNKNOWN, UNKNOWN
    old, new = (_words(board) for board in boards)
    changed = old ^ new
    births = _count(changed & new)
    return births, _count(changed) - births


def _side_by_side(before: World, after: World) -> tuple[Board, Board] | None:
    """The same cells of both, where that is not too much work."""
    if isinstance(before, Board) and isinstance(after, Board):
        return (before, after) if after.nbytes <= LARGEST_COMPARED else None
    old, new = before.box, after.box
    box = old.joined(new) if old and new else old or new
    if box is None or box.height * box.width > LARGEST_CROP:
        return None
    return before.crop(box), after.crop(box)


def _words(board: Board) -> NDArray[np.uint64]:
    """The bits in words of 64, which are counted four times as fast as bytes."""
    return np.ascontiguousarray(board.bits).view(np.uint64)


def _count(words: NDArray[np.uint64]) -> int:
    return int(np.bitwise_count(words).sum(dtype=np.int64))
