import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QPalette,
    QPointingDevice,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from gui.board.cell_cursor import FAR
from gui.board.marks import MOST_MARKS, places_of
from gui.board.tools import Tool
from gui.board.view import BoardView
from gui.board.viewport import LARGEST_SCALE, Viewport
from gui.look.theme import DARK, LIGHT, palette_for, theme_of
from life.board import Board
from life.experiment import Fault
from life.plane.box import Box
from tests.gui.pixels import colours

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
GLIDER = [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]


class Owner:
    """What the window is to the view: it applies what is drawn, and remembers what it was told."""

    def __init__(self, view):
        self.view = view
        self.patches, self.faults, self.hovered, self.taps = [], [], [], 0
        view.cells_drawn.connect(self.draw)
        view.fault_toggled.connect(lambda y, x: self.faults.append((y, x)))
        view.cell_hovered.connect(self.hovered.append)
        view.space_tapped.connect(self.tap)

    def draw(self, patch):
        self.patches.append(patch)
        self.view.set_board(patch.applied_to(self.view.board))

    def tap(self):
        self.taps += 1

    @property
    def live(self):
        return set(zip(*(part.tolist() for part in np.nonzero(self.view.board.cells())), strict=True))


@pytest.fixture
def view(qtbot):
    """A board of 30 rows and 40 columns in a widget of 640 × 480: 15 pixels a cell."""
    view = BoardView(Board(30, 40))
    qtbot.addWidget(view)
    view.setPalette(palette_for(LIGHT))
    view.resize(640, 480)
    view.show()
    view.setFocus()
    view.grab()
    return view


@pytest.fixture
def owner(view):
    return Owner(view)


def point(view, y, x):
    """The middle of cell (y, x) in the widget."""
    seen = view.viewport
    return QPoint(
        int((seen.edge_x(x) + seen.pitch / 2) / seen.ratio), int((seen.edge_y(y) + seen.pitch / 2) / seen.ratio)
    )


def drag(qtbot, view, cells, button=LEFT):
    qtbot.mousePress(view, button, NO_KEYS, point(view, *cells[0]))
    for cell in cells[1:]:
        qtbot.mouseMove(view, point(view, *cell))
    qtbot.mouseRelease(view, button, NO_KEYS, point(view, *cells[-1]))


def wheel(view, at, eighths, modifiers=NO_KEYS):
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.mapToGlobal(at)),
        QPoint(),
        QPoint(0, eighths),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def colour_at(view, y, x, shift=(0, 0)):
    """The colour painted in the middle of a cell, or some pixels off it."""
    at = point(view, y, x)
    return view.grab().toImage().pixelColor(at.x() + shift[1], at.y() + shift[0]).name()


# Drawing


def test_a_click_brings_a_cell_to_life_and_another_click_ends_it(qtbot, view, owner):
    qtbot.mouseClick(view, LEFT, NO_KEYS, point(view, 3, 5))
    assert owner.live == {(3, 5)}
    qtbot.mouseClick(view, LEFT, NO_KEYS, point(view, 3, 5))
    assert owner.live == set()


def test_a_double_click_is_two_clicks(qtbot, view, owner):
    qtbot.mouseClick(view, LEFT, NO_KEYS, point(view, 3, 5))
    qtbot.mouseDClick(view, LEFT, NO_KEYS, point(view, 3, 5))
    assert owner.live == set()


def test_a_fast_drag_skips_no_cell(qtbot, view, owner):
    drag(qtbot, view, [(2, 2), (25, 30)])
    ys = sorted(y for y, _ in owner.live)
    xs = sorted(x for _, x in owner.live)
    assert set(ys) == set(range(2, 26))
    assert xs == list(range(2, 31))


def test_every_move_hands_on_its_new_cells_only(qtbot, view, owner):
    drag(qtbot, view, [(4, 4), (4, 7), (4, 7), (6, 7)])
    cells = [list(zip(patch.ys.tolist(), patch.xs.tolist(), strict=True)) for patch in owner.patches]
    assert cells == [[(4, 4)], [(4, 5), (4, 6), (4, 7)], [(5, 7), (6, 7)]]


