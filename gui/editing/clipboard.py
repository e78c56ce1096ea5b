"""Patterns as text on their way from and to other programs."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from life.errors import PatternError
from life.patterns.pattern import Pattern
from life.patterns.rle import write_rle
from life.patterns.text import read_pattern_text

PATTERN_MIME = "application/x-lifeloom-pattern"


def copy_pattern(pattern: Pattern) -> None:
    """Puts a pattern on the clipboard as the text of an RLE file, which other programs paste too."""
    QGuiApplication.clipboard().setText(write_rle(pattern))


def clipboard_data() -> QMimeData:
    """What is on the clipboard."""
    return QGuiApplication.clipboard().mimeData()


def has_text(data: QMimeData) -> bool:
    """Whether there is something that may be a pattern; files are not, they are opened."""
    return data.hasFormat(PATTERN_MIME) or (data.hasText() and not data.hasUrls())


def pattern_in(data: QMimeData) -> Pattern:
    """The pattern that was copied or dragged.

    Raises:
        PatternError: there is none, or none that can be read.
    """
    if data.hasFormat(PATTERN_MIME):
        return read_pattern_text(bytes(data.data(PATTERN_MIME).data()).decode("utf-8", "replace"))
    text = data.text() if has_text(data) else ""
    if not text.strip():
        raise PatternError("there is no text; copy a pattern first")
    return read_pattern_text(text)
