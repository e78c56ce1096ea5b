from threading import Thread

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from gui.failures import text as failure_text
from gui.failures.desk import FailureDesk
from gui.failures.dialog import FailureDialog
from life.errors import Fate
from life.experiment import Experiment, Fault
from life.facts import Mode
from tests.gui.fakes import board, failure, report, session, state

EXIT = "SystemExit: the cell asked Python to exit"


@pytest.fixture
def dialog(qtbot):
    made = FailureDialog()
    qtbot.addWidget(made)
    return made


def shown(dialog, *failures, **more):
    dialog.show_report(report(*failures, **more), Experiment())
    dialog.show()
    return dialog


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def saw(dialog) -> list[str]:
    """What the three cards say to a screen reader."""
    return [card.accessibleName() for card in dialog.witnesses.cards]


# What it says


def test_it_says_what_happened_where_and_in_which_thread(dialog):
    shown(dialog, failure(3, 4), generation=12)
    assert dialog.headline.text() == "OSError in cell (3, 4): Problem with I/O"
    assert dialog.circumstances.text() == "Generation 12  ·  A thread per cell"
    assert "in thread cell-3-4" in dialog.witnesses.cards[0].accessibleDescription()
    assert not dialog.others.isVisible()
    assert not dialog.rows.isVisible()


@pytest.mark.parametrize(
    ("fate", "stderr", "caller"),
    [
        (Fate.CALLER, "did not see it", "saw it"),
        (Fate.STDERR, "saw it", "did not see it"),
        (Fate.NOBODY, "did not see it", "did not see it"),
        (Fate.HIDDEN, "did not see it", "did not see it"),
    ],
)
def test_it_says_who_saw_it(dialog, fate, stderr, caller):
    shown(dialog, failure(3, 4, fate))
    assert saw(dialog) == ["Cell (3, 4): raised it", f"stderr: {stderr}", f"The caller: {caller}"]
    assert dialog.verdict.text() == failure_text.VERDICTS[fate]


def test_it_says_what_the_caller_got_instead(dialog):
    shown(dialog, failure(3, 4))
    assert "join() returned as if nothing had happened" in dialog.witnesses.cards[2].accessibleDescription()


def test_a_system_exit_is_why_nothing_was_printed(dialog):
    shown(dialog, failure(3, 4, Fate.NOBODY, exception=EXIT))
    assert "SystemExit" in dialog.witnesses.cards[1].accessibleDescription()


def test_an_exception_without_a_message_has_a_headline_too(dialog):
    shown(dialog, failure(3, 4, exception="TimeoutError"))
    assert dialog.headline.text() == "TimeoutError in cell (3, 4)"


def test_many_failures_are_one_window_with_a_table_and_their_fates_counted(dialog):
    many = [failure(y, x, Fate.HIDDEN) for y in range(100) for x in range(100)]
    many[0] = failure(0, 0, Fate.CALLER)
    shown(dialog, *many)
    assert dialog.others.text() == "and 9,999 more failures in this generation"
    assert dialog.tally.text() == "10,000 failures: 1 reached the caller, 9,999 stayed hidden behind another."
    assert dialog.table.rowCount() == 10_000
    assert dialog.rows.isVisible()


def test_another_row_says_who_saw_that_one(dialog):
    shown(dialog, failure(1, 1, Fate.CALLER), failure(2, 2, Fate.HIDDEN))
    dialog.rows.setFocus()
    QTest.keyClick(dialog.rows, Qt.Key.Key_Down)
    assert dialog.headline.text().startswith("OSError in cell (2, 2)")
    assert saw(dialog)[2] == "The caller: did not see it"


def test_a_further_report_is_counted_and_keeps_the_cell_that_was_looked_at(dialog):
    shown(dialog, failure(1, 1), failure(2, 2), generation=5)
    QTest.keyClick(dialog.rows, Qt.Key.Key_Down)
    dialog.show_report(report(failure(7, 7), failure(2, 2), failure(9, 9), generation=6), Experiment())
    assert dialog.headline.text().startswith("OSError in cell (2, 2)")
    assert "2 generations have failed so far, with 5 failures." in dialog.tally.text()


def test_a_further_report_without_that_cell_shows_its_first(dialog):
    shown(dialog, failure(1, 1), generation=5)
    dialog.show_report(report(failure(7, 7), generation=6), Experiment())
    assert dialog.headline.text().startswith("OSError in cell (7, 7)")


def test_the_traceback_is_folded_away_at_first_and_can_be_selected(dialog):
    shown(dialog, failure(3, 4))
    assert not dialog.traceback.isVisible()
    QTest.mouseClick(dialog.traceback_toggle, Qt.MouseButton.LeftButton)
    assert dialog.traceback.isVisible()
    dialog.traceback.selectAll()
    assert "Traceback (most recent call last)" in dialog.traceback.textCursor().selectedText()


def test_a_planted_fault_is_said_to_be_one_and_can_be_taken_out_on_the_spot(dialog, qtbot):
    dialog.show_report(report(failure(3, 4)), Experiment(faults={(3, 4): Fault.ERROR}))
    dialog.show()
    assert dialog.origin.text.text() == "You planted this fault; the fault tool takes it out again."
    with qtbot.waitSignal(dialog.retry_without_fault_wanted) as wanted:
        click(dialog.origin.retry)
    assert wanted.args == [3, 4]
    assert not dialog.isVisible()


