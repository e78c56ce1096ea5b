"""What is tried out: which strategy runs a generation, what a cell waits for, and what goes wrong on purpose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from types import MappingProxyType

from life.errors import SettingError

LONGEST_WAIT = 60.0
MOST_WORKERS = 100_000
ENGINES = AUTOMATIC, TILES, HASHLIFE = "automatic", "tiles", "hashlife"
MEMORY = 1 << 30  # bytes for HashLife, unless told otherwise
LEAST_MEMORY, MOST_MEMORY = 16 << 20, 1 << 40


class WireKind(StrEnum):
    """Keys of wires, for whoever means a certain one; `life.wire.WIRES` lists all that there are."""

    NONE = "none"
    WAIT = "wait"
    SERVICE = "service"


class Fault(Enum):
    """What goes wrong in a cell on purpose; the value is the command line's word."""

    ERROR = "error"  # the cell raises OSError("Problem with I/O"), as in the book
    HANG = "hang"  # no answer until the time limit
    CUT = "cut"  # the service cuts the connection
    NONSENSE = "nonsense"  # the service answers what is no state
    EXIT = "exit"  # the cell raises SystemExit, which a Thread does not even print


@dataclass(frozen=True, slots=True)
class Experiment:
    """One way of running a generation; refused with `SettingError` where it cannot be run.

    Attributes:
        strategy: key of a strategy in `life.fanout`.
        workers: how many workers, where the strategy has any; None leaves it to the strategy.
        wire: key of what a cell waits for between its question and its answer, in `life.wire`.
        latency, jitter: a cell waits `latency` ± up to `jitter` seconds.
        seed: from which, with generation, y and x, waits and random faults are drawn.
        time_limit: seconds, on top of the planned wait, after which a cell gives up on an answer.
        faults: the planted ones, by cell (y, x).
        fault_rate: share of all cells, 0 to 1, that fail in a generation besides the planted ones.
        fault_kind: what goes wrong in those.
        address: host and port of a rule service that runs elsewhere; None starts one.
        engine: how a plane is taken further as a whole: one of `ENGINES`.
        memory: bytes that HashLife may take for it.
        cluster: address of the Dask scheduler whose workers compute bands, such as "tcp://10.0.0.1:8786"; None is a
            cluster in this process.
    """

    strategy: str = "thread-per-cell"
    workers: int | None = None
    wire: str = WireKind.WAIT
    latency: float = 0.1
    jitter: float = 0.0
    seed: int = 0
    time_limit: float = 2.0
    faults: Mapping[tuple[int, int], Fault] = field(default_factory=lambda: MappingProxyType({}))
    fault_rate: float = 0.0
    fault_kind: Fault = Fault.ERROR
    address: tuple[str, int] | None = None
    engine: str = "automatic"
    memory: int = MEMORY
    cluster: str | None = None

    def __post_init__(self) -> None:
        _expect(0 <= self.latency <= LONGEST_WAIT, "latency", f"must be 0 to {LONGEST_WAIT:g} seconds")
        _expect(0 <= self.jitter <= LONGEST_WAIT, "jitter", f"must be 0 to {LONGEST_WAIT:g} seconds")
        _expect(0 < self.time_limit <= LONGEST_WAIT, "time limit", f"must be above 0, up to {LONGEST_WAIT:g} seconds")
        _expect(0 <= self.fault_rate <= 1, "fault rate", "must be 0 to 1, the share of cells that fail")
        _expect(self.workers is None or 1 <= self.workers <= MOST_WORKERS, "workers", f"must be 1 to {MOST_WORKERS:,}")
        _expect(self.engine in ENGINES, "engine", f"must be one of {', '.join(ENGINES)}")
        least, most = LEAST_MEMORY >> 20, MOST_MEMORY >> 20
        _expect(LEAST_MEMORY <= self.memory <= MOST_MEMORY, "memory", f"must be {least} to {most:,} MB")
        object.__setattr__(self, "faults", MappingProxyType(dict(self.faults)))


def _expect(holds: bool, setting: str, reason: str) -> None:
    if not holds:
        raise SettingError(setting, reason)
