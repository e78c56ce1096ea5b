"""The wire: the way from a cell to whoever knows its next state, and what can go wrong on it."""

from collections.abc import Awaitable
from types import TracebackType
from typing import ClassVar, NamedTuple, Protocol, Self

from life.experiment import Fault
from life.rule import Rule
from life.stop import StopSignal


class Question(NamedTuple):
    """What one cell asks.

    Attributes:
        y, x: the cell.
        state: ALIVE or EMPTY.
        neighbors: how many of its neighbours are alive, 0 to 8.
        seconds: how long the other end takes for this one.
        fault: what goes wrong in this cell on purpose.
    """

    y: int
    x: int
    state: str
    neighbors: int
    seconds: float
    fault: Fault | None


class BandQuestion(NamedTuple):
    """What a band of rows asks at one time.

    Attributes:
        codes: one byte a cell, its code as `Rule.table` has it.
        seconds: how long the other end takes for the whole band.
        fault: what goes wrong in this band on purpose.
    """

    codes: bytes
    seconds: float
    fault: Fault | None


class Wire(Protocol):
    """Answers the questions of one simulation; connections and child processes live from enter to exit.

    All three ways of asking raise:
        Stopped: the user stopped the generation.
        OSError, SystemExit, TimeoutError, ConnectionResetError, NonsenseError: the faults of `life.experiment.Fault`,
            in their order there, planted or not.

    Attributes:
        key: its name on the command line and in settings.
        title: its name in the window.
        summary: what a cell does there, in one sentence.
        waits: whether a cell waits as long as the experiment says; else its latency and jitter are of no concern.
        passage: by which way an answer comes, for the sentence that says what a race is about; "" for none.
        seconds_to_open: about how long it takes to enter it.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    waits: ClassVar[bool] = True
    passage: ClassVar[str] = ""
    seconds_to_open: ClassVar[float] = 0.0

    def __init__(self, rule: Rule, time_limit: float, address: tuple[str, int] | None = None) -> None:
        """Opens nothing yet.

        Args:
            rule: decides the answers.
            time_limit: seconds, on top of its wait, after which a cell gives up on its answer.
            address: host and port of a service that runs already, where it asks one.
        """

    def __enter__(self) -> Self:
        """Opens what the wire needs; raises `ServiceError` where that is not to be had."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Closes everything; whoever still asks is woken with an error."""

    def ask(self, question: Question, stop: StopSignal) -> str:
        """The next state of a cell, ALIVE or EMPTY; blocks the calling thread until it is known."""

    def ask_band(self, question: BandQuestion, stop: StopSignal) -> bytes:
        """The next states of a band, 0 or 1 a cell; blocks the calling thread until they are known."""

    def ask_async(self, question: Question, stop: StopSignal) -> Awaitable[str]:
        """The next state of a cell, ALIVE or EMPTY; other coroutines of the running event loop go on meanwhile.

        To be called in an event loop, and awaited at once.
        """
