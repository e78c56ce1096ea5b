"""What the presenter mode does with docks: few are left, each as wide as the window, and all come back as they were."""

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtWidgets import QMainWindow, QToolBar, QWidget

from gui.docks import Docks
from gui.workspaces import Workspace, Workspaces

SHARE = 0.38  # of the height, for the dock that a workspace is about
ESSENTIAL: Mapping[Workspace, tuple[str, ...]] = {Workspace.WATCH: ("timeline",)}  # docks that it is about


class DockStage:
    """Clears the docks and bars of one window away, and puts them back.

    Attributes:
        top: the bar that is shown in the place of those.
    """

    def __init__(self, window: QMainWindow, docks: Docks) -> None:
        self._window = window
        self._docks = docks
        self.top = QToolBar("Presenter")
        self.top.setObjectName("presenter-toolbar")
        self.top.setMovable(False)
        self.top.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)

    def show_on_top(self, bar: QWidget) -> None:
        """Puts `bar` above everything, where it stays hidden until `top` is shown."""
        self.top.addWidget(bar)
        self._window.addToolBar(self.top)
        self.top.hide()

    def clear(self, workspace: Workspace) -> None:
        """Leaves only those docks that `workspace` is about."""
        bars = [bar for bar in self._window.findChildren(QToolBar) if bar is not self.top]
        for part in (self._window.menuBar(), self._window.statusBar(), *bars):
            part.hide()
        self._show_titles(False)
        self._stack()
        essential = ESSENTIAL.get(workspace, ())
        for dock_id, dock in self._docks.by_id.items():
            if dock_id not in essential:
                dock.hide()
            else:
                dock.raise_()
                self._window.resizeDocks([dock], [round(self._window.height() * SHARE)], Qt.Orientation.Vertical)
        self._tell()

    def put_back(self, workspaces: Workspaces) -> None:
        """Everything is where `workspaces` remember it, with its title."""
        self._show_titles(True)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # else docks make room for what is gone
        workspaces.return_to_layout()
        self._tell()

    def _show_titles(self, shown: bool) -> None:
        """Tabs say what a dock is, or it stands alone; its title would only take room from the board."""
        for dock in self._docks.by_id.values():
            title = dock.titleBarWidget()
            if shown and title is not None:
                dock.setTitleBarWidget(cast(QWidget, None))  # which gives Qt's own back
                title.deleteLater()
            elif not shown and title is None and not dock.isFloating():
                dock.setTitleBarWidget(_Hairline())

    def _stack(self) -> None:
        """Puts the docks below the board on top of each other, so that each that is opened has the whole width."""
        window, area = self._window, Qt.DockWidgetArea.BottomDockWidgetArea
        docks = [dock for dock in self._docks.by_id.values() if not dock.isFloating()]
        below = [dock for dock in docks if window.dockWidgetArea(dock) is area]
        for dock in below[1:]:
            is_hidden = dock.isHidden()
            window.removeDockWidget(dock)  # Qt 6.12 leaves one that has a place beside the first where it is
            window.tabifyDockWidget(below[0], dock)
            dock.setHidden(is_hidden)

    def _tell(self) -> None:
        """Qt tells of no dock that is opened or closed behind another one."""
        for dock_id, dock in self._docks.by_id.items():
            self._docks.shown_changed.emit(dock_id, not dock.isHidden())


class _Hairline(QWidget):
    """The least title that there can be; without any, nothing of a dock itself would count as visible."""

    def sizeHint(self) -> QSize:
        return QSize(0, 1)
