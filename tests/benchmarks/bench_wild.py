"""Experiments that ask for more than a machine likes to give, in a real window: is it usable, and is all given back?

    python -m tests.benchmarks.bench_wild [threads|stops|faults|lost] [CELLS ...]

`threads` runs a thread per cell, with cells that wait 100 ms, of which few are alive at once, and 60 s, of which all
are or the system refuses; `stops` presses Stop in the middle of the same; `faults` has every cell fail; `lost` runs
strategies that never come back, until the window says so, and leaves them behind. The limits that the window asks about
are lifted, as by "Start anyway". Each line is a process of its own, in which afterwards bands of rows make one more
generation, which is compared with NumPy's, and the threads are waited for. A 5 ms timer in the window measures how much
later than asked the event loop comes round to it. MiB are those resident before, at most, a second afterwards, and
after the same a second time.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import product
from math import isqrt
from time import perf_counter
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import psutil
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

import life.fanout
from gui import settings, status
from gui.fanout import strategy_section
from gui.garbage import GarbageInGuiThread
from gui.look.theme import apply_theme
from gui.opening import make_window
from gui.race import looks, setup_parts
from gui.stderr_tee import StderrTee
from gui.turns import TurnsAsThreadsNeed
from gui.window import MainWindow
from life.board import Board
from life.experiment import Experiment, Fault, WireKind
from life.rule import CONWAY
from life.topology import TORUS
from life.world import World
from tests.benchmarks.bench_window import Lateness
from tests.life import stuck

SIZES = 10_000, 30_000, 100_000
WAITS = 0.1, 60.0
FAULTY = "thread-per-cell", "thread-pool", "queue-workers", "coroutines", "row-batches"
KINDS = Fault.ERROR, Fault.CUT, Fault.EXIT
LONGEST = 240.0
SECONDS_BEFORE_STOP = 15.0
MANY = 18_000  # threads, after which it is stopped all the same
LONGEST_TO_REPEAT = 15.0
A_FEW = 16  # threads: those of bands of rows, and those in which pictures are made
RUN, STOP, LOST = "run", "stop", "lose"
TIMES = {"stop": "stop ", "notice": "told ", "seconds": ""}
MIB = 1 << 20


class Wild:
    """One wild experiment in one window."""

    def __init__(self, window: MainWindow, experiment: Experiment, cells: int) -> None:
        height = max(n for n in range(1, isqrt(cells) + 1) if cells % n == 0)
        random = np.random.default_rng(7)
        self.window, self.session, self.experiment = window, window.session, experiment
        self.board = Board.from_cells(random.random((height, cells // height)) < 0.3)
        self.told: list[str] = []
        self.reports = 0
        self.finished = False
        self.session.told.connect(self._note_told)
        self.session.failed.connect(self._count_report)
        self.session.generation_finished.connect(self._note_end)
        self.process = psutil.Process()
        self.most_resident = self.most_threads = 0
        self.facts: dict[str, Any] = {"cells": cells, "strategy": experiment.strategy, "wait": experiment.latency}

    def _note_told(self, sentence: str) -> None:
        self.told.append(sentence)

    def _count_report(self) -> None:
        self.reports += 1

    def _note_end(self) -> None:
        self.finished = True

    def run(self, how: str) -> dict[str, Any]:
        """Once, and where that is quick once more: what that adds to the memory is what is never given back."""
        self._next()
        self._settle()
        threads, self.facts["before"] = threading.active_count(), self._resident()
        lateness = Lateness()
        lateness.start()
        self._run_once(how, threads)
        lateness.stop()
        self.facts["late"] = sorted(lateness.late)
        self._wait(1.0)
        self.facts["after"], self.facts["most"] = self._resident(), self.most_resident
        self.facts["threads"] = self.most_threads - threads
        if how == RUN and self.facts["seconds"] < LONGEST_TO_REPEAT and self.experiment.latency < 1:
            self._settle()
            self._run_once(how, threads)
            self._wait(1.0)
            self.facts["again"] = self._resident()
        return self.facts

    def _settle(self) -> None:
        self.session.load(self.board, CONWAY, TORUS)
        self.session.configure(self.experiment)
        self._until(lambda: self.session.generation == 0 and not self.session.is_running)
        self.finished, self.reports, self.told = False, 0, []

    def _run_once(self, how: str, threads: int) -> None:
        session, facts = self.session, self.facts
        start = perf_counter()
        session.step()
        facts.setdefault("limit", session.limit.sentence if session.limit else "")
        session.accept_limit()
        if how == STOP:
            self._until(lambda: threading.active_count() - threads >= MANY, SECONDS_BEFORE_STOP)
            start = perf_counter()
            session.stop()
            self._until(lambda: not session.is_running)
            facts["stop"] = perf_counter() - start
        elif how == LOST:
            self._wait(1.0)
            start = perf_counter()
            session.stop()
            self._until(self.window.overdue.isVisible)
            facts["notice"] = perf_counter() - start
            session.leave_behind()
        else:
            self._until(lambda: self.finished or bool(self.told) or self.reports > 0)
            facts["seconds"] = perf_counter() - start
        facts["told"] = self.told[-1] if self.told else ""
        start = perf_counter()
        if self.experiment.fault_rate:
            self._look_at_failures(start)
        made = self._next()
        self._until(lambda: threading.active_count() <= threads + A_FEW)
        facts["ending"] = perf_counter() - start
        facts["right"] = made == _by_numpy(self.board)

    def _look_at_failures(self, start: float) -> None:
        desk = self.window.failures
        self._until(lambda: desk.dialog is not None and desk.dialog.isVisible())
        self.facts["dialog"] = perf_counter() - start
        self.facts["reports"] = self.reports
        self._until(lambda: not self.session.is_running)
        assert desk.dialog is not None
        desk.dialog.close()

    def _next(self) -> World:
        """The generation that bands of rows make, whatever is left of the last one."""
        self.session.load(self.board, CONWAY, TORUS)
        self.session.configure(Experiment(strategy="row-batches", wire=WireKind.NONE))
        self.finished = False
        self.session.step()
        self._until(lambda: self.finished)
        return self.session.board

    def _resident(self) -> float:
        return self.process.memory_info().rss / MIB

    def _until(self, holds: Callable[[], bool], seconds: float = LONGEST) -> None:
        """Lets the window live until something holds."""
        clock, loop, timer = QElapsedTimer(), QEventLoop(), QTimer()

        def look() -> None:
            self.most_resident = max(self.most_resident, int(self._resident()))
            self.most_threads = max(self.most_threads, threading.active_count())
            if holds() or clock.hasExpired(int(seconds * 1000)):
                loop.quit()

        clock.start()
        timer.timeout.connect(look)
        timer.start(20)
        loop.exec()
        timer.stop()
        if seconds == LONGEST and not holds():
            raise TimeoutError(
                f"{self.experiment.strategy}: not within {seconds:g} s; {threading.active_count()} threads"
            )

    def _wait(self, seconds: float) -> None:
        self._until(lambda: False, seconds)


def _by_numpy(board: Board) -> Board:
    """The next generation on the torus; compiled code would take memory that is none of the experiment's."""
    cells = board.cells().astype(np.uint8)
    shifts = [(y, x) for y in (-1, 0, 1) for x in (-1, 0, 1) if (y, x) != (0, 0)]
    count = np.sum([np.roll(cells, shift, (0, 1)) for shift in shifts], axis=0)
    return Board.from_cells((count == 3) | ((count == 2) & (cells == 1)))


