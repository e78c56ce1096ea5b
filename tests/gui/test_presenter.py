import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolBar, QToolButton

from gui.cards import heading
from gui.look.type_size import TypeFollower, enlarged, larger_font, type_size
from gui.presenter.presenter import MOST_TIMES, TIMES
from gui.settings import GEOMETRY, PLAY_LAYOUT
from gui.workspaces import Workspace
from life.board import Board
from life.experiment import Experiment, Fault
from tests.gui.windows import LONG, opened, press


@pytest.fixture
def window(qtbot, settings):
    yield from opened(qtbot, settings)
    assert type_size().factor == 1  # closing a window leaves the presenter mode


def present(window):
    press(window, Qt.Key.Key_F12)
    window.grab()


def settle(window):
    """Has everything laid out that waits for it."""
    QApplication.sendPostedEvents()
    window.grab()


def shown_docks(window):
    return {dock_id for dock_id, dock in window.docks.by_id.items() if not dock.isHidden()}


def look_of(window):
    """Everything that has to come back."""
    return (
        window.size(),
        window.isFullScreen(),
        shown_docks(window),
        [(bar.objectName(), bar.isHidden()) for bar in window.findChildren(QToolBar)],
        window.menuBar().isHidden(),
        window.statusBar().isHidden(),
        window.panel.size(),
        window.view.viewport,
        window.focusWidget(),
        QApplication.font(),
        window.panel.minimumWidth(),
        [(dock.objectName(), dock.titleBarWidget()) for dock in window.docks.by_id.values()],
    )


def test_one_key_leaves_only_what_a_room_has_to_see(window):
    present(window)
    presenter = window.outlook.presenter
    assert window.isFullScreen()
    assert window.menuBar().isHidden()
    assert window.statusBar().isHidden()
    assert {bar.objectName() for bar in window.findChildren(QToolBar) if not bar.isHidden()} == {"presenter-toolbar"}
    assert shown_docks(window) == set()
    assert presenter.bar.isVisible()
    assert presenter.figures.isVisible()
    words = {button.text() for button in presenter.bar.findChildren(QToolButton) if button.isVisible()}
    assert words == {"Play", "One generation", "Stop", "Slower", "Faster", "Leave"}
    assert presenter.bar.rate.text() == "as fast as it goes"


@pytest.mark.parametrize("key", [Qt.Key.Key_F12, Qt.Key.Key_Escape])
@pytest.mark.parametrize("workspace", ["play-workspace", "watch-workspace"])
def test_one_key_brings_everything_back_exactly_as_it_was(window, key, workspace):
    window.actions_by_id[workspace].trigger()
    settle(window)
    before = look_of(window)
    present(window)
    assert window.view.viewport != before[7]
    press(window, key)
    settle(window)
    assert look_of(window) == before
    assert not window.actions_by_id["present"].isChecked()


def test_the_button_brings_it_back_as_well(window):
    before = look_of(window)
    present(window)
    QTest.mouseClick(window.outlook.presenter.bar.leave, Qt.MouseButton.LeftButton)
    window.grab()
    assert look_of(window) == before


def test_a_window_that_was_on_the_whole_screen_stays_there(window):
    press(window, Qt.Key.Key_F11)
    present(window)
    press(window, Qt.Key.Key_F12)
    assert window.isFullScreen()
    assert window.actions_by_id["full-screen"].isChecked()
    press(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()


def test_type_is_larger_and_lines_are_thicker(window):
    points, line = QApplication.font().pointSizeF(), window.view.viewport.line
    present(window)
    assert TIMES <= type_size().factor <= MOST_TIMES
    assert QApplication.font().pointSizeF() == pytest.approx(points * type_size().factor)
    assert window.view.viewport.line > line


def test_keys_and_buttons_run_generations_and_the_figures_follow(window, qtbot):
    present(window)
    figures, bar = window.outlook.presenter.figures, window.outlook.presenter.bar
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: figures.generation.text == "1", timeout=LONG)
    step = next(button for button in bar.findChildren(QToolButton) if button.text() == "One generation")
    QTest.mouseClick(step, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: figures.generation.text == "2", timeout=LONG)
    window.session.configure(Experiment(strategy="task-group", latency=0.0))
    assert figures.strategy.text == window.status.strategy.text
    window.status.sampled.emit(1234)
    assert figures.threads.text == "1,234"


def test_a_board_that_is_computed_as_a_whole_shows_how_fast_instead_of_threads(window, qtbot):
    present(window)
    figures = window.outlook.presenter.figures
    assert figures.threads.isVisible()
    window.session.configure(Experiment(strategy="whole-board"))
    assert not figures.threads.isVisible()
    assert figures.pace.isVisible()
    window.session.change(Board.from_live(12, 16, [(4, 4), (4, 5), (4, 6)]), "Draw")
    window.actions_by_id["pause-at-end"].setChecked(False)
    window.session.play()
    qtbot.waitUntil(lambda: figures.pace.text != "", timeout=LONG)
    window.session.pause()
    assert int(figures.pace.text.replace(",", "").split(".")[0]) > 0


