import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.race.progress import ProgressStrip, sentence_of
from gui.race.runner import Progress
from tests.gui.racing import TINY

JOB = TINY.course().job("coroutines", 9)


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on when it is told to."""
    now = [100.0]
    monkeypatch.setattr("gui.race.progress.monotonic", lambda: now[0])
    return now


@pytest.fixture
def strip(qtbot, clock):
    made = ProgressStrip()
    qtbot.addWidget(made)
    made.show()
    made.begin()
    yield made
    made.end()


@pytest.mark.parametrize(
    ("progress", "left", "told"),
    [
        (Progress(0, 1, 0.0), 0.0, "0 of 1 run done."),
        (Progress(2, 24, 40.0, JOB), 40.0, "2 of 24 runs done; now coroutines, gathered, 9 cells; about 40 s left."),
        (Progress(3, 24, 600.0), 600.0, "3 of 24 runs done; about 10 minutes left."),
        (Progress(23, 24, 0.4, JOB), 0.4, "23 of 24 runs done; now coroutines, gathered, 9 cells."),
    ],
)
def test_it_says_what_is_done_what_runs_and_how_long_it_still_takes(progress, left, told):
    assert sentence_of(progress, left) == told


def test_the_time_left_goes_down_between_two_runs_and_never_below_nothing(strip, clock, qtbot):
    strip.show_progress(Progress(1, 4, 30.0, JOB))
    assert "about 30 s left" in strip.text.text()
    clock[0] += 12
    qtbot.waitUntil(lambda: "about 18 s left" in strip.text.text())
    clock[0] += 60
    qtbot.waitUntil(lambda: "left" not in strip.text.text())


def test_the_bar_only_goes_forward_in_time_and_is_never_full_before_the_end(strip, clock):
    values = []
    for done, left in ((1, 30.0), (2, 20.0), (3, 10.0), (4, 0.0)):
        clock[0] += 10
        strip.show_progress(Progress(done, 4, left))
        values.append(strip.bar.value())
    assert values == sorted(values)
    assert values[0] > 0
    assert values[-1] < strip.bar.maximum()


def test_its_button_cancels(strip, qtbot):
    with qtbot.waitSignal(strip.cancelled):
        QTest.mouseClick(strip.cancel, Qt.MouseButton.LeftButton)
