"""The window: what it is before there is anything in it, and what Qt asks of it itself.

It can be shown at once, covered with a sheet in the colours that it will have. `gui.furnishing` puts everything else
into it, which takes several times as long; so nothing of that is imported here but for the type checker.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QMainWindow

from gui.remembered import AROUND_BOARD, GEOMETRY, WORKSPACE, Remembered
from gui.sheet import Sheet, margins_from_text

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QLabel

    from gui.board.view import BoardView
    from gui.cards import Notice
    from gui.commands.files import FileCommands
    from gui.commands.help import HelpCommands
    from gui.commands.look import LookCommands
    from gui.commands.run import RunCommands
    from gui.docks import Docks
    from gui.document import Document
    from gui.editing.desk import EditingDesk
    from gui.editing.editing import Editing
    from gui.failures.desk import FailureDesk
    from gui.fanout.panel import FanoutPanel
    from gui.files.desk import FilesDesk
    from gui.knowing.desk import KnowingDesk
    from gui.library.desk import LibraryDesk
    from gui.limit_notice import LimitNotice
    from gui.outlook import Outlook
    from gui.overdue_notice import OverdueNotice
    from gui.race.room import RaceRoom
    from gui.session import Session
    from gui.settings import Settings
    from gui.status import StatusBar
    from gui.undo.commands import UndoCommands
    from gui.upkeep import ActionUpkeep, DockUpkeep
    from gui.watch.export import Exporter
    from gui.watch.legend import OverlayLegend
    from gui.watch.overlay import Overlay
    from gui.watch.watch import Watch
    from gui.workspaces import Workspaces

FIRST_SIZE = QSize(1280, 800)


class MainWindow(QMainWindow):
    """Board, toolbar, docks and status bar around one session; all but the first two come with `gui.furnishing`.

    Attributes:
        sheet: covers it from `show_covered` to `uncover`.
        may_close: asked when it is about to be closed, by which time whoever is asked has ended everything; None as
            long as there is nothing in it.

    Signals:
        uncovered: what is in it can be used.
    """

    uncovered = Signal()

    session: Session
    watch: Watch
    settings: Settings
    document: Document
    view: BoardView
    legend: OverlayLegend
    overlay: Overlay
    message: Notice
    limit: LimitNotice
    overdue: OverdueNotice
    panel: FanoutPanel
    status: StatusBar
    knowing: KnowingDesk
    library: LibraryDesk
    docks: Docks
    workspaces: Workspaces
    race: RaceRoom
    exporter: Exporter
    file_commands: FileCommands
    edits: EditingDesk
    editing: Editing
    files: FilesDesk
    run_commands: RunCommands
    look_commands: LookCommands
    help_commands: HelpCommands
    undo_commands: UndoCommands
    outlook: Outlook
    failures: FailureDesk
    actions_by_id: dict[str, QAction]
    rate: QLabel
    upkeep: ActionUpkeep
    dock_upkeep: DockUpkeep

    def __init__(self, remembered: Remembered) -> None:
        """Makes it without showing it, as large and where it was last time."""
        super().__init__()
        self.setObjectName("main-window")
        self.setWindowTitle("Lifeloom")
        self.may_close: Callable[[], bool] | None = None
        self.sheet: Sheet | None = None
        self._is_first = remembered.get(GEOMETRY).isEmpty()
        has_board = remembered.get(WORKSPACE) != "race"
        self._around_board = margins_from_text(remembered.get(AROUND_BOARD)) if has_board else None
        if not self.restoreGeometry(remembered.get(GEOMETRY)):
            self.resize(FIRST_SIZE.boundedTo(self.screen().availableSize()))

    def show_covered(self) -> None:
        """Shows it before there is anything in it."""
        self.sheet = Sheet(self, self._around_board)
        self.show_as_it_was()

    def uncover(self) -> None:
        """Shows what is in it by now."""
        if self.sheet is not None:
            self.sheet.take_away()
            self.sheet = None
            self.uncovered.emit()

    def show_as_it_was(self) -> None:
        """Shows it, and the first time as large as the screen where with its title bar it would not fit."""
        if self._is_first and self.height() >= self.screen().availableSize().height():
            self.showMaximized()
        else:
            self.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks first whether it may be."""
        if self.may_close is None or self.may_close():
            super().closeEvent(event)
        else:
            event.ignore()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes one file."""
        if _dropped_file(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens it."""
        path = _dropped_file(event)
        if path:
            event.acceptProposedAction()
            self.document.open_after_asking(path)


def _dropped_file(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
