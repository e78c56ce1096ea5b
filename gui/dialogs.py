"""The small windows: a number, and what this is. None of them holds up the simulation."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QMessageBox, QWidget

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
