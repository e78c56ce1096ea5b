import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRectF, QSettings, Qt
from PySide6.QtTest import QTest

from gui.board.edge_pan import step_towards
from gui.board.tools import Tool
from gui.board.view import BoardView
from gui.board.viewport import Viewport
from gui.bridge import SimulationBridge
from gui.editing.desk import EditingDesk
from gui.editing.paint import frame_of
from gui.editing.preview import CellFate, fates_of
from gui.look.theme import DARK, LIGHT, palette_for
from gui.session import Session
from gui.settings import Settings
from life.board import Board
from life.editing.floating import Floating, PasteMode
from life.editing.selection import Selection
from life.patterns.rle import read_rle
from life.plane.box import Box
from tests.gui.fakes import FakeSimulation, state
from tests.gui.pixels import distance

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
LIVE = [(y, x) for y in range(0, 30, 3) for x in range(0, 40, 2)]


class Stage:
    """A board that is edited, without a window and without a simulation."""

    def __init__(self, qtbot, tmp_path, board):
        self.session = Session(FakeSimulation(), SimulationBridge(), state(cells=board))
        self.view = BoardView(board)
        qtbot.addWidget(self.view)
        settings = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
        self.editing = EditingDesk(self.view, self.session, settings, self.view).editing
        self.told = []
        self.editing.told.connect(self.told.append)
        self.session.board_changed.connect(self.view.set_board)
        self.view.setPalette(palette_for(LIGHT))
        self.view.resize(640, 480)
        self.view.show()
        self.view.grab()

    def point(self, y, x):
        seen = self.view.viewport
        return QPoint(int(seen.edge_x(x) + seen.pitch / 2), int(seen.edge_y(y) + seen.pitch / 2))

    def colour(self, y, x):
        return self.view.grab().toImage().pixelColor(self.point(y, x))


@pytest.fixture
def stage(qtbot, tmp_path):
    return Stage(qtbot, tmp_path, Board.from_live(30, 40, LIVE))


# The preview


@given(st.integers(0, 999), st.sampled_from(PasteMode), st.integers(-12, 25), st.integers(-12, 35), st.booleans())
def test_the_preview_is_what_the_board_will_be(seed, mode, top, left, is_lifted):
    chance = np.random.default_rng(seed)
    board = Board.from_cells(chance.random((20, 30)) < 0.4)
    floating = Floating(chance.random((9, 11)) < 0.5, top, left)
    if is_lifted:
        floating = Floating.lifted(board, Selection(4, 5, 9, 11)).at(top, left)
    before, after = board.cells(), floating.placed_on(board, mode).cells()
    fates = fates_of(board, floating, mode, floating.area)
    for (dy, dx), fate in np.ndenumerate(fates):
        y, x = top + dy, left + dx
        if not (0 <= y < 20 and 0 <= x < 30):
            assert fate == (CellFate.LOST if floating.cells[dy, dx] else CellFate.SAME)
        elif fate == CellFate.COMES:
            assert after[y, x]
            assert floating.cells[dy, dx]
        elif fate in (CellFate.ENDS, CellFate.CANCELS):
            assert before[y, x]
            assert not after[y, x]
        else:
            assert after[y, x] == before[y, x]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_cells_that_come_end_and_stay_look_different(stage, theme):
    stage.view.setPalette(palette_for(theme))
    live, dead, under = stage.colour(6, 20), stage.colour(7, 21), stage.colour(6, 4)
    assert live == under
    stage.editing.set_mode(PasteMode.XOR)
    stage.editing.hold(Floating(np.ones((3, 3), np.bool_), 6, 4))
    comes, ends = stage.colour(7, 5), stage.colour(6, 4)
    for one, other in ((comes, dead), (comes, live), (ends, live), (ends, dead), (comes, ends)):
        assert distance(one, other) > 40
    assert stage.colour(6, 20) == live


def test_lifted_cells_fade_where_they_were_and_come_where_they_are(stage):
    stage.editing.select(Selection(6, 4, 1, 1))
    live, dead = stage.colour(6, 20), stage.colour(7, 21)
    stage.editing.lift()
    stage.editing.hold(stage.editing.floating.at(13, 13))
    assert distance(stage.colour(6, 4), live) > 200
    assert distance(stage.colour(6, 4), dead) > 40
    assert distance(stage.colour(13, 13), dead) > 100
    stage.editing.hold(None)
    stage.editing.select(None)
    assert stage.colour(6, 4) == live
    assert stage.colour(13, 13) == dead


@pytest.mark.parametrize("zoom", [0, -8, -20, 6])
def test_a_paste_of_everything_is_painted_at_every_scale(qtbot, tmp_path, zoom):
    stage = Stage(qtbot, tmp_path, Board(1000, 1000))
    stage.view.hint_text = ""
    for _ in range(abs(zoom)):
        stage.view.zoom_in() if zoom > 0 else stage.view.zoom_out()
    plain = stage.view.grab().toImage()
    stage.editing.hold(Floating(np.ones((1000, 1000), np.bool_)))
    middle = QPoint(320, 240)
    assert distance(stage.view.grab().toImage().pixelColor(middle), plain.pixelColor(middle)) > 200


