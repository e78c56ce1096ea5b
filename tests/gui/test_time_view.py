from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.watch.time_view import LaneView, TimeView, ticks

WIDTHS = st.floats(200, 4000)
TOTALS = st.floats(1e3, 1e11)
FACTORS = st.floats(0.2, 5)


@given(WIDTHS, TOTALS)
def test_a_fitted_view_shows_the_whole_generation(width, total):
    view = TimeView(width, total).fitted()
    assert view.begin <= 0
    assert view.time_at(width) >= total * 0.999


@given(WIDTHS, st.floats(1e6, 1e11), st.lists(FACTORS, max_size=8), st.floats(0.3, 0.7))
def test_zooming_keeps_the_time_under_the_pointer(width, total, factors, share):
    view, x = TimeView(width, total).fitted(), width * share
    for factor in factors:
        time = view.time_at(x)
        zoomed = view.zoomed(factor, x)
        if 0.1 * total < time < 0.9 * total:
            assert zoomed.time_at(x) == pytest.approx(time, abs=zoomed.per_pixel)
        view = zoomed


@given(WIDTHS, TOTALS, st.floats(-1e9, 1e9))
def test_no_panning_loses_the_generation(width, total, pixels):
    view = TimeView(width, total).fitted().panned(pixels)
    assert view.x_of(0) < width
    assert view.x_of(total) > 0


@given(WIDTHS, TOTALS, st.floats(0, 1), st.floats(0, 1))
def test_a_stretch_that_is_to_be_shown_is_seen(width, total, one, other):
    begin, end = sorted((one * total, other * total))
    view = TimeView(width, total).fitted().zoomed(50, width / 2).showing(begin, end)
    assert view.x_of(begin) >= -1
    assert view.x_of(end) <= width + 1


@given(WIDTHS, TOTALS, FACTORS)
def test_ticks_are_round_increasing_and_not_crowded(width, total, factor):
    view = TimeView(width, total).fitted().zoomed(factor, width / 2)
    found = ticks(view)
    places = [view.x_of(tick.time) for tick in found]
    assert all(second - first >= 70 for first, second in pairwise(places))
    assert len({tick.label for tick in found}) == len(found)
    assert all(tick.time >= 0 for tick in found)


def test_ticks_say_milliseconds():
    labels = [tick.label for tick in ticks(TimeView(1000, 100e6).fitted())]
    assert labels[:3] == ["0 ms", "10 ms", "20 ms"]
    close = replace(TimeView(1000, 100e6), per_pixel=1000.0)
    assert [tick.label for tick in ticks(close)][:2] == ["0.0 ms", "0.1 ms"]


@given(st.floats(50, 2000), st.integers(1, 100_000))
def test_fitted_lanes_are_all_seen_or_cannot_be_smaller(height, count):
    view = LaneView(height, count).fitted()
    assert view.pitch >= 1 or view.y_of(count) == pytest.approx(height)
    assert view.y_of(count) <= height * 1.001


@given(st.floats(50, 2000), st.integers(1, 100_000), st.lists(st.tuples(FACTORS, st.floats(0, 1)), max_size=8))
def test_lanes_stay_in_sight_and_are_whole_pixels(height, count, zooms):
    view = LaneView(height, count).fitted()
    for factor, share in zooms:
        view = view.zoomed(factor, height * share).panned(17)
        assert 0 <= view.first <= count
        assert view.pitch < 1 or view.pitch == int(view.pitch)


@given(st.integers(1, 5000), st.floats(0, 1))
def test_a_lane_that_is_to_be_shown_is_seen(count, share):
    lane = int(share * (count - 1))
    view = LaneView(200, count).fitted().zoomed(100, 0).showing(lane)
    assert view.y_of(lane) >= -1
    assert view.y_of(lane + 1) <= 201
