"""How long it takes until the pixels of a window are known, by the size of the board and how far away it is.

This is what the painter is handed: cut-out bits from one pixel a cell upwards, shares of live cells below. What Qt adds
to it, `tests/benchmarks/bench_paint.py` measures.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from time import perf_counter

from life.bench.speeds import soup
from life.board import Board
from life.density import block_counter
from life.plane.box import Box

SIDES = (1000, 4096, 16384)
HEIGHT, WIDTH = 800, 1280  # pixels of a window

_REPEATS = 7
_DENSITY = 0.125


@dataclass(frozen=True, slots=True)
class FrameSpeed:
    """What one frame took.

    Attributes:
        side: rows and columns of the board.
        log2: a pixel shows 2^log2 × 2^log2 cells.
        seconds: the shortest time for all pixels of a window, or of the board where that is smaller.
    """

    side: int
    log2: int
    seconds: float


def frame_speeds(sides: tuple[int, ...] = SIDES) -> Iterator[FrameSpeed]:
    """Every board from one cell a pixel to all of it in the window; waits until counting is compiled, where it can."""
    block_counter().wait()
    for side in sides:
        board = soup(side, _DENSITY)
        for log2 in range(_log2_of_all(side) + 1):
            yield FrameSpeed(side, log2, _shortest(_frame_of(board, log2)))


def _log2_of_all(side: int) -> int:
    """The first power of two at which the whole board is in the window."""
    return (-(-side // HEIGHT) - 1).bit_length()


def _frame_of(board: Board, log2: int) -> Callable[[], object]:
    """What makes the frame; it looks at the board's middle, which begins at no whole word."""
    height, width = (min(pixels, -(-board.height >> log2)) for pixels in (HEIGHT, WIDTH))
    top, left = ((board.height - (pixels << log2)) // 2 >> log2 << log2 for pixels in (height, width))
    top, left = max(top, 0), max(left, 0)
    if log2 == 0:
        return partial(board.crop, Box(top, left, top + height, left + width))
    return partial(board.densities, top, left, height, width, log2)


def _shortest(act: Callable[[], object]) -> float:
    times = []
    for _ in range(_REPEATS):
        began = perf_counter()
        act()
        times.append(perf_counter() - began)
    return min(times)
