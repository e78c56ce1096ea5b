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
_of_this_thread = local()


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception as it left a cell's step, before anybody decided what becomes of it."""

    y: int
    x: int
    thread: str
    at: int
    error: BaseException


class Trace:
    """The facts of one generation of `height` × `width` cells; cell (y, x) is item `y * width + x`.

    Attributes:
        generation: number of the generation that is being made.
        epoch: of the simulation, when it began.
        started, finished: when the caller called `simulate`, and when it came back.
        begun, asked, answered, ended: columns of nanoseconds.
        thread: column of serial numbers of threads; unlike identifiers they are never used twice.
        raised: what cells raised, in the order in which they did.
    """

    def __init__(self, generation: int, height: int, width: int, epoch: int = 0) -> None:
        cells = height * width
        self.generation = generation
        self.height = height
        self.width = width
        self.epoch = epoch
        self.started = perf_counter_ns()
        self.finished = 0
        self.begun = _column(cells)
        self.asked = _column(cells)
        self.answered = _column(cells)
        self.ended = _column(cells)
        self.thread = _column(cells)
        self.raised: list[Raised] = []
        self._errors: set[int] = set()

    def times(self, column: Column) -> Times:
        """One of the columns as an array of shape (height * width,) that shares its memory."""
        return np.asarray(column)

    def record(self, y: int, x: int, error: BaseException) -> None:
        """Keeps what cell (y, x) raised; called in the thread that raised it."""
        self._errors.add(id(error))
        self.raised.append(Raised(y, x, current_thread().name, perf_counter_ns(), error))

    def has_recorded(self, error: BaseException) -> bool:
        """Whether it was this very exception that one of the cells raised."""
        return id(error) in self._errors

    def forget_errors(self) -> None:
        """Lets go of the exceptions, which hold frames, which hold grids."""
        self._errors.clear()
        self.raised.clear()


def _column(cells: int) -> Column:
    """Zeros to be stored into one at a time, which a memoryview does several times faster than an array."""
    return np.zeros(cells, np.int64).data.cast("B").cast("q")


def thread_serial() -> int:
    """The serial number of the calling thread, counted from 1 in the order in which threads first ask."""
    try:
        return _of_this_thread.serial  # type: ignore[no-any-return]
    except AttributeError:
        _of_this_thread.serial = next(_serials)
        return _of_this_thread.serial  # type: ignore[no-any-return]
