"""What stands above the board while a run would take more than the machine has, or more than one would wait for."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.cards import Notice, Tone
from gui.session import Session


class LimitNotice(Notice):
    """Says which limit the next generation meets, and passes on what is answered."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("limit", Tone.WARNING, ("Use fewer", "Start"), parent)
        self._session = session
        session.limit_changed.connect(self._show_limit)
        self.chosen.connect(self._answer)
        self.dismissed.connect(session.leave_limit)

    @Slot()
    def _show_limit(self) -> None:
        limit = self._session.limit
        if limit:
            for button, text in zip(self.buttons, (limit.instead_text, limit.start_text), strict=True):
                button.setText(text)
            self.tell(limit.sentence)
        else:
            self.hide()

    @Slot(int)
    def _answer(self, button: int) -> None:
        if button == 0:
            self._session.use_instead()
        else:
            self._session.accept_limit()
