from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtWidgets import QMainWindow

from gui.status import Figure, StatusBar
from life.facts import Mode
from life.fanout import STRATEGIES, strategy_class
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY, Rule
from life.trace.columns import Trace
from tests.gui.fakes import board, result, trace


@pytest.fixture
def bar(qtbot):
    made = StatusBar(threads_alive=lambda: 1234)
    qtbot.addWidget(made)
    return made


def test_a_finished_generation_is_held_against_its_wait(bar):
    bar.show_result(result(1234567, seconds=0.31))
    assert bar.generation.text == "1,234,567"
    assert bar.time.text == "0.31 s, 3.1 × the wait of 0.1 s"


def test_threads_are_counted_now_and_at_their_peak(bar):
    assert bar.threads.text == "1,234 alive"
    bar.show_result(result(1))
    assert bar.threads.text == "1,234 alive, peak 7"


def test_threads_are_counted_again_and_again_without_anybody_asking(bar, qtbot):
    with qtbot.waitSignals([bar.sampled, bar.sampled], timeout=5000):
        pass


def test_the_living_are_counted(bar):
    bar.show_board(board(8, 10, (1, 1), (2, 2)))
    assert bar.population.text == "2"


def test_the_cell_under_the_pointer_is_named_and_forgotten(bar):
    bar.show_cell((3, 4))
    assert bar.cell.text == "(3, 4)"
    bar.show_cell(None)
    assert bar.cell.text == ""


@pytest.mark.parametrize("mode", Mode)
def test_every_mode_is_said_in_words(bar, mode):
    bar.show_mode(mode, 5)
    assert bar.message.text().lower() == mode.value
    assert bar.generation.text == "5"


def test_a_long_generation_says_how_far_it_is(bar):
    bar.show_mode(Mode.PLAYING, 4)
    running = trace(5)
    bar.show_start(running)
    for cell in range(30):
        running.ended[cell] = 1
    for _ in range(4):
        bar.sample()
    assert bar.message.text() == "Generation 5: 30 of 80 cells done"
    bar.show_result(result(5))
    assert bar.message.text() == "Playing"


def test_a_stopped_generation_is_not_counted_on(bar):
    bar.show_mode(Mode.PLAYING, 4)
    bar.show_start(trace(5))
    bar.show_mode(Mode.PAUSED, 4)
    for _ in range(4):
        bar.sample()
    assert bar.message.text() == "Paused"


def test_nothing_moves_while_the_figures_change(bar):
    bar.resize(1280, bar.sizeHint().height())
    bar.show()
    figures = (bar.cell, bar.generation, bar.population, bar.strategy, bar.time, bar.threads)
    bar.show_result(result(1))
    places = [figure.geometry() for figure in figures]
    for n, strategy in enumerate(STRATEGIES):
        bar.show_strategy(strategy.key)
        bar.show_result(result(10**n % 100_000, seconds=0.1 + n))
        bar.show_cell((n, 31 - n))
        bar.grab()
        assert [figure.geometry() for figure in figures] == places


def test_everything_fits_beside_each_other_in_a_small_window(bar):
    bar.resize(1280, bar.sizeHint().height())
    bar.show()
    bar.show_strategy(max(STRATEGIES, key=lambda strategy: len(strategy.title)).key)
    bar.show_result(result(99_999))
    bar.grab()
    assert bar.minimumSizeHint().width() <= 1100


def test_what_the_run_has_come_to_stands_beside_the_mode(bar):
    bar.show_mode(Mode.PAUSED, 5)
    bar.show_knowledge("Period 2 since generation 3")
    assert bar.message.text() == "Paused: Period 2 since generation 3"
    bar.show_knowledge("")
    assert bar.message.text() == "Paused"


def test_a_rule_is_named_where_it_is_not_the_one_that_everybody_knows(bar):
    bar.show_rule(CONWAY)
    assert bar.rule.isHidden()
    bar.show_rule(Rule(frozenset({3, 6}), frozenset({2, 3})))
    assert not bar.rule.isHidden()
    assert bar.rule.text == "HighLife"
    assert bar.rule.toolTip() == "B36/S23, HighLife"
    bar.show_rule(Rule(frozenset({2}), frozenset({7})))
    assert bar.rule.text == "B2/S7"


