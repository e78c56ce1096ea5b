"""What is seen, and how large."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.board.view import BoardView
from gui.dialogs import show_about
from gui.workspaces import Workspace


class LookCommands(QObject):
    """The slots of the menus View and Help.

    Signals:
        workspace_wanted: with the `Workspace` to show.
        dock_wanted: with the id of a dock, and whether to open or to close it.
        full_screen_shown: whether nothing but the window is to be on the screen.
    """

    workspace_wanted = Signal(object)
    dock_wanted = Signal(str, bool)
    full_screen_shown = Signal(bool)

    def __init__(self, view: BoardView, window: QWidget) -> None:
        """`window` is what dialogs belong to."""
        super().__init__(window)
        self._view = view
        self._window = window

    @Slot()
    def fit(self) -> None:
        """The whole board."""
        self._view.fit()

    @Slot()
    def zoom_in(self) -> None:
        """Larger cells."""
        self._view.zoom_in()

    @Slot()
    def zoom_out(self) -> None:
        """Smaller cells."""
        self._view.zoom_out()

    @Slot()
    def show_play(self) -> None:
        """The board and how it is run."""
        self.workspace_wanted.emit(Workspace.PLAY)

    @Slot()
    def show_watch(self) -> None:
        """Every thread of a generation."""
        self.workspace_wanted.emit(Workspace.WATCH)

    @Slot(bool)
    def show_dock(self, shown: bool) -> None:
        """Opens or closes the dock whose action says so."""
        self.dock_wanted.emit(self.sender().objectName(), shown)

    @Slot(bool)
    def show_full_screen(self, shown: bool) -> None:
        """Nothing but this window on the screen."""
        self.full_screen_shown.emit(shown)

    @Slot()
    def show_about(self) -> None:
        """What this is."""
        show_about(self._window)
