"""How a row of the library is painted: a heading, or a picture with a name and a line under it."""

from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from gui.library import words
from gui.library.thumbnail import Thumbnails
from gui.look.icons import icon
from gui.look.theme import MARGIN, SPACING, Theme, theme_of
from gui.look.type_size import enlarged
from life.patterns.library import Entry

ENTRY_ROLE = Qt.ItemDataRole.UserRole
COUNT_ROLE = Qt.ItemDataRole.UserRole + 1

PICTURE = 44  # side, in device-independent pixels for type of the usual size
_GAP = 4  # above and below a picture
_HEADING = 30  # height
_CHEVRON = 14
_INSET = 6  # of the ground of a chosen row from the edges
_RADIUS = 6.0
_SMALLER = 0.92  # the second line, of the first

Index = QModelIndex | QPersistentModelIndex


class EntryDelegate(QStyledItemDelegate):
    """Paints for the one view that owns it."""

    def __init__(self, thumbnails: Thumbnails, view: QTreeView) -> None:
        super().__init__(view)
        self._thumbnails = thumbnails
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows as high as their pictures."""
        height = PICTURE + 2 * _GAP if index.data(ENTRY_ROLE) else _HEADING
        return QSize(1, enlarged(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints one row."""
        theme = theme_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, theme)
        entry = cast("Entry | None", index.data(ENTRY_ROLE))
        if entry:
            self._paint_entry(painter, option, entry, theme)
        else:
            self._paint_heading(painter, option, index, theme)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
        state = option.state
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        if not is_chosen and not state & QStyle.StateFlag.State_MouseOver:
            return
        has_focus = is_chosen and self._view.hasFocus()
        painter.setPen(QColor(theme.accent) if has_focus else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.chosen if is_chosen else theme.hover))
        ground = QRectF(option.rect).adjusted(_INSET + 0.5, 0.5, -_INSET - 0.5, -0.5)
        painter.drawRoundedRect(ground, _RADIUS, _RADIUS)

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, theme: Theme) -> None:
        rect = option.rect.adjusted(MARGIN, 0, -MARGIN, 0)
        side = enlarged(_CHEVRON)
        chevron = icon("chevron-down" if option.state & QStyle.StateFlag.State_Open else "chevron-right")
        chevron.paint(painter, QRect(rect.left(), rect.center().y() - side // 2 + 1, side, side))
        painter.setFont(_bold(option.font))
        painter.setPen(QColor(theme.text))
        text = rect.adjusted(side + SPACING // 2, 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        painter.setFont(option.font)
        painter.setPen(QColor(theme.dim_text))
        painter.drawText(
            text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{index.data(COUNT_ROLE):,}"
        )

    def _paint_entry(self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry, theme: Theme) -> None:
        rect = option.rect.adjusted(MARGIN, 0, -MARGIN, 0)
        side = enlarged(PICTURE)
        place = QRect(rect.left(), rect.center().y() - side // 2 + 1, side, side)
        picture = self._thumbnails.of(entry, side, self._view.devicePixelRatioF(), theme)
        if picture:
            painter.drawPixmap(place.topLeft(), picture)
        else:
            icon("warning").paint(painter, place.adjusted(10, 10, -10, -10))
        text = rect.adjusted(side + SPACING + 2, 0, 0, 0)
        font, small = option.font, _smaller(option.font)
        first, second = QFontMetrics(font).lineSpacing(), QFontMetrics(small).lineSpacing()
        top = text.center().y() - (first + second) // 2
        painter.setPen(QColor(theme.dim_text if entry.problem else theme.text))
        _draw_line(painter, font, entry.name, QRect(text.left(), top, text.width(), first))
        painter.setPen(QColor(theme.dim_text))
        _draw_line(painter, small, words.second_line(entry), QRect(text.left(), top + first, text.width(), second))


def _draw_line(painter: QPainter, font: QFont, line: str, rect: QRect) -> None:
    painter.setFont(font)
    fitting = QFontMetrics(font).elidedText(line, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, fitting)


def _bold(font: QFont) -> QFont:
    font = QFont(font)
    font.setBold(True)
    return font


def _smaller(font: QFont) -> QFont:
    font = QFont(font)
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * _SMALLER)
    return font
