"""The endless plane in the window, by the mouse and the keys of somebody who draws far from anywhere."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from gui.editing.editing import NOTHING_LIVES
from life.board import Board
from life.editing.selection import Selection
from life.experiment import Experiment, WireKind
from life.facts import Mode
from life.patterns.rle import read_rle
from life.plane.box import Box
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY
from life.topology import BOUNDED, PLANE, TORUS
from tests.gui.editing_window import (
    CONTROL,
    GLIDER,
    GLIDER_RLE,
    LEFT,
    NONE,
    SHIFT,
    click,
    copy_text,
    drag,
    moved,
    point_at,
    select,
)
from tests.gui.windows import LONG, place, press

FAR = (1 << 40) + 5, -(1 << 41) - 7


@pytest.fixture
def plane(window):
    """An empty plane, seen around (0, 0) with cells of 16 pixels."""
    window.session.load(TilePlane(), CONWAY, PLANE)
    look_at(window, 0, 0)
    return window


@pytest.fixture
def glider(plane):
    """The glider, drawn, and selected with the tool."""
    put(plane, GLIDER)
    select(plane, (3, 3), (5, 5))
    return plane


def look_at(window, y: int, x: int, scale: float = 16) -> None:
    window.view.show_scale(scale)
    window.view.fit_box(Box(y - 10, x - 10, y + 10, x + 10))
    window.view.show_scale(scale)
    window.grab()


def put(window, cells) -> None:
    ys, xs = (np.array(numbers, np.int64) for numbers in zip(*cells, strict=True))
    window.session.change(TilePlane.from_cells(ys, xs), "Draw")


def live(window) -> set[tuple[int, int]]:
    ys, xs = window.session.board.live_cells()
    return set(zip(ys.tolist(), xs.tolist(), strict=True))


def said(window) -> str:
    return window.message.text


# Drawing


def test_cells_are_drawn_on_both_sides_of_nought_and_each_stroke_is_undone(plane):
    drag(plane, (-3, -4), (-3, 2))
    click(plane, 5, -5)
    assert live(plane) == {(-3, x) for x in range(-4, 3)} | {(5, -5)}
    press(plane, Qt.Key.Key_Z, CONTROL)
    press(plane, Qt.Key.Key_Z, CONTROL)
    assert live(plane) == set()
    press(plane, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert live(plane) == {(-3, x) for x in range(-4, 3)}


def test_far_out_a_cell_is_the_one_that_was_clicked(plane):
    look_at(plane, *FAR)
    click(plane, *FAR)
    assert live(plane) == {FAR}
    point_at(plane, *FAR)
    assert plane.status.cell.text == f"({FAR[0]:,}, −{-FAR[1]:,})"


def test_the_pen_moves_the_board_where_a_pixel_is_a_great_many_cells(plane):
    plane.view.show_scale(1 / 1024)
    middle = plane.view.rect().center()
    before = plane.view.viewport.cell_at((middle.y(), middle.x()))
    QTest.mousePress(plane.view, LEFT, NONE, middle)
    QTest.mouseMove(plane.view, middle + QPoint(30, 0))
    QTest.mouseRelease(plane.view, LEFT, NONE, middle + QPoint(30, 0))
    assert live(plane) == set()
    assert plane.view.viewport.cell_at((middle.y(), middle.x() + 30)) == before
    plane.view.show_scale(1)
    QTest.mouseClick(plane.view, LEFT, NONE, middle)
    assert len(live(plane)) == 1


def test_the_arrow_keys_choose_cells_at_negative_places(plane):
    look_at(plane, -20, -20)
    press(plane, Qt.Key.Key_Left)
    press(plane, Qt.Key.Key_Up)
    press(plane, Qt.Key.Key_D)
    cell = plane.view.cursor_cell
    assert cell[0] < 0 > cell[1]
    assert live(plane) == {cell}
    assert plane.view.accessibleDescription().startswith(f"Row {cell[0]:,}, column {cell[1]:,}, alive.")


def test_faults_are_planted_and_told_anywhere(plane):
    look_at(plane, *FAR)
    plane.actions_by_id["fault"].trigger()
    click(plane, *FAR)
    assert list(plane.session.experiment.faults) == [FAR]
    plane.panel.cell_wanted.emit(*FAR)
    assert plane.view.viewport.visible(plane.session.board.frame).contains(*FAR)


def test_the_cell_under_the_pointer_is_named_with_its_signs(plane):
    point_at(plane, -2, 3)
    assert plane.status.cell.text == "(−2, 3)"


# Selecting


def test_all_that_lives_is_selected_however_far_apart_it_is(plane):
    put(plane, [(-7, 4), FAR])
    press(plane, Qt.Key.Key_A)
    assert plane.editing.selection == Selection.between((-7, 4), FAR)


def test_there_is_nothing_to_select_or_to_change_where_nothing_lives(plane):
    press(plane, Qt.Key.Key_A)
    assert plane.editing.selection is None
    assert said(plane) == "Nothing lives on the plane, so there is nothing to select."
    plane.actions_by_id["flip-left-right"].trigger()
    assert said(plane) == f"{NOTHING_LIVES[0].upper()}{NOTHING_LIVES[1:]}."


def test_a_selection_far_larger_than_memory_is_shrunk_copied_turned_and_cleared(plane):
    put(plane, moved(GLIDER, 1 << 33, 0))
    plane.editing.select(Selection(-(1 << 50), -(1 << 50), 1 << 51, 1 << 51))
    press(plane, Qt.Key.Key_C, CONTROL)
    assert read_rle(QGuiApplication.clipboard().text()).population == 5
    plane.actions_by_id["flip-left-right"].trigger()
    assert live(plane) == {(y, -1 - x) for y, x in moved(GLIDER, 1 << 33, 0)}
    plane.editing.select(Selection(-(1 << 50), -(1 << 50), 1 << 51, 1 << 51))
    press(plane, Qt.Key.Key_S)
    assert plane.editing.selection == Selection((1 << 33) + 3, -6, 3, 3)
    plane.actions_by_id["clear-inside"].trigger()
    assert live(plane) == set()


def test_a_selection_is_moved_with_the_mouse_and_undone_with_its_place(glider):
    drag(glider, (4, 4), (-1, -1))
    assert live(glider) == moved(GLIDER, -5, -5)
    assert glider.editing.selection == Selection(-2, -2, 3, 3)
    press(glider, Qt.Key.Key_Z, CONTROL)
    assert live(glider) == set(GLIDER)
    assert glider.editing.selection == Selection(3, 3, 3, 3)


def test_a_selection_that_is_put_back_where_it_was_is_no_step(glider):
    before = glider.session.undo_text
    drag(glider, (4, 4), (8, 8), (4, 4))
    assert live(glider) == set(GLIDER)
    assert glider.session.undo_text == before


def test_clearing_outside_leaves_the_selection_alone(glider):
    put(glider, [*GLIDER, FAR, (-9, -9)])
    glider.actions_by_id["clear-outside"].trigger()
    assert live(glider) == set(GLIDER)


def test_what_is_turned_stays_about_its_middle(glider):
    press(glider, Qt.Key.Key_Greater)
    assert live(glider) == {(3, 3), (4, 3), (4, 4 + 1), (5, 3), (5, 4)}
    press(glider, Qt.Key.Key_Z, CONTROL)
    assert live(glider) == set(GLIDER)


# Filling


def test_the_plane_is_inverted_in_parts_only(glider):
    glider.actions_by_id["invert"].trigger()
    assert len(live(glider)) == 4
    glider.editing.select(Selection(0, 0, 1 << 30, 1 << 30))
    glider.actions_by_id["invert"].trigger()
    assert "too many for the endless plane" in said(glider)
    glider.editing.select(None)
    glider.actions_by_id["invert"].trigger()
    assert said(glider) == "The plane has no end, and cannot be inverted as a whole; select a part of it."
    assert len(live(glider)) == 4


def test_chance_fills_what_is_in_sight_or_what_is_selected(plane):
    plane.actions_by_id["random"].trigger()
    seen, box = plane.view.viewport.seen(), plane.session.board.box
    assert box.within(seen) == box
    assert box.height > seen.height - 3
    plane.actions_by_id["clear"].trigger()
    assert live(plane) == set()
    plane.editing.select(Selection(-30, -30, 8, 8))
    plane.actions_by_id["random"].trigger()
    assert Selection.of_box(plane.session.board.box).is_within(Board(1, 1)) is False
    assert plane.session.board.box.within(Box(-30, -30, -22, -22)) == plane.session.board.box
    plane.editing.select(Selection(0, 0, 1 << 20, 1 << 20))
    plane.actions_by_id["random"].trigger()
    assert "zoom in, or select a smaller part" in said(plane)


# Pasting


@pytest.mark.parametrize("at", [(-6, -8), FAR], ids=["near", "far"])
def test_a_pattern_is_pasted_wherever_one_looks(plane, at):
    look_at(plane, *at)
    copy_text(GLIDER_RLE)
    point_at(plane, *at)
    press(plane, Qt.Key.Key_V)
    press(plane, Qt.Key.Key_Right)
    press(plane, Qt.Key.Key_Return)
    assert live(plane) == moved(GLIDER, at[0] - 4, at[1] - 3)
    press(plane, Qt.Key.Key_Z, CONTROL)
    assert live(plane) == set()


def test_a_preview_shows_what_a_paste_will_make_at_every_scale(glider):
    copy_text(GLIDER_RLE)
    for scale in (16, 1, 1 / 4, 1 / 4096):
        glider.view.show_scale(scale)
        press(glider, Qt.Key.Key_V)
        before = glider.view.grab().toImage()
        press(glider, Qt.Key.Key_Escape)
        assert glider.view.grab().toImage() != before


# Edges


def edges(window) -> QComboBox:
    return window.panel.board.edges


def test_no_edges_come_first_and_a_board_gets_none_at_a_choice(window):
    drag(window, (2, 2), (2, 4))
    assert edges(window).itemText(0) == "No edges (endless plane)"
    assert edges(window).value == TORUS
    edges(window).setFocus()
    QTest.keyClick(edges(window), Qt.Key.Key_Home)
    assert window.session.topology == PLANE
    assert live(window) == {(2, 2), (2, 3), (2, 4)}
    assert not window.panel.board.rows.isVisibleTo(window.panel)
    assert window.panel.board.no_size.isVisibleTo(window.panel)
    press(window, Qt.Key.Key_Z, CONTROL)
    assert window.session.topology == TORUS
    assert window.panel.board.rows.isVisibleTo(window.panel)
    assert edges(window).value == TORUS


def test_the_plane_gets_edges_around_what_lives_and_forgets_the_selection(glider):
    edges(glider).setFocus()
    QTest.keyClick(edges(glider), Qt.Key.Key_Down)
    QTest.keyClick(edges(glider), Qt.Key.Key_Down)
    assert glider.session.topology == BOUNDED
    assert glider.session.board.population == 5
    assert glider.editing.selection is None
    assert glider.panel.board.rows.value() == glider.session.board.height


def test_a_rule_by_which_the_plane_would_come_alive_is_refused_in_the_field(plane):
    field = plane.panel.board.rule
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "B0/S8")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert plane.session.rule == CONWAY
    assert "cannot run on the endless plane" in plane.panel.board.rule_error.text


# Knowing


def test_the_object_under_the_pointer_is_known_far_out(plane, qtbot):
    put(plane, moved(GLIDER, *FAR))
    look_at(plane, *FAR)
    point_at(plane, FAR[0] + 5, FAR[1] + 4)
    qtbot.waitUntil(lambda: plane.knowing.card.isVisible(), timeout=LONG)
    qtbot.waitUntil(lambda: plane.knowing.card.title.text() == "Glider", timeout=LONG)
    assert "edge" not in plane.knowing.card.details.text()


def test_the_status_bar_says_how_far_all_that_lives_reaches(plane):
    plane.resize(1280, 800)
    plane.grab()
    assert plane.status.box.text == "empty"
    put(plane, [(0, 0), (1234, 7)])
    assert plane.status.box.text == "1,235 × 8"
    assert plane.status.box.isVisible()
    plane.session.set_topology(TORUS)
    assert not plane.status.box.isVisible()


def test_the_population_of_the_plane_is_told_with_the_size_of_all_that_lives(glider, qtbot):
    glider.actions_by_id["population"].trigger()
    as_a_whole(glider)
    glider.session.step(8)
    summary = glider.knowing.population.summary
    qtbot.waitUntil(lambda: summary.text().startswith("Generation 8: 5 live cells, in 3 × 3 cells."), timeout=LONG)


# Running


def as_a_whole(window) -> None:
    window.session.configure(Experiment(strategy="whole-board", wire=WireKind.NONE))


def test_cells_of_the_plane_are_stepped_one_by_one_where_they_live(glider, qtbot):
    glider.session.step(4)
    qtbot.waitUntil(lambda: glider.session.generation == 4 and not glider.session.is_running, timeout=LONG)
    assert live(glider) == moved(GLIDER, 1, 1)


def test_the_plane_runs_as_a_whole_and_says_how_fast_and_by_what(glider, qtbot):
    as_a_whole(glider)
    glider.session.set_rate(None)
    press(glider, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: glider.status.time.text.endswith("generations/s"), timeout=LONG)
    assert glider.status.strategy.text.startswith("Whole plane: ")
    press(glider, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: glider.session.mode is Mode.PAUSED, timeout=LONG)
    generation = glider.session.generation
    assert generation % 4 != 0 or live(glider) == moved(GLIDER, generation // 4, generation // 4)


def test_plus_and_minus_go_through_the_speeds_to_steps_of_many_and_back(glider):
    as_a_whole(glider)
    glider.session.set_rate(None)
    width = glider.rate.width()
    press(glider, Qt.Key.Key_Plus)
    press(glider, Qt.Key.Key_Plus)
    assert glider.session.stride == 4
    assert glider.rate.text() == "4 at a time"
    for _ in range(20):
        press(glider, Qt.Key.Key_Plus)
    assert glider.rate.text() == "2^22 at a time"
    assert glider.rate.width() == width
    for _ in range(22):
        press(glider, Qt.Key.Key_Minus)
    assert glider.session.stride == 1
    press(glider, Qt.Key.Key_Minus)
    assert glider.session.rate == 100


def test_drawing_while_the_plane_runs_is_not_lost(glider, qtbot):
    as_a_whole(glider)
    glider.session.set_rate(None)
    press(glider, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: glider.session.generation > 50, timeout=LONG)
    press(glider, Qt.Key.Key_F2)
    drag(glider, (-8, -8), (-8, -7), (-7, -7), (-7, -8))
    press(glider, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: glider.session.mode is Mode.PAUSED, timeout=LONG)
    assert live(glider) >= {(-8, -8), (-8, -7), (-7, -7), (-7, -8)}


def test_the_place_of_the_pointer_does_not_move_what_stands_beside_it(glider):
    point_at(glider, -2, 3)
    figures = [glider.status.generation, glider.status.population, glider.status.strategy, glider.status.threads]
    places = [figure.geometry() for figure in figures]
    point_at(glider, 9, -9)
    glider.grab()
    assert [figure.geometry() for figure in figures] == places
    assert place(glider, 0, 0).y() < place(glider, 1, 0).y()
