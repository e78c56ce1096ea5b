"""The window that shows what a pattern says about itself, and lets one change it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from gui.cards import sentence
from gui.elided import ElidedLabel
from gui.files import remarks
from gui.look.theme import MARGIN, SECTION_SPACING, SPACING, monospace_font
from life.board import Board
from life.moment import Moment
from life.patterns.pattern import Pattern
from life.world import World

_WIDTH = 560  # device-independent pixels
_LINES = 9  # of comments that are seen at once


class InformationDialog(QDialog):
    """Name, author and comments to change; rule, size, population and file to read.

    Signals:
        described: with another name, author and comments (a tuple of str).
    """

    described = Signal(str, str, tuple)

    def __init__(self, pattern: Pattern, moment: Moment, file: str, parent: QWidget) -> None:
        """Shows what `pattern` says about itself and what is on the board; `file` is where it is, in words."""
        super().__init__(parent)
        self.setObjectName("information")
        self.setWindowTitle("Pattern information")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._pattern = pattern
        self.name = _field("pattern-name", "Name", pattern.name)
        self.author = _field("pattern-author", "Author", pattern.author)
        self.comments = QPlainTextEdit(remarks.shown(pattern.comments))
        self.comments.setObjectName("pattern-comments")
        self.comments.setAccessibleName("Comments")
        self.comments.setTabChangesFocus(True)
        self.comments.setFont(monospace_font())
        self.comments.setMinimumHeight(self.comments.fontMetrics().lineSpacing() * _LINES)
        buttons = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(buttons.Ok | buttons.Cancel)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out(moment, file)
        self.resize(_WIDTH, self.sizeHint().height())

    def _lay_out(self, moment: Moment, file: str) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(SECTION_SPACING)
        form.setVerticalSpacing(SPACING)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("&Name", self.name)
        form.addRow("&Author", self.author)
        form.addRow("Comm&ents", self.comments)
        for what, value in (
            ("Rule", str(moment.rule)),
            ("Board", _size_in_words(moment.board)),
            ("Live cells", f"{moment.board.population:,}"),
            ("Generation", f"{moment.generation:,}"),
            ("File", file),
        ):
            form.addRow(what, _fact(what, value))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * MARGIN, 2 * MARGIN, 2 * MARGIN, MARGIN)
        layout.setSpacing(SECTION_SPACING)
        layout.addLayout(form)
        layout.addWidget(sentence("Name, author and comments are kept in the file when the board is saved."))
        layout.addWidget(self.buttons)

    @Slot()
    def _accept(self) -> None:
        comments = remarks.written(self.comments.toPlainText(), self._pattern.comments)
        self.accept()
        self.described.emit(self.name.text().strip(), self.author.text().strip(), comments)


def _size_in_words(world: World) -> str:
    around = world.frame if isinstance(world, Board) else world.box
    size = f"{around.height:,} rows, {around.width:,} columns" if around else ""
    if isinstance(world, Board):
        return size
    return f"endless plane; what lives takes {size}" if size else "endless plane"


def _field(object_name: str, what: str, text: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setObjectName(object_name)
    field.setAccessibleName(what)
    return field


def _fact(what: str, value: str) -> QLabel:
    label = ElidedLabel(f"pattern-{what.lower().replace(' ', '-')}")
    label.show_text(value)
    label.setAccessibleName(what)
    return label
