"""The room of the race in the window: what the workspace of that name shows instead of the board, and what it hides.

The window's centre is a stack of two: the board with what belongs to it, and the race page, which is made when it is
first shown. The docks are put back by the layout that each workspace remembers; the page, the status bar and the
toolbar, in which nearly everything is about the board, are changed here. In its place is a bar with nothing but the
switch between the workspaces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSizePolicy, QStackedWidget, QToolBar, QWidget

from gui.cards import heading
from gui.session import Session
from gui.settings import RACE_CHOICES, REPLAY, Settings
from gui.switch import SegmentedSwitch
from gui.workspaces import Workspace, Workspaces
from life.errors import SettingError

if TYPE_CHECKING:
    from gui.race.page import RacePage
    from gui.race.runner import RaceRunner
    from gui.race.saving import Asks


class RaceRoom(QObject):
    """The race of one window.

    Attributes:
        centre: the stack that becomes the window's central widget.
        page, runner: the race page and who runs a race; None before it was first shown.
    """

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        workspaces: Workspaces,
        settings: Settings,
        questions: Asks,
        folder: Callable[[], str],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._workspaces = workspaces
        self._settings = settings
        self._questions = questions
        self._folder = folder
        self.runner: RaceRunner | None = None
        self.centre = QStackedWidget()
        self.page: RacePage | None = None
        self._board: QWidget | None = None
        self._toolbar: QToolBar | None = None
        self._bar = QToolBar("Race toolbar")
        workspaces.changed.connect(self._show_workspace)

    def show_board(self, board: QWidget) -> None:
        """What the other workspaces show."""
        self._board = board
        self.centre.addWidget(board)

    def build(self, toolbar: QToolBar, switch: Sequence[QAction]) -> None:
        """Takes the window's toolbar and the actions of the switch between the workspaces."""
        self._toolbar = toolbar
        bar = self._bar
        bar.setObjectName("race-toolbar")
        bar.setMovable(False)
        bar.setIconSize(toolbar.iconSize())
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(heading("Race", 2))
        row.addStretch(1)
        row.addWidget(SegmentedSwitch(switch, "Workspace"))
        bar.addWidget(place)
        bar.hide()
        self._window.addToolBar(bar)

    @Slot()
    def show_race(self) -> None:
        """The race instead of the board."""
        self._workspaces.show(Workspace.RACE)

    @Slot(object)
    def _show_workspace(self, workspace: Workspace) -> None:
        is_race = workspace is Workspace.RACE
        if is_race and self.page is None:
            self.page = self._make_page()
        shown = self.page if is_race else self._board
        if shown is not None and shown is not self.centre.currentWidget():
            self.centre.setCurrentWidget(shown)
            shown.setFocus()
        for page in (self._board, self.page):
            if page is not None:  # what is not shown must not make the window wide
                policy = QSizePolicy.Policy.Preferred if page is shown else QSizePolicy.Policy.Ignored
                page.setSizePolicy(policy, policy)
        self._window.statusBar().setVisible(not is_race)
        self._bar.setVisible(is_race)
        if self._toolbar:
            self._toolbar.setVisible(not is_race)

    def _make_page(self) -> RacePage:
        from gui.race.choices import Choices  # the window need not wait for the race
        from gui.race.page import RacePage
        from gui.race.runner import RaceRunner
        from gui.race.saving import RaceSaver

        self.runner = RaceRunner(self)
        saver = RaceSaver(self._questions, self._folder, self)
        page = RacePage(self.runner, saver, Choices.from_text(self._settings.get(RACE_CHOICES)))
        page.about_to_start.connect(self._make_quiet)
        page.results.replay.speed.setCurrentIndex(self._settings.get(REPLAY))
        self.centre.addWidget(page)
        return page

    @Slot()
    def _make_quiet(self) -> None:
        """Nothing of ours is to compete with what is timed."""
        if self._session.is_running:
            self._session.pause()

    def remember(self) -> None:
        """Writes down what was chosen last."""
        if self.page:
            self._settings.set(REPLAY, self.page.results.replay.speed.currentIndex())
            try:
                self._settings.set(RACE_CHOICES, self.page.setup.choices.to_text())
            except SettingError:
                return  # nothing is chosen that could be raced

    def close(self) -> None:
        """Ends a race that is under way; no child is left when it returns."""
        if self.runner is not None:
            self.runner.close()
