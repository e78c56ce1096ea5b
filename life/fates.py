"""Who got to know of an exception: what was raised in cells is compared with what reached the caller.

Nothing in here knows a strategy, so the answer holds for those that are written later as well.
"""

import traceback
from collections.abc import Callable, Iterable, Iterator

from life.errors import Failure, Fate
from life.trace.columns import Raised
from life.tracebacks import Tracebacks


def failures_of(
    generation: int,
    raised: Iterable[Raised],
    reached: BaseException | None,
    was_printed: Callable[[BaseException], bool],
) -> tuple[Failure, ...]:
    """The fate of every exception of a generation.

    Args:
        generation: its number.
        raised: what cells raised.
        reached: what the call of `simulate` raised, if it did.
        was_printed: whether Python printed that exception to stderr.
    """
    delivered = {id(error) for error in all_within(reached)} if reached else set()
    tracebacks = Tracebacks()

    def fate_of(error: BaseException) -> Fate:
        if id(error) in delivered:
            return Fate.CALLER
        if was_printed(error):
            return Fate.STDERR
        return Fate.HIDDEN if reached else Fate.NOBODY

    return tuple(
        Failure(generation, r.y, r.x, r.thread, summary_of(r.error), tracebacks.text(r.error), fate_of(r.error))
        for r in raised
    )


def all_within(error: BaseException) -> Iterator[BaseException]:
    """`error`, what it was raised from, and the members of groups, to any depth, each once."""
    seen: set[int] = set()
    pending = [error]
    while pending:
        one = pending.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        if one.__cause__:
            pending.append(one.__cause__)
        if isinstance(one, BaseExceptionGroup):
            pending.extend(one.exceptions)


def summary_of(error: BaseException) -> str:
    """Type and message, as in the last line of a traceback."""
    return traceback.format_exception_only(error)[0].strip()
