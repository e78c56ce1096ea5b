"""The endless plane in the window: what is seen of it, and what is painted over it."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gui.board.age_keeper import TOO_LARGE
from gui.board.age_layer import age_colours
from gui.board.age_legend import AgeLegend
from gui.board.overlay import look_of
from gui.look.theme import theme_of
from gui.settings import KEEP_IN_SIGHT
from life.board import Board
from life.experiment import Fault
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY
from life.topology import PLANE, TORUS
from life.trace.states import CellState
from tests.gui.windows import opened, press, settings_in

FAR = (1 << 60) + 3
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path)


@pytest.fixture
def window(qtbot, settings):
    for made in opened(qtbot, settings):
        load(made, *block())
        yield made


def block(y=FAR, x=-FAR):
    return [(y, x), (y, x + 1), (y + 1, x), (y + 1, x + 1)]


def plane(*live):
    return TilePlane.from_cells(*np.array(live, np.int64).reshape(-1, 2).T)


def load(window, *live):
    window.session.load(plane(*live), CONWAY, PLANE)
    window.view.grab()


def middle_of(window, y, x):
    seen = window.view.viewport
    return QPoint(int(seen.edge_x(x) + seen.pitch / 2), int(seen.edge_y(y) + seen.pitch / 2))


def colour_at(window, y, x, shift=0):
    return window.view.grab().toImage().pixelColor(middle_of(window, y, x) + QPoint(shift, shift)).name()


def test_what_lives_is_shown_whole_when_it_is_loaded_and_when_it_is_asked_for(window):
    view, theme = window.view, theme_of(window.palette())
    assert view.viewport.visible(view.board.box) == view.board.box
    assert colour_at(window, FAR, -FAR) == theme.cell
    assert colour_at(window, FAR, -FAR - 1) == theme.board
    view.pan(5000, 5000)
    press(window, Qt.Key.Key_F)
    assert view.viewport.visible(view.board.box) == view.board.box


def test_one_can_go_as_far_as_one_likes_and_find_the_way_back_with_a_key(window):
    view = window.view
    for _ in range(90):
        view.pan(3e17, 1e17)
    view.grab()
    assert view.is_blank
    press(window, Qt.Key.Key_Home)
    view.grab()
    assert not view.is_blank


def test_a_click_far_out_draws_exactly_the_cell_under_it(window):
    cell = FAR + 7, -FAR - 5
    QTest.mouseClick(window.view, Qt.MouseButton.LeftButton, pos=middle_of(window, *cell))
    assert window.session.board.is_alive(*cell)
    assert window.session.board.population == 5


@pytest.mark.parametrize("is_wanted", [True, False])
def test_a_pattern_that_grows_out_of_sight_is_kept_in_it_where_that_is_wanted(window, settings, is_wanted):
    window.actions_by_id["keep-in-sight"].setChecked(is_wanted)
    assert settings.get(KEEP_IN_SIGHT) == is_wanted
    window.session.change(plane(*block(), (FAR + 900, -FAR + 40)), "Grow")
    seen = window.view.viewport
    assert (seen.visible(window.session.board.box) == window.session.board.box) == is_wanted


def test_a_pattern_that_is_in_sight_is_left_where_it_is(window):
    window.actions_by_id["keep-in-sight"].setChecked(True)
    window.view.pan(30, 40)
    before = window.view.viewport
    window.session.change(plane(*block(FAR + 1)), "Move")
    assert window.view.viewport == before


def test_cells_have_colours_by_age_on_the_plane(window):
    press(window, Qt.Key.Key_L, SHIFT)
    colours = age_colours(theme_of(window.palette()))
    assert colour_at(window, FAR, -FAR) == colours[1]
    assert window.view.findChild(AgeLegend).isVisible()


def test_where_too_much_room_lies_between_the_living_it_is_said_why_they_have_no_ages(window):
    press(window, Qt.Key.Key_L, SHIFT)
    legend = window.view.findChild(AgeLegend)
    width = legend.sizeHint().width()
    window.session.change(plane(*block(), (0, 0)), "Spread")
    assert legend.isVisible()
    assert legend.sizeHint().width() != width
    assert TOO_LARGE in legend.accessibleDescription()
    assert colour_at(window, FAR, -FAR) == theme_of(window.palette()).cell
    press(window, Qt.Key.Key_L, SHIFT)
    assert not legend.isVisible()


def test_marks_of_faults_and_failures_stand_in_their_cells(window):
    view, theme = window.view, theme_of(window.palette())
    view.show_scale(32)
    plain = view.grab().toImage()
    view.set_faults({(FAR + 3, -FAR): Fault.ERROR})
    view.set_failed(np.array([FAR - 3]), np.array([-FAR]))
    image = view.grab().toImage()
    for y, colour in ((FAR + 3, theme.fault), (FAR - 3, theme.failed)):
        place = middle_of(window, y, -FAR)
        colours = {image.pixelColor(place + QPoint(dx, dy)).name() for dx in range(-16, 16) for dy in range(-16, 16)}
        assert colour in colours
    elsewhere = middle_of(window, FAR, -FAR + 6)
    assert image.pixelColor(elsewhere) == plain.pixelColor(elsewhere)


@pytest.mark.parametrize("log2", [1, 20, 62])
def test_from_far_away_marks_are_merged_at_any_distance(window, log2):
    view = window.view
    plain = {}
    for _ in range(20 + log2):
        view.zoom_out()
    plain = view.grab().toImage()
    view.set_failed(np.arange(FAR, FAR + 300), np.full(300, -FAR))
    assert view.grab().toImage() != plain


def test_the_states_of_cells_lie_where_the_trace_says(window):
    view, theme = window.view, theme_of(window.palette())
    view.show_scale(32)
    view.states.show_states(np.full((3, 2), CellState.WAITING_FOR_IO, np.uint8), top=FAR + 2, left=-FAR + 3)
    colour = look_of(CellState.WAITING_FOR_IO, theme).colour
    wanted = window.palette().window().color().fromString(colour)
    for dy, dx, inside in ((2, 3, True), (4, 4, True), (1, 3, False), (5, 4, False), (2, 2, False), (2, 5, False)):
        seen = view.grab().toImage().pixelColor(middle_of(window, FAR + dy, -FAR + dx) + QPoint(12, 12))
        distance = max(abs(a - b) for a, b in zip(seen.getRgb()[:3], wanted.getRgb()[:3], strict=True))
        assert (distance < 80) == inside


def test_a_board_after_the_plane_is_shown_with_its_edge(window):
    theme = theme_of(window.palette())
    window.session.load(Board(12, 16), CONWAY, TORUS)
    seen = window.view.viewport
    image = window.view.grab().toImage()
    assert image.pixelColor(int(seen.edge_x(0)) - 1, int(seen.edge_y(3))).name() == theme.edge
    assert image.pixelColor(1, 1).name() == theme.outside
