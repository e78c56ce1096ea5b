import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage, QPainter

from gui.board.age_layer import AgeLayer, age_colours, aged_picture
from gui.board.ages import CLASSES, OLDEST, Ages, age_classes, class_names
from gui.board.viewport import Viewport
from gui.look.blend import blended, lightness
from gui.look.theme import DARK, LIGHT
from life.board import Board
from life.plane.box import Box
from life.plane.tile_plane import TilePlane
from tests.gui.test_theme_icons import contrast

BLOCK = [(1, 1), (1, 2), (2, 1), (2, 2)]
SEEDS = st.integers(0, 2**32 - 1)


def board(*live, height=6, width=7):
    return Board.from_live(height, width, live)


def test_a_cell_grows_older_with_every_generation_that_it_lives():
    ages = Ages(board(*BLOCK), 0)
    for generation in range(1, 5):
        ages.follow(board(*BLOCK), generation)
        assert {int(age) for age in ages.counts[ages.counts > 0]} == {generation + 1}


def test_a_cell_that_dies_and_is_born_again_is_new():
    ages = Ages(board((1, 1), (3, 3)), 0)
    ages.follow(board((3, 3)), 1)
    assert ages.counts[1, 1] == 0
    ages.follow(board((1, 1), (3, 3)), 2)
    assert (ages.counts[1, 1], ages.counts[3, 3]) == (1, 3)


def test_generations_that_were_not_shown_count_as_well():
    ages = Ages(board(*BLOCK), 10)
    ages.follow(board(*BLOCK), 17)
    assert ages.counts[1, 1] == 8


def test_an_edit_makes_only_those_cells_new_that_it_brings_to_life():
    ages = Ages(board(*BLOCK), 0)
    ages.follow(board(*BLOCK), 5)
    ages.follow(board(*BLOCK[1:], (4, 4)), 5)
    assert (ages.counts[1, 1], ages.counts[1, 2], ages.counts[4, 4]) == (0, 6, 1)


def test_going_back_makes_cells_younger_but_never_unborn():
    ages = Ages(board(*BLOCK), 0)
    ages.follow(board(*BLOCK, (4, 4)), 5)
    ages.follow(board(*BLOCK, (4, 4)), 3)
    assert (ages.counts[1, 1], ages.counts[4, 4]) == (4, 1)


