"""The docks around the board: what is in each, where it is at first, and how one opens it."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QVBoxLayout, QWidget

from gui.dock_row import Parts
from gui.dock_table import DOCKS, TABBED, TIMELINE
from gui.fanout.panel import WIDTH, FanoutPanel
from gui.library.dock import WIDTH as LIBRARY_WIDTH
from gui.session import Session
from gui.stderr_tee import StderrTee
from gui.watch.scrubber import ScrubBar
from gui.watch.source_dock import SourceDock
from gui.watch.timeline_dock import TimelineDock
from gui.watch.watch import Watch
from gui.workspaces import Workspace

_SHARE_OF_HEIGHT = 0.36  # of the window, for everything under the board
_SHARE_OF_ONE = 0.28  # for one that is opened there alone
_SHARES_OF_WIDTH = 58, 42  # of the timeline, and of the place with the tabs


class Docks(QObject):
    """All docks of one window, by the ids of the actions that show them.

    Signals:
        shown_changed: with the id of a dock that was opened or closed, and whether it is open.
    """

    shown_changed = Signal(str, bool)

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        watch: Watch,
        tee: StderrTee,
        panel: FanoutPanel,
        others: Mapping[str, QWidget],
    ) -> None:
        """`others` are made elsewhere, by the ids of the actions that show them."""
        super().__init__(window)
        self._window = window
        self.timeline = TimelineDock(watch, window)
        self.scrubber = ScrubBar(watch)
        self.source = SourceDock(watch, session.experiment.strategy)
        self.timeline.setWidget(_one_above_the_other(self.timeline.widget(), self.scrubber))
        made = {"panel": panel, "timeline": self.timeline, "source": self.source, **others}
        parts = Parts(session, watch, tee)
        self.by_id = {
            row.id: self._dock(row.id, row.heading, row.make(parts) if row.make else made[row.id]) for row in DOCKS
        }
        window.setAnimated(False)  # a change of workspace is to be over at once
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)

    @property
    def of_watching(self) -> dict[str, QDockWidget]:
        """Those with which one watches a generation."""
        return {row.id: self.by_id[row.id] for row in DOCKS if row.is_watching}

    def arrange(self, workspace: Workspace) -> None:
        """Puts every dock where it belongs at first in `workspace`."""
        window, docks = self._window, self.by_id
        right, bottom = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
        left = Qt.DockWidgetArea.LeftDockWidgetArea
        for dock in docks.values():
            dock.setFloating(False)
            window.removeDockWidget(dock)  # else a strip of tabs that was restored stays behind, empty
        window.addDockWidget(left, docks["library"])
        window.addDockWidget(right, docks["panel"])
        window.addDockWidget(bottom, docks["timeline"])
        first = docks[TABBED[0].id]
        window.splitDockWidget(docks["timeline"], first, Qt.Orientation.Horizontal)
        for row in TABBED[1:]:
            window.tabifyDockWidget(first, docks[row.id])
        is_watch = workspace is Workspace.WATCH
        for row in (TIMELINE, *TABBED):
            docks[row.id].setVisible(is_watch and row.is_watching)
        docks["library"].setVisible(workspace is Workspace.PLAY)
        docks["panel"].show()
        widths = [LIBRARY_WIDTH, WIDTH]
        window.resizeDocks([docks["library"], docks["panel"]], widths, Qt.Orientation.Horizontal)
        if is_watch:
            first.raise_()
            window.resizeDocks([docks["timeline"], first], list(_SHARES_OF_WIDTH), Qt.Orientation.Horizontal)
            height = round(window.height() * _SHARE_OF_HEIGHT)
            window.resizeDocks([docks["timeline"]], [height], Qt.Orientation.Vertical)
        if workspace is Workspace.RACE:
            for dock in docks.values():
                dock.hide()

    @Slot(str, bool)
    def show(self, dock_id: str, shown: bool) -> None:
        """Opens or closes a dock; one that is behind another is brought to the front first."""
        dock = self.by_id[dock_id]
        if not shown and not dock.isHidden() and self._is_behind(dock):
            dock.raise_()
            self.shown_changed.emit(dock_id, True)
            return
        is_alone = shown and dock.isHidden() and not self._is_something_under_the_board()
        dock.setVisible(shown)
        if shown:
            dock.raise_()
        if is_alone and self._is_under_the_board(dock):
            height = round(self._window.height() * _SHARE_OF_ONE)
            self._window.resizeDocks([dock], [height], Qt.Orientation.Vertical)

    def _is_something_under_the_board(self) -> bool:
        return any(not dock.isHidden() and self._is_under_the_board(dock) for dock in self.by_id.values())

    def _is_under_the_board(self, dock: QDockWidget) -> bool:
        return not dock.isFloating() and self._window.dockWidgetArea(dock) is Qt.DockWidgetArea.BottomDockWidgetArea

    def _is_behind(self, dock: QDockWidget) -> bool:
        return bool(self._window.tabifiedDockWidgets(dock)) and dock.visibleRegion().isEmpty()

    def _dock(self, dock_id: str, title: str, content: QWidget) -> QDockWidget:
        dock = content if isinstance(content, QDockWidget) else QDockWidget(title, self._window)
        dock.setObjectName(f"{dock_id}-dock")
        if dock is not content:
            dock.setWidget(content)
        dock.visibilityChanged.connect(self._note_visibility)
        return dock

    @Slot()
    def _note_visibility(self) -> None:
        dock = self.sender()
        for dock_id, known in self.by_id.items():
            if known is dock:
                self.shown_changed.emit(dock_id, not known.isHidden())


def _one_above_the_other(*widgets: QWidget) -> QWidget:
    around = QWidget()
    layout = QVBoxLayout(around)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget)
    return around
