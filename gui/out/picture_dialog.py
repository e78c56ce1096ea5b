"""The windows that ask how a picture or an animation is to be, before they ask for a file."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from gui import words
from gui.cards import Complaint, dim
from gui.look.theme import MARGIN, SECTION_SPACING, SPACING
from gui.out.look_form import LookForm, number, size_label
from gui.settings import FILM_DELAY, FILM_GENERATIONS, Settings
from life.board import Board
from life.editing.selection import Selection
from life.errors import LifeError
from life.moment import Moment
from life.pictures.gif import LONGEST_DELAY, MOST_GENERATIONS, SHORTEST_DELAY, Film

_WIDTH = 380  # device-independent pixels
_FINEST = 10  # milliseconds; GIF counts in hundredths of a second


class PictureDialog(QDialog):
    """What a picture of a board shows.

    Signals:
        wanted: with the part of the board (`Selection`) and the `Look`.
    """

    wanted = Signal(object, object)

    def __init__(
        self, moment: Moment, whole: Selection, selection: Selection | None, settings: Settings, parent: QWidget
    ) -> None:
        """`moment` is what is shown; of it the `whole`, or what is selected."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.moment = moment
        self.settings = settings
        words = "The whole board" if isinstance(moment.board, Board) else "All that lives"
        self.form = LookForm(whole, words, selection, settings)
        self.size_shown = dim(size_label())
        self.complaint = Complaint()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save = self.buttons.addButton("Save…", QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setDefault(True)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self.form.changed.connect(self.check)
        self.fill()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * MARGIN, 2 * MARGIN, 2 * MARGIN, MARGIN)
        layout.setSpacing(SPACING)
        layout.addLayout(self.form)
        layout.addWidget(self.size_shown)
        layout.addWidget(self.complaint)
        layout.addSpacing(SECTION_SPACING)
        layout.addStretch(1)
        layout.addWidget(self.buttons)
        self.check()
        self.resize(_WIDTH, self.sizeHint().height())

    def fill(self) -> None:
        """What is said and asked besides the look."""
        self.setObjectName("picture")
        self.setWindowTitle("Picture of the board")

    @Slot()
    def check(self) -> None:
        """Says how large it becomes, or why it cannot be made."""
        self.size_shown.setText(self.summary())
        problem = self.problem()
        self.complaint.say(problem)
        self.save.setEnabled(not problem)

    def summary(self) -> str:
        """What comes of the choices."""
        return self.form.size_in_words

    def problem(self) -> str:
        """Why it cannot be made, or ""."""
        part = self.form.shown_part
        return _sentence(lambda: self.form.look.check(part.height, part.width))

    @Slot()
    def _accept(self) -> None:
        self.form.remember()
        self.accept()
        self.tell()

    def tell(self) -> None:
        """Says what is wanted."""
        self.wanted.emit(self.form.shown_part, self.form.look)


class AnimationDialog(PictureDialog):
    """What an animation shows.

    Signals:
        film_wanted: with the `Film`.
    """

    film_wanted = Signal(object)

    def fill(self) -> None:
        """How many generations, and how long each."""
        self.setObjectName("animation")
        self.setWindowTitle("Animation")
        self.generations = number(
            "film-generations", "Generations", 1, MOST_GENERATIONS, self.settings.get(FILM_GENERATIONS), ""
        )
        self.delay = number(
            "film-delay", "Time for each", SHORTEST_DELAY, LONGEST_DELAY, self.settings.get(FILM_DELAY), " ms", _FINEST
        )
        self.form.addRow("&Generations", self.generations)
        self.form.addRow("&Each for", self.delay)
        self.generations.valueChanged.connect(self.check)
        self.delay.valueChanged.connect(self.check)

    @property
    def film(self) -> Film:
        """What is chosen."""
        moment = self.moment
        return Film(
            moment.board,
            moment.rule,
            moment.topology,
            self.form.shown_part,
            self.form.look,
            self.generations.value(),
            round(self.delay.value() / _FINEST) * _FINEST,
        )

    def summary(self) -> str:
        """Its size, its length, and where it begins."""
        film = self.film
        length = words.duration(film.generations * film.delay / 1000)
        return f"{self.form.size_in_words}, {length}, from generation {self.moment.generation:,} on"

    def problem(self) -> str:
        """Why it cannot be made, or ""."""
        return _sentence(self.film.check)

    def tell(self) -> None:
        """Says what is wanted."""
        self.settings.set(FILM_GENERATIONS, self.generations.value())
        self.settings.set(FILM_DELAY, self.delay.value())
        self.film_wanted.emit(self.film)


def _sentence(check: Callable[[], None]) -> str:
    try:
        check()
    except LifeError as error:
        text = str(error)
        return f"{text[0].upper()}{text[1:]}."
    return ""
