"""Instants of a generation in words."""

from life.trace.columns import Trace
from life.trace.phases import end_of


def position_text(trace: Trace, instant: int | None) -> str:
    """Where an instant lies in its generation: "47.3 of 113.0 ms"; None is the end."""
    total = end_of(trace) - trace.started
    at = total if instant is None else instant - trace.started
    return f"{at / 1e6:,.1f} of {total / 1e6:,.1f} ms"


def clamped(trace: Trace, instant: int) -> int:
    """The instant, or the end of the generation that it lies beyond."""
    return min(max(instant, trace.started), end_of(trace))


def event_beside(trace: Trace, instant: int, direction: int) -> int:
    """The time of the next event after an instant, or of the last one before it where `direction` is below 0.

    The start and the end of the generation are events too, and beyond them there is none.
    """
    columns = (
        trace.begun, trace.ended, trace.failed,
        trace.asked, trace.answered, trace.lock_asked, trace.lock_got, trace.handed,
    )  # fmt: skip
    found = [trace.started if direction < 0 else end_of(trace)]
    for column in columns:
        times = trace.times(column)
        beside = times[(times > instant) if direction > 0 else ((times < instant) & (times > 0))]
        if beside.size:
            found.append(int(beside.min() if direction > 0 else beside.max()))
    return min(found) if direction > 0 else max(found)
