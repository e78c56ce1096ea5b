"""How many threads a trace says were alive at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.trace.columns import Trace
from life.trace.peak import peak_threads


def trace_of(steps: list[tuple[int, int, int]]) -> Trace:
    """A trace whose cells have the given (thread, begun, ended)."""
    trace = Trace(generation=1, height=1, width=max(len(steps), 1))
    for cell, (thread, begun, ended) in enumerate(steps):
        trace.thread[cell], trace.begun[cell], trace.ended[cell] = thread, begun, ended
    return trace


@pytest.mark.parametrize(
    ("steps", "peak"),
    [
        ([], 0),
        ([(1, 10, 20)], 1),
        ([(1, 10, 20), (2, 15, 25)], 2),
        ([(1, 10, 20), (2, 20, 25)], 1),
        ([(1, 10, 20), (1, 12, 22), (1, 14, 24)], 1),  # coroutines: many cells, one thread
        ([(1, 10, 20), (1, 12, 22), (2, 21, 30)], 2),
        ([(1, 10, 0), (2, 500, 600)], 2),  # the first one hangs
        ([(0, 0, 0), (2, 500, 600)], 1),  # the first one never began
    ],
)
def test_known_peaks(steps: list[tuple[int, int, int]], peak: int) -> None:
    assert peak_threads(trace_of(steps)) == peak


@given(
    st.lists(
        st.tuples(st.integers(1, 6), st.integers(1, 40), st.integers(1, 20)).map(lambda s: (s[0], s[1], s[1] + s[2])),
        max_size=30,
    )
)
def test_the_peak_is_what_counting_at_every_instant_gives(steps: list[tuple[int, int, int]]) -> None:
    counted = [len({thread for thread, begun, ended in steps if begun <= instant < ended}) for instant in range(1, 70)]
    assert peak_threads(trace_of(steps)) == max(counted)


def test_a_million_cells_of_a_few_bands_are_a_few_runs() -> None:
    trace = Trace(generation=1, height=1000, width=1000)
    bands = np.arange(1_000_000) // 125_000
    trace.times(trace.thread)[:] = bands + 1
    trace.times(trace.begun)[:] = 1000 + bands
    trace.times(trace.ended)[:] = 2000 + bands
    assert peak_threads(trace) == 8
