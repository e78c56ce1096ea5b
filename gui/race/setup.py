"""The first page: what is raced, and what will become of it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.cards import Card, Complaint, heading, sentence
from gui.failures.text import FAULT_NAMES
from gui.fanout.fields import ChoiceField, NumberField, add_row, form, side_by_side
from gui.look.theme import MARGIN, SECTION_SPACING, SPACING
from gui.race.choices import LONGEST_LIMIT, MOST_REPEATS, Choices, forecast
from gui.race.setup_parts import SizeChoice, StrategyList
from life.errors import SettingError
from life.experiment import LONGEST_WAIT
from life.wire import WIRES, wire_class

_MS = 1000
_WIDEST = 1180


class SetupPage(QWidget):
    """All choices of a race, with a sentence that says what they come to.

    Signals:
        wanted(Choices): a race with these is to begin.
    """

    wanted = Signal(object)

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("race-setup")
        self.setAccessibleName("What is raced")
        self.strategies = StrategyList()
        self.sizes = SizeChoice()
        self.wire = ChoiceField("Wire of the race", [(wire.key, wire.title) for wire in WIRES])
        self.latency = NumberField("Latency of the race", 0, LONGEST_WAIT * _MS, "ms", decimals=2)
        self.jitter = NumberField("Jitter of the race", 0, LONGEST_WAIT * _MS, "ms", decimals=2)
        self.jitter.setPrefix("± ")
        self.seed = NumberField("Seed of the race", 0, 2**31 - 1)
        self.repeat = NumberField("Runs of each", 1, MOST_REPEATS, "×")
        self.limit = NumberField("Limit of a run", 0.1, LONGEST_LIMIT, "s", decimals=1)
        self.limit.setPrefix("at most ")
        self.plants = QCheckBox("Plant a fault in the middle cell")
        self.plants.setObjectName("race-fault")
        self.fault = ChoiceField("Kind of fault in the race", list(FAULT_NAMES.items()))
        self.forecast = QLabel()
        self.forecast.setObjectName("race-forecast")
        self.forecast.setWordWrap(True)
        self.forecast.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.error = Complaint()
        self.start = QPushButton("Start the race")
        self.start.setObjectName("start-race")
        self.start.setDefault(True)
        self._lay_out()
        self.show_choices(choices)
        self._wire()

    # What is chosen.

    @property
    def choices(self) -> Choices:
        """What is chosen; raises `SettingError` where nothing can be raced with it."""
        made = Choices(
            strategies=self.strategies.chosen,
            sizes=self.sizes.chosen,
            wire=self.wire.value,
            latency=self.latency.value() / _MS,
            jitter=self.jitter.value() / _MS,
            seed=int(self.seed.value()),
            repeat=int(self.repeat.value()),
            limit=self.limit.value(),
            fault=self.fault.value if self.plants.isChecked() else None,
        )
        made.course()
        return made

    def show_choices(self, choices: Choices) -> None:
        """Shows what was chosen before."""
        self.strategies.show_chosen(choices.strategies)
        self.sizes.show_chosen(choices.sizes)
        self.wire.show_value(choices.wire)
        self.latency.show_value(choices.latency * _MS)
        self.jitter.show_value(choices.jitter * _MS)
        self.seed.show_value(choices.seed)
        self.repeat.show_value(choices.repeat)
        self.limit.show_value(choices.limit)
        self.plants.setChecked(choices.fault is not None)
        if choices.fault:
            self.fault.show_value(choices.fault)
        self._judge()

    @Slot()
    def _judge(self) -> None:
        waits = wire_class(self.wire.value).waits
        self.latency.setEnabled(waits)
        self.jitter.setEnabled(waits)
        self.fault.setEnabled(self.plants.isChecked())
        try:
            course = self.choices.course()
        except SettingError as error:
            self.error.say(f"{error.setting.capitalize()}: {error.reason}.")
            self.forecast.setText("")
            self.start.setEnabled(False)
        else:
            self.error.say("")
            self.forecast.setText(forecast(course))
            self.start.setEnabled(True)

    @Slot()
    def begin(self) -> None:
        """Asks for the race, where there can be one."""
        if self.start.isEnabled():
            self.wanted.emit(self.choices)

    # Building.

    def _wire(self) -> None:
        self.strategies.changed.connect(self._judge)
        self.sizes.changed.connect(self._judge)
        self.plants.toggled.connect(self._judge)
        for choice in (self.wire, self.fault):
            choice.currentIndexChanged.connect(self._judge)
        for number in (self.latency, self.jitter, self.seed, self.repeat, self.limit):
            number.valueChanged.connect(self._judge)
        self.start.clicked.connect(self.begin)

    def _lay_out(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(SECTION_SPACING)
        columns.addWidget(_card(self.strategies), 11)
        columns.addLayout(_column(self.sizes, self._waits(), self._runs(), self._faults()), 9)
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        body = QVBoxLayout(inner)
        body.setContentsMargins(SECTION_SPACING, SECTION_SPACING, SECTION_SPACING, SPACING)
        body.setSpacing(SPACING)
        body.addWidget(heading("The same work in every way of fanning out", 4))
        body.addWidget(
            sentence(
                "Every run gets a process of its own, so that nothing else runs where something is timed; "
                "the strategies take turns, and every board is checked."
            )
        )
        body.addSpacing(SPACING)
        body.addLayout(columns)
        body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(_scrolled(inner), 1)
        layout.addWidget(self._footer())

    def _waits(self) -> QWidget:
        rows = form()
        add_row(rows, "A cell waits for", self.wire)
        add_row(rows, "Latency", side_by_side(self.latency, self.jitter), "How long it waits, give or take how much.")
        add_row(rows, "Seed", self.seed, "From it the board and all waits are drawn, the same for every strategy.")
        return _part("Waits", rows)

    def _runs(self) -> QWidget:
        rows = form()
        add_row(
            rows,
            "Each is run",
            side_by_side(self.repeat, self.limit),
            "How often each is run, and how long one run may take; what would take longer by its waits is computed.",
        )
        return _part("Runs", rows)

    def _faults(self) -> QWidget:
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(heading("Who saw the exception?", 1))
        layout.addWidget(self.plants)
        layout.addWidget(self.fault)
        return part

    def _footer(self) -> QWidget:
        footer = QWidget()
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        row = QHBoxLayout(inner)
        row.setContentsMargins(SECTION_SPACING, MARGIN, SECTION_SPACING, MARGIN)
        row.setSpacing(SECTION_SPACING)
        row.addWidget(self.forecast, 1)
        row.addWidget(self.error, 1)
        row.addWidget(self.start)
        outer = QHBoxLayout(footer)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        outer.addWidget(inner, 1000)
        outer.addStretch(1)
        return footer


def _part(title: str, rows: QFormLayout) -> QWidget:
    part = QWidget()
    layout = QVBoxLayout(part)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACING)
    layout.addWidget(heading(title, 1))
    layout.addLayout(rows)
    return part


def _card(content: QWidget) -> Card:
    card = Card()
    layout = QVBoxLayout(card)
    layout.setContentsMargins(SECTION_SPACING, MARGIN, SECTION_SPACING, MARGIN)
    layout.addWidget(content)
    layout.addStretch(1)
    return card


def _column(*parts: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(SECTION_SPACING)
    for part in parts:
        column.addWidget(_card(part))
    column.addStretch(1)
    return column


def _scrolled(inner: QWidget) -> QScrollArea:
    around = QWidget()
    row = QHBoxLayout(around)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(inner, 1000)
    row.addStretch(1)
    area = QScrollArea()
    area.setWidget(around)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
