"""The two lists of the setup page: who races, and on how large boards."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gui.cards import Complaint, heading, sentence
from gui.look.theme import SPACING
from gui.race.choices import MOST_CELLS, SIZES, sizes_from
from life.fanout import STRATEGIES

_INDENT = 22  # so that a summary stands under the text of its check box


class StrategyList(QWidget):
    """A check box a strategy, its summary below it, and buttons that check all or none.

    Signals:
        changed: others are checked now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Who races")
        self.boxes = {strategy.key: QCheckBox(strategy.title) for strategy in STRATEGIES}
        self.all = _flat_button("All", "all-strategies")
        self.none = _flat_button("None", "no-strategies")
        self.all.clicked.connect(self._check_all)
        self.none.clicked.connect(self._check_none)
        top = QHBoxLayout()
        top.addWidget(heading("Who races", 1))
        top.addStretch(1)
        top.addWidget(self.all)
        top.addWidget(self.none)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(top)
        for strategy in STRATEGIES:
            box, summary = self.boxes[strategy.key], sentence(strategy.summary)
            box.setObjectName(f"race-{strategy.key}")
            box.setAccessibleDescription(strategy.summary)
            box.toggled.connect(self.changed)
            summary.setIndent(_INDENT)
            layout.addSpacing(4)
            layout.addWidget(box)
            layout.addWidget(summary)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys that are checked, in the order of the list."""
        return tuple(key for key, box in self.boxes.items() if box.isChecked())

    def show_chosen(self, keys: tuple[str, ...]) -> None:
        """Checks these and no others; says it once."""
        blocked = self.blockSignals(True)
        for key, box in self.boxes.items():
            box.setChecked(key in keys)
        self.blockSignals(blocked)
        self.changed.emit()

    @Slot()
    def _check_all(self) -> None:
        self.show_chosen(tuple(self.boxes))

    @Slot()
    def _check_none(self) -> None:
        self.show_chosen(())


class SizeChoice(QWidget):
    """A button a usual size, and a field for others.

    Signals:
        changed: others are chosen now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("How many cells")
        self.buttons = {size: QPushButton(f"{size:,}") for size in SIZES}
        self.others = QLineEdit()
        self.others.setObjectName("other-sizes")
        self.others.setAccessibleName("Other numbers of cells")
        self.others.setPlaceholderText("others, as in 2500, 40000")
        self.error = Complaint()
        row = QGridLayout()
        row.setSpacing(SPACING)
        for column, (size, button) in enumerate(self.buttons.items()):
            button.setObjectName(f"cells-{size}")
            button.setAccessibleName(f"{size:,} cells")
            button.setCheckable(True)
            button.toggled.connect(self.changed)
            row.addWidget(button, 0, column)
        row.addWidget(self.others, 1, 0, 1, len(self.buttons))
        self.others.textEdited.connect(self._judge)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(heading("Cells", 1))
        layout.addLayout(row)
        layout.addWidget(self.error)

    @property
    def chosen(self) -> tuple[int, ...]:
        """The sizes, ascending; what cannot be read is left out."""
        pressed = {size for size, button in self.buttons.items() if button.isChecked()}
        return tuple(sorted(pressed | set(sizes_from(self.others.text()) or ())))

    def show_chosen(self, sizes: tuple[int, ...]) -> None:
        """Shows these; says it once."""
        blocked = self.blockSignals(True)
        for size, button in self.buttons.items():
            button.setChecked(size in sizes)
        self.others.setText(", ".join(str(size) for size in sizes if size not in self.buttons))
        self.blockSignals(blocked)
        self._judge()

    @Slot()
    def _judge(self) -> None:
        is_readable = sizes_from(self.others.text()) is not None
        self.error.say("" if is_readable else f"Write numbers from 1 to {MOST_CELLS:,}, as in 2500, 40000.")
        self.changed.emit()


def _flat_button(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAccessibleName(f"{text} of the strategies")
    return button
