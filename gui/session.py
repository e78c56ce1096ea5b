"""What the window is about: the board that is shown and the simulation behind it, kept in step.

What is shown is what counts. An edit is made on the moment that was seen, is shown at once, and the simulation is told
to go on from there; the epoch that comes back makes everything stale that was under way before it. So no late
generation can undo what was drawn, and an undo brings back exactly what was seen.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from gui.bridge import SimulationBridge
from gui.port import SimulationPort
from gui.runner import RATES, Runner
from gui.undo.history import Series, UndoHistory
from gui.undo.snapshot import Faults, Snapshot
from life.board import Board
from life.edges import check_runs_on, empty_like, with_other_edges
from life.errors import LifeError
from life.experiment import Experiment, Fault
from life.facts import Mode, State
from life.moment import Moment
from life.patch import Patch
from life.recent import Recent
from life.rule import Rule
from life.topology import Topology
from life.world import World

__all__ = ["RATES", "Session"]


class Session(Runner):
    """The board, how it is run and what becomes of it; every change goes through here, and can be undone.

    Signals, besides those of `Runner`:
        loaded: it is another pattern altogether.
        rewound: by an undo, a redo, a step back or a reset, what is shown is what was before, or after.
        undo_changed: `undo_text`, `redo_text`, `can_step_back` or `is_edited` may be another now.
    """

    loaded = Signal()
    rewound = Signal()
    undo_changed = Signal()

    def __init__(
        self,
        simulation: SimulationPort,
        bridge: SimulationBridge,
        start: State,
        *,
        rate: float | None = 5.0,
        stride: int = 1,
        as_python: bool = False,
        planted_kind: Fault = Fault.ERROR,
        recent: Recent | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Speaks to a simulation that was made with what the arguments say, and not started yet."""
        super().__init__(
            simulation,
            bridge,
            start,
            rate=rate,
            stride=stride,
            as_python=as_python,
            planted_kind=planted_kind,
            parent=parent,
        )
        self._recent = Recent() if recent is None else recent
        self._beginning = self.moment
        self._history = UndoHistory(self._snapshot(), self)
        self._history.restored.connect(self._restore)
        self._history.changed.connect(self.undo_changed)

    # Changing the board.

    @Slot(Patch)
    def edit(self, patch: Patch) -> None:
        """Sets or clears a few cells, as part of a stroke."""
        self._change_board(patch.applied_to(self.board))
        self._note("Draw" if patch.alive else "Erase", Series.STROKE)

    @Slot()
    def end_stroke(self) -> None:
        """What is drawn from now on is another stroke."""
        self._history.close(Series.STROKE)

    def change(self, board: World, what: str) -> None:
        """Shows another board of the same size, or another plane, as a step called `what`; the generation stays."""
        if board.frame != self.board.frame:
            raise ValueError(f"{board!r} has another size than {self.board!r}")
        self._change_board(board)
        self._note(what)

    @Slot(int, int)
    def resize(self, height: int, width: int) -> None:
        """Grows or cuts the board evenly on all sides; what is planted moves along. The plane has no size to change."""
        if not isinstance(self.board, Board):
            return
        top, left = (height - self.board.height) // 2, (width - self.board.width) // 2
        board = self.board.resized(height, width, top, left)
        self._go_to(replace(self.moment, board=board), _inside(_moved(self.experiment.faults, top, left), board))
        self._note("Resize")

    @Slot(Rule)
    def set_rule(self, rule: Rule) -> None:
        """Goes on by another rule; where the plane cannot have it, says why and goes on by the old one."""
        if rule != self.rule and self._can_be(rule, self.topology):
            self._go_to(replace(self.moment, rule=rule))
            self._note(f"Rule {rule}")

    def set_topology(self, topology: Topology) -> None:
        """Goes on with other edges, or without any; where that cannot be, says why and stays as it is.

        Where the plane gets edges, these stand around what lives on it, which moves to where the board has it; what is
        planted moves along. On a board that loses its edges every cell stays where it is.
        """
        if topology == self.topology or not self._can_be(self.rule, topology):
            return
        try:
            board, top, left = with_other_edges(self.board, topology)
        except LifeError as error:
            self._refuse(error)
            return
        moved = _inside(_moved(self.experiment.faults, top, left), board)
        self._go_to(replace(self.moment, board=board, topology=topology), moved)
        self._note("Change of edges")

    def _can_be(self, rule: Rule, topology: Topology) -> bool:
        try:
            check_runs_on(rule, topology)
        except LifeError as error:
            self._refuse(error)
            return False
        return True

    def _refuse(self, error: LifeError) -> None:
        self.state_changed.emit()  # whoever asked for it shows again what is
        reason = str(error)
        self.told.emit(f"{reason[0].upper()}{reason[1:]}.")

    def load(self, board: World, rule: Rule, topology: Topology, generation: int = 0) -> None:
        """Begins anew with another pattern, which is of that generation; paused, and nothing before can be undone."""
        self._plant(_inside(self.experiment.faults, board))
        self._bridge.expect(self._simulation.load(board, rule, topology, generation))
        before, self.moment = self.moment, Moment(generation, board, rule, topology)
        self._beginning = self.moment
        self.mode = Mode.PAUSED
        self._forget_failures()
        self._tell_shown(before)
        self._gate.leave()
        self._history.clear(self._snapshot())
        self.loaded.emit()

    def recover(self, moment: Moment) -> None:
        """Begins anew with a board that no file has: one that was not saved when the program ended."""
        self.load(empty_like(moment.board), moment.rule, moment.topology, moment.generation)
        self._beginning = moment
        self._go_to(moment, pause=True)
        self._note("Restore the board")

    def _change_board(self, board: World) -> None:
        if board != self.board:
            self._go_to(replace(self.moment, board=board))

    def _go_to(self, moment: Moment, faults: Faults | None = None, *, pause: bool = False) -> None:
        """The simulation goes on from what is shown from now on; what it did since what was shown is dropped."""
        if faults is not None:  # before the board on which they are, lest one generation is made without them
            self._plant(faults)
        before, self.moment = self.moment, moment
        if pause:
            self.mode = Mode.PAUSED
        if moment.generation == before.generation:
            self._recent.link(before, moment)
        self._mind_limit()
        self._bridge.expect(self._simulation.go_to(moment, pause=pause, resume=self.is_running))
        self._forget_failures()
        self._tell_shown(before)

    # Going back and forth.

    @property
    def undo_text(self) -> str:
        """What `undo` would undo; "" where there is nothing."""
        return self._history.undo_text

    @property
    def redo_text(self) -> str:
        """What `redo` would do again; "" where there is nothing."""
        return self._history.redo_text

    @property
    def is_edited(self) -> bool:
        """Whether anything was changed by hand since `mark_saved`, or since the pattern was loaded."""
        return self._history.is_edited

    @property
    def can_step_back(self) -> bool:
        """Whether it is known which board the one that is shown was made from."""
        return self._recent.before(self.moment) is not None

    @Slot()
    def undo(self) -> None:
        """Undoes the last stroke, edit or run, and pauses."""
        self._history.undo()

    @Slot()
    def redo(self) -> None:
        """Does again what was undone last, and pauses."""
        self._history.redo()

    @Slot()
    def step_back(self) -> None:
        """Goes back one generation, and pauses."""
        earlier = self._recent.before(self.moment)
        if earlier is None:
            self.pause()
        else:
            self._go_back(earlier, f"Step back to generation {earlier.generation:,}", Series.STEPS_BACK)

    @Slot()
    def reset(self) -> None:
        """Goes back to the pattern as it was when its first generation was left, and pauses."""
        if self.generation == self._beginning.generation:
            self._simulation.stop()
        else:
            self._go_back(self._beginning, "Reset")

    def mark_saved(self) -> None:
        """What is shown now is saved."""
        self._history.mark_saved()

    def _go_back(self, moment: Moment, what: str, series: Series | None = None) -> None:
        self._go_to(moment, _inside(self.experiment.faults, moment.board), pause=True)
        self._note(what, series, by_hand=False)
        self.rewound.emit()

    def _note(self, what: str, series: Series | None = None, *, by_hand: bool = True) -> None:
        self._history.note(self._snapshot(), what, series, by_hand=by_hand)

    def _snapshot(self) -> Snapshot:
        return Snapshot(self.moment, self._beginning, self.experiment.faults)

    @Slot(object)
    def _restore(self, snapshot: Snapshot) -> None:
        self._beginning = snapshot.beginning
        self._go_to(snapshot.moment, snapshot.faults, pause=True)
        self.rewound.emit()

    # Changing how it is run.

    @Slot(Experiment)
    def configure(self, experiment: Experiment) -> None:
        """Runs the next generation as `experiment` says; what that plants or takes out can be undone."""
        super().configure(experiment)
        self._note("Change of faults", by_hand=False)

    @Slot(object, object)
    def toggle_fault(self, y: int, x: int) -> None:
        """Plants a fault of `planted_kind` in cell (y, x), or takes out the one that is there."""
        faults = dict(self.experiment.faults)
        is_there = faults.pop((y, x), None) is not None
        self._plant(faults if is_there else faults | {(y, x): self.planted_kind})
        self._note("Remove fault" if is_there else "Plant fault", by_hand=False)

    @Slot(object, object)
    def retry_without_fault(self, y: int, x: int) -> None:
        """Takes the planted fault out of cell (y, x) and runs the generation that failed once more."""
        self._plant({cell: kind for cell, kind in self.experiment.faults.items() if cell != (y, x)})
        self._note("Remove fault", by_hand=False)
        self.retry()

    def _plant(self, faults: Faults) -> None:
        super().configure(replace(self.experiment, faults=faults))

    # Hearing from the simulation.

    def _run(self, what: Callable[[], None]) -> None:
        self.end_stroke()
        super()._run(what)

    def _follow(self, moment: Moment) -> None:
        if self.generation == self._beginning.generation < moment.generation:
            self._beginning = self.moment
        super()._follow(moment)
        self._note(f"Run to generation {moment.generation:,}", Series.RUN, by_hand=False)

    def _come_to_rest(self) -> None:
        self._history.close(Series.RUN)


def _moved(faults: Faults, down: int, right: int) -> Faults:
    return {(y + down, x + right): kind for (y, x), kind in faults.items()}


def _inside(faults: Faults, board: World) -> Faults:
    return {cell: kind for cell, kind in faults.items() if board.frame.contains(*cell)}
