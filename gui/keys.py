"""Which keys a widget keeps for itself, so that no shortcut of the window takes a letter out of a text field."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ERASE = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_TYPED = QLineEdit | QAbstractSpinBox | QPlainTextEdit | QTextEdit


class KeyGuard(QObject):
    """Installed on a window, answers Qt's question whether a key is a shortcut or belongs to who has the focus.

    Qt asks the widget that has the focus, then its parents up to the window; only what none of them claimed gets here.
    """

    def __init__(self, board: QWidget, parent: QObject) -> None:
        """`board` keeps the space bar, which it tells a tap from a drag of, and is where Tab may be a shortcut."""
        super().__init__(parent)
        self._board = board

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claims a key for the widget that has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            focus = QApplication.focusWidget()
            if focus and self._keeps(focus, event):
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _keeps(self, focus: QWidget, event: QKeyEvent) -> bool:
        key, is_plain = event.key(), not event.modifiers()
        if key == Qt.Key.Key_Tab and is_plain:
            return focus is not self._board  # everywhere else it goes on to the next field
        if key == Qt.Key.Key_Home and is_plain:
            return focus is not self._board and not isinstance(focus, QAbstractButton)  # where lists and charts begin
        if _is_typed_in(focus):
            if event.modifiers() & _COMMAND:
                return key in _ERASE
            return _is_printable(key) or key in (*_ENTER, *_ERASE)
        if key == Qt.Key.Key_Space and is_plain:
            return focus is self._board or isinstance(focus, QAbstractButton)
        return _is_searched_by_letter(focus) and _is_found_by(key, event.modifiers(), focus)


def _is_typed_in(focus: QWidget) -> bool:
    if isinstance(focus, QComboBox):
        return focus.isEditable()
    if isinstance(focus, QPlainTextEdit | QTextEdit):
        return not focus.isReadOnly()
    return isinstance(focus, _TYPED)


def _is_searched_by_letter(focus: QWidget) -> bool:
    """Whether letters choose what begins with them."""
    return isinstance(focus, QComboBox | QAbstractItemView)


def _is_found_by(key: int, modifiers: Qt.KeyboardModifier, focus: QWidget) -> bool:
    """Space is one generation there as well, but Enter is for what is chosen in a list."""
    if modifiers & _COMMAND or key == Qt.Key.Key_Space:
        return False
    return _is_printable(key) or (key in _ENTER and isinstance(focus, QAbstractItemView))


def _is_printable(key: int) -> bool:
    return key < Qt.Key.Key_Escape
