"""The page between the setup and the race, on which people put down what they expect; one key skips it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui import words
from gui.cards import Card, dim, heading, sentence, tool_button
from gui.fanout.fields import ChoiceField, NumberField
from gui.look.theme import MARGIN, SECTION_SPACING, SPACING
from gui.race.guesses import Guess, Question, question_of
from life.errors import Fate
from life.fanout import strategy_class
from life.race.course import Course
from life.wire import wire_class

_NO_GUESS = "no guess"
_LONGEST = 100_000.0  # seconds
_MOST_THREADS = 1_000_000
_MOST_PEOPLE = 12
_WIDEST = 900
_FATE_COLUMN = 3
_FIRST_CHOICE = "thread-per-cell"
_FATES = (
    (None, _NO_GUESS),
    (Fate.CALLER, "The caller"),
    (Fate.STDERR, "Nobody but stderr"),
    (Fate.NOBODY, "Nobody at all"),
)


class Person:
    """The fields of one person, in one row of a grid."""

    def __init__(self, number: int) -> None:
        self.name = QLineEdit()
        self.name.setObjectName(f"guess-name-{number}")
        self.name.setAccessibleName(f"Name of person {number}")
        self.name.setPlaceholderText(f"Person {number}")
        self.seconds = NumberField(f"Guess of seconds {number}", 0, _LONGEST, "s", decimals=3)
        self.threads = NumberField(f"Guess of threads {number}", 0, _MOST_THREADS)
        for field in (self.seconds, self.threads):
            field.setSpecialValueText(_NO_GUESS)
            field.setGroupSeparatorShown(True)
        self.sees = ChoiceField(f"Guess of who sees it {number}", list(_FATES))
        self.remove: QAbstractButton = tool_button("close", f"Take out person {number}")

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """From left to right."""
        return self.name, self.seconds, self.threads, self.sees, self.remove

    def guess(self, asks_for_fate: bool) -> Guess:
        """What the person has put down."""
        return Guess(
            self.name.text().strip() or self.name.placeholderText(),
            self.seconds.value() or None,
            int(self.threads.value()) or None,
            self.sees.value if asks_for_fate else None,
        )

    def begin_anew(self) -> None:
        """Takes back every guess but the name."""
        self.seconds.show_value(0)
        self.threads.show_value(0)
        self.sees.show_value(None)


class PredictPage(QWidget):
    """Guesses about one strategy on the largest board, of one person or of several.

    Signals:
        started: the race is to begin, with the guesses.
        skipped: it is to begin without any.
    """

    started = Signal()
    skipped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("race-predict")
        self.setAccessibleName("Predict first")
        self.people: list[Person] = []
        self._course: Course | None = None
        self._keys: list[str] = []
        self.about = ChoiceField("Strategy of the guess", [])
        self.about.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        self.situation = sentence()
        self.add = QPushButton("Another person")
        self.add.setObjectName("add-person")
        self.skip = QPushButton("Skip (Esc)")
        self.skip.setObjectName("skip-guesses")
        self.start = QPushButton("Start the race")
        self.start.setObjectName("start-with-guesses")
        self.start.setDefault(True)
        self._grid = QGridLayout()
        self._fate_heading = dim(QLabel("Who sees the exception"))
        self._lay_out()
        self.add.clicked.connect(self.add_person)
        self.skip.clicked.connect(self.skipped)
        self.start.clicked.connect(self.started)
        self.add_person()

    def begin(self, course: Course) -> None:
        """Asks about another race; the names stay."""
        self._course = course
        self._keys = list(course.strategies)
        self.about.set_choices([(key, strategy_class(key).title) for key in self._keys])
        self.about.show_value(_FIRST_CHOICE if _FIRST_CHOICE in self._keys else self._keys[0])
        self.situation.setText(_situation(course))
        for person in self.people:
            person.begin_anew()
            person.sees.setVisible(self._asks_for_fate)
        self._fate_heading.setVisible(self._asks_for_fate)
        self._grid.setColumnStretch(_FATE_COLUMN, 3 if self._asks_for_fate else 0)
        self.people[0].seconds.setFocus()
        self.people[0].seconds.selectAll()

    @property
    def question(self) -> Question:
        """What is guessed."""
        assert self._course is not None
        return question_of(self._course, self.about.value)

    @property
    def guesses(self) -> list[Guess]:
        """What was put down, without the people that put down nothing."""
        made = [person.guess(self._asks_for_fate) for person in self.people]
        return [guess for guess in made if not guess.is_empty]

    @property
    def _asks_for_fate(self) -> bool:
        return self._course is not None and self._course.middle_fault is not None

    @Slot()
    def add_person(self) -> None:
        """One more row."""
        if len(self.people) >= _MOST_PEOPLE:
            return
        person = Person(len(self.people) + 1)
        self.people.append(person)
        for column, widget in enumerate(person.widgets):
            self._grid.addWidget(widget, len(self.people), column)
        person.sees.setVisible(self._asks_for_fate)
        person.remove.clicked.connect(self._remove)
        self._show_buttons()
        if len(self.people) > 1:
            person.name.setFocus()

    @Slot()
    def _remove(self) -> None:
        """Takes out the person of the button; those below move up."""
        place = next((n for n, person in enumerate(self.people) if person.remove is self.sender()), None)
        if place is None or len(self.people) == 1:
            return
        for above, below in zip(self.people[place:], self.people[place + 1 :], strict=False):
            above.name.setText(below.name.text())
            above.seconds.show_value(below.seconds.value())
            above.threads.show_value(below.threads.value())
            above.sees.show_value(below.sees.value)
        for widget in self.people.pop().widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.add.setEnabled(len(self.people) < _MOST_PEOPLE)
        for person in self.people:
            person.remove.setVisible(len(self.people) > 1)

    def _lay_out(self) -> None:
        grid = self._grid
        grid.setHorizontalSpacing(MARGIN)
        grid.setVerticalSpacing(SPACING)
        for column, text in enumerate(("Who guesses", "Seconds", "Most threads alive at once")):
            grid.addWidget(dim(QLabel(text)), 0, column)
        grid.addWidget(self._fate_heading, 0, _FATE_COLUMN)
        for column, stretch in enumerate((3, 2, 2)):
            grid.setColumnStretch(column, stretch)
        about = QHBoxLayout()
        about.setSpacing(MARGIN)
        about.addWidget(self.about)
        about.addWidget(self.situation, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACING)
        buttons.addWidget(self.add)
        buttons.addStretch(1)
        buttons.addWidget(self.skip)
        buttons.addWidget(self.start)
        card = Card()
        card.setMaximumWidth(_WIDEST)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(MARGIN)
        inside.addWidget(heading("Predict first", 4))
        inside.addWidget(sentence("What do you expect? After the race, guess and measurement stand side by side."))
        inside.addLayout(about)
        inside.addLayout(grid)
        inside.addSpacing(SPACING)
        inside.addLayout(buttons)
        layout = QGridLayout(self)
        layout.setContentsMargins(SECTION_SPACING, SECTION_SPACING, SECTION_SPACING, SECTION_SPACING)
        layout.addWidget(card, 1, 1)
        for side in (0, 2):
            layout.setColumnStretch(side, 1)
            layout.setRowStretch(side, 1 + side)
        layout.setColumnStretch(1, 1000)


def _situation(course: Course) -> str:
    cells = words.count(max(course.cells), "cell")
    e = course.experiment
    wire = wire_class(e.wire)
    if not wire.waits:
        return f"on {cells} that wait for {wire.title[0].lower()}{wire.title[1:]}."
    wait = words.duration(e.latency)
    through = f", each {wire.passage}" if wire.passage else ""
    fault = "; the one in the middle fails" if course.middle_fault else ""
    return f"on {cells} that each wait {wait}{through}{fault}."