def run_one(cells: int, experiment: Experiment, how: str) -> dict[str, Any]:
    """One line, in this process."""
    application = QApplication.instance() or QApplication(["bench"])
    QCoreApplication.setApplicationName("lifeloom-benchmark")
    with tempfile.TemporaryDirectory() as folder, StderrTee() as tee, ExitStack() as lost:
        if how == LOST:
            lost.enter_context(stuck.stuck(next(way for way in stuck.WAYS if way.key == experiment.strategy)))
            for module in (strategy_section, looks, setup_parts, settings, status):
                module.STRATEGIES = life.fanout.STRATEGIES
        apply_theme(application)
        store = QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)
        window = make_window(settings.Settings(store), tee=tee)
        window.resize(1280, 800)
        window.show()
        window.session.start()
        with GarbageInGuiThread(lambda: window.watch.live is not None), TurnsAsThreadsNeed(window.session):
            facts = Wild(window, experiment, cells).run(how)
        window.session.close(5)
        return facts


def jobs(what: str, sizes: list[int]) -> Iterator[tuple[int, Experiment, str]]:
    """The lines of one table."""
    if what == "faults":
        for cells, kind, key in product(sizes or [10_000], KINDS, FAULTY):
            workers = 256 if key in ("thread-pool", "queue-workers") else None
            faulty = Experiment(strategy=key, latency=0.01, fault_rate=1.0, fault_kind=kind, workers=workers)
            yield cells, faulty, RUN
    elif what == "lost":
        for way in (stuck.Blocks, stuck.Spins, stuck.SwallowsStopped):
            yield (sizes or [10_000])[0], Experiment(strategy=way.key, latency=0), LOST
    else:
        for cells, wait in product(sizes or SIZES, WAITS):
            yield cells, Experiment(strategy="thread-per-cell", latency=wait), STOP if what == "stops" else RUN