def test_the_view_shows_its_board_until_it_is_given_another(qtbot, view):
    board = view.board
    qtbot.mouseClick(view, LEFT, NO_KEYS, point(view, 3, 5))
    assert view.board is board


def test_the_first_cell_of_a_stroke_decides_for_all_of_it(qtbot, view, owner):
    view.set_board(Board.from_live(30, 40, [(5, 5), (5, 7)]))
    drag(qtbot, view, [(5, 4), (5, 8)])
    assert owner.live == {(5, x) for x in range(4, 9)}
    drag(qtbot, view, [(5, 8), (5, 3)])
    assert owner.live == set()


def test_a_stroke_keeps_its_decision_while_generations_go_by(qtbot, view, owner):
    qtbot.mousePress(view, LEFT, NO_KEYS, point(view, 1, 1))
    view.set_board(Board.from_live(30, 40, [(y, x) for y in range(10) for x in range(10)]))
    qtbot.mouseMove(view, point(view, 1, 4))
    qtbot.mouseRelease(view, LEFT, NO_KEYS, point(view, 1, 4))
    assert all(patch.alive for patch in owner.patches)


def test_a_drag_with_the_right_button_erases(qtbot, view, owner):
    view.set_board(Board.from_live(30, 40, [(5, x) for x in range(10)]))
    drag(qtbot, view, [(5, 2), (5, 6)], RIGHT)
    assert owner.live == {(5, x) for x in (0, 1, 7, 8, 9)}


def test_cells_outside_the_board_are_left_out(qtbot, view, owner):
    drag(qtbot, view, [(28, 3), (33, 3)])
    assert owner.live == {(28, 3), (29, 3)}
    drag(qtbot, view, [(-1, 3), (-1, 8)])
    assert owner.live == {(28, 3), (29, 3)}


def test_a_second_button_does_not_disturb_a_stroke(qtbot, view, owner):
    qtbot.mousePress(view, LEFT, NO_KEYS, point(view, 1, 1))
    qtbot.mousePress(view, RIGHT, NO_KEYS, point(view, 1, 1))
    qtbot.mouseRelease(view, RIGHT, NO_KEYS, point(view, 1, 1))
    at = QPointF(point(view, 1, 3))
    move = QMouseEvent(QEvent.Type.MouseMove, at, view.mapToGlobal(at), Qt.MouseButton.NoButton, LEFT, NO_KEYS)
    QApplication.sendEvent(view, move)
    qtbot.mouseRelease(view, LEFT, NO_KEYS, at.toPoint())
    assert owner.live == {(1, 1), (1, 2), (1, 3)}


def test_a_stroke_ends_when_its_release_went_to_somebody_else(qtbot, view, owner):
    other = QWidget()
    qtbot.addWidget(other)
    qtbot.mousePress(view, LEFT, NO_KEYS, point(view, 1, 1))
    qtbot.mouseRelease(other, LEFT)
    qtbot.mouseMove(view, point(view, 1, 9))
    assert owner.live == {(1, 1)}


def test_drawing_works_zoomed_in_and_zoomed_out(qtbot, view, owner):
    for steps in (4, -6):
        for _ in range(abs(steps)):
            view.zoom_in() if steps > 0 else view.zoom_out()
        view.set_board(Board(30, 40))
        drag(qtbot, view, [(14, 18), (14, 22)])
        assert owner.live == {(14, x) for x in range(18, 23)}


# Faults


def test_the_fault_tool_tells_which_cell_was_clicked_and_draws_nothing(qtbot, view, owner):
    view.set_tool(Tool.FAULT)
    drag(qtbot, view, [(7, 9), (7, 12)])
    qtbot.mouseClick(view, LEFT, NO_KEYS, QPoint(2, 2))
    assert owner.faults == [(7, 9)]
    assert owner.patches == []


# Zooming and panning


@pytest.mark.parametrize("eighths", [120, -120, 480, -360])
def test_the_wheel_keeps_the_cell_under_the_pointer(view, eighths):
    at = point(view, 20, 31)
    before = view.scale
    wheel(view, at, eighths)
    assert (view.scale > before) == (eighths > 0)
    assert view.viewport.cell_at((at.y(), at.x())) == (20, 31)


