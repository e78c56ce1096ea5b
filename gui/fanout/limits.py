"""What a choice is about to cost, in one sentence, where that is so much that one wants to be asked first.

The figures are computed from what was measured of threads that are parked in a wait; a generation may stay below them,
because the first threads can have ended before the last are started.
"""

from dataclasses import dataclass, replace
from enum import Enum

from gui import words
from life.experiment import Experiment
from life.fanout import FAN_OUTS, STRATEGIES, strategy_class
from life.fanout.frame import cells_to_step
from life.fanout.strategy import Strategy
from life.reach import Machine, forewarning, starting, threads_of
from life.trace.limits import RESIDENT_A_THREAD
from life.wire import wire_class
from life.world import World

MOST_THREADS_A_GENERATION = 4_000
MOST_POOLED_THREADS = 1_000
MOST_STEPPED_CELLS = 1 << 20
LONGEST_GENERATION = 60.0
SENSIBLE_WORKERS = 256
LEAST_TO_ASK_ABOUT = 250  # threads; what the machine has is not looked up for fewer
START, ANYWAY = "Start", "Start anyway"
_SECONDS_A_CELL = 4e-6  # of Python, when nothing is waited for


class Kind(Enum):
    """What a limit is about. Who has accepted a cost of some kind has accepted twice as much of it, and less."""

    THREADS = "many threads"
    HALF = "more threads than half of what the system allows"
    REFUSED = "more than the system will give"
    WORKERS = "many workers"
    TIME = "a long time"
    CELLS = "many cells"


@dataclass(frozen=True, slots=True)
class Limit:
    """A cost that binds.

    Attributes:
        sentence: what it is.
        instead: an experiment that would cost less, and `instead_text` what it changes, as on a button.
        kind, amount: how much of what it costs; the same for the same cost, whatever the sentence says of the machine.
        start_text: what it is to run it all the same, as on a button.
    """

    sentence: str
    instead: Experiment
    instead_text: str
    kind: Kind
    amount: float
    start_text: str = START


def limit_on(experiment: Experiment, world: World) -> Limit | None:
    """The limit that this experiment meets in the next generation of `world`, if any."""
    if strategy_class(experiment.strategy).is_whole:
        return None
    cells = cells_to_step(world)
    return limit_of(experiment, cells.height, cells.width)


def limit_of(experiment: Experiment, height: int, width: int, machine: Machine | None = None) -> Limit | None:
    """The limit that this experiment meets on a board of `height` × `width` cells, if any.

    Args:
        experiment: the one that is about to run.
        height: rows of the board.
        width: its columns.
        machine: what a process may have; None is asked of this one.
    """
    if strategy_class(experiment.strategy).is_whole:
        return None
    if height * width > MOST_STEPPED_CELLS:
        return _with_whole_board(experiment, height * width)
    limit = None
    if threads_of(experiment, height, width) > LEAST_TO_ASK_ABOUT:
        limit = _limit_of_threads(experiment, height, width, machine or Machine.here())
    return limit or _limit_of_time(experiment, height, width)


def _limit_of_threads(experiment: Experiment, height: int, width: int, machine: Machine) -> Limit | None:
    threads, start = threads_of(experiment, height, width), starting(experiment, height, width)
    cost = f"about {words.size(threads * machine.stack)} reserved, {words.size(threads * RESIDENT_A_THREAD)} used"
    half = machine.threads.threads // 2 if machine.threads else threads
    fewer = min(SENSIBLE_WORKERS, max(half, 1))
    refused = forewarning(experiment, height, width, machine)
    if refused:
        return _with_workers(experiment, refused, Kind.REFUSED, threads, fewer, ANYWAY)
    if machine.threads and threads > half:
        allowed = f"more than half of the {machine.threads.about} that this system allows: {machine.threads.cause}"
        return _with_workers(experiment, f"{start}, {allowed}.", Kind.HALF, threads, fewer, ANYWAY)
    if strategy_class(experiment.strategy).default_workers is not None:
        sentence = f"{start}: {cost}. Fewer than {MOST_POOLED_THREADS:,} are quicker."
        return _with_workers(experiment, sentence, Kind.WORKERS, threads) if threads > MOST_POOLED_THREADS else None
    if threads > MOST_THREADS_A_GENERATION:
        return _with_workers(experiment, f"{start}: {cost}, if all live at once.", Kind.THREADS, threads)
    return None


def _limit_of_time(experiment: Experiment, height: int, width: int) -> Limit | None:
    seconds = seconds_of(experiment, height, width)
    if seconds <= LONGEST_GENERATION:
        return None
    workers = _workers_of(experiment)
    by_whom = "one after another" if workers == 1 else f"{workers:,} at a time"
    cells = f"{height * width:,} cells that wait {experiment.latency:g} s each, {by_whom}"
    sentence = f"{cells}: {words.duration(seconds)} for one generation."
    has_workers = strategy_class(experiment.strategy).default_workers is not None
    more = MOST_POOLED_THREADS if has_workers and workers >= SENSIBLE_WORKERS else SENSIBLE_WORKERS
    return _with_workers(experiment, sentence, Kind.TIME, seconds, more)


def seconds_of(experiment: Experiment, height: int, width: int) -> float:
    """How long the waits of a generation take together, were everything else free."""
    if not wire_class(experiment.wire).waits:
        return 0.0
    return _strategy_of(experiment).waits_in_a_row(height, width) * experiment.latency


def _strategy_of(experiment: Experiment) -> Strategy:
    return strategy_class(experiment.strategy)(experiment.workers)


def _workers_of(experiment: Experiment) -> int:
    default = strategy_class(experiment.strategy).default_workers
    return (experiment.workers or default) if default else 1


def _with_workers(
    experiment: Experiment,
    sentence: str,
    kind: Kind,
    amount: float,
    workers: int = SENSIBLE_WORKERS,
    start_text: str = START,
) -> Limit:
    """Has so many workers instead: the strategy itself, or a pool where it has no number to choose."""
    if strategy_class(experiment.strategy).default_workers is not None:
        instead, text = replace(experiment, workers=workers), f"Use {workers:,} workers"
    else:
        pools = [strategy.key for strategy in FAN_OUTS if strategy.default_workers is not None]
        pool = "thread-pool" if "thread-pool" in pools else pools[0]
        instead, text = replace(experiment, strategy=pool, workers=workers), f"Use {workers:,} threads instead"
    return Limit(sentence, instead, text, kind, amount, start_text)


def _with_whole_board(experiment: Experiment, cells: int) -> Limit:
    taken = words.duration(cells * _SECONDS_A_CELL)
    sentence = f"{cells:,} cells, stepped one by one, take about {taken} of Python for one generation."
    whole = next(strategy for strategy in STRATEGIES if strategy.is_whole)
    instead = replace(experiment, strategy=whole.key, workers=None)
    return Limit(sentence, instead, f"Use {_named(whole.title)} instead", Kind.CELLS, cells)


def _named(title: str) -> str:
    return title[0].lower() + title[1:]
