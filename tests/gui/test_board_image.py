from math import floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage, QPainter

from gui.board.image import picture_of, shades_of
from gui.board.viewport import Viewport
from life.board import Board
from life.plane.box import Box
from life.plane.tile_plane import TilePlane

DEAD, ALIVE, BEYOND = QColor("#ffffff"), QColor("#102030"), QColor("#ff0000")


def painted(board, view):
    """Device pixels, uint32 of the widget's shape, with the board's picture on a ground of its own colour."""
    image = QImage(int(view.width), int(view.height), QImage.Format.Format_RGB32)
    image.fill(BEYOND)
    picture = picture_of(board, view, DEAD, ALIVE)
    if picture is not None:
        painter = QPainter(image)
        picture.paint(painter, view)
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


def expected_densities(board, view):
    """Which share of each pixel's block is alive, -1 where there is no board; counted cell by cell."""
    side, shares = 1 << view.log2, np.full((int(view.height), int(view.width)), -1.0)
    for row, column in np.ndindex(shares.shape):
        y, x = view.cell_at((row, column))
        part = Box(y, x, y + side, x + side).within(board.frame)
        if not part.is_empty:
            shares[row, column] = board.crop(part).population / side**2
    return shares


@settings(max_examples=40)
@given(
    st.tuples(st.integers(1, 200), st.integers(1, 200)),
    st.integers(1, 5),
    st.integers(-200, 60).map(lambda quarters: quarters / 4),
    st.integers(-200, 60).map(lambda quarters: quarters / 4),
    st.sampled_from([0.01, 0.5]),
)
def test_zoomed_out_a_pixel_shows_how_many_cells_of_its_block_are_alive(size, log2, top, left, density):
    board = soup(*size, density)
    view = Viewport(16, 20, 2.0**-log2, top, left)
    pixels, shares = painted(board, view) & 0xFF, expected_densities(board, view)
    is_alive, is_board = shares > 0, shares >= 0
    assert (painted(board, view)[~is_board] == BEYOND.rgb()).all()
    assert (pixels[is_board & ~is_alive] == DEAD.rgb() & 0xFF).all()
    assert (pixels[is_alive] < 0xB0).all()
    darkness = 0xFF - pixels[is_alive].astype(int)
    order = np.argsort(shares[is_alive], kind="stable")
    assert (np.diff(darkness[order]) >= 0).all()


@given(st.integers(3, 9), st.integers(0, 2999), st.integers(0, 2999), st.floats(-3, 3))
def test_zoomed_out_very_far_a_single_cell_is_still_seen_in_its_place(log2, y, x, shift):
    board = Board.from_live(3000, 3000, [(y, x)])
    view = Viewport(400, 400, 2.0**-log2, shift, shift)
    pixels = painted(board, view)
    rows, columns = np.nonzero((pixels != BEYOND.rgb()) & (pixels & 0xFF < 0xB0))
    row, column = floor(view.edge_y(y)), floor(view.edge_x(x))
    assert list(zip(rows, columns, strict=True)) == ([(row, column)] if row >= 0 and column >= 0 else [])


@pytest.mark.parametrize("log2", [1, 2, 4, 6])
def test_zoomed_out_more_live_cells_are_darker(log2):
    view = Viewport(20, 20, 2.0**-log2, -5, -5)
    densities = [0.002, 0.05, 0.3, 0.7, 1.0]
    shades = [np.mean(painted(soup(2000, 2000, density), view) & 0xFF) for density in densities]
    assert shades == sorted(shades, reverse=True)
    assert shades[0] > shades[1] > shades[2] > shades[3]


def test_a_full_block_is_as_dark_as_a_live_cell_and_an_empty_one_as_light_as_a_dead_one():
    shades = shades_of(np.array([[0, 2.0**-124, 0.25, 1]], np.float32))
    assert shades[0, 0] == 0
    assert 64 < shades[0, 1] < shades[0, 2] < shades[0, 3] == 255


FAR = [(0, 0), (1 << 60, -(1 << 60)), ((1 << 62) - 40, -(1 << 62) + 40)]


@pytest.mark.parametrize("at", FAR, ids=["near", "far", "at-the-end"])
@pytest.mark.parametrize("pitch", [8.0, 1.0, 0.5, 2.0**-5])
def test_a_plane_is_painted_as_a_board_is_however_far_from_the_first_cell(at, pitch):
    cells, (top, left) = soup(64, 64), at
    top, left = top & ~63, left & ~63
    plane = TilePlane.from_board(cells, top, left)
    view = Viewport(60, 80, pitch, farthest=62).centred_on(top + 20, left + 30)
    near = Viewport(60, 80, pitch).centred_on(20, 30)
    wanted, got = (
        np.where(seen == BEYOND.rgb(), DEAD.rgb(), seen) for seen in (painted(cells, near), painted(plane, view))
    )
    assert np.array_equal(got, wanted)
    assert (wanted != DEAD.rgb()).sum() >= 4


def test_of_a_picture_made_for_another_view_the_part_in_sight_is_painted_where_it_belongs():
    board = soup(200, 200)
    before = Viewport(100, 100, 1.0, top=-20, left=-30)
    picture = picture_of(board, before, DEAD, ALIVE)
    for after in (before.panned(7, -9), before.zoomed(5, (40, 50)), before.zoomed(-3, (40, 50))):
        image = QImage(100, 100, QImage.Format.Format_RGB32)
        image.fill(BEYOND)
        painter = QPainter(image)
        picture.paint(painter, after)
        painter.end()
        pixels = np.frombuffer(image.constBits(), np.uint32).reshape(100, 100)
        wanted = painted(board, after)
        is_there = pixels != BEYOND.rgb()
        assert is_there.sum() > 100
        if after.pitch >= 1:
            assert np.array_equal(pixels[is_there], wanted[is_there])


def test_nothing_is_painted_of_a_board_out_of_sight():
    assert picture_of(soup(5, 5), Viewport(50, 50, 4.0, top=60), DEAD, ALIVE) is None
    assert picture_of(soup(5, 5), Viewport(50, 50, 0.5, left=-40), DEAD, ALIVE) is None


@pytest.mark.parametrize("pitch", [0.25, 1.0, 4.0])
def test_a_picture_says_whether_anything_in_it_is_alive(pitch):
    view = Viewport(50, 50, pitch)
    assert picture_of(Board(90, 90), view, DEAD, ALIVE).is_blank
    assert not picture_of(Board.from_live(90, 90, [(2, 2)]), view, DEAD, ALIVE).is_blank


@pytest.mark.parametrize("pitch", [0.5, 1.0, 4.0])
def test_painting_a_board_with_a_pending_edit_does_not_put_its_bits_together(pitch, monkeypatch):
    board = soup(300, 300)
    edited = board.with_cells(np.array([3, 5]), np.array([4, 60]), alive=True)
    asked = []
    bits = Board.bits
    monkeypatch.setattr(Board, "bits", property(lambda one: asked.append(one) or bits.fget(one)))
    view = Viewport(90, 90, pitch)
    assert np.array_equal(painted(edited, view), painted(Board.from_cells(edited.cells()), view))
    asked.clear()
    painted(board.with_cells(np.array([3, 5]), np.array([4, 60]), alive=True), view)
    assert not [one for one in asked if one != board and one.height == 300]


@pytest.mark.parametrize("pitch", [0.5, 3.0])
def test_a_picture_outlives_its_board(pitch):
    board = soup(50, 50)
    picture = picture_of(board, Viewport(50, 50, pitch), DEAD, ALIVE)
    before = picture.image.copy()
    del board
    assert picture.image == before
