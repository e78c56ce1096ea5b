"""The menu Help: what this is, and what somebody who is to help needs to know."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from gui.session import Session
from gui.settings import Settings
from gui.unexpected import UnexpectedErrors
from gui.unexpected_reports import Report

COPIED = "The diagnostics are on the clipboard; nobody gets them unless you paste them somewhere."
_SHOWN_MS = 10_000
_MOST_KINDS = 50


class HelpCommands(QObject):
    """The slots of the menu Help that need to know what happened."""

    def __init__(self, session: Session, settings: Settings, window: QMainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._window = window
        self._log: Path | None = None
        self._reports: dict[str, Report] = {}

    def follow(self, unexpected: UnexpectedErrors) -> None:
        """Tells from now on what goes wrong unexpectedly, too."""
        self._log = unexpected.log_path
        unexpected.reported.connect(self.note)

    @Slot(object)
    def note(self, report: Report) -> None:
        """Keeps a report; the same thing again takes the place of the earlier one."""
        self._reports.pop(report.event.key, None)
        self._reports[report.event.key] = report
        while len(self._reports) > _MOST_KINDS:
            del self._reports[next(iter(self._reports))]

    @Slot()
    def copy_diagnostics(self) -> None:
        """Puts versions, limits and the last failures on the clipboard."""
        from gui.diagnostics import diagnostics_text  # is needed seldom, and a start need not wait for it

        text = diagnostics_text(self._settings, self._session.report, self._reports.values(), self._log)
        QGuiApplication.clipboard().setText(text)
        self._window.statusBar().showMessage(COPIED, _SHOWN_MS)
