"""What the rows of `gui.actions` do, one short method each."""

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.board.tools import Tool
from gui.board.view import BoardView
from gui.dialogs import choose_number, show_about, show_keys
from gui.document import Document
from gui.session import Session
from gui.settings import DENSITY, MOST_STEPS, STEPS, Settings
from gui.workspaces import Workspace
from life.board import Board


class Commands(QObject):
    """The slots of all actions.

    Signals:
        about_to_run: whoever holds back a change has to make it now.
        steps_changed: how many generations are "several".
        workspace_wanted: with the `Workspace` to show.
        dock_wanted: with the id of a dock, and whether to open or to close it.
        export_wanted: with what to save: "trace", "board" or "timeline".
        closed, full_screen_shown, failure_shown: what the window itself has to do.
    """

    about_to_run = Signal()
    steps_changed = Signal(int)
    closed = Signal()
    workspace_wanted = Signal(object)
    dock_wanted = Signal(str, bool)
    export_wanted = Signal(str)
    full_screen_shown = Signal(bool)
    failure_shown = Signal()

    def __init__(
        self,
        session: Session,
        document: Document,
        view: BoardView,
        settings: Settings,
        window: QWidget,
        chance: np.random.Generator | None = None,
    ) -> None:
        """`chance` fills boards; `window` is what dialogs belong to."""
        super().__init__(window)
        self._session = session
        self._document = document
        self._view = view
        self._settings = settings
        self._window = window
        self._chance = chance or np.random.default_rng()

    # Files.

    @Slot()
    def start_new(self) -> None:
        """An empty board."""
        self._document.start_new()

    @Slot()
    def open(self) -> None:
        """Another pattern."""
        self._document.choose_and_open()

    @Slot()
    def save(self) -> None:
        """To the file that is open."""
        self._document.save()

    @Slot()
    def save_as(self) -> None:
        """To another file."""
        self._document.save_as()

    @Slot()
    def export_trace(self) -> None:
        """What happened in the generation that is looked at."""
        self.export_wanted.emit("trace")

    @Slot()
    def export_board(self) -> None:
        """The board as it is on the screen."""
        self.export_wanted.emit("board")

    @Slot()
    def export_timeline(self) -> None:
        """The timeline as it is on the screen."""
        self.export_wanted.emit("timeline")

    @Slot()
    def quit(self) -> None:
        """Closes the window, which asks first where it must."""
        self.closed.emit()

    # The board.

    @Slot()
    def clear(self) -> None:
        """Every cell dies."""
        self._document.unless_unsaved(self._clear)

    def _clear(self) -> None:
        board = self._session.board
        self._session.replace(Board(board.height, board.width))

    @Slot()
    def fill_randomly(self) -> None:
        """Fills the board by chance with the density that is set."""
        self._document.unless_unsaved(self._fill_randomly)

    def _fill_randomly(self) -> None:
        board = self._session.board
        alive = self._chance.random((board.height, board.width)) < self._settings.get(DENSITY) / 100
        self._session.replace(Board.from_cells(alive))

    @Slot()
    def choose_density(self) -> None:
        """Asks for the density, and fills the board with it."""
        now = self._settings.get(DENSITY)
        dialog = choose_number(self._window, "Random fill", "Share of live cells, in per cent:", now, 99)
        dialog.intValueSelected.connect(self._set_density)

    @Slot(int)
    def _set_density(self, percent: int) -> None:
        self._settings.set(DENSITY, percent)
        self.fill_randomly()

    # Running.

    @Slot()
    def toggle_play(self) -> None:
        """Plays or pauses."""
        self.about_to_run.emit()
        self._session.toggle_play()

    @Slot()
    def step(self) -> None:
        """One generation."""
        self.about_to_run.emit()
        self._session.step()

    @Slot()
    def step_several(self) -> None:
        """As many generations as are set."""
        self.about_to_run.emit()
        self._session.step(self._settings.get(STEPS))

    @Slot()
    def choose_steps(self) -> None:
        """Asks how many generations are several."""
        now = self._settings.get(STEPS)
        dialog = choose_number(self._window, "Several generations", "Generations at a time:", now, MOST_STEPS)
        dialog.intValueSelected.connect(self._set_steps)

    @Slot(int)
    def _set_steps(self, steps: int) -> None:
        self._settings.set(STEPS, steps)
        self.steps_changed.emit(steps)

    @Slot()
    def stop(self) -> None:
        """Within the generation."""
        self._session.stop()

    @Slot()
    def reset(self) -> None:
        """The board that was started from."""
        self._session.reset()

    @Slot()
    def play_slower(self) -> None:
        """Fewer generations a second."""
        self._session.play_slower()

    @Slot()
    def play_faster(self) -> None:
        """More generations a second."""
        self._session.play_faster()

    @Slot()
    def retry(self) -> None:
        """The generation that failed."""
        self.about_to_run.emit()
        self._session.retry()

    @Slot()
    def show_failure(self) -> None:
        """The window of the last failure."""
        self.failure_shown.emit()

    @Slot(bool)
    def set_as_python(self, as_python: bool) -> None:
        """Whether failures are left as Python leaves them."""
        self._session.set_as_python(as_python)

    # Looking.

    @Slot()
    def draw(self) -> None:
        """The tool that sets and clears cells."""
        self._view.set_tool(Tool.DRAW)

    @Slot()
    def pan(self) -> None:
        """The tool that moves the view."""
        self._view.set_tool(Tool.PAN)

    @Slot()
    def plant_faults(self) -> None:
        """The tool that plants faults and takes them out."""
        self._view.set_tool(Tool.FAULT)

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
    def show_panel(self, shown: bool) -> None:
        """How a generation is run."""
        self.dock_wanted.emit("panel", shown)

    @Slot(bool)
    def show_timeline(self, shown: bool) -> None:
        """Every thread over time."""
        self.dock_wanted.emit("timeline", shown)

    @Slot(bool)
    def show_costs(self, shown: bool) -> None:
        """Where the time went."""
        self.dock_wanted.emit("costs", shown)

    @Slot(bool)
    def show_stderr(self, shown: bool) -> None:
        """What Python printed."""
        self.dock_wanted.emit("stderr", shown)

    @Slot(bool)
    def show_source(self, shown: bool) -> None:
        """The source of what runs."""
        self.dock_wanted.emit("source", shown)

    @Slot(bool)
    def show_filmstrip(self, shown: bool) -> None:
        """The last generations."""
        self.dock_wanted.emit("filmstrip", shown)

    @Slot(bool)
    def show_full_screen(self, shown: bool) -> None:
        """Nothing but this window on the screen."""
        self.full_screen_shown.emit(shown)

    @Slot()
    def show_keys(self) -> None:
        """All keyboard shortcuts."""
        show_keys(self._window)

    @Slot()
    def show_about(self) -> None:
        """What this is."""
        show_about(self._window)
