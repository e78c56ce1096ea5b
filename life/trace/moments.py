"""Instants of a generation that are worth jumping to."""

from life.trace.columns import Column, Trace
from life.trace.peak import instant_of_peak


def first_failure(trace: Trace) -> int | None:
    """When the first cell failed, in nanoseconds; None where none has."""
    return _first(trace, trace.failed)


def first_lock_wait(trace: Trace) -> int | None:
    """When the first wait for a lock that is on record began; None where there is none.

    Of each cell that is its latest.
    """
    return _first(trace, trace.lock_asked)


def peak_of_threads(trace: Trace) -> int | None:
    """When the most threads were alive for the first time; None where no cell began."""
    return instant_of_peak(trace)


def _first(trace: Trace, column: Column) -> int | None:
    times = trace.times(column)
    times = times[times > 0]
    return int(times.min()) if times.size else None
