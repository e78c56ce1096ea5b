import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gui.knowing.population_chart import PopulationChart, thinned
from gui.look.theme import DARK, LIGHT, apply_theme
from life.knowing.population import PopulationHistory
from life.knowing.verdict import Kind, Verdict
from tests.life.knowing.runs import run, start


@pytest.fixture
def chart(qtbot) -> PopulationChart:
    made = PopulationChart()
    qtbot.addWidget(made)
    made.resize(500, 160)
    made.show()
    qtbot.waitExposed(made)
    return made


@given(st.integers(0, 400), st.integers(4, 100), st.integers(0, 2**32 - 1))
def test_what_is_left_out_of_many_points_is_neither_high_nor_low(count, most, seed):
    chance = np.random.default_rng(seed)
    points = np.stack([np.arange(count), chance.integers(0, 1000, count)], axis=1)
    few = thinned(points, most)
    assert len(few) <= most + 4
    assert {tuple(point) for point in few.tolist()} <= {tuple(point) for point in points.tolist()}
    assert np.all(np.diff(few[:, 0]) > 0)
    if count:
        assert few[:, 1].max() == points[:, 1].max()
        assert few[:, 1].min() == points[:, 1].min()
        assert few[0].tolist() == points[0].tolist()
        assert few[-1].tolist() == points[-1].tolist()


def test_it_shows_the_populations_and_says_them(chart):
    history = PopulationHistory()
    moments = run(start(20, 20, [(8, 9), (8, 10), (9, 8), (9, 9), (10, 9)]), 30)
    history.begin(moments[0])
    for moment in moments[1:]:
        history.add(moment)
    chart.show_rows(history.rows(), None)
    assert chart.points == [(moment.generation, moment.board.population) for moment in moments]
    assert chart.marked is None
    assert chart.accessibleDescription().startswith(f"{moments[-1].board.population} live cells in generation 30;")
    chart.show_rows(history.rows(), Verdict(Kind.CYCLE, 12, 2))
    assert chart.marked == 12


def test_it_may_be_empty(chart):
    chart.show_rows(PopulationHistory().rows(), None)
    assert chart.points == []
    assert chart.marked is None


def test_it_follows_light_and_dark(chart, qtbot):
    keeper = apply_theme(QApplication.instance(), Qt.ColorScheme.Light)
    for scheme, theme in ((Qt.ColorScheme.Light, LIGHT), (Qt.ColorScheme.Dark, DARK)):
        keeper.follow(scheme)
        qtbot.waitUntil(lambda t=theme: chart.grab().toImage().pixelColor(2, 2).name() == t.window)
    keeper.follow(Qt.ColorScheme.Unknown)
