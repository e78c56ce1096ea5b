"""What became of one cell, in words."""

from collections.abc import Iterable

from life.errors import Failure
from life.trace.columns import Trace


def story_of(trace: Trace, cell: int, failures: Iterable[Failure] = ()) -> str:
    """The story of a cell's step in one line, in milliseconds since the generation was started.

    Args:
        trace: of a generation that is under way or finished.
        cell: its number; see `Trace.cell_at`.
        failures: those of the generation, where they are known, so that the exception can be named.
    """
    y, x = trace.place_of(cell)
    begun, ended, failed = trace.begun[cell], trace.ended[cell], trace.failed[cell]
    if not begun:
        return f"cell ({y}, {x}) has not begun" if not trace.finished else f"cell ({y}, {x}) never began"
    parts = [f"started at {_ms(begun - trace.started)}"]
    if trace.is_recorded:
        parts += _waits(trace, cell)
    if failed:
        parts.append(_failure(trace, cell, y, x, failures))
    elif ended and (not trace.is_recorded or trace.answered[cell]):
        parts.append(f"set ({y}, {x})")
    elif ended:
        parts.append("was interrupted")
    parts.append(f"ended at {_ms(ended - trace.started)}" if ended else "has not ended")
    return ", ".join(parts)


def _waits(trace: Trace, cell: int) -> list[str]:
    parts = []
    asked, answered, ended = trace.asked[cell], trace.answered[cell], trace.ended[cell]
    if asked and (answered or ended):
        parts.append(f"waited {_ms((answered or ended) - asked)} for the service")
    elif asked:
        parts.append(f"waits for the service since {_ms(asked - trace.started)}")
    if trace.lock_waited[cell]:
        parts.append(f"waited {_ms(trace.lock_waited[cell])} for the grid's lock")
    return parts


def _failure(trace: Trace, cell: int, y: int, x: int, failures: Iterable[Failure]) -> str:
    when = f"at {_ms(trace.failed[cell] - trace.started)}"
    named = next((failure.exception for failure in failures if (failure.y, failure.x) == (y, x)), None)
    return f"failed {when} with {named}" if named else f"failed {when}"


def _ms(nanoseconds: int) -> str:
    """Milliseconds with one decimal, or three where that would be nothing."""
    ms = nanoseconds / 1e6
    return f"{ms:,.1f} ms" if abs(ms) >= 0.1 or not nanoseconds else f"{ms:.3f} ms"
