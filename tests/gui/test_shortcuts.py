import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMainWindow, QSpinBox

from gui.actions.make import make_actions
from gui.actions.table import ROWS
from gui.keys import KeyGuard
from gui.settings import KEYS, Settings
from gui.shortcuts.dialog import ShortcutDialog
from gui.shortcuts.keymap import MOST_KEYS, Keymap, portable, read_changes
from gui.shortcuts.model import ID
from tests.gui.fakes import FakeSimulation
from tests.gui.windows import LONG, opened, press

NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
DEFAULTS = {row.id: tuple(portable(keys) for keys in row.shortcuts) for row in ROWS}

# The habit to follow is Golly's, where it has one.
AS_GOLLY = {
    "Return": "play", "Space": "step", "Tab": "steps", "Ctrl+R": "reset", "+": "faster", "-": "slower",
    "Ctrl+Z": "undo", "Ctrl+Shift+Z": "redo", "Ctrl+Y": "redo", "F": "fit", "[": "zoom-out", "]": "zoom-in",
    "1": "scale-1", "2": "scale-2", "4": "scale-4", "8": "scale-8", "6": "scale-16", "3": "scale-32",
    "F2": "draw", "F3": "pick", "F4": "select", "F5": "pan", "Ctrl+5": "random",
    "X": "flip-left-right", "Y": "flip-top-bottom", "<": "rotate-counterclockwise", ">": "rotate-clockwise",
    "L": "grid", "A": "select-all", "S": "shrink", "V": "paste", "Shift+M": "next-paste-mode", "F11": "full-screen",
}  # fmt: skip


@pytest.fixture
def window(qtbot, settings):
    yield from opened(qtbot, settings)


@pytest.fixture
def keymap(qtbot, settings):
    parent = QMainWindow()
    qtbot.addWidget(parent)
    yield Keymap(make_actions(parent, [FakeSimulation()]), settings, parent)
    parent.close()


@pytest.fixture
def dialog(qtbot, keymap):
    made = ShortcutDialog(keymap)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


@pytest.mark.parametrize("key", AS_GOLLY)
def test_a_key_does_what_the_habit_says(keymap, key):
    assert keymap.holder_of(key) == AS_GOLLY[key]


def test_no_action_has_more_keys_than_can_be_changed():
    assert max(len(row.shortcuts) for row in ROWS) <= MOST_KEYS


# Changing keys


def test_a_changed_key_takes_effect_at_once_in_action_and_tip(keymap):
    keymap.set_keys("fit", ("Ctrl+J",))
    action = keymap.action_for("Ctrl+J")
    assert action.objectName() == "fit"
    assert action.shortcut() == QKeySequence("Ctrl+J")
    assert "(Ctrl+J)" in action.toolTip()
    assert keymap.holder_of("F") is None


def test_a_key_is_taken_from_whoever_had_it(keymap):
    keymap.set_keys("fit", ("F2",))
    assert keymap.keys_of("draw") == ()
    assert keymap.holder_of("F2") == "fit"
    keymap.restore("draw")
    assert (keymap.holder_of("F2"), keymap.keys_of("fit")) == ("draw", ())


def test_changes_are_remembered_and_only_they(keymap, settings, qtbot):
    keymap.set_keys("fit", ("Ctrl+J", "F"))
    assert json.loads(settings.get(KEYS)) == {"fit": ["Ctrl+J", "F"]}
    parent = QMainWindow()
    qtbot.addWidget(parent)
    again = Keymap(make_actions(parent, [FakeSimulation()]), settings, parent)
    assert again.keys_of("fit") == ("Ctrl+J", "F")
    again.restore_all()
    assert settings.get(KEYS) == ""
    assert {action_id: again.keys_of(action_id) for action_id in DEFAULTS} == DEFAULTS


def test_an_action_without_a_key_stays_without_one(keymap, settings):
    keymap.set_keys("fit", ())
    assert read_changes(settings.get(KEYS), DEFAULTS) == {"fit": ()}


