"""Sees to it that all failures share one window, and that there is none where they are left as Python leaves them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QWidget

from gui.failures.dialog import FailureDialog
from gui.session import Session
from life.facts import FailureReport

_FROM_THE_CORNER = QPoint(-24, 96)


class FailureDesk(QObject):
    """Opens the failure dialog when the first failure comes, and passes on what is answered."""

    def __init__(self, session: Session, show_cell: Callable[[int, int], None], window: QWidget) -> None:
        """`show_cell` brings a cell of the board into view; `window` is what the dialog belongs to."""
        super().__init__(window)
        self._session = session
        self._show_cell = show_cell
        self._window = window
        self.dialog: FailureDialog | None = None
        session.failed.connect(self.tell)
        session.loaded.connect(self.forget)
        session.rewound.connect(self.forget)
        session.as_python_changed.connect(self._follow_switch)

    @Slot(FailureReport)
    def tell(self, report: FailureReport) -> None:
        """Shows a new report, in the window that is open where there is one."""
        dialog = self._made_dialog()
        dialog.show_report(report, self._session.experiment)
        self._open(dialog)

    @Slot()
    def show_last(self) -> None:
        """Opens the window again with the report that it had."""
        if self._session.report:
            dialog = self._made_dialog()
            dialog.show_report(self._session.report, self._session.experiment, is_new=False)
            self._open(dialog)

    @Slot()
    def forget(self) -> None:
        """Another pattern, or another time: what failed is history."""
        if self.dialog:
            self.dialog.forget()
            self.dialog.hide()

    @Slot(bool)
    def _follow_switch(self, as_python: bool) -> None:
        if self.dialog:
            self.dialog.show_as_python(as_python)
            if as_python:
                self.dialog.hide()

    def _open(self, dialog: FailureDialog) -> None:
        if dialog.isVisible():
            dialog.raise_()
            return
        dialog.show_as_python(self._session.as_python)
        dialog.fit()
        corner = self._window.frameGeometry().topRight() + _FROM_THE_CORNER
        dialog.move(corner - QPoint(dialog.width(), 0))  # beside the board, which shows the cell
        dialog.show()
        dialog.activateWindow()

    def _made_dialog(self) -> FailureDialog:
        if self.dialog is None:
            dialog, session = FailureDialog(self._window), self._session
            dialog.cell_wanted.connect(self._show_cell)
            dialog.keep_going_wanted.connect(session.keep_going)
            dialog.pause_wanted.connect(session.pause)
            dialog.retry_wanted.connect(session.retry)
            dialog.retry_without_fault_wanted.connect(session.retry_without_fault)
            dialog.as_python_wanted.connect(session.set_as_python)
            self.dialog = dialog
        return self.dialog
