"""The small windows: a number, the keyboard shortcuts, what this is. None of them holds up the simulation."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from gui.actions.menus import MENUS, ids_in
from gui.actions.table import ROWS, Row
from gui.cards import dim, heading
from gui.look.theme import MARGIN, SECTION_SPACING

_BOARD = "On the board"
_TIMELINE = "On the timeline"
_COLUMNS = (("File", "Run"), ("View", "Edit"), (_BOARD, _TIMELINE, "Help"))
_BOARD_KEYS = (
    ("Set or clear cells", "Left drag"),
    ("Clear cells", "Right drag"),
    ("Choose a cell, and change it", "Arrows, X"),
    ("Move the view", "Middle drag, or Space and drag"),
    ("Zoom at the pointer", "Wheel"),
)
_TIMELINE_KEYS = (
    ("Zoom time at the pointer", "Wheel"),
    ("Higher or lower lanes", "Ctrl and wheel"),
    ("Scroll the lanes", "Shift and wheel"),
    ("Show the whole generation", "Double click"),
    ("Find the cell of a bar", "Click the bar"),
    ("Go to an instant", "Drag in the times"),
)
_ABOUT = """<p><b>Lifeloom</b></p>
<p>Conway's Game of Life in which every cell's step can be a thread that waits for its I/O,
so that one can see what threads cost and where their exceptions go.</p>
<p>After items 71 to 77 of <i>Effective Python</i> by Brett Slatkin.</p>"""


def choose_number(window: QWidget, title: str, question: str, now: int, most: int) -> QInputDialog:
    """Opens a window that asks for a number from 1 to `most`; `intValueSelected` tells it."""
    dialog = QInputDialog(window)
    dialog.setInputMode(QInputDialog.InputMode.IntInput)
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setIntRange(1, most)
    dialog.setIntValue(now)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def show_about(window: QWidget) -> QMessageBox:
    """Opens the window that says what this is."""
    box = QMessageBox(window)
    box.setWindowTitle("About Lifeloom")
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setText(_ABOUT)
    box.setIconPixmap(window.windowIcon().pixmap(64))
    box.finished.connect(box.deleteLater)
    box.open()
    return box


def show_keys(window: QWidget) -> QDialog:
    """Opens the list of all keyboard shortcuts, in the order of the menus."""
    dialog = QDialog(window)
    dialog.setObjectName("keys")
    dialog.setWindowTitle("Keyboard shortcuts")
    columns = QHBoxLayout()
    columns.setSpacing(3 * SECTION_SPACING)
    for titles in _COLUMNS:
        column = QVBoxLayout()
        column.setSpacing(SECTION_SPACING)
        for title in titles:
            column.addLayout(_group(title, _keys_in(title)))
        column.addStretch(1)
        columns.addLayout(column)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(2 * MARGIN, 2 * MARGIN, 2 * MARGIN, MARGIN)
    layout.setSpacing(SECTION_SPACING)
    layout.addLayout(columns)
    layout.addWidget(buttons)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _group(title: str, rows: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(4)
    grid.addWidget(heading(title), 0, 0, 1, 2)
    for line, (text, keys) in enumerate(rows, start=1):
        grid.addWidget(QLabel(text), line, 0)
        grid.addWidget(dim(QLabel(keys)), line, 1, Qt.AlignmentFlag.AlignRight)
    grid.setRowStretch(len(rows) + 1, 1)
    grid.setColumnStretch(0, 1)
    return grid


def _keys_in(title: str) -> list[tuple[str, str]]:
    by_mouse = {_BOARD: _BOARD_KEYS, _TIMELINE: _TIMELINE_KEYS}
    if title in by_mouse:
        return list(by_mouse[title])
    rows = {row.id: row for row in ROWS}
    members = next(ids_in(menu) for menu in MENUS if menu[0].replace("&", "") == title)
    return [_keys_of(rows[action_id]) for action_id in members if rows[action_id].shortcuts]


def _keys_of(row: Row) -> tuple[str, str]:
    keys = [QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) for keys in row.shortcuts]
    return row.text.replace("&", "").rstrip("…"), " or ".join(dict.fromkeys(keys))
