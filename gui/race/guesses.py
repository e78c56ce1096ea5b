"""What people guessed before a race, and who was nearest after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from life.errors import Fate
from life.experiment import Fault
from life.race.course import Course
from life.race.entry import Entry, Outcome
from life.race.report import Row, rows_of


@dataclass(frozen=True, slots=True)
class Question:
    """What is guessed: how one strategy does on one size.

    Attributes:
        strategy, cells: which run it is about; `cells` as it was asked for, see `Course.cells`.
        fault: what goes wrong in its middle cell, if anything does.
    """

    strategy: str
    cells: int
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """What one person put down; None where nothing."""

    name: str
    seconds: float | None = None
    peak_threads: int | None = None
    sees: Fate | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was guessed."""
        return self.seconds is None and self.peak_threads is None and self.sees is None


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out: None where it is not known; `is_computed` says that `seconds` is no measurement."""

    seconds: float | None = None
    peak_threads: int | None = None
    sees: Fate | None = None
    is_computed: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """A guess beside what came out, and in what it was nearest of all or, for who sees the exception, right."""

    guess: Guess
    seconds_factor: float | None
    threads_factor: float | None
    is_nearest_in_seconds: bool
    is_nearest_in_threads: bool
    is_right_about_fate: bool | None


def question_of(course: Course, strategy: str) -> Question:
    """The question about a strategy at the largest size."""
    return Question(strategy, max(course.cells), course.middle_fault)


def measured_for(question: Question, course: Course, entries: Sequence[Entry]) -> Measured:
    """What came out for a question, as far as the race has got."""
    height, width = course.job(question.strategy, question.cells).size
    found = [row for row in rows_of(entries) if (row.strategy, row.cells) == (question.strategy, height * width)]
    return _measured(found[0]) if found else Measured()


def _measured(row: Row) -> Measured:
    seconds, peak = row.middle(lambda e: e.seconds), row.middle(lambda e: e.peak_threads)
    fates = [fate for entry in row.entries for fate, _ in entry.fates]
    return Measured(
        seconds,
        None if peak is None else round(peak),
        Fate(fates[0]) if fates else None,
        row.outcome is Outcome.COMPUTED,
    )


def verdicts(guesses: Sequence[Guess], measured: Measured) -> list[Verdict]:
    """A verdict for each guess, in their order; several are nearest where they are equally near."""
    seconds = [_factor(guess.seconds, measured.seconds) for guess in guesses]
    threads = [_factor(guess.peak_threads, measured.peak_threads) for guess in guesses]
    return [
        Verdict(
            guess,
            seconds[n],
            threads[n],
            _is_nearest(seconds[n], seconds),
            _is_nearest(threads[n], threads),
            None if guess.sees is None or measured.sees is None else guess.sees is measured.sees,
        )
        for n, guess in enumerate(guesses)
    ]


def _factor(guessed: float | None, measured: float | None) -> float | None:
    """How many times too large a guess was; below 1 where it was too small."""
    return guessed / measured if guessed and measured else None


def _is_nearest(factor: float | None, factors: Sequence[float | None]) -> bool:
    """Twice as much is as far off as half as much."""
    known = [abs(log(other)) for other in factors if other is not None]
    return factor is not None and abs(log(factor)) <= min(known) + 1e-9
