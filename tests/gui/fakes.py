"""Stand-ins that keep the contracts of the real things and do nothing on their own."""

from collections.abc import Callable
from pathlib import Path

from gui.bridge import SimulationBridge
from gui.document import Answer
from gui.session import Session
from life.board import Board
from life.errors import Failure, Fate
from life.experiment import Experiment
from life.facts import FailureReport, Mode, Overdue, Result, State
from life.rule import CONWAY
from life.topology import TORUS
from life.trace.columns import Trace

SUPERSEDING = ("go_to", "load", "configure")


class FakeSimulation:
    """Writes down every call; those that begin a new epoch return its number.

    Attributes:
        ending: for how many seconds something has been ending, and `late` what that is.
    """

    def __init__(self) -> None:
        self.epoch = 0
        self.calls: list[tuple] = []
        self.ending: float | None = None
        self.late: Overdue | None = None

    def ending_for(self) -> float | None:
        return self.ending

    def overdue(self) -> Overdue | None:
        return self.late

    def __getattr__(self, name: str) -> Callable[..., int | bool]:
        if name.startswith("_"):
            raise AttributeError(name)

        def call(*args: object, **more: object) -> int | bool:
            self.calls.append((name, *args, *more.items()))
            self.epoch += name in SUPERSEDING
            return self.epoch if name != "close" else True

        return call

    @property
    def names(self) -> list[str]:
        """The names of the calls."""
        return [call[0] for call in self.calls]


class FakeQuestions:
    """Answers at once with what it was made with, and counts what it was asked."""

    def __init__(self, answer: Answer = Answer.CANCEL, path: Path | None = None) -> None:
        self.answer = answer
        self.path = path
        self.asked: list[str] = []

    def about_unsaved(self, name: str, answered: Callable[[Answer], None]) -> None:
        self.asked.append("unsaved")
        answered(self.answer)

    def file_to_open(self, folder: str, chosen: Callable[[Path], object]) -> None:
        self.asked.append("open")
        if self.path:
            chosen(self.path)

    def file_to_save(self, suggested: Path, chosen: Callable[[Path], object]) -> None:
        self.asked.append("save")
        if self.path:
            chosen(self.path)

    def file_to_export(self, title: str, suggested: Path, kinds: str, chosen: Callable[[Path], object]) -> None:
        self.asked.append("export")
        self.suggested = suggested
        if self.path:
            chosen(self.path)


def board(height: int = 8, width: int = 10, *live: tuple[int, int]) -> Board:
    return Board.from_live(height, width, live)


def state(epoch: int = 0, generation: int = 0, mode: Mode = Mode.PAUSED, cells: Board | None = None, **more) -> State:
    return State(epoch, generation, cells or board(), CONWAY, TORUS, more.pop("experiment", Experiment()), mode, **more)


def result(generation: int = 1, epoch: int = 0, cells: Board | None = None, failures=(), seconds=0.31) -> Result:
    return Result(epoch, generation, cells or board(), "thread-per-cell", seconds, 0.1, 7, tuple(failures), None)


def failure(y: int = 3, x: int = 4, fate: Fate = Fate.STDERR, generation: int = 1, **more: str) -> Failure:
    exception = more.get("exception", "OSError: Problem with I/O")
    traceback = f"Traceback (most recent call last):\n{exception}\n"
    return Failure(generation, y, x, more.get("thread", f"cell-{y}-{x}"), exception, traceback, fate)


def report(*failures: Failure, generation: int = 1, epoch: int = 0, held: bool = True) -> FailureReport:
    got = "join() returned as if nothing had happened, and cell (3, 4) was left EMPTY."
    return FailureReport(epoch, generation, "thread-per-cell", failures or (failure(),), got, True, held)


def trace(generation: int = 1, epoch: int = 0) -> Trace:
    return Trace(generation, 8, 10, epoch)


def session(start: State | None = None, **more) -> tuple[Session, FakeSimulation, SimulationBridge]:
    simulation, bridge = FakeSimulation(), SimulationBridge()
    made = Session(simulation, bridge, start or state(), **more)
    bridge.setParent(made)
    return made, simulation, bridge
