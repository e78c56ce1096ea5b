"""The three figures that a room has to see: which generation, run how, and with how many threads alive or how fast."""

import threading
from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from gui import words
from gui.cards import dim
from gui.look.type_size import TypeFollower, enlarged, larger_font
from gui.session import Session
from gui.status import title_of
from life.experiment import Experiment
from life.facts import Result
from life.fanout import strategy_class

_TIMES = 1.7  # as large as other type


class BigFigure(QWidget):
    """A value in large type beside what it is; as wide as the widest value to be expected."""

    def __init__(self, name: str, caption: str, widest: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(caption)
        self._widest = widest
        self._value = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(dim(QLabel(caption)), 0, Qt.AlignmentFlag.AlignBaseline)
        layout.addWidget(self._value, 0, Qt.AlignmentFlag.AlignBaseline)
        TypeFollower(self, self._take_size)

    def _take_size(self) -> None:
        self._value.setFont(larger_font(_TIMES, bold=True))
        self._value.setMinimumWidth(self._value.fontMetrics().horizontalAdvance(self._widest))
        layout = self.layout()
        if layout is not None:
            layout.setSpacing(enlarged(10))

    @property
    def text(self) -> str:
        """The value as it is shown."""
        return self._value.text()

    def show_text(self, text: str) -> None:
        """Shows another value."""
        if text != self._value.text():
            self._value.setText(text)
            self.setAccessibleDescription(text)


class BigFigures(QFrame):
    """The figures in a row below the board; they follow the session whether they are shown or not."""

    def __init__(self, session: Session, threads_alive: Callable[[], int] = threading.active_count) -> None:
        super().__init__()
        self.setObjectName("presenter-figures")
        self.setAccessibleName("Figures")
        self._session = session
        self._threads_alive = threads_alive
        self.generation = BigFigure("big-generation", "Generation", "88,888")
        self.strategy = BigFigure("big-strategy", "Strategy")
        self.threads = BigFigure("big-threads", "Threads alive", "88,888")
        self.pace = BigFigure("big-pace", "Generations a second", "888,000")
        self._lay_out()
        session.state_changed.connect(self._show_generation)
        session.generation_finished.connect(self._show_result)
        session.experiment_changed.connect(self._show_strategy)
        self._show_generation()
        self._show_strategy(session.experiment)
        self.hide()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.addWidget(self.generation)
        layout.addStretch(1)
        layout.addWidget(self.strategy)
        layout.addStretch(1)
        layout.addWidget(self.threads)
        layout.addWidget(self.pace)
        TypeFollower(self, self._take_size)

    def _take_size(self) -> None:
        margin = enlarged(16)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(margin, enlarged(6), margin, enlarged(8))
            layout.setSpacing(margin)

    @Slot()
    def _show_generation(self) -> None:
        self.generation.show_text(words.number(self._session.generation))

    @Slot(Result)
    def _show_result(self, result: Result) -> None:
        self.generation.show_text(words.number(result.generation))
        if result.pace is not None:
            self.pace.show_text(words.pace(result.pace).removesuffix(" generations/s"))
        self.strategy.show_text(title_of(strategy_class(result.strategy), result.engine))

    @Slot(Experiment)
    def _show_strategy(self, experiment: Experiment) -> None:
        strategy = strategy_class(experiment.strategy)
        self.strategy.show_text(strategy.title)
        self.pace.setVisible(strategy.is_whole)
        self.threads.setVisible(not strategy.is_whole)  # no cell waits, so there is none for it

    @Slot(int)
    def show_threads(self, alive: int) -> None:
        """Says how many threads there are at the moment."""
        self.threads.show_text(f"{alive:,}")

    def refresh(self) -> None:
        """Counts the threads now, without waiting for the next sample."""
        self.show_threads(self._threads_alive())
