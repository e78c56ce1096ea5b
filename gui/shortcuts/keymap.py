"""Which keys trigger which action: the table's, but for those that the user changed, which are remembered."""

import json
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence

from gui.actions.make import set_tip
from gui.actions.table import ROWS
from gui.settings import KEYS, Settings

MOST_KEYS = 3  # of one action
Keys = tuple[str, ...]

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_NATIVE = QKeySequence.SequenceFormat.NativeText


class Keymap(QObject):
    """The keys of all actions of one window; a change takes effect at once, in menus and tips as well.

    Keys are texts as `QKeySequence` writes them for any system: "Ctrl+Z", "F2", "[".

    Signals:
        changed: with the id of an action that has other keys now.
    """

    changed = Signal(str)

    def __init__(self, actions: Mapping[str, QAction], settings: Settings, parent: QObject) -> None:
        """Gives the actions the keys that were set last time."""
        super().__init__(parent)
        self._actions = actions
        self._settings = settings
        self._defaults = {row.id: tuple(portable(keys) for keys in row.shortcuts) for row in ROWS}
        self._changes = read_changes(settings.get(KEYS), self._defaults)
        for action_id in self._changes:
            self._apply(action_id)

    def keys_of(self, action_id: str) -> Keys:
        """The keys of an action; the first is the one that is shown."""
        return self._changes.get(action_id, self._defaults[action_id])

    def default_of(self, action_id: str) -> Keys:
        """The keys that it has as long as nobody changes them."""
        return self._defaults[action_id]

    def is_changed(self, action_id: str) -> bool:
        """Whether it has other keys than at first."""
        return action_id in self._changes

    @property
    def has_changes(self) -> bool:
        """Whether anything has other keys than at first."""
        return bool(self._changes)

    def holder_of(self, key: str) -> str | None:
        """The id of the action that has a key, None where it is free."""
        wanted = portable(key)
        return next((action_id for action_id in self._defaults if wanted in self.keys_of(action_id)), None)

    def action_for(self, key: str) -> QAction | None:
        """The action that has a key, if it can be used at the moment."""
        holder = self.holder_of(key)
        action = self._actions[holder] if holder else None
        return action if action is not None and action.isEnabled() else None

    def set_keys(self, action_id: str, keys: Keys) -> None:
        """Gives an action these keys and takes them from whoever else has them."""
        wanted = tuple(dict.fromkeys(portable(key) for key in keys if key))[:MOST_KEYS]
        for key in wanted:
            self._take_away(key, keeper=action_id)
        self._set(action_id, wanted)
        self._remember()

    def restore(self, action_id: str) -> None:
        """Gives an action the keys that it had at first, which others lose."""
        self.set_keys(action_id, self._defaults[action_id])

    @Slot()
    def restore_all(self) -> None:
        """Gives every action the keys that it had at first."""
        changed = list(self._changes)
        self._changes.clear()
        for action_id in changed:
            self._apply(action_id)
            self.changed.emit(action_id)
        self._remember()

    def text_of(self, action_id: str) -> str:
        """What an action is called, as it is now, without the marks of a menu."""
        return self._actions[action_id].text().replace("&", "").rstrip("…")

    def _take_away(self, key: str, keeper: str) -> None:
        for action_id in self._defaults:
            if action_id != keeper and key in self.keys_of(action_id):
                self._set(action_id, tuple(other for other in self.keys_of(action_id) if other != key))

    def _set(self, action_id: str, keys: Keys) -> None:
        if keys == self.keys_of(action_id):
            return
        if keys == self._defaults[action_id]:
            del self._changes[action_id]
        else:
            self._changes[action_id] = keys
        self._apply(action_id)
        self.changed.emit(action_id)

    def _apply(self, action_id: str) -> None:
        action = self._actions[action_id]
        action.setShortcuts([QKeySequence(keys, _PORTABLE) for keys in self.keys_of(action_id)])
        set_tip(action, action.toolTip().partition("\n")[2])

    def _remember(self) -> None:
        self._settings.set(KEYS, json.dumps(self._changes) if self._changes else "")


def portable(key: str) -> str:
    """A key as it is written on any system, so that two ways of writing it are the same."""
    return QKeySequence(key, _PORTABLE).toString(_PORTABLE)


def shown(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key, _PORTABLE).toString(_NATIVE)


def read_changes(text: str, defaults: Mapping[str, Keys]) -> dict[str, Keys]:
    """The changes in a settings file: JSON, from the id of an action to a list of its keys.

    What is broken in it is left out, and so is a key that would belong to two actions: the file may be from another
    version, or edited by hand.
    """
    try:
        stored = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    changes: dict[str, Keys] = {}
    for action_id, keys in stored.items() if isinstance(stored, dict) else ():
        if action_id in defaults and isinstance(keys, list):
            changes[action_id] = tuple(portable(key) for key in keys[:MOST_KEYS] if _is_key(key))
    return _without_doubles(changes, defaults)


def _is_key(key: object) -> bool:
    return isinstance(key, str) and bool(portable(key))


def _without_doubles(changes: Mapping[str, Keys], defaults: Mapping[str, Keys]) -> dict[str, Keys]:
    taken = {key for action_id, keys in defaults.items() if action_id not in changes for key in keys}
    result: dict[str, Keys] = {}
    for action_id, keys in changes.items():
        free = tuple(key for key in dict.fromkeys(keys) if key not in taken)
        taken.update(free)
        if free != defaults[action_id]:
            result[action_id] = free
    return result
