from typing import NamedTuple

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget
from shiboken6 import delete, isValid

from gui.board.age_layer import age_colours
from gui.board.age_legend import AgeLegend
from gui.board.tools import Tool
from gui.look.theme import DARK, LIGHT, ThemeKeeper, apply_theme, current_theme, theme_of
from gui.panes import Panes
from gui.settings import AGES, APPEARANCE, GRID, WELCOMED
from gui.welcome import EMPTY_HINT
from life.board import Board
from tests.gui.windows import LONG, opened, press

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
MODES = ("paste-copy", "paste-or", "paste-xor", "paste-and")
BLOCK = [(5, 5), (5, 6), (6, 5), (6, 6)]


@pytest.fixture
def window(qtbot, settings):
    yield from opened(qtbot, settings)


@pytest.fixture
def usual_look(qapp):
    """The application afterwards looks as it did before."""
    palette, sheet, style = qapp.palette(), qapp.styleSheet(), qapp.style().objectName()
    yield
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
    qapp.setStyleSheet(sheet)
    qapp.setStyle(style)
    qapp.setPalette(palette)


def place(window, y, x):
    """The middle of a cell, in the view."""
    seen = window.view.viewport
    half = seen.pitch / 2
    return QPoint(round((seen.edge_x(x) + half) / seen.ratio), round((seen.edge_y(y) + half) / seen.ratio))


def colour_at(window, y, x):
    """What the middle of a cell is painted in."""
    image = window.view.grab().toImage()
    return image.pixelColor(place(window, y, x) * image.devicePixelRatio()).name()


def load(window, *live, height=12, width=16):
    session = window.session
    session.load(Board.from_live(height, width, live), session.rule, session.topology)


def step(window, qtbot, key=Qt.Key.Key_Space):
    wanted = window.session.generation + 1
    press(window, key)
    qtbot.waitUntil(lambda: window.session.generation == wanted and not window.session.is_running, timeout=LONG)


# Zoom


@pytest.mark.parametrize("key", ["1", "2", "4", "8", "6", "3"])
def test_a_number_is_a_scale_as_in_golly_around_the_middle(window, key):
    scale = {"6": 16, "3": 32}.get(key, int(key))
    view = window.view
    view.zoom_in()
    middle = view.height() / 2, view.width() / 2
    before = view.viewport.cell_at(middle)
    QTest.keyClicks(view, key)
    assert view.scale == scale
    assert view.viewport.cell_at(middle) == before


def turn_wheel(view, at, notches):
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # not turned upside down
    )
    QApplication.sendEvent(view, event)


def test_the_wheel_zooms_from_64_pixels_a_cell_to_64_cells_a_pixel_and_back_under_the_pointer(window):
    view = window.view
    at = place(window, 3, 4)
    for _ in range(40):
        turn_wheel(view, at, 1)
        assert view.hovered in ((3, 4), None)
        assert view.viewport.cell_at((at.y(), at.x())) == (3, 4)
    assert view.scale == 64
    for _ in range(80):
        turn_wheel(view, at, -1)
    assert view.scale == 1 / 64
    view.grab()  # one pixel has to be enough for a board
    for _ in range(80):
        turn_wheel(view, at, 1)
    assert view.scale == 64


def test_the_selection_is_fitted_by_key_and_only_where_there_is_one(window):
    view, fit = window.view, window.actions_by_id["fit-selection"]
    assert not fit.isEnabled()
    press(window, Qt.Key.Key_F4)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place(window, 2, 3))
    QTest.mouseMove(view, place(window, 5, 9))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place(window, 5, 9))
    assert fit.isEnabled()
    press(window, Qt.Key.Key_F, SHIFT)
    seen = view.viewport
    assert seen.cell_at((view.height() / 2, view.width() / 2)) in ((3, 6), (4, 6))
    assert seen.edge_y(2) >= 0
    assert seen.edge_y(6) <= seen.height
    assert seen.edge_x(3) >= 0
    assert seen.edge_x(10) <= seen.width
    scale = view.scale
    press(window, Qt.Key.Key_F)
    assert view.scale < scale


# Lines


