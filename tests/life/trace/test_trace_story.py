"""What became of a cell, in words."""

import pytest
from hypothesis import given

from life.errors import Failure, Fate
from life.trace.columns import Trace
from life.trace.story import story_of
from tests.life.trace.synthetic import Step, trace_of, traces

MS = 1_000_000


def ms(**times: float) -> Step:
    return Step(3, **{name: 1 + round(time * MS) for name, time in times.items()})


@pytest.mark.parametrize(
    ("step", "story"),
    [
        (
            ms(begun=12.4, asked=12.5, answered=112.7, ended=113.0),
            "started at 12.4 ms, waited 100.2 ms for the service, set (0, 0), ended at 113.0 ms",
        ),
        (ms(begun=1200), "started at 1,200.0 ms, has not ended"),
        (ms(begun=12, asked=13), "started at 12.0 ms, waits for the service since 13.0 ms, has not ended"),
        (
            ms(begun=12, asked=13, ended=20, failed=19),
            "started at 12.0 ms, waited 7.0 ms for the service, failed at 19.0 ms, ended at 20.0 ms",
        ),
        (ms(begun=12, ended=20, failed=19), "started at 12.0 ms, failed at 19.0 ms, ended at 20.0 ms"),
        (
            ms(begun=12, asked=13, ended=20),
            "started at 12.0 ms, waited 7.0 ms for the service, was interrupted, ended at 20.0 ms",
        ),
        (
            ms(begun=12, asked=13, answered=13.004, ended=20, lock_asked=14, lock_got=14.5),
            "started at 12.0 ms, waited 0.004 ms for the service, waited 0.5 ms for the grid's lock, set (0, 0), "
            "ended at 20.0 ms",
        ),
        (Step(), "cell (0, 0) never began"),
        (Step(ended=7), "cell (0, 0) never began"),
    ],
)
def test_a_story_tells_what_happened_in_order(step: Step, story: str) -> None:
    assert story_of(trace_of([step], finished=2000 * MS), 0) == story


def test_the_exception_is_named_where_it_is_known() -> None:
    trace = trace_of([Step(), ms(begun=12, ended=20, failed=19)], finished=30 * MS)
    failure = Failure(1, 0, 1, "cell-0-1", "OSError: Problem with I/O", "", Fate.STDERR)
    assert "failed at 19.0 ms with OSError: Problem with I/O," in story_of(trace, 1, [failure])


def test_a_cell_that_still_has_time_has_not_begun() -> None:
    assert story_of(trace_of([Step()]), 0) == "cell (0, 0) has not begun"


def test_without_a_recording_a_story_has_no_waits() -> None:
    trace = trace_of([ms(begun=1, ended=3)], finished=4 * MS, recorded=False)
    assert story_of(trace, 0) == "started at 1.0 ms, set (0, 0), ended at 3.0 ms"


@given(traces())
def test_every_cell_has_a_story(trace: Trace) -> None:
    for cell in range(trace.cells):
        assert ("never began" in story_of(trace, cell)) == (trace.begun[cell] == 0)
