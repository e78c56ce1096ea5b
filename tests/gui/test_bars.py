from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor

from gui.look.theme import DARK, LIGHT
from gui.watch.bars import Bars, BarsFinder
from gui.watch.time_view import LaneView, TimeView
from gui.watch.timeline_picture import picture_of
from life.trace.columns import Trace
from life.trace.lanes import lanes_of
from tests.gui.watching import Watched

MS = 1_000_000


def traced(cells, width=4, total=100):
    """A trace of cells given as (thread, begun, asked, answered, ended) in milliseconds; 0 is "not yet"."""
    trace = Trace(1, len(cells) // width, width, is_recorded=True)
    trace.finished = trace.started + total * MS
    for cell, (thread, *times) in enumerate(cells):
        trace.thread[cell] = thread
        for column, time in zip((trace.begun, trace.asked, trace.answered, trace.ended), times, strict=True):
            column[cell] = trace.started + time * MS if time else 0
    return trace


def bars_of(trace):
    return Bars(trace, lanes_of(trace))


def colour_at(image, x, y):
    pixel = image.pixelColor(x, y)
    return pixel.name() if pixel.alpha() else ""


def drawn(bars, theme=LIGHT, width=100, height=80, pitch=20.0):
    view = TimeView(width, bars.total, 0.0, bars.total / width)
    return picture_of(bars, view, LaneView(height, bars.lanes.count, pitch), theme)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_running_and_waiting_have_their_own_colours_and_the_rest_is_empty(theme):
    trace = traced([(1, 10, 30, 70, 90), (2, 20, 40, 60, 80), (1, 0, 0, 0, 0), (1, 0, 0, 0, 0)])
    image = drawn(bars_of(trace), theme)
    seen = [colour_at(image, x, 0) for x in (5, 20, 50, 80, 95)]
    assert seen == ["", theme.running, theme.io_wait, theme.running, ""]
    assert [colour_at(image, x, 1) for x in (15, 30, 50)] == ["", theme.running, theme.io_wait]


def test_a_wait_for_the_lock_is_seen():
    trace = traced([(1, 10, 0, 0, 90), *[(1, 0, 0, 0, 0)] * 3])
    trace.lock_asked[0], trace.lock_got[0] = trace.started + 40 * MS, trace.started + 60 * MS
    image = drawn(bars_of(trace))
    assert [colour_at(image, x, 0) for x in (20, 50, 70)] == [LIGHT.running, LIGHT.lock_wait, LIGHT.running]


def test_what_has_not_ended_goes_on_to_the_end():
    trace = traced([(1, 10, 30, 0, 0), *[(2, 0, 0, 0, 0)] * 3])
    bars = bars_of(trace)
    assert bars.ended[0] == bars.io_ended[0] == bars.total
    assert colour_at(drawn(bars), 99, 0) == LIGHT.io_wait


def test_a_step_of_less_than_a_pixel_is_still_seen():
    trace = traced([(1, 50, 0, 0, 50), *[(2, 0, 0, 0, 0)] * 3], total=10_000)
    image = drawn(bars_of(trace))
    assert [colour_at(image, x, 0) for x in (0, 1)] == [LIGHT.running, ""]


def test_lanes_of_less_than_a_pixel_are_mixed_by_how_many_are_busy():
    cells = [(n + 1, 10, 11, 89, 90) for n in range(50)] + [(n + 51, 10, 11, 49, 50) for n in range(50)]
    bars = bars_of(traced(cells, width=10))
    image = drawn(bars, height=10, pitch=0.1)
    assert image.height() == 10
    full, half = QColor(colour_at(image, 30, 5)), QColor(colour_at(image, 70, 0))
    assert full.name() == LIGHT.io_wait
    assert half.isValid()
    assert colour_at(image, 95, 5) == ""


def test_every_pixel_of_a_picture_agrees_with_a_plain_count():
    random = np.random.default_rng(3)
    cells = []
    for _ in range(60):
        begun = int(random.integers(1, 80))
        cells.append((len(cells) + 1, begun, 0, 0, begun + int(random.integers(1, 19))))
    bars = bars_of(traced(cells, width=10))
    image = drawn(bars, height=400, pitch=5.0)
    for lane in range(bars.lanes.count):
        for x in range(100):
            covers = ((bars.lanes.lane == lane) & (bars.begun // MS <= x) & (x < bars.ended // MS)).any()
            assert bool(colour_at(image, x, lane)) == bool(covers)


def test_a_cell_finds_its_bar_and_a_cell_of_a_band_that_of_its_band(qapp):
    record = Watched().run(strategy="row-batches")
    bars = bars_of(record.trace)
    for cell in range(record.trace.cells):
        bar = bars.of_cell(cell)
        first, cells = int(bars.lanes.first[bar]), int(bars.lanes.cells[bar])
        assert first <= cell < first + cells
    assert bars.of_cell(record.trace.cells) is None


def test_a_cell_that_never_began_has_no_bar():
    bars = bars_of(traced([(1, 10, 0, 0, 20), (0, 0, 0, 0, 0), (2, 10, 0, 0, 20), (0, 0, 0, 0, 0)]))
    assert [bars.of_cell(cell) is not None for cell in range(4)] == [True, False, True, False]


def test_the_nearest_bar_is_found_within_reach_only():
    bars = bars_of(traced([(1, 10, 0, 0, 20), (1, 60, 0, 0, 70), (2, 12, 0, 0, 18), (0, 0, 0, 0, 0)]))
    assert bars.nearest((0, 1), 22 * MS, 5 * MS) == bars.of_cell(0)
    assert bars.nearest((0, 1), 58 * MS, 5 * MS) == bars.of_cell(1)
    assert bars.nearest((1, 2), 15 * MS, 0) == bars.of_cell(2)
    assert bars.nearest((0, 2), 40 * MS, 5 * MS) is None
    assert bars.nearest((7, 8), 15 * MS, 5 * MS) is None


def test_a_trace_that_was_not_recorded_has_bars_without_waits(qapp):
    record = Watched().run(is_recorded=False)
    bars = bars_of(record.trace)
    assert bars.size == record.trace.cells
    assert (bars.io_begun == bars.io_ended).all()


def test_bars_of_what_is_no_longer_wanted_are_dropped(qapp, qtbot):
    finder, watched = BarsFinder(), Watched()
    traces = [watched.run().trace for _ in range(4)]
    found = []
    finder.found.connect(lambda trace, bars: found.append(trace))
    for trace in traces:
        finder.find(trace)
    qtbot.waitUntil(lambda: bool(found))
    finder.find(traces[0])
    qtbot.waitUntil(lambda: len(found) == 2)
    assert found == [traces[-1], traces[0]]
    finder.find(traces[1])
    finder.forget()
    finder.find(traces[2])
    qtbot.waitUntil(lambda: len(found) == 3)
    assert found[-1] is traces[2]


def test_a_picture_has_a_row_a_lane_only_while_lanes_have_pixels():
    bars = bars_of(traced([(n + 1, 10, 0, 0, 90) for n in range(40)], width=10))
    view = TimeView(100, bars.total).fitted()
    lanes = LaneView(60, bars.lanes.count)
    assert picture_of(bars, view, replace(lanes, pitch=1.0), LIGHT).height() == 40
    assert picture_of(bars, view, replace(lanes, pitch=0.5), LIGHT).height() == 20
