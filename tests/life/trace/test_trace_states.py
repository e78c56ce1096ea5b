"""What every cell is about at an instant."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.trace.columns import Trace
from life.trace.states import CellState, event_times, next_event, states_at
from tests.life.trace.synthetic import Step, trace_of, traces

S = CellState


def expected_state(trace: Trace, cell: int, t: int) -> CellState:
    """The definition, one cell at a time."""

    def by(time: int) -> bool:
        return 0 < time <= t

    if by(trace.failed[cell]):
        return S.FAILED
    if not by(trace.begun[cell]):
        return S.WAITING_TO_START
    if by(trace.ended[cell]):
        return S.DONE
    if by(trace.lock_asked[cell]) and not by(trace.lock_got[cell]):
        return S.WAITING_FOR_LOCK
    if by(trace.asked[cell]) and not by(trace.answered[cell]):
        return S.WAITING_FOR_IO
    return S.RUNNING


@given(traces(), st.integers(0, 70))
def test_states_are_those_of_each_cell_by_itself(trace: Trace, instant: int) -> None:
    states = states_at(trace, instant)
    assert (states.shape, states.dtype) == ((trace.height, trace.width), np.uint8)
    assert states.ravel().tolist() == [expected_state(trace, cell, instant) for cell in range(trace.cells)]


@pytest.mark.parametrize(
    ("instant", "state"),
    [
        (9, S.WAITING_TO_START),
        (10, S.RUNNING),
        (12, S.WAITING_FOR_LOCK),
        (14, S.RUNNING),
        (20, S.WAITING_FOR_IO),
        (30, S.RUNNING),
        (40, S.DONE),
    ],
)
def test_a_cell_goes_through_its_states_in_turn(instant: int, state: CellState) -> None:
    trace = trace_of([Step(1, 10, 20, 30, 40, lock_asked=12, lock_got=14)])
    assert states_at(trace, instant).tolist() == [[state]]


def test_a_cell_that_failed_without_an_answer_is_failed_and_no_longer_waits() -> None:
    trace = trace_of([Step(1, 10, 20, 0, 40, failed=39)])
    assert [states_at(trace, t)[0, 0] for t in (25, 39, 50)] == [S.WAITING_FOR_IO, S.FAILED, S.FAILED]


def test_what_was_stopped_before_it_began_still_waits_to_start() -> None:
    assert states_at(trace_of([Step(ended=40)]), 50).tolist() == [[S.WAITING_TO_START]]


def test_a_cell_under_way_is_seen_live() -> None:
    trace = trace_of([Step(1, 10, 20), Step(2, 15), Step()])
    assert states_at(trace, 1000).tolist() == [[S.WAITING_FOR_IO, S.RUNNING, S.WAITING_TO_START]]


def test_without_a_recording_beginning_ending_and_failing_are_seen_all_the_same() -> None:
    trace = trace_of([Step(1, 10, ended=40), Step(1, 10, ended=40, failed=38), Step(1, 60)], recorded=False)
    assert states_at(trace, 20).tolist() == [[S.RUNNING, S.RUNNING, S.WAITING_TO_START]]
    assert states_at(trace, 45).tolist() == [[S.DONE, S.FAILED, S.WAITING_TO_START]]


@given(traces())
def test_states_only_change_at_events(trace: Trace) -> None:
    events = event_times(trace).tolist()
    for before in range(70):
        if before + 1 not in events:
            assert np.array_equal(states_at(trace, before), states_at(trace, before + 1))


@given(traces(), st.integers(0, 70))
def test_events_are_distinct_and_in_order_and_the_next_one_is_the_first_that_is_later(trace: Trace, now: int) -> None:
    events = event_times(trace).tolist()
    assert events == sorted(set(events))
    assert trace.started in events
    assert next_event(trace, now) == next((event for event in events if event > now), None)
