"""Random commands at random times on a whole window, from a seed, checked against a model that knows only the rules.

The model keeps an *anchor*: the moment in which the board was last changed by anything but a generation that went well.
Whenever the window has come to rest, the generations since then are computed again by the plain definition, and what is
shown has to be that board. What was drawn last has to be on the board for as long as no generation was made.
"""

import gc
import os
import random
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from time import monotonic

import numpy as np
import psutil
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.board.tools import Tool
from gui.window import MainWindow
from gui.workspaces import Workspace
from life.board import Board
from life.engine.generation import next_board
from life.experiment import Fault, WireKind
from life.facts import FailureReport
from life.fanout import STRATEGIES
from life.plane.box import Box
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY, Rule
from life.topology import BOUNDED, PLANE, Topology
from life.world import World
from tests.life.child_processes import children

PATTERNS = {
    "glider.rle": "#N Glider\nx = 3, y = 3, rule = B3/S23:T14,11\nbob$2bo$3o!",
    "soup.rle": "x = 9, y = 4, rule = B36/S23:P20,9\nbob2obobo$3o2b3o$bobobobo$4bo!",
    "blinker.cells": "!Name: Blinker\n.....\n.....\n.OOO.\n.....\n",
    "broken.rle": "x = 3, y = 3\n3q!",
}
STRATEGIES_HERE = tuple(s for s in STRATEGIES if s.key not in ("bands-processes", "bands-dask"))  # quick to start
RULES = (CONWAY, Rule(frozenset({3, 6}), frozenset({2, 3})), Rule(frozenset({2}), frozenset()))
PATIENCE = 2.0  # seconds; after which a generation is stopped rather than waited for
MOST_COMPUTED = 400  # generations that the model computes to have a look at one
LARGEST_COMPUTED = 1 << 24  # cells of a plane around all that lives
LONG = 30.0  # seconds; how long to wait for what comes as soon as it can


