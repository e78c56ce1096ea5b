"""Cells read and written one at a time, as in Effective Python, items 71 to 77.

A `Grid` keeps one byte a cell, so that a `Board` is made from it, and it from a `Board`, in a few array operations.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import product
from threading import Lock
from typing import Self

import numpy as np

from life.board import Board, Cells
from life.rule import Get
from life.states import ALIVE as ALIVE
from life.states import EMPTY as EMPTY
from life.topology import TORUS, Topology
from life.trace.columns import LockWait

_STATES = (EMPTY, ALIVE)


class Grid:
    """`height` × `width` cells, all EMPTY at first; coordinates are (y, x) and wrap round on a torus.

    On a topology with edges, a cell beyond an edge reads as EMPTY and cannot be set.
    """

    def __init__(self, height: int, width: int, topology: Topology = TORUS) -> None:
        self.height = height
        self.width = width
        self.topology = topology
        self._bytes = bytearray(height * width)
        self._torus = topology == TORUS

    @cached_property
    def get(self) -> Get:
        """`get(y, x)`: the state of cell (y, x), ALIVE or EMPTY."""
        return self._reader()

    def _reader(self) -> Get:
        """A function that looks nothing up in `self`: nine calls a cell are a good part of what a step costs."""
        rows, height, width = self._rows, self.height, self.width

        def get(y: int, x: int) -> str:
            try:
                return _STATES[rows[y][x]]  # -1 is the last one already: half the time that two modulos take
            except IndexError:
                return _STATES[rows[y % height][x % width]]

        def get_inside(y: int, x: int) -> str:
            return EMPTY if self._is_outside(y, x) else get(y, x)

        return get if self._torus else get_inside

    def set(self, y: int, x: int, state: str) -> None:
        """Makes cell (y, x) ALIVE or EMPTY."""
        if not self._torus and self._is_outside(y, x):
            raise IndexError(f"cell ({y}, {x}) lies outside a board of {self.height} rows and {self.width} columns")
        self._rows[y % self.height][x % self.width] = state == ALIVE

    @cached_property
    def _rows(self) -> list[memoryview]:
        """The cells row by row, for whoever reads them one at a time."""
        cells, width = memoryview(self._bytes), self.width
        return [cells[start : start + width] for start in range(0, len(cells), width)]

    def _is_outside(self, y: int, x: int) -> bool:
        beyond_y = not self.topology.wraps_y and not 0 <= y < self.height
        beyond_x = not self.topology.wraps_x and not 0 <= x < self.width
        return beyond_y or beyond_x

    def places(self) -> Iterator[tuple[int, int]]:
        """The coordinates (y, x) of all cells, row by row."""
        return product(range(self.height), range(self.width))

    @property
    def cells(self) -> Cells:
        """The live cells themselves, not a copy: uint8 of shape (height, width), 1 where alive."""
        return np.frombuffer(self._bytes, dtype=np.uint8).reshape(self.height, self.width)

    @classmethod
    def from_board(cls, board: Board, topology: Topology = TORUS) -> Self:
        """A grid with the cells of `board`."""
        grid = cls(board.height, board.width, topology)
        grid.cells[:] = board.cells()
        return grid

    def to_board(self) -> Board:
        """The cells as they are now, as one immutable picture."""
        return Board.from_cells(self.cells)

    def __str__(self) -> str:
        """Rows of `*` and `-`, a newline after each, as the book prints them."""
        marks = bytes(self._bytes).translate(_MARKS).decode("ascii")
        return "".join(marks[y * self.width : (y + 1) * self.width] + "\n" for y in range(self.height))


class LockingGrid(Grid):
    """A grid whose every access holds one lock (Effective Python, items 71 and 72).

    Under CPython's global interpreter lock a double-buffered grid gives no wrong generation without it either;
    it guards what the language promises, not what one implementation happens to do.

    Attributes:
        contended: how often a thread had to wait for the lock.
        waited_ns: for how many nanoseconds altogether.
    """

    def __init__(self, height: int, width: int, topology: Topology = TORUS) -> None:
        super().__init__(height, width, topology)
        self.lock = Lock()
        self.contended = 0
        self.waited_ns = 0

    @cached_property
    def get(self) -> Get:
        read, lock = self._reader(), self.lock

        def get(y: int, x: int) -> str:
            if not lock.acquire(blocking=False):
                self._wait_for_lock()
            try:
                return read(y, x)
            finally:
                lock.release()

        return get

    def set(self, y: int, x: int, state: str) -> None:
        if not self.lock.acquire(blocking=False):
            self._wait_for_lock()
        try:
            super().set(y, x, state)
        finally:
            self.lock.release()

    def _wait_for_lock(self) -> None:
        wait = LockWait()
        self.lock.acquire()
        self.waited_ns += wait.end()  # guarded by the lock that was just got
        self.contended += 1

    def __str__(self) -> str:
        with self.lock:
            return super().__str__()


_MARKS = bytes.maketrans(b"\x00\x01", (EMPTY + ALIVE).encode("ascii"))
