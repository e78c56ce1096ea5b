"""What the simulation can be told: plain, frozen data, so that it may come from anywhere."""

from dataclasses import dataclass

from life.experiment import Experiment
from life.moment import Moment


@dataclass(frozen=True, slots=True)
class Play:
    """Run one generation after another."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Run no further generation once the one under way is finished."""


@dataclass(frozen=True, slots=True)
class Step:
    """Run `count` generations, then pause."""

    count: int


@dataclass(frozen=True, slots=True)
class Stop:
    """End the generation under way where it stands, and pause."""


@dataclass(frozen=True, slots=True)
class GoTo:
    """Go on from another moment.

    Attributes:
        moment: the one from which the next generation is made.
        pause: whether to pause there.
        resume: whether to go on as it went, where the simulation has paused by itself in the meantime: at a failure,
            say, in a generation that whoever gives the command has not seen and that does not count now.
    """

    moment: Moment
    pause: bool = False
    resume: bool = False


@dataclass(frozen=True, slots=True)
class Load:
    """Begin anew with another pattern, paused."""

    moment: Moment


@dataclass(frozen=True, slots=True)
class Configure:
    """Go on with another experiment."""

    experiment: Experiment


@dataclass(frozen=True, slots=True)
class SetRate:
    """Play at `rate` generations a second, or as fast as it goes where that is None."""

    rate: float | None


@dataclass(frozen=True, slots=True)
class SetStride:
    """Make so many generations a visit where the strategy can and there is no rate; 1 is as many as are quick."""

    generations: int


@dataclass(frozen=True, slots=True)
class SetHold:
    """Whether a failure holds the simulation."""

    hold: bool


@dataclass(frozen=True, slots=True)
class SetRecording:
    """Whether the generations from the next one on leave all their times behind."""

    record: bool


@dataclass(frozen=True, slots=True)
class Retry:
    """Run the generation that failed once more, from the board before it."""


@dataclass(frozen=True, slots=True)
class Close:
    """End the simulation's thread."""


Command = (
    Play | Pause | Step | Stop | GoTo | Load | Configure | SetRate | SetStride | SetHold | SetRecording | Retry | Close
)
