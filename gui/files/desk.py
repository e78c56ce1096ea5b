"""Puts together what surrounds the file that is open in one window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QMenuBar, QStatusBar, QWidget

from gui.cards import Notice, Tone
from gui.document import Document, Questions
from gui.files.autosave import Autosave
from gui.files.commands import InformationCommands
from gui.files.left_over import copies_folder
from gui.files.recent import RecentFiles
from gui.files.rescue import BUTTONS, Rescue
from gui.out.commands import OutCommands
from gui.session import Session
from gui.settings import Settings
from life.editing.selection import Selection
from life.knowing.population import COLUMNS, PopulationHistory

RECENT_MENU = "Open recent"

_LONG_ENOUGH_TO_READ = 6_000  # milliseconds


class FilesDesk(QObject):
    """The files of before, what the pattern says about itself, what goes out, and the copy for a crash.

    Signals:
        told: a sentence that the user must read.

    Attributes:
        owners: whoever has slots for `gui.actions.make.make_actions`.
        notice: offers what a crash left, above the board.
    """

    told = Signal(str)

    def __init__(
        self,
        session: Session,
        document: Document,
        settings: Settings,
        questions: Questions,
        selected: Callable[[], Selection | None],
        population: PopulationHistory,
        window: QWidget,
    ) -> None:
        """`selected` tells what is selected, `population` has the figures of every generation."""
        super().__init__(window)
        self._document = document
        self._settings = settings
        self._population = population
        self.notice = Notice("rescue", Tone.WARNING, BUTTONS)
        self.autosave = Autosave(document, session, copies_folder())
        self.rescue = Rescue(document, self.autosave, self.notice)
        self.out = OutCommands(session, document, settings, questions, window, selected, self._table)
        self.owners: tuple[QObject, ...] = (InformationCommands(document, window), self.out)
        self.out.exported.connect(self._show_exported)
        self.recent: RecentFiles | None = None
        self._status: QStatusBar | None = None
        for teller in (self.autosave, self.rescue, self.out):
            teller.told.connect(self.told)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.commitDataRequest.connect(self.keep)

    def build(self, bar: QMenuBar, status: QStatusBar) -> None:
        """Fills the menu of the files of before; `status` says what was exported."""
        self._status = status
        menu = bar.findChild(QMenu, RECENT_MENU)
        if menu is not None:
            self.recent = RecentFiles(self._document, self._settings, menu)

    def offer(self) -> None:
        """Offers what is left of processes that did not end as they should."""
        self.rescue.look(copies_folder())

    @Slot()
    def keep(self) -> None:
        """The program may end at any moment, and not because somebody said so."""
        self.autosave.write_now()

    def close(self) -> None:
        """The window is closed as it should be."""
        self.out.close()
        self.autosave.close()
        self.rescue.leave()

    @Slot(Path)
    def _show_exported(self, path: Path) -> None:
        if self._status:
            self._status.showMessage(f"{path.name} was saved in {path.parent}.", _LONG_ENOUGH_TO_READ)

    def _table(self) -> tuple[tuple[str, ...], list[list[int]]]:
        return COLUMNS, self._population.rows().tolist()
