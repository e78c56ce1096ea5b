import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from gui.board.overlay import look_of
from gui.board.tools import Tool
from gui.board.view import BoardView
from gui.bridge import SimulationBridge
from gui.look.theme import DARK, LIGHT, theme_of
from gui.watch.legend import OverlayLegend
from gui.watch.overlay import Overlay
from gui.watch.watch import Watch
from life.board import Board
from life.experiment import Experiment, Fault
from life.history import History
from life.simulation import Simulation
from life.trace.states import CellState, states_at
from tests.gui.watching import Watched


@pytest.fixture
def stage(qtbot):
    """A board with an overlay, and the generations that it may show."""
    watched = Watched()
    watched.view = BoardView(watched.board)
    watched.legend = OverlayLegend(watched.watch)
    watched.overlay = Overlay(watched.watch, watched.view, watched.legend)
    for widget in (watched.view, watched.legend):
        qtbot.addWidget(widget)
        widget.resize(800, 600 if widget is watched.view else 40)
    watched.view.show()
    return watched


def middle_of(view, y, x):
    seen = view.viewport
    return QPoint(round(seen.edge_x(x) + seen.pitch / 2), round(seen.edge_y(y) + seen.pitch / 2))


def corner_colour(view, y, x):
    """The colour beside the mark of a cell."""
    point = middle_of(view, y, x) - QPoint(round(view.viewport.pitch * 0.4), round(view.viewport.pitch * 0.4))
    return view.grab().toImage().pixelColor(point)


def is_near(one, other):
    return max(abs(a - b) for a, b in zip(one.getRgb()[:3], QColor(other).getRgb()[:3], strict=True)) < 60


def test_the_present_board_shows_no_states(stage):
    stage.run()
    assert stage.view.states.states is None
    assert not stage.legend.isVisibleTo(None)


def test_an_instant_shows_the_states_and_the_board_as_it_was(stage):
    record = stage.run(strategy="serial", latency=0.002)
    trace = record.trace
    halfway = trace.answered[20]
    stage.watch.move_to(halfway)
    states = states_at(trace, halfway)
    assert (stage.view.states.states == states).all()
    past = stage.view.states.past.cells()
    done = states == CellState.DONE
    assert done.any()
    assert not done.all()
    assert (past[done] == record.after.cells()[done]).all()
    assert (past[~done] == record.before.cells()[~done]).all()
    stage.watch.select_record(None)
    assert stage.view.states.past is None


@pytest.mark.parametrize("side", [8, 40])
def test_each_state_has_its_colour_on_the_board_whether_cells_are_small_or_large(stage, side):
    stage.view.resize(8 * side + 32, 6 * side + 32)
    stage.view.fit()
    states = np.zeros((6, 8), np.uint8)
    states[0, :6] = range(6)
    stage.view.states.show_states(states, Board(6, 8))
    theme = theme_of(stage.view.palette())
    for state in CellState:
        if state is not CellState.FAILED:  # whose own mark covers the corner
            colour = look_of(state, theme).colour or theme.board
            assert is_near(corner_colour(stage.view, 0, state), colour), state
    image, centre = stage.view.grab().toImage(), middle_of(stage.view, 0, CellState.FAILED)
    around = [image.pixelColor(centre + QPoint(dx, dy)) for dx in range(-3, 4) for dy in range(-3, 4)]
    assert any(is_near(colour, theme.failed) for colour in around)
    stage.view.states.hide_states()
    assert corner_colour(stage.view, 0, CellState.WAITING_FOR_IO) == QColor(theme.board)


def test_live_and_dead_cells_can_be_told_apart_in_every_state(stage):
    board = Board.from_live(6, 8, [(0, x) for x in range(6)])
    states = np.zeros((6, 8), np.uint8)
    states[:2, :6] = range(6)
    stage.view.states.show_states(states, board)
    for state in CellState:
        if state is not CellState.FAILED:  # whose frame covers the corner
            live, dead = corner_colour(stage.view, 0, state), corner_colour(stage.view, 1, state)
            assert abs(live.lightness() - dead.lightness()) > 15, state


def test_marks_appear_where_cells_are_large_enough(stage):
    stage.view.states.show_states(np.full((6, 8), CellState.WAITING_FOR_IO, np.uint8), Board(6, 8))
    image = stage.view.grab().toImage()
    centre = middle_of(stage.view, 2, 3)
    colours = {image.pixelColor(centre + QPoint(dx, dy)).name() for dx in range(-9, 10) for dy in range(-9, 10)}
    assert len(colours) > 5
    stage.view.resize(130, 100)
    stage.view.fit()
    assert stage.view.scale < 14
    image, centre = stage.view.grab().toImage(), middle_of(stage.view, 2, 3)
    assert len({image.pixelColor(centre + QPoint(dx, 0)).name() for dx in range(-3, 4)}) == 1


