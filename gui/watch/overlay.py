"""Keeps the states on the board in step with what is looked at: live frame by frame, else when the instant moves."""

from time import perf_counter_ns

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Slot

from gui.board.overlay import States
from gui.board.view import BoardView
from gui.watch.legend import OverlayLegend
from gui.watch.live_states import LiveStates, Snapshot, snapshot_of
from gui.watch.watch import Cell, Watch
from gui.watch.whole import told_of
from life.board import Board
from life.fanout.frame import put_back
from life.history import Record
from life.plane.box import Box
from life.plane.plane import Plane
from life.trace.columns import Trace
from life.trace.phases import end_of
from life.trace.states import CellState
from life.world import World

QUICK_MS = 60  # a generation that is over sooner is not worth a flicker
COUNT_NS = 100_000_000  # between two live counts in the legend; nobody reads faster, and each lays out six labels


class Overlay(QObject):
    """Shows on the board what the cells of the generation that is looked at are about.

    While an earlier instant is looked at, the board shows it as well: each cell as it was before the generation until
    its step was done, and as it was afterwards from then on.
    """

    def __init__(self, watch: Watch, view: BoardView, legend: OverlayLegend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watch = watch
        self._view = view
        self._legend = legend
        self._is_enabled = True
        self._counted_at = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._follow_live)
        self._live = LiveStates(self)
        self._live.read.connect(self._show_live)
        watch.record_selected.connect(self._refresh)
        watch.instant_moved.connect(self._refresh)
        watch.cell_selected.connect(self._select)
        watch.cell_pointed.connect(view.states.point_at)
        view.cell_picked.connect(self._pick)
        self._refresh()

    @property
    def is_enabled(self) -> bool:
        """Whether states are shown at all."""
        return self._is_enabled

    @Slot(bool)
    def set_enabled(self, enabled: bool) -> None:
        """Shows states and the selected cell from now on, or the present board alone."""
        self._is_enabled = enabled
        self._view.states.select(self._watch.cell if enabled else None)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        watch = self._watch
        self._timer.stop()
        self._live.stop()
        if not self._is_enabled:
            self._hide()
        elif watch.record and not watch.follows:
            self._show_past(watch.record)
        else:
            self._hide()
            if watch.live and not watch.live.is_whole:
                under_way = (perf_counter_ns() - watch.live.started) // 1_000_000
                self._timer.start(max(QUICK_MS - under_way, 0))

    @Slot()
    def _follow_live(self) -> None:
        if self._watch.live and not self._watch.live.finished:
            self._live.follow(self._watch.live)

    @Slot(object)
    def _show_live(self, snapshot: Snapshot) -> None:
        if self._fits(snapshot.trace):
            has_failures = snapshot.counts[CellState.FAILED] > 0
            trace = snapshot.trace
            self._view.states.show_states(snapshot.states, has_failures=has_failures, top=trace.top, left=trace.left)
            self._count(snapshot)

    def _count(self, snapshot: Snapshot) -> None:
        now = perf_counter_ns()
        if self._legend.isHidden() or now - self._counted_at >= COUNT_NS:
            self._counted_at = now
            self._legend.show_counts(snapshot.counts, snapshot.trace, None)

    def _show_past(self, record: Record) -> None:
        trace, instant = record.trace, self._watch.instant
        if trace.is_whole or not self._fits(trace):
            self._view.states.hide_states()
        if trace.is_whole:
            self._legend.say(told_of(trace, record))
            return
        if not self._fits(trace):
            size = f"{trace.height} × {trace.width}"
            self._legend.say(f"Generation {trace.generation:,} had {size} cells, which this board cannot show")
            return
        snapshot = snapshot_of(trace, end_of(trace) if instant is None else instant)
        past = _world_at(record, snapshot.states)
        self._view.states.show_states(snapshot.states, past, top=trace.top, left=trace.left)
        self._legend.show_counts(snapshot.counts, trace, instant)

    def _hide(self) -> None:
        self._view.states.hide_states()
        self._legend.hide()

    def _fits(self, trace: Trace) -> bool:
        """Whether its cells are cells of what the board shows now."""
        frame = self._view.board.frame
        if isinstance(self._view.board, Plane):
            return trace.cells > 0
        return Box(trace.top, trace.left, trace.top + trace.height, trace.left + trace.width) == frame

    @Slot(object, object)
    def _pick(self, y: int, x: int) -> None:
        """Selects the cell that was clicked on the board, or none where it was selected already."""
        if self._is_enabled:
            self._watch.select_cell((y, x) if self._watch.cell != (y, x) else None)

    @Slot(object)
    def _select(self, cell: Cell | None) -> None:
        if not self._is_enabled:
            return
        self._view.states.select(cell)
        if cell and cell != self._view.hovered and self._view.board.frame.contains(*cell):
            self._view.show_cell(*cell)


def _world_at(record: Record, states: States) -> World:
    """What the board looked like when its cells had these states."""
    before, after, trace = record.before, record.after, record.trace
    if after is None:
        return before
    if bool((states == CellState.DONE).all()):
        return after
    frame = Box(trace.top, trace.left, trace.top + trace.height, trace.left + trace.width)
    old, new = (world.crop(frame).cells() for world in (before, after))
    return put_back(Board.from_cells(np.where(states == CellState.DONE, new, old)), before, frame)
