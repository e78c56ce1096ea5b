"""A race that is cancelled ends its child at once and keeps what was measured."""

import sys
from threading import Thread

import psutil
import pytest

from life.experiment import Experiment, WireKind
from life.race import race as race_module
from life.race.course import Course
from life.race.entry import Entry, Outcome
from life.race.race import Race
from tests.life.child_processes import children

QUICK = Experiment(strategy="serial", wire=WireKind.WAIT, latency=0.001)


def test_the_child_under_way_is_gone_and_what_was_measured_stays() -> None:
    slow = Experiment(strategy="serial", wire=WireKind.WAIT, latency=0.3)
    race = Race(Course(slow, ("row-batches", "serial"), (100,), repeat=1))
    begun: list[str] = []
    seen: list[psutil.Process] = []

    def starting(job: object, *_: object) -> None:
        begun.append(job.experiment.strategy)  # type: ignore[attr-defined]
        if begun[-1] == "serial":
            canceller.start()

    def cancel() -> None:
        while not (found := children()):
            pass
        seen.extend(found)
        race.cancel()

    canceller = Thread(target=cancel)
    race.run(lambda *_: None, starting)
    canceller.join()
    assert begun == ["row-batches", "serial"]
    assert [(entry.strategy, entry.outcome) for entry in race.entries] == [("row-batches", Outcome.MEASURED)]
    _, alive = psutil.wait_procs(seen, timeout=10)
    assert seen
    assert alive == []


def test_a_cancelled_race_begins_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(race_module, "Child", None)
    race = Race(Course(QUICK, ("coroutines",), (9,)))
    race.cancel()
    race.cancel()
    race.run(lambda *_: None)
    assert race.entries == []


def test_a_cancel_between_two_runs_keeps_the_first() -> None:
    race = Race(Course(QUICK, ("coroutines",), (9,), repeat=3))
    told: list[Entry] = []

    def note(entry: Entry, *_: object) -> None:
        told.append(entry)
        race.cancel()

    race.run(note)
    assert race.entries == told
    assert len(told) == 1


def test_a_child_that_cannot_be_started_is_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(race_module, "Child", refuse)
    race = Race(Course(QUICK, ("coroutines",), (9,), repeat=1))
    race.run(lambda *_: None)
    (entry,) = race.entries
    assert entry.outcome is Outcome.DIED
    assert "could not be started" in entry.detail


def test_a_board_that_cannot_be_checked_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Race, "_expected_digest", lambda *_: None)
    race = Race(Course(QUICK, ("coroutines",), (9,), repeat=1))
    race.run(lambda *_: None)
    (entry,) = race.entries
    assert entry.outcome is Outcome.MEASURED
    assert "not checked" in entry.detail


def test_traces_are_kept_of_the_boards_whose_race_wants_them() -> None:
    race = Race(Course(QUICK, ("coroutines", "row-batches"), (9,), repeat=1, wants_traces=True))
    race.run(lambda *_: None)
    assert set(race.traces) == {("coroutines", 9), ("row-batches", 9)}
    assert all(trace.cells == 9 and trace.finished > trace.started for trace in race.traces.values())


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_the_service_of_a_killed_child_ends_too() -> None:
    slow = Experiment(strategy="serial", wire=WireKind.SERVICE, latency=0.3)
    race = Race(Course(slow, ("serial",), (100,), repeat=1))
    seen: list[psutil.Process] = []

    def cancel() -> None:
        while len(found := children()) < 2:  # the child, and the service that it has started
            pass
        seen.extend(found)
        race.cancel()

    canceller = Thread(target=cancel)
    canceller.start()
    race.run(lambda *_: None)
    canceller.join()
    _, alive = psutil.wait_procs(seen, timeout=10)
    assert alive == []
    assert race.entries == []
