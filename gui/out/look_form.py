"""The choices that pictures and animations have in common: what is shown, how large, and in which colours."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QSpinBox

from gui.look.theme import DARK, LIGHT, SECTION_SPACING, SPACING
from gui.settings import PICTURE_CELL, PICTURE_DARK, PICTURE_LINES, Settings
from life.editing.selection import Selection
from life.pictures.look import LARGEST_CELL, SMALLEST_LINED_CELL, Look


class LookForm(QFormLayout):
    """A form with the choices, filled as they were last time.

    Signals:
        changed: one of them is another.
    """

    changed = Signal()

    def __init__(self, whole: Selection, whole_in_words: str, selection: Selection | None, settings: Settings) -> None:
        """`whole` is all that there is to show; `selection` is what may be shown alone, and is where there is one."""
        super().__init__()
        self._settings = settings
        self._whole = whole
        self._selection = selection
        self.part = QComboBox()
        self.part.setObjectName("picture-part")
        self.part.setAccessibleName("What is shown")
        self.part.addItem(f"{whole_in_words}, {whole}")
        if selection:
            self.part.addItem(f"The selection, {selection}")
            self.part.setCurrentIndex(1)
        self.part.setEnabled(selection is not None)
        self.cell = number("picture-cell", "Pixels a cell", 1, LARGEST_CELL, settings.get(PICTURE_CELL), " pixels")
        self.colours = QComboBox()
        self.colours.setObjectName("picture-colours")
        self.colours.setAccessibleName("Colours")
        self.colours.addItems(["Light", "Dark"])
        self.colours.setCurrentIndex(int(settings.get(PICTURE_DARK)))
        self.lines = QCheckBox("Lines between the cells")
        self.lines.setObjectName("picture-lines")
        self.lines.setChecked(settings.get(PICTURE_LINES))
        self._lay_out()
        self.part.currentIndexChanged.connect(self._tell)
        self.cell.valueChanged.connect(self._tell)
        self.colours.currentIndexChanged.connect(self._tell)
        self.lines.toggled.connect(self._tell)
        self._mind_lines()

    def _lay_out(self) -> None:
        self.setHorizontalSpacing(SECTION_SPACING)
        self.setVerticalSpacing(SPACING)
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.addRow("&Show", self.part)
        self.addRow("A &cell", self.cell)
        self.addRow("C&olours", self.colours)
        self.addRow("", self.lines)

    @property
    def shown_part(self) -> Selection:
        """The part of the board that is shown."""
        return self._selection if self._selection and self.part.currentIndex() == 1 else self._whole

    @property
    def look(self) -> Look:
        """What a cell looks like."""
        theme = DARK if self.colours.currentIndex() else LIGHT
        return Look(self.cell.value(), theme.board, theme.cell, theme.grid, self.lines.isChecked())

    @property
    def size_in_words(self) -> str:
        """How large a picture becomes."""
        height, width = self.look.size_of(self.shown_part.height, self.shown_part.width)
        return f"{width:,} × {height:,} pixels"

    def remember(self) -> None:
        """Has the choices be those that are made first the next time."""
        self._settings.set(PICTURE_CELL, self.cell.value())
        self._settings.set(PICTURE_DARK, bool(self.colours.currentIndex()))
        self._settings.set(PICTURE_LINES, self.lines.isChecked())

    @Slot()
    def _tell(self) -> None:
        self._mind_lines()
        self.changed.emit()

    def _mind_lines(self) -> None:
        self.lines.setEnabled(self.cell.value() >= SMALLEST_LINED_CELL)


def number(name: str, what: str, least: int, most: int, now: int, unit: str, step: int = 1) -> QSpinBox:
    """A field for a whole number with its unit."""
    field = QSpinBox()
    field.setObjectName(name)
    field.setAccessibleName(what)
    field.setRange(least, most)
    field.setSingleStep(step)
    field.setGroupSeparatorShown(True)
    field.setSuffix(unit)
    field.setValue(now)
    field.lineEdit().setTextMargins(6, 0, 0, 0)
    return field


def size_label() -> QLabel:
    """A label for what comes of the choices, or for why nothing does."""
    label = QLabel()
    label.setObjectName("picture-size")
    label.setWordWrap(True)
    return label
