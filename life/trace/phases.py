"""What the caller was about: handing out cells, inside a cell's step itself, or collecting."""

from time import perf_counter_ns
from typing import NamedTuple

import numpy as np

from life.trace.columns import Trace

HANDING_OUT = "handing out"
STEPPING = "stepping cells"
COLLECTING = "collecting"


class Phase(NamedTuple):
    """A stretch of the caller's time, from `start` to `end` in nanoseconds; `name` is one of the constants above."""

    name: str
    start: int
    end: int


def caller_phases(trace: Trace) -> list[Phase]:
    """The phases of the call of `simulate`, in order and without gaps; one without length is left out.

    Handing out ends with the last cell that is handed out, because nothing tells how long handing out that one took.
    Where the caller itself steps one cell after another, it is "stepping cells" from the first to the last of them.
    A generation that is under way ends now.
    """
    end = end_of(trace)
    own = own_steps_of_caller(trace)
    if own is not None:
        edges = [(HANDING_OUT, trace.started), (STEPPING, own[0]), (COLLECTING, own[1])]
    else:
        edges = [(HANDING_OUT, trace.started), (COLLECTING, handing_out_ended(trace))]
    starts = [min(max(start, trace.started), end) for _, start in edges]
    names = [name for name, _ in edges]
    phases = map(Phase, names, starts, [*starts[1:], end])
    return [phase for phase in phases if phase.start < phase.end]


def end_of(trace: Trace) -> int:
    """When the caller came back, or now where it has not."""
    return trace.finished or perf_counter_ns()


def handing_out_ended(trace: Trace) -> int:
    """When the caller handed out its last cell so far; `started` where there is none, or no recording."""
    handed = trace.times(trace.handed)
    return max(int(handed.max()), trace.started) if handed.size else trace.started


def own_steps_of_caller(trace: Trace) -> tuple[int, int] | None:
    """From when to when the caller's thread stepped one cell after another, if it stepped all of them that way.

    A caller whose cells overlap runs an event loop, and hands out and collects like any other.
    """
    thread, begun, ended = (trace.times(c) for c in (trace.thread, trace.begun, trace.ended))
    has_begun = begun > 0
    if not trace.caller or not has_begun.any() or (thread[has_begun] != trace.caller).any():
        return None
    begun, ended = begun[has_begun], ended[has_begun]
    is_new = np.append(True, np.diff(begun) != 0)  # the cells of a band begin and end together
    begun, ended = begun[is_new], ended[is_new]
    ended = np.where(ended > 0, ended, end_of(trace))
    first, last = int(begun.min()), int(ended.max())
    if int((ended - begun).sum()) > last - first:  # so that thousands of coroutines are not sorted for nothing
        return None
    order = np.argsort(begun, kind="stable")
    one_by_one = (begun[order][1:] >= ended[order][:-1]).all()
    return (first, last) if one_by_one else None
