"""What every cell is about at one instant of a generation, live or past, by comparing columns."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from life.trace.columns import Column, Times, Trace

_LAST = np.iinfo(np.int64).max


class CellState(IntEnum):
    """What a cell is about; the order is that in which a later one outdoes an earlier one."""

    WAITING_TO_START = 0
    RUNNING = 1
    WAITING_FOR_IO = 2
    WAITING_FOR_LOCK = 3
    DONE = 4
    FAILED = 5


def states_at(trace: Trace, instant: int) -> NDArray[np.uint8]:
    """The `CellState` of every cell at one instant.

    A cell whose step was interrupted is DONE: it neither failed nor goes on. Of several waits for a lock only the
    latest is on record, so a cell in an earlier one counts as RUNNING.

    Args:
        trace: of a generation that is under way or finished; without a recording no cell is ever seen waiting.
        instant: in nanoseconds, as of `perf_counter_ns()`.

    Returns:
        An array of shape (height, width).
    """
    begun, ended, failed = (_by(trace, column, instant) for column in (trace.begun, trace.ended, trace.failed))
    states = begun.view(np.uint8).copy()
    if trace.is_recorded:
        asked, answered = _by(trace, trace.asked, instant), _by(trace, trace.answered, instant)
        states += (asked & ~answered).view(np.uint8)
        lock_asked, lock_got = _by(trace, trace.lock_asked, instant), _by(trace, trace.lock_got, instant)
        np.maximum(states, (lock_asked & ~lock_got).view(np.uint8) * np.uint8(CellState.WAITING_FOR_LOCK), out=states)
    np.maximum(states, (begun & ended).view(np.uint8) * np.uint8(CellState.DONE), out=states)
    np.maximum(states, failed.view(np.uint8) * np.uint8(CellState.FAILED), out=states)
    return states.reshape(trace.height, trace.width)


def _by(trace: Trace, column: Column, instant: int) -> NDArray[np.bool_]:
    """Whether the time in a column is set and not after the instant; 0, "not yet", becomes the largest number."""
    return (trace.times(column) - 1).view(np.uint64) < np.uint64(max(instant, 0))


def event_times(trace: Trace) -> Times:
    """The distinct times of everything on record, in order: int64 nanoseconds of shape (events,)."""
    times = np.sort(np.concatenate(_all_times(trace)))  # several times as fast as `np.unique`
    times = times[np.searchsorted(times, 0, "right") :]
    return times[np.append(True, np.diff(times) > 0)] if times.size else times


def next_event(trace: Trace, instant: int) -> int | None:
    """The first event after an instant, without sorting them all; None where there is none."""
    later = (int(times.min(where=times > instant, initial=_LAST)) for times in _all_times(trace))
    first = min(later)
    return first if first < _LAST else None


def _all_times(trace: Trace) -> list[Times]:
    columns = (
        trace.begun, trace.ended, trace.failed,
        trace.asked, trace.answered, trace.lock_asked, trace.lock_got, trace.handed,
    )  # fmt: skip
    ends = np.array([trace.started, trace.finished], np.int64)
    return [ends, *(trace.times(column) for column in columns)]
