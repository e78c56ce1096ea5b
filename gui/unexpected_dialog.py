"""The one window for everything unexpected: it counts, it never piles up, and it takes the keyboard from nobody."""

import platform
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal, Slot, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from gui.look.icons import icon
from gui.look.theme import monospace_font
from gui.look.type_size import TypeFollower
from gui.unexpected_reports import Report

MOST_SHOWN = 50


class UnexpectedDialog(QDialog):
    """Shows reports as they come; connect `show_report` to `UnexpectedErrors.reported`.

    Only something new opens it. When the same thing happens again, the count goes up, and a window that was closed
    stays closed.

    Signals:
        diagnostics_wanted: somebody wants to have more to tell than what went wrong.
    """

    diagnostics_wanted = Signal()

    def __init__(self, log: Path, parent: QWidget | None = None) -> None:
        """Makes it without showing it.

        Args:
            log: the log file; its folder can be opened from here.
            parent: the window that it belongs to.
        """
        super().__init__(parent)
        self._log = log
        self._reports: dict[str, Report] = {}
        self.setObjectName("unexpected-dialog")
        self.setWindowTitle("Something unexpected happened")
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._sentence = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._sentence.setObjectName("unexpected-sentence")
        self._details = QPlainTextEdit(readOnly=True)
        self._details.setObjectName("unexpected-details")
        self._details.setAccessibleName("What happened, with tracebacks")
        TypeFollower(self._details, lambda: self._details.setFont(monospace_font()))
        self._details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        layout = QVBoxLayout(self)
        layout.addLayout(self._heading())
        layout.addWidget(self._details, stretch=1)
        layout.addWidget(self._buttons())

    def sizeHint(self) -> QSize:
        """Wide enough for most lines of a traceback."""
        return QSize(640, 400)

    @Slot(object)
    def show_report(self, report: Report) -> None:
        """Adds or updates one report, and opens the window where it is a new one."""
        is_new = report.event.key not in self._reports
        self._reports[report.event.key] = report
        while len(self._reports) > MOST_SHOWN:
            del self._reports[next(iter(self._reports))]
        self._sentence.setText(self._in_one_sentence(report))
        if is_new:  # a mere count must not take somebody's selection or place in the text away
            self._details.setPlainText(self._all_reports())
            self.show()

    def report_text(self) -> str:
        """Everything shown, with the versions that whoever repairs it asks for."""
        versions = f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
        return f"{self._sentence.text()}\n{versions}\nLog file: {self._log}\n\n{self._all_reports()}\n"

    @Slot()
    def copy_report(self) -> None:
        """Puts `report_text` on the clipboard."""
        QGuiApplication.clipboard().setText(self.report_text())

    @Slot()
    def open_log_folder(self) -> None:
        """Has the system's file manager show the folder of the log."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.parent)))

    def _heading(self) -> QHBoxLayout:
        sign = QLabel()
        sign.setPixmap(icon("warning").pixmap(self.style().pixelMetric(QStyle.PixelMetric.PM_LargeIconSize)))
        heading = QHBoxLayout()
        heading.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
        heading.addWidget(self._sentence, stretch=1)
        return heading

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        copy = box.addButton("&Copy report", QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("unexpected-copy")
        copy.clicked.connect(self.copy_report)
        diagnostics = box.addButton("Copy &diagnostics", QDialogButtonBox.ButtonRole.ActionRole)
        diagnostics.setObjectName("unexpected-diagnostics")
        diagnostics.setToolTip("This, versions, limits and the end of the log, onto the clipboard and nowhere else.")
        diagnostics.clicked.connect(self.diagnostics_wanted)
        folder = box.addButton("&Open log folder", QDialogButtonBox.ButtonRole.ActionRole)
        folder.setObjectName("unexpected-folder")
        folder.clicked.connect(self.open_log_folder)
        box.addButton(QDialogButtonBox.StandardButton.Close)
        box.rejected.connect(self.close)
        return box

    def _in_one_sentence(self, newest: Report) -> str:
        total = sum(report.count for report in self._reports.values())
        what = f"Lifeloom goes on, but it was not prepared for this: {newest.event.summary}"
        if total == 1:
            return what
        things = "one thing" if len(self._reports) == 1 else f"{len(self._reports)} different things"
        return f"{what} (in all {things}, {total:,} times)"

    def _all_reports(self) -> str:
        return "\n\n".join(str(report) for report in reversed(self._reports.values()))
