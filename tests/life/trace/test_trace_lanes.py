"""Threads and tasks as lanes, no more of them than were alive at once."""

import numpy as np
from hypothesis import given

from life.trace.columns import Trace
from life.trace.lanes import Lanes, lanes_of
from life.trace.peak import peak_threads
from tests.life.trace.synthetic import Step, trace_of, traces

FOREVER = 10_000


def units_of(lanes: Lanes) -> list[tuple[int, int]]:
    """Beginning and end of every unit, threads being put together from their bars."""
    bars = zip(lanes.thread.tolist(), lanes.begun.tolist(), lanes.ended.tolist(), strict=True)
    bars = [(thread, begun, ended or FOREVER) for thread, begun, ended in bars]
    if lanes.is_task:
        return [(begun, ended) for _, begun, ended in bars]
    threads = {thread for thread, _, _ in bars}
    own = {thread: [(begun, ended) for other, begun, ended in bars if other == thread] for thread in threads}
    return [(min(b for b, _ in spans), max(e for _, e in spans)) for spans in own.values()]


@given(traces())
def test_there_are_as_many_lanes_as_units_were_alive_at_once(trace: Trace) -> None:
    lanes = lanes_of(trace)
    units = units_of(lanes)
    alive = [sum(begun <= instant < ended for begun, ended in units) for instant in range(80)]
    assert lanes.count == max(alive)
    assert set(lanes.lane.tolist()) == set(range(lanes.count))


@given(traces())
def test_no_two_bars_of_a_lane_overlap(trace: Trace) -> None:
    lanes = lanes_of(trace)
    for lane in range(lanes.count):
        here = lanes.lane == lane
        ended = np.where(lanes.ended[here] > 0, lanes.ended[here], FOREVER)
        assert (lanes.begun[here][1:] >= ended[:-1]).all()


@given(traces())
def test_every_cell_that_began_is_in_exactly_one_bar(trace: Trace) -> None:
    lanes = lanes_of(trace)
    cells = [cell for first, n in zip(lanes.first, lanes.cells, strict=True) for cell in range(first, first + n)]
    assert sorted(cells) == np.flatnonzero(trace.times(trace.begun)).tolist()
    for cell in range(trace.cells):
        bar = lanes.bar_of(cell)
        assert (bar is None) == (trace.begun[cell] == 0)
        if bar is not None:
            assert (lanes.begun[bar], lanes.thread[bar]) == (trace.begun[cell], trace.thread[cell])


@given(traces())
def test_all_bars_of_a_thread_share_its_lane_unless_the_units_are_tasks(trace: Trace) -> None:
    lanes = lanes_of(trace)
    if not lanes.is_task:
        for thread in np.unique(lanes.thread):
            assert np.unique(lanes.lane[lanes.thread == thread]).size == 1


@given(traces())
def test_with_a_thread_for_every_cell_lanes_are_the_peak_of_threads(trace: Trace) -> None:
    trace.times(trace.thread)[:] = np.arange(trace.cells) + 1
    trace.times(trace.begun)[:] += 1000 * (trace.times(trace.begun) > 0) * np.arange(trace.cells) // 4
    trace.times(trace.ended)[:] = np.maximum(trace.times(trace.ended), trace.times(trace.begun) + 1)
    assert lanes_of(trace).count == peak_threads(trace)


def test_the_lowest_free_lane_is_taken() -> None:
    spans = [(1, 10), (2, 5), (3, 6), (6, 9), (7, 8)]
    lanes = lanes_of(trace_of([Step(n, begun, ended=ended) for n, (begun, ended) in enumerate(spans, 1)]))
    lane_of = dict(zip(lanes.first.tolist(), lanes.lane.tolist(), strict=True))
    assert lane_of == {0: 0, 1: 1, 2: 2, 3: 1, 4: 2}


def test_cells_of_one_thread_that_overlap_are_tasks() -> None:
    lanes = lanes_of(trace_of([Step(1, 10, 11, 20, 21), Step(1, 12, 13, 22, 23), Step(1, 21, 22, 30, 31)]))
    assert (lanes.is_task, lanes.count) == (True, 2)


def test_a_band_is_one_bar_even_where_one_of_its_cells_failed() -> None:
    band = [Step(1, 10, 12, 18, 20)] * 2 + [Step(1, 10, 12, 18, 20, failed=19)] + [Step(1, 10, 12, 18, 20)]
    lanes = lanes_of(trace_of([*band, Step(2, 11, 12, 18, 20)]))
    assert (lanes.count, lanes.is_task) == (2, False)
    assert lanes.cells.tolist() == [4, 1]
    assert lanes.failed.tolist() == [19, 0]
    assert lanes.bar_of(3) == 0


def test_before_anything_began_there_is_no_lane() -> None:
    lanes = lanes_of(trace_of([Step(), Step()]))
    assert (lanes.count, lanes.first.size, lanes.bar_of(0)) == (0, 0, None)


def test_without_a_recording_there_are_bars_without_waits() -> None:
    lanes = lanes_of(trace_of([Step(1, 10, ended=20), Step(2, 15, ended=25)], recorded=False))
    assert (lanes.count, lanes.asked.tolist(), lanes.answered.tolist()) == (2, [0, 0], [0, 0])
