"""How a window is seen and reached: what follows from large or small, light or dark, keys, and the first start."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QToolBar, QVBoxLayout, QWidget

from gui.board.view import BoardView
from gui.commands.sight import SightCommands
from gui.docks import Docks
from gui.panes import Panes
from gui.presenter.presenter import Presenter
from gui.session import Session
from gui.settings import PLAYBACK, WELCOMED, Settings
from gui.shortcuts.desk import ShortcutDesk
from gui.status import StatusBar
from gui.welcome import Welcome
from gui.workspaces import Workspaces
from life.editing.selection import Selection


class Outlook(QObject):
    """Puts those together that change nothing on the board, and knows in which order.

    Attributes:
        owners: whoever has slots for `gui.actions.make.make_actions`.
        welcome: what somebody sees who starts it for the first time.
    """

    def __init__(
        self,
        window: QMainWindow,
        view: BoardView,
        session: Session,
        settings: Settings,
        selected: Callable[[], Selection | None],
    ) -> None:
        """`selected` tells which cells are selected."""
        super().__init__(window)
        self._window = window
        self._view = view
        self._settings = settings
        self._docks: Docks | None = None
        self.sight = SightCommands(view, session, settings, selected)
        self.presenter = Presenter(window, view, session)
        self.panes = Panes(self._parts, self)
        self.shortcuts = ShortcutDesk(settings, window)
        self.welcome = Welcome(view, session, settings)
        self.owners: tuple[QObject, ...] = (self.sight, self.presenter, self.panes, self.shortcuts)

    def build(
        self,
        around: QVBoxLayout,
        actions: Mapping[str, QAction],
        docks: Docks,
        workspaces: Workspaces,
        status: StatusBar,
    ) -> None:
        """Takes the parts that are made by now, and has everything look as it did last time.

        Args:
            around: the layout with the board and what stands above and below it.
            actions: by the ids of their rows.
            docks: those of the window.
            workspaces: which of them are shown for which purpose.
            status: whose count of threads is shown in large.
        """
        self._docks = docks
        self.presenter.build(around, actions, docks, workspaces)
        status.sampled.connect(self.presenter.figures.show_threads)
        self._view.space_tapped.connect(self.shortcuts.press_space)
        self.shortcuts.take(actions)
        self.sight.restore(actions)
        docks.scrubber.speed.setCurrentIndex(self._settings.get(PLAYBACK))
        self.welcome.library_wanted.connect(self._show_library)

    def leave(self) -> None:
        """The window is about to be closed, and is to be opened as it was before it was shown to a room."""
        self.presenter.leave()
        self._settings.set(WELCOMED, True)
        if self._docks is not None:
            self._settings.set(PLAYBACK, self._docks.scrubber.speed.currentIndex())

    @Slot()
    def _show_library(self) -> None:
        if self._docks is not None:
            self._docks.show("library", True)
            self.panes.go_to(self._docks.by_id["library"])

    def _parts(self) -> tuple[QWidget, ...]:
        docks = self._docks.by_id.values() if self._docks else ()
        pages = self._window.findChildren(QWidget, "race-page")  # once it was shown
        return (self._view, *pages, *docks, *self._window.findChildren(QToolBar))
