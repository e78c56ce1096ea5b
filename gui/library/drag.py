"""A pattern that is dragged out of the library: cells for the board, text for every other program."""

from PySide6.QtCore import QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QDrag, QPixmap

from gui.editing.clipboard import PATTERN_MIME
from gui.library.thumbnail import thumbnail
from gui.look.theme import Theme
from life.patterns.pattern import Pattern
from life.patterns.rle import write_rle

_SIDE = 48  # of the picture by the pointer, in device-independent pixels
_ASIDE = 14  # below and right of the pointer, under which the board shows where the cells would be


def mime_data(pattern: Pattern) -> QMimeData:
    """The pattern as RLE, under our own name and as plain text."""
    text = write_rle(pattern)
    data = QMimeData()
    data.setData(PATTERN_MIME, text.encode())
    data.setText(text)
    return data


def carry(source: QObject, pattern: Pattern, ratio: float, theme: Theme) -> None:
    """Drags the pattern from the widget `source`; returns when it was dropped. Generations go on meanwhile."""
    drag = QDrag(source)
    drag.setMimeData(mime_data(pattern))
    drag.setPixmap(QPixmap.fromImage(thumbnail(pattern, _SIDE, ratio, theme)))
    drag.setHotSpot(QPoint(-_ASIDE, -_ASIDE))
    drag.exec(Qt.DropAction.CopyAction)