@given(st.lists(st.tuples(st.sampled_from(sorted(DEFAULTS)), st.lists(st.sampled_from("ABJKQ123"), max_size=4))))
def test_whatever_is_changed_no_key_ever_has_two_meanings(tmp_path_factory, qapp, changes):
    store = QSettings(str(tmp_path_factory.mktemp("keys") / "s.ini"), QSettings.Format.IniFormat)
    parent = QMainWindow()
    keymap = Keymap(make_actions(parent, [FakeSimulation()]), Settings(store), parent)
    for action_id, keys in changes:
        keymap.set_keys(action_id, tuple(keys))
        held = [key for known in DEFAULTS for key in keymap.keys_of(known)]
        assert len(set(held)) == len(held)
    changed = {action_id: keymap.keys_of(action_id) for action_id in DEFAULTS if keymap.is_changed(action_id)}
    assert read_changes(Settings(store).get(KEYS), DEFAULTS) == changed
    parent.deleteLater()


@pytest.mark.parametrize(
    "stored",
    ["nonsense", "[]", "3", '{"fit": 3}', '{"nobody": ["K"]}', '{"fit": [3, null, ""]}', "[" * 100_000, '{"fit": {}}'],
)
def test_a_broken_value_costs_a_preference_and_never_the_start(stored):
    changes = read_changes(stored, DEFAULTS)
    assert set(changes) <= {"fit"}
    assert all(key == portable(key) for keys in changes.values() for key in keys)


def test_a_file_that_gives_a_key_to_two_actions_is_not_believed():
    assert read_changes('{"fit": ["F2", "J"], "reset": ["J"]}', DEFAULTS) == {"fit": ("J",), "reset": ()}


# The window


def names(dialog):
    found = dialog.found
    branches = [found.index(row, 0) for row in range(found.rowCount())]
    return [found.index(row, 0, branch).data() for branch in branches for row in range(found.rowCount(branch))]


def test_all_actions_are_listed_by_menu_and_the_mouse_below_them(dialog):
    found = dialog.found
    branches = [found.index(row, 0).data() for row in range(found.rowCount())]
    assert branches[:4] == ["File", "Edit", "Run", "View"]
    assert "With the mouse on the board" in branches
    ids = {
        found.index(row, 0, found.index(branch, 0)).data(ID)
        for branch in range(found.rowCount())
        for row in range(found.rowCount(found.index(branch, 0)))
    }
    assert ids - {""} == set(DEFAULTS)


def test_a_search_by_word_finds_names_menus_and_gestures(dialog):
    QTest.keyClicks(dialog.words, "zoom")
    assert {"Zoom in", "Zoom out", "Zoom at the pointer"} <= set(names(dialog))
    assert "Play" not in names(dialog)
    dialog.words.clear()
    assert "Play" in names(dialog)


def test_a_search_by_pressing_a_key_finds_what_it_does(dialog):
    QTest.keyClick(dialog.key, Qt.Key.Key_R, CTRL)
    assert names(dialog) == ["Reset"]
    assert dialog.editor.title.text() == "Reset"


def test_a_search_that_finds_nothing_says_so(dialog):
    QTest.keyClicks(dialog.words, "xyzzy")
    assert dialog.nothing.isVisible()
    assert not dialog.list.isVisible()


def test_a_free_key_is_taken_at_once(dialog, keymap):
    dialog.choose("fit")
    QTest.keyClick(dialog.editor.fields[0], Qt.Key.Key_J, CTRL)
    assert keymap.keys_of("fit") == ("Ctrl+J",)
    assert not dialog.editor.conflict.isVisible()
    assert dialog.restore_all.isEnabled()


def test_a_second_key_goes_beside_the_first(dialog, keymap):
    dialog.choose("fit")
    QTest.keyClick(dialog.editor.fields[1], Qt.Key.Key_J, CTRL)
    assert keymap.keys_of("fit") == ("F", "Ctrl+J")


def test_a_key_that_has_a_meaning_is_asked_about_and_left_or_taken(dialog, keymap):
    dialog.choose("fit")
    field, conflict = dialog.editor.fields[0], dialog.editor.conflict
    QTest.keyClick(field, Qt.Key.Key_F2)
    assert conflict.text.text() == "F2 means “Draw” already."
    assert keymap.keys_of("fit") == ("F",)
    QTest.mouseClick(conflict.leave, Qt.MouseButton.LeftButton)
    assert (keymap.keys_of("draw"), field.key) == (("F2",), "F")
    QTest.keyClick(field, Qt.Key.Key_F2)
    QTest.mouseClick(conflict.take, Qt.MouseButton.LeftButton)
    assert (keymap.keys_of("draw"), keymap.keys_of("fit")) == ((), ("F2",))
    assert not conflict.isVisible()