class Soak:
    """Does random things to a window, and knows what must have come of them.

    Attributes:
        done: what was done, in order, for whoever has to find out what went wrong.
        checked: how many generations were computed again and found right.
    """

    def __init__(self, window: MainWindow, seed: int, folder: Path) -> None:
        self.window = window
        self.session = window.session
        self.random = random.Random(seed)
        self.done: list[str] = []
        self.checked = 0
        self._anchor = self.session.moment
        self._is_spoiled = False
        self._files = _written(folder)
        self._commands = self._weighted()
        self.session._bridge.cells_failed.connect(self._hear_failures)

    def perform(self, count: int, rest_every: int = 3) -> None:
        """Does `count` random things, and has a look at the result after about every third."""
        for _ in range(count):
            command = self.random.choice(self._commands)
            self.done.append(command.__name__)
            command()
            wait(self.random.choice((0, 0, 1, 5, 20, 60)))
            if self.random.randrange(rest_every) == 0:
                self.come_to_rest()
        self.come_to_rest()

    def come_to_rest(self) -> None:
        """Pauses, waits until all is quiet, and checks what is shown."""
        self.session.leave_limit()
        self.session.pause()
        self._wait_for_rest()
        self._check()
        if self.random.random() < 0.7:
            self._configure(fault_rate=0.0, faults={})

    def _wait_for_rest(self) -> None:
        simulation = self.session._simulation

        def is_quiet() -> bool:
            is_same = simulation.player.now == self.session.moment and simulation.player.mode is self.session.mode
            return is_same and not simulation._inbox.commands and not self.session.is_running

        patient_until = monotonic() + PATIENCE
        until(lambda: is_quiet() or monotonic() > patient_until)
        if not is_quiet():
            self.session.stop()
        until(is_quiet)
        wait(5)
        until(is_quiet)

    # The model.

    def _hear_failures(self, report: FailureReport) -> None:
        """A generation in which cells failed is not what the rules say."""
        self._is_spoiled = self._is_spoiled or report.advanced

    def _anchor_here(self) -> None:
        """What is shown is what the model goes on from."""
        self._anchor, self._is_spoiled = self.session.moment, False

    def _check(self) -> None:
        shown, anchor = self.session.moment, self._anchor
        assert self.window.view.board == shown.board, self._story()
        if not self._is_spoiled:
            assert (shown.rule, shown.topology) == (anchor.rule, anchor.topology), self._story()
            assert shown.generation >= anchor.generation, self._story()
            generations = shown.generation - anchor.generation
            expected = after(anchor.board, shown.rule, shown.topology, generations)
            if expected is not None:
                assert expected == shown.board, self._story()
                self.checked += min(generations, MOST_COMPUTED)
        self._anchor_here()

    def _story(self) -> str:
        return " ".join(self.done[-40:])

    # What is done.

    def _weighted(self) -> list[Callable[[], None]]:
        often = (self.play, self.step, self.draw, self.undo, self.change_strategy)
        now_and_then = (
            self.pause, self.stop, self.redo, self.step_back, self.reset, self.load, self.resize, self.change_rule,
            self.change_edges, self.change_wire, self.plant, self.change_rate, self.retry, self.keep_going,
            self.as_python, self.zoom, self.show_workspace, self.random_fill, self.press_a_key,
            self.break_something,
        )  # fmt: skip
        return [*often * 3, *now_and_then]

    def play(self) -> None:
        self.session.play()
        self.session.accept_limit()
        wait(self.random.choice((0, 50, 150)))

    def pause(self) -> None:
        self.session.pause()

    def stop(self) -> None:
        self.session.stop()

    def step(self) -> None:
        self.session.step(self.random.choice((1, 1, 2, 7)))
        self.session.accept_limit()

    def draw(self) -> None:
        """A click of the mouse on a cell, which must be there at once and stay."""
        view, board = self.window.view, self.session.board
        if not view.isVisible() or view.is_past:
            return
        view.set_tool(Tool.DRAW)
        y, x = self._any_cell()
        at, was_alive = self._point_of(y, x), board.is_alive(y, x)
        if at is not None:
            QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
            assert self.session.board.is_alive(y, x) is not was_alive, self._story()
            if self.random.random() < 0.3:
                self.session.undo()
                assert self.session.board.is_alive(y, x) is was_alive, self._story()
            self._anchor_here()

    def _any_cell(self) -> tuple[int, int]:
        world = self.session.board
        box = world.frame if isinstance(world, Board) else (world.box or Box(0, 0, 1, 1)).grown(2)
        return self.random.randrange(box.top, box.bottom), self.random.randrange(box.left, box.right)

    def _point_of(self, y: int, x: int) -> QPoint | None:
        view = self.window.view
        pitch, ratio = view.viewport.pitch, view.viewport.ratio
        middle = ((view.viewport.edge_x(x) + pitch / 2) / ratio, (view.viewport.edge_y(y) + pitch / 2) / ratio)
        point = QPoint(int(middle[0]), int(middle[1]))
        is_seen = view.rect().contains(point) and view.viewport.cell_at((point.y(), point.x())) == (y, x)
        return point if is_seen else None

    def undo(self) -> None:
        self.session.undo()
        self._anchor_here()

    def redo(self) -> None:
        self.session.redo()
        self._anchor_here()

    def step_back(self) -> None:
        self.session.step_back()
        self._anchor_here()

    def reset(self) -> None:
        self.session.reset()
        self._anchor_here()

    def load(self) -> None:
        self.window.document.open(self.random.choice(self._files))
        self._anchor_here()

    def resize(self) -> None:
        if isinstance(self.session.board, Board):
            self.session.resize(self.random.randint(1, 14), self.random.randint(1, 18))
            self._anchor_here()

    def change_rule(self) -> None:
        self.session.set_rule(self.random.choice(RULES))
        self._anchor_here()

    def change_edges(self) -> None:
        edges = Topology(self.random.random() < 0.5, self.random.random() < 0.5)
        self.session.set_topology(self.random.choice((PLANE, edges)))
        self._anchor_here()

    def random_fill(self) -> None:
        board = self.session.board
        if not isinstance(board, Board):
            return
        cells = np.random.default_rng(self.random.randrange(1000)).random((board.height, board.width)) < 0.4
        self.session.change(Board.from_cells(cells), "Random fill")
        self._anchor_here()

    def change_strategy(self) -> None:
        strategy = self.random.choice(STRATEGIES_HERE)
        workers = self.random.choice((1, 3)) if strategy.default_workers else None
        self._configure(strategy=strategy.key, workers=workers)

    def change_wire(self) -> None:
        kind = self.random.choice((WireKind.NONE, WireKind.WAIT, WireKind.WAIT, WireKind.SERVICE))
        self._configure(wire=kind, latency=self.random.choice((0.0, 0.001, 0.01)))

    def plant(self) -> None:
        self.session.plant_from_now_on(self.random.choice(list(Fault)))
        self.session.toggle_fault(*self._any_cell())

    def break_something(self) -> None:
        """Every cell fails, or some do, until somebody repairs it."""
        self._configure(fault_rate=self.random.choice((0.05, 1.0)), fault_kind=self.random.choice(list(Fault)))

    def _configure(self, **changes: object) -> None:
        self.session.configure(replace(self.session.experiment, time_limit=0.05, **changes))

    def change_rate(self) -> None:
        self.session.set_rate(self.random.choice((2.0, 50.0, None)))

    def retry(self) -> None:
        """May go back to the generation before, and whether it does is known when it has."""
        self.session.retry()
        self.session.pause()
        self._wait_for_rest()
        self._anchor_here()

    def keep_going(self) -> None:
        self.session.keep_going()

    def as_python(self) -> None:
        self.session.set_as_python(self.random.random() < 0.5)

    def zoom(self) -> None:
        self.random.choice((self.window.view.zoom_in, self.window.view.zoom_out, self.window.view.fit))()

    def show_workspace(self) -> None:
        self.window.workspaces.show(self.random.choice(list(Workspace)))

    def press_a_key(self) -> None:
        """Keys that change no cell."""
        key = self.random.choice((Qt.Key.Key_F5, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Left, Qt.Key.Key_F6))
        QTest.keyClick(QApplication.focusWidget() or self.window, key)


