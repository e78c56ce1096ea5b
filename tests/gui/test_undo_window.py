"""Undo, redo, step back and reset by the keys and buttons of somebody at the window, at the worst moments too."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolBar

from gui.document import Answer
from gui.window import MainWindow
from gui.workspaces import Workspace
from life.board import Board
from life.experiment import Experiment, Fault
from life.facts import Mode
from life.fanout import FAN_OUTS
from life.grid import Grid
from life.rule import step_cell
from tests.gui.fakes import FakeQuestions
from tests.gui.windows import LONG, place, press

KEYS = [strategy.key for strategy in FAN_OUTS]
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
BLINKER = [(4, 4), (4, 5), (4, 6)]
BLOCK = [(8, 8), (8, 9), (9, 8), (9, 9)]


@pytest.fixture
def questions() -> FakeQuestions:
    return FakeQuestions(Answer.CANCEL)


@pytest.fixture
def window(opened_on):
    return opened_on((1280, 800))


def drag(window: MainWindow, *cells: tuple[int, int]) -> None:
    """Draws a stroke through `cells`."""
    QTest.mousePress(window.view, LEFT, NONE, place(window, *cells[0]))
    for cell in cells[1:]:
        QTest.mouseMove(window.view, place(window, *cell))
    QTest.mouseRelease(window.view, LEFT, NONE, place(window, *cells[-1]))


def undo(window: MainWindow) -> None:
    press(window, Qt.Key.Key_Z, CONTROL)


def redo(window: MainWindow) -> None:
    press(window, Qt.Key.Key_Z, CONTROL | SHIFT)


def live(board: Board) -> list[tuple[int, int]]:
    return [(int(y), int(x)) for y, x in zip(*np.nonzero(board.cells()), strict=True)]


def action_text(window: MainWindow, action_id: str) -> str:
    return window.actions_by_id[action_id].text().replace("&", "")


def run_to(window: MainWindow, qtbot, generation: int) -> None:
    window.session.step(generation - window.session.generation)
    qtbot.waitUntil(lambda: window.session.generation == generation and not window.session.is_running, timeout=LONG)


def next_board(board: Board) -> Board:
    """By the book's `step_cell`, without any of the machinery under test."""
    grid, next_grid = Grid.from_board(board), Grid(board.height, board.width)
    for y in range(board.height):
        for x in range(board.width):
            step_cell(y, x, grid.get, next_grid.set)
    return next_grid.to_board()


# Strokes


def test_a_stroke_is_undone_and_done_again_by_key(window):
    drag(window, *BLINKER)
    drag(window, (8, 8), (9, 8))
    assert live(window.view.board) == [*BLINKER, (8, 8), (9, 8)]
    undo(window)
    assert live(window.view.board) == BLINKER
    undo(window)
    assert live(window.view.board) == []
    redo(window)
    assert live(window.view.board) == BLINKER
    press(window, Qt.Key.Key_Y, CONTROL)
    assert live(window.view.board) == [*BLINKER, (8, 8), (9, 8)]


def test_the_actions_say_what_they_would_undo_and_are_there_only_when_there_is_something(window):
    undoing, redoing = window.actions_by_id["undo"], window.actions_by_id["redo"]
    assert (undoing.isEnabled(), redoing.isEnabled(), undoing.text()) == (False, False, "&Undo")
    drag(window, *BLINKER)
    assert (undoing.isEnabled(), redoing.isEnabled(), action_text(window, "undo")) == (True, False, "Undo Draw")
    assert undoing.toolTip().startswith("Undo Draw (Ctrl+Z)")
    undo(window)
    assert (undoing.isEnabled(), redoing.isEnabled(), action_text(window, "redo")) == (False, True, "Redo Draw")


def test_the_toolbar_undoes_and_does_again(window):
    bar = window.findChild(QToolBar, "toolbar")
    drag(window, *BLINKER)
    QTest.mouseClick(bar.widgetForAction(window.actions_by_id["undo"]), LEFT)
    assert live(window.view.board) == []
    QTest.mouseClick(bar.widgetForAction(window.actions_by_id["redo"]), LEFT)
    assert live(window.view.board) == BLINKER


def test_a_cell_that_was_changed_by_key_is_a_step_of_its_own(window):
    for _ in range(2):
        press(window, Qt.Key.Key_Right)
        press(window, Qt.Key.Key_D)
    assert window.view.board.population == 2
    undo(window)
    assert window.view.board.population == 1


