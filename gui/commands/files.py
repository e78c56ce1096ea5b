"""What is done with files."""

from PySide6.QtCore import QObject, Signal, Slot

from gui.document import Document


class FileCommands(QObject):
    """The slots of the menu File.

    Signals:
        closed: the window is to be closed.
        export_wanted: with what to save: "trace", "board" or "timeline".
    """

    closed = Signal()
    export_wanted = Signal(str)

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document

    @Slot()
    def start_new(self) -> None:
        """An empty board."""
        self._document.start_new()

    @Slot()
    def start_new_board(self) -> None:
        """An empty torus."""
        self._document.start_new_board()

    @Slot()
    def start_new_plane(self) -> None:
        """An empty plane."""
        self._document.start_new_plane()

    @Slot()
    def open(self) -> None:
        """Another pattern."""
        self._document.choose_and_open()

    @Slot()
    def save(self) -> None:
        """To the file that is open."""
        self._document.save()

    @Slot()
    def save_as(self) -> None:
        """To another file."""
        self._document.save_as()

    @Slot()
    def export_trace(self) -> None:
        """What happened in the generation that is looked at."""
        self.export_wanted.emit("trace")

    @Slot()
    def export_board(self) -> None:
        """The board as it is on the screen."""
        self.export_wanted.emit("board")

    @Slot()
    def export_timeline(self) -> None:
        """The timeline as it is on the screen."""
        self.export_wanted.emit("timeline")

    @Slot()
    def quit(self) -> None:
        """Closes the window, which asks first where it must."""
        self.closed.emit()