def test_a_field_that_is_cleared_takes_the_key_away(dialog, keymap):
    dialog.choose("faster")
    dialog.editor.fields[0].clear()
    assert keymap.keys_of("faster") == ("=",)


def test_one_action_and_then_all_go_back_to_their_defaults(dialog, keymap):
    for action_id, key in (("fit", Qt.Key.Key_J), ("reset", Qt.Key.Key_K)):
        dialog.choose(action_id)
        QTest.keyClick(dialog.editor.fields[0], key, CTRL)
    QTest.mouseClick(dialog.editor.restore, Qt.MouseButton.LeftButton)
    assert (keymap.keys_of("reset"), keymap.keys_of("fit")) == (("Ctrl+R",), ("Ctrl+J",))
    QTest.mouseClick(dialog.restore_all, Qt.MouseButton.LeftButton)
    assert keymap.keys_of("fit") == ("F",)
    assert not dialog.restore_all.isEnabled()


def test_what_the_mouse_does_cannot_be_changed(dialog):
    QTest.keyClicks(dialog.words, "right drag")
    assert not any(field.isEnabled() for field in dialog.editor.fields)


# In the window


def test_the_window_of_keys_opens_by_key_and_what_is_changed_there_works_at_once(window):
    press(window, Qt.Key.Key_F1)
    dialog = window.outlook.shortcuts.dialog
    dialog.choose("grid")
    QTest.keyClick(dialog.editor.fields[0], Qt.Key.Key_J)
    dialog.close()
    window.view.setFocus()
    before = window.actions_by_id["grid"].isChecked()
    QTest.keyClick(window.view, Qt.Key.Key_L)
    assert window.actions_by_id["grid"].isChecked() is before
    QTest.keyClick(window.view, Qt.Key.Key_J)
    assert window.actions_by_id["grid"].isChecked() is not before


def test_space_means_on_the_board_what_it_was_changed_to(window, qtbot):
    keymap = window.outlook.shortcuts.keymap
    keymap.set_keys("fit", ("Space",))
    press(window, Qt.Key.Key_1)
    scale = window.view.scale
    press(window, Qt.Key.Key_Space)
    assert window.view.scale != scale
    assert window.session.generation == 0
    keymap.restore("step")
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.generation == 1, timeout=LONG)


def test_tab_runs_several_generations_on_the_board_and_goes_on_everywhere_else(window, qtbot):
    press(window, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: window.session.generation == 10 and not window.session.is_running, timeout=LONG)
    assert window.view.hasFocus()
    first = window.panel.strategy.strategy
    first.setFocus()
    press(window, Qt.Key.Key_Tab)
    assert not first.hasFocus()
    assert window.panel.isAncestorOf(window.focusWidget())
    window.view.setFocus()
    press(window, Qt.Key.Key_Backtab, SHIFT)
    assert not window.view.hasFocus()
    assert window.session.generation == 10


# Letters stay in text fields


@pytest.mark.parametrize("make", [QLineEdit, QSpinBox, QComboBox], ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("letter", sorted({keys for row in ROWS for keys in row.shortcuts if len(keys) == 1}))
def test_a_single_letter_never_leaves_the_field_that_it_is_typed_in(qtbot, make, letter):
    window = QMainWindow()
    qtbot.addWidget(window)
    field = make()
    window.setCentralWidget(field)
    slots = FakeSimulation()
    make_actions(window, [slots])
    guard = KeyGuard(window, window)
    window.installEventFilter(guard)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    QTest.keyClicks(field, letter)
    assert slots.calls == []
    if isinstance(field, QLineEdit):
        assert field.text().lower() == letter.lower()


def test_the_search_field_of_the_keys_gets_every_letter(window):
    press(window, Qt.Key.Key_F1)
    dialog = window.outlook.shortcuts.dialog
    scale = window.view.scale
    QTest.keyClicks(dialog.words, "fl1 8+")
    assert dialog.words.text() == "fl1 8+"
    assert window.view.scale == scale
    dialog.close()


def test_no_field_of_the_window_loses_a_letter_to_the_board(window):
    def state():
        return window.view.scale, window.session.rate, window.editing.selection, window.session.generation

    fields = [field for field in window.findChildren(QLineEdit) if field.isVisible() and field.isEnabled()]
    assert len(fields) >= 5
    before = state()
    for field in fields:
        field.setFocus()
        QTest.keyClicks(QApplication.focusWidget(), "fal18+-[]")
        assert state() == before
