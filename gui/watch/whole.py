"""What to say of a generation that was computed as a whole, where there is nothing to be shown of single cells."""

from gui import words
from life.history import Record
from life.trace.columns import Trace

NOTHING_WAITS = "No cell waits here: the board is computed as a whole."


def told_of(trace: Trace, record: Record | None) -> str:
    """The same with how many generations it was: "2,048 generations to 4,096, computed as a whole in 12 ms; …"."""
    if trace.generations == 1:
        which = f"Generation {trace.generation:,}"
    else:
        which = f"{words.count(trace.generations, 'generation')} up to {trace.generation:,}"
    if record is None:
        return f"{which}, computed as a whole, is under way; no cell waits by itself."
    return f"{which}, computed as a whole in {words.duration(record.seconds)}; no cell waits by itself."
