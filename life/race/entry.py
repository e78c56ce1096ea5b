"""What a race has to say of one run."""

from dataclasses import asdict, dataclass
from enum import Enum


class Outcome(Enum):
    """How a run ended; the value is what people read."""

    MEASURED = "measured"
    COMPUTED = "computed"  # it would have taken absurdly long, so nobody ran it
    FAILED = "an exception ended it"
    WRONG = "wrong board"
    OVER_LIMIT = "stopped at the limit"
    DIED = "the process died"


@dataclass(frozen=True, slots=True)
class Entry:
    """One run of one strategy. A figure that is not known is None.

    Attributes:
        strategy, cells: what ran; the number of cells is the board's.
        outcome: how it ended; detail: what there is to say of that.
        seconds: of the generation alone, process start and warm-up left out.
        ideal_seconds: the longest single wait; ratio: of `seconds` to it, None where nothing waits.
        cpu_seconds: of the child process during the generation.
        threads_started: threads besides the caller's that stepped a cell, those of a pool included.
        peak_threads: see `life.trace.costs.Costs`.
        memory_reserved: bytes of address space for the stacks of the threads at their peak (computed).
        memory_used: bytes by which the process's resident memory rose, from before its warm-up on.
        context_switches: voluntary and involuntary ones.
        failures: raised in cells; reached: of these, those that reached the caller; lost: those that did not.
        fates: how many failures met which fate.
        caller_got: what the caller got of the failures, one sentence.
    """

    strategy: str
    cells: int
    outcome: Outcome
    detail: str = ""
    seconds: float | None = None
    ideal_seconds: float | None = None
    cpu_seconds: float | None = None
    threads_started: int | None = None
    peak_threads: int | None = None
    memory_reserved: int | None = None
    memory_used: int | None = None
    context_switches: int | None = None
    failures: int = 0
    reached: int = 0
    lost: int = 0
    fates: tuple[tuple[str, int], ...] = ()
    caller_got: str = ""

    @property
    def ratio(self) -> float | None:
        """Seconds to ideal seconds."""
        return self.seconds / self.ideal_seconds if self.seconds is not None and self.ideal_seconds else None

    def to_facts(self) -> dict[str, object]:
        """The run as it stands in the JSON file."""
        facts = asdict(self)
        facts["outcome"] = self.outcome.value
        facts["fates"] = dict(self.fates)
        return facts | {"ratio": self.ratio, "computed": self.outcome is Outcome.COMPUTED}
