"""How late the window's event loop is while a huge soup runs as fast as it can, and somebody pans and draws in it.

    python -m tests.benchmarks.bench_big_board [SIDE] [SECONDS]

A 5 ms timer measures how much later than asked the event loop comes round to it, as in `bench_window`; a hand of the
benchmark's moves the board or draws at every frame. `DISPLAY` and QT_QPA_PLATFORM=xcb have it painted on a real screen.
"""

import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import cos, sin
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QPoint, QSettings, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.board.tools import Tool
from gui.look.theme import apply_theme
from gui.opening import open_window
from gui.window import MainWindow
from life.board import Board, stride_of
from life.facts import Result
from life.rule import CONWAY
from life.topology import TORUS
from tests.benchmarks.bench_window import Lateness

FRAME_MS = 16
WARM_UP = 4.0  # seconds, in which loops are compiled and a large board is counted for the first time


class Hand(QObject):
    """Does something at every frame, and notes the generations that were made meanwhile."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._view = window.view
        self._move: Callable[[int], None] = self.rest
        self._frames = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._act)
        self.generations = 0
        window.session.generation_finished.connect(self._note)

    def do(self, move: Callable[[int], None], seconds: float) -> list[float]:
        """Moves for so long; returns by how many milliseconds the event loop was late at each tick."""
        self._move, self._frames, self.generations = move, 0, 0
        lateness, loop = Lateness(), QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        lateness.start()
        self._timer.start()
        loop.exec()
        self._timer.stop()
        lateness.stop()
        QTest.mouseRelease(self._view, Qt.MouseButton.LeftButton, pos=self._place(0))
        return sorted(lateness.late)

    def rest(self, frame: int) -> None:
        """Only looks."""

    def pan(self, frame: int) -> None:
        """Moves the board in circles."""
        self._view.pan(20 * cos(frame / 20), 20 * sin(frame / 20))

    def draw(self, frame: int) -> None:
        """Draws strokes of half a second."""
        at, phase = self._place(frame), frame % 30
        if phase == 0:
            QTest.mousePress(self._view, Qt.MouseButton.LeftButton, pos=at)
        elif phase == 29:
            QTest.mouseRelease(self._view, Qt.MouseButton.LeftButton, pos=at)
        else:
            QTest.mouseMove(self._view, at)

    def _place(self, frame: int) -> QPoint:
        middle = self._view.rect().center()
        return QPoint(middle.x() + round(150 * cos(frame / 15)), middle.y() + round(150 * sin(frame / 11)))

    @Slot()
    def _act(self) -> None:
        self._frames += 1
        self._move(self._frames)

    @Slot(Result)
    def _note(self, result: Result) -> None:
        self.generations += result.generations


def soup(side: int) -> Board:
    """About three cells of eight alive: the bits of one random number, or of two others."""
    chance = np.random.default_rng(1)
    words = [np.frombuffer(chance.bytes(side * stride_of(side)), np.uint64) for _ in range(3)]
    bits = (words[0] & (words[1] | words[2])).view(np.uint8).reshape(side, stride_of(side)).copy()
    if side % 64:
        bits = Board(side, side, bits).crop(Board(side, side).frame).bits
    return Board(side, side, bits)


@dataclass(frozen=True)
class Measured:
    """What was done where, the sorted milliseconds by which ticks were late, and generations a second meanwhile."""

    what: str
    late: list[float]
    pace: float


def measure(side: int, seconds: float, moves: Sequence[str] = ("rest", "pan", "draw")) -> Iterator[Measured]:
    """Makes the window; the hand makes each of `moves` for so long, over the whole board and at 4 pixels a cell."""
    application = QApplication.instance() or QApplication(["bench"])
    QCoreApplication.setApplicationName("lifeloom-benchmark")
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(Path(folder)))
        apply_theme(application)
        window = open_window(None)
        window.resize(1280, 800)
        session = window.session
        session.configure(replace(session.experiment, strategy="whole-board"))
        session.load(soup(side), CONWAY, TORUS)
        session.set_rate(None)
        window.view.set_tool(Tool.DRAW)
        session.play()
        hand = Hand(window)
        hand.do(hand.rest, WARM_UP)
        while any(thread.name.startswith("compile") for thread in threading.enumerate()):  # the first time ever
            hand.do(hand.rest, WARM_UP)
        for scale in (None, 4.0):
            window.view.fit() if scale is None else window.view.show_scale(scale)
            where = "whole board" if scale is None else f"{scale:g} pixels a cell"
            for name in moves:
                if name == "draw" and scale is None:
                    continue  # the hand only draws where it can see a cell
                late = hand.do(getattr(hand, name), seconds)
                yield Measured(f"{where}, {name}", late, hand.generations / seconds)
        session.pause()
        window.session.mark_saved()
        window.close()


def main() -> None:
    side = int(sys.argv[1]) if len(sys.argv) > 1 else 16_384
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 8.0
    print(f"a soup of {side:,} × {side:,} cells, as fast as it goes; milliseconds that the event loop is late")
    print(f"{'':<22}{'median':>8}{'99 %':>8}{'most':>8}{'generations/s':>16}")
    for measured in measure(side, seconds):
        late = measured.late
        figures = (late[len(late) // 2], late[int(len(late) * 0.99)], late[-1])
        print(f"{measured.what:<22}" + "".join(f"{ms:>8.1f}" for ms in figures) + f"{measured.pace:>16,.1f}")


if __name__ == "__main__":
    main()
