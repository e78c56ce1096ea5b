"""Saves a race: its runs as CSV or JSON, its tables as Markdown, and the chart that is shown as a picture."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtWidgets import QWidget

from life.race import report
from life.race.course import Course
from life.race.entry import Entry
from life.saving import replace_file, why_not

KINDS = {
    "csv": ("every run as CSV", "Comma-separated values (*.csv)"),
    "json": ("the machine and every run as JSON", "JSON (*.json)"),
    "md": ("the tables as Markdown", "Markdown (*.md)"),
    "png": ("the picture that is shown", "Picture (*.png)"),
}
NOTHING = "There is nothing to save yet: no run has ended."


class Asks(Protocol):
    """Who asks for a file; see `gui.document.Questions`."""

    def file_to_export(self, title: str, suggested: Path, kinds: str, chosen: Callable[[Path], object]) -> None:
        """Asks where to."""


class RaceSaver(QObject):
    """Asks where to, and saves there at once or not at all.

    Signals:
        told: a sentence that the user must read, because something was not saved.
        saved: with the path of what was saved.
    """

    told = Signal(str)
    saved = Signal(Path)

    def __init__(self, questions: Asks, folder: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._questions = questions
        self._folder = folder

    def save(self, kind: str, course: Course, entries: Sequence[Entry], picture: QWidget) -> None:
        """Saves as one of `KINDS`, of which "png" takes a picture of `picture` as it is now."""
        if not entries:
            self.told.emit(NOTHING)
            return
        data = png_of(picture) if kind == "png" else text_of(kind, course, entries).encode()
        what, pattern = KINDS[kind]
        suggested = Path(self._folder(), f"race.{kind}")
        self._questions.file_to_export(f"Save {what}", suggested, pattern, lambda path: self._write(path, data))

    def _write(self, path: Path, data: bytes) -> None:
        try:
            replace_file(path, data)
        except (OSError, ValueError) as error:
            self.told.emit(f"{path.name}: {why_not('saved', error)}.")
        else:
            self.saved.emit(path)


def text_of(kind: str, course: Course, entries: Sequence[Entry]) -> str:
    """What the command `race` would have written: "csv", "json" or, with who saw the exception, "md"."""
    if kind == "csv":
        return report.as_csv(entries)
    if kind == "json":
        return report.as_json(course, entries)
    tables = [report.as_markdown(report.table(entries))]
    fates = report.fates_table(entries)
    if len(fates) > 1:
        tables.append("Who saw the exception:\n\n" + report.as_markdown(fates))
    return "\n\n".join(tables) + "\n"


def png_of(widget: QWidget) -> bytes:
    """A picture of a widget as it is on the screen."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    return bytes(buffer.data().data())
