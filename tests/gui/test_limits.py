from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.fanout.limits import limit_of, limit_on, seconds_of, threads_of
from life.experiment import Experiment, WireKind
from life.fanout import FAN_OUTS
from tests.life.plain_engine import plane

EIGHT_MIB = 8 << 20
KEYS = [strategy.key for strategy in FAN_OUTS]


def test_ten_thousand_threads_are_priced_before_they_are_started():
    limit = limit_of(Experiment(strategy="thread-per-cell"), 100, 100, EIGHT_MIB)
    assert limit is not None
    assert limit.sentence == (
        "10,000 cells will start 10,000 threads: about 78 GiB reserved, 160 MiB used, if all live at once."
    )
    assert limit.instead_text == "Use 256 threads instead"


def test_a_workshop_board_starts_its_threads_without_being_asked_about():
    assert limit_of(Experiment(strategy="thread-per-cell"), 48, 64, EIGHT_MIB) is None


def test_so_many_workers_are_priced_too():
    limit = limit_of(Experiment(strategy="thread-pool", workers=2048), 100, 100, EIGHT_MIB)
    assert limit is not None
    assert "2,048 threads: about 16 GiB reserved, 32 MiB used" in limit.sentence
    assert limit.instead.workers == 256


def test_one_cell_after_another_says_how_long_a_generation_will_take():
    limit = limit_of(Experiment(strategy="serial"), 150, 180)
    assert limit is not None
    assert limit.sentence == "27,000 cells that wait 0.1 s each, one after another: 45 minutes for one generation."


def test_what_waits_for_nothing_takes_no_time():
    assert limit_of(Experiment(strategy="serial", wire=WireKind.NONE), 1000, 1000) is None


def test_bands_of_rows_wait_once_however_large_the_board():
    assert seconds_of(Experiment(strategy="row-batches", workers=4), 1000, 1000) == pytest.approx(0.1)


def test_bands_start_no_more_threads_than_there_are_rows():
    assert threads_of(Experiment(strategy="row-batches", workers=5000), 24, 32) == 24


def test_two_sets_of_workers_are_twice_the_threads():
    assert threads_of(Experiment(strategy="phased-queues", workers=10), 24, 32) == 20


@pytest.mark.parametrize("key", KEYS)
def test_a_small_board_meets_no_limit_with_any_strategy_but_one_after_another(key):
    limit = limit_of(Experiment(strategy=key), 24, 32)
    assert (limit is not None) == (key == "serial")


@given(
    st.sampled_from(KEYS), st.integers(1, 400), st.integers(1, 400), st.none() | st.integers(1, 5000), st.floats(0, 60)
)
def test_what_is_offered_instead_costs_less_or_no_more(key, height, width, workers, latency):
    experiment = Experiment(strategy=key, workers=workers, latency=latency)
    limit = limit_of(experiment, height, width, EIGHT_MIB)
    if limit:
        instead, cells = limit.instead, (height, width)
        starts_fewer = threads_of(instead, *cells) < threads_of(experiment, *cells)
        assert starts_fewer or seconds_of(instead, *cells) <= seconds_of(experiment, *cells)


def test_the_same_cost_is_the_same_sentence_whatever_else_changes():
    experiment = Experiment(strategy="thread-per-cell")
    other = replace(experiment, latency=0.5, seed=7)
    assert limit_of(experiment, 100, 100, EIGHT_MIB).sentence == limit_of(other, 100, 100, EIGHT_MIB).sentence


@pytest.mark.parametrize("key", KEYS)
def test_live_cells_far_apart_are_better_computed_as_a_whole(key):
    far = plane([(0, 0), (2_000, 1_000)])
    limit = limit_on(Experiment(strategy=key, wire=WireKind.NONE), far)
    assert limit.sentence.startswith("2,009,009 cells, stepped one by one, take about"), "with a margin"
    assert limit.instead.strategy == "whole-board"
    assert limit.instead_text == "Use the whole board at once instead"
    assert limit_on(limit.instead, far) is None


def test_a_glider_anywhere_on_the_plane_is_nothing_to_ask_about():
    assert limit_on(Experiment(strategy="thread-per-cell"), plane([(0, 0), (2, 2)], 1 << 50, -(1 << 50))) is None
    assert limit_on(Experiment(strategy="thread-per-cell"), plane([])) is None


def test_the_threads_on_the_plane_are_those_of_the_box_around_what_lives():
    limit = limit_on(Experiment(strategy="thread-per-cell"), plane([(0, 0), (97, 97)]))
    assert limit.sentence.startswith("10,000 cells will start 10,000 threads")
