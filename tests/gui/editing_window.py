"""A window whose board is edited by mouse and keys, for those tests that need one."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.document import Answer
from gui.opening import make_window
from gui.settings import COLUMNS, RATE, ROWS, WELCOMED, Settings
from gui.window import MainWindow
from life.board import Board
from life.editing.selection import Selection
from life.experiment import Experiment
from tests.gui.fakes import FakeQuestions

LONG = 20_000  # milliseconds; how long to wait for what comes as soon as it can
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
GLIDER = [(3, 4), (4, 5), (5, 3), (5, 4), (5, 5)]
GLIDER_RLE = "x = 3, y = 3, rule = B3/S23\nbo$2bo$3o!\n"
BOX = Selection(3, 3, 3, 3)  # around the glider


def small_settings(folder: Path) -> Settings:
    """A board of 12 rows and 16 columns, and generations that take no time."""
    made = Settings(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
    made.set(ROWS, 12)
    made.set(COLUMNS, 16)
    made.set(WELCOMED, True)
    made.remember_experiment(Experiment(strategy="coroutines", latency=0.001, time_limit=0.1))
    made.set(RATE, 0.0)
    return made


def shown_window(qtbot, settings: Settings) -> Iterator[MainWindow]:
    """A window that runs, and is closed afterwards."""
    made = make_window(settings, FakeQuestions(Answer.DISCARD))
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.grab()
    made.session.start()
    QGuiApplication.clipboard().clear()
    yield made
    made.close()
    made.deleteLater()


def with_glider(window: MainWindow) -> MainWindow:
    """The window with a glider that was drawn and is selected."""
    window.session.change(Board.from_live(12, 16, GLIDER), "Draw")
    select(window, (3, 3), (5, 5))
    return window


def place(window: MainWindow, y: int, x: int) -> QPoint:
    """The middle of a cell, in the view."""
    seen = window.view.viewport
    half = seen.pitch / 2
    return QPoint(round((seen.edge_x(x) + half) / seen.ratio), round((seen.edge_y(y) + half) / seen.ratio))


def click(window: MainWindow, y: int, x: int, modifiers=NONE) -> None:
    QTest.mouseClick(window.view, LEFT, modifiers, place(window, y, x))


def drag(window: MainWindow, *cells, modifiers=NONE, release: bool = True) -> None:
    QTest.mousePress(window.view, LEFT, modifiers, place(window, *cells[0]))
    for cell in cells[1:]:
        QTest.mouseMove(window.view, place(window, *cell))
    if release:
        QTest.mouseRelease(window.view, LEFT, modifiers, place(window, *cells[-1]))


def point_at(window: MainWindow, y: int, x: int) -> None:
    QTest.mouseMove(window.view, place(window, y, x) + QPoint(1, 1))  # a move to where it is already is none
    QTest.mouseMove(window.view, place(window, y, x))


def press(window: MainWindow, key: Qt.Key | str, modifiers=NONE) -> None:
    """Presses a key where the focus is, as a person does."""
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)


def select(window: MainWindow, first, last) -> None:
    press(window, Qt.Key.Key_F4)
    drag(window, first, last)


def live(window: MainWindow) -> set[tuple[int, int]]:
    return {(int(y), int(x)) for y, x in zip(*np.nonzero(window.view.board.cells()), strict=True)}


def moved(cells, dy, dx):
    return {(y + dy, x + dx) for y, x in cells}


def copy_text(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
