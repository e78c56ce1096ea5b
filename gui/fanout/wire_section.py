"""The part of the panel that says what a cell waits for."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.cards import heading, sentence
from gui.fanout.fields import ChoiceField, NumberField, add_row, form, side_by_side
from gui.look.theme import SPACING
from life.experiment import LONGEST_WAIT, Experiment
from life.wire import WIRES, wire_class

_MS = 1000


class WireSection(QWidget):
    """Wire, latency, jitter, seed and time limit.

    Signals:
        chosen: a change of the experiment to be made at once, by field.
        entered: one to be made when the typing is over.
    """

    chosen = Signal(dict)
    entered = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wire = ChoiceField("Wire", [(wire.key, wire.title) for wire in WIRES])
        self.summary = sentence()
        self.latency = NumberField("Latency", 0, LONGEST_WAIT * _MS, "ms", decimals=2)
        self.jitter = NumberField("Jitter", 0, LONGEST_WAIT * _MS, "ms", decimals=2)
        self.jitter.setPrefix("± ")
        self.time_limit = NumberField("Time limit", 0.1, LONGEST_WAIT, "s", decimals=2)
        self.seed = NumberField("Seed", 0, 2**31 - 1)
        rows = form()
        add_row(
            rows, "Latency", side_by_side(self.latency, self.jitter), "How long a cell waits, give or take how much."
        )
        add_row(rows, "Time limit", self.time_limit, "How much longer than planned a cell waits before it gives up.")
        add_row(rows, "Seed", self.seed, "From it all waits and random faults are drawn, the same for every strategy.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(heading("What a cell waits for"))
        layout.addWidget(self.wire)
        layout.addWidget(self.summary)
        layout.addLayout(rows)
        self.wire.currentIndexChanged.connect(self._choose_wire)
        self.latency.valueChanged.connect(self._enter_latency)
        self.jitter.valueChanged.connect(self._enter_jitter)
        self.time_limit.valueChanged.connect(self._enter_time_limit)
        self.seed.valueChanged.connect(self._enter_seed)

    def show_experiment(self, experiment: Experiment) -> None:
        """Shows what is set."""
        wire = wire_class(experiment.wire)
        self.wire.show_value(wire.key)
        self.summary.setText(wire.summary)
        self.latency.show_value(experiment.latency * _MS)
        self.jitter.show_value(experiment.jitter * _MS)
        self.time_limit.show_value(experiment.time_limit)
        self.seed.show_value(experiment.seed)
        for field in (self.latency, self.jitter):
            field.setEnabled(wire.waits)

    @Slot()
    def _choose_wire(self) -> None:
        self.chosen.emit({"wire": self.wire.value})

    @Slot()
    def _enter_latency(self) -> None:
        self.entered.emit({"latency": self.latency.value() / _MS})

    @Slot()
    def _enter_jitter(self) -> None:
        self.entered.emit({"jitter": self.jitter.value() / _MS})

    @Slot()
    def _enter_time_limit(self) -> None:
        self.entered.emit({"time_limit": self.time_limit.value()})

    @Slot()
    def _enter_seed(self) -> None:
        self.entered.emit({"seed": int(self.seed.value())})
