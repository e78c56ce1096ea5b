"""What the caller was about."""

from hypothesis import given

from life.trace.columns import Trace
from life.trace.phases import COLLECTING, HANDING_OUT, STEPPING, caller_phases
from tests.life.trace.synthetic import Step, trace_of, traces


def test_it_hands_out_until_the_last_cell_and_then_collects() -> None:
    trace = trace_of([Step(3, 10, ended=20), Step(4, 25, ended=40)], finished=50, handed=(5, 22), caller=2)
    assert caller_phases(trace) == [(HANDING_OUT, 1, 22), (COLLECTING, 22, 50)]


def test_one_that_steps_cell_after_cell_itself_is_inside_them() -> None:
    trace = trace_of([Step(2, 10, ended=20), Step(2, 25, ended=40)], finished=50, handed=(9, 24), caller=2)
    assert caller_phases(trace) == [(HANDING_OUT, 1, 10), (STEPPING, 10, 40), (COLLECTING, 40, 50)]


def test_one_that_runs_an_event_loop_hands_out_and_collects() -> None:
    trace = trace_of([Step(2, 10, 12, 30, 32), Step(2, 13, 14, 33, 34)], finished=50, handed=(5, 6), caller=2)
    assert caller_phases(trace) == [(HANDING_OUT, 1, 6), (COLLECTING, 6, 50)]


def test_cells_that_overlap_only_once_in_a_while_are_an_event_loops_too() -> None:
    steps = [Step(2, 10, ended=14), Step(2, 12, ended=16), Step(2, 40, ended=50)]
    trace = trace_of(steps, finished=60, handed=(5, 6, 7), caller=2)
    assert caller_phases(trace) == [(HANDING_OUT, 1, 7), (COLLECTING, 7, 60)]


def test_without_a_recording_there_is_only_collecting() -> None:
    trace = trace_of([Step(3, 10, ended=20)], finished=50, caller=2, recorded=False)
    assert caller_phases(trace) == [(COLLECTING, 1, 50)]


@given(traces())
def test_the_phases_follow_each_other_from_the_start_to_the_end(trace: Trace) -> None:
    phases = caller_phases(trace)
    edges = [edge for phase in phases for edge in (phase.start, phase.end)]
    if trace.finished > trace.started:
        assert (edges[0], edges[-1]) == (trace.started, trace.finished)
        assert edges[1:-1:2] == edges[2:-1:2]
        assert all(phase.start < phase.end for phase in phases)


def test_a_generation_under_way_ends_now() -> None:
    trace = Trace(1, 1, 1, is_recorded=True)
    (phase,) = caller_phases(trace)
    assert (phase.name, phase.start) == (COLLECTING, trace.started)
    assert phase.end > phase.start
