"""The line under the board: figures that stay where they are while they change."""

import threading
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from gui import words
from gui.cards import dim
from gui.elided import ElidedLabel
from life.board import Board
from life.facts import Mode, Result
from life.fanout import STRATEGIES, strategy_class
from life.rule import CONWAY, Rule
from life.rules import known_rule, with_name
from life.trace.columns import Trace

SAMPLE_MS = 250
_LONG_ENOUGH_TO_WATCH = 3  # samples


class Figure(QWidget):
    """A value and what it is; as wide as the widest value that is to be expected, so that nothing beside it moves."""

    def __init__(self, name: str, caption: str, widest: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._value = QLabel()
        self._value.setFont(_steady(self._value.font()))
        self._value.setMinimumWidth(self._value.fontMetrics().horizontalAdvance(widest))
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
            self._value.setText(text)
            self.setAccessibleDescription(text)


class StatusBar(QStatusBar):
    """Mode, cell under the pointer, generation, population, strategy, time against the ideal, and threads.

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
        self._trace: Trace | None = None
        self._samples = 0
        self._peak = 0
        self._knowledge = ""
        self.message = ElidedLabel("mode")
        self.cell = Figure("cell", "", "(8888, 8888)")
        self.rule = Figure("rule", "", "")
        self.rule.hide()
        self.generation = Figure("generation", "Generation", "888,888")
        self.population = Figure("population", "Population", "88,888")
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
        for figure in (self.cell, self.rule, self.generation, self.population, self.strategy, self.time, self.threads):
            self.addPermanentWidget(figure)

    @Slot(int, int)
    def show_cell(self, y: int, x: int) -> None:
        """Says over which cell the pointer is; below 0 it is over none."""
        self.cell.show_text(f"({y}, {x})" if y >= 0 and x >= 0 else "")

    def show_board(self, board: Board) -> None:
        """Counts the living."""
        self.population.show_text(f"{board.population:,}")

    def show_rule(self, rule: Rule) -> None:
        """Says by which rule the board goes on, where that is not Conway's."""
        known = known_rule(rule)
        self.rule.show_text(known.name if known else str(rule))
        self.rule.setToolTip(with_name(rule))
        self.rule.setVisible(rule != CONWAY)

    def show_strategy(self, key: str) -> None:
        """Says how generations are run."""
        self.strategy.show_text(strategy_class(key).title)

    def show_mode(self, mode: Mode, generation: int) -> None:
        """Says what the simulation is about."""
        self._mode = mode.value[:1].upper() + mode.value[1:]
        self.generation.show_text(f"{generation:,}")
        if mode not in (Mode.PLAYING, Mode.STEPPING):
            self._trace = None
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
        self.generation.show_text(f"{result.generation:,}")
        self.time.show_text(words.against_ideal(result.seconds, result.ideal_seconds))
        self._show_threads()
        self._show_message()

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
        self._show_message()
        self.sampled.emit(self._threads_alive())

    def _show_threads(self) -> None:
        peak = f", peak {self._peak:,}" if self._peak else ""
        self.threads.show_text(f"{self._threads_alive():,} alive{peak}")

    def _show_message(self) -> None:
        trace = self._trace
        if trace and self._samples >= _LONG_ENOUGH_TO_WATCH:
            done = int(np.count_nonzero(trace.times(trace.ended)))
            cells = trace.height * trace.width
            text = f"Generation {trace.generation:,}: {done:,} of {words.count(cells, 'cell')} done"
        else:
            text = f"{self._mode}: {self._knowledge}" if self._knowledge else self._mode
        self.message.show_text(text)


def _steady(font: QFont) -> QFont:
    """The same font with digits of one width, where it has them."""
    steady = QFont(font)
    steady.setFeature(QFont.Tag("tnum"), 1)
    return steady
