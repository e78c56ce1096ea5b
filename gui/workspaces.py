"""The workspaces: which docks are shown for which purpose, each as it was left last.

Nobody is to meet all docks at once. A workspace is a layout of the window under a name; changing it puts the docks
where they were when that workspace was left, or where they belong at first.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum

from PySide6.QtCore import QByteArray, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from gui.settings import PLAY_LAYOUT, RACE_LAYOUT, WATCH_LAYOUT, WORKSPACE, Field, Settings

LAYOUT_VERSION = 5


class Workspace(Enum):
    """What the window is used for; the value is what settings remember."""

    PLAY = "play"
    WATCH = "watch"
    RACE = "race"


_FIELDS: Mapping[Workspace, Field[QByteArray]] = {
    Workspace.PLAY: PLAY_LAYOUT,
    Workspace.WATCH: WATCH_LAYOUT,
    Workspace.RACE: RACE_LAYOUT,
}


@contextmanager
def _not_full_screen_while_hidden(window: QMainWindow) -> Iterator[None]:
    """Qt keeps a layout that is too large for a window that will be full screen or maximized, for when it is larger.

    It keeps what it has freed as well, once another layout is restored before the window has grown, and crashes.
    """
    state = window.windowState()
    if window.isHidden():
        window.setWindowState(Qt.WindowState.WindowNoState)
    yield
    if window.isHidden():
        window.setWindowState(state)


class Workspaces(QObject):
    """Changes between the workspaces of one window and remembers each of them.

    Signals:
        changed: with the `Workspace` that is shown now.
        watching_changed: whether somebody watches: in the workspace for it, or with one of its docks anywhere.
    """

    changed = Signal(object)
    watching_changed = Signal(bool)

    def __init__(
        self,
        window: QMainWindow,
        board: QWidget,
        settings: Settings,
        arrange: Callable[[Workspace], None],
        watch_docks: Mapping[str, QDockWidget],
    ) -> None:
        """`arrange` puts all docks where they belong at first; `watch_docks` are those with which one watches.

        `board` is given the focus when what had it is not shown any more.
        """
        super().__init__(window)
        self._window = window
        self._board = board
        self._settings = settings
        self._arrange = arrange
        self._watch_docks = watch_docks
        self._shown: Workspace | None = None
        self._is_watching = False
        self._is_kept = False
        for dock in watch_docks.values():
            dock.visibilityChanged.connect(self._mind_docks)

    @property
    def shown(self) -> Workspace:
        """The workspace that is shown."""
        return self._shown or Workspace.PLAY

    @property
    def is_watching(self) -> bool:
        """Whether generations are to be recorded, because somebody looks."""
        return self._is_watching

    def restore(self) -> None:
        """Shows the workspace that was shown last, as it was left."""
        self.show(Workspace(self._settings.get(WORKSPACE)))

    def show(self, workspace: Workspace) -> None:
        """Shows another one."""
        if workspace is self._shown:
            return
        self._remember_layout()
        focus = self._window.focusWidget()
        self._window.setUpdatesEnabled(False)
        try:
            self._lay_out(workspace)
        finally:
            self._window.setUpdatesEnabled(True)
        self._shown = workspace
        self._give_focus_back(focus)
        self._mind_docks()
        self.changed.emit(workspace)

    def remember(self) -> None:
        """Writes down what is shown and how."""
        self._remember_layout()
        self._settings.set(WORKSPACE, self.shown.value)

    def keep_layouts(self) -> None:
        """Remembers every layout as it is now, whatever becomes of docks and bars until `return_to_layout`."""
        self._remember_layout()
        self._is_kept = True

    def return_to_layout(self) -> None:
        """Puts docks and bars back as the workspace that is shown was left."""
        self._is_kept = False
        self._lay_out(self.shown)
        self._mind_docks()
        self.changed.emit(self.shown)

    def _lay_out(self, workspace: Workspace) -> None:
        if self._restored(self._settings.get(_FIELDS[workspace])):
            self._take_newcomers_in()
        else:
            self._arrange(workspace)

    def _give_focus_back(self, before: QWidget | None) -> None:
        """Qt hands it on from what is hidden, if only for a moment, and the space bar would press whom it came to."""
        if before is not None and self._window.focusWidget() is not before:
            (before if before.isVisibleTo(self._window) else self._board).setFocus()

    def _restored(self, layout: QByteArray) -> bool:
        """Qt crashes where a dock that is shown in the middle of this has the half-made layout applied."""
        whole = self._window.layout()
        assert whole is not None
        whole.activate()  # what is due is done on the old layout
        whole.setEnabled(False)
        try:
            with _not_full_screen_while_hidden(self._window):
                return self._window.restoreState(layout, LAYOUT_VERSION)
        finally:
            whole.setEnabled(True)
            whole.activate()

    def _take_newcomers_in(self) -> None:
        """Gives docks a place, where nobody sees them yet, that a layout from before their time does not know."""
        window, area = self._window, Qt.DockWidgetArea.BottomDockWidgetArea
        docks = window.findChildren(QDockWidget)
        settled = [dock for dock in docks if window.dockWidgetArea(dock) is area]
        for dock in docks:
            if window.dockWidgetArea(dock) is Qt.DockWidgetArea.NoDockWidgetArea:
                window.addDockWidget(area, dock)
                if settled:
                    window.tabifyDockWidget(settled[-1], dock)
                dock.hide()

    def _remember_layout(self) -> None:
        if self._shown and not self._is_kept:
            self._settings.set(_FIELDS[self._shown], self._window.saveState(LAYOUT_VERSION))

    @Slot()
    def _mind_docks(self) -> None:
        is_open = any(not dock.isHidden() for dock in self._watch_docks.values())
        is_watching = self.shown is Workspace.WATCH or is_open
        if is_watching != self._is_watching:
            self._is_watching = is_watching
            self.watching_changed.emit(is_watching)
