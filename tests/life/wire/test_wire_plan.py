from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.experiment import Experiment, Fault, WireKind
from life.wire.draw import fraction, fractions, start_from
from life.wire.plan import plan

SIZES = st.tuples(st.integers(1, 40), st.integers(1, 40))
NUMBERS = st.integers(-(1 << 70), 1 << 70)


def jittered(**changes: Any) -> Experiment:
    return replace(Experiment(latency=0.1, jitter=0.05, seed=7), **changes)


@given(seed=NUMBERS, generation=st.integers(0, 1 << 40), size=SIZES)
def test_all_cells_at_a_time_are_drawn_as_each_by_itself(seed: int, generation: int, size: tuple[int, int]) -> None:
    start = start_from(seed, generation)
    drawn = fractions(start, *size)
    assert drawn.tolist() == [[fraction(start, y, x) for x in range(size[1])] for y in range(size[0])]


def test_blocks_of_rows_join_without_a_seam() -> None:
    drawn = fractions(5, 3, 70_000)
    assert all(drawn[y, x] == fraction(5, y, x) for y, x in product(range(3), (0, 16_383, 16_384, 69_999)))
    tall = fractions(5, 70_000, 2)
    assert all(tall[y, x] == fraction(5, y, x) for y, x in product((0, 8_191, 8_192, 69_999), range(2)))


@given(parts=st.lists(st.integers(0, (1 << 64) - 1), min_size=2, max_size=4, unique=True))
def test_the_order_of_the_parts_counts(parts: list[int]) -> None:
    assert start_from(*parts) != start_from(*reversed(parts))


def test_draws_are_spread_evenly_and_neighbours_have_nothing_in_common() -> None:
    drawn = fractions(start_from(1, 2, 3), 500, 500)
    counts, _ = np.histogram(drawn, bins=50, range=(0, 1))
    expected = drawn.size / 50
    chi_squared = float((((counts - expected) ** 2) / expected).sum())
    assert chi_squared < 100  # 49 degrees of freedom: above 100 once in 40,000 fair draws, and these never change
    for one, other in ((drawn[:, :-1], drawn[:, 1:]), (drawn[:-1], drawn[1:])):
        assert abs(np.corrcoef(one.ravel(), other.ravel())[0, 1]) < 0.01


@given(seed=st.integers(), generation=st.integers(1, 10_000), size=SIZES, bigger=SIZES)
def test_a_cell_meets_the_same_wait_on_boards_of_any_size(
    seed: int, generation: int, size: tuple[int, int], bigger: tuple[int, int]
) -> None:
    height, width = size
    small = plan(jittered(seed=seed), generation, 0, height, width)
    large = plan(jittered(seed=seed), generation, 3, height + bigger[0], width + bigger[1])
    cells = list(product(range(height), range(width)))
    assert [small.seconds(*cell) for cell in cells] == [large.seconds(*cell) for cell in cells]


@given(latency=st.floats(0, 60), jitter=st.floats(0, 60))
def test_waits_stay_within_the_jitter_and_are_never_negative(latency: float, jitter: float) -> None:
    waits = plan(jittered(latency=latency, jitter=jitter), 1, 0, 9, 7)
    for y, x in product(range(9), range(7)):
        seconds = waits.seconds(y, x)
        assert type(seconds) is float
        assert max(latency - jitter, 0) - 1e-9 <= seconds <= latency + jitter + 1e-9


def test_waits_fill_the_whole_range_of_the_jitter() -> None:
    waits = plan(jittered(), 1, 0, 100, 100)
    drawn = [waits.seconds(y, x) for y, x in product(range(100), range(100))]
    assert min(drawn) == pytest.approx(0.05, abs=1e-3)
    assert max(drawn) == pytest.approx(0.15, abs=1e-3)
    assert sum(drawn) / len(drawn) == pytest.approx(0.1, abs=1e-3)


def test_generations_and_seeds_draw_other_waits_and_tries_do_not() -> None:
    def drawn(seed: int, generation: int, attempt: int) -> list[float]:
        waits = plan(jittered(seed=seed), generation, attempt, 4, 4)
        return [waits.seconds(y, x) for y, x in product(range(4), range(4))]

    assert drawn(1, 1, 0) == drawn(1, 1, 1)
    assert not set(drawn(1, 1, 0)) & set(drawn(1, 2, 0))
    assert not set(drawn(1, 1, 0)) & set(drawn(2, 1, 0))


def test_without_jitter_all_cells_wait_the_latency() -> None:
    waits = plan(Experiment(latency=0.25), 3, 0, 5, 6)
    assert {waits.seconds(y, x) for y, x in product(range(5), range(6))} == {0.25}
    assert waits.band_seconds(1, 4) == 0.25
    assert waits.longest == 0.25


