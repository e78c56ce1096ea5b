"""What is raced, and what can be said of it before anything ran."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod

from life.experiment import Experiment, Fault, WireKind
from life.fanout import strategy_class
from life.race.job import Job
from life.wire import wire_class

_SECONDS_A_CHILD = 0.7  # to start, warm up and end one
# Processor time on the machine of the README's table; a guess has only to be of the right size.
_SECONDS_A_THREAD = 200e-6
_SECONDS_A_CELL = 40e-6


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
        middle_fault: what goes wrong in the cell in the middle of every board, besides the experiment's own faults.
        wants_traces: whether what happened on small boards is kept, cell by cell.
    """

    experiment: Experiment
    strategies: tuple[str, ...]
    cells: tuple[int, ...]
    pattern: str | None = None
    repeat: int = 3
    limit: float = 60.0
    middle_fault: Fault | None = None
    wants_traces: bool = False

    def jobs(self) -> Iterator[Job]:
        """All runs, the strategies in turn, so that a machine that grows slower harms them alike."""
        for _ in range(self.repeat):
            for cells in self.cells:
                for key in self.strategies:
                    yield self.job(key, cells)

    def job(self, key: str, cells: int) -> Job:
        """The run of one strategy on one size."""
        job = Job(replace(self.experiment, strategy=key), cells, self.pattern, self.wants_traces)
        if self.middle_fault is None:
            return job
        height, width = job.size
        faults = {**self.experiment.faults, (height // 2, width // 2): self.middle_fault}
        return replace(job, experiment=replace(job.experiment, faults=faults))

    def quiet_job(self, cells: int) -> Job:
        """The run that says what is right: `serial`, without any wait or fault."""
        quiet = replace(self.experiment, strategy="serial", wire=WireKind.NONE, faults={}, fault_rate=0.0)
        return Job(quiet, cells, self.pattern)

    def is_absurd(self, job: Job) -> bool:
        """Whether the waits of a run alone take longer than the limit, so that it is computed instead of made."""
        return waits_alone(job) > self.limit

    def computed(self) -> list[tuple[str, int]]:
        """Which strategies on which sizes are computed, sizes first."""
        return [(key, cells) for cells in self.cells for key in self.strategies if self.is_absurd(self.job(key, cells))]

    def seconds(self) -> float:
        """About how long the whole race takes."""
        return sum(guessed_seconds(job) for job in self.jobs() if not self.is_absurd(job))


def waits_alone(job: Job) -> float:
    """Seconds that a run takes were there nothing but the waits that follow one another."""
    if not wire_class(job.experiment.wire).waits:
        return 0.0
    strategy = strategy_class(job.experiment.strategy)(job.experiment.workers)
    return strategy.waits_in_a_row(*job.size) * job.experiment.latency


def guessed_seconds(job: Job, generation: float | None = None) -> float:
    """About how long a child takes for a run, from its start to its end; `generation` where that is known."""
    opening = wire_class(job.experiment.wire).seconds_to_open
    if generation is None:
        strategy = strategy_class(job.experiment.strategy)(job.experiment.workers)
        work = _SECONDS_A_THREAD * strategy.most_threads(*job.size) + _SECONDS_A_CELL * prod(job.size)
        generation = waits_alone(job) + work
    return _SECONDS_A_CHILD + opening + generation
