"""Which keys a widget keeps for itself, so that no shortcut of the window takes a letter out of a text field."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QWidget

_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ERASE = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class KeyGuard(QObject):
    """Installed on a window, answers Qt's question whether a key is a shortcut or belongs to who has the focus.

    Qt asks the widget that has the focus, then its parents up to the window; only what none of them claimed gets here.
    """

    def __init__(self, board: QWidget, parent: QObject) -> None:
        """`board` keeps the space bar, which it tells a tap from a drag of."""
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
        if isinstance(focus, QLineEdit | QAbstractSpinBox | QPlainTextEdit) and not _is_only_read(focus):
            if event.modifiers() & _COMMAND:
                return event.key() in _ERASE
            is_printable = event.key() < Qt.Key.Key_Escape
            return is_printable or event.key() in (*_ENTER, *_ERASE)
        is_space = event.key() == Qt.Key.Key_Space and not event.modifiers()
        return is_space and (focus is self._board or isinstance(focus, QAbstractButton))


def _is_only_read(focus: QWidget) -> bool:
    return isinstance(focus, QPlainTextEdit) and focus.isReadOnly()