def test_a_touchpads_small_turns_add_up(view):
    at, start = point(view, 10, 10), view.scale
    for _ in range(7):
        wheel(view, at, 15)
    assert view.scale == start
    wheel(view, at, 15)
    one_step = view.scale
    assert one_step > start
    wheel(view, at, 119)
    wheel(view, at, -120)
    assert view.scale < one_step


def test_two_fingers_zoom(view):
    device = QPointingDevice.primaryPointingDevice()
    at = QPointF(point(view, 10, 10))
    before = view.scale
    for _ in range(3):
        gesture = Qt.NativeGestureType.ZoomNativeGesture
        event = QNativeGestureEvent(gesture, device, 2, at, at, view.mapToGlobal(at), 0.2, QPointF())
        QApplication.sendEvent(view, event)
    assert view.scale > before
    assert view.viewport.cell_at((at.y(), at.x())) == (10, 10)


def test_zooming_ends_at_its_limits(view):
    for _ in range(60):
        view.zoom_in()
    assert view.scale == LARGEST_SCALE
    for _ in range(60):
        view.zoom_out()
    assert view.scale == pytest.approx(1 / 64)
    assert not view.viewport.visible(Box(0, 0, 30, 40)).is_empty


def test_the_middle_button_takes_the_board_along(qtbot, view, owner):
    before = view.viewport
    qtbot.mousePress(view, MIDDLE, NO_KEYS, QPoint(100, 100))
    assert view.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    qtbot.mouseMove(view, QPoint(130, 90))
    qtbot.mouseRelease(view, MIDDLE, NO_KEYS, QPoint(130, 90))
    assert (view.viewport.left, view.viewport.top) == (before.left + 30, before.top - 10)
    assert view.scale == before.scale
    assert owner.patches == []


def test_the_pan_tool_pans_with_the_left_button(qtbot, view, owner):
    view.set_tool(Tool.PAN)
    before = view.viewport
    qtbot.mousePress(view, LEFT, NO_KEYS, QPoint(100, 100))
    qtbot.mouseMove(view, QPoint(90, 120))
    qtbot.mouseRelease(view, LEFT, NO_KEYS, QPoint(90, 120))
    assert (view.viewport.left, view.viewport.top) == (before.left - 10, before.top + 20)
    assert owner.patches == []


def test_a_board_cannot_be_panned_out_of_sight(qtbot, view):
    for _ in range(5):
        qtbot.mousePress(view, MIDDLE, NO_KEYS, QPoint(10, 10))
        qtbot.mouseMove(view, QPoint(630, 470))
        qtbot.mouseRelease(view, MIDDLE, NO_KEYS, QPoint(630, 470))
    span = view.viewport.visible(Box(0, 0, 30, 40))
    assert span.bottom >= 3
    assert span.right >= 3


def test_the_board_stays_fitted_while_nobody_zooms_or_pans(view):
    view.resize(1280, 960)
    assert view.scale == 30
    view.resize(320, 240)
    assert view.viewport.visible(Box(0, 0, 30, 40)) == (0, 0, 30, 40)


def test_resizing_keeps_the_centre_once_somebody_zoomed(view):
    wheel(view, point(view, 10, 10), 360)
    scale, board = view.scale, view.board
    centre = view.viewport.cell_at((240, 320))
    for width, height in ((700, 500), (400, 300), (641, 481)):
        view.resize(width, height)
        assert view.viewport.cell_at((height / 2, width / 2)) == centre
    assert (view.scale, view.board) == (scale, board)


def test_fit_shows_everything_again(view):
    wheel(view, point(view, 10, 10), 600)
    view.fit()
    assert view.viewport.visible(Box(0, 0, 30, 40)) == (0, 0, 30, 40)
    assert view.scale == 14


def test_a_board_of_another_size_is_fitted_and_one_of_the_same_size_is_left_where_it_is(view):
    wheel(view, point(view, 10, 10), 240)
    before = view.viewport
    view.set_board(Board.from_live(30, 40, GLIDER))
    assert view.viewport == before
    view.set_board(Board(100, 100))
    assert view.viewport.visible(Box(0, 0, 100, 100)) == (0, 0, 100, 100)