def test_where_there_is_nothing_to_wait_for_nobody_waits() -> None:
    waits = plan(jittered(wire=WireKind.NONE), 1, 0, 5, 6)
    assert waits.seconds(4, 5) == 0
    assert waits.longest == 0


@given(first=st.integers(0, 8), end=st.integers(1, 9))
def test_a_band_waits_as_long_as_its_slowest_cell(first: int, end: int) -> None:
    waits = plan(jittered(), 1, 0, 9, 11)
    if first < end:
        assert waits.band_seconds(first, end) == max(
            waits.seconds(y, x) for y, x in product(range(first, end), range(11))
        )


def test_the_longest_wait_is_that_of_the_slowest_cell() -> None:
    waits = plan(jittered(), 1, 0, 9, 11)
    assert waits.longest == max(waits.seconds(y, x) for y, x in product(range(9), range(11)))


def test_a_cell_that_hangs_waits_until_the_time_limit() -> None:
    waits = plan(jittered(faults={(2, 3): Fault.HANG, (0, 0): Fault.ERROR}, time_limit=5.0), 1, 0, 9, 11)
    assert waits.longest == waits.seconds(2, 3) + 5.0
    short = plan(Experiment(latency=0.1, faults={(2, 3): Fault.HANG}, time_limit=0.01), 1, 0, 9, 11)
    assert short.longest == pytest.approx(0.11)


@given(rate=st.floats(0, 1), seed=st.integers(), attempt=st.integers(0, 5))
def test_random_faults_strike_the_cells_whose_draw_is_below_the_rate(rate: float, seed: int, attempt: int) -> None:
    experiment = Experiment(fault_rate=rate, fault_kind=Fault.CUT, seed=seed)
    faults = plan(experiment, 4, attempt, 6, 5)
    start = start_from(2, seed, 4, attempt)
    for y, x in product(range(6), range(5)):
        assert faults.fault(y, x) == (Fault.CUT if fraction(start, y, x) < rate else None)


def test_random_faults_strike_about_as_often_as_the_rate_says_and_elsewhere_at_the_next_try() -> None:
    experiment = Experiment(fault_rate=0.1, fault_kind=Fault.NONSENSE)
    first, second = (plan(experiment, 1, attempt, 100, 100) for attempt in (0, 1))
    cells = list(product(range(100), range(100)))
    struck = [{cell for cell in cells if faults.fault(*cell)} for faults in (first, second)]
    assert all(900 < len(cells_struck) < 1100 for cells_struck in struck)
    assert len(struck[0] & struck[1]) < 200


def test_random_faults_have_nothing_to_do_with_the_waits() -> None:
    waits = plan(jittered(fault_rate=0.5), 1, 0, 100, 100)
    cells = list(product(range(100), range(100)))
    seconds = np.array([waits.seconds(*cell) for cell in cells])
    faulty = np.array([waits.fault(*cell) is not None for cell in cells])
    assert abs(np.corrcoef(seconds, faulty)[0, 1]) < 0.05


def test_a_planted_fault_wins_over_a_random_one() -> None:
    experiment = Experiment(fault_rate=1.0, fault_kind=Fault.ERROR, faults={(1, 2): Fault.EXIT})
    faults = plan(experiment, 1, 0, 3, 4)
    assert faults.fault(1, 2) is Fault.EXIT
    assert faults.fault(1, 1) is Fault.ERROR


def test_a_fault_planted_beyond_the_board_strikes_nobody() -> None:
    faults = plan(Experiment(faults={(3, 0): Fault.HANG, (-1, 0): Fault.HANG, (0, 4): Fault.HANG}), 1, 0, 3, 4)
    assert faults.band_fault(0, 3) is None
    assert faults.longest == 0.1


@given(planted=st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7))), first=st.integers(0, 8), end=st.integers(0, 8))
def test_the_first_faulty_cell_of_a_band_is_found(planted: set[tuple[int, int]], first: int, end: int) -> None:
    faults = plan(Experiment(faults=dict.fromkeys(planted, Fault.CUT)), 1, 0, 8, 8)
    inside = sorted((y, x) for y, x in planted if first <= y < end)
    assert faults.band_fault(first, end) == ((inside[0], Fault.CUT) if inside else None)


def test_a_plan_without_jitter_and_faults_costs_nothing_per_cell() -> None:
    waits = plan(Experiment(), 1, 0, 1_000_000, 1_000_000)  # a terabyte, were anything kept for each
    assert waits.seconds(999_999, 999_999) == 0.1
    assert waits.fault(999_999, 999_999) is None
