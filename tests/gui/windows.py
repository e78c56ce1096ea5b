"""A whole window for tests, with a small board and quick cells, and what a person does at it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gui.document import Answer
from gui.opening import make_window
from gui.settings import COLUMNS, RATE, ROWS, WELCOMED, Settings
from gui.stderr_tee import StderrTee
from gui.window import MainWindow
from life.experiment import Experiment
from tests.gui.fakes import FakeQuestions

LONG = 20_000  # milliseconds; how long to wait for what comes as soon as it can
QUICK = Experiment(strategy="coroutines", latency=0.001, time_limit=0.1)

Opener = Callable[..., MainWindow]


def settings_in(folder: Path, experiment: Experiment = QUICK) -> Settings:
    """Settings in a file of their own: not the first start, 12 rows and 16 columns, as fast as it goes."""
    made = Settings(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
    made.set(WELCOMED, True)
    made.set(ROWS, 12)
    made.set(COLUMNS, 16)
    made.set(RATE, 0.0)
    made.remember_experiment(experiment)
    return made


def opener(qtbot: QtBot, settings: Settings, questions: FakeQuestions | None = None) -> Iterator[Opener]:
    """Opens windows that run, one after the other on the same settings; all are closed when the test is over."""
    windows: list[MainWindow] = []
    questions = questions or FakeQuestions(Answer.DISCARD)

    def open_one(size: tuple[int, int] = (1000, 700), tee: StderrTee | None = None) -> MainWindow:
        made = make_window(settings, questions, tee)
        windows.append(made)
        made.resize(*size)
        made.show()
        qtbot.waitExposed(made)
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        made.grab()
        made.session.start()
        return made

    QGuiApplication.clipboard().clear()
    yield open_one
    questions.answer = Answer.DISCARD
    for made in filter(isValid, windows):  # a test may have done with one
        made.close()
        made.deleteLater()


def opened(
    qtbot: QtBot, settings: Settings, questions: FakeQuestions | None = None, size: tuple[int, int] = (1000, 700)
) -> Iterator[MainWindow]:
    """A window that is shown and runs, until the test is over."""
    for open_one in opener(qtbot, settings, questions):
        yield open_one(size)


def press(window: QWidget, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Presses a key where the focus is, as a person does."""
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)


def place(window: MainWindow, y: int, x: int) -> QPoint:
    """The middle of a cell, in the view."""
    seen = window.view.viewport
    half = seen.pitch / 2
    return QPoint(round((seen.edge_x(x) + half) / seen.ratio), round((seen.edge_y(y) + half) / seen.ratio))