def test_lines_between_cells_are_switched_by_key_and_remembered(window, settings, qtbot):
    view, theme = window.view, theme_of(window.palette())

    def lines():
        image, seen = view.grab().toImage(), view.viewport
        middle = round(seen.edge_y(3) + seen.pitch / 2)
        return [image.pixelColor(round(seen.edge_x(x)), middle).name() for x in (5, 10)]

    assert lines() == [theme.grid, theme.bold_grid]
    press(window, Qt.Key.Key_L)
    assert lines() == [theme.board, theme.board]
    window.close()
    assert not settings.get(GRID)
    for again in opened(qtbot, settings):
        assert not again.actions_by_id["grid"].isChecked()
        press(again, Qt.Key.Key_L)
        assert settings.get(GRID)


# Ages


def test_cells_grow_older_as_generations_go_by(window, qtbot):
    load(window, *BLOCK)
    colours = age_colours(theme_of(window.palette()))
    assert colour_at(window, 5, 5) == colours[-1]  # without colours by age all look alike
    press(window, Qt.Key.Key_L, SHIFT)
    legend = window.view.findChild(AgeLegend)
    assert legend.isVisible()
    seen = [colour_at(window, 5, 5)]
    for _ in range(3):
        step(window, qtbot)
        seen.append(colour_at(window, 5, 5))
    assert seen == [colours[1], colours[2], colours[2], colours[3]]
    press(window, Qt.Key.Key_L, SHIFT)
    assert not legend.isVisible()
    assert colour_at(window, 5, 5) == colours[-1]


def test_drawing_makes_only_the_drawn_cell_new(window, qtbot):
    load(window, *BLOCK)
    press(window, Qt.Key.Key_L, SHIFT)
    for _ in range(2):
        step(window, qtbot)
    QTest.mouseClick(window.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place(window, 1, 1))
    colours = age_colours(theme_of(window.palette()))
    assert (colour_at(window, 1, 1), colour_at(window, 5, 5)) == (colours[1], colours[2])


def test_another_pattern_is_new_altogether(window, qtbot):
    load(window, *BLOCK)
    press(window, Qt.Key.Key_L, SHIFT)
    step(window, qtbot)
    load(window, *BLOCK)
    assert colour_at(window, 5, 5) == age_colours(theme_of(window.palette()))[1]


def test_colours_by_age_are_remembered(window, settings, qtbot):
    press(window, Qt.Key.Key_L, SHIFT)
    window.close()
    assert settings.get(AGES)
    for again in opened(qtbot, settings):
        assert again.actions_by_id["ages"].isChecked()
        load(again, *BLOCK)
        assert colour_at(again, 5, 5) == age_colours(theme_of(again.palette()))[1]


# Light and dark


class Look(NamedTuple):
    action: str
    theme: object


@pytest.mark.parametrize("look", [Look("dark-look", DARK), Look("light-look", LIGHT)], ids=lambda look: look.action)
def test_light_or_dark_is_chosen_whatever_the_system_says_and_remembered(
    window, settings, qtbot, qapp, look, usual_look
):
    window.actions_by_id[look.action].trigger()
    assert current_theme() is look.theme
    assert colour_at(window, 5, 5) == look.theme.board
    window.close()
    assert settings.get(APPEARANCE) == look.action.removesuffix("-look")
    apply_theme(qapp, Qt.ColorScheme.Light if look.theme is DARK else Qt.ColorScheme.Dark)
    for again in opened(qtbot, settings):
        assert current_theme() is look.theme
        assert again.actions_by_id[look.action].isChecked()


def test_the_system_is_followed_again_when_that_is_chosen(window, settings, qapp, usual_look):
    window.actions_by_id["dark-look"].trigger()
    window.actions_by_id["system-look"].trigger()
    assert qapp.findChild(ThemeKeeper).scheme is Qt.ColorScheme.Unknown
    assert settings.get(APPEARANCE) == "system"


# From part to part


def part_with_focus(window):
    focus = window.focusWidget()
    parts = {dock_id: dock for dock_id, dock in window.docks.by_id.items() if dock.isAncestorOf(focus)}
    return "board" if focus is window.view else next(iter(parts), "toolbar")


def test_a_key_goes_round_all_parts_that_can_be_seen_and_back(window):
    window.actions_by_id["watch-workspace"].trigger()
    window.grab()
    window.view.setFocus()
    there = []
    for _ in range(4):
        press(window, Qt.Key.Key_F6)
        there.append(part_with_focus(window))
    assert there[:3] == ["panel", "timeline", "costs"]
    back = []
    for _ in range(3):
        press(window, Qt.Key.Key_F6, SHIFT)
        back.append(part_with_focus(window))
    assert back == there[2::-1]


