import threading
import warnings

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from gui.board.tools import Tool
from gui.document import Answer
from gui.opening import make_window, open_window
from gui.settings import AS_PYTHON, COLUMNS, RATE, ROWS, STRATEGY, Settings
from gui.window import MainWindow
from life.board import Board
from life.errors import Fate
from life.experiment import Experiment, Fault, WireKind
from life.facts import Mode
from life.fanout import FAN_OUTS
from life.patch import Patch
from tests.gui.fakes import FakeQuestions

GLIDER = [(3, 4), (4, 5), (5, 3), (5, 4), (5, 5)]
MOVED_GLIDER = [(4, 5), (5, 6), (6, 4), (6, 5), (6, 6)]
KEYS = [strategy.key for strategy in FAN_OUTS]
LONG = 20_000  # milliseconds; how long to wait for what comes as soon as it can


@pytest.fixture
def settings(tmp_path) -> Settings:
    made = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    made.set(ROWS, 12)
    made.set(COLUMNS, 16)
    made.remember_experiment(Experiment(strategy="coroutines", latency=0.001, time_limit=0.1))
    made.set(RATE, 0.0)
    return made


@pytest.fixture
def questions() -> FakeQuestions:
    return FakeQuestions(Answer.DISCARD)


@pytest.fixture
def window(qtbot, settings, questions):
    yield from shown_window(qtbot, settings, questions)


def shown_window(qtbot, settings, questions):
    made = make_window(settings, questions)
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.grab()
    made.session.start()
    yield made
    questions.answer = Answer.DISCARD
    made.close()
    made.deleteLater()


def place(window: MainWindow, y: int, x: int) -> QPoint:
    """The middle of a cell, in the view."""
    seen = window.view.viewport
    half = seen.pitch / 2
    return QPoint(round((seen.edge_x(x) + half) / seen.ratio), round((seen.edge_y(y) + half) / seen.ratio))


def click_cell(window: MainWindow, y: int, x: int) -> None:
    QTest.mouseClick(window.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place(window, y, x))


def press(window: MainWindow, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    """Presses a key where the focus is, as a person does."""
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)


def live(board: Board) -> list[tuple[int, int]]:
    return [(int(y), int(x)) for y, x in zip(*np.nonzero(board.cells()), strict=True)]


def configure(window: MainWindow, **changes) -> None:
    window.session.configure(Experiment(**{"latency": 0.001, "time_limit": 0.1, **changes}))


# The main job


@pytest.mark.parametrize("key", KEYS)
def test_a_glider_drawn_by_hand_and_played_moves_as_it_should(window, qtbot, key):
    configure(window, strategy=key)
    for cell in GLIDER:
        click_cell(window, *cell)
    assert live(window.view.board) == GLIDER
    press(window, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)  # ten generations
    qtbot.waitUntil(lambda: window.session.generation == 10 and not window.session.is_running, timeout=LONG)
    press(window, Qt.Key.Key_Space)
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.generation == 12 and not window.session.is_running, timeout=LONG)
    assert live(window.view.board) == [(y + 3, x + 3) for y, x in GLIDER]
    assert window.status.generation.text == "12"
    assert window.status.population.text == "5"


def test_play_and_pause_are_one_key(window, qtbot):
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.generation >= 3, timeout=LONG)
    assert window.actions_by_id["play"].text() == "&Pause"
    press(window, Qt.Key.Key_Enter)
    qtbot.waitUntil(lambda: window.session.mode is Mode.PAUSED, timeout=LONG)
    assert window.actions_by_id["play"].text() == "&Play"


def test_what_is_drawn_while_it_plays_is_never_lost(window, qtbot):
    """Blocks stay as they are, so whatever of them is missing afterwards was taken away by a stale generation."""
    configure(window, strategy="thread-pool", latency=0.003)
    press(window, Qt.Key.Key_Return)
    blocks = [(y + dy, x + dx) for y in (1, 5, 9) for x in (1, 6, 11) for dy in (0, 1) for dx in (0, 1)]
    for corner in range(0, len(blocks), 4):
        with qtbot.waitSignal(window.session.generation_finished, timeout=LONG):
            pass
        ys, xs = np.array(blocks[corner : corner + 4], np.int64).T
        window.view.cells_drawn.emit(Patch(ys, xs, True))
        assert all(window.view.board.is_alive(*cell) for cell in blocks[: corner + 4])
    for _ in range(3):
        with qtbot.waitSignal(window.session.generation_finished, timeout=LONG):
            pass
    assert set(live(window.view.board)) == set(blocks)


