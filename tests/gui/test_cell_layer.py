"""Pictures that take longer than a frame: made elsewhere, and the last one moved along until they are there."""

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QImage, QPainter

from gui.board import picture_maker
from gui.board.cell_layer import CellLayer
from gui.board.picture_maker import PictureMaker, Wanted
from gui.board.view import BoardView
from gui.board.viewport import Viewport
from gui.look.theme import DARK, LIGHT, palette_for
from life.board import Board
from life.density import block_counter
from life.plane.box import Box
from life.plane.tile_plane import TilePlane

GROUND = QColor("#ff0000")


class Errand:
    """In the place of a thread: what is to be done is done when the test says so."""

    def __init__(self):
        self.work = []

    def __call__(self, work):
        self.work.append(work)

    def run(self):
        for work in self.work:
            work()
        self.work.clear()


@pytest.fixture
def parent(qapp):
    return QObject()


@pytest.fixture
def errand():
    return Errand()


@pytest.fixture
def maker(parent, errand):
    return PictureMaker(parent, errand)


@pytest.fixture
def layer(parent, maker):
    return CellLayer(parent, maker)


@pytest.fixture
def nothing_is_quick(monkeypatch):
    monkeypatch.setattr(picture_maker, "QUICK", -1)
    monkeypatch.setattr(picture_maker, "QUICK_OTHERWISE", -1)


def painted(layer, world, view, theme=LIGHT):
    image = QImage(int(view.width), int(view.height), QImage.Format.Format_RGB32)
    image.fill(GROUND)
    painter = QPainter(image)
    try:
        layer.paint(painter, world, view, theme)
    finally:
        painter.end()
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1).copy()


def soup(seed=0, size=60):
    return Board.from_cells(np.random.default_rng(seed).random((size, size)) < 0.3)


VIEW = Viewport(50, 60, 4.0, -10, -20)


def test_what_is_quick_is_painted_at_once(layer, errand):
    assert (painted(layer, soup(), VIEW) != GROUND.rgb()).any()
    assert not errand.work


def test_the_same_picture_is_not_made_twice(layer, monkeypatch):
    made = []
    original = Wanted.make
    monkeypatch.setattr(Wanted, "make", lambda wanted, *margin: made.append(1) or original(wanted, *margin))
    board = soup()
    first = painted(layer, board, VIEW)
    assert np.array_equal(painted(layer, board, VIEW), first)
    assert len(made) == 1
    painted(layer, board, VIEW.panned(1, 1))
    painted(layer, soup(), VIEW.panned(1, 1))  # another board, though with the same cells: they are not compared
    assert len(made) == 3


def test_what_takes_long_is_made_elsewhere_and_told_when_it_is_there(layer, maker, errand, nothing_is_quick, qtbot):
    board = soup()
    assert (painted(layer, board, VIEW) == GROUND.rgb()).all()
    with qtbot.waitSignal(layer.arrived):
        errand.run()
    assert (painted(layer, board, VIEW) != GROUND.rgb()).any()
    assert not errand.work


def test_until_the_next_picture_is_there_the_last_one_moves_along(layer, maker, errand, nothing_is_quick):
    board, far = soup(size=300), VIEW.panned(-150, 0)  # farther than what was painted around what was in sight
    painted(layer, board, VIEW)
    errand.run()
    maker.look()
    moved = painted(layer, board, far)
    is_there = moved != GROUND.rgb()
    assert is_there.any()
    assert not is_there.all()
    errand.run()
    maker.look()
    exact = painted(layer, board, far)
    assert (exact != GROUND.rgb()).all()
    assert np.array_equal(exact[is_there], moved[is_there])


def test_as_long_as_the_view_moves_over_what_the_picture_has_no_other_one_is_made(
    layer, maker, errand, nothing_is_quick
):
    board, view = soup(size=600), Viewport(50, 60, 1.0, -200, -200)
    painted(layer, board, view)
    errand.run()
    maker.look()
    moved = view.panned(50, -60)
    top, left = moved.seen()[:2]
    alive = painted(layer, board, moved) == QColor(LIGHT.cell).rgb()
    assert np.array_equal(alive, board.crop(Box(top, left, top + 50, left + 60)).cells().astype(bool))
    assert not errand.work
    painted(layer, board, view.panned(100, 0))  # still all there, but not for long
    assert errand.work


