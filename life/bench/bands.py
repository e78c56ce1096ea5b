"""Bands against one thread: the same board, the same generations, in one run.

What can be gained is what one thread leaves of the cores and of the way to memory, less what it costs to cut, to send
and to put together. NumPy makes a dozen passes through the cache for what compiled code does in one; both are measured.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from os import cpu_count
from time import perf_counter

from life.bands.crew import Crew
from life.bands.cutting import Band, cut, generations_a_turn, put_together
from life.bands.processes import Processes
from life.bands.work import BandStep, compile_for, engine_for
from life.bench.speeds import soup
from life.board import Bits, Board
from life.engine.compiler import Compiler
from life.engine.engine import Engine
from life.rule import CONWAY
from life.topology import TORUS, Topology

COMPILED, NUMPY = "compiled", "NumPy"
ALONE = "one thread"
_THREADS = (1, 2, 4)
_DENSITY = 0.37
_REPEATS = 3
_GENERATIONS_OF_NUMPY = 8  # which take a second on the largest board

Turn = Callable[[Board], Board]


@dataclass(frozen=True, slots=True)
class BandSpeed:
    """How fast some workers took a soup further.

    Attributes:
        kernel: what computed, `COMPILED` or `NUMPY`.
        workers: `ALONE`, which is the strategy whole-board, or how many of which kind had bands of it.
        side: rows, and columns, of the board, a torus.
        generations: for how many it was cut at a time.
        seconds: the shortest time that they took.
    """

    kernel: str
    workers: str
    side: int
    generations: int
    seconds: float

    @property
    def gcells(self) -> float:
        """Thousands of millions of cells a second, those of a halo left out, which are computed twice."""
        return self.generations / self.seconds * self.side**2 / 1e9


class NumPyStep(BandStep):
    """The step of bands where there is no compiler."""

    __slots__ = ()

    def __call__(self, band: Band) -> Bits:
        beyond = Topology(wraps_y=False, wraps_x=self.topology.wraps_x)
        board = Board(len(band.bits), band.width, band.bits)
        after = engine_for(0).step(board, self.rule, beyond, self.generations)
        return after.bits[band.above : band.above + band.rows]


def band_speeds(side: int, compiler: Compiler) -> Iterator[BandSpeed]:
    """One thread and then bands on others, compiled where `compiler` can, and in NumPy."""
    board = soup(side, _DENSITY)
    for kernel in (COMPILED, NUMPY) if compiler.wait(CONWAY) else (NUMPY,):
        generations = generations_a_turn(side, side, 2) if kernel == COMPILED else _GENERATIONS_OF_NUMPY
        engine = Engine(compiler) if kernel == COMPILED else engine_for(0)
        alone = partial(engine.step, rule=CONWAY, topology=TORUS, generations=generations)
        yield BandSpeed(kernel, ALONE, side, generations, _seconds(alone, board))
        step = (BandStep if kernel == COMPILED else NumPyStep)(CONWAY, TORUS, generations)
        for name, workers, open_executor in _crews():
            with Crew(open_executor) as crew:
                if kernel == COMPILED:
                    _prepare(crew, workers)
                seconds = _seconds(partial(_turn, crew, step, workers), board)
                yield BandSpeed(kernel, name, side, generations, seconds)


def _crews() -> Iterator[tuple[str, int, Callable[[], Executor]]]:
    for threads in _THREADS:
        name = "1 thread, bands" if threads == 1 else f"{threads} threads"
        yield name, threads, partial(ThreadPoolExecutor, threads)
    processes = max(cpu_count() or 1, 2)
    yield f"{processes} processes", processes, partial(Processes, processes)


def _turn(crew: Crew, step: BandStep, workers: int, board: Board) -> Board:
    futures = [crew.submit(step, band) for band in cut(board, TORUS, workers, step.generations)]
    return put_together(board, [future.result() for future in futures])


def _prepare(crew: Crew, workers: int) -> None:
    """Has every process load the loops, which takes it longer than to be handed the next one's order."""
    executor = crew.executor
    assert executor is not None
    for done in [executor.submit(compile_for, CONWAY) for _ in range(workers)]:
        done.result()


def _seconds(turn: Turn, board: Board) -> float:
    board = turn(board)
    times = []
    for _ in range(_REPEATS):
        began = perf_counter()
        board = turn(board)
        times.append(perf_counter() - began)
    return min(times)
