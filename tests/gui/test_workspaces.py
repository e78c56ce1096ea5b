import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QTabBar, QToolBar

from gui.dock_table import DOCKS as ROWS
from gui.settings import PLAY_LAYOUT, WATCH_LAYOUT, WORKSPACE, Settings
from gui.stderr_tee import StderrTee
from gui.switch import SegmentedSwitch
from gui.workspaces import Workspace
from life.experiment import Experiment, Fault
from tests.gui.windows import LONG, settings_in

DOCKS = [row.id for row in ROWS]
AT_FIRST = {"library", "panel"}
IN_WATCH = set(DOCKS) - {"library", "population"}
WATCHING = [dock_id for dock_id in DOCKS if dock_id not in AT_FIRST]
KEYS = {  # with Alt
    "panel": Qt.Key.Key_1,
    "timeline": Qt.Key.Key_2,
    "costs": Qt.Key.Key_3,
    "stderr": Qt.Key.Key_4,
    "source": Qt.Key.Key_5,
    "filmstrip": Qt.Key.Key_6,
    "population": Qt.Key.Key_7,
    "library": Qt.Key.Key_8,
}


@pytest.fixture
def settings(tmp_path) -> Settings:
    return settings_in(tmp_path, Experiment(strategy="thread-per-cell", latency=0.001, time_limit=0.1))


@pytest.fixture
def opened(opened_on):
    """Opens windows as large as a small screen, or as one says."""

    def open_one(size=(1280, 800), tee=None):
        return opened_on(size, tee)

    return open_one


@pytest.fixture
def window(opened):
    return opened()


def press(window, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)
    window.grab()


def play(window) -> None:
    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)


def watch(window) -> None:
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)


def open_docks(window) -> set[str]:
    return {dock_id for dock_id, dock in window.docks.by_id.items() if not dock.isHidden()}


def step(window, qtbot, count=1) -> None:
    wanted = window.session.generation + count
    window.session.step(count)
    qtbot.waitUntil(lambda: window.session.generation == wanted and not window.session.is_running, timeout=LONG)


# Changing


def test_at_first_it_is_the_workspace_for_playing(window):
    assert window.workspaces.shown is Workspace.PLAY
    assert open_docks(window) == AT_FIRST
    assert window.actions_by_id["play-workspace"].isChecked()


def test_two_keys_change_between_the_workspaces(window):
    watch(window)
    assert open_docks(window) == IN_WATCH
    assert window.actions_by_id["watch-workspace"].isChecked()
    assert all(window.actions_by_id[dock_id].isChecked() for dock_id in IN_WATCH)
    play(window)
    assert open_docks(window) == AT_FIRST
    assert not any(window.actions_by_id[dock_id].isChecked() for dock_id in WATCHING)


def test_the_switch_in_the_toolbar_changes_them_too(window):
    switch = window.findChild(SegmentedSwitch)
    assert switch.accessibleName() == "Workspace"
    assert [button.text() for button in switch.buttons] == ["Board", "Watch", "Race"]
    QTest.mouseClick(switch.buttons[1], Qt.MouseButton.LeftButton)
    assert window.workspaces.shown is Workspace.WATCH
    QTest.mouseClick(switch.buttons[0], Qt.MouseButton.LeftButton)
    assert window.workspaces.shown is Workspace.PLAY


def test_the_switch_leaves_the_focus_where_it_was(window):
    switch = window.findChild(SegmentedSwitch)
    for field in (window.panel.strategy.strategy, window.panel.board.rows):
        field.setFocus()
        for button in (switch.buttons[1], switch.buttons[0]):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            assert window.focusWidget() is field


def test_the_board_has_the_focus_when_what_had_it_is_not_there_any_more(window, qtbot):
    window.library.dock.search.setFocus()
    QTest.mouseClick(window.findChild(SegmentedSwitch).buttons[1], Qt.MouseButton.LeftButton)
    assert window.focusWidget() is window.view
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.generation == 1, timeout=LONG)


def test_to_choose_the_workspace_that_is_shown_changes_nothing(window):
    press(window, KEYS["costs"], Qt.KeyboardModifier.AltModifier)
    play(window)
    assert open_docks(window) == AT_FIRST | {"costs"}


