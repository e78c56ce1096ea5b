import sys

import psutil
import pytest

from gui.race.runner import Ended, RaceRunner
from life.race import race as race_module
from life.race.entry import Outcome
from life.race.race import Race
from tests.gui.racing import LONG, SLOW, TINY


@pytest.fixture
def runner(qapp):
    made = RaceRunner()
    yield made
    made.close()


def children():
    return psutil.Process().children(recursive=True)


def test_a_race_is_told_run_by_run_and_leaves_no_process(runner, qtbot):
    before, told, entries = children(), [], []
    runner.progressed.connect(told.append)
    runner.entry_made.connect(entries.append)
    with qtbot.waitSignal(runner.ended, timeout=LONG) as ended:
        runner.start(TINY.course())
        assert runner.is_running
    assert ended.args == [Ended(False)]
    assert not runner.is_running
    assert [entry.strategy for entry in entries] == ["coroutines", "row-batches"]
    assert {entry.outcome for entry in entries} == {Outcome.MEASURED}
    assert [(p.done, p.of, p.job is not None) for p in told] == [
        (0, 2, True),
        (1, 2, False),
        (1, 2, True),
        (2, 2, False),
    ]
    assert set(runner.race.traces) == {("coroutines", 9), ("row-batches", 9)}
    assert children() == before


def test_a_cancelled_race_keeps_what_was_measured_and_its_child_is_gone(runner, qtbot):
    entries, seen = [], []

    def cancel(progress):
        if progress.job and progress.job.cells == 100:
            qtbot.waitUntil(lambda: bool(children()), timeout=LONG)
            seen.extend(children())
            runner.cancel()

    runner.entry_made.connect(entries.append)
    runner.progressed.connect(cancel)
    with qtbot.waitSignal(runner.ended, timeout=LONG) as ended:
        runner.start(SLOW.course())
    assert ended.args == [Ended(True)]
    assert [entry.cells for entry in entries] == [1]
    _, alive = psutil.wait_procs(seen, timeout=10)
    assert alive == []


def test_closing_in_the_middle_leaves_no_process_and_says_nothing_more(runner, qtbot):
    told = []
    runner.start(SLOW.course())
    qtbot.waitUntil(lambda: bool(children()), timeout=LONG)
    seen = children()
    runner.ended.connect(told.append)
    runner.close()
    _, alive = psutil.wait_procs(seen, timeout=10)
    assert alive == []
    assert not runner.is_running
    qtbot.wait(1)
    assert told == []


def test_what_a_race_that_was_given_up_still_says_is_not_heard(runner, qtbot):
    told = []
    runner.start(SLOW.course())
    runner.entry_made.connect(told.append)
    with qtbot.waitSignal(runner.ended, timeout=LONG):
        runner.start(TINY.course())
    assert [entry.strategy for entry in told] == ["coroutines", "row-batches"]


def test_a_child_that_dies_is_a_result(runner, qtbot, monkeypatch):
    died = [sys.executable, "-c", "import sys; print('out of everything'); sys.exit(7)"]
    monkeypatch.setattr(race_module, "child_command", lambda *_: died)
    entries = []
    runner.entry_made.connect(entries.append)
    with qtbot.waitSignal(runner.ended, timeout=LONG) as ended:
        runner.start(TINY.course())
    assert ended.args == [Ended(False)]
    assert {entry.outcome for entry in entries} == {Outcome.DIED}
    assert "out of everything" in entries[0].detail


def test_a_race_that_cannot_be_run_says_why(runner, qtbot, monkeypatch):
    from life.errors import ServiceError

    def fail(*_):
        raise ServiceError("The rule service did not start: no luck.")

    monkeypatch.setattr(Race, "run", fail)
    with qtbot.waitSignal(runner.ended, timeout=LONG) as ended:
        runner.start(TINY.course())
    assert ended.args == [Ended(False, "The rule service did not start: no luck.")]


def test_without_a_race_there_is_nothing_to_cancel(runner):
    runner.cancel()
    runner.close()
    assert runner.race is None
