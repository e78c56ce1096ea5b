"""The panel on the right: how a generation is run, what its cells wait for, and what goes wrong."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gui.fanout.board_section import BoardSection
from gui.fanout.fault_section import FaultSection
from gui.fanout.strategy_section import StrategySection
from gui.fanout.wire_section import WireSection
from gui.look.theme import MARGIN, SECTION_SPACING
from gui.look.type_size import TypeFollower, enlarged
from life.errors import SettingError
from life.experiment import Experiment, Fault
from life.fanout import strategy_class
from life.rule import Rule
from life.topology import Topology

TYPING_ENDS_AFTER_MS = 300
WIDTH = 330


class FanoutPanel(QScrollArea):
    """Shows an experiment and tells which other one is wanted; knows nobody who runs it.

    Signals:
        experiment_chosen: run this one from now on.
        rule_entered, size_entered, topology_entered: see `BoardSection`.
        tool_wanted, kind_chosen, cell_wanted: see `FaultSection`.
    """

    experiment_chosen = Signal(Experiment)
    rule_entered = Signal(Rule)
    size_entered = Signal(int, int)
    topology_entered = Signal(Topology)
    tool_wanted = Signal(bool)
    kind_chosen = Signal(Fault)
    cell_wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._experiment = Experiment()
        self._entered: dict[str, Any] = {}
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_ENDS_AFTER_MS)
        self._typing.timeout.connect(self.flush)
        self.strategy = StrategySection()
        self.wire = WireSection()
        self.fault = FaultSection()
        self.board = BoardSection()
        self._lay_out()
        for section in (self.strategy, self.wire, self.fault):
            section.chosen.connect(self._choose)
            section.entered.connect(self._enter)
        self.fault.tool_wanted.connect(self.tool_wanted)
        self.fault.kind_chosen.connect(self.kind_chosen)
        self.fault.cell_wanted.connect(self.cell_wanted)
        self.board.rule_entered.connect(self.rule_entered)
        self.board.size_entered.connect(self.size_entered)
        self.board.topology_entered.connect(self.topology_entered)

    def _lay_out(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SECTION_SPACING)
        for section in (self.strategy, self.wire, self.fault, self.board):
            layout.addWidget(section)
        layout.addStretch(1)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        TypeFollower(self, lambda: self.setMinimumWidth(enlarged(WIDTH)))
        self.setAccessibleName("Fan-out panel")

    def show_experiment(self, experiment: Experiment) -> None:
        """Shows what is set; what is being typed stays."""
        self._experiment = experiment
        shown = self._with(self._entered)
        for section in (self.strategy, self.wire, self.fault):
            section.show_experiment(shown)
        is_whole = strategy_class(shown.strategy).is_whole  # then no cell waits or fails
        self.wire.setHidden(is_whole)
        self.fault.setHidden(is_whole)

    @Slot()
    def flush(self) -> None:
        """Makes the changes now that wait for the end of the typing."""
        self._typing.stop()
        entered, self._entered = self._entered, {}
        if entered:
            self._apply(entered)

    @Slot(dict)
    def _enter(self, changes: dict[str, Any]) -> None:
        self._entered |= changes
        self._typing.start()

    @Slot(dict)
    def _choose(self, changes: dict[str, Any]) -> None:
        self._typing.stop()
        entered, self._entered = self._entered, {}
        self._apply(entered | changes)

    def _apply(self, changes: dict[str, Any]) -> None:
        experiment = self._with(changes)
        self.show_experiment(experiment)
        self.experiment_chosen.emit(experiment)

    def _with(self, changes: dict[str, Any]) -> Experiment:
        try:
            return replace(self._experiment, **changes)
        except SettingError:  # the fields allow no such value; should one come through, what was set stays
            return self._experiment
