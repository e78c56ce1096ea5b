"""Cut, copy, paste and drop, by the mouse and the keys of somebody at the window."""

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.editing.clipboard import PATTERN_MIME
from gui.settings import PASTE_MODE
from gui.window import MainWindow
from life.board import Board
from life.editing.floating import PasteMode
from life.editing.selection import Selection
from life.patterns.rle import read_rle
from life.plane.box import Box
from tests.gui.editing_window import (
    BOX,
    CONTROL,
    GLIDER,
    GLIDER_RLE,
    LEFT,
    NONE,
    RIGHT,
    SHIFT,
    click,
    copy_text,
    live,
    moved,
    point_at,
    select,
)
from tests.gui.windows import LONG, place, press

# The clipboard


def test_copy_puts_rle_on_the_clipboard_and_leaves_the_board(glider):
    press(glider, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == GLIDER_RLE
    assert live(glider) == set(GLIDER)


def test_without_a_selection_the_whole_board_is_copied(glider):
    press(glider, Qt.Key.Key_Escape)
    press(glider, Qt.Key.Key_C, CONTROL)
    pattern = read_rle(QGuiApplication.clipboard().text())
    assert (pattern.height, pattern.width, pattern.population) == (12, 16, 5)


def test_cut_is_a_copy_that_clears_and_one_step_to_be_undone(glider):
    press(glider, Qt.Key.Key_X, CONTROL)
    assert QGuiApplication.clipboard().text() == GLIDER_RLE
    assert live(glider) == set()
    press(glider, Qt.Key.Key_Z, CONTROL)
    assert live(glider) == set(GLIDER)


def test_nothing_alive_is_nothing_to_copy(window):
    copy_text("what was there")
    select(window, (2, 2), (6, 6))
    press(window, Qt.Key.Key_X, CONTROL)
    assert window.message.text == "The selection has no live cell, so there is nothing to copy."
    assert QGuiApplication.clipboard().text() == "what was there"


def test_a_paste_follows_the_pointer_and_a_click_places_it(window):
    copy_text(GLIDER_RLE)
    press(window, Qt.Key.Key_V, CONTROL)
    point_at(window, 4, 4)
    assert window.editing.floating.area == BOX
    point_at(window, 8, 10)
    assert live(window) == set()
    click(window, 8, 10)
    assert live(window) == moved(GLIDER, 4, 6)
    assert window.editing.floating is None
    press(window, Qt.Key.Key_Z, CONTROL)
    assert live(window) == set()


def test_v_pastes_where_the_pointer_is_and_escape_cancels(window):
    copy_text(GLIDER_RLE)
    point_at(window, 4, 4)
    press(window, Qt.Key.Key_V)
    assert window.editing.floating.area == BOX
    press(window, Qt.Key.Key_Escape)
    assert window.editing.floating is None
    click(window, 0, 0)
    assert live(window) == {(0, 0)}


def test_a_paste_is_moved_and_placed_without_a_mouse_and_plays_nothing(window):
    copy_text(GLIDER_RLE)
    point_at(window, 4, 4)
    press(window, Qt.Key.Key_V)
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Right, SHIFT)
    press(window, Qt.Key.Key_Left, SHIFT)
    press(window, Qt.Key.Key_Return)
    assert live(window) == moved(GLIDER, 1, 1)
    assert not window.session.is_running
    assert window.session.generation == 0


def test_a_paste_is_turned_and_flipped_while_it_floats(window):
    copy_text("x = 3, y = 2\n3o$o!")
    point_at(window, 4, 4)
    press(window, Qt.Key.Key_V)
    start = window.editing.floating
    press(window, ">")
    turned = window.editing.floating
    assert np.array_equal(turned.cells, np.rot90(start.cells, -1))
    press(window, "<")
    assert np.array_equal(window.editing.floating.cells, start.cells)
    assert window.editing.floating.area == start.area
    press(window, Qt.Key.Key_X)
    assert np.array_equal(window.editing.floating.cells, start.cells[:, ::-1])
    press(window, Qt.Key.Key_Y)
    assert np.array_equal(window.editing.floating.cells, start.cells[::-1, ::-1])
    click(window, 4, 4)
    assert live(window) == {(4, 5), (5, 3), (5, 4), (5, 5)}


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (PasteMode.OR, {(5, 4), (5, 5), (5, 6), (4, 5)}),
        (PasteMode.XOR, {(5, 4), (5, 6), (4, 5)}),
        (PasteMode.AND, {(5, 5)}),
        (PasteMode.COPY, {(5, 4), (5, 5), (5, 6)}),
    ],
)
def test_every_mode_is_reached_by_key_and_does_what_it_says(window, mode, expected):
    window.session.change(Board.from_live(12, 16, [(5, 5), (4, 5)]), "Draw")
    copy_text("x = 3, y = 3\n$3o!")
    press(window, Qt.Key.Key_V)
    for _ in range([PasteMode.OR, PasteMode.XOR, PasteMode.AND, PasteMode.COPY].index(mode)):
        press(window, Qt.Key.Key_M, SHIFT)
    assert window.editing.mode is mode
    assert window.actions_by_id[f"paste-{mode.value}"].isChecked()
    click(window, 5, 5)
    assert live(window) == expected


def test_the_mode_is_chosen_in_the_menu_too_and_is_remembered(window, settings):
    window.actions_by_id["paste-and"].trigger()
    assert window.editing.mode is PasteMode.AND
    assert settings.get(PASTE_MODE) == "and"


