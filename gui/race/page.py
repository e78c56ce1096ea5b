"""The race page: setup, prediction and results, one after the other, in the place where the board usually is."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui import words
from gui.cards import Notice, Tone
from gui.look.icons import icon
from gui.look.theme import MARGIN, SPACING
from gui.race.choices import Choices
from gui.race.predict import PredictPage
from gui.race.progress import ProgressStrip
from gui.race.results import Results
from gui.race.runner import Ended, RaceRunner
from gui.race.saving import KINDS, RaceSaver
from gui.race.setup import SetupPage
from life.race.course import Course

_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RacePage(QWidget):
    """Everything that one sees of a race.

    Signals:
        about_to_start: nothing else should run from now on.
    """

    about_to_start = Signal()

    def __init__(self, runner: RaceRunner, saver: RaceSaver, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("race-page")
        self.setAccessibleName("Race")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._runner = runner
        self._saver = saver
        self._course: Course | None = None
        self.message = Notice("race-message", Tone.ERROR)
        self.setup = SetupPage(choices)
        self.predict = PredictPage()
        self.results = Results()
        self.progress = ProgressStrip()
        self.summary = QLabel()
        self.again = QPushButton("Run again")
        self.change = QPushButton("Set up another")
        self.save = QPushButton(icon("save"), "Save")
        self.pages = QStackedWidget()
        self._outcome = self._outcome_page()
        self._build()
        self._wire()

    # The way through the pages.

    @Slot(object)
    def ask_for_guesses(self, choices: Choices) -> None:
        """Goes on from the setup."""
        self._course = choices.course()
        self.predict.begin(self._course)
        self._show(self.predict)
        self.predict.people[0].seconds.setFocus()

    @Slot()
    def start(self) -> None:
        """Begins the race with what was guessed."""
        self._start(with_guesses=True)

    @Slot()
    def skip(self) -> None:
        """Begins it without a guess."""
        self._start(with_guesses=False)

    def _start(self, *, with_guesses: bool) -> None:
        assert self._course is not None
        self.about_to_start.emit()
        self.message.hide()
        self.results.make_charts()
        guesses = self.predict.guesses if with_guesses else []
        self._runner.start(self._course)
        assert self._runner.race is not None
        self.results.begin(self._runner.race, self.predict.question, guesses)
        self._show_running(True)
        self.progress.begin()
        self._show(self._outcome)
        self.setFocus()

    @Slot()
    def go_back(self) -> None:
        """Back to the setup; what was measured last is gone when the next race begins."""
        self._show(self.setup)

    @Slot(object)
    def _note_entry(self, _entry: object) -> None:
        self.results.refresh()

    @Slot(object)
    def _note_end(self, ended: Ended) -> None:
        self.progress.end()
        self._show_running(False)
        race = self._runner.race
        done = len(race.entries) if race else 0
        runs = words.count(done, "run")
        told = f"Cancelled; {runs} kept." if ended.is_cancelled else f"{runs} done."
        self.summary.setText(told)
        if ended.error:
            self.message.tell(f"The race could not be run: {ended.error}")
        self.results.refresh()
        if not ended.is_cancelled:
            self.results.show_guesses()

    def _save_as(self, kind: str) -> None:
        race = self._runner.race
        if race and self._course:
            self._saver.save(kind, race.course, list(race.entries), self.results.picture)

    @Slot()
    def _save_chosen(self) -> None:
        self._save_as(self.sender().objectName().removeprefix("save-race-"))

    # Keys.

    def event(self, event: QEvent) -> bool:
        """Keeps every key without Ctrl to itself: the board, whose shortcuts they are, is not on the screen."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_function_key = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
            if not event.modifiers() & _COMMAND and not is_function_key:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Escape skips, cancels or goes back, the space bar plays the replay."""
        page = self.pages.currentWidget()
        if event.key() in _ENTER:
            self._go_on(page)
        elif event.key() == Qt.Key.Key_Escape:
            self._go_back_from(page)
        elif event.key() == Qt.Key.Key_Space and page is self._outcome and self.results.replay.isVisible():
            self.results.replay.clock.toggle()
        else:
            super().keyPressEvent(event)

    def _go_on(self, page: QWidget | None) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, QPushButton) and self.isAncestorOf(focus):
            focus.click()
        elif page is self.setup:
            self.setup.begin()
        elif page is self.predict:
            self.start()

    def _go_back_from(self, page: QWidget | None) -> None:
        if page is self.predict:
            self.skip()
        elif page is self._outcome and self._runner.is_running:
            self._runner.cancel()

    # Building.

    def showEvent(self, event: QShowEvent) -> None:
        """Draws the charts' empty frames before anybody can start a race."""
        super().showEvent(event)
        QTimer.singleShot(0, self.results.make_charts)

    def _build(self) -> None:
        for page in (self.setup, self.predict, self._outcome):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.message)
        layout.addWidget(self.pages, 1)

    def _outcome_page(self) -> QWidget:
        self.again.setObjectName("race-again")
        self.change.setObjectName("change-race")
        self.save.setObjectName("save-race")
        self.save.setMenu(self._save_menu())
        self.summary.setObjectName("race-summary")
        self.summary.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        top = QHBoxLayout()
        top.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        top.setSpacing(SPACING)
        top.addWidget(self.progress, 1)
        top.addWidget(self.summary, 1)
        for button in (self.again, self.change, self.save):
            top.addWidget(button)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addLayout(top)
        layout.addWidget(self.results, 1)
        return page

    def _save_menu(self) -> QMenu:
        menu = QMenu(self.save)
        for kind, (what, _) in KINDS.items():
            action = menu.addAction(f"{what[:1].upper()}{what[1:]}…")
            action.setObjectName(f"save-race-{kind}")
            action.triggered.connect(self._save_chosen)
        return menu

    def _wire(self) -> None:
        self.setup.wanted.connect(self.ask_for_guesses)
        self.predict.started.connect(self.start)
        self.predict.skipped.connect(self.skip)
        self.progress.cancelled.connect(self._runner.cancel)
        self.again.clicked.connect(self.skip)
        self.change.clicked.connect(self.go_back)
        self._runner.progressed.connect(self.progress.show_progress)
        self._runner.entry_made.connect(self._note_entry)
        self._runner.ended.connect(self._note_end)
        self._saver.told.connect(self.message.tell)

    def _show_running(self, is_running: bool) -> None:
        self.progress.setVisible(is_running)
        for widget in (self.summary, self.again, self.change):
            widget.setVisible(not is_running)

    def _show(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
