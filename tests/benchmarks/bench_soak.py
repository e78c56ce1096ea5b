"""Eight hours' worth of generations and thousands of random commands: what a window takes ever more of, if anything.

    python -m tests.benchmarks.bench_soak [GENERATIONS] [COMMANDS]

At 5 generations a second eight hours are 144,000. They are run as fast as they go on a board of 12 × 16 cells without
waits, in turns by every strategy; those on a Dask cluster for themselves, because what Dask remembers of its tasks is
not ours. Then come random commands, races, files and other windows among them, seed after seed, each with settings of
its own. All loops are compiled before: LLVM keeps some megabytes of each, once a process. 0 leaves a part out. Slopes
are those of the straight line of least squares through all samples but the first quarter, in which pools, caches and
histories fill; one below twice its standard error is called noise.
"""

import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from gui.document import Answer
from gui.opening import make_window
from gui.session import Session
from gui.settings import Settings
from gui.window import MainWindow
from life.board import Board
from life.density import block_counter
from life.engine import loops
from life.engine.compiler import compiled_loop, numba_package
from life.engine.sparse.engine import compiled_advance
from life.engine.sparse.loops import advance_by, copy_by
from life.experiment import WireKind
from life.fanout import STRATEGIES
from life.fanout.strategy import Strategy
from life.hashlife.machine import shared_machinery
from life.rule import CONWAY
from life.topology import TORUS
from tests.gui.fakes import FakeQuestions
from tests.gui.soaking import RULES, STRATEGIES_HERE, taken, until, wait
from tests.gui.soaking_windows import SoakOfWindows
from tests.gui.windows import settings_in

GENERATIONS = 144_000
COMMANDS = 3_000
COMMANDS_A_SEED = 150
TURN = 500  # generations
LONGEST_TURN = 600.0  # seconds
UNITS = {"memory": "MiB"}


def new_window(folder: Path) -> MainWindow:
    return window_on(settings_in(folder), FakeQuestions(Answer.DISCARD))


def window_on(settings: Settings, questions: FakeQuestions) -> MainWindow:
    window = make_window(settings, questions)
    window.resize(1000, 700)
    window.show()
    window.session.start()
    return window


