"""Changes the keys of one action: a field for each, and a question where a key has another meaning already."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.cards import Card, IconMark, Tone, colour_of, heading, sentence
from gui.look.theme import SPACING
from gui.shortcuts.key_field import KeyField
from gui.shortcuts.keymap import MOST_KEYS, Keymap, shown

_PLACES = ("First key", "Second key", "Third key")
_HOW = "Click a field and press the key. The first one is shown in menus."
_FIXED = "What the mouse and the arrow keys do stays as it is."
_CHOOSE = "Choose an action to change its keys."


class KeyEditor(QWidget):
    """The keys of the action that was chosen in the list above."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap
        self._action_id = ""
        self._wanted: tuple[int, str] | None = None
        self.title = heading("")
        self.help = sentence()
        self.fields = [KeyField(name, "Press a key") for name in _PLACES[:MOST_KEYS]]
        self.restore = QPushButton("Back to default")
        self.restore.setAutoDefault(False)
        self.conflict = Conflict()
        self._lay_out()
        for field in self.fields:
            field.entered.connect(self._enter)
            field.left.connect(self._refresh)
        self.restore.clicked.connect(self._restore)
        self.conflict.take.clicked.connect(self._take)
        self.conflict.leave.clicked.connect(self._leave)
        keymap.changed.connect(self._refresh)
        self.show_action("")

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self.title)
        layout.addWidget(self.help)
        keys = QGridLayout()
        keys.setHorizontalSpacing(SPACING)
        keys.setVerticalSpacing(2)
        for column, (name, field) in enumerate(zip(_PLACES, self.fields, strict=False)):
            label = QLabel(name)
            label.setBuddy(field)
            keys.addWidget(label, 0, column)
            keys.addWidget(field, 1, column)
            keys.setColumnStretch(column, 1)
        keys.addWidget(self.restore, 1, len(self.fields))
        layout.addLayout(keys)
        layout.addWidget(self.conflict)

    def show_action(self, action_id: str, *, is_fixed: bool = False) -> None:
        """Shows the keys of an action; with "" those of nothing, or of what cannot be changed."""
        self._action_id = action_id
        self.title.setText(self._keymap.text_of(action_id) if action_id else "Keys")
        self.help.setText(_HOW if action_id else _FIXED if is_fixed else _CHOOSE)
        self._leave()

    @Slot()
    def _refresh(self) -> None:
        keys = self._keymap.keys_of(self._action_id) if self._action_id else ()
        for place, field in enumerate(self.fields):
            field.show_key(keys, place)
            field.setEnabled(bool(self._action_id))
        is_changed = bool(self._action_id) and self._keymap.is_changed(self._action_id)
        self.restore.setEnabled(is_changed)
        if self._action_id:
            default = " or ".join(shown(key) for key in self._keymap.default_of(self._action_id))
            self.restore.setToolTip(f"At first: {default or 'no key'}")

    @Slot(str)
    def _enter(self, key: str) -> None:
        field = self.sender()
        place = next(number for number, known in enumerate(self.fields) if known is field)
        holder = self._keymap.holder_of(key) if key else None
        if holder is None or holder == self._action_id:
            self._set(place, key)
            return
        self._wanted = place, key
        self.conflict.ask(shown(key), self._keymap.text_of(holder))

    def _set(self, place: int, key: str) -> None:
        keys = list(self._keymap.keys_of(self._action_id))
        keys += [""] * (place + 1 - len(keys))
        keys[place] = key
        others = [other for number, other in enumerate(keys) if other != key or number == place]
        self._keymap.set_keys(self._action_id, tuple(other for other in others if other))
        self._leave()

    @Slot()
    def _take(self) -> None:
        if self._wanted is not None:
            self._set(*self._wanted)

    @Slot()
    def _leave(self) -> None:
        self._wanted = None
        self.conflict.hide()
        self._refresh()

    @Slot()
    def _restore(self) -> None:
        self._keymap.restore(self._action_id)
        self._leave()


class Conflict(Card):
    """Says who has a key, and asks whether it is to be taken from there."""

    def __init__(self) -> None:
        super().__init__(Tone.WARNING)
        self.setObjectName("key-conflict")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.take, self.leave = QPushButton("Take it from there"), QPushButton("Leave it there")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, SPACING, SPACING, SPACING)
        layout.setSpacing(SPACING)
        layout.addWidget(IconMark(Tone.WARNING.value, 20, lambda theme: colour_of(Tone.WARNING, theme)))
        layout.addWidget(self.text, 1)
        for button in (self.take, self.leave):
            button.setAutoDefault(False)
            layout.addWidget(button)

    def ask(self, key: str, holder: str) -> None:
        """Asks about `key`, which belongs to the action that is called `holder`."""
        self.text.setText(f"{key} means “{holder}” already.")
        self.setAccessibleName(self.text.text())
        self.show()