@pytest.mark.parametrize(
    "text", ["#Life 1.06\n1 0\n2 1\n0 2\n1 2\n2 2\n", "!Name: Glider\n.O.\n..O\nOOO\n", GLIDER_RLE, "bob$2bo$3o!"]
)
def test_text_in_any_known_format_is_pasted(window, text):
    copy_text(text)
    press(window, Qt.Key.Key_V)
    click(window, 4, 4)
    assert live(window) == set(GLIDER)


@pytest.mark.parametrize("text", ["<html>a page</html>", "Dear Sir or Madam,", ""])
def test_what_is_no_pattern_is_said_in_one_sentence(window, text):
    copy_text(text)
    press(window, Qt.Key.Key_V)
    assert window.editing.floating is None
    assert window.message.text.startswith("Nothing was pasted: ")
    assert window.message.text.endswith(".")


def test_a_paste_larger_than_the_board_says_both_sizes(window):
    copy_text("x = 40, y = 1\n40o!")
    press(window, Qt.Key.Key_V)
    assert window.editing.floating is None
    assert window.message.text.startswith("This pattern has 1 × 40 cells and the board only 12 × 16; make the board")


def test_what_lies_beyond_the_edge_is_counted(window):
    copy_text(GLIDER_RLE)
    press(window, Qt.Key.Key_V)
    click(window, 11, 8)
    assert live(window) == {(10, 8), (11, 9)}
    assert window.message.text == "3 of 5 live cells lay beyond the edge of the board and were left out."


def test_the_welcome_of_the_first_start_does_not_stand_where_something_is_to_be_placed(window):
    welcome = window.outlook.welcome.card
    welcome.show()
    window.editing.float_pattern(read_rle(GLIDER_RLE))
    assert welcome.isHidden()


def test_the_right_button_draws_nothing_while_something_floats(window):
    window.session.change(Board.from_live(12, 16, [(8, 8)]), "Draw")
    copy_text(GLIDER_RLE)
    press(window, Qt.Key.Key_V)
    QTest.mouseClick(window.view, RIGHT, NONE, place(window, 8, 8))
    assert live(window) == {(8, 8)}
    assert window.editing.floating


def test_a_paste_while_it_plays_is_not_lost_to_a_late_generation(window, qtbot):
    block = {(4, 4), (4, 5), (5, 4), (5, 5)}
    copy_text("x = 2, y = 2\n2o$2o!")
    press(window, Qt.Key.Key_Return)
    for column in (0, 5, 10):
        with qtbot.waitSignal(window.session.generation_finished, timeout=LONG):
            pass
        press(window, Qt.Key.Key_V)
        click(window, 4, column)
    for _ in range(3):
        with qtbot.waitSignal(window.session.generation_finished, timeout=LONG):
            pass
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.session.is_running, timeout=LONG)
    assert live(window) == {cell for column in (0, 5, 10) for cell in moved(block, 0, column - 4)}


def test_a_paste_that_keys_have_moved_stays_when_the_view_zooms_and_never_leaves_the_board(window):
    copy_text(GLIDER_RLE)
    point_at(window, 4, 4)
    press(window, Qt.Key.Key_V)
    press(window, Qt.Key.Key_Right)
    for key in (Qt.Key.Key_BracketRight, Qt.Key.Key_BracketRight):
        press(window, key)
    assert window.editing.floating.area == BOX.moved(0, 1)
    for _ in range(4):
        press(window, Qt.Key.Key_Down, SHIFT)
    assert window.editing.floating.area == Selection(11, 4, 3, 3)
    assert window.view.viewport.visible(Box(0, 0, 12, 16)).bottom == 12


# Drops


def dragged(text: str, mime: str = "text/plain") -> QMimeData:
    data = QMimeData()
    data.setData(mime, text.encode())
    return data


def send_drag(kind, window: MainWindow, data: QMimeData, y: int, x: int):
    at = place(window, y, x)
    point = QPointF(at) if kind is QDropEvent else at
    event = kind(point, Qt.DropAction.CopyAction, data, LEFT, NONE)
    QApplication.sendEvent(window.view, event)
    return event


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # Qt 6.12 takes the points as QPointF
@pytest.mark.parametrize("mime", ["text/plain", PATTERN_MIME])
def test_a_pattern_is_seen_while_it_is_dragged_and_placed_where_it_is_dropped(window, mime):
    data = dragged(GLIDER_RLE, mime)
    assert send_drag(QDragEnterEvent, window, data, 2, 2).isAccepted()
    assert send_drag(QDragMoveEvent, window, data, 4, 4).isAccepted()
    assert window.editing.floating.area == BOX
    assert live(window) == set()
    assert send_drag(QDropEvent, window, data, 6, 6).isAccepted()
    assert live(window) == moved(GLIDER, 2, 2)
    assert window.editing.floating is None
    press(window, Qt.Key.Key_Z, CONTROL)
    assert live(window) == set()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_drag_that_leaves_again_leaves_nothing(window):
    data = dragged(GLIDER_RLE)
    send_drag(QDragEnterEvent, window, data, 2, 2)
    QApplication.sendEvent(window.view, QDragLeaveEvent())
    assert window.editing.floating is None
    assert live(window) == set()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_text_that_is_no_pattern_is_not_taken(window):
    assert not send_drag(QDragEnterEvent, window, dragged("Dear Sir or Madam,"), 2, 2).isAccepted()
    assert window.editing.floating is None


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_file_over_the_board_is_left_to_the_window_which_opens_it(window, tmp_path):
    path = tmp_path / "glider.rle"
    path.write_text(GLIDER_RLE)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    assert send_drag(QDragEnterEvent, window, data, 2, 2).isAccepted()  # by the window, to which the board leaves it
    assert window.editing.floating is None