# Boards that are computed as a whole, and the plane


@pytest.fixture
def whole(bar):
    bar.show_strategy("whole-board")
    bar.show_mode(Mode.PLAYING, 0)
    return bar


def of_whole(generation: int, **more):
    return replace(result(generation), strategy="whole-board", ideal_seconds=0.0, peak_threads=0, **more)


def test_a_board_that_is_computed_as_a_whole_says_how_fast(whole):
    whole.show_result(of_whole(64, generations=64))
    assert whole.time.text == "64 generations in 0.31 s"
    whole.show_result(of_whole(100_000, generations=4096, pace=25_312.7))
    assert whole.time.text == "25,300 generations/s"


def test_the_engine_of_the_plane_is_named_and_says_what_it_has_to_say(whole):
    whole.show_result(of_whole(64, engine="hashlife", note="Tiles would be faster."))
    assert whole.strategy.text == "Whole plane: HashLife"
    assert whole.strategy.toolTip() == "Tiles would be faster."
    whole.show_result(of_whole(65))
    assert whole.strategy.text == strategy_class("whole-board").title


def test_steps_of_many_generations_are_told_while_it_runs(whole):
    whole.show_stride(1 << 30)
    assert whole.message.text() == "Playing, 2^30 generations a step"
    whole.show_mode(Mode.PAUSED, 5)
    assert whole.message.text() == "Paused"
    whole.show_mode(Mode.PLAYING, 5)
    whole.show_strategy("coroutines")
    whole.show_stride(1 << 30)
    assert whole.message.text() == "Playing"


def test_no_cells_are_counted_where_none_is_stepped_by_itself(whole):
    whole.show_start(Trace(8, 0, 0, is_whole=True))
    for _ in range(4):
        whole.sample()
    assert whole.message.text() == "Playing"


def test_numbers_of_any_size_stand_there(bar):
    bar.show_mode(Mode.PAUSED, 3 << 80)
    assert bar.generation.text == "3.62 × 10^24"
    bar.show_cell((-(1 << 61), 12))
    assert bar.cell.text == "(−2.30 × 10^18, 12)"


def test_how_far_the_living_reach_is_told_on_the_plane_and_kept_up_while_it_runs(bar):
    plane = TilePlane.from_cells(np.array([-3, 5]), np.array([0, 0]))
    bar.show_mode(Mode.PAUSED, 0)
    bar.show_board(plane)
    assert (bar.population.text, bar.box.text) == ("2", "9 × 1")
    bar.show_mode(Mode.PLAYING, 0)
    bar.show_board(plane.with_cells(np.array([0]), np.array([9]), alive=True))
    assert (bar.population.text, bar.box.text) == ("3", "9 × 1")
    bar.sample()
    assert bar.box.text == "9 × 10"
    bar.show_board(board())
    assert bar.box.isHidden()


@pytest.mark.parametrize("width", [1920, 1280, 1000, 700, 300])
def test_what_has_no_room_gives_way_and_nothing_overlaps(qtbot, width):
    window = QMainWindow()
    qtbot.addWidget(window)
    bar = StatusBar(threads_alive=lambda: 1234, parent=window)
    window.setStatusBar(bar)
    window.resize(width, 200)
    window.show()
    bar.show_board(TilePlane.from_cells(np.array([0, 123_456_789]), np.array([0, 987_654_321])))
    bar.show_rule(Rule(frozenset({3, 6}), frozenset({2, 3})))
    bar.show_cell((-(1 << 40), 1 << 41))
    bar.show_result(result(123_456_789_012))
    window.grab()
    assert bar.width() == window.width() == width
    shown = [part for part in (bar.message, *bar.findChildren(Figure)) if part.isVisible()]
    edges = sorted((part.geometry().left(), part.geometry().right()) for part in shown)
    assert all(right < left for (_, right), (left, _) in pairwise(edges))
    assert bar.generation.isVisible() or width < 500
