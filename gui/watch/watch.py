"""What everybody looks at: one generation, one instant of it, one cell. Panels know this and not each other.

The newest generation is looked at, live and afterwards, until the user picks an older one or an instant. From then on
it stays, while generations may go on, until the user asks for the newest, starts a run, or changes the board.
"""

from PySide6.QtCore import QObject, Signal, Slot

from gui.bridge import SimulationBridge
from life.board import Board
from life.facts import FailureReport, Mode, Result, State
from life.history import History, Record
from life.trace.columns import Trace
from life.world import World

Cell = tuple[int, int]

_RUNNING = (Mode.PLAYING, Mode.STEPPING)


class Watch(QObject):
    """Which generation is looked at, at which instant, and which cell is selected.

    Signals:
        history_changed: `records` is another tuple.
        record_selected: with the `Record` that is looked at now, or None for the generation under way, or for none at
            all; `trace` tells these apart. Sent for each new generation under way. `instant` is up to date already.
        instant_moved: with an instant as of `perf_counter_ns`, or None for the live one or the end.
        cell_selected: with (y, x), or None.
        cell_pointed: with the (y, x) that the pointer is at in some panel, or None.
    """

    history_changed = Signal()
    record_selected = Signal(object)
    instant_moved = Signal(object)
    cell_selected = Signal(object)
    cell_pointed = Signal(object)

    def __init__(self, history: History, bridge: SimulationBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._records = history.records()
        self._record = self._records[-1] if self._records else None
        self._live: Trace | None = None
        self._instant: int | None = None
        self._cell: Cell | None = None
        self._follows = True
        self._mode = Mode.PAUSED
        self._board: World | None = None
        bridge.started.connect(self._hear_start)
        bridge.finished.connect(self._hear_result)
        bridge.cells_failed.connect(self._hear_failures)
        bridge.state_arrived.connect(self._hear_state)

    @property
    def records(self) -> tuple[Record, ...]:
        """The generations that are kept, oldest first."""
        return self._records

    @property
    def record(self) -> Record | None:
        """The generation that is looked at; None for the one under way."""
        return self._record

    @property
    def live(self) -> Trace | None:
        """The generation under way, looked at or not; None while there is none."""
        return self._live

    @property
    def trace(self) -> Trace | None:
        """What happened, or happens, in the generation that is looked at."""
        return self._record.trace if self._record else self._live

    @property
    def instant(self) -> int | None:
        """The instant that is looked at, as of `perf_counter_ns`; None for the live one or the end."""
        return self._instant

    @property
    def cell(self) -> Cell | None:
        """The selected cell (y, x)."""
        return self._cell

    @property
    def follows(self) -> bool:
        """Whether the newest generation is looked at, whichever that becomes."""
        return self._follows

    def select_record(self, record: Record | None) -> None:
        """Looks at the end of one of the `records`; None is the newest, and each newer one from then on."""
        self._follows = record is None or record is self._newest()
        self._look_at(self._followed() if record is None else record)

    @Slot()
    def follow(self) -> None:
        """Looks at the newest generation, whichever that becomes."""
        self.select_record(None)

    def move_to(self, instant: int | None) -> None:
        """Looks at another instant of the same generation, and at no newer one; None is its end."""
        if instant is not None and self._record is not None:
            self._follows = False
        if instant != self._instant:
            self._instant = instant
            self.instant_moved.emit(instant)

    def select_cell(self, cell: Cell | None) -> None:
        """Selects cell (y, x), or none."""
        if cell != self._cell:
            self._cell = cell
            self.cell_selected.emit(cell)

    def point_at(self, cell: Cell | None) -> None:
        """Has cell (y, x) shown wherever it can be seen, for as long as the pointer is at it; None ends that."""
        self.cell_pointed.emit(cell)

    # What the simulation tells.

    @Slot(Trace)
    def _hear_start(self, trace: Trace) -> None:
        if trace.finished:
            return  # it was so quick that its record is on its way already
        self._live = trace
        if self._follows:
            self._look_at(None)

    @Slot(Result)
    def _hear_result(self, result: Result) -> None:
        self._board = result.board
        self._catch_up()

    @Slot(FailureReport)
    def _hear_failures(self, _report: FailureReport) -> None:
        self._catch_up()

    @Slot(State)
    def _hear_state(self, state: State) -> None:
        is_begun = state.mode in _RUNNING and self._mode not in _RUNNING
        is_edited = not self._knows(state.board)
        self._mode, self._board = state.mode, state.board
        if (is_begun or is_edited) and not self._follows:
            self.select_record(None)
        self._catch_up()

    def _catch_up(self) -> None:
        """Takes over what the history has now, and ends a live generation that has finished."""
        records = self._history.records()
        was_live, is_changed = self._live, records != self._records
        self._records = records
        if self._live and self._live.finished:
            self._live = None
        if is_changed:
            self.history_changed.emit()
        if not records:
            self._follows = True
        if self._follows and (is_changed or was_live is not self._live):
            self._look_at(self._followed())

    def _knows(self, board: World) -> bool:
        """Whether nobody's hand made it: it is the one from before, or one that a generation began or ended with."""
        known = [self._board or board, *(r.before for r in self._records), *(r.after for r in self._records)]
        return any(board is other for other in known)

    def _newest(self) -> Record | None:
        return self._records[-1] if self._records else None

    def _followed(self) -> Record | None:
        return None if self._live else self._newest()

    def _look_at(self, record: Record | None) -> None:
        is_moved, self._instant = self._instant is not None, None
        self._record = record
        trace = self.trace
        if trace and self._cell and isinstance(self._board, Board) and not self._board.frame.contains(*self._cell):
            self.select_cell(None)
        self.record_selected.emit(record)
        if is_moved:
            self.instant_moved.emit(None)
