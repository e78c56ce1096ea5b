"""A row of buttons of which one is pressed: the size of board that is looked at."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QWidget

from gui.cards import dim
from gui.look.theme import SPACING


class SizeSwitch(QWidget):
    """The sizes that there are; keeps the one that was chosen for as long as it is there.

    Signals:
        changed(int): another number of cells.
    """

    changed = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setObjectName(name.lower().replace(" ", "-"))
        self.buttons: dict[int, QToolButton] = {}
        self._wanted: int | None = None
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idClicked.connect(self._tell)
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(dim(QLabel("Cells")))
        layout.addLayout(self._row)
        layout.addStretch(1)

    @property
    def size_shown(self) -> int | None:
        """The number of cells whose button is pressed; None where there is none."""
        number = self._group.checkedId()
        return number if number in self.buttons else None

    def show_sizes(self, sizes: Sequence[int]) -> None:
        """Offers these; the largest is chosen until somebody chooses another one."""
        self.setVisible(len(sizes) > 1)
        if list(self.buttons) == list(sizes):
            return
        chosen = self._wanted
        for button in self.buttons.values():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.setParent(None)
            button.deleteLater()
        self.buttons = {size: self._button(size, list(sizes)) for size in sizes}
        if sizes:
            self.buttons[chosen if chosen in self.buttons else max(sizes)].setChecked(True)

    def _button(self, size: int, sizes: list[int]) -> QToolButton:
        button = QToolButton()
        button.setText(f"{size:,}")
        button.setAccessibleName(f"{size:,} cells")
        button.setCheckable(True)
        is_first, is_last = size == sizes[0], size == sizes[-1]
        button.setProperty("segment", "first" if is_first else "last" if is_last else "middle")
        self._group.addButton(button, size)
        self._row.addWidget(button)
        return button

    @Slot(int)
    def _tell(self, size: int) -> None:
        self._wanted = size
        self.changed.emit(size)
