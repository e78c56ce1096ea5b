from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.look.theme import DARK, LIGHT
from gui.race.looks import look_of_strategy
from gui.race.scales import scale_for, spread
from life.fanout import STRATEGIES

seconds = st.floats(1e-4, 1e5)


@given(st.lists(seconds, min_size=1, max_size=20))
def test_everything_lies_on_its_scale_and_in_its_order(values):
    scale = scale_for(values)
    places = [scale.at(value) for value in sorted(values)]
    assert places == sorted(places)
    assert scale.low <= places[0] + 1e-9
    assert places[-1] <= scale.high + 1e-9


@given(st.lists(seconds, min_size=1, max_size=20), st.booleans() | st.none())
def test_there_are_ticks_but_not_too_many(values, is_log):
    scale = scale_for(values, is_log=is_log)
    ticks = scale.ticks()
    assert len(ticks) <= 14
    assert all(scale.low - 1e-6 <= at <= scale.high + 1e-6 for at, _ in ticks)
    assert all(a < b for (a, _), (b, _) in pairwise(ticks))


def test_numbers_that_are_far_apart_are_shown_by_their_logarithms():
    assert not scale_for([0.1, 1.0]).is_log
    assert scale_for([0.1, 102.4]).is_log
    assert scale_for([], is_log=None).high > 0


@given(st.lists(st.floats(-100, 100), max_size=12), st.floats(0.1, 10))
def test_names_that_were_moved_apart_keep_their_order_and_their_distance(places, gap):
    moved = spread(places, gap)
    assert len(moved) == len(places)
    in_order = [moved[n] for n in sorted(range(len(places)), key=lambda n: places[n])]
    assert all(b - a >= gap - 1e-6 for a, b in pairwise(in_order))


def test_names_that_are_far_apart_already_stay_where_they_are():
    assert spread([10.0, 0.0, 5.0], 1.0) == [10.0, 0.0, 5.0]
    assert spread([1.0, 1.0], 1.0) == [0.5, 1.5]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_no_two_strategies_look_alike(theme):
    looks = [look_of_strategy(strategy.key, theme) for strategy in STRATEGIES]
    assert len({look.colour for look in looks}) == len(looks)
    assert len({look.symbol for look in looks}) == len(looks)