def test_four_docks_share_one_place(window):
    watch(window)
    tabbed = {dock.objectName() for dock in window.tabifiedDockWidgets(window.docks.by_id["costs"])}
    assert tabbed == {"stderr-dock", "source-dock", "filmstrip-dock"}


# Recording


def test_generations_are_recorded_only_while_somebody_watches(window, qtbot):
    step(window, qtbot)
    watch(window)
    step(window, qtbot)
    play(window)
    step(window, qtbot)
    press(window, KEYS["costs"], Qt.KeyboardModifier.AltModifier)
    step(window, qtbot)
    press(window, KEYS["costs"], Qt.KeyboardModifier.AltModifier)
    step(window, qtbot)
    recorded = [record.trace.is_recorded for record in window.watch.records]
    assert recorded == [False, True, False, True, False]


# Docks


@pytest.mark.parametrize("dock_id", DOCKS)
def test_every_dock_has_a_key_that_opens_and_closes_it_alone(window, dock_id):
    before = open_docks(window)
    press(window, KEYS[dock_id], Qt.KeyboardModifier.AltModifier)
    assert open_docks(window) == before ^ {dock_id}
    assert window.actions_by_id[dock_id].isChecked() is (dock_id not in before)
    press(window, KEYS[dock_id], Qt.KeyboardModifier.AltModifier)
    assert open_docks(window) == before


def test_the_key_of_a_dock_that_is_behind_another_brings_it_to_the_front(window):
    watch(window)
    source, costs = window.docks.by_id["source"], window.docks.by_id["costs"]
    assert source.visibleRegion().isEmpty()
    press(window, KEYS["source"], Qt.KeyboardModifier.AltModifier)
    assert not source.isHidden()
    assert not source.visibleRegion().isEmpty()
    assert window.actions_by_id["source"].isChecked()
    press(window, KEYS["source"], Qt.KeyboardModifier.AltModifier)
    assert source.isHidden()
    assert not costs.isHidden()


def test_to_bring_a_dock_to_the_front_leaves_the_board_its_size(window, qtbot):
    watch(window)
    qtbot.waitUntil(lambda: window.docks.by_id["timeline"].height() == round(0.36 * window.height()))  # settled
    before = window.view.size()
    for dock_id in ("stderr", "source", "filmstrip", "costs"):
        press(window, KEYS[dock_id], Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda shown=dock_id: not window.docks.by_id[shown].visibleRegion().isEmpty())
    window.grab()
    assert window.view.size() == before


@pytest.mark.parametrize("dock_id", WATCHING)
def test_a_dock_that_is_opened_alone_is_high_enough_to_be_read(window, dock_id, qtbot):
    press(window, KEYS[dock_id], Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.docks.by_id[dock_id].height() > window.height() / 5)


@pytest.mark.parametrize("dock_id", DOCKS)
def test_the_button_in_a_docks_frame_unchecks_its_action(window, dock_id):
    watch(window)
    window.docks.by_id[dock_id].close()
    assert not window.actions_by_id[dock_id].isChecked()


@pytest.mark.parametrize("dock_id", DOCKS)
def test_every_dock_has_a_name_for_whoever_cannot_see_it(window, dock_id):
    dock = window.docks.by_id[dock_id]
    assert dock.windowTitle()
    assert dock.objectName() == f"{dock_id}-dock"


def test_space_is_one_generation_in_a_text_that_can_only_be_read(window, qtbot):
    watch(window)
    press(window, KEYS["source"], Qt.KeyboardModifier.AltModifier)
    window.docks.source.code.setFocus()
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.generation == 1, timeout=LONG)


# How it was last time


def test_each_workspace_is_as_it_was_left(window, opened):
    press(window, KEYS["costs"], Qt.KeyboardModifier.AltModifier)
    watch(window)
    press(window, KEYS["panel"], Qt.KeyboardModifier.AltModifier)
    window.docks.by_id["filmstrip"].setFloating(True)
    play(window)
    assert open_docks(window) == AT_FIRST | {"costs"}
    watch(window)
    assert open_docks(window) == IN_WATCH - {"panel"}
    window.close()
    again = opened()
    assert again.workspaces.shown is Workspace.WATCH
    assert open_docks(again) == IN_WATCH - {"panel"}
    assert again.docks.by_id["filmstrip"].isFloating()
    play(again)
    assert open_docks(again) == AT_FIRST | {"costs"}


