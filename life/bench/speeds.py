"""Speeds of kernels on soups, and of what has settled."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from life.bench.on_bytes import OnBytes
from life.board import Board, stride_of
from life.engine.compiler import Compiler
from life.engine.field import Field
from life.engine.fused import FusedKernel
from life.engine.kernel import Kernel
from life.engine.packed import PackedKernel
from life.rule import CONWAY
from life.topology import TORUS

Advance = Callable[[int], None]
Begin = Callable[[Board], Advance]

BASE = "bytes"
SETTLES_AFTER = 10_000  # generations after which of a soup of 4096² only a few spots move
_REPEATS = 3
_MOST_GENERATIONS = 1000  # measured at a time: a small soup does not last for more, and what stands still takes no time
_GUN = (
    "........................O", "......................O.O", "............OO......OO............OO",
    "...........O...O....OO............OO", "OO........O.....O...OO", "OO........O...O.OO....O.O",
    "..........O.....O.......O", "...........O...O", "............OO",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Speed:
    """What one kernel did on one board.

    Attributes:
        kernel: its key; "skipping" is the compiled one that leaves out what does not change.
        scene: what is on the board.
        side: rows, and columns, of the board, which is a torus with Conway's rule.
        density: the share of cells that were alive at the beginning of a soup; else None.
        generations: how many were measured at a time.
        seconds: the shortest time that they took.
    """

    kernel: str
    scene: str
    side: int
    density: float | None
    generations: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Generations a second."""
        return self.generations / self.seconds

    @property
    def gcells(self) -> float:
        """Thousands of millions of cells a second, those included that were left out."""
        return self.per_second * self.side**2 / 1e9


class Contest:
    """All kernels that there are here, one after another on the same boards."""

    def __init__(self, compiler: Compiler, seconds: float = 0.2) -> None:
        """Waits until the loops are compiled; a measurement is to take about `seconds`, and is taken three times."""
        self._compiler = compiler
        self._seconds = seconds
        self.kernels: dict[str, Begin] = {BASE: lambda board: OnBytes(board).advance, "packed": _begins(PackedKernel)}
        if compiler.wait(CONWAY):
            while compiler.changes_loop(CONWAY) is None and not compiler.trouble:
                compiler.join()
            self.kernels["fused"] = _begins(lambda: FusedKernel(compiler, skips=False))
            self.kernels["skipping"] = _begins(lambda: FusedKernel(compiler))

    def soups(self, side: int, density: float) -> Iterator[Speed]:
        """The speed of each kernel from the first generation of a soup on."""
        board = soup(side, density)
        for key, begin in self.kernels.items():
            yield self._speed(key, begin, "soup", board, density)

    def quiet_boards(self, side: int) -> Iterator[Speed]:
        """The speeds of the compiled kernels where little moves: a soup that has settled, and a gun."""
        if "skipping" not in self.kernels:
            return
        settled = self.settled(side)
        for key in ("fused", "skipping"):
            yield self._speed(key, self.kernels[key], f"soup at {SETTLES_AFTER:,}", settled, None)
        for key in ("fused", "skipping"):
            yield self._speed(key, self.kernels[key], "Gosper gun", gun(side), None)

    def settled(self, side: int) -> Board:
        """A soup of which nothing is left but what stands still, blinks or flies."""
        field = Field(side, side)
        field.load(soup(side, 0.37))
        FusedKernel(self._compiler).advance(field, CONWAY, TORUS, SETTLES_AFTER)
        return field.board()

    def _speed(self, key: str, begin: Begin, scene: str, board: Board, density: float | None) -> Speed:
        generations = self._how_many(begin(board))
        times: list[float] = []
        while len(times) < _REPEATS or sum(times) < self._seconds:
            times.append(_time(begin(board), generations))
        return Speed(key, scene, board.height, density, generations, min(times))

    def _how_many(self, advance: Advance) -> int:
        """Generations that take about as long as wanted."""
        generations = 1
        while _time(advance, generations) < self._seconds and generations < _MOST_GENERATIONS:
            generations *= 2
        return min(generations, _MOST_GENERATIONS)


def soup(side: int, density: float) -> Board:
    """Random cells, the same in every run; made in packed form, because boards may be big."""
    random, bits = np.random.default_rng(side), np.empty((side, stride_of(side)), np.uint8)
    for top in range(0, side, 256):
        rows = random.random((min(256, side - top), side), np.float32) < density
        bits[top : top + 256] = Board.from_cells(rows).bits
    return Board(side, side, bits)


def gun(side: int) -> Board:
    """Gosper's glider gun, which meets its own gliders on a torus sooner or later."""
    live = [(y + 8, x + 8) for y, row in enumerate(_GUN) for x, mark in enumerate(row) if mark == "O"]
    return Board.from_live(side, side, live)


def _begins(kernel: Callable[[], Kernel]) -> Begin:
    """How a kernel begins on a board: with buffers of its own, in which a generation has been computed already."""

    def begin(board: Board) -> Advance:
        field, worker = Field(board.height, board.width), kernel()
        field.load(board)

        def advance(generations: int) -> None:
            worker.advance(field, CONWAY, TORUS, generations)

        advance(1)
        return advance

    return begin


def _time(advance: Advance, generations: int) -> float:
    began = perf_counter()
    advance(generations)
    return perf_counter() - began
