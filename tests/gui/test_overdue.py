"""A strategy that does not come back though it was told to: what the user is told, and can do about it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

import gui.fanout.strategy_section
import gui.patience
import gui.race.looks
import gui.race.setup_parts
import gui.settings
import gui.status
import life.fanout
from gui.overdue_notice import sentence_of
from gui.patience import SECONDS_OF_MORE, SECONDS_OF_PATIENCE, Patience
from gui.window import MainWindow
from life.board import Board
from life.errors import LifeError
from life.experiment import Experiment, WireKind
from life.facts import Mode, Overdue
from life.rule import CONWAY
from life.topology import TORUS
from tests.gui.fakes import FakeSimulation, session
from tests.gui.windows import LONG
from tests.life.stuck import WAYS, Blocks, Stuck, stuck

LATE = Overdue("thread-per-cell", 7, 3, 12)
BLINKER = Board.from_live(9, 9, [(4, 3), (4, 4), (4, 5)])
UPRIGHT = Board.from_live(9, 9, [(3, 4), (4, 4), (5, 4)])


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Waiting:
    """Somebody with patience, and a simulation that may have none."""

    def __init__(self) -> None:
        self.simulation, self.clock = FakeSimulation(), Clock()
        self.simulation.late = LATE
        self.patience = Patience(self.simulation, clock=self.clock)
        self.heard: list[Overdue | None] = []
        self.patience.changed.connect(lambda: self.heard.append(self.patience.overdue))

    def look(self, ending: float | None) -> Overdue | None:
        self.simulation.ending = ending
        self.patience.look()
        return self.patience.overdue


@pytest.fixture
def waiting(qapp) -> Waiting:
    return Waiting()


def test_what_ends_soon_is_not_told_of(waiting):
    assert waiting.look(None) is None
    assert waiting.look(SECONDS_OF_PATIENCE - 0.1) is None
    assert waiting.heard == []


def test_what_does_not_end_is_told_of_until_it_does(waiting):
    assert waiting.look(SECONDS_OF_PATIENCE) == LATE
    assert waiting.look(SECONDS_OF_PATIENCE + 0.5) == LATE
    assert waiting.look(None) is None
    assert waiting.heard == [LATE, None]


def test_who_keeps_waiting_is_asked_again_only_later(waiting):
    waiting.look(3)
    waiting.patience.have_more()
    assert waiting.look(4) is None
    waiting.clock.now += SECONDS_OF_MORE
    assert waiting.look(4 + SECONDS_OF_MORE) == LATE


def test_who_presses_stop_again_is_asked_at_once(waiting):
    waiting.look(3)
    waiting.patience.have_more()
    waiting.patience.lose()
    assert waiting.look(4) == LATE


def test_more_patience_is_for_one_generation_only(waiting):
    waiting.look(3)
    waiting.patience.have_more()
    waiting.look(None)
    assert waiting.look(3) == LATE


def test_the_sentence_says_what_for_how_long_and_what_it_means():
    assert sentence_of(LATE) == (
        "“A thread per cell” was told to stop 3 s ago and has not come back; it has 12 threads. Left behind, they stay "
        "until Lifeloom is closed and may keep a processor busy; the board stays at generation 7."
    )
    assert "it has 1 thread. Left behind, it stays until" in sentence_of(Overdue("serial", 0, 60, 1))


def test_a_simulation_that_cannot_be_left_says_why():
    made, simulation, _ = session()
    heard = []
    made.told.connect(heard.append)

    def refuse() -> bool:
        raise LifeError("no thread could be started that goes on (can't start new thread); wait until others end")

    simulation.leave_behind = refuse
    made.leave_behind()
    assert heard == [
        "Nothing could be left behind: no thread could be started that goes on (can't start new thread); wait until "
        "others end."
    ]


# In the window.


@pytest.fixture
def way(request) -> Iterator[type[Stuck]]:
    with stuck(getattr(request, "param", Blocks)) as kind:
        yield kind


@pytest.fixture
def window(way, opened_on, monkeypatch) -> Iterator[MainWindow]:
    """One in which there is such a strategy, and nobody has any patience."""
    monkeypatch.setattr(gui.patience, "SECONDS_OF_PATIENCE", 0.0)
    for module in (gui.fanout.strategy_section, gui.race.looks, gui.race.setup_parts, gui.settings, gui.status):
        monkeypatch.setattr(module, "STRATEGIES", life.fanout.STRATEGIES)
    yield opened_on()
    way.released.set()


def get_stuck(window, qtbot, kind: type[Stuck]) -> None:
    window.session.load(BLINKER, CONWAY, TORUS)
    window.session.configure(Experiment(strategy=kind.key, wire=WireKind.NONE))
    window.session.play()
    qtbot.waitUntil(lambda: kind.entered.is_set() and window.session.is_running, timeout=LONG)


def told_of(window, qtbot) -> None:
    window.actions_by_id["stop"].trigger()
    qtbot.waitUntil(window.overdue.isVisible, timeout=LONG)


def answer(window, button: int) -> None:
    QTest.mouseClick(window.overdue.buttons[button], Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.key, indirect=True)
def test_it_is_left_behind_by_a_click_and_the_next_strategy_is_right(window, qtbot, way):
    get_stuck(window, qtbot, way)
    told_of(window, qtbot)
    assert window.overdue.text.startswith("“One that never comes back” was told to stop")
    answer(window, 0)
    qtbot.waitUntil(lambda: window.session.mode is Mode.PAUSED, timeout=LONG)
    assert not window.overdue.isVisible()
    assert window.message.text.startswith("“One that never comes back” was left behind. Its ")
    assert window.session.board == BLINKER
    window.session.configure(Experiment(strategy="row-batches", wire=WireKind.NONE))
    window.session.step()
    qtbot.waitUntil(lambda: window.session.generation == 1, timeout=LONG)
    assert window.view.board == UPRIGHT


def test_what_was_drawn_meanwhile_is_kept(window, qtbot, way):
    get_stuck(window, qtbot, way)
    window.session.change(UPRIGHT, "Turn")
    window.session.configure(Experiment(strategy="row-batches", wire=WireKind.NONE))
    qtbot.waitUntil(window.overdue.isVisible, timeout=LONG)
    answer(window, 0)
    qtbot.waitUntil(lambda: window.session.mode is Mode.PAUSED, timeout=LONG)
    way.released.set()
    window.session.step()
    qtbot.waitUntil(lambda: window.session.generation == 1, timeout=LONG)
    assert window.view.board == BLINKER


def test_what_comes_back_in_time_takes_the_notice_away(window, qtbot, way):
    get_stuck(window, qtbot, way)
    told_of(window, qtbot)
    way.released.set()
    qtbot.waitUntil(lambda: not window.overdue.isVisible(), timeout=LONG)
    qtbot.waitUntil(lambda: window.session.mode is Mode.PAUSED, timeout=LONG)
    assert window.session.board == BLINKER


def test_who_keeps_waiting_is_left_alone_until_stop_is_pressed_again(window, qtbot, way):
    get_stuck(window, qtbot, way)
    told_of(window, qtbot)
    answer(window, 1)
    window.session._patience.look()
    assert not window.overdue.isVisible()
    told_of(window, qtbot)


def test_a_window_is_closed_with_one_that_never_comes_back(window, qtbot, way):
    get_stuck(window, qtbot, way)
    window.close()
    assert not window.isVisible()
