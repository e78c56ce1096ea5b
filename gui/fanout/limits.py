"""What a choice is about to cost, in one sentence, where that is so much that one wants to be asked first.

The figures are computed from what was measured of threads that are parked in a wait; a generation may stay below them,
because the first threads can have ended before the last are started.
"""

from dataclasses import dataclass, replace

from gui import words
from life.experiment import Experiment, WireKind
from life.fanout import FAN_OUTS, STRATEGIES, strategy_class
from life.fanout.frame import cells_to_step
from life.fanout.strategy import Strategy
from life.trace.limits import RESIDENT_A_THREAD, stack_bytes
from life.world import World

MOST_THREADS_A_GENERATION = 4_000
MOST_POOLED_THREADS = 1_000
MOST_STEPPED_CELLS = 1 << 20
LONGEST_GENERATION = 60.0
SENSIBLE_WORKERS = 256
_SECONDS_A_CELL = 4e-6  # of Python, when nothing is waited for


@dataclass(frozen=True, slots=True)
class Limit:
    """A cost that binds.

    Attributes:
        sentence: what it is; the same for the same cost.
        instead: an experiment that would cost less, and `instead_text` what it changes, as on a button.
    """

    sentence: str
    instead: Experiment
    instead_text: str


def limit_on(experiment: Experiment, world: World) -> Limit | None:
    """The limit that this experiment meets in the next generation of `world`, if any."""
    cells = cells_to_step(world)
    return limit_of(experiment, cells.height, cells.width)


def limit_of(experiment: Experiment, height: int, width: int, stack: int | None = None) -> Limit | None:
    """The limit that this experiment meets on a board of `height` × `width` cells, if any.

    Args:
        experiment: the one that is about to run.
        height: rows of the board.
        width: its columns.
        stack: bytes that a thread reserves; None asks the system.
    """
    if strategy_class(experiment.strategy).is_whole:
        return None
    if height * width > MOST_STEPPED_CELLS:
        return _with_whole_board(experiment, height * width)
    threads = threads_of(experiment, height, width)
    reserved = words.size(threads * (stack or stack_bytes()))
    used = words.size(threads * RESIDENT_A_THREAD)
    cost = f"about {reserved} reserved, {used} used"
    has_workers = strategy_class(experiment.strategy).default_workers is not None
    if not has_workers and threads > MOST_THREADS_A_GENERATION:
        cells = height * width
        return _with_pool(experiment, f"{cells:,} cells will start {threads:,} threads: {cost}, if all live at once.")
    if has_workers and threads > MOST_POOLED_THREADS:
        sentence = f"The workers are {threads:,} threads: {cost}. Fewer than {MOST_POOLED_THREADS:,} are quicker."
        return _with_workers(experiment, sentence, SENSIBLE_WORKERS)
    return _limit_of_time(experiment, height, width)


def _limit_of_time(experiment: Experiment, height: int, width: int) -> Limit | None:
    seconds = seconds_of(experiment, height, width)
    if seconds <= LONGEST_GENERATION:
        return None
    workers = _workers_of(experiment)
    by_whom = "one after another" if workers == 1 else f"{workers:,} at a time"
    cells = f"{height * width:,} cells that wait {experiment.latency:g} s each, {by_whom}"
    sentence = f"{cells}: {words.duration(seconds)} for one generation."
    if strategy_class(experiment.strategy).default_workers is None:
        return _with_pool(experiment, sentence)
    return _with_workers(experiment, sentence, SENSIBLE_WORKERS if workers < SENSIBLE_WORKERS else MOST_POOLED_THREADS)


def threads_of(experiment: Experiment, height: int, width: int) -> int:
    """How many threads a generation starts or keeps, besides its caller's."""
    return _strategy_of(experiment).most_threads(height, width)


def seconds_of(experiment: Experiment, height: int, width: int) -> float:
    """How long the waits of a generation take together, were everything else free."""
    if experiment.wire is WireKind.NONE:
        return 0.0
    return _strategy_of(experiment).waits_in_a_row(height, width) * experiment.latency


def _strategy_of(experiment: Experiment) -> Strategy:
    return strategy_class(experiment.strategy)(experiment.workers)


def _workers_of(experiment: Experiment) -> int:
    default = strategy_class(experiment.strategy).default_workers
    return (experiment.workers or default) if default else 1


def _with_workers(experiment: Experiment, sentence: str, workers: int) -> Limit:
    return Limit(sentence, replace(experiment, workers=workers), f"Use {workers:,} workers")


def _with_whole_board(experiment: Experiment, cells: int) -> Limit:
    taken = words.duration(cells * _SECONDS_A_CELL)
    sentence = f"{cells:,} cells, stepped one by one, take about {taken} of Python for one generation."
    whole = next(strategy for strategy in STRATEGIES if strategy.is_whole)
    return Limit(sentence, replace(experiment, strategy=whole.key, workers=None), f"Use {_named(whole.title)} instead")


def _named(title: str) -> str:
    return title[0].lower() + title[1:]


def _with_pool(experiment: Experiment, sentence: str) -> Limit:
    pools = [strategy.key for strategy in FAN_OUTS if strategy.default_workers is not None]
    pool = "thread-pool" if "thread-pool" in pools else pools[0]
    instead = replace(experiment, strategy=pool, workers=SENSIBLE_WORKERS)
    return Limit(sentence, instead, f"Use {SENSIBLE_WORKERS} threads instead")
