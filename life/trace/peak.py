"""How many threads were alive in a generation at the same instant."""

import numpy as np

from life.trace.columns import Times, Trace


def peak_threads(trace: Trace) -> int:
    """The most threads that were inside a cell's step at one instant; a thread counts once however many cells it has.

    Cells that never began are left out; one that has not ended counts as ending last.
    """
    _, alive = threads_over_time(trace)
    return int(alive.max(initial=0))


def instant_of_peak(trace: Trace) -> int | None:
    """When that many threads were alive for the first time; None where no cell began."""
    times, alive = threads_over_time(trace)
    return int(times[alive.argmax()]) if times.size else None


def threads_over_time(trace: Trace) -> tuple[Times, Times]:
    """Each instant at which a thread entered or left its steps, in order, and how many were inside one from then on.

    Both are int64 of shape (changes,). What has not ended leaves one nanosecond after everything else on record.
    """
    begun, ended, thread = _runs(trace)
    if begun.size == 0:
        return begun, begun
    starts, ends = _merged_per_thread(begun, ended, thread)
    times = np.concatenate([starts, ends])
    changes = np.concatenate([np.ones(starts.size, np.int64), -np.ones(ends.size, np.int64)])
    order = np.lexsort((changes, times))  # an end counts before a start at the same nanosecond
    return times[order], np.cumsum(changes[order])


def _runs(trace: Trace) -> tuple[Times, Times, Times]:
    """The three columns of the cells that began, neighbours with the same values taken together."""
    begun, ended, thread = (trace.times(c) for c in (trace.begun, trace.ended, trace.thread))
    has_begun = begun > 0
    begun, ended, thread = begun[has_begun], ended[has_begun], thread[has_begun]
    if begun.size == 0:
        return begun, ended, thread
    latest = max(int(begun.max()), int(ended.max())) + 1
    ended = np.where(ended > 0, ended, latest)
    is_new = np.ones(begun.size, np.bool_)
    is_new[1:] = (np.diff(begun) != 0) | (np.diff(ended) != 0) | (np.diff(thread) != 0)
    return begun[is_new], ended[is_new], thread[is_new]


def _merged_per_thread(begun: Times, ended: Times, thread: Times) -> tuple[Times, Times]:
    """Starts and ends of the stretches in which each thread was inside at least one step."""
    order = np.lexsort((begun, thread))
    begun, ended, thread = begun[order], ended[order], thread[order]
    first_of_thread = np.ones(begun.size, np.bool_)
    first_of_thread[1:] = np.diff(thread) != 0
    # Each thread gets a stretch of time of its own, so that one running maximum serves them all.
    span = int(ended.max() - begun.min()) + 1
    offset = np.cumsum(first_of_thread, dtype=np.int64) * span
    latest = np.maximum.accumulate(ended + offset)
    is_start = first_of_thread.copy()
    is_start[1:] |= (begun + offset)[1:] >= latest[:-1]
    starts = np.flatnonzero(is_start)
    lasts = np.append(starts[1:], begun.size) - 1
    return begun[starts], latest[lasts] - offset[lasts]
