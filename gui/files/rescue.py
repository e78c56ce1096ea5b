"""Offers the boards that were left by a program that did not end as it should."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from gui.cards import Notice
from gui.document import Document
from gui.files.autosave import Autosave
from gui.files.left_over import LeftOver, left_overs
from life.errors import LifeError
from life.moment import Moment
from life.patterns.placing import place

BUTTONS = ("Restore", "Discard")


class Rescue(QObject):
    """Shows one notice for each left-over, the newest first, and does what the user wants with it.

    Closed without a choice, a left-over is kept for the next start.

    Signals:
        told: a sentence that the user must read.
    """

    told = Signal(str)

    def __init__(self, document: Document, autosave: Autosave, notice: Notice) -> None:
        """`notice` has the buttons `BUTTONS`."""
        super().__init__(notice)
        self._document = document
        self._autosave = autosave
        self._notice = notice
        self._left: list[LeftOver] = []
        notice.chosen.connect(self._answer)
        notice.dismissed.connect(self.leave)

    def look(self, folder: Path) -> None:
        """Offers what lies in `folder`."""
        self._left = left_overs(folder)
        self._offer()

    @Slot()
    def leave(self) -> None:
        """Keeps what was not answered for the next start."""
        for left in self._left:
            left.leave()
        self._left = []

    def _offer(self) -> None:
        if not self._left:
            self._notice.hide()
            return
        first, *others = self._left
        more = f" There {'is' if len(others) == 1 else 'are'} {len(others):,} more." if others else ""
        self._notice.tell(f"A board that was not saved when Lifeloom ended was kept {_when(first.when)}.{more}")

    @Slot(int)
    def _answer(self, button: int) -> None:
        if not self._left:
            return
        left = self._left[0]
        if button == 0:
            self._document.unless_unsaved(lambda: self._restore(left))
        else:
            self._left.remove(left)
            left.discard()
        self._offer()  # again, where what is on the board is not to be given up for it

    def _restore(self, left: LeftOver) -> None:
        if left not in self._left:
            return
        self._left.remove(left)
        try:
            pattern, path = left.read()
            placed = place(pattern)
        except (LifeError, MemoryError) as error:
            self.told.emit(f"The board could not be restored ({error}); it was left in {left.set_aside()}.")
        else:
            moment = Moment(pattern.generation or 0, placed.board, placed.rule, placed.topology)
            self._document.recover(moment, pattern, path)
            self._autosave.write_now()
            left.discard()
        self._offer()


def _when(then: datetime) -> str:
    now = datetime.now()
    if then.date() == now.date():
        return f"today at {then:%H:%M}"
    return f"on {then.day} {then:%B %Y} at {then:%H:%M}"
