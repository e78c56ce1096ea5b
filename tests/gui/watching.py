"""Generations that were really run, and a watch on them, for the tests of what is shown of them."""

from gui.bridge import SimulationBridge
from gui.watch.watch import Watch
from life.board import Board
from life.caller import Caller, record_of
from life.engine.world_engine import WorldEngine
from life.experiment import Experiment
from life.facts import Result
from life.fanout.frame import cells_to_step
from life.history import History, Record
from life.plane.plane import Plane
from life.rule import CONWAY
from life.stop import StopSignal
from life.topology import PLANE, TORUS
from life.trace.columns import Trace
from life.world import World

GLIDER = [(1, 2), (2, 3), (3, 1), (3, 2), (3, 3)]
QUICK = {"strategy": "thread-per-cell", "latency": 0.001, "time_limit": 0.1}


class Watched:
    """A watch, and the generations that it is told of.

    Attributes:
        watch: looks at the newest generation unless a test says otherwise.
        history: what it looks back at.
    """

    def __init__(self, height: int = 6, width: int = 8, plane: Plane | None = None) -> None:
        self.history = History()
        self.bridge = SimulationBridge()
        self.watch = Watch(self.history, self.bridge)
        self.bridge.setParent(self.watch)
        self.board: World = Board.from_live(height, width, GLIDER) if plane is None else plane
        self.topology = TORUS if plane is None else PLANE
        self.engine: WorldEngine | None = None
        self.generation = 0

    def run(self, count: int = 1, *, is_recorded: bool = True, at_once: int = 1, **changes) -> Record:
        """Makes so many generations, or visits of many, tells the watch of them, and returns the newest record."""
        experiment = Experiment(**{**QUICK, **changes})
        with Caller(experiment, CONWAY, self.topology, self.engine) as caller:
            for _ in range(count):
                record = self._run_one(caller, experiment, is_recorded, at_once)
        return record

    def _run_one(self, caller: Caller, experiment: Experiment, is_recorded: bool, at_once: int) -> Record:
        board = self.board
        trace = caller.trace(board, self.generation + at_once, generations=at_once, is_recorded=is_recorded)
        outcome = caller.run(board, trace, StopSignal())
        record = record_of(board, trace, experiment, outcome)
        self.history.add(record)
        if outcome.board is not None:
            self.board, self.generation = outcome.board, trace.generation
        self.bridge.finished.emit(
            Result(
                0, self.generation, self.board, experiment.strategy, outcome.seconds, outcome.ideal_seconds,
                outcome.peak_threads, outcome.failures, trace,
            )
        )  # fmt: skip
        return record

    def begin(self) -> Trace:
        """Tells the watch of a generation under way in which nothing has happened yet."""
        frame = cells_to_step(self.board)
        size = frame.height, frame.width
        trace = Trace(self.generation + 1, *size, is_recorded=True, top=frame.top, left=frame.left)
        self.bridge.started.emit(trace)
        return trace