def test_every_change_of_the_view_is_announced(qtbot, view):
    for change in (view.zoom_in, view.zoom_out, view.fit, lambda: view.resize(500, 400)):
        with qtbot.waitSignal(view.view_changed):
            change()


def test_a_cell_out_of_sight_is_brought_into_sight_and_ringed(view):
    view.set_board(Board(2000, 2000))
    plain = view.grab().toImage()
    view.show_cell(1500, 20)
    span = view.viewport.visible(Box(0, 0, 2000, 2000))
    assert span.top <= 1500 < span.bottom
    assert span.left <= 20 < span.right
    assert view.scale >= 12
    assert view.grab().toImage() != plain


def test_the_ring_around_a_cell_goes_away(qtbot, view):
    plain = view.grab().toImage()
    view.show_cell(15, 20)
    assert view.grab().toImage() != plain
    qtbot.waitUntil(lambda: view.grab().toImage() == plain)


def test_a_cell_in_sight_is_shown_without_moving_the_board(view):
    before = view.viewport
    view.show_cell(29, 39)
    assert view.viewport == before


# Space


def test_a_tap_of_space_is_told(qtbot, view, owner):
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert owner.taps == 1


def test_space_with_a_drag_pans_and_is_no_tap(qtbot, view, owner):
    before = view.viewport
    qtbot.keyPress(view, Qt.Key.Key_Space)
    assert view.cursor().shape() == Qt.CursorShape.OpenHandCursor
    qtbot.mousePress(view, LEFT, NO_KEYS, QPoint(100, 100))
    qtbot.mouseMove(view, QPoint(140, 105))
    qtbot.mouseRelease(view, LEFT, NO_KEYS, QPoint(140, 105))
    qtbot.keyRelease(view, Qt.Key.Key_Space)
    assert (view.viewport.left, view.viewport.top) == (before.left + 40, before.top + 5)
    assert (owner.taps, owner.patches) == (0, [])
    assert view.cursor().shape() == Qt.CursorShape.CrossCursor
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert owner.taps == 1


def test_space_released_before_the_button_is_no_tap_either(qtbot, view, owner):
    qtbot.keyPress(view, Qt.Key.Key_Space)
    qtbot.mousePress(view, LEFT, NO_KEYS, QPoint(100, 100))
    qtbot.keyRelease(view, Qt.Key.Key_Space)
    qtbot.mouseMove(view, QPoint(140, 105))
    qtbot.mouseRelease(view, LEFT, NO_KEYS, QPoint(140, 105))
    assert (owner.taps, owner.patches) == (0, [])


def test_space_in_the_middle_of_a_stroke_is_no_tap(qtbot, view, owner):
    qtbot.mousePress(view, LEFT, NO_KEYS, point(view, 1, 1))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.mouseRelease(view, LEFT, NO_KEYS, point(view, 1, 1))
    assert owner.taps == 0


def test_space_is_forgotten_when_the_focus_goes_elsewhere(qtbot, view, owner):
    qtbot.keyPress(view, Qt.Key.Key_Space)
    view.clearFocus()
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    qtbot.keyRelease(view, Qt.Key.Key_Space)
    drag(qtbot, view, [(3, 3), (3, 5)])
    assert owner.taps == 0
    assert owner.live == {(3, 3), (3, 4), (3, 5)}


