"""What helps somebody who is lost: the sign that points to the pattern, the ring around a speck, and the scale."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from gui.board.layers import SPECK
from gui.board.numbers import cells_in_words, number_in_words
from gui.board.scale_bar import ScaleBar, ratio_in_words, round_length
from gui.board.view import BoardView
from gui.board.viewport import Viewport
from gui.board.way import Way
from gui.look.theme import DARK, LIGHT, palette_for
from life.board import Board
from life.plane.tile_plane import TilePlane

FAR = 1 << 60


def block_at(y, x):
    return TilePlane.from_cells(np.array([0, 0, 1, 1]) + y, np.array([0, 1, 0, 1]) + x)


@pytest.fixture
def view(qtbot):
    view = BoardView(block_at(FAR, -FAR))
    qtbot.addWidget(view)
    view.setPalette(palette_for(LIGHT))
    view.resize(600, 400)
    view.show()
    view.fit()
    view.grab()
    return view


@pytest.fixture
def way(view):
    return Way(view)


def looked(view, way):
    """The sign, after the view was painted and looked at."""
    view.grab()
    way.look()
    return way.sign


def test_no_sign_stands_where_the_pattern_is_in_sight(view, way):
    assert not looked(view, way).isVisible()


@pytest.mark.parametrize(
    ("move", "side"),
    [((0, 9000), "right"), ((0, -9000), "left"), ((9000, 0), "bottom"), ((-9000, 0), "top")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_sign_stands_at_the_edge_behind_which_the_pattern_is(view, way, move, side):
    view.pan(*move)
    sign = looked(view, way)
    assert sign.isVisible()
    assert view.rect().contains(sign.geometry())
    room = {
        "left": sign.geometry().left(),
        "top": sign.geometry().top(),
        "right": view.width() - sign.geometry().right(),
        "bottom": view.height() - sign.geometry().bottom(),
    }
    assert min(room, key=room.get) == side
    assert sign.text() in ("449 cells", "450 cells")


def test_a_click_on_the_sign_goes_to_the_pattern_in_the_scale_one_has(view, way, qtbot):
    view.zoom_in()
    scale = view.scale
    for _ in range(40):
        view.pan(1e15, -3e14)
    sign = looked(view, way)
    qtbot.mouseClick(sign, Qt.MouseButton.LeftButton)
    assert view.viewport.visible(view.board.box) == view.board.box
    assert view.scale == scale
    assert not looked(view, way).isVisible()


def test_to_go_to_what_is_in_sight_already_shows_all_of_it(view, way):
    view.zoom_out()
    view.grab()
    scale = view.scale
    way.go()
    assert view.scale > scale


def test_on_an_empty_plane_no_sign_stands_anywhere(view, way):
    view.set_board(TilePlane())
    assert not looked(view, way).isVisible()


def test_the_sign_points_to_a_glider_that_flew_away_although_it_looks_between_two(view, way):
    view.set_board(TilePlane.from_cells(np.array([0, 1000]), np.array([0, 1000])))
    view.show_scale(16)
    view.centre_on((400, 400))
    sign = looked(view, way)
    assert sign.isVisible()
    way.go()
    assert view.viewport.visible(view.board.frame).contains(0, 0)


def test_the_sign_is_looked_after_some_time_after_the_view_was_moved(view, way, qtbot):
    view.pan(0, 9000)
    qtbot.waitUntil(way.sign.isVisible)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_pattern_smaller_than_a_few_pixels_has_a_ring_around_it(view, theme):
    view.setPalette(palette_for(theme))

    def ringed():
        image, accent = view.grab().toImage(), QColor(theme.accent).getRgb()
        pixels = (image.pixelColor(x, y).getRgb() for x in range(280, 321) for y in range(180, 221))
        return any(max(abs(a - b) for a, b in zip(pixel, accent, strict=True)) < 50 for pixel in pixels)

    assert not ringed()
    while view.scale * 2 >= SPECK:
        view.zoom_out()
    assert ringed()
    for _ in range(50):
        view.zoom_out()
    assert ringed()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_plane_has_the_colour_of_the_board_everywhere_and_no_edge(view, theme):
    view.setPalette(palette_for(theme))
    view.set_board(block_at(0, 0))
    for _ in range(70):
        view.zoom_out()
    image = view.grab().toImage()
    for x, y in ((1, 1), (598, 1), (1, 398), (598, 398), (300, 20), (20, 200)):
        assert image.pixelColor(x, y).name() == theme.board


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_are_bold_at_every_tenth_cell_counted_from_0_on_either_side_of_it(view, theme):
    view.setPalette(palette_for(theme))
    for corner in ((0, 0), (-30, -30), (-(10**18), 10**18)):
        view.set_board(block_at(corner[0] + 1, corner[1] + 1))
        view.show_scale(16)
        view.centre_on(corner)
        image, seen = view.grab().toImage(), view.viewport
        middle = int(seen.edge_y(corner[0] + 4) + 8)
        lines = [image.pixelColor(int(seen.edge_x(corner[1] + dx)), middle).name() for dx in range(-12, 12)]
        assert [dx for dx, line in zip(range(-12, 12), lines, strict=True) if line == theme.bold_grid] == [-10, 0, 10]
        assert set(lines) == {theme.grid, theme.bold_grid}


# The scale


@given(st.floats(2.0**-62, 64))
def test_the_line_of_the_scale_is_a_round_number_of_cells_and_neither_short_nor_long(scale):
    cells = round_length(scale, 110)
    assert cells * scale <= 110 or cells == 1
    assert cells * 5 * scale > 110 or cells * 2.5 * scale > 110
    assert f"{cells:.0e}"[0] in "125"


@pytest.mark.parametrize(
    ("pitch", "words"), [(16.0, "16 : 1"), (1.0, "1 : 1"), (2.0**-6, "1 : 64"), (2.0**-40, "1 : 2^40")]
)
def test_the_scale_is_told_as_a_ratio(pitch, words):
    assert ratio_in_words(Viewport(100, 100, pitch, farthest=62)) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1"), (411.4, "411"), (12_345, "12,300"), (1e9, "10^9"), (4.6e12, "4.6 × 10^12"), (2.0**62, "4.6 × 10^18")],
)
def test_numbers_of_cells_are_told_in_a_form_that_can_be_read(number, words):
    assert number_in_words(number) == words
    assert cells_in_words(number) == ("1 cell" if number == 1 else f"{words} cells")


def test_the_scale_stands_over_the_plane_and_over_boards_seen_from_afar(qtbot):
    view = BoardView(Board.from_live(30, 40, [(3, 3)]))
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    bar = ScaleBar(view)
    assert not bar.isVisibleTo(view)
    view.show_scale(1)
    assert bar.isVisibleTo(view)
    assert bar.text == "100 cells  ·  1 : 1"
    assert bar.accessibleDescription() == bar.text
    view.show_scale(16)
    view.set_board(block_at(0, 0))
    assert bar.isVisibleTo(view)
