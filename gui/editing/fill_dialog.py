"""The small window that asks how to fill by chance."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QSpinBox, QVBoxLayout, QWidget

from gui.look.theme import MARGIN, SECTION_SPACING
from life.editing.chance import Symmetry


class RandomFillDialog(QDialog):
    """Density and symmetry of a random fill.

    Signals:
        fill_wanted: with the density in per cent and the `Symmetry`.
    """

    fill_wanted = Signal(int, object)

    def __init__(self, percent: int, symmetry: Symmetry, parent: QWidget) -> None:
        """Shows what was chosen last."""
        super().__init__(parent)
        self.setObjectName("random-fill")
        self.setWindowTitle("Random fill")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.density = QSpinBox()
        self.density.setObjectName("fill-density")
        self.density.setAccessibleName("Share of live cells")
        self.density.setRange(1, 99)
        self.density.setSuffix(" %")
        self.density.setValue(percent)
        self.symmetry = QComboBox()
        self.symmetry.setObjectName("fill-symmetry")
        self.symmetry.setAccessibleName("Symmetry")
        for known in Symmetry:
            self.symmetry.addItem(known.value.capitalize(), known)
        self.symmetry.setCurrentIndex(list(Symmetry).index(symmetry))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.fill = self.buttons.addButton("Fill", QDialogButtonBox.ButtonRole.AcceptRole)
        self.fill.setDefault(True)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(SECTION_SPACING)
        form.addRow("&Live cells", self.density)
        form.addRow("&Symmetry", self.symmetry)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * MARGIN, 2 * MARGIN, 2 * MARGIN, MARGIN)
        layout.setSpacing(SECTION_SPACING)
        layout.addLayout(form)
        layout.addWidget(self.buttons)

    @Slot()
    def _accept(self) -> None:
        self.accept()
        self.fill_wanted.emit(self.density.value(), list(Symmetry)[self.symmetry.currentIndex()])
