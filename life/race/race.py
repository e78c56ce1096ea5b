"""The course of a race: which run comes when, in which child, and what is made of how it ended."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import prod
from statistics import median
from time import monotonic

from life.caller import Caller
from life.children import Child, child_command
from life.experiment import Experiment, WireKind
from life.fanout import strategy_class
from life.race.child import ANSWER, digest
from life.race.entry import Entry, Outcome
from life.race.job import Job
from life.stop import StopSignal
from life.trace.columns import Trace

_SECONDS_TO_START = 15.0
_SECONDS_A_CHILD = 0.7  # to start, warm up and end one, for the estimate of the time left
_LAST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Course:
    """What is raced.

    Attributes:
        experiment: the same for all but for the strategy; its `workers` hold for those that have any.
        strategies: keys, in the order of the table.
        cells: sizes of boards.
        pattern: path of a pattern file; None takes a soup drawn from the seed.
        repeat: how often each run is made.
        limit: seconds that a run may take; one that would take longer by its waits alone is computed instead.
    """

    experiment: Experiment
    strategies: tuple[str, ...]
    cells: tuple[int, ...]
    pattern: str | None = None
    repeat: int = 3
    limit: float = 60.0

    def jobs(self) -> Iterator[Job]:
        """All runs, the strategies in turn, so that a machine that grows slower harms them alike."""
        for _ in range(self.repeat):
            for cells in self.cells:
                for key in self.strategies:
                    yield self.job(key, cells)

    def job(self, key: str, cells: int) -> Job:
        """The run of one strategy on one size."""
        return Job(replace(self.experiment, strategy=key), cells, self.pattern)


@dataclass
class Race:
    """A race under way.

    Attributes:
        entries: the runs so far, computed ones included; they stay when the race is interrupted.
    """

    course: Course
    entries: list[Entry] = field(default_factory=list)
    _expected: dict[int, str] = field(default_factory=dict)
    _settled: set[tuple[str, int]] = field(default_factory=set)

    def run(self, told: Callable[[Entry, int, int, float], None]) -> None:
        """Makes all runs.

        Args:
            told: hears after each run its entry, how many are done, how many there are, and the seconds left.
        """
        jobs = list(self.course.jobs())
        for number, job in enumerate(jobs, start=1):
            key = (job.experiment.strategy, job.cells)
            if key in self._settled:  # computed, or stopped at the limit: no use in doing it again
                continue
            entry = self._computed(job) or self._run(job)
            self.entries.append(entry)
            if entry.outcome in (Outcome.COMPUTED, Outcome.OVER_LIMIT):
                self._settled.add(key)
            told(entry, number, len(jobs), self._seconds_left(jobs[number:]))

    def _computed(self, job: Job) -> Entry | None:
        """The run's entry where its waits alone would take longer than the limit."""
        seconds = waits_alone(job)
        if seconds <= self.course.limit:
            return None
        ideal = job.experiment.latency
        detail = f"{seconds / ideal:,.0f} waits one after another"
        return Entry(
            job.experiment.strategy, prod(job.size), Outcome.COMPUTED, detail, seconds=seconds, ideal_seconds=ideal
        )

    def _run(self, job: Job) -> Entry:
        cells = prod(job.size)
        name = job.experiment.strategy
        seconds = self.course.limit + _SECONDS_TO_START
        with Child(child_command("race-run", job.to_json())) as child:
            began = monotonic()
            line = child.wait_for_line(ANSWER, seconds)
            took = monotonic() - began
        if line is None and took >= seconds:
            return Entry(name, cells, Outcome.OVER_LIMIT, f"after {self.course.limit:g} s")
        if line is None:
            code = child.process.returncode
            return Entry(name, cells, Outcome.DIED, f"exit code {code}; {last_words(child.said)}")
        facts = json.loads(line.removeprefix(ANSWER))
        return self._judged(job, cells, facts)

    def _judged(self, job: Job, cells: int, facts: dict[str, object]) -> Entry:
        found, error = facts.pop("digest", None), str(facts.pop("error") or "")
        fates = facts.pop("fates", [])
        assert isinstance(fates, list)
        outcome = Outcome.MEASURED
        if error:
            outcome = Outcome.FAILED
        elif not facts.get("failures") and found != self._expected_digest(job):
            outcome = Outcome.WRONG
        figures: dict[str, object] = dict(facts)
        entry = Entry(job.experiment.strategy, cells, outcome, error, fates=tuple((f, n) for f, n in fates))
        return replace(entry, **figures)  # type: ignore[arg-type]  # the child's names are the entry's

    def _expected_digest(self, job: Job) -> str:
        """What `serial` makes of the same board without any wait."""
        if job.cells not in self._expected:
            placed = job.placed()
            quiet = Experiment(strategy="serial", wire=WireKind.NONE)
            with Caller(quiet, placed.rule, placed.topology) as caller:
                made = caller.run(placed.board, Trace(1, placed.board.height, placed.board.width), StopSignal()).board
            assert made is not None
            self._expected[job.cells] = digest(made)
        return self._expected[job.cells]

    def _seconds_left(self, jobs: Sequence[Job]) -> float:
        return sum(self._guess(job) for job in jobs if (job.experiment.strategy, job.cells) not in self._settled)

    def _guess(self, job: Job) -> float:
        waits = waits_alone(job)
        if waits > self.course.limit:
            return 0.0
        same = (job.experiment.strategy, prod(job.size))
        known = [e.seconds for e in self.entries if (e.strategy, e.cells) == same and e.seconds is not None]
        return _SECONDS_A_CHILD + (median(known) if known else waits)


def waits_alone(job: Job) -> float:
    """Seconds that a run takes were there nothing but the waits that follow one another."""
    if job.experiment.wire is WireKind.NONE:
        return 0.0
    strategy = strategy_class(job.experiment.strategy)(job.experiment.workers)
    return strategy.waits_in_a_row(*job.size) * job.experiment.latency


def last_words(said: Sequence[str]) -> str:
    """The end of what a child printed, in one line."""
    return " ".join(line.strip() for line in said[-_LAST_WORDS:] if line.strip()) or "it said nothing"