def test_in_a_text_field_undo_is_that_of_the_text(window):
    drag(window, *BLINKER)
    rule = window.panel.board.rule
    rule.setFocus()
    QTest.keyClicks(rule, "x")
    press(window, Qt.Key.Key_Z, CONTROL)
    assert "x" not in rule.text()
    assert live(window.view.board) == BLINKER


def test_clearing_and_filling_ask_nothing_because_they_can_be_undone(window, questions):
    drag(window, *BLINKER)
    window.actions_by_id["random"].trigger()
    assert action_text(window, "undo") == "Undo Random fill"
    window.actions_by_id["clear"].trigger()
    assert window.view.board.population == 0
    undo(window)
    undo(window)
    assert live(window.view.board) == BLINKER
    assert questions.asked == []


def test_what_is_undone_to_what_was_saved_is_not_modified(window, questions, tmp_path):
    questions.path = tmp_path / "mine.rle"
    drag(window, *BLINKER)
    assert window.isWindowModified()
    press(window, Qt.Key.Key_S, CONTROL)
    assert not window.isWindowModified()
    drag(window, *BLOCK)
    assert window.isWindowModified()
    undo(window)
    assert not window.isWindowModified()
    undo(window)
    assert window.isWindowModified()


def test_a_fault_that_was_planted_is_taken_out_by_undo_where_it_was(window):
    window.actions_by_id["fault"].trigger()
    drag(window, (3, 4))
    assert dict(window.session.experiment.faults) == {(3, 4): Fault.ERROR}
    window.session.resize(20, 20)
    assert dict(window.session.experiment.faults) == {(7, 6): Fault.ERROR}
    undo(window)
    assert dict(window.session.experiment.faults) == {(3, 4): Fault.ERROR}
    assert (window.view.board.height, window.view.board.width) == (12, 16)
    undo(window)
    assert not window.session.experiment.faults


# Runs


def test_a_run_and_the_edit_within_it_are_undone_one_by_one(window, qtbot):
    """The last two steps undone are exactly what was seen when the edit was made."""
    drag(window, *BLINKER)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.generation >= 5, timeout=LONG)
    seen = window.session.moment
    drag(window, *BLOCK)
    edited = window.session.board
    with qtbot.waitSignal(window.session.generation_finished, timeout=LONG):
        pass
    undo(window)
    assert window.session.mode is Mode.PAUSED
    assert window.session.board == edited
    undo(window)
    assert window.session.moment == seen
    assert action_text(window, "undo") == f"Undo Run to generation {seen.generation:,}"
    undo(window)
    assert (window.session.generation, live(window.view.board)) == (0, BLINKER)
    redo(window)
    assert window.session.moment == seen
    assert window.status.generation.text == f"{seen.generation:,}"
    goes_on_from_what_is_shown(window, qtbot)


def test_steps_back_go_through_every_generation_and_are_undone_together(window, qtbot):
    drag(window, *BLINKER)
    assert not window.actions_by_id["step-back"].isEnabled()
    boards = [window.session.board]
    for _ in range(6):
        boards.append(next_board(boards[-1]))
    run_to(window, qtbot, 6)
    assert window.actions_by_id["step-back"].isEnabled()
    for generation in (5, 4, 3):
        press(window, Qt.Key.Key_Backspace)
        assert (window.session.generation, window.session.board) == (generation, boards[generation])
    undo(window)
    assert (window.session.generation, window.session.board) == (6, boards[6])
    redo(window)
    for _ in range(3):
        press(window, Qt.Key.Key_Backspace)
    assert (window.session.generation, live(window.view.board)) == (0, BLINKER)
    assert not window.actions_by_id["step-back"].isEnabled()


def test_a_step_forward_after_steps_back_goes_on_from_there(window, qtbot):
    drag(window, *BLINKER)
    run_to(window, qtbot, 5)
    press(window, Qt.Key.Key_Backspace)
    press(window, Qt.Key.Key_Backspace)
    at_three = window.session.board
    run_to(window, qtbot, 4)
    assert window.session.board == next_board(at_three)


def test_reset_and_its_undo_are_one_key_each(window, qtbot):
    drag(window, *BLINKER)
    run_to(window, qtbot, 3)
    drag(window, *BLOCK)
    seen = window.session.moment
    press(window, Qt.Key.Key_R, CONTROL)
    assert (window.session.generation, live(window.view.board)) == (0, BLINKER)
    undo(window)
    assert window.session.moment == seen


