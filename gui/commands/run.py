"""How generations are made."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs import choose_number
from gui.session import Session
from gui.settings import MOST_STEPS, STEPS, Settings


class RunCommands(QObject):
    """The slots of the menu Run.

    Signals:
        about_to_run: whoever holds back a change has to make it now.
        steps_changed: how many generations are "several".
        failure_shown: the window of the last failure is to be shown.
    """

    about_to_run = Signal()
    steps_changed = Signal(int)
    failure_shown = Signal()

    def __init__(self, session: Session, settings: Settings, window: QWidget) -> None:
        """`window` is what dialogs belong to."""
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._window = window

    @Slot()
    def toggle_play(self) -> None:
        """Plays or pauses."""
        self.about_to_run.emit()
        self._session.toggle_play()

    @Slot()
    def step(self) -> None:
        """One generation."""
        self.about_to_run.emit()
        self._session.step()

    @Slot()
    def step_several(self) -> None:
        """As many generations as are set."""
        self.about_to_run.emit()
        self._session.step(self._settings.get(STEPS))

    @Slot()
    def choose_steps(self) -> None:
        """Asks how many generations are several."""
        now = self._settings.get(STEPS)
        dialog = choose_number(self._window, "Several generations", "Generations at a time:", now, MOST_STEPS)
        dialog.intValueSelected.connect(self._set_steps)

    @Slot(int)
    def _set_steps(self, steps: int) -> None:
        self._settings.set(STEPS, steps)
        self.steps_changed.emit(steps)

    @Slot()
    def stop(self) -> None:
        """Within the generation."""
        self._session.stop()

    @Slot()
    def reset(self) -> None:
        """The board that was started from."""
        self._session.reset()

    @Slot()
    def play_slower(self) -> None:
        """Fewer generations a second."""
        self._session.play_slower()

    @Slot()
    def play_faster(self) -> None:
        """More generations a second."""
        self._session.play_faster()

    @Slot()
    def retry(self) -> None:
        """The generation that failed."""
        self.about_to_run.emit()
        self._session.retry()

    @Slot()
    def show_failure(self) -> None:
        """The window of the last failure."""
        self.failure_shown.emit()

    @Slot(bool)
    def set_as_python(self, as_python: bool) -> None:
        """Whether failures are left as Python leaves them."""
        self._session.set_as_python(as_python)