def test_a_fault_that_struck_at_random_is_said_to_be_one_and_cannot_be_taken_out(dialog):
    dialog.show_report(report(failure(3, 4)), Experiment(fault_rate=0.05))
    dialog.show()
    assert dialog.origin.text.text() == "Faults strike at random: 5 % of all cells fail."
    assert not dialog.origin.retry.isVisible()


def test_what_nobody_planted_is_nobodys_fault(dialog):
    shown(dialog, failure(3, 4))
    assert not dialog.origin.isVisible()


def test_the_report_is_copied_as_plain_text(dialog):
    shown(dialog, failure(3, 4), failure(5, 6, Fate.NOBODY), generation=12)
    click(dialog.copy)
    text = QGuiApplication.clipboard().text()
    assert text == dialog.report_text()
    for part in ("OSError in cell (3, 4)", "Generation 12", "only stderr", "join() returned", "Traceback", "(5, 6)"):
        assert part in text


# Its buttons


@pytest.mark.parametrize(
    ("button", "signal"),
    [("keep_going", "keep_going_wanted"), ("pause", "pause_wanted"), ("retry", "retry_wanted")],
)
def test_every_answer_is_told_and_closes_the_window(dialog, qtbot, button, signal):
    shown(dialog, failure())
    with qtbot.waitSignal(getattr(dialog, signal)):
        click(getattr(dialog, button))
    assert not dialog.isVisible()


def test_showing_the_cell_leaves_the_window_open(dialog, qtbot):
    shown(dialog, failure(3, 4))
    with qtbot.waitSignal(dialog.cell_wanted) as wanted:
        click(dialog.show_cell)
    assert wanted.args == [3, 4]
    assert dialog.isVisible()


def test_enter_keeps_going_and_escape_answers_nothing(dialog, qtbot):
    told = []
    for signal in (dialog.keep_going_wanted, dialog.pause_wanted, dialog.retry_wanted):
        signal.connect(lambda: told.append(1))
    shown(dialog, failure())
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert told == []
    assert not dialog.isVisible()
    shown(dialog, failure())
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert told == [1]


def test_every_control_has_a_name_for_a_screen_reader(dialog):
    shown(dialog, failure(1, 1), failure(2, 2))
    for kind in (QPushButton, QCheckBox):
        assert all(control.text() for control in dialog.findChildren(kind))
    assert dialog.rows.accessibleName()
    assert dialog.traceback.accessibleName()


def test_texts_get_the_room_that_they_need(dialog):
    long = "OSError: " + "a message that goes on and on " * 8
    dialog.show_report(report(failure(3, 4, exception=long)), Experiment(faults={(3, 4): Fault.ERROR}))
    dialog.show()
    dialog.grab()
    for card in dialog.witnesses.cards:
        label = card.findChildren(QWidget)[-1]
        assert label.height() >= label.heightForWidth(label.width())


def test_it_refuses_to_be_made_off_the_gui_thread(qapp):
    refused = []

    def make() -> None:
        try:
            FailureDialog()
        except RuntimeError as error:
            refused.append(str(error))

    thread = Thread(target=make)
    thread.start()
    thread.join()
    assert refused == ["a window can be opened in the GUI thread only"]


# The desk


@pytest.fixture
def desk(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    made, simulation, bridge = session(state(mode=Mode.PLAYING))
    made.setParent(window)
    desk = FailureDesk(made, lambda y, x: None, window)
    desk.simulation, desk.bridge, desk.session = simulation, bridge, made
    return desk


def fail(desk, *facts) -> None:
    for fact in facts:
        desk.bridge._post(fact)
    desk.bridge._deliver()


def test_there_is_no_window_before_something_fails(desk):
    assert desk.dialog is None


def test_a_thousand_failing_generations_share_one_window(desk):
    fail(desk, report(failure(1, 1)))
    first = desk.dialog
    fail(desk, *[report(failure(1, 1), generation=n) for n in range(2, 1001)])
    assert desk.dialog is first
    assert first.isVisible()
    assert "1,000 generations have failed so far" in first.tally.text()


def test_as_python_does_it_there_is_no_window_and_switched_back_there_is(desk):
    desk.session.set_as_python(True)
    fail(desk, report(held=False))
    assert desk.dialog is None
    desk.session.set_as_python(False)
    fail(desk, report())
    assert desk.dialog.isVisible()


def test_the_switch_in_the_window_is_the_same_as_the_one_of_the_session(desk):
    fail(desk, report())
    desk.dialog.as_python.click()
    assert desk.session.as_python
    assert not desk.dialog.isVisible()
    desk.session.set_as_python(False)
    fail(desk, report())
    assert not desk.dialog.as_python.isChecked()


def test_the_window_can_be_closed_and_shown_again_without_counting_twice(desk):
    fail(desk, report(generation=1), report(generation=2))
    desk.dialog.reject()
    desk.show_last()
    assert desk.dialog.isVisible()
    assert "2 generations have failed so far, with 2 failures." in desk.dialog.tally.text()


def test_its_answers_reach_the_simulation(desk):
    fail(desk, report(), state(mode=Mode.HELD))
    click(desk.dialog.pause)
    fail(desk, report())
    click(desk.dialog.retry)
    assert desk.simulation.names == ["pause", "retry"]


def test_another_pattern_is_another_story(desk):
    fail(desk, report(generation=1))
    desk.session.load(board(), desk.session.rule, desk.session.topology)
    assert not desk.dialog.isVisible()
    fail(desk, report(epoch=9, generation=2))
    assert desk.dialog.tally.text() == ""
