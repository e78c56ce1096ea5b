"""What a choice is about to cost, in one sentence, where that is so much that one wants to be asked first.

The figures are computed from what was measured of threads that are parked in a wait; a generation may stay below them,
because the first threads can have ended before the last are started.
"""

import sys
import threading
from dataclasses import dataclass, replace
from math import ceil

from gui import words
from life.experiment import Experiment, WireKind
from life.fanout import STRATEGIES, strategy_class

MOST_THREADS_A_GENERATION = 4_000
MOST_POOLED_THREADS = 1_000
LONGEST_GENERATION = 60.0
SENSIBLE_WORKERS = 256

RESIDENT_A_THREAD = 16 * 1024  # measured: 13 to 18 KiB for a thread that waits
_MIB = 1024 * 1024

# What the keys below have in common is only that they cost something here; a strategy that is in none of these sets
# has workers where it names a number of them, and otherwise stays in one thread.
_THREAD_A_CELL = frozenset({"thread-per-cell"})
_ONE_AFTER_ANOTHER = frozenset({"serial"})
_TWO_SETS_OF_WORKERS = frozenset({"phased-queues"})
_WAIT_A_BAND = frozenset({"row-batches"})


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


def limit_of(experiment: Experiment, height: int, width: int, stack: int | None = None) -> Limit | None:
    """The limit that this experiment meets on a board of `height` × `width` cells, if any.

    Args:
        experiment: the one that is about to run.
        height: rows of the board.
        width: its columns.
        stack: bytes that a thread reserves; None asks the system.
    """
    threads = threads_of(experiment, height, width)
    reserved = words.size(threads * (stack or stack_bytes()))
    used = words.size(threads * RESIDENT_A_THREAD)
    cost = f"about {reserved} reserved, {used} used"
    if experiment.strategy in _THREAD_A_CELL and threads > MOST_THREADS_A_GENERATION:
        return _with_pool(experiment, f"{threads:,} cells will start {threads:,} threads: {cost}, if all live at once.")
    if experiment.strategy not in _THREAD_A_CELL and threads > MOST_POOLED_THREADS:
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
    cells = height * width
    if experiment.strategy in _THREAD_A_CELL:
        return cells
    if strategy_class(experiment.strategy).default_workers is None:
        return 0
    workers = _workers_of(experiment)
    if experiment.strategy in _WAIT_A_BAND:
        return min(workers, height)
    return workers * (2 if experiment.strategy in _TWO_SETS_OF_WORKERS else 1)


def seconds_of(experiment: Experiment, height: int, width: int) -> float:
    """How long the waits of a generation take together, were everything else free."""
    if experiment.wire is WireKind.NONE:
        return 0.0
    has_workers = strategy_class(experiment.strategy).default_workers is not None
    waits_in_a_row = 1
    if experiment.strategy in _ONE_AFTER_ANOTHER or (has_workers and experiment.strategy not in _WAIT_A_BAND):
        waits_in_a_row = ceil(height * width / _workers_of(experiment))
    return waits_in_a_row * experiment.latency


def stack_bytes() -> int:
    """How much address space the system reserves for the stack of a new thread."""
    if threading.stack_size():
        return threading.stack_size()
    if sys.platform == "win32":
        return 2_000_000  # the header of python.exe
    if sys.platform == "darwin":
        return 16 * _MIB  # CPython asks for it there
    import resource  # which Windows has not

    soft, _ = resource.getrlimit(resource.RLIMIT_STACK)
    return 2 * _MIB if soft == resource.RLIM_INFINITY else soft  # glibc's answer to "unlimited"


def _workers_of(experiment: Experiment) -> int:
    default = strategy_class(experiment.strategy).default_workers
    return (experiment.workers or default) if default else 1


def _with_workers(experiment: Experiment, sentence: str, workers: int) -> Limit:
    return Limit(sentence, replace(experiment, workers=workers), f"Use {workers:,} workers")


def _with_pool(experiment: Experiment, sentence: str) -> Limit:
    pools = [strategy.key for strategy in STRATEGIES if strategy.default_workers is not None]
    pool = "thread-pool" if "thread-pool" in pools else pools[0]
    instead = replace(experiment, strategy=pool, workers=SENSIBLE_WORKERS)
    return Limit(sentence, instead, f"Use {SENSIBLE_WORKERS} threads instead")
