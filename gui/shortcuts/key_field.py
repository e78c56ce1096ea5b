"""A field into which a key is pressed rather than typed."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QWidget

from gui.shortcuts.keymap import Keys

_PORTABLE = QKeySequence.SequenceFormat.PortableText


class KeyField(QKeySequenceEdit):
    """Takes one key with its modifiers.

    Qt's own signal also tells of the empty field that a key press begins with, and of nothing being pressed in the end.

    Signals:
        entered: with the key that was pressed, as `Keymap` writes it; "" where the field was cleared.
        left: whatever was begun came to nothing; what was there before is to be shown again.
    """

    entered = Signal(str)
    left = Signal()

    def __init__(self, name: str, invitation: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_recording = False
        self._is_shown = False
        self.setMaximumSequenceLength(1)
        self.setClearButtonEnabled(True)
        self.setAccessibleName(name)
        self.setObjectName(name.lower().replace(" ", "-"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._inside = self.findChild(QLineEdit)
        self._invitation = invitation
        if self._inside is not None:
            self._inside.setAccessibleName(name)
        self._invite()
        self.keySequenceChanged.connect(self._tell)

    def _invite(self) -> None:
        """Says what to do in an empty field, in the place of Qt, which says it anew with every change."""
        if self._inside is not None:
            self._inside.setPlaceholderText(self._invitation)

    @property
    def key(self) -> str:
        """What is in it, or ""."""
        return self.keySequence().toString(_PORTABLE)

    def show_key(self, keys: Keys, place: int) -> None:
        """Shows one of `keys`, or nothing where there are not so many; says nothing about it."""
        self._is_shown = True
        self.setKeySequence(QKeySequence(keys[place] if place < len(keys) else "", _PORTABLE))
        self._is_shown = False
        self._invite()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begins to record, with an empty field."""
        self._is_recording = True
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Ends what was begun."""
        super().focusOutEvent(event)
        if self._is_recording:
            self._is_recording = False
            self._invite()
            self.left.emit()

    @Slot(QKeySequence)
    def _tell(self, sequence: QKeySequence) -> None:
        if self._is_shown or (self._is_recording and sequence.isEmpty()):
            return
        self._is_recording = False
        self._invite()
        self.entered.emit(sequence.toString(_PORTABLE))
