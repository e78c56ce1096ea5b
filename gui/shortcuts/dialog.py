"""The window with all keyboard shortcuts: searched by word or by key, each changeable."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import MARGIN, SPACING
from gui.look.type_size import TypeFollower, enlarged
from gui.shortcuts.editor import KeyEditor
from gui.shortcuts.key_field import KeyField
from gui.shortcuts.keymap import Keymap
from gui.shortcuts.model import ID, ShortcutModel, ShortcutSearch

_SIZE = 720, 620
_NOTHING = "No action has that name or key."


class ShortcutDialog(QDialog):
    """Lists every action with its keys, in the order of the menus; it holds up nobody."""

    def __init__(self, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self.setObjectName("keys")
        self.setWindowTitle("Keyboard shortcuts")
        self.model = ShortcutModel(keymap, self)
        self.found = ShortcutSearch(self.model, keymap, self)
        self.words = QLineEdit()
        self.key = KeyField("Search by key", "Press a key")
        self.list = QTreeView()
        self.nothing = QLabel(_NOTHING)
        self.editor = KeyEditor(keymap)
        self.restore_all = QPushButton("All back to default")
        self.close_button = QPushButton("Close")
        self._set_up()
        self._lay_out()
        self._wire()
        TypeFollower(self, self._take_size)
        self.words.setFocus()

    def _set_up(self) -> None:
        self.words.setPlaceholderText("Search by word")
        self.words.setClearButtonEnabled(True)
        self.words.setAccessibleName("Search by word")
        self.key.setToolTip("Press a key to see what it does")
        self.list.setModel(self.found)
        self.list.setAccessibleName("Actions and their keys")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAllColumnsShowFocus(True)
        self.list.setUniformRowHeights(True)
        self.list.setProperty("roomy", True)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        self.list.expandAll()
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.hide()

    def _lay_out(self) -> None:
        search = QHBoxLayout()
        search.setSpacing(SPACING)
        label = QLabel("or by &key")
        label.setBuddy(self.key)
        search.addWidget(self.words, 3)
        search.addWidget(label)
        search.addWidget(self.key, 1)
        buttons = QHBoxLayout()
        for button in (self.restore_all, self.close_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.insertStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * MARGIN, 2 * MARGIN, 2 * MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addLayout(search)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.nothing, 1)
        layout.addWidget(self.editor)
        layout.addLayout(buttons)

    def _wire(self) -> None:
        self.words.textChanged.connect(self._search)
        self.key.entered.connect(self._search)
        self.list.selectionModel().currentChanged.connect(self._show_chosen)
        self.restore_all.clicked.connect(self._restore_all)
        self.close_button.clicked.connect(self.reject)
        self._keymap.changed.connect(self._mind_restore)
        self._mind_restore()

    def _take_size(self) -> None:
        room = self.screen().availableSize()
        self.resize(min(enlarged(_SIZE[0]), room.width()), min(enlarged(_SIZE[1]), room.height() - 40))

    def choose(self, action_id: str) -> None:
        """Chooses an action in the list."""
        index = self.found.mapFromSource(self.model.index_of(action_id))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.list.selectionModel().setCurrentIndex(index, flags)
        self.list.scrollTo(index)

    @Slot()
    def _search(self) -> None:
        self.found.search_words(self.words.text())
        self.found.search_key(self.key.key)
        self.list.expandAll()
        is_found = self.found.rowCount() > 0
        self.list.setVisible(is_found)
        self.nothing.setVisible(not is_found)
        first = self.found.index(0, 0, self.found.index(0, 0))
        if is_found and (self.words.text() or self.key.key):
            self.list.setCurrentIndex(first)

    @Slot(QModelIndex)
    def _show_chosen(self, index: QModelIndex) -> None:
        action_id = index.data(ID) if index.isValid() else None
        self.editor.show_action(action_id or "", is_fixed=action_id == "")

    @Slot()
    def _restore_all(self) -> None:
        self._keymap.restore_all()
        self._show_chosen(self.list.currentIndex())

    @Slot()
    def _mind_restore(self) -> None:
        self.restore_all.setEnabled(self._keymap.has_changes)
