"""The small windows: a number, and what this is. None of them holds up the simulation."""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtWidgets import QInputDialog, QMessageBox, QWidget

_ABOUT = """<p><b>Lifeloom</b></p>
<p>Conway's Game of Life in which every cell's step can be a thread that waits for its I/O,
so that one can see what threads cost and where their exceptions go.</p>
<p>After items 71 to 77 of <i>Effective Python</i> by Brett Slatkin.</p>
<p>Version {version}, with Python {python} and Qt {qt}.<br>{licences}</p>"""
_PACKED = '<a href="{address}">What is inside, and under which licences</a>'
_UNPACKED = "Under the MIT licence; what it stands on is installed beside it, with licences of its own."


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
    box.setText(about_text())
    box.setIconPixmap(window.windowIcon().pixmap(64))
    box.finished.connect(box.deleteLater)
    box.open()
    return box


def about_text(unpacked: str | None = None) -> str:
    """What this is, as rich text.

    Args:
        unpacked: the folder that a bundle was unpacked into; None asks PyInstaller, and outside of a bundle there is
            none.
    """
    unpacked = unpacked or getattr(sys, "_MEIPASS", None)
    licences = _PACKED.format(address=Path(unpacked, "licences").as_uri()) if unpacked else _UNPACKED
    return _ABOUT.format(
        version=QCoreApplication.applicationVersion(),
        python=".".join(str(number) for number in sys.version_info[:3]),
        qt=qVersion(),
        licences=licences,
    )
