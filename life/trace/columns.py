"""The columns: what one generation leaves behind, one item a cell and column.

A write is one item store into an array made beforehand, without a lock, a queue or a signal; whoever wants to know
more compares the columns. Times are `perf_counter_ns()`, and 0 means "not yet".
"""

from dataclasses import dataclass
from itertools import count
from threading import current_thread, local
from time import perf_counter_ns

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.int64]
Column = memoryview  # of int64

_serials = count(1)
_here = local()


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception as it left a cell's step, before anybody decided what becomes of it; (y, x) is on the world."""

    y: int
    x: int
    thread: str
    at: int
    error: BaseException


class Trace:
    """The facts of one generation of `height` × `width` cells; cell (y, x) is item `y * width + x`.

    On the plane the cells are those of the frame around all live ones, whose cell (0, 0) is cell (`top`, `left`) of the
    plane; it may be another frame in each generation. Where the board was taken further as a whole, there are no
    columns, and one trace may stand for many generations.

    Three columns are always kept, because a generation cannot be ended cleanly without them; the others are empty
    unless somebody asked for a recording.

    Attributes:
        generation: number of the generation that is being made; of many, the last one.
        top, left: where its cell (0, 0) lies on the world; 0 and 0 on a board.
        is_whole: whether no cell is stepped, or waits, by itself; there are 0 × 0 cells then.
        generations: how many are made; more than one only of a board that is taken further as a whole.
        epoch: of the simulation, when it began.
        is_recorded: whether the other columns are kept.
        started, finished: when the caller called `simulate`, and when it came back.
        first_serial: the serial number that the next new thread would have got when the generation started.
        caller: serial number of the thread that calls `simulate`; 0 before it does.
        thread: column of serial numbers of threads; unlike identifiers they are never used twice.
        begun, ended: columns of the ends of each cell's step.
        failed: column of when the cell's step raised something.
        asked, answered: columns of the ends of each cell's wait for its answer.
        lock_asked, lock_got: columns of the ends of each cell's latest wait for a grid's lock.
        lock_waited: column of nanoseconds that each cell waited for locks altogether.
        handed: when the caller handed out its first, second, … cell; in the order of handing out, not of cells.
        raised: what cells raised, in the order in which they did.
    """

    def __init__(
        self,
        generation: int,
        height: int,
        width: int,
        epoch: int = 0,
        *,
        is_recorded: bool = False,
        top: int = 0,
        left: int = 0,
        is_whole: bool = False,
        generations: int = 1,
    ) -> None:
        height, width = (0, 0) if is_whole else (height, width)
        cells = height * width
        recorded = cells if is_recorded else 0
        self.generation = generation
        self.height = height
        self.width = width
        self.top = top
        self.left = left
        self.is_whole = is_whole
        self.generations = generations
        self.epoch = epoch
        self.is_recorded = is_recorded
        self.started = perf_counter_ns()
        self.finished = 0
        self.first_serial = next(_serials)
        self.caller = 0
        self.thread = _column(cells)
        self.begun = _column(cells)
        self.ended = _column(cells)
        self.failed = _column(cells)
        self.asked = _column(recorded)
        self.answered = _column(recorded)
        self.lock_asked = _column(recorded)
        self.lock_got = _column(recorded)
        self.lock_waited = _column(recorded)
        self.handed = _column(recorded)
        self.raised: list[Raised] = []
        self._errors: set[int] = set()

    @property
    def cells(self) -> int:
        """How many cells the generation has."""
        return self.height * self.width

    @property
    def nbytes(self) -> int:
        """How much memory the columns take."""
        return 8 * (4 + 6 * self.is_recorded) * self.cells

    def place_of(self, cell: int) -> tuple[int, int]:
        """Row and column on the world of cell number `cell`."""
        y, x = divmod(cell, self.width)
        return y + self.top, x + self.left

    def cell_at(self, y: int, x: int) -> int | None:
        """The number of the cell in that row and column of the world; None where it is not one of them."""
        y, x = y - self.top, x - self.left
        return y * self.width + x if 0 <= y < self.height and 0 <= x < self.width else None

    def times(self, column: Column) -> Times:
        """One of the columns as an array of shape (cells,) that shares its memory."""
        return np.asarray(column)

    def begin(self, cell: int) -> None:
        """The calling thread begins the step of a cell, or goes on with it."""
        here, begun = _here, self.begun
        if self.is_recorded:  # else nobody asks where a thread is
            here.step = self, cell
        if not begun[cell]:
            try:  # not `thread_serial()`: a call of ours would cost half as much as all the rest
                self.thread[cell] = here.serial
            except AttributeError:
                self.thread[cell] = thread_serial()
            begun[cell] = perf_counter_ns()

    def record(self, y: int, x: int, error: BaseException) -> None:
        """Keeps what cell (y, x), counted from its own cell (0, 0), raised; called in the thread that raised it."""
        now = perf_counter_ns()
        self.failed[y * self.width + x] = now
        self._errors.add(id(error))
        self.raised.append(Raised(y + self.top, x + self.left, current_thread().name, now, error))

    def has_recorded(self, error: BaseException) -> bool:
        """Whether it was this very exception that one of the cells raised."""
        return id(error) in self._errors

    def forget_errors(self) -> None:
        """Lets go of the exceptions, which hold frames, which hold grids."""
        self._errors.clear()
        self.raised.clear()


class LockWait:
    """One wait of the calling thread for a lock, noted for the cell whose step it is at, if it is at one."""

    def __init__(self) -> None:
        step: tuple[Trace | None, int] = getattr(_here, "step", (None, 0))
        trace, self._cell = step
        self._trace = trace if trace is not None and not trace.finished else None
        self._asked = perf_counter_ns()
        if self._trace:
            self._trace.lock_asked[self._cell] = self._asked
            self._trace.lock_got[self._cell] = 0

    def end(self) -> int:
        """The lock was got; returns for how many nanoseconds the thread waited."""
        got = perf_counter_ns()
        if self._trace:
            self._trace.lock_got[self._cell] = got
            self._trace.lock_waited[self._cell] += got - self._asked
        return got - self._asked


def _column(cells: int) -> Column:
    """Zeros to be stored into one at a time, which a memoryview does several times faster than an array."""
    zeros = np.zeros(cells, np.int64)
    return zeros.data.cast("B").cast("q") if cells else memoryview(bytearray()).cast("q")


def thread_serial() -> int:
    """The serial number of the calling thread, counted from 1 in the order in which threads first ask."""
    here = _here
    try:
        return here.serial  # type: ignore[no-any-return]
    except AttributeError:
        here.serial = next(_serials)
        return here.serial  # type: ignore[no-any-return]
