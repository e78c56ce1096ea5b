"""The race's way through the window, with real events and real child processes."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolBar

from gui.race.choices import Choices
from gui.settings import RACE_CHOICES, Settings
from gui.switch import SegmentedSwitch
from gui.workspaces import Workspace
from tests.gui.racing import LONG, SLOW, TINY, NearRace
from tests.gui.windows import settings_in
from tests.life.child_processes import children

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def settings(tmp_path) -> Settings:
    made = settings_in(tmp_path)
    made.set(RACE_CHOICES, TINY.to_text())
    return made


@pytest.fixture
def opened(opened_on):
    """Opens windows as large as a small screen."""
    return lambda: opened_on((1280, 800))


@pytest.fixture
def window(opened):
    return opened()


def press(window, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)
    window.grab()


def open_docks(window):
    return {dock_id for dock_id, dock in window.docks.by_id.items() if not dock.isHidden()}


def start(window):
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Escape)


def test_a_key_shows_the_race_instead_of_the_board_and_another_brings_everything_back(window):
    press(window, Qt.Key.Key_2, CTRL)
    before = open_docks(window)
    press(window, Qt.Key.Key_3, CTRL)
    assert window.workspaces.shown is Workspace.RACE
    assert window.race.page.isVisible()
    assert not window.view.isVisible()
    assert open_docks(window) == set()
    assert not window.statusBar().isVisible()
    assert not window.findChild(QToolBar, "toolbar").isVisible()
    press(window, Qt.Key.Key_2, CTRL)
    assert window.view.isVisible()
    assert not window.race.page.isVisible()
    assert open_docks(window) == before
    assert window.statusBar().isVisible()
    assert window.findChild(QToolBar, "toolbar").isVisible()
    assert not window.findChild(QToolBar, "race-toolbar").isVisible()


def test_the_switch_stays_where_one_can_click_it(window):
    press(window, Qt.Key.Key_3, CTRL)
    (switch,) = [switch for switch in window.findChildren(SegmentedSwitch) if switch.isVisible()]
    assert [button.text() for button in switch.buttons] == ["Board", "Watch", "Race"]
    assert switch.buttons[2].isChecked()
    QTest.mouseClick(switch.buttons[0], Qt.MouseButton.LeftButton)
    assert window.view.isVisible()


@pytest.fixture
def near(monkeypatch):
    """Has runs made in this process."""
    monkeypatch.setattr("gui.race.runner.Race", NearRace)


def test_keys_alone_lead_through_a_race(window, qtbot):
    press(window, Qt.Key.Key_3, CTRL)
    start(window)
    assert window.race.runner.is_running
    qtbot.waitUntil(lambda: not window.race.runner.is_running, timeout=LONG)
    assert len(window.race.runner.race.entries) == 2
    assert window.session.generation == 0
    assert not window.session.is_running


def test_a_race_pauses_the_board(window, near, qtbot):
    window.session.play()
    qtbot.waitUntil(lambda: window.session.is_running, timeout=LONG)
    press(window, Qt.Key.Key_3, CTRL)
    start(window)
    qtbot.waitUntil(lambda: not window.session.is_running, timeout=LONG)
    qtbot.waitUntil(lambda: not window.race.runner.is_running, timeout=LONG)


def test_f6_goes_between_the_race_and_its_toolbar(window):
    press(window, Qt.Key.Key_3, CTRL)
    bar = window.findChild(QToolBar, "race-toolbar")
    seen = []
    for _ in range(4):
        press(window, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        seen.append("race" if window.race.page.isAncestorOf(focus) else "bar" if bar.isAncestorOf(focus) else focus)
    assert seen in (["race", "bar"] * 2, ["bar", "race"] * 2)


def test_the_choices_and_the_workspace_are_remembered(window, opened):
    press(window, Qt.Key.Key_3, CTRL)
    window.race.page.results.replay.speed.setCurrentIndex(2)
    page = window.race.page.setup
    page.strategies.boxes["serial"].click()
    page.repeat.setValue(2)
    window.close()
    again = opened()
    assert again.workspaces.shown is Workspace.RACE
    assert again.race.page.setup.choices.strategies == ("serial", "coroutines", "row-batches")
    assert again.race.page.setup.choices.repeat == 2
    assert again.race.page.results.replay.speed.currentIndex() == 2
    assert not again.findChild(QToolBar, "toolbar").isVisible()
    press(again, Qt.Key.Key_1, CTRL)
    assert again.view.isVisible()
    assert again.findChild(QToolBar, "toolbar").isVisible()
    assert "panel" in open_docks(again)


def test_closing_the_window_in_the_middle_leaves_no_process(settings, opened, qtbot):
    settings.set(RACE_CHOICES, SLOW.to_text())
    window = opened()
    press(window, Qt.Key.Key_3, CTRL)
    start(window)
    qtbot.waitUntil(lambda: bool(children()), timeout=LONG)
    seen = children()
    window.close()
    _, alive = psutil.wait_procs(seen, timeout=10)
    assert alive == []
    assert not window.race.runner.is_running


def test_a_race_goes_on_while_one_looks_at_the_board(window, near, qtbot):
    press(window, Qt.Key.Key_3, CTRL)
    start(window)
    press(window, Qt.Key.Key_1, CTRL)
    qtbot.waitUntil(lambda: not window.race.runner.is_running, timeout=LONG)
    press(window, Qt.Key.Key_3, CTRL)
    assert window.race.page.summary.text() == "2 runs done."


def test_choices_that_cannot_be_read_mean_the_first_ones(settings, opened):
    settings.set(RACE_CHOICES, "{nonsense")
    window = opened()
    press(window, Qt.Key.Key_3, CTRL)
    assert window.race.page.setup.choices == Choices()


LATE = """
import sys
from PySide6.QtCore import QSettings
import app
application = app.make_application()
from gui.settings import Settings
from gui.opening import make_window
from gui.workspaces import Workspace
window = make_window(Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat)))
window.show()
window.grab()
assert window.race.page is None
assert "pyqtgraph" not in sys.modules
window.session.start()
window.workspaces.show(Workspace.RACE)
window.grab()
window.race.page.results.make_charts()
assert "pyqtgraph" in sys.modules
window.close()
"""


def test_charts_are_imported_when_the_page_is_first_shown(tmp_path):
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", LATE, str(tmp_path / "settings.ini")]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_an_app_that_is_killed_in_the_middle_leaves_no_process(tmp_path):
    code = (
        "import sys; from gui.race.runner import RaceRunner; from PySide6.QtCore import QCoreApplication;"
        "from gui.race.choices import Choices; app = QCoreApplication([]); runner = RaceRunner();"
        "runner.start(Choices.from_text(sys.argv[1]).course()); app.exec()"
    )
    root = Path(__file__).resolve().parents[2]
    parent = subprocess.Popen([sys.executable, "-c", code, SLOW.to_text()], cwd=root)
    found: list[psutil.Process] = []
    while not found:
        assert parent.poll() is None
        found = psutil.Process(parent.pid).children(recursive=True)
    parent.kill()
    parent.wait()
    _, alive = psutil.wait_procs(found, timeout=10)
    assert alive == []
