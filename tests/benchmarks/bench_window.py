"""How late the window's event loop is while a generation fans out, and what the window costs that generation.

    python -m tests.benchmarks.bench_window [CELLS] [STRATEGY] [ROUNDS] [watch]

With `watch` at the end the workspace for watching is open: recording, overlay, timeline and costs are all at work.
Generations run in turn in the window and in `python -m life run`, each in a process of its own kind, with 100 ms
waits. A 5 ms timer in the window measures how much later than asked the event loop comes round to it.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from math import isqrt
from pathlib import Path
from statistics import median
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QSettings, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from gui.look.theme import apply_theme
from gui.opening import open_window
from gui.window import MainWindow
from life.board import Board
from life.experiment import Experiment, WireKind
from life.facts import Result
from life.rule import CONWAY
from life.topology import TORUS

ROOT = Path(__file__).parents[2]
TICK_MS = 5


class Lateness(QObject):
    """Notes by how many milliseconds each tick of a timer came too late."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._last = perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self._last = perf_counter()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    @Slot()
    def _tick(self) -> None:
        now = perf_counter()
        self.late.append(max((now - self._last) * 1000 - TICK_MS, 0.0))
        self._last = now


class Rounds(QObject):
    """Runs one generation in the window and waits, with the event loop running, until it is shown."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._loop = QEventLoop()
        self._seconds = 0.0
        window.session.generation_finished.connect(self._note)

    def seconds(self) -> float:
        self._window.session.step()
        self._loop.exec()
        return self._seconds

    @Slot(Result)
    def _note(self, result: Result) -> None:
        self._seconds = result.seconds
        self._loop.quit()


def command_line_seconds(pattern: Path, side: int, strategy: str) -> float:
    """Seconds that `python -m life run` takes for one generation of the same board."""
    command = [sys.executable, "-m", "life", "run", str(pattern), "--size", f"{side}x{side}", "--as", "json"]
    command += ["--strategy", strategy, "--wire", "wait", "--latency", "100"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout)["seconds"])


@dataclass(frozen=True)
class Measured:
    """Seconds of generations in the window and on the command line, and milliseconds by which each tick was late."""

    cells: int
    strategy: str
    inside: list[float]
    outside: list[float]
    late: list[float]


def measure(cells: int, strategy: str, rounds: int, *, watches: bool = False, compares: bool = True) -> Measured:
    """Makes the window and runs generations in it; `compares` has the command line make as many, in turn."""
    side = isqrt(cells)
    application = QApplication.instance() or QApplication(["bench"])
    QCoreApplication.setApplicationName("lifeloom-benchmark")
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)
        apply_theme(application)
        pattern = ROOT / "assets/patterns/methuselahs/r-pentomino.rle"
        window = open_window(pattern)
        window.resize(1280, 800)
        window.show()
        if watches:
            window.actions_by_id["watch-workspace"].trigger()
        window.session.load(Board(side, side), CONWAY, TORUS)
        window.session.configure(Experiment(strategy=strategy, wire=WireKind.WAIT, latency=0.1))
        runner, lateness = Rounds(window), Lateness()
        runner.seconds()  # the first one opens what the strategy needs
        inside, outside = [], []
        for _ in range(rounds):
            lateness.start()
            inside.append(runner.seconds())
            lateness.stop()
            if compares:
                outside.append(command_line_seconds(pattern, side, strategy))
        window.close()
    return Measured(side * side, strategy, inside, outside, sorted(lateness.late))


def main() -> None:
    cells = int(sys.argv[1]) if len(sys.argv) > 1 else 1_024
    strategy = sys.argv[2] if len(sys.argv) > 2 else "thread-per-cell"
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 9
    report(measure(cells, strategy, rounds, watches="watch" in sys.argv[4:]))


def report(measured: Measured) -> None:
    inside, outside, late = measured.inside, measured.outside, measured.late
    ratio = median(one / other for one, other in zip(inside, outside, strict=True))
    print(f"{measured.strategy}, {measured.cells:,} cells that each wait 100 ms, {len(inside)} rounds in turn")
    print(f"in the window       {median(inside):.3f} s  ({min(inside):.3f} to {max(inside):.3f})")
    print(f"on the command line {median(outside):.3f} s  ({min(outside):.3f} to {max(outside):.3f})")
    print(f"ratio               {ratio:.2f}  (median of the rounds)")
    print(
        f"event loop late by  {late[len(late) // 2]:.1f} ms at the median, "
        f"{late[int(len(late) * 0.99)]:.1f} ms at the 99th percentile, {late[-1]:.1f} ms at most ({len(late)} ticks)"
    )


if __name__ == "__main__":
    main()
