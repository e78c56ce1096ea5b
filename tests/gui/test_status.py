import pytest

from gui.status import StatusBar
from life.facts import Mode
from life.fanout import STRATEGIES
from life.rule import CONWAY, Rule
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
    bar.show_cell(3, 4)
    assert bar.cell.text == "(3, 4)"
    bar.show_cell(-1, -1)
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
        bar.show_cell(n, 31 - n)
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
