"""Turns the window into one for a projector and back: large type, thick lines, only what matters, the whole screen."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from gui.board.view import BoardView
from gui.docks import Docks
from gui.look.type_size import type_size
from gui.presenter.bar import PresenterBar
from gui.presenter.dock_stage import DockStage
from gui.presenter.figures import BigFigures
from gui.session import Session
from gui.workspaces import Workspace, Workspaces

TIMES = 1.5  # as large as usual is type on a screen that is as high as the next line says
SCREEN_HEIGHT = 800.0
MOST_TIMES = 4.0
LINE = 1.35  # times the size of type: how thick a thin line is, in device-independent pixels


@dataclass(frozen=True, slots=True)
class _Before:
    """How the window was.

    Attributes:
        hidden: those of its parts that were taken away.
        state: whether it was maximised, on the whole screen or neither.
        geometry: where it was on the screen.
        focus: what had the focus.
    """

    hidden: tuple[QWidget, ...]
    state: Qt.WindowState
    geometry: QRect
    focus: QWidget | None


class Presenter(QObject):
    """The slot of the presenter mode of one window, and all that it changes there. Call `build` before it is used."""

    def __init__(self, window: QMainWindow, view: BoardView, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._view = view
        self._session = session
        self._before: _Before | None = None
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
        self._escape.activated.connect(self.leave)
        self.figures = BigFigures(session)
        session.state_changed.connect(self._mind_escape)
        self._mind_escape()

    def build(self, around: QVBoxLayout, actions: Mapping[str, QAction], docks: Docks, workspaces: Workspaces) -> None:
        """Puts its buttons on top of the window, and the figures below the board, in the layout `around` it."""
        self._stage = DockStage(self._window, docks)
        self._workspaces = workspaces
        self._present, self._full_screen = actions["present"], actions["full-screen"]
        self.bar = PresenterBar(self._session, actions)
        self._stage.show_on_top(self.bar)
        around.addWidget(self.figures)
        workspaces.changed.connect(self._clear_away)

    @property
    def is_presenting(self) -> bool:
        """Whether the window is one for a projector now."""
        return self._before is not None

    @Slot(bool)
    def present(self, wanted: bool) -> None:
        """Goes into the presenter mode, or back to exactly how the window was."""
        if not wanted:
            self.leave()
        elif not self.is_presenting:
            self._enter()

    def _enter(self) -> None:
        window = self._window
        hidden = tuple(part for part in (window.menuBar(), window.statusBar()) if not part.isHidden())
        self._before = _Before(hidden, window.windowState(), window.geometry(), window.focusWidget())
        window.setUpdatesEnabled(False)
        try:
            self._workspaces.keep_layouts()
            self._clear_away()
            self._resize_type(_times_for(window))
            window.setWindowState(window.windowState() | Qt.WindowState.WindowFullScreen)
        finally:
            window.setUpdatesEnabled(True)
        self._mind_escape()
        self._view.setFocus()

    @Slot()
    def leave(self) -> None:
        """Back to how the window was; does nothing where it is so already."""
        before, self._before = self._before, None
        if before is None:
            return
        self._window.setUpdatesEnabled(False)
        try:
            self._bring_back(before)
        finally:
            self._window.setUpdatesEnabled(True)
        self._present.setChecked(False)
        self._full_screen.setChecked(self._window.isFullScreen())
        self._mind_escape()
        (before.focus or self._view).setFocus()

    def _bring_back(self, before: _Before) -> None:
        self._show_own_parts(False)
        self._resize_type(1.0)
        for part in before.hidden:
            part.show()
        self._window.setWindowState(before.state)
        if not before.state & (Qt.WindowState.WindowFullScreen | Qt.WindowState.WindowMaximized):
            self._window.setGeometry(before.geometry)
        self._stage.put_back(self._workspaces)

    def _show_own_parts(self, shown: bool) -> None:
        """A race has nothing to do with the board, and so with what runs there."""
        is_board = self._workspaces.shown is not Workspace.RACE
        self.figures.refresh()
        self.figures.setVisible(shown and is_board)
        self.bar.show_run(is_board)
        self._stage.top.setVisible(shown)

    def _resize_type(self, times: float) -> None:
        type_size().enlarge(times)
        self._view.set_line(round(LINE * times) if times > 1 else 1.0)

    @Slot()
    def _clear_away(self) -> None:
        if self.is_presenting:
            self._stage.clear(self._workspaces.shown)
            self._show_own_parts(True)

    @Slot()
    def _mind_escape(self) -> None:
        """Escape leads back only where there is nothing that it could stop."""
        self._escape.setEnabled(self.is_presenting and not self._session.is_running)


def _times_for(window: QMainWindow) -> float:
    """So many times larger is type on a screen of that height, that it fills the same part of it on all screens."""
    height = window.screen().size().height()
    return min(max(TIMES * height / SCREEN_HEIGHT, TIMES), MOST_TIMES)
