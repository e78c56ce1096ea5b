"""What is done with what a pattern says about itself."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from gui.document import Document
from gui.files.information import InformationDialog


class InformationCommands(QObject):
    """The slot of the row that shows it."""

    def __init__(self, document: Document, window: QWidget) -> None:
        """`window` is what the dialog belongs to."""
        super().__init__(window)
        self._document = document
        self._window = window

    @Slot()
    def show_information(self) -> None:
        """Name, author, comments and figures of the pattern."""
        document = self._document
        file = str(document.path) if document.path else "not saved yet"
        dialog = InformationDialog(document.origin, document.moment, file, self._window)
        dialog.described.connect(document.describe)
        dialog.open()