def test_a_shortcut_on_space_does_not_take_it_from_the_view(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    view = BoardView(Board(5, 5))
    QVBoxLayout(window).addWidget(view)
    stepped = []
    QShortcut(QKeySequence(Qt.Key.Key_Space), window).activated.connect(lambda: stepped.append(1))
    window.show()
    window.activateWindow()
    view.setFocus()
    owner = Owner(view)
    qtbot.waitUntil(view.hasFocus)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert (owner.taps, stepped) == (1, [])


# The pointer and the keyboard


def test_the_cell_under_the_pointer_is_told_once_and_so_is_leaving_the_board(qtbot, view, owner):
    for at in (point(view, 2, 2), point(view, 2, 2) + QPoint(1, 1), point(view, 2, 3), QPoint(1, 1)):
        qtbot.mouseMove(view, at)
    assert owner.hovered == [(2, 2), (2, 3), None]
    qtbot.mouseMove(view, point(view, 4, 4))
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert owner.hovered[-2:] == [(4, 4), None]
    assert view.hovered is None


def test_panning_does_not_change_the_cell_under_the_pointer(qtbot, view, owner):
    qtbot.mousePress(view, MIDDLE, NO_KEYS, point(view, 5, 5))
    for step in range(1, 30):
        qtbot.mouseMove(view, point(view, 5, 5) + QPoint(1, 1) if step == 1 else QPoint(100 + step, 100))
    qtbot.mouseRelease(view, MIDDLE, NO_KEYS, QPoint(130, 100))
    assert owner.hovered == [(5, 5)]


def test_arrow_keys_choose_a_cell_that_the_tool_is_used_on(qtbot, view, owner):
    qtbot.mouseMove(view, point(view, 10, 10))
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Right):
        qtbot.keyClick(view, key)
    assert view.cursor_cell == (9, 11)
    view.use_tool_at_cursor()
    assert owner.live == {(9, 11)}
    view.use_tool_at_cursor()
    assert owner.live == set()


def test_the_chosen_cell_stays_on_the_board_and_in_sight(qtbot, view):
    for _ in range(8):
        view.zoom_in()
    for _ in range(10):
        qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    y, x = view.cursor_cell
    span = view.viewport.visible(Box(0, 0, 30, 40))
    assert y == 29
    assert span.top <= y < span.bottom
    assert span.left <= x < span.right
    assert FAR > 1


def test_with_the_fault_tool_the_chosen_cell_gets_a_fault(qtbot, view, owner):
    view.set_tool(Tool.FAULT)
    view.use_tool_at_cursor()
    qtbot.keyClick(view, Qt.Key.Key_Left)
    view.use_tool_at_cursor()
    assert owner.faults == [view.cursor_cell]


def test_other_keys_go_on_to_the_window(qtbot):
    class Window(QWidget):
        keys = ()

        def keyPressEvent(self, event):
            self.keys = (*self.keys, event.key())

    window = Window()
    qtbot.addWidget(window)
    view = BoardView(Board(5, 5), window)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_F)
    assert window.keys == (Qt.Key.Key_Return, Qt.Key.Key_F)


@pytest.mark.parametrize(
    ("tool", "shape"),
    [
        (Tool.DRAW, Qt.CursorShape.CrossCursor),
        (Tool.PAN, Qt.CursorShape.OpenHandCursor),
        (Tool.FAULT, Qt.CursorShape.PointingHandCursor),
    ],
)
def test_the_pointer_has_the_shape_of_the_tool(view, tool, shape):
    view.set_tool(tool)
    assert view.cursor().shape() == shape


# Painting


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_cells_are_painted_where_they_are_in_the_colours_of_the_theme(view, theme):
    view.setPalette(palette_for(theme))
    view.set_board(Board.from_live(30, 40, GLIDER))
    for y in range(4):
        for x in range(4):
            assert colour_at(view, y, x) == (theme.cell if (y, x) in GLIDER else theme.board)
    assert view.grab().toImage().pixelColor(1, 1).name() == theme.outside
    assert theme_of(view.palette()) is theme


