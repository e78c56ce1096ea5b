"""What can be said of a race before anything ran."""

import pytest

from life.experiment import Experiment, Fault, WireKind
from life.race.course import Course, guessed_seconds
from life.race.job import Job

WAIT = Experiment(strategy="serial", wire=WireKind.WAIT, latency=0.1)


def test_what_is_computed_is_known_before() -> None:
    course = Course(WAIT, ("serial", "thread-pool", "coroutines"), (45, 1_024, 10_000), limit=10.0)
    assert course.computed() == [("serial", 1_024), ("serial", 10_000), ("thread-pool", 10_000)]


def test_the_estimate_leaves_out_what_is_computed() -> None:
    alone = Course(WAIT, ("coroutines",), (10_000,), repeat=2)
    both = Course(WAIT, ("serial", "coroutines"), (10_000,), repeat=2)
    assert both.seconds() == pytest.approx(alone.seconds())
    assert Course(WAIT, ("coroutines",), (10_000,), repeat=4).seconds() == pytest.approx(2 * alone.seconds())


def test_the_estimate_knows_that_threads_cost_and_a_service_has_to_start() -> None:
    def guess(**changes: object) -> float:
        return guessed_seconds(Job(Experiment(latency=0.1, **changes), 10_000))  # type: ignore[arg-type]

    assert guess(strategy="thread-per-cell") > guess(strategy="coroutines") > 0.1
    assert guess(strategy="coroutines", wire=WireKind.SERVICE) > guess(strategy="coroutines")
    known = guessed_seconds(Job(Experiment(strategy="serial", latency=0.1), 10_000), generation=3.0)
    assert 3.0 < known < 6.0


@pytest.mark.parametrize(("cells", "middle"), [(9, (1, 1)), (45, (2, 4)), (1_024, (16, 16))])
def test_a_fault_in_the_middle_is_planted_on_every_board(cells: int, middle: tuple[int, int]) -> None:
    course = Course(WAIT, ("serial",), (cells,), middle_fault=Fault.CUT)
    assert dict(course.job("serial", cells).experiment.faults) == {middle: Fault.CUT}
    assert dict(Course(WAIT, ("serial",), (cells,)).job("serial", cells).experiment.faults) == {}


def test_what_is_right_is_found_out_without_waits_and_faults() -> None:
    experiment = Experiment(latency=0.1, jitter=0.1, faults={(0, 0): Fault.ERROR}, fault_rate=0.5, seed=7)
    quiet = Course(experiment, ("coroutines",), (45,), middle_fault=Fault.EXIT).quiet_job(45)
    e = quiet.experiment
    assert (e.strategy, e.wire, dict(e.faults), e.fault_rate, e.seed) == ("serial", WireKind.NONE, {}, 0.0, 7)
    assert quiet.placed().board == Course(experiment, ("coroutines",), (45,)).job("coroutines", 45).placed().board