def test_a_part_gives_the_focus_to_what_had_it_last(window):
    rule = window.panel.board.rule
    rule.setFocus()
    press(window, Qt.Key.Key_F6)
    assert not rule.hasFocus()
    while part_with_focus(window) != "panel":
        press(window, Qt.Key.Key_F6)
    assert rule.hasFocus()


def test_to_look_for_what_takes_the_focus_takes_no_widget_from_its_window(qtbot):
    window, part = QMainWindow(), QWidget()
    qtbot.addWidget(window)
    labels, menus = [QLabel(part), QLabel(part)], window.menuBar()
    window.setCentralWidget(part)
    Panes(lambda: [part], window).go_to(part)
    delete(labels[0])
    assert isValid(labels[1])
    delete(part)
    assert isValid(menus)


# The first start


@pytest.fixture
def first(qtbot, settings):
    settings.set(WELCOMED, False)
    yield from opened(qtbot, settings)


def test_the_first_start_shows_how_to_begin_and_the_first_cell_ends_that(first, settings):
    card = first.outlook.welcome.card
    assert card.isVisible()
    assert first.view.rect().contains(card.geometry())
    assert first.view.hint_text == ""  # one hint at a time
    QTest.mouseClick(first.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place(first, 1, 1))
    assert not card.isVisible()
    assert first.view.board.population == 1
    assert settings.get(WELCOMED)


def test_it_can_be_closed_and_the_empty_board_still_says_what_to_do(first, settings):
    QTest.mouseClick(first.outlook.welcome.card.close_button, Qt.MouseButton.LeftButton)
    assert not first.outlook.welcome.card.isVisible()
    assert first.view.hint_text == EMPTY_HINT
    assert settings.get(WELCOMED)


@pytest.mark.parametrize("is_open", [True, False])
def test_the_library_is_one_click_away(first, is_open):
    first.actions_by_id["library"].setChecked(is_open)
    QTest.mouseClick(first.outlook.welcome.card.library, Qt.MouseButton.LeftButton)
    assert not first.docks.by_id["library"].isHidden()
    assert part_with_focus(first) == "library"
    assert not first.outlook.welcome.card.isVisible()


def test_the_second_start_shows_no_such_thing(first, settings, qtbot):
    first.close()
    for again in opened(qtbot, settings):
        assert not again.outlook.welcome.card.isVisible()
        assert again.view.hint_text == EMPTY_HINT


def test_an_old_pattern_can_be_seen_from_64_cells_a_pixel_without_a_hole(window):
    """A single live cell is at least a pixel, however far away."""
    chance = np.random.default_rng(1)
    window.session.load(
        Board.from_cells(chance.random((640, 640)) < 0.02), window.session.rule, window.session.topology
    )
    window.view.show_scale(1 / 64)
    seen, image = window.view.viewport, window.view.grab().toImage()
    theme = theme_of(window.palette())
    top, left = int(seen.edge_y(0)) + 1, int(seen.edge_x(0)) + 1
    inside = [image.pixelColor(left + x, top + y) for y in range(8) for x in range(8)]
    assert all(pixel != QColor(theme.board) for pixel in inside)


# Everything that can be chosen


def test_what_is_chosen_in_the_window_is_there_again_the_next_time(window, settings, qtbot):
    press(window, Qt.Key.Key_F4)
    press(window, Qt.Key.Key_M, SHIFT)
    mode = next(row for row in MODES if window.actions_by_id[row].isChecked())
    window.actions_by_id["pause-at-end"].setChecked(False)
    window.docks.scrubber.speed.setCurrentIndex(2)
    window.session.set_rate(20)
    window.outlook.shortcuts.keymap.set_keys("fit", ("J",))
    window.close()
    for again in opened(qtbot, settings):
        assert again.view.tool is Tool.SELECT
        assert again.actions_by_id["select"].isChecked()
        assert again.actions_by_id[mode].isChecked()
        assert not again.actions_by_id["pause-at-end"].isChecked()
        assert again.docks.scrubber.speed.currentText() == "1/100×"
        assert again.session.rate == 20
        press(again, Qt.Key.Key_1)
        press(again, Qt.Key.Key_J)
        assert again.view.scale > 1
