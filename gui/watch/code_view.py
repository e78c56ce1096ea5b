"""Python source as one reads it in an editor: coloured, numbered, and with the line marked in which somebody stands."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QPolygonF,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from gui.look.theme import Theme, current_theme, monospace_font, theme_of
from gui.look.type_size import TypeFollower

_GUTTER_PADDING = 10
_ARROW = 4.0
_STRINGS = ("#12694b", "#8fd6b4")  # on a light ground, on a dark one
_NUMBERS = ("#8a4b08", "#e6b870")

Span = tuple[int, int, str]  # first column, length, name of a kind of word


class CodeView(QPlainTextEdit):
    """Shows source that can be read and copied, not changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("code")
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._highlighter = _Highlighter(self.document())
        self._gutter = _Gutter(self)
        self._marked: tuple[int, ...] = ()
        self.updateRequest.connect(self._gutter.follow)
        TypeFollower(self, self._take_size)

    def _take_size(self) -> None:
        self.setFont(monospace_font())
        self._gutter.setFont(self.font())
        self.setViewportMargins(self._gutter.width_needed, 0, 0, 0)

    @property
    def marked(self) -> tuple[int, ...]:
        """The marked lines, counted from 0."""
        return self._marked

    def show_code(self, code: str) -> None:
        """Shows other source, from its beginning, with nothing marked."""
        self._highlighter.spans = _spans_of(code)
        self.setPlainText(code)
        self.setViewportMargins(self._gutter.width_needed, 0, 0, 0)
        self.mark(())

    def mark(self, lines: Sequence[int]) -> None:
        """Marks these lines and brings the first of them into sight."""
        is_new = tuple(lines) != self._marked
        self._marked = tuple(lines)
        selections = [self._selection(line) for line in lines]
        self.setExtraSelections(selections)
        self._gutter.update()
        if is_new and selections:
            self.bring_into_sight(self._marked[0])

    def _selection(self, line: int) -> QTextEdit.ExtraSelection:
        selection: Any = QTextEdit.ExtraSelection()
        selection.cursor = QTextCursor(self.document().findBlockByNumber(line))
        selection.format.setBackground(QColor(theme_of(self.palette()).chosen))
        selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        return selection  # type: ignore[no-any-return]

    def bring_into_sight(self, line: int) -> None:
        """Scrolls no farther than it must for a line, counted from 0, to be seen."""
        bar = self.verticalScrollBar()
        first, page = bar.value(), bar.pageStep()
        if not first <= line < first + page - 1:
            bar.setValue(line - page // 2)

    def numbered_lines(self) -> list[tuple[int, QRectF]]:
        """The lines in sight, counted from 0, and where they lie in the viewport."""
        lines, block = [], self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if place.top() > self.viewport().height():
                break
            lines.append((block.blockNumber(), place))
            block = block.next()
        return lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives the numbers their place."""
        super().resizeEvent(event)
        self._gutter.setGeometry(QRect(0, 0, self._gutter.width_needed, self.height()))

    def changeEvent(self, event: QEvent) -> None:
        """Colours everything anew after a switch between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._highlighter.rehighlight()
            self.mark(self._marked)


class _Gutter(QWidget):
    """The numbers of the lines, and an arrow before those that are marked."""

    def __init__(self, view: CodeView) -> None:
        super().__init__(view)
        self._view = view
        self.setFont(view.font())

    @property
    def width_needed(self) -> int:
        """How much room the largest number takes."""
        digits = len(str(self._view.blockCount()))
        return self.fontMetrics().horizontalAdvance("8" * digits) + 2 * _GUTTER_PADDING + 6

    def follow(self, _rect: QRect, _dy: int) -> None:
        """The text was scrolled or painted anew."""
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as needed."""
        return QSize(self.width_needed, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the numbers beside their lines."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.base))
        for line, place in self._view.numbered_lines():
            is_marked = line in self._view.marked
            painter.setPen(QColor(theme.accent if is_marked else theme.disabled_text))
            row = QRectF(0, place.top(), self.width() - _GUTTER_PADDING, place.height())
            painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(line + 1))
            if is_marked:
                _paint_arrow(painter, _GUTTER_PADDING / 2, row.center().y(), QColor(theme.accent))
        painter.end()


def _paint_arrow(painter: QPainter, x: float, y: float, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    points = (QPointF(x, y - _ARROW), QPointF(x + 1.6 * _ARROW, y), QPointF(x, y + _ARROW))
    painter.drawPolygon(QPolygonF(points))


class _Highlighter(QSyntaxHighlighter):
    """Colours each line by the words that were found in it."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.spans: list[list[Span]] = []

    def highlightBlock(self, _text: str) -> None:
        """Colours one line."""
        line = self.currentBlock().blockNumber()
        if line < len(self.spans):
            formats = _formats(current_theme())
            for column, length, kind in self.spans[line]:
                self.setFormat(column, length, formats[kind])


def _formats(theme: Theme) -> dict[str, QTextCharFormat]:
    colours = {
        "keyword": theme.accent,
        "name": theme.text,
        "comment": theme.dim_text,
        "string": _STRINGS[theme.is_dark],
        "number": _NUMBERS[theme.is_dark],
    }
    formats = {}
    for kind, colour in colours.items():
        formats[kind] = QTextCharFormat()
        formats[kind].setForeground(QColor(colour))
    for kind in ("keyword", "name"):
        formats[kind].setFontWeight(QFont.Weight.Bold)
    formats["comment"].setFontItalic(True)
    return formats


def _spans_of(code: str) -> list[list[Span]]:
    """The words to colour, line by line."""
    from pygments import lex  # is not needed before somebody wants to read source, and takes its time
    from pygments.lexers.python import PythonLexer
    from pygments.token import Comment, Keyword, Name, Number, Operator, String

    kinds = (
        (Keyword, "keyword"), (Operator.Word, "keyword"), (Name.Class, "name"), (Name.Function, "name"),
        (Comment, "comment"), (String, "string"), (Number, "number"),
    )  # fmt: skip
    lines: list[list[Span]] = [[]]
    column = 0
    for token, text in lex(code, PythonLexer(stripnl=False, ensurenl=False)):
        kind = next((name for base, name in kinds if token in base), "")
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append([])
                column = 0
            if kind and part:
                lines[-1].append((column, len(part), kind))
            column += len(part)
    return lines
