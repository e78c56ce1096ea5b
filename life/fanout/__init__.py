"""How one generation is run: one small file a strategy, all listed here, in the order in which they are shown."""

from life.fanout.bands import Bands
from life.fanout.bands_dask import BandsOnDask
from life.fanout.bands_processes import BandsOnProcesses
from life.fanout.coroutines import Coroutines
from life.fanout.phased_queues import PhasedQueues
from life.fanout.queue_workers import QueueWorkers
from life.fanout.row_batches import RowBatches
from life.fanout.serial import Serial
from life.fanout.strategy import Strategy
from life.fanout.task_group import TaskGroups
from life.fanout.thread_per_cell import ThreadPerCell
from life.fanout.thread_pool import ThreadPool
from life.fanout.whole_board import WholeBoard
from life.keyed import of_key

STRATEGIES: tuple[type[Strategy], ...] = (
    Serial,
    ThreadPerCell,
    QueueWorkers,
    PhasedQueues,
    ThreadPool,
    Coroutines,
    TaskGroups,
    RowBatches,
    WholeBoard,
    Bands,
    BandsOnProcesses,
    BandsOnDask,
)

FAN_OUTS = tuple(strategy for strategy in STRATEGIES if not strategy.is_whole)  # in which cells wait


def strategy_class(key: str) -> type[Strategy]:
    """The strategy of that key.

    Raises:
        SettingError: there is none.
    """
    return of_key(key, STRATEGIES, "strategy")
