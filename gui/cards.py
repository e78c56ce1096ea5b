"""The quiet parts that panels and dialogs are put together from."""

from collections.abc import Callable, Sequence
from enum import Enum

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from gui.look.icons import icon
from gui.look.theme import Theme, theme_of
from gui.look.type_size import TypeFollower, enlarged, larger_font, type_size

RADIUS = 8.0


class Tone(Enum):
    """What a card is about; the value is the name of its icon."""

    PLAIN = "help"
    WARNING = "warning"
    ERROR = "error"


class IconMark(QWidget):
    """An icon that stands by a text; in the colour of the text, or in the one that `colour` picks from the theme."""

    def __init__(self, name: str, size: int = 20, colour: Callable[[Theme], str] | None = None) -> None:
        super().__init__()
        self._icon = icon(name)
        self._colour = colour
        TypeFollower(self, lambda: self.setFixedSize(enlarged(size), enlarged(size)))

    def show_icon(self, name: str, colour: Callable[[Theme], str] | None = None) -> None:
        """Shows another one."""
        self._icon = icon(name)
        self._colour = colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints it as the theme is now."""
        pixmap = self._icon.pixmap(self.size(), self.devicePixelRatioF())
        if self._colour:
            tint = QPainter(pixmap)
            tint.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            tint.fillRect(self.rect(), QColor(self._colour(theme_of(self.palette()))))
            tint.end()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, pixmap)
        painter.end()


class Card(QFrame):
    """A rounded ground that sets apart what stands on it."""

    def __init__(self, tone: Tone = Tone.PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tone = tone
        self.margin = 0
        self.floats = False  # over something that has the colour of other cards

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the ground, and on the left a bar where it warns of something."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.line))
        painter.setBrush(QColor(theme.raised if self.floats else theme.base))
        inset = self.margin + 0.5
        ground = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(ground, RADIUS, RADIUS)
        if self.tone is not Tone.PLAIN:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour_of(self.tone, theme)))
            painter.drawRoundedRect(QRectF(ground.left() + 4, ground.top() + 8, 3, ground.height() - 16), 1.5, 1.5)
        painter.end()


class Notice(Card):
    """One sentence above the board, with what can be done about it; hidden until there is one.

    Signals:
        chosen: a button was pressed; with its place in `buttons`.
        dismissed: it was closed.
    """

    chosen = Signal(int)
    dismissed = Signal()

    def __init__(self, name: str, tone: Tone, buttons: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(tone, parent)
        self.setObjectName(name)
        self.setAccessibleName("Message")
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.buttons = [QPushButton(text, self) for text in buttons]
        layout = QHBoxLayout(self)
        self.margin = 6  # within the widget, so that a hidden one leaves no gap
        layout.setContentsMargins(16 + self.margin, 8 + self.margin, 8 + self.margin, 8 + self.margin)
        layout.setSpacing(8)
        layout.addWidget(IconMark(tone.value, 20, lambda theme: colour_of(tone, theme)))
        layout.addWidget(self._label, 1)
        for button in self.buttons:
            button.clicked.connect(self._tell_choice)
            layout.addWidget(button)
        close = tool_button("close", "Close this message")
        close.clicked.connect(self.dismiss)
        layout.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown, or ""."""
        return self._label.text() if not self.isHidden() else ""

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Shows the sentence."""
        self._label.setText(sentence)
        self.setAccessibleDescription(sentence)
        self.show()

    @Slot()
    def dismiss(self) -> None:
        """Hides it again."""
        self.hide()
        self.dismissed.emit()

    @Slot()
    def _tell_choice(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton):
            self.hide()
            self.chosen.emit(self.buttons.index(sender))


def colour_of(tone: Tone, theme: Theme) -> str:
    """The colour that goes with a tone."""
    return {Tone.PLAIN: theme.dim_text, Tone.WARNING: theme.fault, Tone.ERROR: theme.failed}[tone]


def dim(label: QLabel) -> QLabel:
    """Makes a label step back: it explains, and need not be read."""
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def heading(text: str, points_more: float = 0.0) -> QLabel:
    """A label in bold, larger by some points."""
    label = QLabel(text)
    TypeFollower(label, lambda: label.setFont(_heading_font(points_more)))
    return label


def _heading_font(points_more: float) -> QFont:
    font = larger_font(1.0, bold=True)
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() + points_more * type_size().factor)
    return font


def sentence(text: str = "") -> QLabel:
    """A label that explains something in as many lines as it takes."""
    label = QLabel(text)
    label.setWordWrap(True)
    return dim(label)


class Complaint(QWidget):
    """What is wrong with what was entered, under the field; hidden where nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self._label = QLabel()
        self._label.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        mark = IconMark(Tone.WARNING.value, 16, lambda theme: colour_of(Tone.WARNING, theme))
        layout.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._label, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, or ""."""
        return self._label.text()

    def say(self, text: str) -> None:
        """Says something else, or with "" nothing."""
        self._label.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


def tool_button(icon_name: str, what: str) -> QAbstractButton:
    """A small button with an icon only; `what` says what it does."""
    button = QToolButton()
    button.setIcon(icon(icon_name))
    button.setToolTip(what)
    button.setAccessibleName(what)
    return button
