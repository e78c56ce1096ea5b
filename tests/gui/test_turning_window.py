"""Moving, turning and filling, by the mouse and the keys of somebody at the window."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.editing.fill_dialog import RandomFillDialog
from gui.settings import DENSITY, SYMMETRY
from life.board import Board
from life.editing.chance import Symmetry
from life.editing.selection import Selection
from tests.gui.editing_window import (
    BOX,
    CONTROL,
    GLIDER,
    LEFT,
    NONE,
    SHIFT,
    click,
    drag,
    live,
    moved,
    select,
)
from tests.gui.windows import LONG, place, press

# Moving


def test_dragging_the_selection_moves_its_cells_as_one_step(glider):
    drag(glider, (4, 4), (6, 6), (8, 9))
    assert live(glider) == moved(GLIDER, 4, 5)
    assert glider.editing.selection == BOX.moved(4, 5)
    assert glider.actions_by_id["undo"].text() == "&Undo Move the selection"
    press(glider, Qt.Key.Key_Z, CONTROL)
    assert live(glider) == set(GLIDER)


def test_an_undo_brings_the_selection_back_and_a_redo_takes_it_along(glider):
    drag(glider, (4, 4), (8, 9))
    press(glider, "x")
    press(glider, Qt.Key.Key_Z, CONTROL)
    assert glider.editing.selection == BOX.moved(4, 5)
    press(glider, Qt.Key.Key_Z, CONTROL)
    assert glider.editing.selection == BOX
    press(glider, Qt.Key.Key_Y, CONTROL)
    assert glider.editing.selection == BOX.moved(4, 5)


def test_an_undo_leaves_a_selection_that_was_made_since(glider):
    drag(glider, (4, 4), (8, 9))
    drag(glider, (0, 0), (1, 1))
    press(glider, Qt.Key.Key_Z, CONTROL)
    assert glider.editing.selection == Selection(0, 0, 2, 2)


def test_with_control_a_copy_is_dragged(glider):
    drag(glider, (4, 4), (8, 9), modifiers=CONTROL)
    assert live(glider) == set(GLIDER) | moved(GLIDER, 4, 5)


def test_escape_in_the_middle_of_a_drag_puts_everything_back(glider):
    drag(glider, (4, 4), (8, 9), release=False)
    assert glider.editing.floating
    press(glider, Qt.Key.Key_Escape)
    QTest.mouseMove(glider.view, place(glider, 9, 9))
    QTest.mouseRelease(glider.view, LEFT, NONE, place(glider, 9, 9))
    assert live(glider) == set(GLIDER)
    assert glider.editing.selection == BOX


def test_the_selection_is_moved_without_a_mouse(glider):
    press(glider, Qt.Key.Key_M)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        press(glider, key)
    press(glider, Qt.Key.Key_Enter)
    assert live(glider) == moved(GLIDER, 2, 1)
    assert glider.editing.selection == BOX.moved(2, 1)


# Turning and filling


@pytest.mark.parametrize("key", ["<", ">", "x", "y"])
def test_the_selection_is_turned_by_key_and_what_is_outside_stays(glider, key):
    cells = np.zeros((3, 3), bool)
    for y, x in GLIDER:
        cells[y - 3, x - 3] = True
    turned = {"<": np.rot90(cells), ">": np.rot90(cells, -1), "x": cells[:, ::-1], "y": cells[::-1]}[key]
    glider.session.change(Board.from_live(12, 16, [*GLIDER, (0, 0)]), "Draw")
    press(glider, key)
    assert live(glider) == {(0, 0)} | {(int(y) + 3, int(x) + 3) for y, x in zip(*np.nonzero(turned), strict=True)}
    press(glider, Qt.Key.Key_Z, CONTROL)
    assert live(glider) == {*GLIDER, (0, 0)}


def test_without_a_selection_the_board_is_flipped(glider):
    press(glider, Qt.Key.Key_Escape)
    press(glider, "x")
    assert live(glider) == {(y, 15 - x) for y, x in GLIDER}
    assert glider.editing.selection is None


def test_a_board_that_is_not_square_is_not_rotated_and_says_so(glider):
    press(glider, Qt.Key.Key_Escape)
    press(glider, ">")
    assert live(glider) == set(GLIDER)
    assert glider.message.text.startswith("A board of 12 × 16 cells is not square and cannot be rotated;")


def test_a_rotation_over_the_edge_is_refused_in_a_sentence(window):
    window.session.change(Board.from_live(12, 16, [(0, 3)]), "Draw")
    select(window, (0, 2), (0, 8))
    press(window, ">")
    assert live(window) == {(0, 3)}
    assert window.editing.selection == Selection(0, 2, 1, 7)
    assert "would reach over the edge" in window.message.text


def test_invert_clear_inside_and_clear_outside_are_about_the_selection(glider):
    glider.session.change(Board.from_live(12, 16, [*GLIDER, (0, 0)]), "Draw")
    inside = {(y, x) for y in range(3, 6) for x in range(3, 6)}
    press(glider, Qt.Key.Key_I, CONTROL)
    assert live(glider) == inside - set(GLIDER) | {(0, 0)}
    press(glider, Qt.Key.Key_Z, CONTROL)
    press(glider, Qt.Key.Key_Delete)
    assert live(glider) == {(0, 0)}
    press(glider, Qt.Key.Key_Z, CONTROL)
    press(glider, Qt.Key.Key_Delete, SHIFT)
    assert live(glider) == set(GLIDER)


def test_without_a_selection_delete_deletes_nothing_and_invert_is_about_the_board(glider):
    press(glider, Qt.Key.Key_Escape)
    press(glider, Qt.Key.Key_Delete)
    assert live(glider) == set(GLIDER)
    press(glider, Qt.Key.Key_I, CONTROL)
    assert len(live(glider)) == 12 * 16 - 5
    press(glider, Qt.Key.Key_Backspace, CONTROL)
    assert live(glider) == set()
    press(glider, Qt.Key.Key_Z, CONTROL)
    assert len(live(glider)) == 12 * 16 - 5


def test_a_random_fill_stays_within_the_selection(window, settings):
    settings.set(DENSITY, 99)
    select(window, (2, 3), (6, 9))
    press(window, Qt.Key.Key_5, CONTROL)
    cells = live(window)
    assert len(cells) > 20
    assert all(window.editing.selection.has(cell) for cell in cells)


def test_density_and_symmetry_are_chosen_in_a_window_and_remembered(window, qtbot, settings):
    press(window, Qt.Key.Key_5, CONTROL | SHIFT)
    dialog = window.findChild(RandomFillDialog)
    dialog.density.setValue(50)
    dialog.symmetry.setCurrentText("Mirrored both ways")
    QTest.mouseClick(dialog.fill, LEFT)
    cells = window.view.board.cells()
    assert cells.any()
    assert np.array_equal(cells, cells[::-1])
    assert np.array_equal(cells, cells[:, ::-1])
    assert settings.get(DENSITY) == 50
    assert Symmetry(settings.get(SYMMETRY)) is Symmetry.BOTH


def test_a_symmetry_that_needs_a_square_says_so(window, settings):
    settings.set(SYMMETRY, Symmetry.QUARTER_TURN.value)
    press(window, Qt.Key.Key_5, CONTROL)
    assert live(window) == set()
    assert "must be square, and this is 12 × 16" in window.message.text
    select(window, (2, 2), (9, 9))
    press(window, Qt.Key.Key_5, CONTROL)
    assert np.array_equal(window.view.board.cells()[2:10, 2:10], np.rot90(window.view.board.cells()[2:10, 2:10]))
    assert live(window)


def test_what_floats_is_inverted_and_filled_instead_of_the_board(glider, settings):
    settings.set(DENSITY, 99)
    press(glider, Qt.Key.Key_C, CONTROL)
    press(glider, Qt.Key.Key_V)
    press(glider, Qt.Key.Key_I, CONTROL)
    assert glider.editing.floating.cells.sum() == 4
    press(glider, Qt.Key.Key_5, CONTROL)
    assert glider.editing.floating.cells.sum() > 5
    assert live(glider) == set(GLIDER)
    assert not glider.actions_by_id["clear"].isEnabled()


# Keys, and the past


def test_letters_stay_in_a_text_field(glider):
    rule = glider.panel.board.rule
    rule.setFocus()
    field = QApplication.focusWidget()
    QTest.keyClicks(field, "xyasvdm<>M")
    assert live(glider) == set(GLIDER)
    assert glider.editing.selection == BOX
    assert glider.editing.floating is None


def test_the_past_is_not_edited_and_says_so(glider, qtbot):
    press(glider, Qt.Key.Key_C, CONTROL)
    glider.session.set_recording(True)
    glider.overlay.set_enabled(True)
    press(glider, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: glider.session.generation == 1 and not glider.session.is_running, timeout=LONG)
    glider.watch.move_to(glider.watch.records[-1].trace.started)
    assert glider.view.is_past
    before = live(glider)
    for key in ("x", Qt.Key.Key_Delete):
        glider.message.hide()
        press(glider, key)
        assert glider.message.text.startswith("An earlier generation is shown, which cannot be changed;")
    press(glider, Qt.Key.Key_V)
    assert glider.editing.floating is None
    click(glider, 8, 8)
    press(glider, Qt.Key.Key_D)
    glider.watch.follow()
    assert live(glider) == before
