"""The questions of `gui.document`, asked in windows that belong to the main one and hold up nobody."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gui.document import Answer

_FILTER = "Patterns (*.rle *.rle.gz);;All files (*)"


class WindowQuestions:
    """Asks in Qt's own dialogs."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def about_unsaved(self, name: str, answered: Callable[[Answer], None]) -> None:
        """See `Questions`."""
        buttons = QMessageBox.StandardButton
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Unsaved cells")
        box.setText(f"{name} has cells that you drew and did not save.")
        box.setInformativeText("Save them first?")
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        meanings = {buttons.Save.value: Answer.SAVE, buttons.Discard.value: Answer.DISCARD}
        box.finished.connect(lambda button: answered(meanings.get(button, Answer.CANCEL)))
        _open(box)

    def file_to_open(self, folder: str, chosen: Callable[[Path], object]) -> None:
        """See `Questions`."""
        dialog = QFileDialog(self._window, "Open a pattern", folder, _FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: chosen(Path(path)))
        _open(dialog)

    def file_to_save(self, suggested: Path, chosen: Callable[[Path], object]) -> None:
        """See `Questions`."""
        dialog = QFileDialog(self._window, "Save the board", str(suggested.parent), _FILTER)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("rle")
        dialog.selectFile(suggested.name)
        dialog.fileSelected.connect(lambda path: chosen(Path(path)))
        _open(dialog)

    def file_to_export(self, title: str, suggested: Path, kinds: str, chosen: Callable[[Path], object]) -> None:
        """See `Questions`."""
        dialog = QFileDialog(self._window, title, str(suggested.parent), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suggested.suffix.removeprefix("."))
        dialog.selectFile(suggested.name)
        dialog.fileSelected.connect(lambda path: chosen(Path(path)))
        _open(dialog)


def _open(dialog: QFileDialog | QMessageBox) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
