"""Everything that the keyboard reaches has a name that a screen reader can say."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QDockWidget,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QScrollArea,
    QScrollBar,
    QSplitter,
    QTabBar,
    QWidget,
)

from life.experiment import Experiment, Fault
from tests.gui.windows import LONG, opened, press, settings_in

# What has parts with names of their own, and nothing to say itself.
HOLDERS = (QDialog, QDockWidget, QMenu, QScrollArea, QScrollBar, QSplitter, QTabBar)


@pytest.fixture
def window(qtbot, tmp_path):
    yield from opened(qtbot, settings_in(tmp_path))


def name_of(widget):
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def is_inside_of_a_control(widget):
    """Whether it is a part that Qt made within a control, which speaks for it, such as the list of a combo box."""
    parent = widget.parentWidget()
    return (
        widget.objectName().startswith("qt_")
        or isinstance(parent, QLineEdit)
        or (isinstance(parent, QAbstractItemView) and widget is parent.viewport())
        or parent.metaObject().className() == "QComboBoxPrivateContainer"
    )


def nameless(root):
    controls = [widget for widget in root.findChildren(QWidget) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    controls += root.findChildren(QAbstractButton)
    return sorted(
        {
            f"{type(widget).__name__} {widget.objectName()!r} in {widget.parentWidget().objectName()!r}"
            for widget in controls
            if not isinstance(widget, HOLDERS) and not is_inside_of_a_control(widget) and not name_of(widget)
        }
    )


@pytest.mark.parametrize("workspace", ["play-workspace", "watch-workspace", "race-workspace"])
def test_every_control_of_the_window_has_a_name(window, workspace):
    window.actions_by_id[workspace].trigger()
    for dock in window.docks.by_id.values():
        dock.show()
    window.grab()
    assert nameless(window) == []


def test_every_control_of_the_presenter_mode_has_a_name(window):
    press(window, Qt.Key.Key_F12)
    assert nameless(window) == []


OPENERS = ("keys", "about", "count", "fill", "information")


@pytest.mark.parametrize("action_id", OPENERS)
def test_every_control_of_a_dialog_has_a_name_and_so_has_the_dialog(window, qtbot, action_id):
    before = set(QApplication.topLevelWidgets())
    window.actions_by_id[action_id].trigger()

    def opened_dialogs():
        return [
            widget
            for widget in QApplication.topLevelWidgets()
            if widget not in before and isinstance(widget, QDialog) and widget.isVisible()
        ]

    qtbot.waitUntil(lambda: bool(opened_dialogs()), timeout=LONG)
    for dialog in opened_dialogs():
        assert dialog.windowTitle()
        if not isinstance(dialog, QFileDialog | QInputDialog | QMessageBox):  # Qt's own
            assert nameless(dialog) == []
        dialog.close()


def test_every_control_of_the_window_that_tells_of_failures_has_a_name(window, qtbot):
    faults = {(3, 4): Fault.ERROR, (5, 6): Fault.ERROR}
    window.session.configure(Experiment(strategy="task-group", latency=0.0, faults=faults))
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.failures.dialog is not None and window.failures.dialog.isVisible(), timeout=LONG)
    assert nameless(window.failures.dialog) == []
    window.failures.dialog.reject()


def test_the_board_and_what_stands_around_it_say_what_they_are(window):
    assert name_of(window.view) == "Board"
    assert window.view.accessibleDescription()
    assert all(dock.windowTitle() for dock in window.docks.by_id.values())


def test_tab_reaches_every_field_of_the_panel_in_the_order_in_which_it_is_read(window):
    window.panel.strategy.strategy.setFocus()
    seen = []
    while window.panel.isAncestorOf(window.focusWidget()) and len(seen) < 40:
        focus = window.focusWidget()
        seen.append(focus.mapTo(window.panel.widget(), focus.rect().center()).y())
        press(window, Qt.Key.Key_Tab)
    assert len(seen) >= 8
    assert all(after - before > -20 for before, after in pairwise(seen))


def test_a_cell_is_drawn_and_a_fault_planted_with_keys_alone(window, qtbot):
    for _ in range(3):
        press(window, Qt.Key.Key_Right)
    cell = window.view.cursor_cell
    press(window, Qt.Key.Key_D)
    assert window.view.board.is_alive(*cell)
    press(window, Qt.Key.Key_F7)
    press(window, Qt.Key.Key_D)
    assert dict(window.session.experiment.faults) == {cell: Fault.ERROR}
