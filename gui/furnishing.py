"""Puts into the window what is in it: the parts that are seen, who does what is chosen, toolbar, menus and docks.

What follows from what is said in `gui.wiring`. Nothing here is made twice and nothing is decided.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolBar, QVBoxLayout, QWidget

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
from gui.overdue_notice import OverdueNotice
from gui.questions import WindowQuestions
from gui.race.room import RaceRoom
from gui.session import Session
from gui.settings import FOLDER, STEPS, Settings
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
from gui.window import MainWindow
from gui.wiring import Wiring
from gui.workspaces import Workspaces
from life.editing.selection import Selection
from life.knowing.observer import Knowing

LEAST_BOARD = 400  # device-independent pixels of width; in a small window the docks beside the board give way
_TOOLBAR_ICON = QSize(20, 20)


def furnish(
    window: MainWindow,
    session: Session,
    watch: Watch,
    settings: Settings,
    tee: StderrTee,
    knowing: Knowing,
    questions: Questions | None = None,
) -> None:
    """Puts everything into `window` without starting anything.

    Args:
        window: what there is of it already; afterwards it has all its attributes.
        session: what the window is about; becomes the window's.
        watch: which of its generations is looked at; becomes the window's.
        settings: how everything was last time.
        tee: what goes to stderr.
        knowing: what is known of the board that the simulation makes.
        questions: how the user is asked; Qt's dialogs where None.
    """
    questions = questions or WindowQuestions(window)
    for part in (session, watch):
        part.setParent(window)
    window.session = session
    window.watch = watch
    window.settings = settings
    window.document = Document(session, questions, settings.get(FOLDER), window)
    _make_parts(window, tee, knowing)
    _make_desks(window, knowing, questions)
    _make_actions(window)
    _build(window)
    wiring = Wiring(window)
    wiring.wire()
    wiring.show_everything()
    for shown in (window.menuBar(), window.race.centre, window.status):
        shown.show()  # in a window that is shown Qt would do that later, and until then docks take all of its width
    window.workspaces.restore()
    window.actions_by_id["full-screen"].setChecked(window.isFullScreen())


def _make_parts(window: MainWindow, tee: StderrTee, knowing: Knowing) -> None:
    """What is seen."""
    session, watch, settings = window.session, window.watch, window.settings
    window.view = BoardView(session.board)
    window.legend = OverlayLegend(watch)
    window.overlay = Overlay(watch, window.view, window.legend, window)
    window.message = Notice("message", Tone.ERROR)
    window.limit = LimitNotice(session)
    window.overdue = OverdueNotice(session)
    window.panel = FanoutPanel()
    window.status = StatusBar(parent=window)  # one without a parent would keep the width of all its figures
    StatusDesk(session, window.status, window)
    window.knowing = KnowingDesk(session, knowing, window.view, window.status, settings, window)
    window.library = LibraryDesk(session, window.document, settings, window)
    others = {"library": window.library.dock, "population": window.knowing.population}
    window.docks = Docks(window, session, watch, tee, window.panel, others)
    window.workspaces = Workspaces(window, window.view, settings, window.docks.arrange, window.docks.of_watching)


def _make_desks(window: MainWindow, knowing: Knowing, questions: Questions) -> None:
    """Who does what is chosen in menus and in the parts."""
    session, settings, document, view = window.session, window.settings, window.document, window.view
    window.race = RaceRoom(window, session, window.workspaces, settings, questions, document.shown_folder)
    pictures = {"board": view, "timeline": window.docks.timeline.timeline}
    window.exporter = Exporter(window.watch, pictures, questions, document.shown_folder, window)
    window.file_commands = FileCommands(document, window)
    window.edits = EditingDesk(view, session, settings, window)
    window.editing = window.edits.editing

    def selected() -> Selection | None:
        return window.editing.selection

    window.files = FilesDesk(session, document, settings, questions, selected, knowing.population, window)
    window.run_commands = RunCommands(session, settings, window)
    window.look_commands = LookCommands(view, window)
    window.help_commands = HelpCommands(session, settings, window)
    window.undo_commands = UndoCommands(session, window)
    window.outlook = Outlook(window, view, session, settings, selected)
    window.failures = FailureDesk(session, view.show_cell, window)


def _make_actions(window: MainWindow) -> None:
    files, edits, outlook = window.files.owners, window.edits.owners, window.outlook.owners
    features = (window.race, window.library, window.knowing, window.file_commands, *files, *edits)
    commands = (window.run_commands, window.look_commands, window.help_commands, window.undo_commands, *outlook)
    window.actions_by_id = make_actions(window, (*features, *commands))
    window.undo_commands.show_in(window.actions_by_id)


def _build(window: MainWindow) -> None:
    window.setAcceptDrops(True)
    fill_menus(window.menuBar(), window.actions_by_id)
    window.files.build(window.menuBar(), window.status)
    _build_toolbar(window)
    window.setStatusBar(window.status)
    around = QWidget()
    layout = QVBoxLayout(around)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for notice in (window.message, window.limit, window.overdue, window.files.notice):
        layout.addWidget(notice)
    window.view.setMinimumWidth(LEAST_BOARD)
    layout.addWidget(window.view, 1)
    layout.addWidget(_steady_place(window.legend, window.workspaces))
    window.race.show_board(around)
    window.setCentralWidget(window.race.centre)
    guard = KeyGuard(window.view, window)
    for watched in (window, *window.docks.by_id.values()):
        watched.installEventFilter(guard)
    window.knowing.build(layout, window.actions_by_id)
    window.outlook.build(layout, window.actions_by_id, window.docks, window.workspaces, window.status)
    window.view.setFocus()


def _build_toolbar(window: MainWindow) -> None:
    bar = QToolBar("Toolbar")
    bar.setObjectName("toolbar")
    bar.setMovable(False)
    bar.setIconSize(_TOOLBAR_ICON)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    window.rate = rate_label()
    actions = window.actions_by_id
    choices = [actions[action_id] for action_id in WORKSPACES]
    fill_toolbar(bar, actions, {"rate": window.rate, "workspaces": SegmentedSwitch(choices, "Workspace")})
    keep_width(bar, actions["play"], "Play", "Pause")
    window.addToolBar(bar)
    window.race.build(bar, choices)
    window.upkeep = ActionUpkeep(actions, window.session, window.editing, window.rate, window.settings.get(STEPS))
    window.edits.build(actions)
    window.dock_upkeep = DockUpkeep(actions, window.docks, window.workspaces, bar)


def _steady_place(legend: QWidget, workspaces: Workspaces) -> QWidget:
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
    workspaces.watching_changed.connect(place.setVisible)
    return place
