"""What stands above the board while a strategy does not come back though it was told to."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui import words
from gui.cards import Notice, Tone
from gui.session import Session
from life.facts import Overdue
from life.fanout import strategy_class


class OverdueNotice(Notice):
    """Says what does not end, and what it means to go on without it; passes on what is answered."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("overdue", Tone.WARNING, ("Leave it behind", "Keep waiting"), parent)
        self._session = session
        session.overdue_changed.connect(self._show_overdue)
        self.chosen.connect(self._answer)
        self.dismissed.connect(session.keep_waiting)

    @Slot()
    def _show_overdue(self) -> None:
        overdue = self._session.overdue
        if overdue:
            self.tell(sentence_of(overdue))
        else:
            self.hide()

    @Slot(int)
    def _answer(self, button: int) -> None:
        if button == 0:
            self._session.leave_behind()
        else:
            self._session.keep_waiting()


def sentence_of(overdue: Overdue) -> str:
    """What does not end, and what leaving it behind would mean."""
    title = strategy_class(overdue.strategy).title
    threads = words.count(overdue.threads, "thread")
    they_stay = "it stays" if overdue.threads == 1 else "they stay"
    return (
        f"“{title}” was told to stop {overdue.seconds:,} s ago and has not come back; it has {threads}. Left behind, "
        f"{they_stay} until Lifeloom is closed and may keep a processor busy; "
        f"the board stays at generation {words.number(overdue.generation)}."
    )