def test_a_single_cell_is_seen_however_far_away(qtbot, tmp_path):
    stage = Stage(qtbot, tmp_path, Board(1000, 1000))
    stage.editing.set_mode(PasteMode.COPY)
    cells = np.zeros((999, 999), np.bool_)
    stage.editing.hold(Floating(cells))
    without = stage.view.grab().toImage()
    one = cells.copy()
    one[500, 501] = True
    stage.editing.hold(Floating(one))
    assert stage.view.scale < 1
    assert stage.view.grab().toImage() != without


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_selection_tints_its_cells_and_lets_live_and_dead_ones_be_told_apart(stage, theme):
    stage.view.setPalette(palette_for(theme))
    live, dead = stage.colour(6, 20), stage.colour(7, 21)
    stage.editing.select(Selection(5, 15, 10, 10))
    assert stage.colour(7, 21) != dead
    assert distance(stage.colour(6, 20), stage.colour(7, 21)) > distance(live, dead) / 2
    assert stage.colour(21, 21) == dead


def test_a_pen_that_was_picked_is_told_on_the_board(stage):
    plain = stage.view.grab().toImage()
    stage.view.hand.pen = False
    assert stage.view.grab().toImage() != plain
    stage.view.set_tool(Tool.PAN)
    assert stage.view.grab().toImage() == plain


# The pointer


def test_the_pointer_says_what_can_be_moved(stage, qtbot):
    stage.view.set_tool(Tool.SELECT)
    stage.editing.select(Selection(5, 5, 10, 10))
    qtbot.mouseMove(stage.view, stage.point(20, 20))
    assert stage.view.cursor().shape() == Qt.CursorShape.CrossCursor
    qtbot.mouseMove(stage.view, stage.point(8, 8))
    assert stage.view.cursor().shape() == Qt.CursorShape.SizeAllCursor
    qtbot.mouseMove(stage.view, stage.point(20, 20))
    assert stage.view.cursor().shape() == Qt.CursorShape.CrossCursor
    stage.editing.float_pattern(read_rle("3o!"))
    assert stage.view.cursor().shape() == Qt.CursorShape.SizeAllCursor


def test_a_paste_from_the_menu_begins_in_the_middle_of_what_is_seen(stage):
    stage.view.hand.leave()
    stage.editing.float_pattern(read_rle("3o$3o$3o!"))
    assert stage.editing.floating.area == Selection(14, 19, 3, 3)


def test_space_and_the_middle_button_move_the_board_while_something_floats(stage, qtbot):
    stage.editing.float_pattern(read_rle("3o!"))
    before = stage.view.viewport
    QTest.mousePress(stage.view, Qt.MouseButton.MiddleButton, NONE, QPoint(100, 100))
    QTest.mouseMove(stage.view, QPoint(130, 120))
    QTest.mouseRelease(stage.view, Qt.MouseButton.MiddleButton, NONE, QPoint(130, 120))
    assert (stage.view.viewport.left, stage.view.viewport.top) == (before.left + 30, before.top + 20)
    assert stage.editing.floating


def test_a_drag_over_the_edge_of_the_widget_takes_the_board_along(qtbot, tmp_path):
    stage = Stage(qtbot, tmp_path, Board(200, 200))
    stage.view.set_tool(Tool.SELECT)
    for _ in range(12):
        stage.view.zoom_in()
    start = stage.view.viewport
    QTest.mousePress(stage.view, LEFT, NONE, QPoint(320, 240))
    QTest.mouseMove(stage.view, QPoint(320, 520))
    qtbot.waitUntil(lambda: stage.view.viewport.top < start.top - 100)
    QTest.mouseRelease(stage.view, LEFT, NONE, QPoint(320, 520))
    stopped = stage.view.viewport
    assert stage.editing.selection.bottom > start.cell_at((480, 320))[0]
    assert stage.view.viewport == stopped


def test_the_board_is_taken_along_up_to_its_edge_and_no_farther():
    seen = Viewport(480, 640, pitch=10, top=-5, left=-1000)
    board = Box(0, 0, 48, 200)
    assert step_towards((240, 320), seen, board) == (0.0, 0.0)
    assert step_towards((-50, 320), seen, board) == (5, 0.0)
    assert step_towards((500, 320), seen, board) == (0.0, 0.0)
    dy, dx = step_towards((240, -20), seen, board)
    assert dy == 0
    assert 0 < dx <= 40
    assert step_towards((240, 1000), seen, board) == (0.0, -40)


# Other boards


def test_a_selection_that_no_longer_fits_is_cut(stage):
    stage.editing.select(Selection(0, 0, 30, 40))
    stage.session.resize(10, 20)
    assert stage.editing.selection == Selection(0, 0, 10, 20)


def test_what_floats_goes_when_the_board_gets_another_size(stage):
    stage.editing.float_pattern(read_rle("3o!"))
    stage.session.resize(10, 20)
    assert stage.editing.floating is None


def test_more_memory_than_there_is_is_said(stage):
    def too_much():
        raise MemoryError

    assert stage.editing.attempt(too_much) is None
    assert stage.told == ["This needs more memory than there is."]


def test_what_the_next_click_or_release_does_is_told_on_the_board(stage):
    stage.editing.float_pattern(read_rle("3o!"))
    free = stage.view.grab().toImage()
    stage.editing.is_carried = True
    assert stage.view.grab().toImage() != free
    stage.editing.hold(None)
    assert not stage.editing.is_carried


def test_a_frame_ends_a_little_out_of_sight_and_is_none_where_nothing_is_seen():
    seen = Viewport(480, 640, pitch=64)
    assert frame_of(Selection(1, 2, 3, 4), seen) == QRectF(128, 64, 256, 192)
    frame = frame_of(Selection(1, 2, 10**6, 10**6), seen)
    assert (frame.top(), frame.left()) == (64, 128)
    assert frame.bottom() < 600
    assert frame.right() < 700
    assert frame_of(Selection(100, 100, 3, 3), seen).isEmpty()
