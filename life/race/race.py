"""The course of a race under way: which run comes when, in which child, and what is made of how it ended."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import prod
from statistics import median
from threading import Lock
from time import monotonic

from life.children import Child, child_command
from life.race.child import ANSWER
from life.race.course import Course, guessed_seconds, waits_alone
from life.race.entry import Entry, Outcome
from life.race.job import Job
from life.race.traces import unpacked
from life.trace.columns import Trace

_SECONDS_TO_START = 15.0
_SECONDS_TO_CHECK = 600.0  # for what `serial` makes of a board; a million cells take it half a minute
_LAST_WORDS = 3

Told = Callable[[Entry, int, int, float], None]
Starting = Callable[[Job, int, int, float], None]


def _nothing(_job: Job, _done: int, _of: int, _left: float) -> None:
    """What is done before a run where nobody asked for more."""


@dataclass
class Race:
    """A race under way.

    Attributes:
        entries: the runs so far, computed ones included; they stay when the race is interrupted or cancelled.
        traces: what happened on the small boards in the first run of each, by strategy and size.
    """

    course: Course
    entries: list[Entry] = field(default_factory=list)
    traces: dict[tuple[str, int], Trace] = field(default_factory=dict)
    _expected: dict[int, str | None] = field(default_factory=dict)
    _settled: set[tuple[str, int]] = field(default_factory=set)
    _guard: Lock = field(default_factory=Lock)
    _child: Child | None = None
    _is_cancelled: bool = False

    def run(self, told: Told, starting: Starting = _nothing) -> None:
        """Makes all runs; returns early once it is cancelled.

        Args:
            told: hears after each run its entry, how many are done, how many there are, and the seconds left.
            starting: hears before each run that is made what it is, and the same numbers.
        """
        jobs = list(self.course.jobs())
        for number, job in enumerate(jobs):
            key = (job.experiment.strategy, job.cells)
            if key in self._settled:  # computed, or stopped at the limit: no use in doing it again
                continue
            entry = self._computed(job)
            if entry is None:
                starting(job, number, len(jobs), self._seconds_left(jobs[number:]))
                entry = self._run(job)
            if entry is None:  # cancelled
                return
            self.entries.append(entry)
            if entry.outcome in (Outcome.COMPUTED, Outcome.OVER_LIMIT):
                self._settled.add(key)
            told(entry, number + 1, len(jobs), self._seconds_left(jobs[number + 1 :]))

    def cancel(self) -> None:
        """Kills the child under way and has `run` return; from any thread, and again without harm."""
        with self._guard:
            self._is_cancelled = True
            if self._child:
                self._child.process.kill()

    def _computed(self, job: Job) -> Entry | None:
        """The run's entry where its waits alone would take longer than the limit."""
        if not self.course.is_absurd(job):
            return None
        seconds, ideal = waits_alone(job), job.experiment.latency
        detail = f"{seconds / ideal:,.0f} waits one after another"
        return Entry(
            job.experiment.strategy, prod(job.size), Outcome.COMPUTED, detail, seconds=seconds, ideal_seconds=ideal
        )

    def _run(self, job: Job) -> Entry | None:
        """The run's entry; None where the race was cancelled meanwhile."""
        cells, name = prod(job.size), job.experiment.strategy
        answer = self._answer_of(job, self.course.limit)
        if self._is_cancelled:
            return None
        if answer.is_late:
            return Entry(name, cells, Outcome.OVER_LIMIT, f"after {self.course.limit:g} s")
        if answer.facts is None:
            return Entry(name, cells, Outcome.DIED, answer.why)
        entry = self._judged(job, cells, answer.facts)
        return None if self._is_cancelled else entry

    def _answer_of(self, job: Job, limit: float) -> "Answer":
        """What a child makes of a job within its start and `limit` seconds."""
        seconds = limit + _SECONDS_TO_START
        with self._guard:
            if self._is_cancelled:
                return Answer(None, why="it was cancelled")
            try:
                self._child = child = Child(child_command("race-run", job.to_json()))
            except OSError as error:  # no memory or no number left for another process: a result as well
                return Answer(None, why=f"it could not be started: {error}")
        try:
            with child:
                began = monotonic()
                line = child.wait_for_line(ANSWER, seconds)
                is_late = line is None and monotonic() - began >= seconds
        finally:
            with self._guard:
                self._child = None
        if line is None:
            return Answer(None, is_late, f"exit code {child.process.returncode}; {last_words(child.said)}")
        return Answer(json.loads(line.removeprefix(ANSWER)))

    def _judged(self, job: Job, cells: int, facts: dict[str, object]) -> Entry:
        found, error, trace = facts.pop("digest", None), str(facts.pop("error") or ""), facts.pop("trace", None)
        fates = facts.pop("fates", [])
        assert isinstance(fates, list)
        outcome = Outcome.MEASURED
        if error:
            outcome = Outcome.FAILED
        elif not facts.get("failures"):
            expected = self._expected_digest(job)
            if expected is None:
                error = "its board was not checked, because serial's could not be made"
            elif found != expected:
                outcome = Outcome.WRONG
        if trace:
            self.traces.setdefault((job.experiment.strategy, job.cells), unpacked(str(trace)))
        figures: dict[str, object] = dict(facts)
        entry = Entry(job.experiment.strategy, cells, outcome, error, fates=tuple((f, n) for f, n in fates))
        return replace(entry, **figures)  # type: ignore[arg-type]  # the child's names are the entry's

    def _expected_digest(self, job: Job) -> str | None:
        """What `serial` makes of the same board without any wait, found out once a size in a child of its own.

        Here it would keep the lock of an interpreter that may have a window to paint.
        """
        if job.cells not in self._expected:
            facts = self._answer_of(self.course.quiet_job(job.cells), _SECONDS_TO_CHECK).facts
            self._expected[job.cells] = str(facts["digest"]) if facts and facts.get("digest") else None
        return self._expected[job.cells]

    def _seconds_left(self, jobs: Sequence[Job]) -> float:
        return sum(self._guess(job) for job in jobs if (job.experiment.strategy, job.cells) not in self._settled)

    def _guess(self, job: Job) -> float:
        if self.course.is_absurd(job):
            return 0.0
        same = (job.experiment.strategy, prod(job.size))
        known = [e.seconds for e in self.entries if (e.strategy, e.cells) == same and e.seconds is not None]
        return guessed_seconds(job, median(known) if known else None)


@dataclass(frozen=True, slots=True)
class Answer:
    """How a child ended: with the facts that it told, late, or without a word that could be used."""

    facts: dict[str, object] | None
    is_late: bool = False
    why: str = ""


def last_words(said: Sequence[str]) -> str:
    """The end of what a child printed, in one line."""
    return " ".join(line.strip() for line in said[-_LAST_WORDS:] if line.strip()) or "it said nothing"