FATES = {
    "serial": Fate.CALLER,
    "thread-per-cell": Fate.STDERR,
    "queue-workers": Fate.CALLER,
    "phased-queues": Fate.CALLER,
    "thread-pool": Fate.CALLER,
    "coroutines": Fate.CALLER,
    "task-group": Fate.CALLER,
    "row-batches": Fate.CALLER,
}


@pytest.mark.parametrize("key", KEYS)
def test_a_planted_fault_is_told_with_its_true_fate(window, qtbot, capfd, key):
    configure(window, strategy=key)
    press(window, Qt.Key.Key_F7)
    click_cell(window, 3, 4)
    assert dict(window.session.experiment.faults) == {(3, 4): Fault.ERROR}
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.failures.dialog is not None and window.failures.dialog.isVisible(), timeout=LONG)
    dialog = window.failures.dialog
    assert dialog.headline.text() == "OSError in cell (3, 4): Problem with I/O"
    to_stderr = FATES[key] is Fate.STDERR
    assert dialog.witnesses.cards[1].accessibleName() == f"stderr: {'saw it' if to_stderr else 'did not see it'}"
    assert dialog.witnesses.cards[2].accessibleName() == f"The caller: {'did not see it' if to_stderr else 'saw it'}"
    assert ("Problem with I/O" in capfd.readouterr().err) is to_stderr
    qtbot.waitUntil(lambda: window.session.mode is Mode.HELD, timeout=LONG)
    QTest.mouseClick(dialog.origin.retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.generation == 1 and window.session.mode is Mode.PAUSED, timeout=LONG)
    assert not window.session.experiment.faults
    assert not dialog.isVisible()


def test_a_system_exit_in_a_thread_reaches_nobody_and_the_dialog_says_so(window, qtbot, capfd):
    configure(window, strategy="thread-per-cell", faults={(3, 4): Fault.EXIT})
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.failures.dialog is not None, timeout=LONG)
    assert window.failures.dialog.verdict.text() == "Nobody saw it."
    assert capfd.readouterr().err == ""


def test_as_python_does_it_nothing_happens_on_the_screen(window, qtbot, capfd):
    configure(window, strategy="thread-per-cell", faults={(3, 4): Fault.ERROR})
    press(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.generation >= 2, timeout=LONG)
    assert window.failures.dialog is None
    assert window.session.is_running
    assert "Problem with I/O" in capfd.readouterr().err
    press(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.failures.dialog is not None, timeout=LONG)
    qtbot.waitUntil(lambda: window.session.mode is Mode.HELD, timeout=LONG)
    capfd.readouterr()


def test_stop_ends_a_generation_within(window, qtbot):
    configure(window, strategy="serial", latency=60.0)
    window.session.step()
    window.session.accept_limit()
    qtbot.waitUntil(lambda: window.session.is_running, timeout=LONG)
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.session.mode is Mode.PAUSED, timeout=LONG)
    assert window.session.generation == 0


def test_reset_brings_the_drawing_back(window, qtbot):
    for cell in GLIDER:
        click_cell(window, *cell)
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.generation == 1 and not window.session.is_running, timeout=LONG)
    assert live(window.view.board) != GLIDER
    press(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.generation == 0, timeout=LONG)
    assert live(window.view.board) == GLIDER


def test_cells_are_asked_over_real_sockets(window, qtbot):
    configure(window, strategy="thread-per-cell", wire=WireKind.SERVICE)
    for cell in GLIDER:
        click_cell(window, *cell)
    window.session.step(4)
    qtbot.waitUntil(lambda: window.session.generation == 4, timeout=LONG)
    assert live(window.view.board) == MOVED_GLIDER


# Keys