def test_a_dock_that_was_moved_is_where_it_was(window, opened):
    watch(window)
    dock = window.docks.by_id["source"]
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
    window.close()
    again = opened()
    assert again.dockWidgetArea(again.docks.by_id["source"]) is Qt.DockWidgetArea.LeftDockWidgetArea


@pytest.mark.parametrize("broken", [b"", b"nonsense", b"\x00\x00\x00\xff\x00\x00\x00\x01", b"\x00" * 400])
def test_a_layout_that_cannot_be_read_means_the_first_one(settings, opened, broken):
    settings.set(PLAY_LAYOUT, QByteArray(broken))
    settings.set(WATCH_LAYOUT, QByteArray(broken))
    settings.set(WORKSPACE, "dance")
    window = opened()
    assert open_docks(window) == AT_FIRST
    watch(window)
    assert open_docks(window) == IN_WATCH


def test_whoever_left_it_watching_is_recorded_at_once(window, opened, qtbot):
    watch(window)
    window.close()
    again = opened()
    step(again, qtbot)
    assert again.watch.records[-1].trace.is_recorded


# What belongs together


def test_everything_shows_the_same_generation(window, qtbot):
    watch(window)
    step(window, qtbot, 3)
    docks = window.docks
    costs, filmstrip = docks.by_id["costs"].widget(), docks.by_id["filmstrip"].widget()
    window.watch.select_record(window.watch.records[0])
    qtbot.waitUntil(lambda: costs.summary.text().startswith("Generation 1: "))
    press(window, KEYS["filmstrip"], Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: filmstrip.list.currentRow() == 1)
    press(window, KEYS["source"], Qt.KeyboardModifier.AltModifier)
    assert docks.source.code.toPlainText().startswith('"""A new thread for every cell')
    assert window.view.states.states is not None


def test_the_source_is_that_of_the_strategy_that_is_chosen(window):
    press(window, KEYS["source"], Qt.KeyboardModifier.AltModifier)
    window.session.configure(Experiment(strategy="task-group", latency=0.001))
    assert "TaskGroup" in window.docks.source.code.toPlainText()


def test_what_a_thread_dies_of_stands_in_the_dock(opened, qtbot, monkeypatch, capfd, python_prints_thread_errors):
    with StderrTee() as tee:
        window = opened(tee=tee)
        assert sys.stderr is tee
        watch(window)
        window.session.set_as_python(True)
        faults = {(3, 4): Fault.ERROR}
        window.session.configure(Experiment(latency=0.001, time_limit=0.1, faults=faults))
        step(window, qtbot)
        text = window.docks.by_id["stderr"].widget().text
        qtbot.waitUntil(lambda: "OSError: Problem with I/O" in text.toPlainText())
    assert text.toPlainText().startswith("Exception in thread cell-3-4:\n")
    assert "Exception in thread cell-3-4:" in capfd.readouterr().err


def test_the_trace_is_exported_from_the_menu(window, questions, qtbot, tmp_path):
    watch(window)
    step(window, qtbot)
    questions.path = tmp_path / "trace.json"
    with qtbot.waitSignal(window.exporter.exported):
        window.actions_by_id["export-trace"].trigger()
    assert (tmp_path / "trace.json").read_text().startswith('{"traceEvents":')


