"""What the window says of the board: by real events, around a simulation that runs."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from gui.settings import PAUSES, Settings
from gui.window import MainWindow
from life.board import Board
from life.experiment import Experiment, WireKind
from life.facts import Mode
from life.fanout import FAN_OUTS
from life.knowing.verdict import Kind
from life.notation import parse_rule
from life.topology import BOUNDED, TORUS, Topology
from tests.gui.windows import LONG, place, press, settings_in
from tests.life.plain import next_board

GLIDER = [(3, 4), (4, 5), (5, 3), (5, 4), (5, 5)]
R_PENTOMINO = [(5, 8), (5, 9), (6, 7), (6, 8), (7, 8)]
BLOCK = [(4, 4), (4, 5), (5, 4), (5, 5)]
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def settings(tmp_path) -> Settings:
    return settings_in(tmp_path, Experiment(strategy="row-batches", wire=WireKind.NONE))


@pytest.fixture
def window(opened_on):
    return opened_on((1100, 760))


def point_at(window: MainWindow, y: int, x: int) -> None:
    QTest.mouseMove(window.view, place(window, y, x) + QPoint(1, 0))
    QTest.mouseMove(window.view, place(window, y, x))


def draw(window: MainWindow, cells: list[tuple[int, int]]) -> None:
    for cell in cells:
        QTest.mouseClick(window.view, Qt.MouseButton.LeftButton, NO_KEY, place(window, *cell))


def choose(combo: QComboBox, row: int) -> None:
    combo.setFocus()
    while combo.currentIndex() < row:
        QTest.keyClick(combo, Qt.Key.Key_Down)
    while combo.currentIndex() > row:
        QTest.keyClick(combo, Qt.Key.Key_Up)


# The end of a run


def test_a_run_that_becomes_cyclic_is_paused_and_says_so_by_name(window, qtbot):
    draw(window, R_PENTOMINO)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.knowing.notice.text), timeout=LONG)
    verdict = window.knowing.verdict
    assert verdict.is_lasting
    assert window.knowing.notice.text == f"{verdict}. Press Play to go on."
    assert window.session.mode is Mode.PAUSED
    qtbot.waitUntil(lambda: window.status.message.text() == f"Paused: {verdict}", timeout=LONG)
    assert window.message.isHidden()  # it is no error


def test_play_goes_on_after_such_a_pause_and_is_not_paused_again(window, qtbot):
    draw(window, [(2, 2)])
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.knowing.notice.text), timeout=LONG)
    assert window.knowing.notice.text == "Died out at generation 1. Press Play to go on."
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.generation > 30, timeout=LONG)
    assert window.session.is_running
    assert window.knowing.notice.isHidden()
    press(window, Qt.Key.Key_Return)


def test_an_oscillator_that_was_drawn_plays_on_and_is_named(window, qtbot):
    draw(window, [(4, 3), (4, 4), (4, 5)])
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.generation > 20, timeout=LONG)
    assert window.session.is_running
    assert window.status.message.text() == "Playing: Period 2 since generation 0"
    press(window, Qt.Key.Key_Return)


def test_the_notice_can_switch_the_pausing_off_for_good(window, qtbot, settings):
    draw(window, [(2, 2)])
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.knowing.notice.text), timeout=LONG)
    QTest.mouseClick(window.knowing.notice.buttons[0], Qt.MouseButton.LeftButton)
    assert window.knowing.notice.isHidden()
    assert not window.actions_by_id["pause-at-end"].isChecked()
    assert settings.get(PAUSES) is False
    draw(window, [(2, 2)])
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.generation > 30, timeout=LONG)
    assert window.session.is_running
    press(window, Qt.Key.Key_Return)


def test_pausing_is_switched_in_the_menu_and_remembered(window, settings):
    action = window.actions_by_id["pause-at-end"]
    assert action.isChecked()
    action.trigger()
    assert settings.get(PAUSES) is False
    action.trigger()
    assert settings.get(PAUSES) is True


def test_steps_are_made_to_the_last_whatever_the_board_becomes(window, qtbot):
    draw(window, [(2, 2)])
    press(window, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.session.generation == 10 and not window.session.is_running, timeout=LONG)
    assert window.status.message.text() == "Paused: Died out at generation 1"


def test_an_edit_takes_the_verdict_back(window, qtbot):
    draw(window, BLOCK)
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Still life" in window.status.message.text(), timeout=LONG)
    draw(window, [(4, 6)])
    point_at(window, 0, 0)
    qtbot.waitUntil(lambda: window.status.message.text() == "Paused", timeout=LONG)


# The population


def test_the_dock_shows_the_population_of_every_generation(window, qtbot):
    draw(window, R_PENTOMINO)
    press(window, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    dock = window.knowing.population
    qtbot.waitUntil(lambda: dock.chart is not None, timeout=LONG)
    press(window, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.session.generation == 10, timeout=LONG)
    expected, board = [], Board.from_live(12, 16, R_PENTOMINO)
    for generation in range(11):
        expected.append((generation, board.population))
        board = next_board(board, window.session.rule, TORUS)
    qtbot.waitUntil(lambda: dock.chart.points == expected, timeout=LONG)
    assert dock.summary.text().startswith(f"Generation 10: {expected[-1][1]} live cells, ")


def test_what_is_undone_leaves_the_chart(window, qtbot):
    draw(window, R_PENTOMINO)
    window.actions_by_id["population"].trigger()
    dock = window.knowing.population
    qtbot.waitUntil(lambda: dock.chart is not None, timeout=LONG)
    press(window, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.session.generation == 10 and not window.session.is_running, timeout=LONG)
    window.actions_by_id["step-back"].trigger()
    qtbot.waitUntil(lambda: dock.chart.points[-1][0] == 9, timeout=LONG)
    window.actions_by_id["reset"].trigger()
    qtbot.waitUntil(lambda: dock.chart.points == [(0, 5)], timeout=LONG)


def test_where_the_cycle_begins_is_marked(window, qtbot):
    draw(window, R_PENTOMINO)
    window.actions_by_id["population"].trigger()
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.knowing.notice.text), timeout=LONG)
    dock = window.knowing.population
    qtbot.waitUntil(lambda: dock.chart is not None and dock.chart.marked is not None, timeout=LONG)
    assert dock.chart.marked == window.knowing.verdict.since


def test_the_dock_does_not_count_as_watching(window):
    window.actions_by_id["population"].trigger()
    assert not window.workspaces.is_watching


# The object under the pointer


def test_the_object_under_the_pointer_is_named_once_the_pointer_rests(window, qtbot):
    window.session.change(Board.from_live(12, 16, GLIDER), "Draw")
    card = window.knowing.card
    point_at(window, 5, 4)
    qtbot.waitUntil(lambda: card.title.text() == "Glider", timeout=LONG)
    assert card.isVisible()
    assert card.details.text() == "Spaceship, period 4, moves (1, 1), c/4 diagonal"
    point_at(window, 10, 10)
    qtbot.waitUntil(card.isHidden, timeout=LONG)


def test_the_object_that_the_arrow_keys_are_at_is_named_as_well(window, qtbot):
    window.session.change(Board.from_live(12, 16, BLOCK), "Draw")
    window.view.setFocus()
    for _ in range(3):
        press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
        press(window, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    for _ in range(4):
        press(window, Qt.Key.Key_Right)
        press(window, Qt.Key.Key_Down)
    assert window.status.cell.text == "(4, 4)"
    qtbot.waitUntil(lambda: window.knowing.card.title.text() == "Block", timeout=LONG)


def test_nothing_is_looked_at_while_it_plays(window, qtbot):
    window.session.change(Board.from_live(12, 16, BLOCK), "Draw")
    card = window.knowing.card
    point_at(window, 4, 4)
    qtbot.waitUntil(card.isVisible, timeout=LONG)
    window.view.setFocus()
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(card.isHidden, timeout=LONG)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(card.isVisible, timeout=LONG)
    assert card.title.text() == "Block"


def test_one_draws_through_the_card(window, qtbot):
    window.session.change(Board.from_live(12, 16, BLOCK), "Draw")
    card = window.knowing.card
    point_at(window, 4, 4)
    qtbot.waitUntil(card.isVisible, timeout=LONG)
    under = card.geometry().center()
    assert window.childAt(window.view.mapTo(window, under)) is window.view


# Rules and edges


@pytest.mark.parametrize("name", ["HighLife", "Seeds", "AntiLife"])
def test_a_rule_is_chosen_by_name_and_played(window, qtbot, name):
    rule = window.panel.board.rule
    rule.setFocus()
    rule.selectAll()
    QTest.keyClicks(rule, name)
    press(window, Qt.Key.Key_Return)
    window.session.change(Board.from_live(12, 16, GLIDER), "Draw")
    window.session.step()
    qtbot.waitUntil(lambda: window.session.generation == 1, timeout=LONG)
    assert window.session.board == next_board(Board.from_live(12, 16, GLIDER), window.session.rule, TORUS)
    assert window.panel.board.rule_name.text().startswith(f"{name}. ")
    assert window.status.rule.text == name


@pytest.mark.parametrize(
    ("row", "topology"), [(2, BOUNDED), (3, Topology(wraps_y=False, wraps_x=True)), (4, Topology(True, False))]
)
@pytest.mark.parametrize("key", [strategy.key for strategy in FAN_OUTS])
def test_the_edges_are_chosen_and_count_from_the_next_generation_on(window, qtbot, row, topology, key):
    window.session.configure(Experiment(strategy=key, wire=WireKind.NONE))
    window.session.set_rule(parse_rule("B03/S23").rule)
    board = Board.from_live(12, 16, [(0, 3), (0, 4), (0, 5), (6, 0), (7, 0), (8, 0), (11, 15)])
    window.session.change(board, "Draw")
    choose(window.panel.board.edges, row)
    assert window.session.topology == topology
    window.session.step()
    qtbot.waitUntil(lambda: window.session.generation == 1, timeout=LONG)
    assert window.session.board == next_board(board, window.session.rule, topology)


def test_edges_are_undone_like_everything_else(window):
    choose(window.panel.board.edges, 2)
    assert window.session.topology == BOUNDED
    window.actions_by_id["undo"].trigger()
    assert window.session.topology == TORUS
    assert window.panel.board.edges.currentText() == "Wrap round"


def test_a_smaller_size_says_what_it_cuts_and_cuts_it_when_told_to(window):
    window.session.change(Board.from_live(12, 16, [(6, 15), (7, 15), (6, 8)]), "Draw")
    section = window.panel.board
    section.columns.setFocus()
    section.columns.selectAll()
    QTest.keyClicks(section.columns, "10")
    assert section.cut.text == "This cuts off 2 live cells at the right edge."
    assert window.session.board.width == 16
    QTest.mouseClick(section.apply, Qt.MouseButton.LeftButton)
    assert np.argwhere(window.session.board.cells()).tolist() == [[6, 5]]
    window.actions_by_id["undo"].trigger()
    assert window.session.board.population == 3


def test_what_is_drawn_while_it_plays_is_not_paused_before_it_is_whole(window, qtbot):
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.generation > 3, timeout=LONG)
    draw(window, [(2, 2)])
    generation = window.session.generation
    qtbot.waitUntil(lambda: window.session.generation > generation + 20, timeout=LONG)
    assert window.knowing.verdict.kind is Kind.EMPTY
    assert window.session.is_running
    press(window, Qt.Key.Key_Return)