def test_letters_and_return_stay_in_a_text_field(window):
    rule = window.panel.board.rule
    rule.setFocus()
    rule.clear()
    scale = window.view.scale
    window.view.zoom_in()
    zoomed = window.view.scale
    QTest.keyClicks(rule, "f+-= ")
    assert rule.text() == "f+-= "
    assert window.view.scale == zoomed != scale
    press(window, Qt.Key.Key_Return)
    assert window.session.mode is Mode.PAUSED


def test_return_in_a_rule_sets_the_rule_and_plays_nothing(window, qtbot):
    rule = window.panel.board.rule
    rule.setFocus()
    rule.selectAll()
    QTest.keyClicks(rule, "B36/S23")
    press(window, Qt.Key.Key_Return)
    qtbot.wait(1)
    assert str(window.session.rule) == "B36/S23"
    assert window.session.mode is Mode.PAUSED


def test_space_is_one_generation_wherever_the_focus_is(window, qtbot):
    for made, widget in enumerate([window.view, window.panel.strategy.strategy, window.panel], start=1):
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda n=made: window.session.generation == n and not window.session.is_running, timeout=LONG)


def test_space_presses_a_button_that_has_the_focus_and_nothing_else(window):
    window.panel.fault.tool.setFocus()
    press(window, Qt.Key.Key_Space)
    assert window.view.tool is Tool.FAULT
    assert window.session.mode is Mode.PAUSED


def test_tools_are_taken_by_key_and_by_panel_and_both_show_it(window):
    press(window, Qt.Key.Key_F7)
    assert (window.view.tool, window.panel.fault.tool.isChecked()) == (Tool.FAULT, True)
    QTest.mouseClick(window.panel.fault.tool, Qt.MouseButton.LeftButton)
    assert (window.view.tool, window.actions_by_id["draw"].isChecked()) == (Tool.DRAW, True)
    press(window, Qt.Key.Key_F5)
    assert window.view.tool is Tool.PAN


def test_plus_and_minus_change_the_speed_that_is_shown(window):
    window.session.set_rate(5.0)
    press(window, Qt.Key.Key_Plus)
    assert window.rate.text() == "10 generations/s"
    press(window, Qt.Key.Key_Minus)
    press(window, Qt.Key.Key_Minus)
    assert window.rate.text() == "2 generations/s"


def test_random_fill_and_clear_go_by_key_and_by_toolbar(window):
    press(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    assert 0 < window.view.board.population < 12 * 16
    window.actions_by_id["clear"].trigger()
    assert window.view.board.population == 0


# Limits


def test_the_price_of_ten_thousand_threads_is_shown_above_the_board_and_can_be_declined(window, qtbot):
    configure(window, strategy="thread-per-cell")
    window.session.resize(100, 100)
    press(window, Qt.Key.Key_Return)
    assert window.limit.isVisible()
    assert window.limit.text.startswith("10,000 cells will start 10,000 threads")
    assert window.session.mode is Mode.PAUSED
    QTest.mouseClick(window.limit.buttons[0], Qt.MouseButton.LeftButton)
    assert not window.limit.isVisible()
    assert window.session.experiment.strategy == "thread-pool"
    qtbot.waitUntil(lambda: window.session.is_running, timeout=LONG)
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.session.is_running, timeout=LONG)


def test_closing_the_price_runs_nothing(window):
    configure(window, strategy="thread-per-cell")
    window.session.resize(100, 100)
    press(window, Qt.Key.Key_Space)
    window.limit.dismiss()
    assert window.session.limit is None
    assert window.session.mode is Mode.PAUSED


# Files


def test_a_dropped_file_is_opened(window, tmp_path):
    path = tmp_path / "glider.rle"
    path.write_text("x = 3, y = 3, rule = B3/S23:T20,10\nbob$2bo$3o!\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Qt 6.12 takes the point of an entry as QPointF
        enter, drop = QDragEnterEvent(QPoint(5, 5), *how), QDropEvent(QPointF(5, 5), *how)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, drop)
    assert window.view.board.population == 5
    assert (window.view.board.height, window.view.board.width) == (10, 20)
    assert window.windowTitle() == "glider.rle[*] – Lifeloom"


