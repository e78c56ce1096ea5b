"""What the system refuses to give, told so that one knows how far one got, and what was in the way."""

import errno

from life.errors import LifeError
from life.fates import all_within, summary_of
from life.trace.columns import Trace
from life.trace.limits import thread_limits

_NO_MORE = (errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE)
_NO_THREAD = "can't start new thread"  # Python's words; the exception has no class of its own


class RefusedError(LifeError):
    """The workers of a strategy could not be started, because the system has no more to give."""

    def __init__(self, error: BaseException) -> None:
        self.reason = f"{summary_of(error)}{_cause(error)}"
        super().__init__(self.reason)

    def __str__(self) -> str:
        return f"its workers could not all be started ({self.reason}); choose fewer"


def is_refusal(error: BaseException) -> bool:
    """Whether it says, or holds something that says, that there is no more of something to be had."""
    return any(map(_says_so, all_within(error)))


def told_with_progress(error: BaseException, trace: Trace, handed_out: int, peak: int) -> str:
    """Type and message of a refusal, and how far the generation had got when it came.

    Args:
        error: what reached the caller.
        trace: of the generation.
        handed_out: how many cells had been handed out, one by one and in their order; 0 where they were not.
        peak: the most threads that were inside a cell's step at once.
    """
    told = summary_of(error)
    if 0 < handed_out <= trace.cells:
        y, x = trace.place_of(handed_out - 1)
        others = f"after {handed_out - 1:,} others" if handed_out > 1 else "the first one"
        told += f" for cell ({y:,}, {x:,}), {others}"
    if peak:
        told += f"; {peak:,} thread{'' if peak == 1 else 's'} had been at work at once"
    return f"{told}{_cause(error, peak)}"


def _says_so(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in _NO_MORE
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and _NO_THREAD in str(error))


def _cause(error: BaseException, alive: int = 0) -> str:
    """What is in the way, where it is threads that are refused and the system says why; `alive` were there already."""
    if not any(_NO_THREAD in str(one) for one in all_within(error)):
        return ""
    possible = [limit for limit in thread_limits() if limit.can_have_allowed(alive)]
    limit = min(possible, key=lambda limit: limit.threads, default=None)
    return f"; the nearest limit: {limit.cause}" if limit else ""
