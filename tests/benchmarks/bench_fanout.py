"""How long a generation takes in every strategy, as a ratio to the wait itself.

    python -m tests.benchmarks.bench_fanout [CELLS] [WIRE]

Each strategy runs in this process, three times in turn; the table gives the median and the range.
"""

import sys
from math import isqrt
from statistics import median

from life.board import Board
from life.caller import Caller
from life.experiment import Experiment, WireKind
from life.fanout import FAN_OUTS
from life.rule import CONWAY
from life.stop import StopSignal
from life.topology import TORUS
from life.trace.columns import Trace

LATENCY = 0.1
RUNS = 3


def seconds(key: str, cells: int, wire: WireKind) -> tuple[float, int]:
    """Seconds and peak threads of one generation of about `cells` cells."""
    side = isqrt(cells)
    board = Board(side, -(-cells // side))
    with Caller(Experiment(strategy=key, wire=wire, latency=LATENCY), CONWAY, TORUS) as caller:
        outcome = caller.run(board, Trace(1, board.height, board.width), StopSignal())
    return outcome.seconds, outcome.peak_threads


def main() -> None:
    cells = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    wire = WireKind(sys.argv[2]) if len(sys.argv) > 2 else WireKind.WAIT
    keys = [s.key for s in FAN_OUTS if s.key != "serial"]
    measured: dict[str, list[tuple[float, int]]] = {key: [] for key in keys}
    for _ in range(RUNS):
        for key in keys:
            measured[key].append(seconds(key, cells, wire))
    print(f"{cells:,} cells that each wait {LATENCY:g} s ({wire.value}), {RUNS} runs in turn")
    print(f"{'strategy':<18}{'median s':>10}{'min':>8}{'max':>8}{'× the wait':>12}{'peak threads':>14}")
    print(f"{'serial (computed)':<18}{cells * LATENCY:>10.2f}{'':>16}{cells:>12,.1f}{1:>14}")
    for key, runs in measured.items():
        times = [time for time, _ in runs]
        peak = max(peak for _, peak in runs)
        middle = median(times)
        print(f"{key:<18}{middle:>10.3f}{min(times):>8.3f}{max(times):>8.3f}{middle / LATENCY:>12.2f}{peak:>14,}")


if __name__ == "__main__":
    main()
