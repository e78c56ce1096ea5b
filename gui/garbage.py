"""Python's garbage collector, kept to the GUI thread and to the moments between generations.

Left alone, it runs in whichever thread happens to make the object that was one too many. In a worker thread it would
destroy Qt objects that belong to the GUI thread, which Qt does not survive; and in the middle of a fan-out it would
search a million objects that are all in use, and hold every thread up meanwhile.
"""

import gc
from collections.abc import Callable
from types import TracebackType
from typing import Self

from PySide6.QtCore import QCoreApplication, QObject, QThread, QTimer, Slot

TICK_MS = 200
YOUNG_OBJECTS = 10_000  # made and not freed since the last look; below that a look is not worth its while
TOO_MANY_OBJECTS = 2_000_000  # 100,000 coroutines leave half of it behind; more is searched even while cells run
_YOUNG, _MIDDLE, _ALL = range(3)


class GarbageInGuiThread(QObject):
    """While entered, garbage is looked for by a timer of the GUI thread, and nowhere else.

    Args:
        is_busy: whether a generation is under way.
    """

    def __init__(self, is_busy: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_busy = is_busy
        self._was_enabled = False
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.look)

    def __enter__(self) -> Self:
        self._was_enabled = gc.isenabled()
        gc.disable()
        gc.freeze()  # modules, classes and the window are no garbage, and to look for the little that is takes 70 ms
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()

    @Slot()
    def look(self) -> None:
        """Looks for garbage if there can be enough of it, among older objects more seldom than among young ones."""
        application = QCoreApplication.instance()
        assert application is not None
        assert QThread.currentThread() is application.thread()
        made = gc.get_count()[_YOUNG]
        if made < YOUNG_OBJECTS or (made < TOO_MANY_OBJECTS and self._is_busy()):
            return
        self._looks += 1
        gc.collect(_ALL if self._looks % 100 == 0 else _MIDDLE if self._looks % 10 == 0 else _YOUNG)
