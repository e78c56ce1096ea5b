"""Where what is known of the board comes together and is told: in the status bar, in a notice, and in its dock."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.board.view import BoardView
from gui.cards import Notice, Tone
from gui.knowing.object_card import ObjectCard
from gui.knowing.pointing import Pointing
from gui.knowing.population_dock import PopulationDock
from gui.look.assets import assets_folder
from gui.session import Session
from gui.settings import PAUSES, Settings
from gui.status import StatusBar
from life.knowing.observer import Knowing
from life.knowing.pointing import Sighting
from life.knowing.verdict import Kind, Verdict

NEVER = "Never pause by itself"
SECONDS_OF_DRAWING = 3.0  # after a cell was drawn in a running board, another one may follow


class KnowingDesk(QObject):
    """Looks after everything that is said of the board, and has the slots of the actions for it.

    Signals:
        told: a sentence of the simulation that is not about the end of a run.

    Attributes:
        notice: says above the board why a run was paused.
        population: what goes into the dock.
        card: says over the board what the pointer is at.
    """

    told = Signal(str)

    def __init__(
        self,
        session: Session,
        knowing: Knowing,
        view: BoardView,
        status: StatusBar,
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._knowing = knowing
        self._view = view
        self._status = status
        self._settings = settings
        self._pauses: QAction | None = None
        self.notice = Notice("ended", Tone.PLAIN, (NEVER,))
        self.population = PopulationDock(session, knowing)
        self.card = ObjectCard(view)
        self.pointing = Pointing(session, assets_folder() / "patterns", self)
        view.cells_drawn.connect(self._leave_alone)
        for moved in (view.cell_hovered, view.cursor_moved):
            moved.connect(self.pointing.point_at)
        view.cursor_moved.connect(status.show_cell)
        self.pointing.sighted.connect(self._show_object)
        self.notice.chosen.connect(self._never_pause)
        session.told.connect(self._hear)
        session.generation_finished.connect(self.refresh)
        session.state_changed.connect(self.refresh)
        self.refresh()

    @property
    def verdict(self) -> Verdict | None:
        """What the run has come to, where that is known."""
        return self._knowing.verdict

    def build(self, around: QVBoxLayout, actions: Mapping[str, QAction]) -> None:
        """Takes the layout with the board and what stands above it, and the actions by their ids."""
        around.insertWidget(0, self.notice)
        self._pauses = actions["pause-at-end"]
        self._pauses.setChecked(self._knowing.pauses)

    @Slot(bool)
    def pause_at_end(self, pauses: bool) -> None:
        """Whether a run is paused when the board has become empty, still or cyclic."""
        self._knowing.pauses = pauses
        self._settings.set(PAUSES, pauses)

    @Slot()
    def _leave_alone(self) -> None:
        if self._session.is_running:
            self._knowing.leave_alone(SECONDS_OF_DRAWING)

    @Slot()
    def refresh(self) -> None:
        """Says what the run has come to by now."""
        verdict, session = self.verdict, self._session
        is_so = verdict is not None and session.generation >= verdict.since
        is_news = is_so and not (verdict and verdict.kind is Kind.EMPTY and verdict.began_so)  # anybody sees that
        self._status.show_knowledge(str(verdict) if is_news else "")
        if self.notice.text and (session.is_running or not is_so):
            self.notice.hide()

    @Slot(object)
    def _show_object(self, sighting: Sighting | None) -> None:
        self.card.show_sighting(sighting, self._place_of(self.pointing.cell) if self.pointing.cell else QPoint())

    def _place_of(self, cell: tuple[int, int]) -> QPoint:
        """Where a cell is in the view, or at that edge of it beyond which it is."""
        seen = self._view.viewport
        x, y = (min(max(seen.edge_x(cell[1]), 0), seen.width), min(max(seen.edge_y(cell[0]), 0), seen.height))
        return QPoint(int(x / seen.ratio), int(y / seen.ratio))

    @Slot(str)
    def _hear(self, sentence: str) -> None:
        if sentence == self._knowing.announcement:
            self.notice.tell(sentence)
        else:
            self.told.emit(sentence)

    @Slot()
    def _never_pause(self) -> None:
        if self._pauses:
            self._pauses.setChecked(False)
