"""The questions of `gui.document`, asked in windows that belong to the main one and hold up nobody."""

import re
from collections.abc import Callable
from pathlib import Path, PurePath

from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox, QWidget

from gui.document import Answer
from gui.files.filters import ALL, filters_to_open, kinds_to_save
from life.patterns.formats import COMPRESSED, FORMATS

_PATTERN_SUFFIXES = frozenset(suffix for form in FORMATS for suffix in form.suffixes)


class WindowQuestions:
    """Asks in Qt's own dialogs."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def about_unsaved(self, name: str, answered: Callable[[Answer], None]) -> None:
        """See `Questions`."""
        buttons = QMessageBox.StandardButton
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Unsaved changes")
        box.setText(f"{name} has changes that are not saved.")
        box.setInformativeText("Save them first?")
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        meanings = {buttons.Save.value: Answer.SAVE, buttons.Discard.value: Answer.DISCARD}
        box.finished.connect(lambda button: answered(meanings.get(button, Answer.CANCEL)))
        _open(box)

    def file_to_open(self, folder: str, chosen: Callable[[Path], object]) -> None:
        """See `Questions`."""
        dialog = QFileDialog(self._window, "Open a pattern", folder, filters_to_open())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: chosen(Path(path)))
        _open(dialog)

    def file_to_save(self, suggested: Path, chosen: Callable[[Path], object]) -> None:
        """See `Questions`."""
        kinds = kinds_to_save()
        dialog = QFileDialog(self._window, "Save the board", str(suggested.parent))
        dialog.setNameFilters([*(kind.filter for kind in kinds), ALL])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.filterSelected.connect(lambda name: _follow_filter(dialog, name))
        kind = max(kinds, key=lambda kind: suggested.name.lower().endswith("." + kind.suffix))
        dialog.selectNameFilter(kind.filter)
        dialog.setDefaultSuffix(kind.suffix)
        dialog.selectFile(suggested.name)
        dialog.fileSelected.connect(lambda path: chosen(Path(path)))
        _open(dialog)

    def file_to_export(self, title: str, suggested: Path, kinds: str, chosen: Callable[[Path], object]) -> None:
        """See `Questions`."""
        dialog = QFileDialog(self._window, title, str(suggested.parent), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suggested.suffix.removeprefix("."))
        dialog.filterSelected.connect(lambda name: _follow_filter(dialog, name))
        dialog.selectFile(suggested.name)
        dialog.fileSelected.connect(lambda path: chosen(Path(path)))
        _open(dialog)


def _follow_filter(dialog: QFileDialog, name: str) -> None:
    """Gives the name that is typed the suffix of another kind of file; Qt by itself sees only the last part of it."""
    match = re.search(r"\(\*\.([\w.]+)", name)
    if match is None:
        return
    dialog.setDefaultSuffix(match[1])
    typed = dialog.findChild(QLineEdit, "fileNameEdit")
    if typed is not None and typed.text():
        stem = typed.text().removesuffix(COMPRESSED).removesuffix("." + match[1].rpartition(".")[2])
        while PurePath(stem).suffix in _PATTERN_SUFFIXES:
            stem = str(PurePath(stem).with_suffix(""))
        typed.setText(f"{stem}.{match[1]}")


def _open(dialog: QFileDialog | QMessageBox) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