def test_what_was_looked_at_in_the_past_gives_way_to_what_an_undo_brings_back(window, qtbot):
    drag(window, *BLINKER)
    window.workspaces.show(Workspace.WATCH)
    run_to(window, qtbot, 3)
    qtbot.waitUntil(lambda: len(window.watch.records) == 3, timeout=LONG)
    window.watch.select_record(window.watch.records[0])
    window.watch.move_to(window.watch.records[0].trace.finished - 1)
    assert not window.watch.follows
    undo(window)
    assert window.watch.follows
    assert window.view.states.past is None


def test_a_failed_generation_that_is_undone_takes_its_window_and_its_marks_along(window, qtbot, capfd):
    drag(window, *BLINKER)
    window.session.configure(Experiment(strategy="thread-per-cell", latency=0.001, faults={(3, 5): Fault.ERROR}))
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.failures.dialog is not None and window.failures.dialog.isVisible(), timeout=LONG)
    qtbot.waitUntil(lambda: window.session.mode is Mode.HELD, timeout=LONG)
    assert window.session.generation == 1
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=LONG)
    window.view.setFocus()
    undo(window)
    assert (window.session.generation, live(window.view.board), window.session.mode) == (0, BLINKER, Mode.PAUSED)
    assert not window.failures.dialog.isVisible()
    assert not window.actions_by_id["retry"].isEnabled()
    assert dict(window.session.experiment.faults) == {(3, 5): Fault.ERROR}
    assert "Problem with I/O" in capfd.readouterr().err


# The worst moments: the cells wait in the wire for a minute


@pytest.fixture(params=KEYS)
def midway(request, window, qtbot) -> MainWindow:
    """A window in the middle of a generation that ends only in a minute, after one stroke and one generation."""
    drag(window, *BLINKER)
    run_to(window, qtbot, 1)
    window.session.configure(Experiment(strategy=request.param, latency=60.0))
    with qtbot.waitSignal(window.session.generation_started, timeout=LONG):
        window.session.play()
        window.session.accept_limit()
    return window


def goes_on_from_what_is_shown(window: MainWindow, qtbot) -> None:
    """The next generation is made from what is shown now, by the same strategy without the wait."""
    shown, strategy = window.session.moment, window.session.experiment.strategy
    window.session.stop()
    window.session.configure(Experiment(strategy=strategy, latency=0.0))
    qtbot.waitUntil(lambda: not window.session.is_running, timeout=LONG)
    assert window.session.moment == shown
    window.session.step()
    qtbot.waitUntil(lambda: window.session.generation == shown.generation + 1, timeout=LONG)
    assert window.session.board == next_board(shown.board)
    assert window.view.board == window.session.board


UPRIGHT = [(3, 5), (4, 5), (5, 5)]


def test_a_stroke_in_the_middle_of_a_generation_is_kept(midway, qtbot):
    drag(midway, *BLOCK)
    assert (midway.session.generation, live(midway.view.board)) == (1, [*UPRIGHT, *BLOCK])
    goes_on_from_what_is_shown(midway, qtbot)


def test_an_undo_in_the_middle_of_a_generation_brings_back_what_was_before_the_run(midway, qtbot):
    undo(midway)
    assert (midway.session.generation, live(midway.view.board)) == (0, BLINKER)
    assert midway.session.mode is Mode.PAUSED
    goes_on_from_what_is_shown(midway, qtbot)


def test_a_resize_in_the_middle_of_a_generation_is_kept(midway, qtbot):
    midway.session.resize(16, 20)
    assert live(midway.view.board) == [(y + 2, x + 2) for y, x in UPRIGHT]
    goes_on_from_what_is_shown(midway, qtbot)


def test_a_step_back_in_the_middle_of_a_generation_goes_to_the_one_before(midway, qtbot):
    press(midway, Qt.Key.Key_Backspace)
    assert (midway.session.generation, live(midway.view.board)) == (0, BLINKER)
    goes_on_from_what_is_shown(midway, qtbot)


def test_a_pattern_loaded_in_the_middle_of_a_generation_stands(midway, qtbot, tmp_path):
    path = tmp_path / "block.rle"
    path.write_text("x = 2, y = 2, rule = B3/S23:T8,8\n2o$2o!\n")
    midway.document.open(path)
    assert (midway.session.generation, midway.view.board.population) == (0, 4)
    assert not midway.actions_by_id["undo"].isEnabled()
    goes_on_from_what_is_shown(midway, qtbot)


def test_a_window_closed_in_the_middle_of_a_generation_asks_about_what_was_drawn_and_ends_all_threads(
    midway, questions
):
    midway.close()
    assert (questions.asked, midway.isVisible()) == (["unsaved"], True)
    questions.answer = Answer.DISCARD
    midway.close()
    assert "simulation" not in {thread.name for thread in threading.enumerate()}
