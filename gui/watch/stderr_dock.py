"""What Python printed, as it printed it, so that a room sees where an exception really went.

Text is taken in batches by a timer: threads that fail by the thousand print faster than any widget can lay out.
"""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QStackedLayout, QVBoxLayout, QWidget

from gui import words
from gui.cards import dim, sentence, tool_button
from gui.look.theme import MARGIN, SPACING, monospace_font
from gui.look.type_size import TypeFollower
from gui.stderr_tee import StderrTee

EMPTY = "Python has printed nothing yet. What a thread dies of will stand here, and nowhere else."
NO_STDERR = (
    "This program was started without a stderr, so Python prints nothing at all: what a thread dies of is lost. "
    "Start it from a terminal to see it."
)
MOST_LINES = 10_000
TAKE_EVERY_MS = 50
MOST_AT_A_TIME = 20_000  # characters; laying out more would hold up the window


class StderrDock(QWidget):
    """The end of what was written to stderr since the program started."""

    def __init__(self, tee: StderrTee, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("stderr")
        self._tee = tee
        self._left_out = 0
        self.text = QPlainTextEdit()
        self.text.setObjectName("stderr-text")
        self.text.setAccessibleName("What Python printed to stderr")
        self.text.setReadOnly(True)
        self.text.setUndoRedoEnabled(False)
        self.text.setMaximumBlockCount(MOST_LINES)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        TypeFollower(self.text, lambda: self.text.setFont(monospace_font()))
        self.hint = sentence(EMPTY if tee.has_stderr else NO_STDERR)
        self.hint.setObjectName("stderr-hint")
        self.extent = dim(QLabel())
        self.copy = tool_button("copy", "Copy everything that Python printed")
        self.clear = tool_button("clear", "Clear what is shown here")
        self._lay_out()
        self.copy.clicked.connect(self.copy_all)
        self.clear.clicked.connect(self.forget)
        self._timer = QTimer(self)
        self._timer.setInterval(TAKE_EVERY_MS)
        self._timer.timeout.connect(self.take)
        self._timer.start()
        self._show_state()

    def _lay_out(self) -> None:
        self._pages = QStackedLayout()
        foot = QHBoxLayout()
        foot.setContentsMargins(MARGIN, 0, SPACING, 0)
        foot.addWidget(self.extent, 1)
        foot.addWidget(self.copy)
        foot.addWidget(self.clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._pages, 1)
        layout.addLayout(foot)
        hint = QWidget()
        around = QVBoxLayout(hint)
        around.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        around.addWidget(self.hint)
        around.addStretch(1)
        self._pages.addWidget(hint)  # shows it, and what is in no window yet would become one
        self._pages.addWidget(self.text)

    @Slot()
    def take(self) -> None:
        """Shows what was printed since the last time; follows it, unless the reader has scrolled up."""
        if not self.isVisible():
            return  # the tee keeps it until somebody looks
        text, left_out = self._tee.take(MOST_AT_A_TIME)
        if not text:
            return
        self._left_out += left_out
        bar = self.text.verticalScrollBar()
        follows, stays_at = bar.value() >= bar.maximum(), bar.value()
        end = QTextCursor(self.text.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertText(text)
        bar.setValue(bar.maximum() if follows else stays_at)
        self._show_state()

    @Slot()
    def copy_all(self) -> None:
        """Puts everything that is shown on the clipboard."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())

    @Slot()
    def forget(self) -> None:
        """Empties the dock; the terminal keeps what it has."""
        self.text.clear()
        self._left_out = 0
        self._show_state()

    def _show_state(self) -> None:
        lines, is_empty = self.text.blockCount() - 1, self.text.document().characterCount() <= 1
        self._pages.setCurrentIndex(0 if is_empty else 1)
        lost = f"; {words.count(self._left_out, 'character')} before it were left out" if self._left_out else ""
        last = "the last " if lines >= MOST_LINES - 1 else ""
        self.extent.setText("" if is_empty else f"{last}{words.count(lines, 'line')}{lost}")
        self.copy.setEnabled(not is_empty)
        self.clear.setEnabled(not is_empty)
