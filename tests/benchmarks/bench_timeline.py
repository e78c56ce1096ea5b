"""How late the event loop is while 100,000 coroutine cells are traced, drawn and scrubbed, and what a frame costs.

    python -m tests.benchmarks.bench_timeline [HEIGHT WIDTH] [STRATEGY]

The board, its overlay, the timeline and the time travel bar are shown as in the window. A 5 ms timer measures how
much later than asked the event loop comes round to it; what is asked for is at most 20 ms at the 99th percentile.
While a generation runs, some of the lateness is its own, because coroutines are busy in Python; the first line says how
much that is with nothing recorded and nothing shown. Garbage is kept to the GUI thread and turns are short, as in the
application.
"""

import os
import sys
from collections.abc import Callable
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from gui.board.view import BoardView
from gui.bridge import SimulationBridge
from gui.garbage import GarbageInGuiThread
from gui.look.theme import apply_theme
from gui.turns import turn_for
from gui.watch.legend import OverlayLegend
from gui.watch.overlay import Overlay
from gui.watch.scrubber import ScrubBar
from gui.watch.timeline_dock import TimelineDock
from gui.watch.watch import Watch
from life.board import Board
from life.experiment import Experiment
from life.facts import Result
from life.history import History
from life.simulation import Simulation
from life.trace.states import states_at
from tests.benchmarks.bench_window import Lateness

SECONDS_OF_SCRUBBING = 3.0
SECONDS_TO_SETTLE = 0.5
GENERATIONS = 3
FRAMES = 60


class Stage(QWidget):
    """Everything with which a generation is watched, around a simulation."""

    def __init__(self, board: Board, experiment: Experiment) -> None:
        super().__init__()
        history = History()
        self.bridge = SimulationBridge(self)
        self.simulation = Simulation(self.bridge, board, experiment=experiment, history=history, rate=None)
        self.watch = Watch(history, self.bridge, self)
        self.view, self.legend, self.scrub = BoardView(board), OverlayLegend(self.watch), ScrubBar(self.watch)
        self.dock = TimelineDock(self.watch)
        self.overlay = Overlay(self.watch, self.view, self.legend, self)
        layout = QVBoxLayout(self)
        for widget in (self.legend, self.view, self.scrub, self.dock):
            layout.addWidget(widget, 2 if widget is self.view else 0)
        self.resize(1280, 800)


class Rounds(QObject):
    """Lets the event loop run until something has happened, or for a while."""

    ticked = Signal()

    def __init__(self, late: Lateness) -> None:
        super().__init__()
        self._late = late
        self._loop = QEventLoop()

    def until(self, start: Callable[[], object], is_there: Callable[[], bool]) -> list[float]:
        self._is_there = is_there
        poll = QTimer(self)
        poll.timeout.connect(self._look)
        poll.start(20)
        return self._measured(start, poll)

    def for_seconds(self, start: Callable[[], object], seconds: float) -> list[float]:
        over = perf_counter() + seconds
        return self.until(start, lambda: perf_counter() >= over)

    def _measured(self, start: Callable[[], object], poll: QTimer) -> list[float]:
        self._late.late.clear()
        self._late.start()
        start()
        self._loop.exec()
        self._late.stop()
        poll.stop()
        return sorted(self._late.late)

    @Slot()
    def _look(self) -> None:
        if self._is_there():
            self._loop.quit()


def report(name: str, late: list[float]) -> None:
    p99 = late[int(len(late) * 0.99)]
    verdict = "within" if p99 <= 20 else "ABOVE"
    print(
        f"{name:34} late by {late[len(late) // 2]:5.1f} ms at the median, {p99:5.1f} ms at the 99th percentile "
        f"({verdict} 20 ms), {late[-1]:5.1f} ms at most ({len(late)} ticks)"
    )


def frame_ms(stage: Stage) -> list[float]:
    """Milliseconds of one frame of the overlay: reading the columns, making the picture, painting the board."""
    trace = stage.watch.records[-1].trace
    taken = []
    for share in np.linspace(0, 1, FRAMES):
        begun = perf_counter()
        stage.view.states.show_states(states_at(trace, trace.started + int(share * (trace.finished - trace.started))))
        stage.view.grab()
        taken.append((perf_counter() - begun) * 1000)
    stage.view.states.hide_states()
    return sorted(taken)


def generations(stage: Stage, rounds: Rounds) -> list[float]:
    """How late the event loop was while a few generations ran, sorted."""
    late: list[float] = []
    made: list[Result] = []
    stage.bridge.finished.connect(made.append)
    for wanted in range(1, GENERATIONS + 1):
        late += rounds.until(stage.simulation.step, lambda wanted=wanted: len(made) == wanted)
    stage.bridge.finished.disconnect(made.append)
    return sorted(late)


def watch_everything(stage: Stage, title: str) -> None:
    """Runs it, looks at it in every way, and prints how late the event loop was each time."""
    watch, timeline = stage.watch, stage.dock.timeline
    rounds = Rounds(Lateness())
    stage.simulation.start()
    print(title)
    rounds.for_seconds(stage.view.grab, SECONDS_TO_SETTLE)  # the first paint loads fonts
    stage.overlay.set_enabled(False)
    report("while it runs and nobody watches", generations(stage, rounds))
    stage.overlay.set_enabled(True)
    stage.simulation.set_recording(True)
    report("while it is traced, overlay live", generations(stage, rounds))
    record = watch.records[-1]
    drawn = rounds.until(lambda: None, lambda: timeline.bars is not None and timeline.trace is record.trace)
    report("while its timeline is got ready", drawn)
    stage.scrub.playback.set_speed(record.seconds / SECONDS_OF_SCRUBBING)
    report(
        "while it is played back",
        rounds.until(stage.scrub.playback.toggle, lambda: not stage.scrub.playback.is_running),
    )
    zooms = QTimer()
    zooms.timeout.connect(lambda: timeline._see(timeline.time.zoomed(1.02, 500), timeline.lanes.panned(1)))
    report("while it is zoomed, 30 × a second", rounds.for_seconds(lambda: zooms.start(33), 2.0))
    zooms.stop()
    frames = frame_ms(stage)
    print(f"a frame of the overlay: {frames[FRAMES // 2]:.1f} ms at the median, {frames[-1]:.1f} ms at most")


def main() -> None:
    height, width = (int(n) for n in sys.argv[1:3]) if len(sys.argv) > 2 else (250, 400)
    strategy = sys.argv[3] if len(sys.argv) > 3 else "coroutines"
    app = QApplication.instance() or QApplication(["bench"])
    apply_theme(app)
    experiment = Experiment(strategy, jitter=0.05)
    sys.setswitchinterval(turn_for(experiment, height, width, sys.getswitchinterval()))
    board = Board.from_cells(np.random.default_rng(1).random((height, width)) < 0.3)
    stage = Stage(board, experiment)
    stage.show()
    with GarbageInGuiThread(lambda: stage.watch.live is not None):
        watch_everything(stage, f"{strategy}, {height * width:,} cells that each wait 50 to 150 ms, 1280 × 800")
    stage.simulation.close()
    stage.bridge.close()


if __name__ == "__main__":
    main()