def after(world: World, rule: Rule, topology: Topology, generations: int) -> World | None:
    """What `world` is so many generations later, by the plain definition; None where that would take too long.

    A board that repeats itself may be asked for any generation.
    """
    seen: dict[World, int] = {}
    for done in range(min(generations, MOST_COMPUTED)):
        if world in seen:
            rest = (generations - done) % (done - seen[world])
            return after(world, rule, topology, rest)
        if not isinstance(world, Board) and world.box is not None and _area(world.box) > LARGEST_COMPUTED:
            return None
        seen[world] = done
        world = _next(world, rule, topology)
    return world if generations <= MOST_COMPUTED else None


def _area(box: Box) -> int:
    return box.height * box.width


def _next(world: World, rule: Rule, topology: Topology) -> World:
    if isinstance(world, Board):
        return next_board(world, rule, topology)
    if world.box is None:
        return world
    box = world.box.grown(1)
    return TilePlane.from_board(next_board(world.crop(box), rule, BOUNDED), box.top, box.left)


def _written(folder: Path) -> list[Path]:
    for name, text in PATTERNS.items():
        (folder / name).write_text(text)
    return [folder / name for name in PATTERNS]


def wait(milliseconds: int) -> None:
    """Lets the window live for so long; unlike `QTest.qWait` it does not keep the interpreter's lock meanwhile."""
    loop, timer = _loop_and_timer()
    timer.start(milliseconds)
    loop.exec()


@cache
def _loop_and_timer() -> tuple[QEventLoop, QTimer]:
    """The same for all waits: with every method that PySide connects to a timer it loses some 55 bytes."""
    loop, timer = QEventLoop(), QTimer(singleShot=True)
    timer.timeout.connect(loop.quit)
    return loop, timer


def until(holds: Callable[[], bool], seconds: float = LONG) -> None:
    """Waits until something holds, and no longer than so many seconds."""
    give_up = monotonic() + seconds
    while not holds():
        assert monotonic() < give_up, "it has not come to rest"
        wait(2)


def taken() -> dict[str, float]:
    """What this process has of what a leak would take more and more of."""
    gc.collect()
    process = psutil.Process()
    return {
        "memory": process.memory_info().rss / 2**20,
        "threads": float(threading.active_count()),
        "files": float(len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").is_dir() else process.num_fds()),
        "children": float(len(children())),
    }
