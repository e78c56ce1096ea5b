import io
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gui.stderr_tee import StderrTee
from gui.watch import stderr_dock
from gui.watch.stderr_dock import EMPTY, NO_STDERR, StderrDock


@pytest.fixture
def tee(monkeypatch) -> StderrTee:
    return tee_over(io.StringIO(), monkeypatch)


def tee_over(stderr, monkeypatch, *args: int) -> StderrTee:
    """A tee that goes on writing to `stderr`, while `sys.stderr` is left to pytest."""
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", stderr)
        with StderrTee(*args) as made:
            return made


@pytest.fixture
def dock(qtbot, tee):
    made = StderrDock(tee)
    qtbot.addWidget(made)
    made.resize(500, 220)
    made.show()
    qtbot.waitExposed(made)
    made.grab()
    return made


def printed(dock, tee, qtbot, lines: int) -> None:
    """Prints so many more lines and waits until the dock has them."""
    wanted = dock.text.blockCount() + lines
    for number in range(lines):
        print(f"line {number}", file=tee)
    qtbot.waitUntil(lambda: dock.text.blockCount() >= wanted)
    dock.grab()


def test_it_shows_exactly_what_python_printed(dock, tee, qtbot):
    print("Exception in thread cell-3-4:\n  <b>not bold</b>\ttab", file=tee)
    qtbot.waitUntil(lambda: "tab" in dock.text.toPlainText())
    assert dock.text.toPlainText() == "Exception in thread cell-3-4:\n  <b>not bold</b>\ttab\n"
    assert dock.extent.text() == "2 lines"


def test_before_anything_is_printed_it_says_so(dock):
    assert dock.hint.isVisible()
    assert dock.hint.text() == EMPTY
    assert not dock.copy.isEnabled()
    assert not dock.clear.isEnabled()


def test_without_a_stderr_it_says_that_python_prints_nothing(qtbot, monkeypatch):
    dock = StderrDock(tee_over(None, monkeypatch))
    qtbot.addWidget(dock)
    assert dock.hint.text() == NO_STDERR


def test_it_follows_the_end(dock, tee, qtbot):
    printed(dock, tee, qtbot, 100)
    bar = dock.text.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0


def test_whoever_has_scrolled_up_stays_there(dock, tee, qtbot):
    printed(dock, tee, qtbot, 100)
    bar = dock.text.verticalScrollBar()
    dock.text.setFocus()
    QTest.keyClick(dock.text, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    bar.setValue(10)
    printed(dock, tee, qtbot, 50)
    assert bar.value() == 10


def test_copy_puts_everything_on_the_clipboard_and_clear_begins_anew(dock, tee, qtbot):
    printed(dock, tee, qtbot, 3)
    QTest.mouseClick(dock.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "line 0\nline 1\nline 2\n"
    QTest.mouseClick(dock.clear, Qt.MouseButton.LeftButton)
    assert dock.text.toPlainText() == ""
    assert dock.hint.isVisible()
    printed(dock, tee, qtbot, 1)
    assert dock.text.toPlainText() == "line 0\n"


def test_it_keeps_no_more_lines_than_it_says(qtbot, tee, monkeypatch):
    monkeypatch.setattr(stderr_dock, "MOST_LINES", 20)
    dock = StderrDock(tee)
    qtbot.addWidget(dock)
    dock.show()
    for number in range(100):
        print(number, file=tee)
    qtbot.waitUntil(lambda: "99" in dock.text.toPlainText())
    assert dock.text.blockCount() == 20
    assert dock.extent.text() == "the last 19 lines"


def test_it_says_when_something_had_to_be_left_out(qtbot, monkeypatch):
    tee = tee_over(io.StringIO(), monkeypatch, 10)
    dock = StderrDock(tee)
    qtbot.addWidget(dock)
    dock.show()
    tee.write("0123456789abc\n")
    qtbot.waitUntil(lambda: dock.text.toPlainText() == "456789abc\n")
    assert dock.extent.text() == "1 line; 4 characters before it were left out"


def test_it_cannot_be_typed_in_and_has_names(dock, tee, qtbot):
    printed(dock, tee, qtbot, 1)
    QTest.keyClicks(dock.text, "typed")
    assert dock.text.toPlainText() == "line 0\n"
    for widget in (dock, dock.text, dock.copy, dock.clear):
        assert widget.accessibleName()


def test_what_is_printed_while_nobody_looks_is_shown_later(dock, tee, qtbot):
    dock.hide()
    tee.write("meanwhile\n")
    dock.take()
    assert dock.text.toPlainText() == ""
    dock.show()
    qtbot.waitUntil(lambda: dock.text.toPlainText() == "meanwhile\n")
