"""All actions and their keys as a tree: a branch a menu, a leaf an action; and the search in it."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel

from gui.actions.menus import MENUS, Menu
from gui.shortcuts.gestures import GESTURES
from gui.shortcuts.keymap import Keymap, portable, shown

ID = Qt.ItemDataRole.UserRole  # of a leaf: the id of its action, or "" where its keys cannot be changed
_BESIDE = " › "
WORDS = Qt.ItemDataRole.UserRole + 1  # what a search looks in


class ShortcutModel(QStandardItemModel):
    """Two columns: what is done, and its keys. What was changed is bold."""

    def __init__(self, keymap: Keymap, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self._keys: dict[str, QStandardItem] = {}
        self.setHorizontalHeaderLabels(["Action", "Keys"])
        for menu in MENUS:
            title = menu[0].replace("&", "")
            self._add_branch(title, self._leaves(menu, title))
        for title, gestures in GESTURES:
            self._add_branch(title, [_row(what, how, "", title) for what, how in gestures])
        for action_id in self._keys:
            self.refresh(action_id)
        keymap.changed.connect(self.refresh)

    def _leaves(self, menu: Menu, title: str, beside: str = "") -> list[list[QStandardItem]]:
        """A row for each entry; one that stands in a menu `beside` that of `title` says so."""
        leaves = []
        for entry in menu[1]:
            if isinstance(entry, tuple):
                leaves += self._leaves(entry, title, entry[0].replace("&", "") + _BESIDE)
            elif entry:
                row = _row(beside + self._keymap.text_of(entry), "", entry, title)
                self._keys[entry] = row[1]
                leaves.append(row)
        return leaves

    def _add_branch(self, title: str, leaves: list[list[QStandardItem]]) -> None:
        branch, empty = QStandardItem(title), QStandardItem()
        font = branch.font()
        font.setBold(True)
        branch.setFont(font)
        for item in (branch, empty):
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        for leaf in leaves:
            branch.appendRow(leaf)
        self.appendRow([branch, empty])

    @Slot(str)
    def refresh(self, action_id: str) -> None:
        """Shows the keys that an action has now."""
        item = self._keys[action_id]
        item.setText("   ".join(shown(key) for key in self._keymap.keys_of(action_id)))
        font = item.font()
        font.setBold(self._keymap.is_changed(action_id))
        item.setFont(font)

    def index_of(self, action_id: str) -> QModelIndex:
        """Where an action stands, in the first column."""
        return self._keys[action_id].index().siblingAtColumn(0)


class ShortcutSearch(QSortFilterProxyModel):
    """Leaves in only what has all words that are searched for, and the key."""

    def __init__(self, model: ShortcutModel, keymap: Keymap, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self._words: list[str] = []
        self._key = ""
        self.setSourceModel(model)

    @Slot(str)
    def search_words(self, text: str) -> None:
        """Looks for these words, in the name of an action, its menu and its keys."""
        self._words = text.lower().split()
        self._search_again()

    def search_key(self, key: str) -> None:
        """Looks for the action that has a key; "" for any."""
        self._key = portable(key)
        self._search_again()

    def _search_again(self) -> None:
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        """A leaf where it fits; a branch where one of its leaves does."""
        index = self.sourceModel().index(row, 0, parent)
        if not parent.isValid():
            return any(self.filterAcceptsRow(leaf, index) for leaf in range(self.sourceModel().rowCount(index)))
        action_id = index.data(ID)
        if self._key and not (action_id and self._key in self._keymap.keys_of(action_id)):
            return False
        text = f"{index.data(WORDS)} {index.siblingAtColumn(1).data()}".lower()
        return all(word in text for word in self._words)


def _row(what: str, keys: str, action_id: str, title: str) -> list[QStandardItem]:
    items = [QStandardItem(what), QStandardItem(keys)]
    for item in items:
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setData(action_id, ID)
        item.setData(f"{what} {title}", WORDS)
    return items
