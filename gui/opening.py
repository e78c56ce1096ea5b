"""From the settings to a window: what is remembered, the simulation that it is put into, and the window around it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from gui.bridge import SimulationBridge
from gui.document import Questions
from gui.furnishing import furnish
from gui.garbage import GarbageInGuiThread
from gui.remembered import users_store
from gui.session import Session
from gui.settings import AS_PYTHON, COLUMNS, PAUSES, PLANTED, ROWS, Settings
from gui.stderr_tee import StderrTee
from gui.turns import TurnsAsThreadsNeed
from gui.unexpected import UnexpectedErrors
from gui.unexpected_dialog import UnexpectedDialog
from gui.watch.watch import Watch
from gui.window import MainWindow
from life.board import Board
from life.experiment import Fault
from life.facts import Mode, State
from life.history import History
from life.knowing.observer import Knowing
from life.recent import Recent
from life.rule import CONWAY
from life.simulation import Simulation
from life.topology import TORUS


def make_window(settings: Settings, questions: Questions | None = None, tee: StderrTee | None = None) -> MainWindow:
    """A window as it was last time, see `fill`, which is not shown yet."""
    window = MainWindow(settings)
    fill(window, settings, questions, tee)
    return window


def fill(
    window: MainWindow, settings: Settings, questions: Questions | None = None, tee: StderrTee | None = None
) -> None:
    """Puts everything into a window, around a simulation that is not started yet, on an empty torus.

    Args:
        window: a new one, perhaps shown already.
        settings: how everything was last time.
        questions: how the user is asked; Qt's dialogs where None.
        tee: what goes to stderr; where None, the window is told of nothing that does.
    """
    board = Board(settings.get(ROWS), settings.get(COLUMNS))
    start = State(0, 0, board, CONWAY, TORUS, settings.experiment(), Mode.PAUSED)
    rate, stride, as_python = settings.rate(), settings.stride(), settings.get(AS_PYTHON)
    bridge, history, recent, knowing = SimulationBridge(), History(), Recent(), Knowing(settings.get(PAUSES))
    simulation = Simulation(
        bridge,
        start.board,
        start.rule,
        start.topology,
        start.experiment,
        rate=rate,
        stride=stride,
        hold_on_failure=not as_python,
        history=history,
        recent=recent,
        observer=knowing,
    )
    planted = Fault(settings.get(PLANTED))
    session = Session(
        simulation,
        bridge,
        start,
        rate=rate,
        stride=stride,
        as_python=as_python,
        planted_kind=planted,
        recent=recent,
    )
    furnish(window, session, Watch(history, bridge), settings, tee or StderrTee(), knowing, questions)


def open_window(pattern: Path | None, tee: StderrTee | None = None) -> MainWindow:
    """Opens the window at once, with a pattern in it where one is given; needs a QApplication."""
    window = MainWindow(Settings(users_store()))
    window.show_as_it_was()
    begin(window, pattern, tee)
    return window


def begin(window: MainWindow, pattern: Path | None, tee: StderrTee | None = None) -> None:
    """Fills a window that is shown, starts its simulation, and opens a pattern in it where one is given."""
    settings = Settings(users_store())
    trouble = settings.trouble
    fill(window, settings, tee=tee)
    if trouble:
        window.message.tell(trouble)
        tell_again = partial(window.message.tell, trouble)  # a pattern that is loaded takes earlier messages away
        window.session.loaded.connect(tell_again, Qt.ConnectionType.SingleShotConnection)
    window.session.start()
    window.files.offer()
    if pattern:
        window.document.open(pattern)


def tell_of_unexpected(window: MainWindow, unexpected: UnexpectedErrors) -> None:
    """Has the window tell from now on what nobody expected."""
    dialog = UnexpectedDialog(unexpected.log_path, window)
    unexpected.reported.connect(dialog.show_report)
    window.help_commands.follow(unexpected)
    dialog.diagnostics_wanted.connect(window.help_commands.copy_diagnostics)


@contextmanager
def looked_after(window: MainWindow) -> Iterator[None]:
    """While entered, Python's garbage and its threads' turns are as the window needs them."""
    gc.freeze()  # before it is enabled, or all that the start has made would be searched at once
    gc.enable()  # as it is left in the end
    with GarbageInGuiThread(lambda: window.watch.live is not None), TurnsAsThreadsNeed(window.session):
        yield
