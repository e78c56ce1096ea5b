"""A window whose board is edited by mouse and keys, for those tests that need one."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gui.window import MainWindow
from life.board import Board
from life.editing.selection import Selection
from tests.gui.windows import place, press

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
GLIDER = [(3, 4), (4, 5), (5, 3), (5, 4), (5, 5)]
GLIDER_RLE = "x = 3, y = 3, rule = B3/S23\nbo$2bo$3o!\n"
BOX = Selection(3, 3, 3, 3)  # around the glider


def with_glider(window: MainWindow) -> MainWindow:
    """The window with a glider that was drawn and is selected."""
    window.session.change(Board.from_live(12, 16, GLIDER), "Draw")
    select(window, (3, 3), (5, 5))
    return window


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


def select(window: MainWindow, first, last) -> None:
    press(window, Qt.Key.Key_F4)
    drag(window, first, last)


def live(window: MainWindow) -> set[tuple[int, int]]:
    return {(int(y), int(x)) for y, x in zip(*np.nonzero(window.view.board.cells()), strict=True)}


def moved(cells, dy, dx):
    return {(y + dy, x + dx) for y, x in cells}


def copy_text(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
