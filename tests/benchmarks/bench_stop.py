"""How long Stop and Close take in the middle of a generation, in every strategy.

    python -m tests.benchmarks.bench_stop [CELLS] [WIRE]

Stop is measured until the simulation says that it is paused, close until its thread has ended; both with cells that
wait 100 ms each, half-way through the wait. The last column counts the threads that are left.
"""

import sys
import threading
from math import isqrt
from time import perf_counter, sleep

from life.board import Board
from life.experiment import Experiment, WireKind
from life.facts import FailureReport, Mode, Result, State
from life.fanout import FAN_OUTS
from life.simulation import Simulation
from life.trace.columns import Trace


class Pauses:
    """A listener that notes when a generation began and when the simulation was paused."""

    def __init__(self) -> None:
        self.began = threading.Event()
        self.paused = threading.Event()

    def generation_started(self, trace: Trace) -> None:
        self.began.set()

    def generation_finished(self, result: Result) -> None:
        pass

    def failed(self, report: FailureReport) -> None:
        pass

    def state_changed(self, state: State) -> None:
        if state.mode is Mode.PAUSED:
            self.paused.set()


def measure(key: str, cells: int, wire: WireKind) -> tuple[float, float, int]:
    """Milliseconds until stopped and until closed, and threads left."""
    before = threading.active_count()
    side = isqrt(cells)
    listener = Pauses()
    board = Board(side, -(-cells // side))
    simulation = Simulation(listener, board, experiment=Experiment(strategy=key, wire=wire))
    simulation.start()
    stopped = _in_the_middle(simulation, listener, simulation.stop, listener.paused.wait)
    closed = _in_the_middle(simulation, listener, lambda: simulation.close(60), lambda: None)
    return stopped, closed, threading.active_count() - before


def _in_the_middle(simulation, listener, act, until) -> float:
    listener.paused.wait()
    listener.began.clear()
    simulation.play()
    listener.began.wait()
    sleep(0.05)
    listener.paused.clear()
    start = perf_counter()
    act()
    until()
    return (perf_counter() - start) * 1000


def main() -> None:
    cells = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    wire = WireKind(sys.argv[2]) if len(sys.argv) > 2 else WireKind.WAIT
    print(f"{cells:,} cells that each wait 100 ms ({wire.value})")
    print(f"{'strategy':<18}{'stop ms':>10}{'close ms':>10}{'threads left':>14}")
    for strategy in FAN_OUTS:
        stopped, closed, left = measure(strategy.key, cells, wire)
        print(f"{strategy.key:<18}{stopped:>10.0f}{closed:>10.0f}{left:>14}")


if __name__ == "__main__":
    main()
