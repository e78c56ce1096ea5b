"""The small window that shows how far a file is; it appears only where that takes a while."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QProgressBar, QVBoxLayout, QWidget

from gui.look.theme import MARGIN, SECTION_SPACING, SPACING

PATIENCE = 400  # milliseconds until it is shown
_WIDTH = 360  # device-independent pixels


class ProgressDialog(QDialog):
    """A bar, and the button that ends it.

    Signals:
        given_up: somebody does not want to wait any longer.
    """

    given_up = Signal()

    def __init__(self, what: str, parts: int, parent: QWidget) -> None:
        """`what` is being made of so many `parts`; 0 where nobody knows, and where it cannot be given up."""
        super().__init__(parent)
        self.setObjectName("export-progress")
        self.setWindowTitle("Export")
        self.bar = QProgressBar()
        self.bar.setAccessibleName(what)
        self.bar.setRange(0, parts)
        self.buttons = QDialogButtonBox()
        if parts:
            self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setDefault(True)
        self.buttons.rejected.connect(self.reject)
        self.rejected.connect(self.given_up)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * MARGIN, 2 * MARGIN, 2 * MARGIN, MARGIN)
        layout.setSpacing(SPACING)
        layout.addWidget(QLabel(what))
        layout.addWidget(self.bar)
        layout.addSpacing(SECTION_SPACING - SPACING)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(_WIDTH)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.show)

    def begin(self) -> None:
        """Is shown in a while."""
        self._patience.start()

    @Slot(int)
    def show_part(self, part: int) -> None:
        """So many parts are made."""
        if self.bar.maximum():
            self.bar.setValue(part)

    def end(self) -> None:
        """Goes away."""
        self._patience.stop()
        self.hide()
        self.deleteLater()
