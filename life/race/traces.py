"""What a child recorded of a small board, packed for its way to the parent.

The columns go as they are, less the start of the generation, so that the parent can lay those of several children side
by side from one beginning; a zero stays a zero and means "not yet".
"""

from base64 import b64decode, b64encode
from io import BytesIO

import numpy as np

from life.trace.columns import Trace

MOST_CELLS = 2_048
_TIMES = ("begun", "ended", "failed", "asked", "answered", "lock_asked", "lock_got", "handed")
_COLUMNS = (*_TIMES, "thread", "lock_waited")
_BEGINNING = 1  # nanosecond: what was the start of the generation


def packed(trace: Trace) -> str:
    """The columns of a recorded and finished generation as text without spaces or newlines."""
    shift = trace.started - _BEGINNING
    columns = np.stack([trace.times(getattr(trace, name)) for name in _COLUMNS])
    times = columns[: len(_TIMES)]
    times[times > 0] -= shift
    facts = np.array([trace.height, trace.width, trace.finished - shift, trace.caller], np.int64)
    file = BytesIO()
    np.savez_compressed(file, facts=facts, columns=columns)
    return b64encode(file.getvalue()).decode("ascii")


def unpacked(text: str) -> Trace:
    """The trace again; it starts at 1 ns.

    Raises:
        ValueError, KeyError, EOFError: the text is no such trace.
    """
    with np.load(BytesIO(b64decode(text, validate=True)), allow_pickle=False) as arrays:
        height, width, finished, caller = (int(fact) for fact in arrays["facts"])
        trace = Trace(1, height, width, is_recorded=True)
        trace.started, trace.finished, trace.caller = _BEGINNING, finished, caller
        for name, column in zip(_COLUMNS, arrays["columns"], strict=True):
            trace.times(getattr(trace, name))[:] = column
    return trace
