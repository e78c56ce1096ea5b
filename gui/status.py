"""The line under the board: figures that stay where they are while they change."""

import sys
import threading
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QSize, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from gui import words
from gui.cards import dim
from gui.elided import ElidedLabel
from life.board import Board
from life.facts import Mode, Result
from life.fanout import STRATEGIES, strategy_class
from life.fanout.strategy import Strategy
from life.rule import CONWAY, Rule
from life.rules import known_rule, with_name
from life.trace.columns import Trace
from life.world import World

SAMPLE_MS = 250
ENGINE_NAMES = {"tiles": "tiles", "hashlife": "HashLife"}
_LEAST_MESSAGE = 150  # pixels for what the simulation is about
_BETWEEN = 8
_LONG_ENOUGH_TO_WATCH = 3  # samples


def title_of(strategy: type[Strategy], engine: str) -> str:
    """What a strategy is called that took the plane further by an engine, or that had no choice, "", of engines."""
    return f"Whole plane: {ENGINE_NAMES.get(engine, engine)}" if engine else strategy.title


class Figure(QWidget):
    """A value and what it is; as wide as the widest value that is to be expected, so that nothing beside it moves.

    Once a value was wider, it keeps that width.

    Signals:
        grown: it needs more room than before.
    """

    grown = Signal()

    def __init__(self, name: str, caption: str, widest: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._value = QLabel()
        self._value.setFont(_steady(self._value.font()))
        self._widest = ""
        self._make_room(widest)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 2, 6, 2)
        layout.setSpacing(5)
        if caption:
            layout.addWidget(dim(QLabel(caption)))
        layout.addWidget(self._value)
        self.setAccessibleName(caption or name)

    @property
    def text(self) -> str:
        """The value as it is shown."""
        return self._value.text()

    def show_text(self, text: str) -> None:
        """Shows another value."""
        if text != self._value.text():
            self._make_room(text)
            self._value.setText(text)
            self.setAccessibleDescription(text)

    def _make_room(self, text: str) -> None:
        if len(text) > len(self._widest):
            self._widest = text
            width = self._value.fontMetrics().horizontalAdvance(text)
            if width > self._value.minimumWidth():
                self._value.setMinimumWidth(width)
                self.grown.emit()


