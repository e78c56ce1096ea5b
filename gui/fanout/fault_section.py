"""The part of the panel that says what goes wrong on purpose."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui import words
from gui.cards import dim, heading, sentence, tool_button
from gui.elided import ElidedLabel
from gui.failures.text import FAULT_NAMES
from gui.fanout.fields import ChoiceField, NumberField, add_row, form
from gui.look.icons import icon
from gui.look.theme import SPACING
from life.experiment import Experiment, Fault

Faults = Mapping[tuple[int, int], Fault]

MOST_ROWS = 6
_HINT = "No cell fails on purpose. Take the fault tool and click a cell of the board."


class FaultSection(QWidget):
    """The fault tool and its kind, the planted faults, and a share of cells that fail at random.

    Signals:
        chosen: a change of the experiment to be made at once, by field.
        entered: one to be made when the typing is over.
        tool_wanted: whether the fault tool is to be taken up.
        kind_chosen: which `Fault` it plants.
        cell_wanted: show this cell (y, x).
    """

    chosen = Signal(dict)
    entered = Signal(dict)
    tool_wanted = Signal(bool)
    kind_chosen = Signal(Fault)
    cell_wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        kinds = list(FAULT_NAMES.items())
        self.tool = QPushButton(icon("fault"), "Plant")
        self.tool.setCheckable(True)
        self.tool.setObjectName("fault-tool")
        self.tool.setToolTip("Click cells of the board to plant a fault, or to take it out.")
        self.kind = ChoiceField("Kind of planted fault", kinds)
        self.rate = NumberField("Random faults", 0, 100, "% of cells", decimals=3)
        self.rate_kind = ChoiceField("Kind of random fault", kinds)
        self.clear = QPushButton("Take out all")
        self.hint = sentence(_HINT)
        self.more = dim(QLabel())
        self._faults: Faults = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._random = form()
        add_row(self._random, "Random faults", self.rate, "The share of all cells that fail in a generation.")
        add_row(self._random, "", self.rate_kind)
        self._lay_out()
        self.tool.clicked.connect(self.tool_wanted)
        self.kind.currentIndexChanged.connect(self._choose_kind)
        self.rate.valueChanged.connect(self._enter_rate)
        self.rate_kind.currentIndexChanged.connect(self._choose_rate_kind)
        self.clear.clicked.connect(self._take_out_all)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.addWidget(self.tool)
        tools.addWidget(self.kind, 1)
        footer = QHBoxLayout()
        footer.addWidget(self.more, 1)
        footer.addWidget(self.clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(heading("What goes wrong"))
        layout.addLayout(tools)
        layout.addWidget(self.hint)
        layout.addLayout(self._rows)
        layout.addLayout(footer)
        layout.addLayout(self._random)

    def show_experiment(self, experiment: Experiment) -> None:
        """Shows what is set."""
        self.rate.show_value(experiment.fault_rate * 100)
        self.rate_kind.show_value(experiment.fault_kind)
        self._random.setRowVisible(self.rate_kind, experiment.fault_rate > 0)
        if experiment.faults != self._faults or not self._faults:
            self._faults = experiment.faults
            self._show_faults()

    def show_tool(self, taken: bool) -> None:
        """Shows whether the fault tool is taken up."""
        self.tool.setChecked(taken)

    def show_kind(self, kind: Fault) -> None:
        """Shows which fault it plants."""
        self.kind.show_value(kind)

    def _show_faults(self) -> None:
        for row in self.findChildren(FaultRow):
            self._rows.removeWidget(row)
            row.setParent(None)
            row.deleteLater()
        for (y, x), kind in list(self._faults.items())[:MOST_ROWS]:
            self._rows.addWidget(self._row(y, x, kind))
        beyond = len(self._faults) - MOST_ROWS
        self.more.setText(f"and {words.count(beyond, 'more fault')}" if beyond > 0 else "")
        self.hint.setVisible(not self._faults)
        self.clear.setVisible(len(self._faults) > 1)
        self.more.setVisible(len(self._faults) > 1)

    def _row(self, y: int, x: int, kind: Fault) -> "FaultRow":
        row = FaultRow(y, x, kind)
        row.removed.connect(self._take_out)
        row.cell_wanted.connect(self.cell_wanted)
        return row

    @Slot(object, object)
    def _take_out(self, y: int, x: int) -> None:
        self.chosen.emit({"faults": {cell: kind for cell, kind in self._faults.items() if cell != (y, x)}})

    @Slot()
    def _take_out_all(self) -> None:
        self.chosen.emit({"faults": {}})

    @Slot()
    def _choose_kind(self) -> None:
        self.kind_chosen.emit(self.kind.value)

    @Slot()
    def _choose_rate_kind(self) -> None:
        self.chosen.emit({"fault_kind": self.rate_kind.value})

    @Slot()
    def _enter_rate(self) -> None:
        self.entered.emit({"fault_rate": self.rate.value() / 100})


class FaultRow(QWidget):
    """One planted fault: where, what, a button that shows the cell and one that takes the fault out."""

    removed = Signal(object, object)
    cell_wanted = Signal(object, object)

    def __init__(self, y: int, x: int, kind: Fault) -> None:
        super().__init__()
        self.cell = (y, x)
        place = words.cell(self.cell)
        what = ElidedLabel("fault")
        what.show_text(f"{place}  {FAULT_NAMES[kind]}")
        show = tool_button("show-cell", f"Show cell {place}")
        remove = tool_button("close", f"Take the fault out of cell {place}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(what, 1)
        layout.addWidget(show)
        layout.addWidget(remove)
        show.clicked.connect(self._want_cell)
        remove.clicked.connect(self._remove)

    @Slot()
    def _want_cell(self) -> None:
        self.cell_wanted.emit(*self.cell)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(*self.cell)
