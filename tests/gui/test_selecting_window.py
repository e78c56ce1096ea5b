"""Tools and selections, by the mouse and the keys of somebody at the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from gui.board.tools import Tool
from life.editing.selection import Selection
from life.patterns.rle import read_rle
from tests.gui.editing_window import (
    BOX,
    CONTROL,
    GLIDER,
    GLIDER_RLE,
    LEFT,
    NONE,
    SHIFT,
    click,
    drag,
    live,
    moved,
    point_at,
    select,
)
from tests.gui.windows import LONG, place, press

# Tools


def test_every_tool_has_its_key(window):
    tools = [Tool.DRAW, Tool.PICK, Tool.SELECT, Tool.PAN]
    for key, tool in zip((Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F5), tools, strict=True):
        press(window, key)
        assert window.view.tool is tool
    checked = {row for row in ("draw", "pick", "select", "pan", "fault") if window.actions_by_id[row].isChecked()}
    assert checked == {"pan"}


def test_a_picked_live_cell_makes_a_pen_that_only_draws(glider):
    press(glider, Qt.Key.Key_F3)
    click(glider, *GLIDER[0])
    assert glider.view.tool is Tool.DRAW
    assert glider.actions_by_id["draw"].isChecked()
    drag(glider, (5, 3), (5, 7))
    assert live(glider) == {*GLIDER, (5, 6), (5, 7)}


def test_a_picked_dead_cell_makes_an_eraser_until_the_pen_is_taken_anew(glider):
    press(glider, Qt.Key.Key_F3)
    click(glider, 0, 0)
    drag(glider, (5, 0), (5, 7))
    assert live(glider) == {(3, 4), (4, 5)}
    press(glider, Qt.Key.Key_F2)
    click(glider, 0, 0)
    assert live(glider) == {(0, 0), (3, 4), (4, 5)}


def test_a_stroke_is_one_step_to_be_undone(window):
    drag(window, (2, 2), (2, 5), (6, 5))
    click(window, 9, 9)
    press(window, Qt.Key.Key_Z, CONTROL)
    assert live(window) == {(2, 2), (2, 3), (2, 4), (2, 5), (3, 5), (4, 5), (5, 5), (6, 5)}
    press(window, Qt.Key.Key_Z, CONTROL)
    assert live(window) == set()


def test_cells_are_drawn_without_a_mouse_and_each_is_a_step(window):
    press(window, Qt.Key.Key_Right)
    start = window.view.cursor_cell
    press(window, Qt.Key.Key_D)
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_D)
    assert live(window) == {start, (start[0], start[1] + 1)}
    press(window, Qt.Key.Key_Z, CONTROL)
    assert live(window) == {start}


def test_faults_are_planted_without_a_mouse(window):
    press(window, Qt.Key.Key_Down)
    window.actions_by_id["fault"].trigger()
    press(window, Qt.Key.Key_D)
    assert list(window.session.experiment.faults) == [window.view.cursor_cell]


# Selecting


def test_a_drag_with_the_select_tool_selects_and_draws_nothing(window):
    select(window, (2, 3), (6, 9))
    assert window.editing.selection == Selection(2, 3, 5, 7)
    assert live(window) == set()


def test_a_selection_ends_at_the_edge_of_the_board(window):
    press(window, Qt.Key.Key_F4)
    QTest.mousePress(window.view, LEFT, NONE, place(window, 9, 12))
    QTest.mouseMove(window.view, place(window, 15, 20))
    QTest.mouseRelease(window.view, LEFT, NONE, place(window, 15, 20))
    assert window.editing.selection == Selection(9, 12, 3, 4)


def test_shift_extends_the_selection_at_the_edges_that_are_near(window):
    select(window, (4, 4), (6, 6))
    click(window, 9, 10, SHIFT)
    assert window.editing.selection == Selection(4, 4, 6, 7)
    drag(window, (4, 4), (1, 2), modifiers=SHIFT)
    assert window.editing.selection == Selection(1, 2, 9, 9)


@pytest.mark.parametrize("where", [(4, 4), (10, 10)])
def test_a_click_without_a_drag_removes_the_selection(window, where):
    select(window, (2, 2), (6, 6))
    click(window, *where)
    assert window.editing.selection is None


def test_escape_removes_the_selection_and_so_does_its_action(window):
    select(window, (2, 2), (6, 6))
    press(window, Qt.Key.Key_Escape)
    assert window.editing.selection is None
    press(window, Qt.Key.Key_A)
    assert window.editing.selection == Selection(0, 0, 12, 16)
    press(window, Qt.Key.Key_A, CONTROL | SHIFT)
    assert window.editing.selection is None
    assert not window.actions_by_id["remove-selection"].isEnabled()


def test_escape_stops_what_runs_before_it_removes_the_selection(window, qtbot):
    select(window, (2, 2), (6, 6))
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.is_running, timeout=LONG)
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.session.is_running, timeout=LONG)
    assert window.editing.selection == Selection(2, 2, 5, 5)
    press(window, Qt.Key.Key_Escape)
    assert window.editing.selection is None


def test_s_shrinks_to_the_live_cells_of_the_selection_or_of_the_board(glider):
    press(glider, Qt.Key.Key_A)
    press(glider, Qt.Key.Key_S)
    assert glider.editing.selection == BOX
    press(glider, Qt.Key.Key_Escape)
    press(glider, Qt.Key.Key_S)
    assert glider.editing.selection == BOX


def test_shrinking_to_nothing_says_so_and_leaves_the_selection(window):
    press(window, Qt.Key.Key_A)
    press(window, Qt.Key.Key_S)
    assert window.message.text == "The selection has no live cell to shrink to."
    assert window.editing.selection == Selection(0, 0, 12, 16)


def test_shift_and_arrows_select_without_a_mouse(window):
    press(window, Qt.Key.Key_F4)
    point_at(window, 4, 4)
    press(window, Qt.Key.Key_Down)
    assert window.view.cursor_cell == (4, 4)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        press(window, key, SHIFT)
    assert window.editing.selection == Selection(4, 4, 2, 3)
    press(window, Qt.Key.Key_Left, SHIFT | CONTROL)
    assert window.editing.selection == Selection(4, 0, 2, 5)
    press(window, Qt.Key.Key_Up)
    press(window, Qt.Key.Key_Up, SHIFT)
    assert window.editing.selection == Selection(3, 0, 2, 1)


def test_with_another_tool_shift_and_arrows_still_go_far(window):
    point_at(window, 1, 1)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down, SHIFT)
    assert window.view.cursor_cell == (11, 1)
    assert window.editing.selection is None


def test_a_selection_moves_along_when_the_board_grows_and_goes_with_the_next_pattern(glider):
    glider.session.resize(20, 20)
    assert glider.editing.selection == Selection(7, 5, 3, 3)
    assert live(glider) == moved(GLIDER, 4, 2)
    glider.document.start_new()
    assert glider.editing.selection is None


def test_the_right_button_opens_the_menu_of_the_selection_with_the_select_tool_only(window):
    menu = window.view.findChild(QMenu, "board-menu")
    for key, is_open in ((Qt.Key.Key_F2, False), (Qt.Key.Key_F4, True)):
        press(window, key)
        at = place(window, 3, 3)
        reason = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(window.view, QContextMenuEvent(reason, at, window.view.mapToGlobal(at)))
        assert menu.isVisible() is is_open
    menu.close()


# How it is used elsewhere


def test_what_the_library_wants_floats(window):
    point_at(window, 4, 4)
    window.editing.float_pattern(read_rle(GLIDER_RLE))
    assert window.editing.floating.area == BOX
    assert QApplication.focusWidget() is window.view


def test_every_edit_has_a_name_in_the_menu(glider):
    names = []
    for action_id in ("rotate-clockwise", "flip-top-bottom", "invert", "random", "clear-outside", "clear-inside"):
        glider.actions_by_id[action_id].trigger()
        names.append(glider.actions_by_id["undo"].text().replace("&Undo ", ""))
    assert names[0] == "Rotate the selection"
    assert all(names)