class StatusBar(QStatusBar):
    """Mode, cell under the pointer, generation, population, strategy, time against the ideal, and threads.

    Where the board is computed as a whole, no cell waits: then it is generations a second, and on the plane the engine.
    In a narrow window the last of these give way, and the window is never made wider for them.

    Signals:
        sampled: with the number of threads that are alive, some times a second.
    """

    sampled = Signal(int)

    def __init__(
        self, threads_alive: Callable[[], int] = threading.active_count, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._threads_alive = threads_alive
        self._mode = ""
        self._is_running = False
        self._trace: Trace | None = None
        self._samples = 0
        self._peak = 0
        self._knowledge = ""
        self._strategy = STRATEGIES[0]
        self._stride = 1
        self._world: World | None = None
        self.message = ElidedLabel("mode")
        self.cell = Figure("cell", "", "(8888, 8888)")
        self.rule = Figure("rule", "", "")
        self.generation = Figure("generation", "Generation", "888,888")
        self.population = Figure("population", "Population", "88,888")
        self.box = Figure("live-box", "Box", "8,888 × 8,888")
        self.box.setToolTip("Rows × columns of the smallest rectangle with all live cells.")
        self.strategy = Figure("strategy", "", max((s.title for s in STRATEGIES), key=len))
        self.time = Figure("time", "", "0.88 s, 88 × the wait of 0.88 s")
        self.threads = Figure("threads", "Threads", "8,888 alive, peak 8,888")
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(SAMPLE_MS)
        self._timer.timeout.connect(self.sample)
        self._timer.start()
        self._show_threads()

    def _lay_out(self) -> None:
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 8, 0)
        self.addWidget(self.message, 1)
        counts = self.generation, self.population, self.box
        self._figures = (self.cell, self.rule, *counts, self.strategy, self.time, self.threads)
        self._unwanted = {self.rule, self.box}
        for figure in self._figures:
            self.addPermanentWidget(figure)
            figure.grown.connect(self._fit)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As narrow as one likes."""
        return QSize(_LEAST_MESSAGE, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shows what there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _want(self, figure: Figure, wanted: bool) -> None:
        if wanted == (figure in self._unwanted):
            self._unwanted ^= {figure}
            self._fit()

    @Slot()
    def _fit(self) -> None:
        """Leaves out what there is no room for, the least important first."""
        shown = [figure for figure in self._figures if figure not in self._unwanted]
        room = self.width() - _LEAST_MESSAGE if self.isVisible() else sys.maxsize
        for figure in (self.threads, self.box, self.time, self.strategy, self.rule, self.cell):
            if figure in shown and sum(one.sizeHint().width() + _BETWEEN for one in shown) > room:
                shown.remove(figure)
        for figure in self._figures:
            figure.setVisible(figure in shown)

    @Slot(object)
    def show_cell(self, cell: tuple[int, int] | None) -> None:
        """Says over which cell the pointer is, if it is over one."""
        self.cell.show_text(words.cell(cell) if cell else "")

    @Slot(object)
    def show_board(self, board: World) -> None:
        """Counts the living; on the plane it is also said a few times a second how far they reach."""
        is_other = self._world is None or board.frame != self._world.frame
        self._world = board
        self.population.show_text(words.number(board.population))
        self._want(self.box, not isinstance(board, Board))
        if is_other:
            self.strategy.show_text(self._strategy.title)
        if is_other or not self._is_running:
            self._show_box()

    def _show_box(self) -> None:
        if self._world is not None and self.box not in self._unwanted:
            box = self._world.box
            self.box.show_text(f"{words.number(box.height)} × {words.number(box.width)}" if box else "empty")

    def show_rule(self, rule: Rule) -> None:
        """Says by which rule the board goes on, where that is not Conway's."""
        known = known_rule(rule)
        self.rule.show_text(known.name if known else str(rule))
        self.rule.setToolTip(with_name(rule))
        self._want(self.rule, rule != CONWAY)

    def show_strategy(self, key: str) -> None:
        """Says how generations are run."""
        self._strategy = strategy_class(key)
        self.strategy.show_text(self._strategy.title)
        self.strategy.setToolTip("")
        self.time.show_text("")

    def show_stride(self, stride: int) -> None:
        """Says how many generations are made in one go, where it is not one and the strategy can."""
        self._stride = stride
        self._show_message()

    def show_mode(self, mode: Mode, generation: int) -> None:
        """Says what the simulation is about."""
        self._mode = mode.value[:1].upper() + mode.value[1:]
        self._is_running = mode in (Mode.PLAYING, Mode.STEPPING)
        self.generation.show_text(words.number(generation))
        if not self._is_running:
            self._trace = None
            self._show_box()
        self._show_message()

    def show_knowledge(self, text: str) -> None:
        """Says what the run has come to, in a few words; "" where that is not known."""
        if text != self._knowledge:
            self._knowledge = text
            self._show_message()

    @Slot(Result)
    def show_result(self, result: Result) -> None:
        """Says how long the generation took and how many threads it had at once."""
        self._trace = None
        self._peak = result.peak_threads
        self.generation.show_text(words.number(result.generation))
        self.time.show_text(self._time_of(result))
        self.time.setToolTip(words.pace(result.pace) if result.pace else "")
        self._show_engine(result)
        self._show_threads()
        self._show_message()

    def _time_of(self, result: Result) -> str:
        if not self._strategy.is_whole:
            return words.against_ideal(result.seconds, result.ideal_seconds)
        if result.pace is not None:
            return words.pace(result.pace)
        made = words.count(result.generations, "generation") if result.generations > 1 else ""
        return f"{made} in {words.duration(result.seconds)}" if made else words.duration(result.seconds)

    def _show_engine(self, result: Result) -> None:
        """Which engine took the plane further, if one did; it says so itself where another would have been faster."""
        self.strategy.show_text(title_of(self._strategy, result.engine))
        self.strategy.setToolTip(result.note)

    @Slot(object)
    def show_start(self, trace: Trace) -> None:
        """A generation is under way; where it takes long, its cells are counted."""
        self._trace = trace
        self._samples = 0

    @Slot()
    def sample(self) -> None:
        """Counts what is alive at this moment."""
        self._samples += 1
        self._show_threads()
        if self._is_running:
            self._show_box()
        self._show_message()
        self.sampled.emit(self._threads_alive())

    def _show_threads(self) -> None:
        peak = f", peak {self._peak:,}" if self._peak else ""
        self.threads.show_text(f"{self._threads_alive():,} alive{peak}")

    def _show_message(self) -> None:
        trace = self._trace
        if trace and not trace.is_whole and self._samples >= _LONG_ENOUGH_TO_WATCH:
            done = int(np.count_nonzero(trace.times(trace.ended)))
            cells = trace.height * trace.width
            text = f"Generation {trace.generation:,}: {done:,} of {words.count(cells, 'cell')} done"
        else:
            steps = f", {words.steps(self._stride)} a step" if self._stride > 1 and self._strategy.is_whole else ""
            mode = f"{self._mode}{steps}" if self._is_running else self._mode
            text = f"{mode}: {self._knowledge}" if self._knowledge else mode
        self.message.show_text(text)


def _steady(font: QFont) -> QFont:
    """The same font with digits of one width, where it has them."""
    steady = QFont(font)
    steady.setFeature(QFont.Tag("tnum"), 1)
    return steady
