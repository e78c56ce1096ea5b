"""What follows from what in the window, and what is asked, ended and remembered when it is closed."""

from PySide6.QtCore import QMargins, QObject, QPoint, Qt, Slot

from gui.settings import AROUND_BOARD, AS_PYTHON, COLUMNS, FOLDER, GEOMETRY, PLANTED, ROWS, TOOL
from gui.sheet import margins_to_text
from gui.window import MainWindow
from life.board import Board
from life.experiment import Experiment

SECONDS_TO_CLOSE = 1.0


class Wiring(QObject):
    """Connects the parts of one window with each other."""

    def __init__(self, window: MainWindow) -> None:
        """Takes a window that has all its parts."""
        super().__init__(window)
        self._window = window
        self._may_close = False
        window.may_close = self._leave

    def wire(self) -> None:
        """Connects everything."""
        self._wire_session()
        self._wire_controls()
        self._wire_docks()

    def _wire_session(self) -> None:
        window = self._window
        session, view, panel, message = window.session, window.view, window.panel, window.message
        session.board_changed.connect(view.set_board)
        session.board_changed.connect(panel.board.show_board)
        session.loaded.connect(view.fit)
        session.resized.connect(view.fit)
        session.failing_cells_changed.connect(view.set_failed)
        session.state_changed.connect(self._show_state)
        session.experiment_changed.connect(self._show_experiment)
        session.generation_finished.connect(panel.strategy.show_result)
        session.loaded.connect(message.hide)
        session.rewound.connect(window.watch.follow)
        for teller in (window.knowing, window.document, window.files, window.editing, window.library, window.exporter):
            teller.told.connect(message.tell)
        window.document.changed.connect(self._show_title)
        window.uncovered.connect(self._show_title)

    def _wire_controls(self) -> None:
        window = self._window
        session, view, panel, run = window.session, window.view, window.panel, window.run_commands
        view.cells_drawn.connect(session.edit)
        view.stroke_ended.connect(session.end_stroke)
        view.fault_toggled.connect(session.toggle_fault)
        view.cell_hovered.connect(window.status.show_cell)
        panel.experiment_chosen.connect(session.configure)
        panel.rule_entered.connect(session.set_rule)
        panel.size_entered.connect(session.resize)
        panel.topology_entered.connect(session.set_topology)
        panel.kind_chosen.connect(session.plant_from_now_on)
        panel.cell_wanted.connect(view.show_cell)
        panel.tool_wanted.connect(self._take_fault_tool)
        window.actions_by_id["fault"].toggled.connect(panel.fault.show_tool)
        run.about_to_run.connect(panel.flush)
        run.steps_changed.connect(window.upkeep.show_steps)
        run.failure_shown.connect(window.failures.show_last)
        window.file_commands.export_wanted.connect(window.exporter.export)
        window.file_commands.closed.connect(window.close)

    def _wire_docks(self) -> None:
        window = self._window
        library, editing, look, workspaces = window.library, window.editing, window.look_commands, window.workspaces
        for wanting in (look, library):
            wanting.dock_wanted.connect(window.docks.show)
        library.pattern_wanted.connect(editing.float_pattern)
        editing.floating_changed.connect(window.outlook.welcome.dismiss)  # which stands where it is to be placed
        library.opened.connect(window.view.setFocus)
        look.workspace_wanted.connect(workspaces.show)
        look.full_screen_shown.connect(self._show_full_screen)
        workspaces.watching_changed.connect(window.session.set_recording)
        workspaces.watching_changed.connect(window.overlay.set_enabled)

    @Slot()
    def _show_state(self) -> None:
        session, panel = self._window.session, self._window.panel
        panel.board.show_rule(session.rule, session.topology)
        panel.strategy.show_plane(session.topology.is_endless)

    @Slot(Experiment)
    def _show_experiment(self, experiment: Experiment) -> None:
        self._window.panel.show_experiment(experiment)
        self._window.view.set_faults(experiment.faults)
        self._window.docks.source.show_strategy(experiment.strategy)

    @Slot(bool)
    def _take_fault_tool(self, taken: bool) -> None:
        self._window.actions_by_id["fault" if taken else "draw"].trigger()

    @Slot()
    def _show_title(self) -> None:
        document = self._window.document
        if self._window.sheet is not None:
            return  # who reads the name in the title may click
        self._window.setWindowTitle(f"{document.name}[*] – Lifeloom")
        self._window.setWindowModified(document.is_edited)

    @Slot(bool)
    def _show_full_screen(self, shown: bool) -> None:
        window = self._window
        if shown != window.isFullScreen():
            window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def show_everything(self) -> None:
        """Has every part show how things are now."""
        window, session = self._window, self._window.session
        window.view.set_board(session.board)
        window.panel.board.show_board(session.board)
        window.panel.fault.show_kind(session.planted_kind)
        window.actions_by_id[window.settings.get(TOOL)].trigger()
        window.overlay.set_enabled(False)
        self._show_experiment(session.experiment)
        self._show_state()
        self._show_title()

    # When it is closed.

    def _leave(self) -> bool:
        """Asks first where something drawn would be lost, then ends the simulation and remembers how things were.

        Returns:
            Whether the window may be closed now.
        """
        window = self._window
        if not self._may_close:
            window.files.keep()
            window.document.unless_unsaved(self._close_now)
        if not self._may_close:  # the answer is not there yet, or it was not to
            return False
        window.session.close(SECONDS_TO_CLOSE)
        window.race.close()
        window.exporter.close()
        window.files.close()
        window.outlook.leave()
        self._remember()
        return True

    def _close_now(self) -> None:
        self._may_close = True
        self._window.close()  # does nothing where the window is about to close already

    def _remember(self) -> None:
        window, session, settings = self._window, self._window.session, self._window.settings
        settings.remember_experiment(session.experiment)
        settings.remember_rate(session.rate, session.stride)
        settings.set(AS_PYTHON, session.as_python)
        settings.set(PLANTED, session.planted_kind.value)
        settings.set(TOOL, window.view.tool.value)
        settings.set(FOLDER, window.document.folder)
        if isinstance(session.board, Board):
            settings.set(ROWS, session.board.height)
            settings.set(COLUMNS, session.board.width)
        settings.set(GEOMETRY, window.saveGeometry())
        if window.view.isVisible():
            settings.set(AROUND_BOARD, margins_to_text(_around(window)))
        window.workspaces.remember()
        window.race.remember()
        settings.sync()


def _around(window: MainWindow) -> QMargins:
    """What the window has around its board, not counting notices above it."""
    view, top = window.view, window.race.centre.y()
    corner = view.mapTo(window, QPoint(view.width(), view.height()))
    return QMargins(view.mapTo(window, QPoint()).x(), top, window.width() - corner.x(), window.height() - corner.y())
