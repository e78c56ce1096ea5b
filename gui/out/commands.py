"""What is done to take the board out of the window and into other programs."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.document import Document, Questions
from gui.out.job import GoOn, Job, Make
from gui.out.picture_dialog import AnimationDialog, PictureDialog
from gui.session import Session
from gui.settings import Settings
from life.editing.selection import Selection
from life.moment import Moment
from life.pictures.gif import Film, gif_of
from life.pictures.look import Look
from life.pictures.pixels import whole_of
from life.pictures.png import png_of
from life.pictures.svg import svg_of
from life.pictures.table import csv_of

PICTURES = "PNG picture (*.png);;SVG drawing (*.svg)"
ANIMATIONS = "Animated GIF (*.gif)"
TABLES = "Table (*.csv)"
NO_POPULATION = "There is no generation to export yet: make one, with Space."

NOTHING_LIVES = "Nothing lives on the plane that a picture could show: draw some cells, or select a part of it."

Table = Callable[[], tuple[tuple[str, ...], list[list[int]]]]  # headings and rows


class OutCommands(QObject):
    """The slots of the rows that export the board.

    Signals:
        told: a sentence that the user must read, because something was not saved.
        exported: with the path of what was saved.
    """

    told = Signal(str)
    exported = Signal(Path)

    def __init__(
        self,
        session: Session,
        document: Document,
        settings: Settings,
        questions: Questions,
        window: QWidget,
        selected: Callable[[], Selection | None],
        population: Table,
    ) -> None:
        """`selected` tells what is selected, `population` the figures of every generation that is remembered."""
        super().__init__(window)
        self._session = session
        self._document = document
        self._settings = settings
        self._questions = questions
        self._window = window
        self._selected = selected
        self._population = population
        self._jobs: list[Job] = []

    @Slot()
    def export_picture(self) -> None:
        """The board or the selection as PNG or SVG."""
        moment = self._session.moment
        parts = self._parts(moment)
        if parts:
            dialog = PictureDialog(moment, *parts, self._settings, self._window)
            dialog.wanted.connect(partial(self._ask_for_picture, moment))
            dialog.open()

    @Slot()
    def export_animation(self) -> None:
        """A run of generations from the one that is shown."""
        moment = self._session.moment
        parts = self._parts(moment)
        if parts:
            dialog = AnimationDialog(moment, *parts, self._settings, self._window)
            dialog.film_wanted.connect(self._ask_for_film)
            dialog.open()

    @Slot()
    def export_population(self) -> None:
        """The population of every generation that is remembered."""
        columns, rows = self._population()
        if not rows:
            self.told.emit(NO_POPULATION)
            return
        self._ask("Export the population", "-population.csv", TABLES, lambda _path, _go_on: csv_of(columns, rows))

    def close(self) -> None:
        """Gives up what is still being made."""
        for job in list(self._jobs):
            job.close()
        self._jobs.clear()

    def _parts(self, moment: Moment) -> tuple[Selection, Selection | None] | None:
        """All that there is to show, and what is selected of it; None, and a sentence, where there is nothing."""
        selected = self._selected()
        selection = selected.clipped_to(moment.board) if selected else None
        whole = whole_of(moment.board) or selection
        if whole is None:
            self.told.emit(NOTHING_LIVES)
            return None
        return whole, selection

    def _ask_for_picture(self, moment: Moment, part: Selection, look: Look) -> None:
        title = f"{self._title()}, generation {moment.generation:,}"

        def make(path: Path, _go_on: GoOn) -> bytes:
            draw = svg_of if path.suffix.lower() == ".svg" else png_of
            return draw(moment.board, part, look, title)

        self._ask("Save the picture", ".png", PICTURES, make)

    @Slot(object)
    def _ask_for_film(self, film: Film) -> None:
        self._ask("Save the animation", ".gif", ANIMATIONS, lambda _path, go_on: gif_of(film, go_on), film.generations)

    def _ask(self, title: str, ending: str, kinds: str, make: Make, parts: int = 0) -> None:
        """Asks where to, and has it made."""
        suggested = Path(self._document.shown_folder(), self._title() + ending)
        self._questions.file_to_export(title, suggested, kinds, lambda path: self._start(path, make, parts))

    def _title(self) -> str:
        """The file's name without its suffix, or a name for a board that has no file."""
        return self._document.name.partition(".")[0] if self._document.path else "board"

    def _start(self, path: Path, make: Make, parts: int) -> None:
        job = Job(path, make, parts, self._window)
        job.ended.connect(self._note_end)
        job.given_up.connect(self._forget)
        self._jobs.append(job)
        job.start()

    @Slot(Path, str)
    def _note_end(self, path: Path, reason: str) -> None:
        self._forget()
        if reason:
            self.told.emit(f"{path.name}: {reason}.")
        else:
            self.exported.emit(path)

    @Slot()
    def _forget(self) -> None:
        job = self.sender()
        self._jobs = [other for other in self._jobs if other is not job]
