"""The part of the panel that says which strategy runs a generation."""

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gui.cards import heading, sentence
from gui.fanout.fields import ChoiceField, NumberField, add_row, form
from gui.look.theme import SPACING
from life.experiment import ENGINES, LEAST_MEMORY, MOST_MEMORY, MOST_WORKERS, Experiment
from life.facts import Result
from life.fanout import STRATEGIES, strategy_class

_ENGINES = {"automatic": "Automatic", "tiles": "Tiles", "hashlife": "HashLife"}
_MB = 1 << 20
_ENGINE_TIP = (
    "How the endless plane is computed: tiles suit what is irregular, HashLife what is regular; automatic takes "
    "whichever is quicker."
)
_CLUSTER_TIP = "The address of a Dask scheduler, whose workers then compute the bands; without one, threads do, here."


class StrategySection(QWidget):
    """Strategy, what it does in one sentence, and its workers, or its engine, where it has any.

    Signals:
        chosen: a change of the experiment to be made at once, by field.
        entered: one to be made when the typing is over.
    """

    chosen = Signal(dict)
    entered = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_endless = True
        self._strategy = STRATEGIES[0]
        self._cluster: str | None = None
        self.strategy = ChoiceField("Strategy", [(strategy.key, strategy.title) for strategy in STRATEGIES])
        self.summary = sentence()
        self.workers = NumberField("Workers", 1, MOST_WORKERS)
        self.cluster = QLineEdit()
        self.cluster.setObjectName("cluster")
        self.cluster.setAccessibleName("Cluster")
        self.cluster.setPlaceholderText("in this process, or tcp://…")
        self.engine = ChoiceField("Engine", [(key, _ENGINES[key]) for key in ENGINES])
        self.memory = NumberField("Memory", LEAST_MEMORY // _MB, MOST_MEMORY // _MB, "MB")
        self.note = sentence()
        self.note.hide()
        self.form = form()
        add_row(self.form, "Workers", self.workers, "How many share the work.")
        add_row(self.form, "Cluster", self.cluster, _CLUSTER_TIP)
        add_row(self.form, "Engine", self.engine, _ENGINE_TIP)
        add_row(self.form, "Memory", self.memory, "How much HashLife may take for what it remembers.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(heading("How a generation runs"))
        layout.addWidget(self.strategy)
        layout.addWidget(self.summary)
        layout.addLayout(self.form)
        layout.addWidget(self.note)
        self.strategy.currentIndexChanged.connect(self._choose_strategy)
        self.workers.valueChanged.connect(self._enter_workers)
        self.cluster.editingFinished.connect(self._choose_cluster)
        self.engine.currentIndexChanged.connect(self._choose_engine)
        self.memory.valueChanged.connect(self._enter_memory)

    def show_experiment(self, experiment: Experiment) -> None:
        """Shows what is set."""
        self._strategy = strategy = strategy_class(experiment.strategy)
        self.strategy.show_value(strategy.key)
        self.summary.setText(strategy.summary)
        self.form.setRowVisible(self.workers, strategy.default_workers is not None)
        self.workers.show_value(experiment.workers or strategy.default_workers or 1)
        self.form.setRowVisible(self.cluster, strategy.takes_cluster)
        self._show_cluster(experiment.cluster)
        self.engine.show_value(experiment.engine)
        self.memory.show_value(experiment.memory // _MB)
        self._show_engine()

    def show_plane(self, is_endless: bool) -> None:
        """Says whether it is the endless plane that is run; only there is an engine to choose."""
        self._is_endless = is_endless
        self._show_engine()

    @Slot(Result)
    def show_result(self, result: Result) -> None:
        """Shows what the engine has to say of what it made."""
        if result.note != self.note.text():
            self._show_note(result.note)

    def _show_note(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text) and self._strategy.has_engine)

    def _show_cluster(self, cluster: str | None) -> None:
        """Shows the address, unless it is being typed."""
        self._cluster = cluster
        if not self.cluster.hasFocus():
            self.cluster.setText(cluster or "")

    def _show_engine(self) -> None:
        has_engine = self._is_endless and self._strategy.has_engine
        self.form.setRowVisible(self.engine, has_engine)
        self.form.setRowVisible(self.memory, has_engine and self.engine.value != "tiles")
        if not has_engine:
            self._show_note("")

    @Slot()
    def _choose_strategy(self) -> None:
        changes: dict[str, Any] = {"strategy": self.strategy.value, "workers": None}
        self.chosen.emit(changes)

    @Slot()
    def _enter_workers(self) -> None:
        self.entered.emit({"workers": int(self.workers.value())})

    @Slot()
    def _choose_cluster(self) -> None:
        cluster = self.cluster.text().strip() or None
        if cluster != self._cluster:  # it is said to be finished whenever the field loses the focus
            self.chosen.emit({"cluster": cluster})

    @Slot()
    def _choose_engine(self) -> None:
        self.chosen.emit({"engine": self.engine.value})

    @Slot()
    def _enter_memory(self) -> None:
        self.entered.emit({"memory": int(self.memory.value()) * _MB})
