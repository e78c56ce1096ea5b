"""What a child does before, during and after the generation that counts."""

import pytest

from life.board import Board
from life.caller import Caller, Outcome
from life.experiment import Experiment, Fault, WireKind
from life.race import child
from life.race.job import Job
from life.stop import StopSignal
from life.trace.columns import Trace


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[tuple[int, int], Experiment, Outcome]]:
    """Every generation that is made, with its size, what was tried in it and how it ended."""
    seen = []
    run = Caller.run

    def noted(self: Caller, board: Board, trace: Trace, stop: StopSignal, attempt: int = 0) -> Outcome:
        outcome = run(self, board, trace, stop, attempt)
        seen.append(((board.height, board.width), self.experiment, outcome))
        return outcome

    monkeypatch.setattr(Caller, "run", noted)
    return seen


def test_it_warms_up_with_as_many_cells_and_without_their_waits(
    made: list[tuple[tuple[int, int], Experiment, Outcome]],
) -> None:
    experiment = Experiment(strategy="coroutines", latency=0.002, jitter=0.001)
    child.facts_of(Job(experiment, 100))
    assert [size for size, _, _ in made] == [(3, 3), (10, 10), (10, 10)]
    assert [e.latency for _, e, _ in made] == [0.002, 0.0, 0.002]
    assert made[-1][1] == experiment


def test_it_never_warms_up_with_more_cells_than_that(
    made: list[tuple[tuple[int, int], Experiment, Outcome]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "_MOST_WARMED_UP", 25)
    child.facts_of(Job(Experiment(strategy="row-batches", wire=WireKind.NONE), 100))
    assert [size for size, _, _ in made] == [(3, 3), (5, 5), (10, 10)]


def test_what_goes_wrong_goes_wrong_once(made: list[tuple[tuple[int, int], Experiment, Outcome]]) -> None:
    faulty = Experiment(strategy="serial", wire=WireKind.NONE, faults={(0, 0): Fault.ERROR}, fault_rate=0.2, seed=3)
    facts = child.facts_of(Job(faulty, 9))
    assert [len(outcome.failures) for _, _, outcome in made[:2]] == [0, 0]
    assert facts["failures"] == len(made[2][2].failures) > 0


def test_only_a_trace_that_is_wanted_costs_the_time_to_record_it(
    made: list[tuple[tuple[int, int], Experiment, Outcome]],
) -> None:
    quiet = Experiment(strategy="thread-per-cell", wire=WireKind.NONE)
    for wants_trace in (False, True):
        facts = child.facts_of(Job(quiet, 25, wants_trace=wants_trace))
        assert (made[-1][2].costs is not None) is wants_trace
        assert facts["threads_started"] == 25
        assert facts["peak_threads"] >= 1
        assert facts["memory_used"] >= 0
        assert facts["memory_reserved"] >= facts["peak_threads"]
