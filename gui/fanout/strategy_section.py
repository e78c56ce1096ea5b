"""The part of the panel that says which strategy runs a generation."""

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.cards import heading, sentence
from gui.fanout.fields import ChoiceField, NumberField, add_row, form
from gui.look.theme import SPACING
from life.experiment import MOST_WORKERS, Experiment
from life.fanout import STRATEGIES, strategy_class


class StrategySection(QWidget):
    """Strategy, what it does in one sentence, and its workers where it has any.

    Signals:
        chosen: a change of the experiment to be made at once, by field.
        entered: one to be made when the typing is over.
    """

    chosen = Signal(dict)
    entered = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strategy = ChoiceField("Strategy", [(strategy.key, strategy.title) for strategy in STRATEGIES])
        self.summary = sentence()
        self.workers = NumberField("Workers", 1, MOST_WORKERS)
        self.form = form()
        add_row(self.form, "Workers", self.workers, "How many threads share the work.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(heading("How a generation runs"))
        layout.addWidget(self.strategy)
        layout.addWidget(self.summary)
        layout.addLayout(self.form)
        self.strategy.currentIndexChanged.connect(self._choose_strategy)
        self.workers.valueChanged.connect(self._enter_workers)

    def show_experiment(self, experiment: Experiment) -> None:
        """Shows what is set."""
        strategy = strategy_class(experiment.strategy)
        self.strategy.show_value(strategy.key)
        self.summary.setText(strategy.summary)
        self.form.setRowVisible(self.workers, strategy.default_workers is not None)
        self.workers.show_value(experiment.workers or strategy.default_workers or 1)

    @Slot()
    def _choose_strategy(self) -> None:
        changes: dict[str, Any] = {"strategy": self.strategy.value, "workers": None}
        self.chosen.emit(changes)

    @Slot()
    def _enter_workers(self) -> None:
        self.entered.emit({"workers": int(self.workers.value())})