def test_a_board_of_another_size_begins_anew():
    ages = Ages(board(*BLOCK), 0)
    ages.follow(board((0, 0), height=3, width=4), 9)
    assert ages.counts.tolist() == [[1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]


@given(SEEDS, st.lists(st.integers(-3, 200), max_size=12))
def test_exactly_the_live_cells_have_an_age_and_none_is_older_than_the_oldest(seed, steps):
    chance, generation = np.random.default_rng(seed), 0
    cells = chance.random((5, 9)) < 0.4
    ages = Ages(Board.from_cells(cells), generation)
    for step in steps:
        generation = max(generation + step, 0)
        cells = chance.random((5, 9)) < 0.6
        ages.follow(Board.from_cells(cells), generation)
        assert np.array_equal(ages.counts > 0, cells)
        assert ages.counts.max(initial=0) <= OLDEST


def test_every_doubling_of_the_age_is_a_class_with_a_name():
    numbers = np.array([0, 1, 2, 3, 4, 7, 8, 63, 64], np.uint8)
    assert age_classes(numbers).tolist() == [0, 1, 2, 2, 3, 3, 4, 6, 7]
    assert class_names() == ["1", "2–3", "4–7", "8–15", "16–31", "32–63", "64 or more"]
    assert len(class_names()) == CLASSES - 1


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_ages_tell_themselves_apart_by_lightness_alone_and_all_from_a_dead_cell(theme):
    dead, *alive = age_colours(theme)
    steps = np.diff([lightness(colour) for colour in alive])
    assert dead == theme.board
    assert alive[-1] == theme.cell
    assert abs(steps).min() > 5
    assert (np.sign(steps) == np.sign(steps[0])).all()
    assert all(contrast(colour, theme.board) >= 3 for colour in alive)


def test_a_blend_begins_and_ends_where_it_should():
    assert blended("#4a97d0", "#1c2b3d", 5)[:: len(blended("#4a97d0", "#1c2b3d", 5)) - 1] == ["#4a97d0", "#1c2b3d"]
    assert blended("#000000", "#ffffff", 3)[1] == "#777777"  # the middle in lightness, not in the numbers
    assert lightness("#ffffff") == pytest.approx(100, abs=0.1)


def pixels(picture):
    image = picture.image
    return [[image.pixelColor(x, y).name() for x in range(image.width())] for y in range(image.height())]


def test_a_picture_has_a_pixel_a_cell_in_the_colour_of_its_age():
    counts = np.array([[0, 1, 2], [64, 8, 0]], np.uint8)
    picture = aged_picture(counts, Box(0, 0, 2, 3), Viewport(100, 100, 10.0, top=5, left=7), LIGHT)
    colours = age_colours(LIGHT)
    assert pixels(picture) == [[colours[0], colours[1], colours[2]], [colours[7], colours[4], colours[0]]]
    assert (picture.box, picture.log2) == ((0, 0, 2, 3), 0)


def test_from_far_away_a_pixel_shows_the_oldest_cell_of_its_block():
    counts = np.zeros((8, 8), np.uint8)
    counts[1, 1], counts[2, 3], counts[7, 7] = 1, 64, 4
    picture = aged_picture(counts, Box(0, 0, 8, 8), Viewport(100, 100, 0.25), LIGHT)
    colours = age_colours(LIGHT)
    assert pixels(picture) == [[colours[7], colours[0]], [colours[0], colours[3]]]


def test_blocks_that_lie_only_partly_on_what_has_an_age_begin_where_all_blocks_begin():
    counts = np.zeros((8, 8), np.uint8)
    counts[0, 0], counts[1, 1], counts[7, 7] = 1, 2, 4
    picture = aged_picture(counts, Box(-1, 7, 7, 15), Viewport(100, 100, 0.25, top=20), LIGHT)
    colours = age_colours(LIGHT)
    shown = [[colours[1], colours[0], colours[0]], [colours[0], colours[2], colours[0]], [colours[0]] * 3]
    shown[2][2] = colours[3]
    assert pixels(picture) == shown
    assert picture.box == (-4, 4, 8, 16)


def test_on_the_plane_ages_move_along_with_the_box_around_the_living():
    far = 1 << 61
    plane = TilePlane.from_cells(np.array([5, 5, 6, 6]) + far, np.array([5, 6, 5, 6]) - far)
    ages = Ages(plane, 0)
    assert ages.area == (5 + far, 5 - far, 7 + far, 7 - far)
    ages.follow(plane.with_cells(np.array([2 + far]), np.array([9 - far]), alive=True), 3)
    assert ages.area == (2 + far, 5 - far, 7 + far, 10 - far)
    assert (ages.counts[0, 4], ages.counts[3, 0], ages.counts[0, 0]) == (1, 4, 0)
    ages.follow(TilePlane.from_cells(np.zeros(0, np.int64), np.zeros(0, np.int64)), 4)
    assert not ages.counts.any()


def test_of_a_board_out_of_sight_there_is_no_picture():
    assert aged_picture(np.ones((4, 4), np.uint8), Box(0, 0, 4, 4), Viewport(100, 100, 8.0, top=500), LIGHT) is None


def painted(layer, shown):
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    done = layer.paint(painter, shown, Viewport(60, 60, 10.0), LIGHT)
    painter.end()
    return done, image


def test_only_the_board_whose_ages_are_known_is_painted_with_them(qapp):
    known, layer = board(*BLOCK), AgeLayer()
    layer.show(known, known.cells(), known.frame)
    assert not painted(layer, board((4, 4)))[0]  # an earlier board, say, that is looked at
    assert painted(layer, board(*BLOCK))[0]
    done, image = painted(layer, known)
    assert done
    assert image.pixelColor(15, 15) == QColor(LIGHT.newborn)
    layer.hide()
    assert not painted(layer, known)[0]


def test_ages_agree_with_counting_generation_by_generation():
    """Against the plain definition, over a soup on a torus."""
    cells = np.random.default_rng(5).random((16, 16)) < 0.4
    ages, plain = Ages(Board.from_cells(cells), 0), cells.astype(int)
    for generation in range(1, 30):
        padded = np.pad(cells, 1, mode="wrap")
        around = sum(
            padded[1 + dy : 17 + dy, 1 + dx : 17 + dx].astype(int)
            for dy in (-1, 0, 1)
            for dx in (-1, 0, 1)
            if (dy, dx) != (0, 0)
        )
        cells = (around == 3) | (cells & (around == 2))
        plain = np.where(cells, plain + 1, 0)
        ages.follow(Board.from_cells(cells), generation)
        assert np.array_equal(ages.counts, np.minimum(plain, OLDEST))
