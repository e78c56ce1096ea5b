"""From the settings to a window: what is remembered, the simulation that it is put into, and the window around it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, Qt

from gui.bridge import SimulationBridge
from gui.document import Questions
from gui.session import Session
from gui.settings import AS_PYTHON, COLUMNS, GEOMETRY, PAUSES, PLANTED, ROWS, Settings
from gui.stderr_tee import StderrTee
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
    """A window as it was last time around a simulation that is not started yet, on an empty torus.

    Args:
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
    return MainWindow(session, Watch(history, bridge), settings, tee or StderrTee(), knowing, questions)


def open_window(pattern: Path | None, tee: StderrTee | None = None) -> MainWindow:
    """Opens the window, with a pattern in it where one is given; needs a QApplication."""
    settings = Settings(QSettings("Lifeloom", "Lifeloom"))
    trouble = settings.trouble
    window = make_window(settings, tee=tee)
    if settings.get(GEOMETRY).isEmpty() and window.height() >= window.screen().availableSize().height():
        window.showMaximized()  # with its title bar it would not fit
    else:
        window.show()
    if trouble:
        window.message.tell(trouble)
        tell_again = partial(window.message.tell, trouble)  # a pattern that is loaded takes earlier messages away
        window.session.loaded.connect(tell_again, Qt.ConnectionType.SingleShotConnection)
    window.session.start()
    window.files.offer()
    if pattern:
        window.document.open(pattern)
    return window
