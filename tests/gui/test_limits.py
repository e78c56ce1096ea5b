from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.fanout.limits import Kind, limit_of, limit_on, seconds_of
from life.experiment import Experiment, WireKind
from life.fanout import FAN_OUTS
from life.reach import Machine, threads_of
from life.trace.limits import ThreadLimit
from tests.life.plain_engine import plane

MAPPINGS = "vm.max_map_count allows 65,530 mappings, and a thread takes about three"
MACHINE = Machine(8 << 20, ThreadLimit(21_843, MAPPINGS), 64 << 30, 16_384)
KEYS = [strategy.key for strategy in FAN_OUTS]


def test_ten_thousand_threads_are_priced_before_they_are_started():
    limit = limit_of(Experiment(strategy="thread-per-cell"), 100, 100, MACHINE)
    assert limit is not None
    assert limit.sentence == (
        "10,000 cells will start 10,000 threads: about 78 GiB reserved, 160 MiB used, if all live at once."
    )
    assert limit.instead_text == "Use 256 threads instead"


def test_a_workshop_board_starts_its_threads_without_being_asked_about():
    assert limit_of(Experiment(strategy="thread-per-cell"), 48, 64, MACHINE) is None


def test_so_many_workers_are_priced_too():
    limit = limit_of(Experiment(strategy="thread-pool", workers=2048), 100, 100, MACHINE)
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
    limit = limit_of(experiment, height, width, MACHINE)
    if limit:
        instead, cells = limit.instead, (height, width)
        starts_fewer = threads_of(instead, *cells) < threads_of(experiment, *cells)
        assert starts_fewer or seconds_of(instead, *cells) <= seconds_of(experiment, *cells)


def test_the_same_cost_is_the_same_amount_whatever_else_changes():
    experiment = Experiment(strategy="thread-per-cell")
    limits = [
        limit_of(experiment, 100, 100, MACHINE),
        limit_of(replace(experiment, latency=0.5, seed=7), 100, 100, MACHINE),
        limit_of(experiment, 100, 100, replace(MACHINE, stack=1 << 20, free_memory=32 << 30)),
    ]
    assert {(limit.kind, limit.amount) for limit in limits} == {(Kind.THREADS, 10_000)}


def test_more_threads_than_half_of_what_the_system_allows_are_asked_about_as_such():
    limit = limit_of(Experiment(strategy="thread-per-cell"), 100, 110, MACHINE)
    assert (limit.kind, limit.start_text) == (Kind.HALF, "Start anyway")
    assert limit.sentence == (
        f"11,000 cells will start 11,000 threads, more than half of the 22,000 that this system allows: {MAPPINGS}."
    )
    assert limit_of(Experiment(strategy="thread-per-cell"), 10, 1092, MACHINE).kind is Kind.THREADS


def test_half_of_what_the_system_allows_counts_for_workers_as_well():
    limit = limit_of(Experiment(strategy="thread-pool", workers=12_000), 200, 200, MACHINE)
    assert (limit.kind, limit.instead.workers) == (Kind.HALF, 256)
    assert limit.sentence.startswith("The workers are 12,000 threads, more than half of the 22,000 that this")


def test_what_the_system_will_refuse_is_said_with_its_numbers():
    limit = limit_of(Experiment(strategy="thread-per-cell"), 250, 400, MACHINE)
    assert (limit.kind, limit.start_text) == (Kind.REFUSED, "Start anyway")
    assert limit.sentence == (
        "100,000 cells will start 100,000 threads. "
        f"If all live at once, this system refuses them at about 22,000: {MAPPINGS}."
    )


def test_on_a_small_machine_few_threads_are_asked_about_and_fewer_offered():
    small = replace(MACHINE, threads=ThreadLimit(300, "the group may have 300"))
    limit = limit_of(Experiment(strategy="thread-pool", workers=280), 100, 100, small)
    assert (limit.kind, limit.instead.workers) == (Kind.HALF, 150)
    assert limit_of(limit.instead, 100, 100, small) is None


def test_a_system_that_names_no_limit_has_no_half():
    silent = replace(MACHINE, threads=None)
    assert limit_of(Experiment(strategy="thread-per-cell"), 300, 300, silent).kind is Kind.THREADS


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
