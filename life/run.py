"""`python -m life run`: the same generations as in the window, without a screen."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from life.caller import Caller, Outcome, record_of
from life.columns import ColumnPrinter
from life.errors import Failure, LifeError, SettingError
from life.experiment import Experiment
from life.grid import Grid
from life.history import Record
from life.notation import write_rule
from life.patterns.files import read_pattern
from life.patterns.macrocell import write_macrocell
from life.patterns.pattern import from_world
from life.patterns.placing import Placed, place
from life.patterns.rle import write_rle
from life.plane.box import Box
from life.plane.plane import Plane
from life.saving import why_not
from life.stop import StopSignal
from life.trace.chrome import write_chrome_trace
from life.world import World


@dataclass
class Run:
    """Some generations of a pattern, one after another.

    Attributes:
        boards: generation 0 and those that were made, the last one only unless `keeps_boards`.
        generation: number of the last one that was made.
        seconds, ideal_seconds: sums over all generations, the failed one too.
        error: type and message of what reached the caller and ended the run, or "".
        trace_file: where to write what happened in the last generation that is run, if anywhere.
        record: of that generation; with all its times only where they are to be written.
    """

    placed: Placed
    experiment: Experiment
    keeps_boards: bool = False
    boards: list[World] = field(init=False)
    generation: int = 0
    seconds: float = 0.0
    ideal_seconds: float = 0.0
    peak_threads: int = 0
    failures: list[Failure] = field(default_factory=list)
    error: str = ""
    trace_file: Path | None = None
    record: Record | None = None

    def __post_init__(self) -> None:
        self.boards = [self.placed.board]
        frame = self.placed.board.frame
        for y, x in self.experiment.faults:
            if not frame.contains(y, x):
                size = f"{frame.width} × {frame.height}"
                raise SettingError("--fail", f"cell ({y}, {x}) lies outside the board of {size} cells")
        if self.trace_file and not self.trace_file.parent.is_dir():
            raise SettingError("--trace", f"{self.trace_file}: there is no such folder")

    def advance(self, generations: int) -> None:
        """Makes that many generations, or as many as there are before one fails.

        Raises:
            LifeError: they cannot be run.
        """
        if self.trace_file and self.generation >= generations:
            raise SettingError("--trace", "no generation is run that could be traced; ask for at least one")
        with Caller(self.experiment, self.placed.rule, self.placed.topology) as caller:
            while self.generation < generations and not self.error:
                board, is_recorded = self.boards[-1], self.trace_file is not None
                at_once = 1 if self.keeps_boards or not caller.is_whole else generations - self.generation
                number = self.generation + at_once
                trace = caller.trace(board, number, generations=at_once, is_recorded=is_recorded)
                outcome = caller.run(board, trace, StopSignal())
                self.record = record_of(board, trace, self.experiment, outcome)
                self._note(outcome, number)

    def _note(self, outcome: Outcome, generation: int) -> None:
        self.seconds += outcome.seconds
        self.ideal_seconds += outcome.ideal_seconds
        self.peak_threads = max(self.peak_threads, outcome.peak_threads)
        self.failures.extend(outcome.failures)
        self.error = outcome.error
        if outcome.board is not None:
            self.generation = generation
            self.boards = [*self.boards, outcome.board] if self.keeps_boards else [outcome.board]

    def save_trace(self) -> None:
        """Writes the last generation that was run, failed or not, as Chrome Trace Event JSON, if that was asked for.

        Raises:
            SettingError: the file cannot be written.
        """
        if not self.trace_file or not self.record:
            return
        try:
            write_chrome_trace(self.trace_file, self.record)
        except (OSError, ValueError) as error:
            raise SettingError("--trace", f"{self.trace_file}: {why_not('saved', error)}") from error

    def as_columns(self) -> str:
        """All generations side by side, as the book prints them."""
        columns, frame = ColumnPrinter(), _common_box(self.boards)
        for world in self.boards:
            columns.append(str(Grid.from_board(world.crop(frame))))
        return str(columns)

    def as_rle(self) -> str:
        """The last generation as an RLE file, or as Macrocell where that is the only format with room for it."""
        pattern = from_world(self.boards[-1], self.placed.rule, self.placed.topology)
        try:
            return write_rle(pattern)
        except LifeError:
            return write_macrocell(pattern)

    def as_json(self) -> str:
        """One object about the whole run."""
        board = self.boards[-1]
        box = (board.box or Box(0, 0, 0, 0)) if isinstance(board, Plane) else board.frame
        rule, topology = self.placed.rule, self.placed.topology
        notation = str(rule) if topology.is_endless else write_rule(rule, topology, box.height, box.width)
        facts = {
            "generation": self.generation,
            "population": board.population,
            "width": box.width,
            "height": box.height,
            "rule": str(rule),
            "universe": notation,
            "strategy": self.experiment.strategy,
            "wire": self.experiment.wire,
            "seconds": self.seconds,
            "ideal_seconds": self.ideal_seconds,
            "peak_threads": self.peak_threads,
            "error": self.error or None,
            "failures": list(self._failures()),
        }
        return json.dumps(facts, indent=2, ensure_ascii=False)

    def _failures(self) -> Iterator[dict[str, object]]:
        for f in self.failures:
            yield {
                "generation": f.generation,
                "y": f.y,
                "x": f.x,
                "exception": f.exception,
                "thread": f.thread,
                "fate": f.fate.value,
            }


def _common_box(worlds: list[World]) -> Box:
    """The whole board; on the plane the smallest box in which every generation has all its live cells."""
    found: Box | None = None
    for world in worlds:
        box = world.box if isinstance(world, Plane) else world.frame
        found = found.joined(box) if found and box else found or box
    return found or Box(0, 0, 1, 1)


def placed_from(path: Path, size: tuple[int, int] | None) -> Placed:
    """The pattern of a file on its board; `size` is (height, width).

    Raises:
        PatternError: the file cannot be read.
        LifeError: the board cannot be made.
    """
    return place(read_pattern(path), size)
