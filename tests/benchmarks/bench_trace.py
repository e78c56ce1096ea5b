"""What recording costs: per cell, and as a share of a generation with a thread per cell.

    python -m tests.benchmarks.bench_trace [CELLS] [STRATEGY]

Generations are run recorded and not in turn. The first figure is what the stores into the columns take by themselves,
the second what a generation without any waiting takes longer, the others what one that waits does: by the clock, and in
processor time, which says more where threads that sleep make the clock jump about.
"""

import sys
from math import isqrt
from statistics import median
from time import perf_counter_ns, process_time
from typing import NamedTuple

from life.board import Board
from life.caller import Caller
from life.experiment import Experiment, WireKind
from life.rule import CONWAY
from life.stop import StopSignal
from life.topology import TORUS
from life.trace.columns import Trace

RUNS = 25
LATENCY = 0.1


def nanoseconds_of_stores(cells: int) -> float:
    """What recording adds to a cell: it is handed out, asks and is answered."""
    trace = Trace(1, 1, cells, is_recorded=True)
    handed, asked, answered = trace.handed, trace.asked, trace.answered
    start = perf_counter_ns()
    for cell in range(cells):
        handed[cell] = perf_counter_ns()
        asked[cell] = perf_counter_ns()
        answered[cell] = perf_counter_ns()
    return (perf_counter_ns() - start) / cells


class Taken(NamedTuple):
    """Seconds of several generations, by the clock and of the processor."""

    clock: list[float]
    processor: list[float]


def taken(experiment: Experiment, cells: int) -> tuple[Taken, Taken]:
    """What generations took, not recorded and recorded."""
    side = isqrt(cells)
    board = Board(side, -(-cells // side))
    runs = Taken([], []), Taken([], [])
    with Caller(experiment, CONWAY, TORUS) as caller:
        for turn in range(2 * RUNS + 2):
            trace = Trace(1, board.height, board.width, is_recorded=turn % 2 == 1)
            before = process_time()
            outcome = caller.run(board, trace, StopSignal())
            processor = process_time() - before
            if turn > 1:  # the first two warm up
                runs[turn % 2].clock.append(outcome.seconds)
                runs[turn % 2].processor.append(processor)
    return runs


def line(name: str, plain: list[float], recorded: list[float], cells: int) -> str:
    """Medians and ranges, the difference per cell and as a share, and how far single pairs are from it."""
    before, after = median(plain), median(recorded)
    pairs = sorted((b - a) / cells * 1e6 for a, b in zip(plain, recorded, strict=True))
    half = f"half of all pairs {pairs[len(pairs) // 4]:+.1f} to {pairs[3 * len(pairs) // 4]:+.1f}"
    difference = f"{(after - before) / cells * 1e6:+.2f} µs a cell ({half}), {(after / before - 1) * 100:+.1f} %"
    return f"{name:<34}{before:.3f} s, recorded {after:.3f} s: {difference}"


def main() -> None:
    cells = int(sys.argv[1]) if len(sys.argv) > 1 else 1_024
    key = sys.argv[2] if len(sys.argv) > 2 else "thread-per-cell"
    stores = median(nanoseconds_of_stores(100_000) for _ in range(5))
    print(f"{cells:,} cells, {RUNS} generations each, medians, recorded and not in turn")
    print(f"{'stores alone':<34}{stores / 1000:.2f} µs a cell")
    nothing = Experiment(strategy="serial", wire=WireKind.NONE)
    plain, recorded = taken(nothing, cells)
    print(line("serial, no wait", plain.clock, recorded.clock, cells))
    waiting = Experiment(strategy=key, wire=WireKind.WAIT, latency=LATENCY)
    plain, recorded = taken(waiting, cells)
    print(line(f"{key}, {LATENCY:g} s wait", plain.clock, recorded.clock, cells))
    print(line(f"{key}, processor time", plain.processor, recorded.processor, cells))


if __name__ == "__main__":
    main()