def line_of(facts: dict[str, Any]) -> str:
    """The figures in the order of `HEAD`."""
    late, is_right = facts["late"], "yes" if facts["right"] else "NO"
    how = facts.get("kind", "") or f"{facts['wait']:g} s"
    took = next(f"{name}{facts[key]:.2f} s" for key, name in TIMES.items() if key in facts)
    again = f"{facts['again']:.0f}" if "again" in facts else ""
    dialog = f"{facts['reports']} in {facts['dialog']:.2f} s" if "dialog" in facts else ""
    return (
        f"{facts['cells']:>8,} {facts['strategy']:<17}{how:<7}{took:<13}{facts['threads']:>7,}  "
        f"{late[int(len(late) * 0.99)]:>7.1f}{late[-1]:>8.1f}  {facts['ending']:>7.2f}  "
        f"{facts['before']:>5.0f} {facts['most']:>6.0f} {facts['after']:>6.0f} {again:>6}  {is_right:<6}{dialog}"
    )


HEAD = (
    f"{'cells':>8} {'strategy':<17}{'wait':<7}{'took':<13}{'threads':>7}  {'p99 ms':>7}{'max ms':>8}  {'end s':>7}  "
    f"{'MiB':>5} {'most':>6} {'after':>6} {'again':>6}  right dialog"
)


def measured(cells: int, experiment: Experiment, how: str) -> dict[str, Any]:
    """The facts of one line, from a process of its own."""
    names = ("strategy", "latency", "fault_rate", "workers")
    chosen = {name: getattr(experiment, name) for name in names} | {"fault_kind": experiment.fault_kind.value}
    job = json.dumps({"cells": cells, "experiment": chosen, "how": how})
    command = [sys.executable, "-m", "tests.benchmarks.bench_wild", "--one", job]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"exit {done.returncode}: {done.stderr[-2000:]}")
    facts: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return facts | ({"kind": experiment.fault_kind.value} if experiment.fault_rate else {})


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        job = json.loads(sys.argv[2])
        experiment = Experiment(**{**job["experiment"], "fault_kind": Fault(job["experiment"]["fault_kind"])})
        print(json.dumps(run_one(job["cells"], experiment, job["how"])), flush=True)
        os._exit(0)
    for what in sys.argv[1:2] or ("threads", "stops", "faults", "lost"):
        print(f"{what}\n{HEAD}", flush=True)
        for cells, experiment, how in jobs(what, [int(size) for size in sys.argv[2:]]):
            facts = measured(cells, experiment, how)
            print(line_of(facts), flush=True)
            for sentence in (facts["limit"], facts["told"]):
                if sentence:
                    print(f"{'':>9}{sentence}", flush=True)


if __name__ == "__main__":
    main()
