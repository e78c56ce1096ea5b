"""How many were alive in each generation of a run, how many were born and how many died."""

from threading import Lock

import numpy as np
from numpy.typing import NDArray

from life.board import Board
from life.moment import Moment

COLUMNS = ("generation", "population", "births", "deaths")
MOST_ROWS = 100_000

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
        self._board: Board | None = None

    def rows(self) -> Rows:
        """A copy of all rows, of shape (n, 4), the columns as in `COLUMNS`; births and deaths are since the one before.

        In the first row of a run, and in one whose board was changed by hand, both are 0.
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
        with self._lock:
            count = int(np.searchsorted(self._table[: self._count, 0], moment.generation))
            here = self._table[count] if count < self._count else None
            is_known = here is not None and here[0] == moment.generation and here[1] == moment.board.population
            self._count = count
            self._board = moment.board
            if is_known and here is not None:
                self._count += 1
            else:
                self._append(moment.generation, moment.board.population, 0, 0)
            if self._count == 1:
                self._every = 1

    def add(self, moment: Moment) -> None:
        """The next generation was made."""
        board, before = moment.board, self._board
        births, deaths = _difference(before, board) if before is not None else (0, 0)
        with self._lock:
            self._board = board
            self._append(moment.generation, _count(_words(board)), births, deaths)

    def _append(self, generation: int, population: int, births: int, deaths: int) -> None:
        last = self._count - 1
        if last > 0 and self._table[last, 0] - self._table[last - 1, 0] < self._every:
            self._count = last  # it was there only as the newest
        if self._count == len(self._table):
            self._thin_out()
        self._table[self._count] = generation, population, births, deaths
        self._count += 1

    def _thin_out(self) -> None:
        kept = self._table[: self._count : 2].copy()
        self._table[: len(kept)] = kept
        self._count = len(kept)
        self._every *= 2


def _difference(before: Board, after: Board) -> tuple[int, int]:
    """How many were born and how many died, in boards of the same size."""
    old, new = _words(before), _words(after)
    changed = old ^ new
    births = _count(changed & new)
    return births, _count(changed) - births


def _words(board: Board) -> NDArray[np.uint64]:
    """The bits in words of 64, which are counted four times as fast as bytes."""
    return np.ascontiguousarray(board.bits).view(np.uint64)


def _count(words: NDArray[np.uint64]) -> int:
    return int(np.bitwise_count(words).sum(dtype=np.int64))
