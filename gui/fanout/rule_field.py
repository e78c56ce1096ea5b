"""A field to type a rule into, or to choose one of those that have a name."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from life.rule import CONWAY, Rule
from life.rules import KNOWN_RULES, known_rule

_SHOWN_AT_ONCE = 16
_GAP = 24  # between a name and its notation
_MARGIN = 6
_AIR = 6  # above and below a line together
_NOTATION = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class RuleField(QComboBox):
    """Shows a rule as it is written; the list names the known ones.

    Signals:
        text_edited: something was typed.
        entered: the typing is over, or a name was chosen; the text of `edit` is what is meant.
    """

    text_edited = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rule = CONWAY
        self.setObjectName("rule")
        self.setAccessibleName("Rule")
        self.edit = QLineEdit()
        self.edit.setAccessibleName("Rule")
        self.setLineEdit(self.edit)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMaxVisibleItems(_SHOWN_AT_ONCE)
        self._fill()
        self.edit.textEdited.connect(self.text_edited)
        self.edit.editingFinished.connect(self.entered)
        self.activated.connect(self._take_known)
        self.show_rule(CONWAY)

    def _fill(self) -> None:
        for row, known in enumerate(KNOWN_RULES):
            self.addItem(known.name)
            self.setItemData(row, known.notation, _NOTATION)
            self.setItemData(row, known.sentence, Qt.ItemDataRole.ToolTipRole)
            self.setItemData(row, f"{known.name}, {known.notation}", Qt.ItemDataRole.AccessibleTextRole)
        delegate = _NameAndNotation(self)
        self.setItemDelegate(delegate)
        width = max(delegate.width_of(self.model().index(row, 0)) for row in range(self.count()))
        self.view().setMinimumWidth(width)
        completer = QCompleter(self.model(), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(_SHOWN_AT_ONCE)
        popup = QListView()
        popup.setObjectName("completions")
        popup.setMinimumWidth(width)
        completer.setPopup(popup)
        popup.setItemDelegate(delegate)
        self.setCompleter(completer)

    def show_rule(self, rule: Rule) -> None:
        """Shows a rule that nobody entered; in the list its name is chosen."""
        self._rule = rule
        known = known_rule(rule)
        blocked = self.blockSignals(True)
        self.setCurrentIndex(KNOWN_RULES.index(known) if known else -1)
        self.setEditText(str(rule))
        self.blockSignals(blocked)

    @Slot(int)
    def _take_known(self, row: int) -> None:
        self.setEditText(KNOWN_RULES[row].notation)
        self.entered.emit()
        QTimer.singleShot(0, self._write_rule)

    @Slot()
    def _write_rule(self) -> None:
        """The completer writes the name into the field after it was told of the choice."""
        self.show_rule(self._rule)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turns only where it has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class _NameAndNotation(QStyledItemDelegate):
    """Paints a name, and how the rule is written, dim at the right end of the line."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        is_chosen = option.state & QStyle.StateFlag.State_Selected
        role = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.PlaceholderText
        palette: QPalette = option.palette
        rect: QRect = option.rect
        painter.save()
        painter.setPen(palette.color(role))
        where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(0, 0, -_MARGIN, 0), where, index.data(_NOTATION))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return super().sizeHint(option, index) + QSize(0, _AIR)

    def width_of(self, index: _Index) -> int:
        """How much room one line takes."""
        option = QStyleOptionViewItem()
        metrics = option.fontMetrics
        texts = index.data(), index.data(_NOTATION)
        return sum(metrics.horizontalAdvance(text) for text in texts) + _GAP + 4 * _MARGIN
