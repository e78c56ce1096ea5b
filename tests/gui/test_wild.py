"""Experiments that ask for too much, in a window: it says so, and everything is given back."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.fanout import limits
from life.board import Board
from life.errors import Fate
from life.experiment import Experiment, Fault, WireKind
from life.facts import FailureReport, Mode
from life.fanout import strategy_class
from life.reach import Machine
from life.rule import CONWAY
from life.topology import TORUS
from life.trace.limits import ThreadLimit
from tests.gui.windows import LONG
from tests.life.plain import next_board

SIDE = 24
SOUP = Board.from_live(SIDE, SIDE, [(y, x) for y in range(SIDE) for x in range(SIDE) if (y * 7 + x * 11) % 5 < 2])
SMALL = Machine(8 << 20, ThreadLimit(500, "the container may have 500 threads"), 64 << 30, 16_384)
BANDS = Experiment(strategy="row-batches", wire=WireKind.NONE)


@pytest.fixture
def small_machine(monkeypatch) -> None:
    """Threads are asked about from a few hundred on."""
    monkeypatch.setattr(limits.Machine, "here", classmethod(lambda _: SMALL))


@pytest.fixture
def refusing(monkeypatch) -> list[threading.Thread]:
    """The system gives 300 threads to cells, and no more."""
    start, started = threading.Thread.start, []

    def start_or_refuse(thread: threading.Thread) -> None:
        if thread.name.startswith("cell-"):
            if len(started) == 300:
                raise RuntimeError("can't start new thread")
            started.append(thread)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", start_or_refuse)
    return started


def load(window, experiment: Experiment) -> None:
    window.session.load(SOUP, CONWAY, TORUS)
    window.session.configure(experiment)


def next_is_right(window, qtbot) -> bool:
    """The next generation on another strategy, from the board that was loaded."""
    load(window, BANDS)
    with qtbot.waitSignal(window.session.generation_finished, timeout=LONG):
        window.session.step()
    return window.view.board == next_board(SOUP, CONWAY, TORUS)


@pytest.mark.usefixtures("small_machine")
def test_what_bites_first_is_said_before_it_starts_and_can_be_lifted(window, qtbot):
    load(window, Experiment(strategy="thread-per-cell", latency=0.01))
    window.session.step()
    assert window.limit.text == (
        "576 cells will start 576 threads. If all live at once, this system refuses them at about 500: "
        "the container may have 500 threads."
    )
    assert [button.text() for button in window.limit.buttons] == ["Use 250 threads instead", "Start anyway"]
    with qtbot.waitSignal(window.session.generation_finished, timeout=LONG):
        QTest.mouseClick(window.limit.buttons[1], Qt.MouseButton.LeftButton)
    assert window.view.board == next_board(SOUP, CONWAY, TORUS)
    with qtbot.waitSignal(window.session.generation_finished, timeout=LONG):
        window.session.step()
    assert not window.limit.isVisible()


@pytest.mark.usefixtures("small_machine")
def test_the_cheaper_way_is_the_same_generation(window, qtbot):
    load(window, Experiment(strategy="thread-per-cell", latency=0.01))
    window.session.step()
    with qtbot.waitSignal(window.session.generation_finished, timeout=LONG):
        QTest.mouseClick(window.limit.buttons[0], Qt.MouseButton.LeftButton)
    assert window.session.experiment.strategy == "thread-pool"
    assert window.view.board == next_board(SOUP, CONWAY, TORUS)


def test_a_refusal_in_the_middle_is_a_sentence_and_everything_is_given_back(window, qtbot, refusing):
    load(window, Experiment(strategy="thread-per-cell", latency=60.0))
    window.session.play()
    qtbot.waitUntil(lambda: bool(window.message.text), timeout=LONG)
    said = "Generation 1 failed: RuntimeError: can't start new thread for cell (12, 12), after 300 others; 300 threads"
    assert window.message.text.startswith(said)
    assert (window.session.mode, window.session.board) == (Mode.PAUSED, SOUP)
    assert next_is_right(window, qtbot)
    qtbot.waitUntil(lambda: not any(thread.is_alive() for thread in refusing), timeout=LONG)


def test_hundreds_of_threads_end_at_a_stop(window, qtbot):
    before = threading.active_count()
    load(window, Experiment(strategy="thread-per-cell", latency=60.0))
    window.session.play()
    qtbot.waitUntil(lambda: threading.active_count() >= before + SIDE * SIDE, timeout=LONG)
    window.actions_by_id["stop"].trigger()
    qtbot.waitUntil(lambda: window.session.mode is Mode.PAUSED, timeout=LONG)
    assert window.session.board == SOUP
    assert next_is_right(window, qtbot)
    workers = strategy_class("row-batches").default_workers
    qtbot.waitUntil(lambda: threading.active_count() <= before + workers, timeout=LONG)


@pytest.mark.parametrize("kind", [Fault.ERROR, Fault.CUT, Fault.EXIT], ids=lambda kind: kind.value)
@pytest.mark.parametrize("key", ["thread-per-cell", "thread-pool", "queue-workers", "coroutines", "row-batches"])
@pytest.mark.usefixtures("python_prints_thread_errors")
def test_when_every_cell_fails_one_dialog_says_so(window, qtbot, key, kind):
    reports: list[FailureReport] = []
    window.session.failed.connect(reports.append)
    load(window, Experiment(strategy=key, wire=WireKind.NONE, fault_rate=1.0, fault_kind=kind))
    window.session.play()
    qtbot.waitUntil(lambda: bool(reports), timeout=LONG)
    qtbot.waitUntil(lambda: window.session.mode in (Mode.HELD, Mode.PAUSED), timeout=LONG)
    (report,) = reports
    dialog = window.failures.dialog
    assert dialog.isVisible()
    assert dialog.table.rowCount() == len(report.failures)
    if key == "thread-per-cell":
        assert len(report.failures) == SIDE * SIDE
        fate = Fate.NOBODY if kind is Fault.EXIT else Fate.STDERR
        assert {failure.fate for failure in report.failures} == {fate}
        assert "576 cells were left EMPTY" in report.caller_got
    dialog.close()
    assert next_is_right(window, qtbot)
