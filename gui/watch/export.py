"""Saves what is on the screen: the trace of a generation for a profiler, and the board and the timeline as pictures.

A trace of many cells takes seconds to write, so a thread does it; the window hears of the end by a signal.
"""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QBuffer, QIODevice, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.document import Questions
from gui.watch.watch import Watch
from gui.watch.whole import NOTHING_WAITS
from life.history import Record
from life.saving import replace_file, why_not
from life.trace.chrome import write_chrome_trace

NOTHING = "There is no generation to export yet: make one, with Space."
TRACES = "Trace (*.json);;Compressed trace (*.json.gz)"
PICTURES = "Picture (*.png)"


class Exporter(QObject):
    """Asks where to, and saves there.

    Signals:
        told: a sentence that the user must read, because something was not saved.
        exported: with the path of what was saved.
    """

    told = Signal(str)
    exported = Signal(Path)

    _ended = Signal(Path, str)

    def __init__(
        self,
        watch: Watch,
        pictures: dict[str, QWidget],
        questions: Questions,
        folder: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        """`pictures` are the widgets to be taken pictures of, by their names; `folder` is where one saves at first."""
        super().__init__(parent)
        self._watch = watch
        self._pictures = pictures
        self._questions = questions
        self._folder = folder
        self._threads: list[Thread] = []
        self._ended.connect(self._note_end, Qt.ConnectionType.QueuedConnection)

    @Slot(str)
    def export(self, what: str) -> None:
        """Exports "trace", or the picture of that name."""
        if what == "trace":
            self._export_trace()
        else:
            self._export_picture(what)

    def close(self) -> None:
        """Waits until everything is saved."""
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _export_trace(self) -> None:
        record = self._watch.record or next(reversed(self._watch.records), None)
        if record is None:
            self.told.emit(NOTHING)
            return
        if record.trace.is_whole:
            self.told.emit(f"{NOTHING_WAITS} So there is no trace to export.")
            return
        title = f"Export the trace of generation {record.trace.generation:,}"
        suggested = Path(self._folder(), f"generation-{record.trace.generation}.json")
        self._questions.file_to_export(title, suggested, TRACES, lambda path: self._write_trace(path, record))

    def _write_trace(self, path: Path, record: Record) -> None:
        thread = Thread(target=self._save_trace, args=(path, record), name="export")
        self._threads = [*(old for old in self._threads if old.is_alive()), thread]
        thread.start()

    def _save_trace(self, path: Path, record: Record) -> None:
        """On a thread of its own."""
        reason = ""
        try:
            write_chrome_trace(path, record)
        except (OSError, ValueError, MemoryError) as error:
            reason = _reason(error)
        self._ended.emit(path, reason)

    def _export_picture(self, name: str) -> None:
        if not self._pictures[name].isVisible():
            self.told.emit(f"The {name} is not on the screen: open it first, from the View menu.")
            return
        suggested = Path(self._folder(), f"{name}.png")
        title = f"Save the {name} as a picture"
        self._questions.file_to_export(title, suggested, PICTURES, lambda path: self._write_picture(path, name))

    def _write_picture(self, path: Path, name: str) -> None:
        reason = ""
        try:
            replace_file(path, _png(self._pictures[name]))
        except (OSError, ValueError) as error:
            reason = _reason(error)
        self._note_end(path, reason)

    @Slot(Path, str)
    def _note_end(self, path: Path, reason: str) -> None:
        if reason:
            self.told.emit(f"{path.name}: {reason}.")
        else:
            self.exported.emit(path)


def _png(widget: QWidget) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    return bytes(buffer.data().data())


def _reason(error: Exception) -> str:
    if isinstance(error, OSError | ValueError):
        return why_not("saved", error)
    return "this cannot be saved: it needs more memory than there is"
