"""The window: builds what is in it, wires it together, and restores how it was. What is done is done elsewhere."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QToolBar, QVBoxLayout, QWidget

from gui.actions.make import make_actions
from gui.actions.menus import WORKSPACES, fill_menus, fill_toolbar
from gui.board.view import BoardView
from gui.cards import Notice, Tone
from gui.commands.files import FileCommands
from gui.commands.help import HelpCommands
from gui.commands.look import LookCommands
from gui.commands.run import RunCommands
from gui.docks import Docks
from gui.document import Document, Questions
from gui.editing.desk import EditingDesk
from gui.failures.desk import FailureDesk
from gui.fanout.panel import FanoutPanel
from gui.files.desk import FilesDesk
from gui.keys import KeyGuard
from gui.knowing.desk import KnowingDesk
from gui.library.desk import LibraryDesk
from gui.limit_notice import LimitNotice
from gui.outlook import Outlook
from gui.questions import WindowQuestions
from gui.race.room import RaceRoom
from gui.session import Session
from gui.settings import AS_PYTHON, COLUMNS, FOLDER, GEOMETRY, PLANTED, ROWS, STEPS, TOOL, Settings
from gui.status import StatusBar
from gui.status_desk import StatusDesk
from gui.stderr_tee import StderrTee
from gui.switch import SegmentedSwitch
from gui.undo.commands import UndoCommands
from gui.upkeep import ActionUpkeep, DockUpkeep, keep_width, rate_label
from gui.watch.export import Exporter
from gui.watch.legend import OverlayLegend
from gui.watch.overlay import Overlay
from gui.watch.watch import Watch
from gui.workspaces import Workspaces
from life.board import Board
from life.editing.selection import Selection
from life.experiment import Experiment
from life.knowing.observer import Knowing

FIRST_SIZE = QSize(1280, 800)
LEAST_BOARD = 400  # device-independent pixels of width; in a small window the docks beside the board give way
SECONDS_TO_CLOSE = 1.0
_TOOLBAR_ICON = QSize(20, 20)


class MainWindow(QMainWindow):
    """Board, toolbar, docks and status bar around one session."""

    def __init__(
        self,
        session: Session,
        watch: Watch,
        settings: Settings,
        tee: StderrTee,
        knowing: Knowing,
        questions: Questions | None = None,
    ) -> None:
        """Builds it without showing it or starting anything.

        Args:
            session: what the window is about; becomes the window's.
            watch: which of its generations is looked at; becomes the window's.
            settings: how everything was last time.
            tee: what goes to stderr.
            knowing: what is known of the board that the simulation makes.
            questions: how the user is asked; Qt's dialogs where None.
        """
        super().__init__()
        questions = questions or WindowQuestions(self)
        for part in (session, watch):
            part.setParent(self)
        self.session = session
        self.watch = watch
        self.settings = settings
        self._may_close = False
        self.document = Document(session, questions, settings.get(FOLDER), self)
        self._make_parts(tee, knowing)
        self._make_desks(knowing, questions)
        self._make_actions()
        self._build()
        self._wire_session()
        self._wire_controls()
        self._show_everything()
        self._restore()

    # Building.

    def _make_parts(self, tee: StderrTee, knowing: Knowing) -> None:
        """What is seen."""
        session, watch = self.session, self.watch
        self.view = BoardView(session.board)
        self.legend = OverlayLegend(watch)
        self.overlay = Overlay(watch, self.view, self.legend, self)
        self.message = Notice("message", Tone.ERROR)
        self.limit = LimitNotice(session)
        self.panel = FanoutPanel()
        self.status = StatusBar(parent=self)  # one without a parent would keep the width of all its figures
        StatusDesk(session, self.status, self)
        self.knowing = KnowingDesk(session, knowing, self.view, self.status, self.settings, self)
        self.library = LibraryDesk(session, self.document, self.settings, self)
        others = {"library": self.library.dock, "population": self.knowing.population}
        self.docks = Docks(self, session, watch, tee, self.panel, others)
        self.workspaces = Workspaces(self, self.settings, self.docks.arrange, self.docks.of_watching)

    def _make_desks(self, knowing: Knowing, questions: Questions) -> None:
        """Who does what is chosen in menus and in the parts."""
        session, settings, folder = self.session, self.settings, self.document.shown_folder
        self.race = RaceRoom(self, session, self.workspaces, settings, questions, folder)
        pictures = {"board": self.view, "timeline": self.docks.timeline.timeline}
        self.exporter = Exporter(self.watch, pictures, questions, folder, self)
        self.file_commands = FileCommands(self.document, self)
        self.edits = EditingDesk(self.view, session, settings, self)
        self.editing = self.edits.editing
        self.files = FilesDesk(session, self.document, settings, questions, self._selected, knowing.population, self)
        self.run_commands = RunCommands(session, settings, self)
        self.look_commands = LookCommands(self.view, self)
        self.help_commands = HelpCommands(session, settings, self)
        self.undo_commands = UndoCommands(session, self)
        self.outlook = Outlook(self, self.view, session, settings, self._selected)
        self.failures = FailureDesk(session, self.view.show_cell, self)

    def _make_actions(self) -> None:
        features = (self.race, self.library, self.knowing, self.file_commands, *self.files.owners, *self.edits.owners)
        commands = (self.run_commands, self.look_commands, self.help_commands, self.undo_commands, *self.outlook.owners)
        self.actions_by_id = make_actions(self, (*features, *commands))
        self.undo_commands.show_in(self.actions_by_id)

    def _build(self) -> None:
        self.setObjectName("main-window")
        self.setAcceptDrops(True)
        fill_menus(self.menuBar(), self.actions_by_id)
        self.files.build(self.menuBar(), self.status)
        self._build_toolbar()
        self.setStatusBar(self.status)
        around = QWidget()
        layout = QVBoxLayout(around)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for notice in (self.message, self.limit, self.files.notice):
            layout.addWidget(notice)
        self.view.setMinimumWidth(LEAST_BOARD)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._steady_place(self.legend))
        self.race.show_board(around)
        self.setCentralWidget(self.race.centre)
        guard = KeyGuard(self.view, self)
        for window in (self, *self.docks.by_id.values()):
            window.installEventFilter(guard)
        self.knowing.build(layout, self.actions_by_id)
        self.outlook.build(layout, self.actions_by_id, self.docks, self.workspaces, self.status)
        self.view.setFocus()

    def _build_toolbar(self) -> None:
        bar = QToolBar("Toolbar")
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setIconSize(_TOOLBAR_ICON)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.rate = rate_label()
        switch = SegmentedSwitch([self.actions_by_id[action_id] for action_id in WORKSPACES], "Workspace")
        fill_toolbar(bar, self.actions_by_id, {"rate": self.rate, "workspaces": switch})
        keep_width(bar, self.actions_by_id["play"], "Play", "Pause")
        self.addToolBar(bar)
        self.race.build(bar, [self.actions_by_id[action_id] for action_id in WORKSPACES])
        self.upkeep = ActionUpkeep(self.actions_by_id, self.session, self.editing, self.rate, self.settings.get(STEPS))
        self.edits.build(self.actions_by_id)
        self.dock_upkeep = DockUpkeep(self.actions_by_id, self.docks, self.workspaces, bar)

    def _steady_place(self, legend: QWidget) -> QWidget:
        """A place under the board that keeps its height while one watches, whether or not there is a legend."""
        policy = legend.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        legend.setSizePolicy(policy)
        place = QWidget()
        layout = QVBoxLayout(place)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(legend)
        place.setMinimumHeight(legend.sizeHint().height())
        place.hide()
        self.workspaces.watching_changed.connect(place.setVisible)
        return place

    # Wiring.

    def _wire_session(self) -> None:
        session, view = self.session, self.view
        session.board_changed.connect(view.set_board)
        session.board_changed.connect(self.panel.board.show_board)
        session.loaded.connect(view.fit)
        session.resized.connect(view.fit)
        session.failing_cells_changed.connect(view.set_failed)
        session.state_changed.connect(self._show_state)
        session.experiment_changed.connect(self._show_experiment)
        session.generation_finished.connect(self.panel.strategy.show_result)
        self.knowing.told.connect(self.message.tell)
        self.knowing.dock_wanted.connect(self.docks.show)
        session.loaded.connect(self.message.hide)
        session.rewound.connect(self.watch.follow)
        self.document.told.connect(self.message.tell)
        self.files.told.connect(self.message.tell)
        self.editing.told.connect(self.message.tell)
        self.document.changed.connect(self._show_title)

    def _wire_controls(self) -> None:
        session, view, panel = self.session, self.view, self.panel
        files, run, look = self.file_commands, self.run_commands, self.look_commands
        view.cells_drawn.connect(session.edit)
        view.stroke_ended.connect(session.end_stroke)
        view.fault_toggled.connect(session.toggle_fault)
        view.cell_hovered.connect(self.status.show_cell)
        panel.experiment_chosen.connect(session.configure)
        panel.rule_entered.connect(session.set_rule)
        panel.size_entered.connect(session.resize)
        panel.topology_entered.connect(session.set_topology)
        panel.kind_chosen.connect(session.plant_from_now_on)
        panel.cell_wanted.connect(view.show_cell)
        panel.tool_wanted.connect(self._take_fault_tool)
        self.actions_by_id["fault"].toggled.connect(panel.fault.show_tool)
        run.about_to_run.connect(panel.flush)
        run.steps_changed.connect(self.upkeep.show_steps)
        run.failure_shown.connect(self.failures.show_last)
        look.dock_wanted.connect(self.docks.show)
        self.library.dock_wanted.connect(self.docks.show)
        self.library.pattern_wanted.connect(self.editing.float_pattern)
        self.editing.floating_changed.connect(self.outlook.welcome.dismiss)  # which stands where it is to be placed
        self.library.opened.connect(view.setFocus)
        self.library.told.connect(self.message.tell)
        look.workspace_wanted.connect(self.workspaces.show)
        files.export_wanted.connect(self.exporter.export)
        self.exporter.told.connect(self.message.tell)
        self.workspaces.watching_changed.connect(session.set_recording)
        self.workspaces.watching_changed.connect(self.overlay.set_enabled)
        look.full_screen_shown.connect(self._show_full_screen)
        files.closed.connect(self.close)

    @Slot()
    def _show_state(self) -> None:
        self.panel.board.show_rule(self.session.rule, self.session.topology)
        self.panel.strategy.show_plane(self.session.topology.is_endless)

    @Slot(Experiment)
    def _show_experiment(self, experiment: Experiment) -> None:
        self.panel.show_experiment(experiment)
        self.view.set_faults(experiment.faults)
        self.docks.source.show_strategy(experiment.strategy)

    @Slot(bool)
    def _take_fault_tool(self, taken: bool) -> None:
        self.actions_by_id["fault" if taken else "draw"].trigger()

    @Slot()
    def _show_title(self) -> None:
        self.setWindowTitle(f"{self.document.name}[*] – Lifeloom")
        self.setWindowModified(self.document.is_edited)

    @Slot(bool)
    def _show_full_screen(self, shown: bool) -> None:
        if shown != self.isFullScreen():
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _show_everything(self) -> None:
        session = self.session
        self.view.set_board(session.board)
        self.panel.board.show_board(session.board)
        self.panel.fault.show_kind(session.planted_kind)
        self.actions_by_id[self.settings.get(TOOL)].trigger()
        self.overlay.set_enabled(False)
        self._show_experiment(session.experiment)
        self._show_state()
        self._show_title()

    def _selected(self) -> Selection | None:
        return self.editing.selection

    # How it was last time.

    def _restore(self) -> None:
        if not self.restoreGeometry(self.settings.get(GEOMETRY)):
            self.resize(FIRST_SIZE.boundedTo(self.screen().availableSize()))
        self.workspaces.restore()
        self.actions_by_id["full-screen"].setChecked(self.isFullScreen())

    def _remember(self) -> None:
        session, settings = self.session, self.settings
        settings.remember_experiment(session.experiment)
        settings.remember_rate(session.rate, session.stride)
        settings.set(AS_PYTHON, session.as_python)
        settings.set(PLANTED, session.planted_kind.value)
        settings.set(TOOL, self.view.tool.value)
        settings.set(FOLDER, self.document.folder)
        if isinstance(session.board, Board):
            settings.set(ROWS, session.board.height)
            settings.set(COLUMNS, session.board.width)
        settings.set(GEOMETRY, self.saveGeometry())
        self.workspaces.remember()
        self.race.remember()
        settings.sync()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks first where something drawn would be lost, then ends the simulation and remembers how things were."""
        if not self._may_close:
            self.files.keep()
            self.document.unless_unsaved(self._close_now)
        if not self._may_close:  # the answer is not there yet, or it was not to
            event.ignore()
            return
        self.session.close(SECONDS_TO_CLOSE)
        self.race.close()
        self.exporter.close()
        self.files.close()
        self.outlook.leave()
        self._remember()
        super().closeEvent(event)

    def _close_now(self) -> None:
        self._may_close = True
        self.close()  # does nothing where the window is about to close already

    # Files dropped on it.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes one file."""
        if _dropped_file(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens it."""
        path = _dropped_file(event)
        if path:
            event.acceptProposedAction()
            self.document.open_after_asking(path)


def _dropped_file(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
