"""Guess and measurement side by side, and who was nearest."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import words
from gui.cards import heading, sentence
from gui.look.theme import SPACING
from gui.race.guesses import Guess, Measured, Question, Verdict, verdicts
from gui.race.table import FiguresTable, Line
from life.errors import Fate
from life.fanout import strategy_class

_HEADINGS = ("who", "seconds", "against the measurement", "threads alive", "against the measurement")
_FATE_HEADING = "who sees the exception"
_IS_NUMBER = (False, True, False, True, False)
_DASH = "–"


class GuessesTab(QWidget):
    """A sentence with what came out, and a line for each person."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = heading("", 2)
        self.measured = sentence()
        self.measured.setObjectName("what-came-out")
        self.table = FiguresTable("Guesses")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACING, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self.title)
        layout.addWidget(self.measured)
        layout.addWidget(self.table, 1)

    def show_guesses(self, question: Question, guesses: Sequence[Guess], measured: Measured) -> None:
        """Shows them beside what is known so far."""
        title = strategy_class(question.strategy).title
        self.title.setText(f"{title}, {words.count(question.cells, 'cell')}")
        self.measured.setText(_told(measured))
        lines = [_line(verdict) for verdict in verdicts(guesses, measured)]
        if question.fault is None:
            self.table.show_lines(_HEADINGS, [line[:-1] for line in lines], _IS_NUMBER)
        else:
            self.table.show_lines((*_HEADINGS, _FATE_HEADING), lines, (*_IS_NUMBER, False))


def _told(measured: Measured) -> str:
    if measured.seconds is None and measured.sees is None:
        return "It has not run yet."
    parts = []
    if measured.seconds is not None:
        parts.append(f"{words.duration(measured.seconds)}{', computed' if measured.is_computed else ''}")
    if measured.peak_threads is not None:
        parts.append(f"at most {words.count(measured.peak_threads, 'thread')} alive at once")
    if measured.sees is not None:
        parts.append(f"the exception: {measured.sees.value}")
    return f"What came out: {'; '.join(parts)}."


def _line(verdict: Verdict) -> Line:
    guess = verdict.guess
    seconds, threads = guess.seconds, guess.peak_threads
    return (
        (guess.name, None),
        (_DASH if seconds is None else words.duration(seconds), seconds),
        (_against(verdict.seconds_factor, verdict.is_nearest_in_seconds), None),
        (_DASH if threads is None else f"{threads:,}", threads),
        (_against(verdict.threads_factor, verdict.is_nearest_in_threads), None),
        (_fate_text(guess.sees, verdict.is_right_about_fate), None),
    )


def _against(factor: float | None, is_nearest: bool) -> str:
    if factor is None:
        return _DASH
    if 0.995 <= factor <= 1.005:
        text = "exactly"
    else:
        text = f"{factor:,.3g} × too much" if factor > 1 else f"{1 / factor:,.3g} × too little"
    return f"nearest: {text}" if is_nearest else text


def _fate_text(sees: Fate | None, is_right: bool | None) -> str:
    if sees is None:
        return _DASH
    return sees.value if is_right is None else f"{sees.value}: {'right' if is_right else 'wrong'}"
