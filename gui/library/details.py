"""What is known about the pattern that is current, and the two things that one does with it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.cards import dim, heading
from gui.library import words
from gui.library.thumbnail import Thumbnails
from gui.look.theme import MARGIN, SPACING, theme_of
from life.patterns.library import Entry

_PICTURE = 72
_LINES = 5  # of the description; room for most, so that the list above keeps its height
_HINT = "Choose a pattern. Open begins anew with it, Place adds it to what is there."


class Details(QFrame):
    """A picture, the facts, the description, and the buttons `open` and `place`."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.setObjectName("library-details")
        self.setAccessibleName("About the pattern")
        self._top = QWidget()
        self._top.setMinimumHeight(_PICTURE)  # also where there is no picture: the list above is not to jump
        self._picture = _Picture(thumbnails)
        self._name = heading("")
        self._name.setWordWrap(True)
        self._author = dim(QLabel())
        self._author.setWordWrap(True)
        self._facts = dim(QLabel())
        self._facts.setWordWrap(True)
        self._comment = QLabel()
        self._comment.setWordWrap(True)
        self._comment.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._comment.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        for label in (self._name, self._author, self._facts, self._comment):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open = QPushButton("Open")
        self.open.setDefault(True)
        self.open.setToolTip("Begins anew with it (Enter or a double click in the list)")
        self.place = QPushButton("Place")
        self.place.setToolTip("Has it follow the pointer until you click where it is to go; dragging it does the same")
        self._lay_out()
        self.show_entry(None)

    def _lay_out(self) -> None:
        facts = QVBoxLayout()
        facts.setSpacing(2)
        for label in (self._name, self._author, self._facts):
            facts.addWidget(label)
        facts.addStretch(1)
        top = QHBoxLayout(self._top)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(SPACING + 2)
        top.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(facts, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACING)
        buttons.addWidget(self.open, 1)
        buttons.addWidget(self.place, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING + 2, MARGIN, MARGIN)
        layout.setSpacing(SPACING)
        layout.addWidget(self._top)
        layout.addWidget(self._comment, 1)
        layout.addLayout(buttons)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints a hairline between the list and this."""
        painter = QPainter(self)
        painter.setPen(QColor(theme_of(self.palette()).line))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()

    @property
    def text(self) -> str:
        """All that it says."""
        labels = (self._name, self._author, self._facts, self._comment)
        return "\n".join(label.text() for label in labels if label.text())

    @Slot(object)
    def show_entry(self, entry: Entry | None) -> None:
        """Shows a pattern, or that none is chosen."""
        self._picture.show_entry(entry)
        self._name.setText(entry.name if entry else "")
        self._name.setVisible(entry is not None)
        self._author.setText(entry.author if entry else "")
        self._author.setVisible(bool(entry and entry.author))
        self._facts.setText(words.facts(entry) if entry else _HINT)
        comment = words.comment(entry) if entry else ""
        self._comment.setText(words.shortened(comment))
        self._comment.setToolTip(words.tip(comment) if words.shortened(comment) != comment else "")
        self._comment.setMinimumHeight(_LINES * self._comment.fontMetrics().lineSpacing())
        self.open.setEnabled(entry is not None)
        self.place.setEnabled(entry is not None)
        self.setAccessibleDescription(words.in_words(entry) if entry else _HINT)


class _Picture(QWidget):
    """The picture, larger than in the list."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self._entry: Entry | None = None
        self.setFixedSize(_PICTURE, _PICTURE)
        self.hide()

    def show_entry(self, entry: Entry | None) -> None:
        """Shows that one."""
        self._entry = entry
        self.setVisible(entry is not None and not entry.problem)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints it as the theme is now."""
        if self._entry is None:
            return
        theme = theme_of(self.palette())
        picture = self._thumbnails.of(self._entry, _PICTURE, self.devicePixelRatioF(), theme)
        if picture:
            painter = QPainter(self)
            painter.drawPixmap(0, 0, picture)
            painter.end()
