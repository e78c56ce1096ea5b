"""How far this machine reaches: what an experiment takes of it, and what gives out first where that is too much.

All of it is computed, with the numbers of this machine; nothing is tried out. A generation may stay below it, because
its first threads can have ended before the last are started.
"""

from dataclasses import dataclass

from life.experiment import Experiment, WireKind
from life.fanout import strategy_class
from life.fanout.frame import cells_to_step
from life.trace.limits import RESIDENT_A_THREAD, ThreadLimit, free_memory, stack_bytes, thread_limit
from life.wire.limits import connection_limits, raise_open_file_limit
from life.world import World

RECORDED_A_CELL = 80  # bytes, where all its times are kept
_GIB = 1 << 30
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Machine:
    """What one process may have.

    Attributes:
        stack: bytes of address space that a thread reserves.
        threads: how many there can be; None where the system does not say.
        free_memory: bytes.
        open_files: how many one process may have at a time.
    """

    stack: int
    threads: ThreadLimit | None
    free_memory: int
    open_files: int

    @classmethod
    def here(cls) -> "Machine":
        """This one, now."""
        return cls(stack_bytes(), thread_limit(), free_memory(), raise_open_file_limit())


@dataclass(frozen=True, slots=True)
class Shortage:
    """Something that gives out while threads are started.

    Attributes:
        at: about how many threads are alive then.
        clause: what gives out, with its numbers; what may follow "if all live at once".
        is_refusal: whether the generation fails of it; else it takes longer.
    """

    at: int
    clause: str
    is_refusal: bool


def threads_of(experiment: Experiment, height: int, width: int) -> int:
    """How many threads a generation of so many cells starts or keeps, besides its caller's."""
    return strategy_class(experiment.strategy)(experiment.workers).most_threads(height, width)


def shortages(experiment: Experiment, height: int, width: int, machine: Machine) -> list[Shortage]:
    """What gives out before all threads of a generation are alive, the first first; empty where there is enough."""
    threads = threads_of(experiment, height, width)
    found = [_of_memory(machine.free_memory - RECORDED_A_CELL * height * width)]
    if machine.threads:
        found.append(_of_threads(machine.threads))
    if experiment.wire == WireKind.SERVICE:
        found.append(_of_files(machine.open_files))
    return sorted((shortage for shortage in found if shortage.at < threads), key=lambda shortage: shortage.at)


def _of_threads(limit: ThreadLimit) -> Shortage:
    return Shortage(limit.threads, f"this system refuses them at about {limit.about}: {limit.cause}", True)


def _of_memory(free: int) -> Shortage:
    threads = max(free, 0) // RESIDENT_A_THREAD
    left = f"{free / _GIB:.1f} GiB" if free >= _GIB else f"{max(free, 0) / _MIB:.0f} MiB"
    about = ThreadLimit(threads, "").about
    clause = f"memory gives out at about {about} of them: {left} are free, and each takes about 16 KiB"
    return Shortage(threads, clause, True)


def _of_files(open_files: int) -> Shortage:
    most = connection_limits(open_files).client
    clause = f"only {most:,} ask the service at a time and the others wait in line: {open_files:,} files may be open"
    return Shortage(most, clause, False)


def forewarning(experiment: Experiment, height: int, width: int, machine: Machine) -> str:
    """What of a generation this machine will refuse, in a sentence or two with its numbers; "" where it has enough."""
    found = shortages(experiment, height, width, machine)
    refusals = [shortage for shortage in found if shortage.is_refusal]
    if not refusals:
        return ""
    first = refusals[0]
    clauses = [shortage.clause for shortage in found if not shortage.is_refusal and shortage.at < first.at]
    start = starting(experiment, height, width)
    return f"{start}. If all live at once, {'; and '.join([*clauses, first.clause])}."


def starting(experiment: Experiment, height: int, width: int) -> str:
    """How many threads there will be, as the beginning of a sentence."""
    threads = threads_of(experiment, height, width)
    if strategy_class(experiment.strategy).default_workers is not None:
        return f"The workers are {threads:,} threads"
    return f"{height * width:,} cells will start {threads:,} threads"


def forewarning_of(experiment: Experiment, world: World) -> str:
    """The same of the next generation of `world`, here and now."""
    if strategy_class(experiment.strategy).is_whole:
        return ""
    cells = cells_to_step(world)
    return forewarning(experiment, cells.height, cells.width, Machine.here())
