"""What was chosen for a race: plain data that becomes a course, and survives from one start of the app to the next."""

import json
from dataclasses import dataclass
from typing import Any, Self

from gui import words
from life.errors import SettingError
from life.experiment import Experiment, Fault, WireKind
from life.fanout import FAN_OUTS, STRATEGIES, strategy_class
from life.race.course import Course
from life.wire import wire_class

SIZES = (45, 1_024, 10_000, 100_000)
MOST_CELLS = 1_000_000
MOST_SIZES = 12
MOST_REPEATS = 99
LONGEST_LIMIT = 3_600.0
_FEW = 3


@dataclass(frozen=True, slots=True)
class Choices:
    """One setting of every field on the setup page; refused with `SettingError` where nothing can be raced with it.

    Attributes:
        strategies: keys, in the order of the list.
        sizes: numbers of cells, ascending.
        wire, latency, jitter, seed: see `life.experiment.Experiment`; in seconds.
        repeat, limit: see `life.race.course.Course`.
        fault: what goes wrong in the middle cell; None where nothing does.
    """

    strategies: tuple[str, ...] = tuple(strategy.key for strategy in FAN_OUTS)
    sizes: tuple[int, ...] = SIZES[:2]
    wire: str = WireKind.WAIT
    latency: float = 0.1
    jitter: float = 0.0
    seed: int = 0
    repeat: int = 3
    limit: float = 60.0
    fault: Fault | None = None

    def __post_init__(self) -> None:
        known = {strategy.key for strategy in STRATEGIES}
        if not self.strategies or not set(self.strategies) <= known:
            raise SettingError("strategies", "choose at least one")
        if not self.sizes or not all(1 <= size <= MOST_CELLS for size in self.sizes):
            raise SettingError("cells", f"choose at least one size, of 1 to {MOST_CELLS:,} cells")
        if not (1 <= self.repeat <= MOST_REPEATS and 0 < self.limit <= LONGEST_LIMIT):
            raise SettingError("runs", f"1 to {MOST_REPEATS} of each, of up to {LONGEST_LIMIT:,.0f} s")

    def course(self) -> Course:
        """The race; raises `SettingError` where the experiment cannot be run."""
        experiment = Experiment(
            strategy=self.strategies[0], wire=self.wire, latency=self.latency, jitter=self.jitter, seed=self.seed
        )
        return Course(
            experiment,
            self.strategies,
            self.sizes,
            repeat=self.repeat,
            limit=self.limit,
            middle_fault=self.fault,
            wants_traces=True,
        )

    def to_text(self) -> str:
        """As it is remembered."""
        return json.dumps(
            {
                "strategies": self.strategies, "sizes": self.sizes, "wire": self.wire, "latency": self.latency,
                "jitter": self.jitter, "seed": self.seed, "repeat": self.repeat, "limit": self.limit,
                "fault": self.fault.value if self.fault else None,
            }
        )  # fmt: skip

    @classmethod
    def from_text(cls, text: str) -> Self:
        """What `to_text` made; the first choices where the text is old, half written or nonsense."""
        try:
            facts: dict[str, Any] = json.loads(text)
            made = cls(
                strategies=tuple(strategy_class(key).key for key in facts["strategies"]),
                sizes=tuple(sorted({int(size) for size in facts["sizes"]})),
                wire=wire_class(facts["wire"]).key,
                latency=float(facts["latency"]),
                jitter=float(facts["jitter"]),
                seed=int(facts["seed"]),
                repeat=int(facts["repeat"]),
                limit=float(facts["limit"]),
                fault=Fault(facts["fault"]) if facts["fault"] else None,
            )
            made.course()
        except (ValueError, KeyError, TypeError, SettingError):
            return cls()
        return made


def sizes_from(text: str) -> tuple[int, ...] | None:
    """The sizes in what somebody wrote, as in "2500, 40 000"; None where it is something else."""
    parts = [part.replace("_", "").replace(" ", "") for part in text.replace(";", ",").split(",")]
    parts = [part for part in parts if part]
    if not all(part.isdecimal() and 1 <= int(part) <= MOST_CELLS for part in parts) or len(parts) > MOST_SIZES:
        return None
    return tuple(sorted({int(part) for part in parts}))


def forecast(course: Course) -> str:
    """In how many runs the race goes, how long it takes about, and what of it is computed."""
    computed = course.computed()
    made = sum(1 for job in course.jobs() if not course.is_absurd(job))
    if not made:
        return f"Nothing would run: {_computed_text(course, computed)}"
    told = f"{words.count(made, 'run')}, about {words.duration(max(course.seconds(), 1.0))}."
    return f"{told} {_computed_text(course, computed)}" if computed else told


def _computed_text(course: Course, computed: list[tuple[str, int]]) -> str:
    names = [f"{strategy_class(key).title} on {cells:,} cells" for key, cells in computed[:_FEW]]
    if len(computed) > _FEW:
        names.append(f"{len(computed) - _FEW:,} more")
    listed = ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]
    verb = "is" if len(computed) == 1 else "are"
    return f"{listed} {verb} computed, because the waits alone take longer than {words.duration(course.limit)}."
