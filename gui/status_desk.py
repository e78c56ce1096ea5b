"""Keeps the status bar as the session is."""

from PySide6.QtCore import QObject, Slot

from gui.session import Session
from gui.status import StatusBar
from life.experiment import Experiment


class StatusDesk(QObject):
    """Tells a status bar what the session says."""

    def __init__(self, session: Session, status: StatusBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._status = status
        session.board_changed.connect(status.show_board)
        session.generation_started.connect(status.show_start)
        session.generation_finished.connect(status.show_result)
        session.state_changed.connect(self._show_state)
        session.experiment_changed.connect(self._show_experiment)
        session.rate_changed.connect(self._show_stride)
        status.show_board(session.board)
        self._show_experiment(session.experiment)
        self._show_stride()
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        self._status.show_mode(self._session.mode, self._session.generation)
        self._status.show_rule(self._session.rule)

    @Slot(Experiment)
    def _show_experiment(self, experiment: Experiment) -> None:
        self._status.show_strategy(experiment.strategy)

    @Slot()
    def _show_stride(self) -> None:
        self._status.show_stride(self._session.stride)