def test_the_legend_counts_every_cell_once(stage):
    record = stage.run(faults={(2, 3): Fault.ERROR})
    stage.watch.move_to(record.trace.finished)
    texts = [entry.accessibleName() for entry in stage.legend._entries.values()]
    assert texts[CellState.DONE] == "done: 47"
    assert texts[CellState.FAILED] == "failed: 1"
    assert sum(int(text.split(": ")[1]) for text in texts) == 48
    assert stage.legend.title.accessibleName() == "Generation 1"
    stage.legend.now.click()
    assert stage.watch.follows
    assert stage.legend.isHidden()


def test_a_board_of_another_size_is_not_forced_upon_this_one(stage):
    first = stage.run()
    stage.board = Board(3, 4)
    stage.run()
    stage.view.set_board(stage.board)
    stage.watch.select_record(first)
    assert stage.view.states.states is None
    assert "6 × 8" in stage.legend.title.accessibleName()


def test_a_switched_off_overlay_leaves_the_present(stage):
    record = stage.run()
    stage.overlay.set_enabled(False)
    stage.watch.move_to(record.trace.started)
    assert stage.view.states.states is None
    stage.overlay.set_enabled(True)
    assert stage.view.states.states is not None


def test_the_past_can_be_clicked_but_not_drawn_on(stage, qtbot):
    record = stage.run()
    stage.view.set_board(stage.board)
    stage.watch.move_to(record.trace.finished)
    drawn, picked = [], []
    stage.view.cells_drawn.connect(drawn.append)
    stage.view.cell_picked.connect(lambda y, x: picked.append((y, x)))
    qtbot.mouseClick(stage.view, Qt.MouseButton.LeftButton, pos=middle_of(stage.view, 2, 3))
    qtbot.mouseClick(stage.view, Qt.MouseButton.RightButton, pos=middle_of(stage.view, 2, 4))
    qtbot.keyClick(stage.view, Qt.Key.Key_Right)
    stage.view.use_tool_at_cursor()
    assert picked == [(2, 3)]
    assert stage.watch.cell == (2, 3)
    assert drawn == []
    stage.watch.select_record(None)
    qtbot.mouseClick(stage.view, Qt.MouseButton.LeftButton, pos=middle_of(stage.view, 2, 3))
    assert len(drawn) == 1


def test_in_the_present_the_pan_tool_picks_by_a_click_and_not_by_a_drag(stage, qtbot):
    stage.run()
    stage.view.set_tool(Tool.PAN)
    at = middle_of(stage.view, 1, 1)
    qtbot.mousePress(stage.view, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(stage.view, at + QPoint(30, 0))
    qtbot.mouseRelease(stage.view, Qt.MouseButton.LeftButton, pos=at + QPoint(30, 0))
    assert stage.watch.cell is None
    qtbot.mouseClick(stage.view, Qt.MouseButton.LeftButton, pos=middle_of(stage.view, 1, 1))
    assert stage.watch.cell == (1, 1)
    qtbot.mouseClick(stage.view, Qt.MouseButton.LeftButton, pos=middle_of(stage.view, 1, 1))
    assert stage.watch.cell is None


def test_the_cell_of_the_arrow_keys_can_be_picked(stage, qtbot):
    stage.run()
    qtbot.keyClick(stage.view, Qt.Key.Key_Right)
    stage.view.pick_at_cursor()
    assert stage.watch.cell == stage.view.cursor_cell


def test_a_generation_under_way_is_shown_while_it_runs(qtbot):
    board, history, bridge = Board.from_live(12, 12, [(3, 3)]), History(), SimulationBridge()
    simulation = Simulation(
        bridge, board, experiment=Experiment("thread-pool", workers=8, latency=0.03), history=history
    )
    simulation.set_recording(True)
    watch, view = Watch(history, bridge), BoardView(board)
    legend = OverlayLegend(watch)
    for widget in (view, legend):
        qtbot.addWidget(widget)
    overlay = Overlay(watch, view, legend)
    seen = []
    view.states.changed.connect(lambda: seen.append(view.states.states))
    simulation.start()
    simulation.step()
    qtbot.waitUntil(lambda: watch.record is not None, timeout=20_000)
    simulation.close()
    bridge.close()
    shown = [states for states in seen if states is not None]
    assert overlay.is_enabled
    assert len(shown) >= 2
    assert any((states == CellState.WAITING_FOR_IO).any() for states in shown)
    assert seen[-1] is None  # over with the generation
    assert legend.isHidden()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_states_differ_in_lightness_as_well(theme):
    def lightness(colour):
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(colour).getRgbF()[:3]]
        return 116 * (0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]) ** (1 / 3) - 16

    levels = sorted(lightness(c) for c in (theme.waiting, theme.running, theme.io_wait, theme.lock_wait))
    assert min(np.diff(levels)) > 9
