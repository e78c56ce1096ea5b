from inspect import signature

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar

from gui.actions.make import enable_actions, make_actions, slot_of
from gui.actions.menus import MENUS, TOOLBAR, WITH_TEXT, fill_menus, fill_toolbar, ids_in
from gui.actions.table import ROWS, Situation
from gui.commands.board import BoardCommands
from gui.commands.files import FileCommands
from gui.commands.help import HelpCommands
from gui.commands.look import LookCommands
from gui.commands.run import RunCommands
from gui.commands.sight import SightCommands
from gui.editing.commands import EditingCommands
from gui.files.commands import InformationCommands
from gui.knowing.desk import KnowingDesk
from gui.library.desk import LibraryDesk
from gui.look.assets import assets_folder
from gui.out.commands import OutCommands
from gui.panes import Panes
from gui.presenter.presenter import Presenter
from gui.race.room import RaceRoom
from gui.shortcuts.desk import ShortcutDesk
from gui.undo.commands import UndoCommands
from life.facts import Mode
from tests.gui.fakes import FakeSimulation

IDS = [row.id for row in ROWS]
OWNERS = (
    RaceRoom, LibraryDesk,
    FileCommands, UndoCommands, BoardCommands, EditingCommands, RunCommands, LookCommands, HelpCommands,
    SightCommands,
    Presenter, Panes, ShortcutDesk, KnowingDesk, InformationCommands, OutCommands,
)  # fmt: skip  # whoever brings actions along is named here


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_every_row_has_a_slot_that_takes_what_it_is_called_with(row):
    slot = slot_of(row, OWNERS)
    takes = len(signature(slot).parameters) - 1
    assert takes == (1 if row.is_checkable and not row.group else 0)


@pytest.mark.parametrize("row", [row for row in ROWS if row.icon], ids=lambda row: row.id)
def test_every_icon_that_is_named_is_drawn(row):
    assert (assets_folder() / "icons" / f"{row.icon}.svg").is_file()


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_every_shortcut_is_one_that_qt_understands(row):
    for keys in row.shortcuts:
        assert not QKeySequence(keys).isEmpty()


def test_no_two_rows_share_an_id_or_a_key():
    assert len(set(IDS)) == len(IDS)
    keys = [QKeySequence(keys).toString() for row in ROWS for keys in row.shortcuts]
    assert len(set(keys)) == len(keys)


def test_every_row_is_in_exactly_one_menu():
    in_menus = [action_id for menu in MENUS for action_id in ids_in(menu)]
    assert sorted(in_menus) == sorted(IDS)


def test_the_toolbar_names_only_rows_that_have_an_icon():
    icons = {row.id for row in ROWS if row.icon}
    assert {action_id for action_id in TOOLBAR if action_id not in ("", "-", "rate", "workspaces")} <= icons
    assert set(WITH_TEXT) <= set(TOOLBAR)


def test_no_menu_has_two_entries_with_the_same_letter():
    def menus_in(menus):
        for menu in menus:
            yield menu
            yield from menus_in(entry for entry in menu[1] if isinstance(entry, tuple))

    for title, entries in menus_in(MENUS):
        texts = [row.text for row in ROWS if row.id in entries]
        texts += [entry[0] for entry in entries if isinstance(entry, tuple)]
        letters = [text[text.index("&") + 1].lower() for text in texts]
        assert len(set(letters)) == len(letters), title


@pytest.mark.parametrize(
    ("mode", "stop", "retry"),
    [
        (Mode.PAUSED, False, True),
        (Mode.HELD, False, True),
        (Mode.PLAYING, True, False),
        (Mode.STEPPING, True, False),
    ],
)
def test_what_makes_no_sense_at_the_moment_cannot_be_chosen(qtbot, mode, stop, retry):
    window = QMainWindow()
    qtbot.addWidget(window)
    made = make_actions(window, [_AllSlots()])
    enable_actions(made, Situation(mode, has_report=True, is_slowest=True, is_fastest=False))
    states = {action_id: made[action_id].isEnabled() for action_id in ("stop", "retry", "slower", "faster", "play")}
    assert states == {"stop": stop, "retry": retry, "slower": False, "faster": True, "play": True}


def test_without_a_failure_there_is_none_to_show(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    made = make_actions(window, [_AllSlots()])
    enable_actions(made, Situation())
    assert not made["failure"].isEnabled()
    assert not made["retry"].isEnabled()


def test_menus_and_toolbar_are_what_their_tuples_say(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    made = make_actions(window, [_AllSlots()])
    fill_menus(window.menuBar(), made)
    bar = QToolBar()
    window.addToolBar(bar)
    fill_toolbar(bar, made, {})
    menus = [action.menu() for action in window.menuBar().actions()]
    assert [ids_shown(menu) for menu in menus] == [ids_in(menu) for menu in MENUS]
    named = [action.objectName() for action in bar.actions() if action.objectName() in made]
    assert named == [action_id for action_id in TOOLBAR if action_id in made]


def ids_shown(menu: QMenu) -> list[str]:
    ids = []
    for action in menu.actions():
        ids += ids_shown(action.menu()) if action.menu() else [action.objectName()] if action.objectName() else []
    return ids


def test_a_triggered_action_reaches_its_slot(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    slots = _AllSlots()
    made = make_actions(window, [slots])
    made["step"].trigger()
    made["as-python"].setChecked(True)
    assert [call[0] for call in slots.calls] == ["step", "set_as_python"]


class _AllSlots(FakeSimulation):
    """Has every slot, and writes down which was called."""