def test_a_file_that_cannot_be_opened_is_said_above_the_board_which_stays(window, tmp_path):
    path = tmp_path / "page.rle"
    path.write_text("<html>not a pattern</html>")
    click_cell(window, 3, 4)
    window.document.open(path)
    assert window.message.isVisible()
    assert window.message.text.startswith("page.rle was not opened")
    assert live(window.view.board) == [(3, 4)]
    window.message.dismiss()
    assert not window.message.isVisible()


def test_closing_with_drawn_cells_asks_and_cancel_keeps_everything(window, questions):
    click_cell(window, 3, 4)
    assert window.isWindowModified()
    questions.answer = Answer.CANCEL
    window.close()
    assert questions.asked == ["unsaved"]
    assert window.isVisible()
    press(window, Qt.Key.Key_Space)


def test_closing_and_saving_saves_before_it_closes(window, questions, tmp_path):
    click_cell(window, 3, 4)
    questions.answer, questions.path = Answer.SAVE, tmp_path / "mine.rle"
    window.close()
    assert not window.isVisible()
    assert "o!" in questions.path.read_text()


@pytest.mark.parametrize("key", KEYS)
def test_closing_in_the_middle_of_a_generation_leaves_no_thread_behind(window, qtbot, key):
    before = {thread.name for thread in threading.enumerate()}
    assert "simulation" in before
    configure(window, strategy=key, latency=60.0)
    window.session.step()
    window.session.accept_limit()
    with qtbot.waitSignal(window.session.generation_started, timeout=LONG):
        pass
    window.close()
    assert "simulation" not in {thread.name for thread in threading.enumerate()}


# How it was last time


def test_everything_is_as_it_was_when_it_is_opened_again(qtbot, settings, questions, window):
    configure(window, strategy="thread-pool", workers=9, latency=0.05)
    window.session.set_rate(20)
    window.session.set_as_python(True)
    window.session.resize(10, 20)
    window.docks.by_id["panel"].setFloating(False)
    window.actions_by_id["panel"].setChecked(False)
    window.resize(1000, 655)
    window.close()
    again = make_window(settings, questions)
    qtbot.addWidget(again)
    assert again.session.experiment == Experiment("thread-pool", workers=9, latency=0.05, time_limit=0.1)
    assert (again.session.rate, again.session.as_python) == (20, True)
    assert (again.session.board.height, again.session.board.width) == (10, 20)
    assert again.docks.by_id["panel"].isHidden()
    assert again.height() == 655
    assert again.actions_by_id["as-python"].isChecked()
    assert settings.get(AS_PYTHON)
    assert settings.get(STRATEGY) == "thread-pool"
    again.session.close()


def test_the_first_start_shows_an_empty_board_that_says_what_to_do_and_starts_a_thread_per_cell(qtbot):
    window = open_window(None)
    qtbot.addWidget(window)
    assert window.isVisible()
    assert window.view.board.population == 0
    assert window.outlook.welcome.card.isVisible()
    assert window.session.experiment == Experiment()
    assert window.session.experiment.strategy == "thread-per-cell"
    window.close()


def test_a_pattern_that_is_named_at_the_start_is_opened(qtbot, tmp_path):
    path = tmp_path / "block.rle"
    path.write_text("x = 2, y = 2\n2o$2o!\n")
    window = open_window(path)
    qtbot.addWidget(window)
    assert window.view.board.population == 4
    window.close()


# How it looks


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (900, 600)])
def test_the_board_is_the_largest_thing(window, size):
    window.resize(*size)
    window.message.tell("a sentence")
    window.grab()
    area = window.view.width() * window.view.height()
    others = [window.panel, window.menuBar(), window.statusBar(), window.message]
    assert all(other.width() * other.height() < area for other in others)


def test_the_window_fits_a_small_screen(window):
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 720


def test_nothing_in_the_toolbar_moves_when_play_becomes_pause(window, qtbot):
    bar = window.rate.parentWidget()
    places = [child.geometry() for child in bar.findChildren(QWidget)]
    window.session.set_rate(1)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.actions_by_id["play"].text() == "&Pause", timeout=LONG)
    window.grab()
    assert [child.geometry() for child in bar.findChildren(QWidget)] == places


def test_every_button_says_what_it_does(window):
    for button in window.findChildren(QPushButton):
        assert button.text() or button.accessibleName(), button
    for action in window.actions_by_id.values():
        assert action.toolTip()
