"""The field for the address of a cluster, and a window that is closed while bands are under way."""

import multiprocessing

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from gui.fanout.panel import FanoutPanel
from gui.settings import Settings
from life.bands import work
from life.experiment import Experiment
from life.fanout import STRATEGIES
from tests.gui.windows import LONG, opener, settings_in

ADDRESS = "tcp://10.0.0.1:8786"


@pytest.fixture
def panel(qtbot):
    made = FanoutPanel()
    qtbot.addWidget(made)
    made.show_experiment(Experiment(strategy="bands-dask"))
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def wanted(panel):
    experiments = []
    panel.experiment_chosen.connect(experiments.append)
    return experiments


@pytest.mark.parametrize("strategy", STRATEGIES, ids=lambda strategy: strategy.key)
def test_there_is_an_address_to_enter_where_a_cluster_may_do_the_work(panel, strategy):
    panel.show_experiment(Experiment(strategy=strategy.key))
    assert panel.strategy.cluster.isVisible() == (strategy.key == "bands-dask")


def test_an_address_is_taken_over_when_it_is_finished_and_only_once(panel, wanted):
    field = panel.strategy.cluster
    QTest.keyClicks(field, f" {ADDRESS} ")
    assert wanted == []
    QTest.keyClick(field, Qt.Key.Key_Return)
    panel.strategy.workers.setFocus()
    assert [experiment.cluster for experiment in wanted] == [ADDRESS]


def test_without_an_address_the_cluster_is_in_this_process(panel, wanted):
    panel.show_experiment(Experiment(strategy="bands-dask", cluster=ADDRESS))
    field = panel.strategy.cluster
    assert field.text() == ADDRESS
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert [experiment.cluster for experiment in wanted] == [None]


def test_the_address_is_there_again_the_next_time(tmp_path):
    settings = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    assert settings.experiment().cluster is None
    settings.remember_experiment(Experiment(strategy="bands-dask", cluster=ADDRESS))
    assert settings.experiment().cluster == ADDRESS


@pytest.mark.parametrize("key", ["bands", "bands-processes"])
def test_a_window_that_is_closed_while_bands_are_under_way_leaves_nobody_behind(qtbot, tmp_path, monkeypatch, key):
    monkeypatch.setattr(work, "_WORTH_COMPILING", 1 << 80)
    settings = settings_in(tmp_path, Experiment(strategy=key, workers=2))
    for window in _opened(qtbot, settings):
        window.session.play()
        qtbot.waitUntil(lambda: window.session.generation > 0, timeout=LONG)  # noqa: B023
    assert multiprocessing.active_children() == []


def _opened(qtbot, settings):
    for open_one in opener(qtbot, settings):
        yield open_one()
