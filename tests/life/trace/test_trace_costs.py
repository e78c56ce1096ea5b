"""Where the time went: parts that add up, and the same as counting nanosecond by nanosecond."""

from collections import Counter

from hypothesis import given

from life.errors import Failure, Fate
from life.trace.columns import Trace
from life.trace.costs import ORIGINS, Costs, Origin, costs_of
from life.trace.limits import stack_bytes
from life.trace.sampler import Measured, Sample
from tests.life.trace.synthetic import Step, trace_of, traces


def part_at(trace: Trace, t: int) -> str:
    """What counts during the nanosecond that begins at t, one cell after another."""
    handing = t < max([trace.started, *trace.handed])
    doing = []
    for cell in range(trace.cells):
        begun, ended = trace.begun[cell], trace.ended[cell] or trace.finished
        if begun and begun <= t < ended:
            handing = handing and trace.thread[cell] != trace.caller
            asked, answered = trace.asked[cell] or ended, trace.answered[cell] or ended
            lock_asked, lock_got = trace.lock_asked[cell], trace.lock_got[cell]
            if asked <= t < answered:
                doing.append("io")
            else:
                doing.append("lock" if lock_asked and lock_asked <= t < lock_got else "run")
    if handing:
        return "starting"
    return next((what for what in ("run", "lock", "io") if what in doing), "joining")


@given(traces())
def test_each_nanosecond_counts_once_and_as_the_first_thing_that_goes_on(trace: Trace) -> None:
    counted = Counter(part_at(trace, t) for t in range(trace.started, trace.finished))
    costs = costs_of(trace)
    parts = (costs.starting, costs.running, costs.waiting_for_lock, costs.waiting_for_io, costs.joining)
    assert parts == tuple(counted[part] for part in ("starting", "run", "lock", "io", "joining"))
    assert sum(parts) == costs.wall == trace.finished - trace.started


def test_the_parts_of_a_generation_that_is_under_way_add_up_too() -> None:
    trace = Trace(1, 1, 2, is_recorded=True)
    trace.begin(0)
    costs = costs_of(trace)
    parts = (costs.starting, costs.running, costs.waiting_for_lock, costs.waiting_for_io, costs.joining)
    assert sum(parts) == costs.wall
    assert min(parts) >= 0
    assert costs.running > 0


def test_times_that_are_torn_while_they_are_read_give_no_negative_part() -> None:
    torn = trace_of([Step(3, 50, 20, 10, 30, lock_asked=70, lock_got=5), Step(4, 5, 90, 8, 7)], finished=60)
    costs = costs_of(torn)
    parts = (costs.starting, costs.running, costs.waiting_for_lock, costs.waiting_for_io, costs.joining)
    assert min(parts) >= 0
    assert sum(parts) == costs.wall == 59


def test_only_new_threads_other_than_the_callers_were_started() -> None:
    steps = [Step(1, 10, ended=20), Step(2, 10, ended=20), Step(3, 12, ended=30), Step(3, 30, ended=40), Step()]
    assert costs_of(trace_of(steps, finished=50, caller=2)).threads_started == 1


def test_stacks_are_reserved_for_the_threads_that_were_alive_at_once() -> None:
    costs = costs_of(trace_of([Step(3, 10, ended=20), Step(4, 15, ended=25), Step(5, 25, ended=30)], finished=50))
    assert (costs.threads_started, costs.peak_alive, costs.stack_reserved) == (3, 2, 2 * stack_bytes())


def test_cells_that_waited_for_a_lock_are_counted_and_their_waits_added_up() -> None:
    steps = [Step(3, 10, ended=20, lock_asked=11, lock_got=14), Step(4, 10, ended=20), Step(5, 10, 0, 0, 20, 0, 15, 17)]
    costs = costs_of(trace_of(steps, finished=50))
    assert (costs.lock_contended, costs.lock_waited) == (2, 5)


def test_what_neither_the_caller_nor_stderr_got_is_unseen() -> None:
    failures = [Failure(1, 0, 0, "t", "OSError: x", "", fate) for fate in Fate]
    costs = costs_of(trace_of([Step(3, 10, ended=20)], finished=30), failures)
    assert (costs.failures, costs.failures_unseen) == (4, 2)


def test_what_nobody_measured_is_not_known() -> None:
    trace = trace_of([Step(3, 10, ended=20)], finished=30)
    assert costs_of(trace).memory_used is None
    measured = Measured((Sample(1, 1000, 2), Sample(9, 5000, 4), Sample(30, 2000, 2)), None, None)
    costs = costs_of(trace, measured=measured)
    assert (costs.memory_used, costs.voluntary_switches, measured.most_threads) == (4000, None, 4)


def test_every_figure_says_how_it_came_about() -> None:
    assert set(ORIGINS) == set(Costs.__dataclass_fields__)
    assert ORIGINS["stack_reserved"] is Origin.COMPUTED
    assert ORIGINS["memory_used"] is Origin.MEASURED
    assert ORIGINS["voluntary_switches"] is Origin.THIS_PLATFORM
