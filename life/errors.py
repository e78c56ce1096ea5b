"""What can go wrong, one class per cause, and the record of what a cell raised.

Every `LifeError` prints as one sentence for the person at the screen: what happened, where, and what to do about it.
"""

from dataclasses import dataclass
from enum import Enum


class LifeError(Exception):
    """Base class of the errors whose text is meant for the user."""


class RuleError(LifeError):
    """A rule string was refused; `suggestion`, where there is one, is a rule that would have been accepted."""

    def __init__(self, text: str, reason: str, suggestion: str | None = None) -> None:
        self.text = text
        self.reason = reason
        self.suggestion = suggestion
        super().__init__(text, reason, suggestion)

    def __str__(self) -> str:
        hint = f'; did you mean "{self.suggestion}"?' if self.suggestion else ""
        return f'rule "{self.text}": {self.reason}{hint}'


class PatternError(LifeError):
    """A pattern file was refused; nothing of it was loaded. Lines and columns count from 1."""

    def __init__(self, reason: str, source: str = "pattern", line: int = 1, column: int = 1) -> None:
        self.reason = reason
        self.source = source
        self.line = line
        self.column = column
        super().__init__(reason, source, line, column)

    def __str__(self) -> str:
        return f"{self.source}:{self.line}:{self.column}: {self.reason}"


class SettingError(LifeError):
    """A setting of an experiment has a value that cannot be run; `setting` is its name."""

    def __init__(self, setting: str, reason: str) -> None:
        self.setting = setting
        self.reason = reason
        super().__init__(setting, reason)

    def __str__(self) -> str:
        return f"{self.setting}: {self.reason}"


class ServiceError(LifeError):
    """The rule service could not be started or reached, so no cell can ask it anything."""


class NonsenseError(LifeError):
    """The other end answered something that is not a cell's state; the answer is in `answer`."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        super().__init__(answer)

    def __str__(self) -> str:
        return f"the service answered {self.answer!r}, which is not the state of a cell"


class SimulationError(LifeError):
    """A generation failed at cell (y, x); what the cell raised is the `__cause__` (Effective Python, item 73)."""

    def __init__(self, y: int, x: int) -> None:
        self.y = y
        self.x = x
        super().__init__(y, x)

    def __str__(self) -> str:
        return f"cell ({self.y}, {self.x}) failed"


class Stopped(Exception):  # noqa: N818  (it is not an error: somebody pressed Stop)
    """The user stopped the generation while this cell was waiting or before it began. Nothing went wrong."""


class Fate(Enum):
    """Who got to know of an exception that a cell raised; the value is what people read."""

    CALLER = "reached the caller"
    STDERR = "only stderr"
    NOBODY = "nobody at all"
    HIDDEN = "hidden behind another"


@dataclass(frozen=True, slots=True)
class Failure:
    """One exception that one cell raised, as plain data.

    Attributes:
        generation: number of the generation that was being made; the first after the seed is 1.
        y, x: the cell.
        thread: name of the thread that ran the cell's step.
        exception: type and message, as in the last line of a traceback.
        traceback: the whole traceback as Python prints it.
        fate: who got to know of it.
    """

    generation: int
    y: int
    x: int
    thread: str
    exception: str
    traceback: str
    fate: Fate
