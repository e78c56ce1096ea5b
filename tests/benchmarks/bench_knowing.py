"""What the observer costs in each generation, and what it takes to say what the pointer points at.

    python -m tests.benchmarks.bench_knowing

A soup of 1000 × 1000 cells on a torus has no empty row, the same soup in the middle of the board has its box moved to
the corner, and the digest is most of the rest.
"""

from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

from life.board import Board
from life.engine.neighbors import neighbor_codes
from life.knowing.names import Names
from life.knowing.observer import Knowing
from life.knowing.pointing import sighting_at
from life.moment import Moment
from life.patterns.files import read_pattern
from life.rule import CONWAY
from life.topology import BOUNDED, TORUS, Topology

ASSETS = Path(__file__).resolve().parents[2] / "assets" / "patterns"
TIMES = 60


def milliseconds(times: list[float]) -> str:
    return f"{median(times) * 1000:7.3f} ms, slowest {max(times) * 1000:7.3f} ms"


def observed(side: int, share: float, topology: Topology) -> list[float]:
    """Seconds that the observer takes for each of some generations of a soup over `share` of each side."""
    cells = np.zeros((side, side), np.uint8)
    begin, end = round(side * (1 - share) / 2), round(side * (1 + share) / 2)
    cells[begin:end, begin:end] = np.random.default_rng(1).random((end - begin, end - begin)) < 0.3
    moment, knowing, taken = Moment(0, Board.from_cells(cells), CONWAY, topology), Knowing(), []
    knowing.began(moment)
    for _ in range(TIMES):
        codes = neighbor_codes(moment.board.cells(), topology, range(side))
        after = Board.from_cells(np.frombuffer(CONWAY.table, np.uint8)[codes])
        moment = Moment(moment.generation + 1, after, CONWAY, topology)
        begun = perf_counter()
        knowing.made(moment)
        taken.append(perf_counter() - begun)
    return taken


def timed(what: Callable[[], object], times: int = 20) -> list[float]:
    taken = []
    for _ in range(times):
        begun = perf_counter()
        what()
        taken.append(perf_counter() - begun)
    return taken


def main() -> None:
    for side in (32, 200, 1000):
        for share, topology, where in ((1, TORUS, "all over a torus"), (0.5, BOUNDED, "in the middle")):
            print(f"a generation of {side} × {side}, soup {where:<17}{milliseconds(observed(side, share, topology))}")
    patterns = [read_pattern(path) for path in sorted(ASSETS.rglob("*.rle"))]
    print(f"learning the names of {len(patterns)} patterns    {milliseconds(timed(lambda: Names(patterns), 3))}")
    names = Names(patterns)
    for pattern in patterns:
        if pattern.name in ("Glider", "Pulsar", "Pentadecathlon", "R-pentomino", "Acorn", "Gosper glider gun"):
            board = Board(200, 200).with_cells(pattern.ys + 80, pattern.xs + 80, alive=True)
            moment = Moment(0, board, CONWAY, TORUS)
            y, x = int(pattern.ys[0]) + 80, int(pattern.xs[0]) + 80
            taken = timed(lambda m=moment, y=y, x=x: sighting_at(m, y, x, names))
            print(f"pointing at {pattern.name:<20}{milliseconds(taken)}: {sighting_at(moment, y, x, names)}")


if __name__ == "__main__":
    main()