def test_without_a_generation_the_export_says_so_above_the_board(window):
    press(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.message.text == "There is no generation to export yet: make one, with Space."


@pytest.mark.parametrize("name", ["board", "timeline"])
def test_board_and_timeline_are_saved_as_pictures(window, questions, qtbot, tmp_path, name):
    watch(window)
    step(window, qtbot)
    questions.path = tmp_path / "picture.png"
    with qtbot.waitSignal(window.exporter.exported):
        window.actions_by_id[f"export-{name}"].trigger()
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")


# How it looks


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_the_board_is_the_largest_thing_while_one_watches(opened, size, qtbot):
    window = opened(size)
    watch(window)
    shown = [dock for dock in window.docks.by_id.values() if not dock.isHidden()]

    def is_largest() -> bool:
        area = window.view.width() * window.view.height()
        return all(dock.width() * dock.height() < area for dock in shown)

    qtbot.waitUntil(is_largest)


def test_the_window_for_watching_fits_a_small_screen(window):
    watch(window)
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 720


def test_no_button_of_the_toolbar_is_out_of_sight(window):
    bar = window.findChild(QToolBar, "toolbar")
    extension = bar.findChild(object, "qt_toolbar_ext_button")
    assert not extension.isVisible()


def test_the_board_keeps_its_place_when_the_legend_comes_and_goes(window, qtbot):
    watch(window)
    place = window.legend.parentWidget()
    step(window, qtbot)
    heights = {place.height()}
    window.watch.move_to(window.watch.records[0].trace.started)
    window.grab()
    assert window.legend.isVisible()
    heights.add(place.height())
    window.watch.select_record(None)
    window.grab()
    assert not window.legend.isVisible()
    heights.add(place.height())
    assert len(heights) == 1


def test_no_dock_is_alone_without_a_way_back(window):
    listed = {action.objectName() for action in window.actions_by_id.values()}
    names = {dock.objectName().removesuffix("-dock") for dock in window.findChildren(QDockWidget)}
    assert names <= listed


LATE = """
import subprocess
import sys
from pathlib import Path
from PySide6.QtCore import QSettings
import app
application = app.make_application()
from gui.settings import Settings
from gui.opening import make_window
from gui.workspaces import Workspace
window = make_window(Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat)))
window.show()
window.grab()
assert not {"pygments", "pyqtgraph"} & set(sys.modules)
window.docks.show("source", True)
assert "pygments" in sys.modules
window.session.start()
window.close()
"""


def test_what_only_a_dock_needs_is_imported_when_it_is_first_shown(tmp_path):
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", LATE, str(tmp_path / "settings.ini")]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def strips_of_tabs(window):
    """The titles on each strip of tabs between docks that can be seen."""
    bars = [bar for bar in window.findChildren(QTabBar) if bar.parent() is window and bar.isVisible()]
    return [[bar.tabText(n) for n in range(bar.count())] for bar in bars]


def test_the_docks_of_watching_are_laid_out_in_one_strip_of_tabs_after_a_restart_too(window, opened, qtbot):
    window.close()
    again = opened()
    assert again.workspaces.shown is Workspace.PLAY
    press(again, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    qtbot.wait(50)
    assert strips_of_tabs(again) == [["Costs", "stderr", "Source", "Filmstrip"]]


TOO_SMALL = """
import sys
from PySide6.QtCore import QSettings
import app
application = app.make_application()
from gui.document import Answer
from gui.settings import Settings
from gui.opening import make_window
from gui.workspaces import Workspace
from tests.gui.fakes import FakeQuestions
settings = Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat))
def opened_on_full_screen(is_first):
    window = make_window(settings, FakeQuestions(Answer.DISCARD))
    if is_first:
        window.docks.show("library", True)
    window.resize(1000, 700)
    window.show()
    application.processEvents()
    if is_first:
        window.showFullScreen()
        application.processEvents()
    assert window.isFullScreen()
    assert window.width() < window.layout().minimumSize().width()
    return window
first = opened_on_full_screen(True)
first.session.start()
first.close()
again = opened_on_full_screen(False)
for workspace in (Workspace.RACE, Workspace.PLAY, Workspace.WATCH, Workspace.PLAY):
    again.workspaces.show(workspace)
    again.layout().invalidate()
    again.layout().activate()
again.session.start()
again.close()
"""


def test_a_layout_that_is_too_large_for_a_full_screen_can_be_left_at_once(tmp_path):
    """What Qt has freed is overwritten (by glibc), so that whoever still looks at it crashes at once."""
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", TOO_SMALL, str(tmp_path / "settings.ini")]
    environment = {**os.environ, "MALLOC_PERTURB_": "204"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
