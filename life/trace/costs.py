"""Where the time of a generation went, and what else it cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

import numpy as np

from life.errors import Failure, Fate
from life.trace.columns import Times, Trace
from life.trace.limits import stack_bytes
from life.trace.peak import peak_threads
from life.trace.phases import end_of, handing_out_ended
from life.trace.sampler import Measured


class Origin(Enum):
    """How a figure came about; the value is what people read."""

    MEASURED = "measured"
    COMPUTED = "computed"
    THIS_PLATFORM = "measured, on this platform only"


@dataclass(frozen=True, slots=True)
class Costs:
    """The costs of one generation; the five parts add up to `wall` to the nanosecond.

    At each instant the first of these that holds counts: the caller hands out cells and is not itself inside one; some
    cell runs; some cell waits for a lock; some cell waits for I/O; the caller is alone and collects. `ORIGINS` says of
    each figure how it came about.

    Attributes:
        wall: nanoseconds of the call of `simulate`, or until now.
        starting, running, waiting_for_lock, waiting_for_io, joining: its parts, in nanoseconds.
        threads_started: threads that stepped their first cell in this generation, the caller's own left out.
        peak_alive: the most threads that were inside a cell's step at once.
        stack_reserved: bytes of address space that so many threads reserve for their stacks.
        memory_used: bytes by which the process's resident memory rose at most; None where nobody measured.
        voluntary_switches, involuntary_switches: context switches of the whole process; None where the platform does
            not count them.
        lock_contended: how many cells had to wait for a grid's lock.
        lock_waited: nanoseconds that cells waited for it, added up over all of them.
        failures: how many exceptions cells raised.
        failures_unseen: how many of these reached neither the caller nor stderr.
    """

    wall: int
    starting: int
    running: int
    waiting_for_lock: int
    waiting_for_io: int
    joining: int
    threads_started: int
    peak_alive: int
    stack_reserved: int
    memory_used: int | None
    voluntary_switches: int | None
    involuntary_switches: int | None
    lock_contended: int
    lock_waited: int
    failures: int
    failures_unseen: int


ORIGINS = MappingProxyType(
    dict.fromkeys(Costs.__dataclass_fields__, Origin.MEASURED)
    | {
        "stack_reserved": Origin.COMPUTED,
        "voluntary_switches": Origin.THIS_PLATFORM,
        "involuntary_switches": Origin.THIS_PLATFORM,
    }
)
"""The `Origin` of each attribute of `Costs`, by its name."""


def costs_of(trace: Trace, failures: Iterable[Failure] = (), measured: Measured | None = None) -> Costs:
    """The costs of a generation that was recorded; of one under way, those so far.

    Args:
        trace: with a recording; without one, waiting counts as running.
        failures: of the generation.
        measured: what was measured of the process while it ran.
    """
    failures = tuple(failures)
    wall = max(end_of(trace) - trace.started, 0)
    starting, running, for_lock, for_io = _parts(trace, trace.started + wall)
    waited = trace.times(trace.lock_waited)
    peak = peak_threads(trace)
    return Costs(
        wall=wall,
        starting=starting,
        running=running,
        waiting_for_lock=for_lock,
        waiting_for_io=for_io,
        joining=wall - starting - running - for_lock - for_io,
        threads_started=threads_started(trace),
        peak_alive=peak,
        stack_reserved=peak * stack_bytes(),
        memory_used=measured.memory_used if measured else None,
        voluntary_switches=measured.voluntary_switches if measured else None,
        involuntary_switches=measured.involuntary_switches if measured else None,
        lock_contended=int(np.count_nonzero(waited)),
        lock_waited=int(waited.sum()),
        failures=len(failures),
        failures_unseen=sum(failure.fate in (Fate.NOBODY, Fate.HIDDEN) for failure in failures),
    )


def threads_started(trace: Trace) -> int:
    """How many threads, other than the caller's, stepped their first cell of all in this generation."""
    serials = np.unique(trace.times(trace.thread))
    return int(np.count_nonzero((serials >= trace.first_serial) & (serials != trace.caller)))


def _parts(trace: Trace, end: int) -> tuple[int, int, int, int]:
    """Nanoseconds of starting, running, waiting for the lock and waiting for I/O.

    Each set of intervals holds the one before it, so each part is by how much the covered time grows. A cell has three
    stretches: it runs, waits for I/O and runs again; and at most one wait for a lock, which is cut out of a run.
    """
    begun, asked, answered, ended = _stretches(trace, end)
    handing = _handing_out(trace, begun, ended, end)
    starting = _covered(handing)
    with_running = with_lock = _covered(handing, (begun, asked), (answered, ended))
    if trace.times(trace.lock_asked).any():
        before, after = _without_lock_wait(trace, begun, asked, end), _without_lock_wait(trace, answered, ended, end)
        with_running = _covered(handing, *before, *after)
    with_io = _covered(handing, (begun, ended))
    return starting, with_running - starting, with_lock - with_running, with_io - with_lock


Intervals = tuple[Times, Times]


def _stretches(trace: Trace, end: int) -> tuple[Times, Times, Times, Times]:
    """When each cell began, asked, was answered and ended, in this order whatever is missing, within the generation.

    One item a cell; a cell that never began has no length.
    """

    def column(column: memoryview) -> Times:
        times = np.array(trace.times(column)) if len(column) else np.zeros(trace.cells, np.int64)
        return np.clip(np.where(times > 0, times, end), trace.started, end)

    begun = column(trace.begun)
    ended = np.maximum(column(trace.ended), begun)
    asked = np.clip(column(trace.asked), begun, ended)
    return begun, asked, np.clip(column(trace.answered), asked, ended), ended


def _handing_out(trace: Trace, begun: Times, ended: Times, end: int) -> Intervals:
    """The stretches in which the caller handed out cells and was not inside one of them."""
    start, stop = trace.started, min(max(handing_out_ended(trace), trace.started), end)
    own = trace.times(trace.thread) == trace.caller
    starts, ends = np.sort(np.minimum(begun[own], stop)), np.sort(np.minimum(ended[own], stop))
    gap_starts, gap_ends = np.append(start, ends), np.append(starts, stop)
    return gap_starts, np.maximum(gap_starts, gap_ends)  # inside several at once, as long as fewer have ended


def _without_lock_wait(trace: Trace, start: Times, stop: Times, end: int) -> tuple[Intervals, ...]:
    """A stretch of each cell without its latest wait for a lock, where that lies in it."""
    asked, got = trace.times(trace.lock_asked), trace.times(trace.lock_got)
    waits_from = np.clip(np.where(asked > 0, asked, stop), start, stop)
    waits_until = np.clip(np.where(got > 0, got, end), waits_from, stop)
    return (start, waits_from), (waits_until, stop)


def _covered(*intervals: Intervals) -> int:
    """Nanoseconds that at least one of the intervals covers.

    With starts and ends sorted, each on its own, nothing is covered between an end and the start that comes next in
    its list, where that is later: as many have ended as have begun.
    """
    starts = np.sort(np.concatenate([start for start, _ in intervals]))
    ends = np.sort(np.concatenate([end for _, end in intervals]))
    gaps = np.maximum(starts[1:] - ends[:-1], 0)
    return int(ends[-1] - starts[0] - gaps.sum())
