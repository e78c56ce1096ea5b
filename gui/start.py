"""From the first paint of the window to a window that has everything: first what it needs is imported, then made.

The window can be moved, covered and closed meanwhile: importing is done by a thread of its own, and what it brings is
put into the window at one go.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from gui.window import MainWindow

LONGEST_WAIT_FOR_PAINT = 250  # milliseconds; a window on a desktop that nobody looks at is not painted


class Start(QObject):
    """Fills one window, and ends the event loop where that fails.

    Attributes:
        error: why it failed.
        is_over: whether the window has everything.
    """

    _imported = Signal()

    def __init__(self, window: MainWindow, load: Callable[[], Callable[[], object]]) -> None:
        """Shows the window, covered.

        Args:
            window: one that was not shown yet.
            load: imports whatever is needed, and returns what puts everything into the window. Is itself called by
                another thread, and so must not touch the window.
        """
        super().__init__(window)
        self.error: BaseException | None = None
        self.is_over = False
        self._window = window
        self._load = load
        self._fill: Callable[[], object] | None = None
        self._thread = Thread(target=self._import, name="imports")
        self._imported.connect(self._go_on)
        window.show_covered()
        assert window.sheet is not None
        window.sheet.painted.connect(self._begin)
        QTimer.singleShot(LONGEST_WAIT_FOR_PAINT, self._begin)

    def close(self) -> None:
        """Waits for the thread, where the window was closed early."""
        if self._thread.ident is not None:
            self._thread.join()

    @Slot()
    def _begin(self) -> None:
        if self._thread.ident is None and self._window.isVisible():
            self._thread.start()

    def _import(self) -> None:
        """On the thread."""
        try:
            self._fill = self._load()
        except BaseException as error:  # this thread must not end without a word
            self.error = error
        self._imported.emit()

    @Slot()
    def _go_on(self) -> None:
        if not self._window.isVisible():  # it was closed
            return
        if self._fill is not None:
            try:
                self._fill()
            except Exception as error:
                self.error = error
        if self.error is not None:
            QCoreApplication.exit(1)
            return
        self.is_over = True
        if self._window.sheet is not None:
            self._window.sheet.raise_()
        QTimer.singleShot(0, self._window.uncover)  # when what was put into it has found its places
