"""The last generations that were run: what time travel, the costs and the filmstrip look back at."""

from dataclasses import dataclass
from threading import Lock

from life.errors import Failure
from life.experiment import Experiment
from life.trace.columns import Trace
from life.trace.costs import Costs
from life.trace.sampler import Measured
from life.world import World

MOST_RECORDS = 20
MOST_BYTES = 512 << 20
MOST_BYTES_OF_BOARDS = 64 << 20  # where boards are all that a record has: there is little to look back at


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """One generation that was run, or many in one visit; the number of the last one is `trace.generation`.

    Attributes:
        trace: its times; with all columns only where it was recorded.
        before: the board that it was made from.
        after: the board that was made; None where the caller got an exception instead.
        strategy: key of the strategy that ran it, `experiment` being the rest.
        seconds: how long it took; ideal_seconds: the longest single wait that was planned.
        peak_threads: the most threads that were inside a cell's step at once.
        failures: what cells raised, with its fate.
        error: type and message of what reached the caller, or "".
        costs: None where it was not recorded.
        measured: what the sampler saw; None where it was not recorded.
    """

    trace: Trace
    before: World
    after: World | None
    strategy: str
    experiment: Experiment
    seconds: float
    ideal_seconds: float
    peak_threads: int
    failures: tuple[Failure, ...]
    error: str
    costs: Costs | None
    measured: Measured | None = None

    @property
    def nbytes_of_board(self) -> int:
        """How much memory the board takes that was made as a whole; else the columns are what counts."""
        return self.after.nbytes if self.trace.is_whole and self.after is not None else 0


class History:
    """The last records, oldest first; any thread may use it.

    Args:
        most_records: how many it keeps.
        most_bytes: how much memory their columns may take; the newest one is kept whatever it takes.
    """

    def __init__(self, most_records: int = MOST_RECORDS, most_bytes: int = MOST_BYTES) -> None:
        self._most_records = most_records
        self._most_bytes = most_bytes
        self._lock = Lock()
        self._records: tuple[Record, ...] = ()

    def add(self, record: Record) -> None:
        """Appends a record, and lets go of the oldest ones that no longer fit."""
        with self._lock:
            records = [*self._records, record][-self._most_records :]
            while len(records) > 1 and not self._is_room_for(records):
                records.pop(0)
            self._records = tuple(records)

    def _is_room_for(self, records: list[Record]) -> bool:
        columns, boards = (sum(r.trace.nbytes for r in records), sum(r.nbytes_of_board for r in records))
        return columns <= self._most_bytes and boards <= MOST_BYTES_OF_BOARDS

    def records(self) -> tuple[Record, ...]:
        """All that are kept, oldest first; a tuple that never changes."""
        return self._records

    def clear(self) -> None:
        """Forgets all of them."""
        with self._lock:
            self._records = ()