def run_generations(
    window: MainWindow, generations: int, strategies: Sequence[type[Strategy]]
) -> list[tuple[float, dict[str, float]]]:
    """Samples after every turn: how many generations were made by then, and what was taken."""
    session, samples, made = window.session, [], 0
    session.set_rate(None)
    session.change(_soup(session.board.height, session.board.width), "Random fill")
    while made < generations:
        take_turn(session, strategies[made // TURN % len(strategies)], TURN)
        made += TURN
        samples.append((float(made), taken()))
    return samples


def run_rounds(window: MainWindow, rounds: int, turn: int) -> list[tuple[float, dict[str, float]]]:
    """Samples after every round, in which each strategy that is quick to start makes `turn` generations of 48 cells."""
    session, samples, made = window.session, [], 0
    session.set_rate(None)
    for _ in range(rounds):
        session.load(_soup(6, 8), CONWAY, TORUS)
        for strategy in STRATEGIES_HERE:
            take_turn(session, strategy, turn)
            made += turn
        samples.append((float(made), taken()))
    return samples


def take_turn(session: Session, strategy: type[Strategy], generations: int) -> None:
    """So many generations by one strategy, without waits; returns when they are made."""
    session.configure(replace(session.experiment, strategy=strategy.key, workers=None, wire=WireKind.NONE, latency=0.0))
    begin = session.generation
    session.step(generations)
    until(lambda: session.generation >= begin + generations and not session.is_running, LONGEST_TURN)


def _soup(height: int, width: int) -> Board:
    return Board.from_cells(np.random.default_rng(1).random((height, width)) < 0.4)


class Slope(NamedTuple):
    """How one thing grows: at first and at last, per so many things done, and the standard error of that."""

    first: float
    last: float
    per: float
    noise: float

    @property
    def is_noise(self) -> bool:
        """Whether it may as well be none: less than twice its standard error."""
        return abs(self.per) <= 2 * self.noise


def slopes(samples: list[tuple[float, dict[str, float]]], per: float) -> dict[str, Slope]:
    """Of the straight line of least squares through all samples but the first quarter, for each thing that is taken."""
    late = samples[len(samples) // 4 :]
    xs = np.array([x for x, _ in late])
    return {name: _slope(xs, np.array([sample[name] for _, sample in late]), per) for name in late[0][1]}


def _slope(xs: np.ndarray, ys: np.ndarray, per: float) -> Slope:
    if len(xs) <= 2:
        return Slope(ys[0], ys[-1], float("nan"), float("nan"))
    away = xs - xs.mean()
    slope = float(away @ ys / (away @ away))
    rest = ys - ys.mean() - slope * away
    error = float(np.sqrt(rest @ rest / (len(xs) - 2) / (away @ away)))
    return Slope(ys[0], ys[-1], slope * per, error * per)


def print_slopes(title: str, unit: str, per: float, samples: list[tuple[float, dict[str, float]]]) -> None:
    print(f"{title}: {samples[-1][0]:,.0f} {unit}")
    for name, slope in slopes(samples, per).items():
        told = (
            "too few samples to say"
            if slope.per != slope.per
            else "within noise"
            if slope.is_noise
            else "it grows"
            if slope.per > 0
            else "it shrinks"
        )
        grown = f"{slope.per:+.3f} ± {slope.noise:.3f} per {per:,.0f}"
        print(f"  {name:<10}{slope.first:>9.1f} → {slope.last:>8.1f} {UNITS.get(name, ''):<4} {grown}, {told}")


def print_generations(folder: Path, generations: int) -> None:
    begin = perf_counter()
    window = new_window(folder)
    ours = [strategy for strategy in STRATEGIES if strategy.key != "bands-dask"]
    on_dask = [strategy for strategy in STRATEGIES if strategy.key == "bands-dask"]
    share = generations // len(STRATEGIES)
    print_slopes("Generations", "made", 10_000, run_generations(window, generations - share, ours))
    print_slopes("Generations on a Dask cluster", "made", 10_000, run_generations(window, share, on_dask))
    window.close()
    window.deleteLater()
    print(f"  in {perf_counter() - begin:.0f} s")


def print_commands(folder: Path, commands: int) -> None:
    compile_all()
    samples, checked, closed, begin = [], 0, 0, perf_counter()
    for seed in range(max(commands // COMMANDS_A_SEED, 1)):
        soak = _soak(seed, folder)
        soak.perform(min(commands, COMMANDS_A_SEED))
        checked, closed = checked + soak.checked, closed + soak.closed
        soak.leave()
        wait(100)
        samples.append((float((seed + 1) * min(commands, COMMANDS_A_SEED)), taken()))
    print_slopes("Random commands", "done", 1_000, samples)
    print(f"  {checked:,} generations computed again and found right, {closed:,} windows closed over what went on")
    print(f"  in {perf_counter() - begin:.0f} s")


def compile_all() -> None:
    """All loops for the rules that commands choose among, and those that count; nothing where numba is missing."""
    try:
        numba_package()
    except ImportError:
        return
    before, begin = taken()["memory"], perf_counter()
    for rule in RULES:
        for board_loop, plane_loop in ((loops.advance_by, advance_by), (loops.advance_changes_by, copy_by)):
            compiled_loop(board_loop, rule)
            compiled_advance(plane_loop, rule)
    shared_machinery().wait()
    block_counter().wait()
    print(f"Loops compiled or loaded in {perf_counter() - begin:.0f} s, +{taken()['memory'] - before:.0f} MiB")


def _soak(seed: int, folder: Path) -> SoakOfWindows:
    settings, questions = settings_in(folder), FakeQuestions(Answer.DISCARD)
    return SoakOfWindows(lambda: window_on(settings, questions), questions, seed, folder)


def main() -> None:
    generations = int(sys.argv[1]) if len(sys.argv) > 1 else GENERATIONS
    commands = int(sys.argv[2]) if len(sys.argv) > 2 else COMMANDS
    application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        for variable in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{variable}_HOME"] = str(Path(folder) / variable)
        if generations:
            print_generations(Path(folder), generations)
        if commands:
            print_commands(Path(folder), commands)
    del application


if __name__ == "__main__":
    main()
