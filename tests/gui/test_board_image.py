from math import floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage, QPainter

from gui.board.image import picture_of, shades_of
from gui.board.viewport import Viewport
from life.board import Board

DEAD, ALIVE, BEYOND = QColor("#ffffff"), QColor("#102030"), QColor("#ff0000")


def painted(board, view):
    """Device pixels, uint32 of the widget's shape, with the board's picture on a ground of its own colour."""
    image = QImage(int(view.width), int(view.height), QImage.Format.Format_RGB32)
    image.fill(BEYOND)
    picture = picture_of(board, view, DEAD, ALIVE)
    if picture is not None:
        painter = QPainter(image)
        picture.paint(painter)
        painter.end()
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)[:, : image.width()].copy()


def soup(height, width, density=0.4, seed=0):
    return Board.from_cells(np.random.default_rng(seed).random((height, width)) < density)


def expected(board, view):
    """What `painted` must give from one device pixel a cell upwards, worked out pixel by pixel."""
    cells, colours = board.cells(), np.array([DEAD.rgb(), ALIVE.rgb()], np.uint32)
    ys = np.array([view.cell_at((row / view.ratio, 0))[0] for row in range(int(view.height))])
    xs = np.array([view.cell_at((0, column / view.ratio))[1] for column in range(int(view.width))])
    inside = ((ys >= 0) & (ys < board.height))[:, None] & ((xs >= 0) & (xs < board.width))
    shown = colours[cells[np.clip(ys, 0, board.height - 1)][:, np.clip(xs, 0, board.width - 1)]]
    return np.where(inside, shown, np.uint32(BEYOND.rgb()))


@given(
    st.tuples(st.integers(1, 40), st.integers(1, 150)),
    st.sampled_from([1.0, 2.0, 3.0, 7.0, 16.0, 50.0]),
    st.floats(-300, 60),
    st.floats(-300, 60),
    st.sampled_from([1.0, 1.5, 2.0]),
)
def test_every_pixel_has_the_colour_of_the_cell_under_it(size, pitch, top, left, ratio):
    board = soup(*size)
    view = Viewport(64, 90, pitch, top, left, ratio)
    assert np.array_equal(painted(board, view), expected(board, view))


@given(
    st.tuples(st.integers(1, 400), st.integers(1, 400)),
    st.integers(11, 79).map(lambda eightieths: eightieths / 80),
    st.integers(-640, 480).map(lambda eighths: eighths / 8),
    st.integers(-640, 480).map(lambda eighths: eighths / 8),
)
def test_zoomed_out_a_pixel_is_dark_exactly_where_a_cell_in_it_is_alive(size, pitch, top, left):
    board = soup(*size, density=0.02)
    view = Viewport(60, 70, pitch, top, left)
    pixels = painted(board, view)
    dark = (pixels != DEAD.rgb()) & (pixels != BEYOND.rgb())
    wanted = np.zeros_like(dark)
    for y, x in zip(*np.nonzero(board.cells()), strict=True):
        row, column = floor(view.edge_y(int(y)) + 1e-9), floor(view.edge_x(int(x)) + 1e-9)
        if 0 <= row < 60 and 0 <= column < 70:
            wanted[row, column] = True
    assert np.array_equal(dark, wanted)


@given(st.floats(1 / 64, 0.12), st.integers(0, 2999), st.integers(0, 2999), st.floats(-3, 3))
def test_zoomed_out_very_far_a_single_cell_is_still_seen_in_its_place(pitch, y, x, shift):
    board = Board.from_live(3000, 3000, [(y, x)])
    view = Viewport(370, 370, pitch, shift, shift)
    dark = painted(board, view)
    rows, columns = np.nonzero((dark != DEAD.rgb()) & (dark != BEYOND.rgb()))
    row, column = floor(view.edge_y(y)), floor(view.edge_x(x))
    if 2 <= row < 368 and 2 <= column < 368:
        assert len(rows) == 1
        assert abs(rows[0] - row) <= 1
        assert abs(columns[0] - column) <= 1


@pytest.mark.parametrize("pitch", [0.7, 0.5, 0.3, 0.1, 1 / 48])
def test_zoomed_out_more_live_cells_are_darker(pitch):
    view = Viewport(20, 20, pitch, -5, -5)
    densities = [0.002, 0.05, 0.3, 0.7, 1.0]
    shades = [np.mean(painted(soup(2000, 2000, density), view) & 0xFF) for density in densities]
    assert shades == sorted(shades, reverse=True)
    assert shades[0] > shades[1] > shades[2] > shades[3]


def test_a_full_block_is_as_dark_as_a_live_cell_and_an_empty_one_as_light_as_a_dead_one():
    bounds = np.array([0, 2, 5, 7])
    full = Board.from_cells(np.ones((7, 7), np.uint8))
    assert (shades_of(full.bits, bounds, bounds) == 255).all()
    assert (shades_of(Board(7, 7).bits, bounds, bounds) == 0).all()


def test_nothing_is_painted_of_a_board_out_of_sight():
    assert picture_of(soup(5, 5), Viewport(50, 50, 4.0, top=60), DEAD, ALIVE) is None
    assert picture_of(soup(5, 5), Viewport(50, 50, 0.5, left=-40), DEAD, ALIVE) is None


@pytest.mark.parametrize("pitch", [0.4, 3.0])
def test_a_picture_outlives_its_board(pitch):
    board = soup(50, 50)
    picture = picture_of(board, Viewport(50, 50, pitch), DEAD, ALIVE)
    before = picture.image.copy()
    del board
    assert picture.image == before