def test_escape_first_stops_what_runs_and_then_leads_back(window, qtbot):
    window.session.configure(Experiment(strategy="coroutines", latency=30.0))
    present(window)
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.is_running, timeout=LONG)
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.session.is_running, timeout=LONG)
    assert window.outlook.presenter.is_presenting
    press(window, Qt.Key.Key_Escape)
    assert not window.outlook.presenter.is_presenting


def test_escape_means_nothing_of_that_in_the_usual_window(window):
    before = look_of(window)
    press(window, Qt.Key.Key_Escape)
    assert look_of(window) == before


def test_while_watching_the_timeline_stays_and_other_docks_open_over_it_with_the_whole_width(window, qtbot):
    window.actions_by_id["watch-workspace"].trigger()
    present(window)
    assert shown_docks(window) == {"timeline"}
    press(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    window.grab()
    costs = window.docks.by_id["costs"]
    qtbot.waitUntil(lambda: not costs.visibleRegion().isEmpty(), timeout=LONG)
    qtbot.waitUntil(lambda: costs.width() == window.width(), timeout=LONG)


def test_another_workspace_is_presented_as_well_and_each_is_remembered_as_it_was(window, settings):
    window.actions_by_id["panel"].setChecked(False)
    window.actions_by_id["watch-workspace"].trigger()
    window.grab()
    watching = shown_docks(window)
    present(window)
    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    window.grab()
    assert shown_docks(window) == set()
    assert window.statusBar().isHidden()
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    window.grab()
    assert shown_docks(window) == {"timeline"}
    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    press(window, Qt.Key.Key_F12)
    window.grab()
    assert window.workspaces.shown is Workspace.PLAY
    assert "panel" not in shown_docks(window)
    window.actions_by_id["watch-workspace"].trigger()
    window.grab()
    assert shown_docks(window) == watching


def test_a_window_that_is_closed_while_presenting_opens_as_it_was_before(window, qtbot, settings):
    before = look_of(window)
    present(window)
    window.close()
    assert not settings.get(GEOMETRY).isEmpty()
    assert not settings.get(PLAY_LAYOUT).isEmpty()
    for again in opened(qtbot, settings):
        assert not again.isFullScreen()
        assert not again.outlook.presenter.is_presenting
        assert shown_docks(again) == before[2]
        assert not again.menuBar().isHidden()


def test_a_failure_is_told_in_large_type(window, qtbot):
    window.session.configure(Experiment(strategy="serial", latency=0.0, faults={(3, 4): Fault.ERROR}))
    present(window)
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.failures.dialog is not None and window.failures.dialog.isVisible(), timeout=LONG)
    dialog = window.failures.dialog
    assert dialog.headline.font().pointSizeF() > QApplication.font().pointSizeF()
    assert dialog.as_python.font().pointSizeF() == pytest.approx(QApplication.font().pointSizeF())
    dialog.reject()
    small = dialog.headline.font().pointSizeF() / type_size().factor
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.view.setFocus()
    press(window, Qt.Key.Key_F12)
    assert dialog.headline.font().pointSizeF() == pytest.approx(small)


# The size of type


def test_what_has_a_font_or_a_measure_of_its_own_follows_too(qtbot):
    title, measures = heading("A title", 3), []
    qtbot.addWidget(title)
    usual = title.font().pointSizeF()
    TypeFollower(title, lambda: measures.append(enlarged(10)))
    type_size().enlarge(2.0)
    try:
        assert title.font().pointSizeF() == pytest.approx(2 * usual)
        assert larger_font(1.5).pointSizeF() == pytest.approx(1.5 * QApplication.font().pointSizeF())
    finally:
        type_size().enlarge(1.0)
    assert title.font().pointSizeF() == usual
    assert measures == [10, 20, 10]


def test_a_widget_that_is_gone_is_not_asked_to_follow(qtbot):
    label, asked = QLabel(), []
    TypeFollower(label, lambda: asked.append(1))
    label.deleteLater()
    QApplication.sendPostedEvents(label, QEvent.Type.DeferredDelete)
    type_size().enlarge(1.5)
    type_size().enlarge(1.0)
    assert asked == [1]


def test_workspaces_that_are_changed_meanwhile_come_back_with_the_sizes_that_they_had(window):
    settle(window)
    widths = {dock_id: window.docks.by_id[dock_id].width() for dock_id in shown_docks(window)}
    present(window)
    for key in (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_1):
        press(window, key, Qt.KeyboardModifier.ControlModifier)
        settle(window)
    press(window, Qt.Key.Key_F12)
    settle(window)
    assert {dock_id: window.docks.by_id[dock_id].width() for dock_id in shown_docks(window)} == widths


def test_in_the_race_there_is_nothing_of_the_board(window):
    present(window)
    press(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert not window.outlook.presenter.figures.isVisible()
    bar = window.outlook.presenter.bar
    assert {button.text() for button in bar.findChildren(QToolButton) if button.isVisible()} == {"Leave"}
    QTest.mouseClick(bar.leave, Qt.MouseButton.LeftButton)
    assert window.workspaces.shown is Workspace.RACE
    assert window.statusBar().isHidden()