def test_there_are_grid_lines_in_large_cells_and_none_in_small_ones(view):
    view.set_board(Board.from_live(30, 40, [(29, 39)]))
    middle = -(int(view.scale) // 2)
    assert colour_at(view, 5, 5, (0, middle)) == LIGHT.grid
    assert colour_at(view, 5, 10, (0, middle)) == LIGHT.bold_grid
    while view.scale >= 6:
        view.zoom_out()
    image = view.grab().toImage()
    inside = point(view, 10, 10)
    assert {image.pixelColor(inside.x() + dx, inside.y()).name() for dx in range(20)} == {LIGHT.board}


def test_the_edge_of_the_board_is_drawn_around_it(view):
    view.set_board(Board.from_live(30, 40, [(0, 0), (29, 39)]))
    image, seen = view.grab().toImage(), view.viewport
    left, top = int(seen.edge_x(0)), int(seen.edge_y(0))
    right, bottom = int(seen.edge_x(40)), int(seen.edge_y(30))
    for x, y in ((left - 1, top + 50), (left + 50, top - 1), (right, top + 50), (left + 50, bottom)):
        assert image.pixelColor(x, y).name() == LIGHT.edge
    for x, y in ((left - 2, top + 50), (right + 1, top + 50)):
        assert image.pixelColor(x, y).name() == LIGHT.outside


def test_an_empty_board_has_a_hint_that_goes_with_the_first_cell(view):
    assert "draw" in view.hint_text
    with_hint = view.grab().toImage()
    view.hint_text = ""
    without = view.grab().toImage()
    assert with_hint != without
    view.hint_text = "Draw something"
    view.set_board(Board.from_live(30, 40, [(0, 0)]))
    with_cell = view.grab().toImage()
    view.hint_text = ""
    assert view.grab().toImage() == with_cell


def marked(view, cells):
    """Which of `cells` have another picture than when nothing is marked, by how many pixels."""
    view.set_faults({}), view.set_failed(np.array([], np.int64), np.array([], np.int64))
    plain = view.grab().toImage()

    def count(image, cell):
        middle, half = point(view, *cell), max(int(view.scale) // 2, 5)
        around = range(-half, half)
        return sum(
            image.pixel(middle.x() + dx, middle.y() + dy) != plain.pixel(middle.x() + dx, middle.y() + dy)
            for dx in around
            for dy in around
        )

    return lambda: [count(view.grab().toImage(), cell) for cell in cells]


@pytest.mark.parametrize("scale", [1, 4, 8, 14, 32])
def test_faults_and_failures_are_marked_on_live_and_dead_cells_at_every_size(view, scale):
    view.set_board(Board.from_live(30, 40, [(14, 18), (0, 0)]))
    while view.scale > scale:
        view.zoom_out()
    while view.scale < scale:
        view.zoom_in()
    marks = marked(view, [(14, 18), (16, 22)])
    view.set_faults({(14, 18): Fault.ERROR, (16, 22): Fault.EXIT})
    faults = marks()
    assert min(faults) > 20
    view.set_faults({})
    assert marks() == [0, 0]
    view.set_failed(np.array([14, 16]), np.array([18, 22]))
    assert min(marks()) > 20


def test_every_kind_of_fault_looks_different_in_a_large_cell(view):
    view.set_board(Board.from_live(30, 40, [(0, 0)]))
    while view.scale < 32:
        view.zoom_in()
    pictures = []
    for fault in Fault:
        view.set_faults({(14, 18): fault})
        pictures.append(view.grab().toImage())
    assert all(one != other for index, one in enumerate(pictures) for other in pictures[:index])


def test_the_colours_of_the_marks_are_painted(view):
    view.set_board(Board.from_live(30, 40, [(0, 0)]))
    while view.scale < 32:
        view.zoom_in()
    view.set_faults({(14, 18): Fault.HANG})
    view.set_failed(np.array([16]), np.array([20]))
    assert {LIGHT.fault, LIGHT.failed, LIGHT.mark_rim} <= colours(view.grab().toImage()).keys()


def test_marks_grow_with_the_cells(view):
    view.set_board(Board.from_live(30, 40, [(0, 0)]))
    view.set_faults({(14, 18): Fault.HANG})
    covered = []
    for _ in range(5):
        view.zoom_in()
        covered.append(colours(view.grab().toImage())[LIGHT.fault])
    assert covered[2] < covered[3] < covered[4]


@pytest.mark.parametrize("scale", [1 / 64, 0.3, 1, 5, 6, 12, 40])
def test_marks_are_merged_where_cells_are_tiny_or_many_but_none_is_lost(scale):
    seen = Viewport(800, 1280).zoomed_to(scale, (0, 0))
    ys, xs = (part.ravel() for part in np.mgrid[:600, :900])
    places = places_of(ys, xs, seen, seen.visible(Box(0, 0, 600, 900)))
    assert 0 < len(places) <= MOST_MARKS
    covered = np.zeros((600, 900), bool)
    for place in places:
        side = round(place.size / seen.pitch)
        y, x = round((place.y - seen.edge_y(0)) / seen.pitch), round((place.x - seen.edge_x(0)) / seen.pitch)
        covered[y : y + side, x : x + side] = True
    span = seen.visible(Box(0, 0, 600, 900))
    assert covered[span.top : span.bottom, span.left : span.right].all()


def test_a_board_full_of_failures_is_painted(view):
    view.set_board(Board(300, 400))
    every = np.ones((300, 400))
    view.set_failed(*np.nonzero(every))
    for _ in range(20):
        image = view.grab().toImage()
        assert image.pixelColor(320, 240) != QColor(LIGHT.board)
        view.zoom_in()


def test_a_change_of_the_palette_changes_the_board_at_once(view):
    light = view.grab().toImage()
    view.setPalette(palette_for(DARK))
    assert view.grab().toImage() != light
    assert view.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)


def test_the_view_tells_a_screen_reader_what_it_is(view):
    assert view.accessibleName()
    assert "draw" in view.accessibleDescription()
    assert view.objectName() == "board_view"


# Strokes as steps, and the pen


def test_a_stroke_ends_with_the_release_of_the_button(qtbot, view, owner):
    ended = []
    view.stroke_ended.connect(lambda: ended.append(len(owner.patches)))
    drag(qtbot, view, [(4, 4), (4, 7), (6, 7)])
    assert ended == [3]
    drag(qtbot, view, [(9, 9), (9, 10)], RIGHT)
    assert len(ended) == 2
    drag(qtbot, view, [(2, 2), (9, 9)], MIDDLE)
    assert len(ended) == 2


def test_a_cell_drawn_without_a_mouse_is_a_stroke_of_its_own(qtbot, view, owner):
    ended = []
    view.stroke_ended.connect(lambda: ended.append(len(owner.patches)))
    qtbot.keyClick(view, Qt.Key.Key_Left)
    view.use_tool_at_cursor()
    qtbot.keyClick(view, Qt.Key.Key_Left)
    view.use_tool_at_cursor()
    assert ended == [1, 2]


def test_the_pick_tool_tells_the_state_of_the_cell_that_was_clicked(qtbot, view, owner):
    view.set_board(Board.from_live(30, 40, [(5, 5)]))
    picked = []
    view.state_picked.connect(picked.append)
    view.set_tool(Tool.PICK)
    drag(qtbot, view, [(5, 5), (5, 9)])
    qtbot.mouseClick(view, LEFT, NO_KEYS, point(view, 6, 6))
    qtbot.mouseClick(view, LEFT, NO_KEYS, QPoint(2, 2))
    assert picked == [True, False]
    assert owner.patches == []


@pytest.mark.parametrize("pen", [True, False])
def test_a_pen_that_sets_or_clears_does_so_whatever_its_first_cell_is(qtbot, view, owner, pen):
    view.set_board(Board.from_live(30, 40, [(5, 5)]))
    view.hand.pen = pen
    drag(qtbot, view, [(5, 5), (5, 7)])
    drag(qtbot, view, [(8, 5), (8, 7)])
    assert {patch.alive for patch in owner.patches} == {pen}


def test_the_select_tool_alone_draws_nothing(qtbot, view, owner):
    view.set_tool(Tool.SELECT)
    drag(qtbot, view, [(5, 5), (5, 7)])
    assert (owner.patches, owner.faults) == ([], [])


def test_the_cell_of_the_arrow_keys_is_told_and_described_to_a_screen_reader(qtbot, view, owner):
    view.set_board(Board.from_live(30, 40, [(10, 11)]))
    told = []
    view.cursor_moved.connect(told.append)
    for at in ((9, 9), (10, 10)):  # a move to where the pointer was already is none
        qtbot.mouseMove(view, point(view, *at))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert told == [(10, 10), (10, 11)]
    assert view.accessibleDescription().startswith("Row 10, column 11, alive.")
    view.use_tool_at_cursor()
    assert view.accessibleDescription().startswith("Row 10, column 11, dead.")