def test_only_the_newest_of_what_was_wanted_in_the_meantime_is_made(
    layer, maker, errand, nothing_is_quick, monkeypatch
):
    made = []
    monkeypatch.setattr(Wanted, "make", lambda wanted, margin: made.append(wanted.world))
    boards = [soup(seed) for seed in range(4)]
    for board in boards:
        painted(layer, board, VIEW)
    errand.run()
    assert made == [boards[-1]]


def test_a_picture_in_other_colours_or_of_another_size_is_not_moved_along(layer, maker, errand, nothing_is_quick):
    painted(layer, soup(), VIEW)
    errand.run()
    maker.look()
    assert (painted(layer, soup(), VIEW, DARK) == GROUND.rgb()).all()
    assert (painted(layer, soup(size=61), VIEW) == GROUND.rgb()).all()


def test_whether_nothing_is_in_sight_is_known_only_once_it_was_looked(layer, maker, errand, nothing_is_quick):
    painted(layer, Board(60, 60), VIEW)
    assert not layer.is_blank
    errand.run()
    maker.look()
    painted(layer, Board(60, 60), VIEW)
    assert not layer.is_blank
    board = Board(60, 60)
    painted(layer, board, VIEW)
    errand.run()
    maker.look()
    painted(layer, board, VIEW)
    assert layer.is_blank


def test_a_picture_for_which_there_is_no_memory_leaves_the_next_one_alone(
    layer, maker, errand, nothing_is_quick, monkeypatch
):
    def too_much(*_):
        raise MemoryError

    original = Wanted.make
    monkeypatch.setattr(Wanted, "make", too_much)
    painted(layer, soup(), VIEW)
    errand.run()
    maker.look()
    monkeypatch.setattr(Wanted, "make", original)
    board = soup()
    painted(layer, board, VIEW)
    errand.run()
    maker.look()
    assert (painted(layer, board, VIEW) != GROUND.rgb()).any()


@pytest.mark.parametrize("world", [soup(), TilePlane.from_board(soup(), 0, 0)], ids=["board", "plane"])
def test_the_work_is_what_is_seen_or_all_there_is(world):
    near, far = Wanted(world, VIEW, LIGHT), Wanted(world, Viewport(50, 60, 2.0**-6, farthest=6), LIGHT)
    assert 0 < near.work < far.work <= world.nbytes
    assert near.is_quick


def test_a_large_board_is_counted_ahead_once_all_of_it_is_seen(layer, maker, errand, nothing_is_quick):
    block_counter().wait()  # which a large board would begin to compile
    board = soup(size=3000)
    out = Viewport(50, 60, 2.0**-6, farthest=6)
    painted(layer, board, out)
    assert not board.is_counted
    errand.run()
    assert board.is_counted
    assert Wanted(board, out.panned(1, 1), LIGHT).work == 0
    closer = Viewport(3, 4, 2.0**-5, farthest=6)
    part = soup(1, size=3000)
    painted(layer, part, closer)
    errand.run()
    assert not part.is_counted


def test_a_window_shows_a_large_board_without_waiting_for_it(qtbot, nothing_is_quick):
    view = BoardView(soup())
    qtbot.addWidget(view)
    view.setPalette(palette_for(LIGHT))
    view.resize(300, 300)
    view.show()
    y, x = next(zip(*np.nonzero(view.board.cells()), strict=True))
    seen = view.viewport
    at = int(seen.edge_x(int(x)) + seen.pitch / 2), int(seen.edge_y(int(y)) + seen.pitch / 2)
    qtbot.waitUntil(lambda: view.grab().toImage().pixelColor(*at).name() == LIGHT.cell)
