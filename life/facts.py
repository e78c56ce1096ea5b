"""What the simulation tells its listener: plain, frozen data that may cross any border between threads."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from life.errors import Failure
from life.experiment import Experiment
from life.rule import Rule
from life.topology import Topology
from life.trace.columns import Trace
from life.world import World


class Mode(Enum):
    """What the simulation is about; the value is what a status bar says."""

    PAUSED = "paused"
    PLAYING = "playing"
    STEPPING = "stepping"
    HELD = "held by a failure"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class State:
    """Where the simulation stands; sent when that changes other than by a finished generation."""

    epoch: int
    generation: int
    board: World
    rule: Rule
    topology: Topology
    experiment: Experiment
    mode: Mode
    message: str = ""  # one sentence, where the user must know why


@dataclass(frozen=True, slots=True)
class Result:
    """One finished generation, or many of them made in one visit.

    Attributes:
        generation: the number of the last one; `board` is the generation of that number.
        seconds: from the call of `simulate` until it returned.
        ideal_seconds: the longest single wait that was planned for a cell; nothing can be quicker.
        peak_threads: the most threads that were inside a cell's step at the same instant.
        generations: how many were made in this visit.
        pace: generations a second over about the last second, whatever they waited for; None until that is known.
        engine: which engine took a plane further as a whole, a key of `life.experiment.ENGINES`; else "".
        note: what that engine has to say, in one sentence, or "".
    """

    epoch: int
    generation: int
    board: World
    strategy: str
    seconds: float
    ideal_seconds: float
    peak_threads: int
    failures: tuple[Failure, ...]
    trace: Trace | None
    generations: int = 1
    pace: float | None = None
    engine: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FailureReport:
    """What cells raised in one generation, and what became of it.

    Attributes:
        generation: the one that was being made.
        strategy: key of the strategy that ran it.
        failures: at least one, in the order in which they were raised.
        caller_got: one sentence: what the caller of `simulate` got instead of, or with, the exceptions.
        advanced: whether the generation was finished all the same.
        held: whether the simulation waits for `play`, `step` or `retry` because of it.
    """

    epoch: int
    generation: int
    strategy: str
    failures: tuple[Failure, ...]
    caller_got: str
    advanced: bool
    held: bool


@dataclass(frozen=True, slots=True)
class Overdue:
    """Something that was told to end and is still under way.

    Attributes:
        strategy: key of the strategy that does not come back.
        generation: the last good one, which the board stays at.
        seconds: since it was told, in whole ones.
        threads: how many are alive of which it is known that they would stay, the one that waits for them included.
    """

    strategy: str
    generation: int
    seconds: int
    threads: int


class Listener(Protocol):
    """Hears the facts, on the simulation's thread, each at most once a generation; it must return at once."""

    def generation_started(self, trace: Trace) -> None:
        """A generation is under way; the trace fills while it runs."""

    def generation_finished(self, result: Result) -> None:
        """A generation was made, perhaps with failures that its caller never got to know of."""

    def failed(self, report: FailureReport) -> None:
        """Cells raised something; comes after `generation_finished` where the generation was finished."""

    def state_changed(self, state: State) -> None:
        """The board, the rule, the experiment or the mode is another one now."""
