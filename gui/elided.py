"""A line of text that gives way: what has no room is left out, and told under the pointer."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle


class ElidedLabel(QLabel):
    """A label as wide as there is room; a text that is longer ends in "…", and is the tooltip as a whole."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Shows another text."""
        if text != self.text():
            self.setText(text)
            self._mind_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Has the tooltip told where it is needed."""
        super().resizeEvent(event)
        self._mind_room()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints as much as there is room for."""
        rect = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width())
        where = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        painter = QPainter(self)
        self.style().drawItemText(
            painter, rect, where.value, self.palette(), self.isEnabled(), text, self.foregroundRole()
        )
        painter.end()

    def _mind_room(self) -> None:
        has_room = self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width()
        self.setToolTip("" if has_room else self.text())
