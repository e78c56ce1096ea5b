"""A whole window for tests, with a small board and quick cells."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.document import Answer
from gui.opening import make_window
from gui.settings import COLUMNS, RATE, ROWS, WELCOMED, Settings
from gui.window import MainWindow
from life.experiment import Experiment
from tests.gui.fakes import FakeQuestions

LONG = 20_000  # milliseconds; how long to wait for what comes as soon as it can


def settings_in(folder: Path) -> Settings:
    """Settings in a file of their own: not the first start, and cells that hardly wait."""
    made = Settings(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
    made.set(WELCOMED, True)
    made.set(ROWS, 12)
    made.set(COLUMNS, 16)
    made.remember_experiment(Experiment(strategy="coroutines", latency=0.0, time_limit=0.1))
    made.set(RATE, 0.0)
    return made


def opened(qtbot: QtBot, settings: Settings) -> Iterator[MainWindow]:
    """A window that is shown and runs, until the test is over."""
    made = make_window(settings, FakeQuestions(Answer.DISCARD))
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.grab()
    made.session.start()
    yield made
    made.close()
    made.deleteLater()


def press(window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Presses a key where the focus is, as a person does."""
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)
