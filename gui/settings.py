"""Everything that is remembered from one start to the next: one typed table. `gui.remembered` reads and writes it."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QByteArray

from gui.board.tools import Tool
from gui.remembered import APPEARANCE as APPEARANCE
from gui.remembered import AROUND_BOARD as AROUND_BOARD
from gui.remembered import GEOMETRY as GEOMETRY
from gui.remembered import WORKSPACE as WORKSPACE
from gui.remembered import Field as Field
from gui.remembered import Remembered
from life.editing.chance import Symmetry
from life.editing.floating import PasteMode
from life.errors import LifeError
from life.experiment import ENGINES, LEAST_MEMORY, LONGEST_WAIT, MOST_MEMORY, MOST_WORKERS, Experiment, Fault
from life.fanout import STRATEGIES, strategy_class
from life.pictures.gif import LONGEST_DELAY, MOST_GENERATIONS, SHORTEST_DELAY
from life.pictures.look import LARGEST_CELL
from life.wire import WIRES

MOST_CELLS_A_SIDE = 1_000
MOST_STEPS = 1_000_000
FASTEST_RATE = 1_000.0


def _between(lowest: float, highest: float) -> Callable[[Any], bool]:
    return lambda value: lowest <= value <= highest


STRATEGY = Field("experiment/strategy", Experiment().strategy, lambda key: key in {s.key for s in STRATEGIES})
WORKERS = Field("experiment/workers", 0, _between(0, MOST_WORKERS))  # 0: as many as the strategy thinks right
WIRE = Field("experiment/wire", str(Experiment().wire), lambda key: key in {w.key for w in WIRES})
LATENCY = Field("experiment/latency", Experiment().latency, _between(0, LONGEST_WAIT))
JITTER = Field("experiment/jitter", Experiment().jitter, _between(0, LONGEST_WAIT))
SEED = Field("experiment/seed", Experiment().seed, _between(0, 2**31 - 1))
TIME_LIMIT = Field("experiment/time_limit", Experiment().time_limit, _between(0.001, LONGEST_WAIT))
FAULT_RATE = Field("experiment/fault_rate", 0.0, _between(0, 1))
CLUSTER = Field("experiment/cluster", "")  # "": one in this process
ENGINE = Field("experiment/engine", Experiment().engine, lambda key: key in ENGINES)
MEMORY = Field("experiment/memory", Experiment().memory >> 20, _between(LEAST_MEMORY >> 20, MOST_MEMORY >> 20))  # MB
FAULT_KIND = Field("experiment/fault_kind", Fault.ERROR.value, lambda word: word in {f.value for f in Fault})

# A thread for each of these cells is quick enough for five generations a second, and slow enough to be noticed.
ROWS = Field("board/rows", 24, _between(1, MOST_CELLS_A_SIDE))
COLUMNS = Field("board/columns", 32, _between(1, MOST_CELLS_A_SIDE))
DENSITY = Field("board/density", 30, _between(1, 99))  # per cent
SYMMETRY = Field("board/symmetry", Symmetry.NONE.value, lambda word: word in {s.value for s in Symmetry})
PASTE_MODE = Field("board/paste_mode", PasteMode.OR.value, lambda word: word in {m.value for m in PasteMode})

RATE = Field("play/rate", 5.0, _between(0, FASTEST_RATE))  # 0: as fast as it goes
STRIDE = Field("play/stride", 0, _between(0, 60))  # 2 to this power; where there is no rate
STEPS = Field("play/steps", 10, _between(1, MOST_STEPS))
AS_PYTHON = Field("play/as_python", False)
PAUSES = Field("play/pause_at_end", True)  # when the board has become empty, still or cyclic
PLANTED = Field("play/planted_fault", Fault.ERROR.value, lambda word: word in {f.value for f in Fault})

TOOL = Field("board/tool", Tool.DRAW.value, lambda word: word in {t.value for t in Tool})
GRID = Field("view/grid_lines", True)
AGES = Field("view/colours_by_age", False)
KEEP_IN_SIGHT = Field("view/keep_pattern_in_sight", False)
WELCOMED = Field("view/welcomed", False)  # whether the hint of the first start has done its work
KEYS = Field("keys/changed", "")  # see gui.shortcuts.keymap
PLAYBACK = Field("watch/playback", 0, _between(0, 2))  # which of the speeds that a generation is played back with

FOLDER = Field("files/folder", "")
OWN_PATTERNS = Field("library/folder", "")  # "": where the system has such things
RECENT = Field("files/recent", "")  # paths as a list in JSON, the newest first
PICTURE_CELL = Field("files/picture_cell", 8, _between(1, LARGEST_CELL))  # pixels
PICTURE_LINES = Field("files/picture_lines", False)
PICTURE_DARK = Field("files/picture_dark", False)
FILM_GENERATIONS = Field("files/film_generations", 60, _between(1, MOST_GENERATIONS))
FILM_DELAY = Field("files/film_delay", 100, _between(SHORTEST_DELAY, LONGEST_DELAY))  # milliseconds
PLAY_LAYOUT = Field("window/layout-play", QByteArray())
WATCH_LAYOUT = Field("window/layout-watch", QByteArray())
RACE_LAYOUT = Field("window/layout-race", QByteArray())
RACE_CHOICES = Field("race/choices", "")  # see gui.race.choices
REPLAY = Field("race/replay", 1, _between(0, 2))  # the same of the replay; most of a race is over in a blink

FIELDS: tuple[Field[Any], ...] = (
    STRATEGY, WORKERS, WIRE, LATENCY, JITTER, SEED, TIME_LIMIT, FAULT_RATE, FAULT_KIND, CLUSTER, ENGINE, MEMORY,
    ROWS, COLUMNS, DENSITY, SYMMETRY, PASTE_MODE, RATE, STRIDE, STEPS, AS_PYTHON, PAUSES, PLANTED, FOLDER, GEOMETRY,
    OWN_PATTERNS, RECENT, PICTURE_CELL, PICTURE_LINES, PICTURE_DARK, FILM_GENERATIONS, FILM_DELAY,
    TOOL, GRID, AGES, KEEP_IN_SIGHT, APPEARANCE, WELCOMED, KEYS, PLAYBACK,
    WORKSPACE, AROUND_BOARD, PLAY_LAYOUT, WATCH_LAYOUT, RACE_LAYOUT, RACE_CHOICES, REPLAY,
)  # fmt: skip


class Settings(Remembered):
    """The table above on top of a `QSettings`."""

    def experiment(self) -> Experiment:
        """The experiment as it was last, without the planted faults, which belong to a board."""
        with suppress(LifeError):
            return Experiment(
                strategy=self.get(STRATEGY),
                workers=self.get(WORKERS) or None,
                wire=self.get(WIRE),
                latency=self.get(LATENCY),
                jitter=self.get(JITTER),
                seed=self.get(SEED),
                time_limit=self.get(TIME_LIMIT),
                fault_rate=self.get(FAULT_RATE),
                fault_kind=Fault(self.get(FAULT_KIND)),
                cluster=self.get(CLUSTER) or None,
                engine=self.get(ENGINE),
                memory=self.get(MEMORY) << 20,
            )
        return Experiment()

    def remember_experiment(self, experiment: Experiment) -> None:
        """The counterpart of `experiment`."""
        self.set(STRATEGY, experiment.strategy)
        self.set(WORKERS, experiment.workers or 0)
        self.set(WIRE, str(experiment.wire))
        self.set(LATENCY, experiment.latency)
        self.set(JITTER, experiment.jitter)
        self.set(SEED, experiment.seed)
        self.set(TIME_LIMIT, experiment.time_limit)
        self.set(FAULT_RATE, experiment.fault_rate)
        self.set(FAULT_KIND, experiment.fault_kind.value)
        self.set(CLUSTER, experiment.cluster or "")
        self.set(ENGINE, experiment.engine)
        self.set(MEMORY, experiment.memory >> 20)

    def rate(self) -> float | None:
        """Generations a second, or None for as fast as it goes."""
        return self.get(RATE) or None

    def stride(self) -> int:
        """Generations from one picture to the next; 1 where there is a rate, or the strategy makes one at a time."""
        is_any = self.rate() is None and strategy_class(self.get(STRATEGY)).is_whole
        return 1 << self.get(STRIDE) if is_any else 1

    def remember_rate(self, rate: float | None, stride: int = 1) -> None:
        """The counterpart of `rate` and `stride`."""
        self.set(RATE, rate or 0.0)
        self.set(STRIDE, stride.bit_length() - 1)
