"""The library in the window: from the first start to a running gun, and from the board back into the library."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QLineEdit, QMenu

from gui.document import Answer
from gui.library.drag import mime_data
from gui.settings import OWN_PATTERNS, Settings
from gui.window import MainWindow
from life.board import Board
from life.patterns.files import read_pattern
from life.patterns.library import MOST_FILES, Entry, own_folder
from life.topology import PLANE
from tests.gui.windows import LONG, opened, press, settings_in

NO_KEY = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
GLIDER = [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]


@pytest.fixture
def settings(tmp_path) -> Settings:
    return settings_in(tmp_path)


@pytest.fixture
def window(qtbot, settings):
    yield from opened(qtbot, settings)


def row(window: MainWindow, name: str) -> QPoint:
    """The middle of the first row of that name, scrolled to."""
    tree = window.library.dock.tree
    exact = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive | Qt.MatchFlag.MatchCaseSensitive
    model = tree.model()
    (index, *_) = model.match(model.index(0, 0), Qt.ItemDataRole.DisplayRole, name, 1, exact)
    tree.scrollTo(index)
    return tree.visualRect(index).center()


def click(window: MainWindow, name: str) -> None:
    QTest.mouseClick(window.library.dock.tree.viewport(), LEFT, NO_KEY, row(window, name))


def double_click(window: MainWindow, name: str) -> None:
    where = row(window, name)
    QTest.mouseClick(window.library.dock.tree.viewport(), LEFT, NO_KEY, where)
    QTest.mouseDClick(window.library.dock.tree.viewport(), LEFT, NO_KEY, where)


def live(board: Board) -> list[tuple[int, int]]:
    return [(int(y), int(x)) for y, x in zip(*np.nonzero(board.cells()), strict=True)]


def middle_of(window: MainWindow) -> QPoint:
    return window.view.rect().center()


def draw(window: MainWindow) -> None:
    QTest.mouseClick(window.view, LEFT, NO_KEY, middle_of(window))


def chosen(window: MainWindow, name: str) -> Entry:
    click(window, name)
    entry = window.library.dock.current
    assert entry is not None
    return entry


def names(window: MainWindow) -> list[str]:
    return [entry.name for entry in window.library.dock.library.entries() if entry.is_own]


# From the first start to a running gun.


def test_the_library_is_beside_the_board_at_first_and_the_keys_belong_to_the_board(window):
    assert window.docks.by_id["library"].isVisible()
    assert window.actions_by_id["library"].isChecked()
    assert window.view.hasFocus()


def test_a_double_click_and_enter_are_a_running_glider_gun(window, qtbot):
    double_click(window, "Gosper glider gun")
    session = window.session
    assert (session.board.population, session.topology) == (36, PLANE)
    assert session.board.population == 36
    assert window.windowTitle().startswith("Gosper glider gun")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.generation >= 30, timeout=LONG)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not session.is_running, timeout=LONG)
    assert session.board.population > 36


def test_typing_gun_and_enter_opens_it_too(window):
    press(window, Qt.Key.Key_L, CONTROL)  # closes it, for it is open
    press(window, Qt.Key.Key_L, CONTROL)
    assert window.library.dock.search.hasFocus()
    QTest.keyClicks(window.library.dock.search, "gun")
    press(window, Qt.Key.Key_Return)
    assert window.session.board.population == 36
    assert window.view.hasFocus()


def test_the_key_and_the_button_open_and_close_it(window):
    dock = window.docks.by_id["library"]
    press(window, Qt.Key.Key_L, CONTROL)
    assert not dock.isVisible()
    assert not window.actions_by_id["library"].isChecked()
    window.actions_by_id["library"].trigger()
    assert dock.isVisible()
    assert window.library.dock.search.hasFocus()


def test_it_belongs_to_the_workspace_for_playing(window):
    window.actions_by_id["watch-workspace"].trigger()
    assert not window.docks.by_id["library"].isVisible()
    window.actions_by_id["play-workspace"].trigger()
    assert window.docks.by_id["library"].isVisible()


def test_a_pattern_of_another_rule_brings_its_rule(window):
    double_click(window, "HighLife replicator")
    assert str(window.session.rule) == "B36/S23"
    double_click(window, "Glider")
    assert str(window.session.rule) == "B3/S23"
    assert window.session.topology == PLANE


# Nothing is lost.


def test_unsaved_cells_are_asked_about_first(window):
    draw(window)
    questions = window.document._questions
    questions.answer = Answer.CANCEL
    double_click(window, "Pulsar")
    assert questions.asked == ["unsaved"]
    assert window.session.board.population == 1
    questions.answer = Answer.DISCARD
    double_click(window, "Pulsar")
    assert window.session.board.population == 48


def test_saving_never_writes_what_comes_with_the_application(window, tmp_path):
    entry = chosen(window, "Pulsar")
    before = entry.path.read_bytes()
    double_click(window, "Pulsar")
    assert window.document.path is None
    draw(window)
    questions = window.document._questions
    questions.path = tmp_path / "mine.rle"
    press(window, Qt.Key.Key_S, CONTROL)
    assert questions.asked == ["save"]
    assert entry.path.read_bytes() == before
    saved = read_pattern(tmp_path / "mine.rle")
    assert (saved.name, saved.author) == ("Pulsar", "John Conway, 1970")


def test_what_comes_with_the_application_is_no_recent_file(window):
    used = []
    window.document.used.connect(used.append)
    folder = window.document.folder
    double_click(window, "Pulsar")
    assert used == []
    assert window.document.folder == folder


def test_a_pattern_of_ones_own_is_opened_as_its_file(window, qtbot):
    path = own_folder() / "mine.rle"
    path.parent.mkdir(parents=True)
    path.write_text("x = 3, y = 1, rule = B3/S23:T8,6\n3o!")
    window.library.dock.reload()
    double_click(window, "mine")
    assert window.document.path == path
    assert (window.session.board.height, window.session.board.width) == (6, 8)


def test_opening_a_running_generation_away_leaves_no_stale_frame(window, qtbot):
    double_click(window, "R-pentomino")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.generation >= 2, timeout=LONG)
    double_click(window, "Pulsar")
    assert (window.session.generation, window.session.board.population) == (0, 48)
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.generation == 1, timeout=LONG)
    assert window.session.board.population == 56


def test_a_file_that_vanished_is_told_and_the_board_stays(window):
    path = own_folder() / "mine.rle"
    path.parent.mkdir(parents=True)
    path.write_text("x = 3, y = 1\n3o!")
    window.library.dock.reload()
    click(window, "mine")
    path.unlink()
    before = window.session.board
    QTest.mouseClick(window.library.dock.details.open, LEFT)
    assert "mine.rle was not opened" in window.message.text
    QTest.mouseClick(window.library.dock.details.place, LEFT)
    assert "mine could not be read" in window.message.text
    assert window.session.board == before


# Placing.


def test_place_has_the_pattern_follow_the_pointer_until_a_click(window):
    click(window, "Glider")
    QTest.mouseClick(window.library.dock.details.place, LEFT)
    assert window.editing.floating is not None
    assert window.session.board.population == 0
    QTest.mouseMove(window.view, middle_of(window))
    QTest.mouseClick(window.view, LEFT, NO_KEY, middle_of(window))
    cells = live(window.session.board)
    top, left = min(y for y, _ in cells), min(x for _, x in cells)
    assert [(y - top, x - left) for y, x in cells] == GLIDER
    press(window, Qt.Key.Key_Z, CONTROL)
    assert window.session.board.population == 0


def test_placing_on_a_board_of_another_rule_says_so(window):
    click(window, "HighLife replicator")
    QTest.mouseClick(window.library.dock.details.place, LEFT)
    assert "made for B36/S23, HighLife" in window.message.text
    assert "B3/S23" in window.message.text
    assert str(window.session.rule) == "B3/S23"
    press(window, Qt.Key.Key_Escape)
    assert window.session.board.population == 0


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of PySide6 6.12, about the only way that 6.8 has
def test_a_pattern_dropped_on_the_board_is_placed_there(window):
    data = mime_data(chosen(window, "Glider").read())
    place = QPointF(middle_of(window))
    for kind in (QDragEnterEvent, QDragMoveEvent):
        at = place.toPoint()
        event = kind(at, Qt.DropAction.CopyAction, data, LEFT, NO_KEY)
        QApplication.sendEvent(window.view, event)
        assert event.isAccepted()
    QApplication.sendEvent(window.view, QDropEvent(place, Qt.DropAction.CopyAction, data, LEFT, NO_KEY))
    assert window.session.board.population == 5


def menu_of(window: MainWindow, name: str) -> QMenu:
    where = row(window, name)
    QTest.mouseClick(window.library.dock.tree.viewport(), LEFT, NO_KEY, where)
    window.library.dock.tree.customContextMenuRequested.emit(where)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def trigger(menu: QMenu, text: str) -> None:
    (action,) = [action for action in menu.actions() if action.text() == text]
    assert action.isEnabled()
    action.trigger()
    menu.close()


def test_a_pattern_is_copied_as_text_and_pasted(window):
    trigger(menu_of(window, "Glider"), "Copy as RLE")
    text = QApplication.clipboard().text()
    assert "#N Glider" in text
    assert "bo$2bo$3o!" in text
    press(window, Qt.Key.Key_V, CONTROL)
    assert window.editing.floating is not None


# The user's own folder.


def name_dialog(window: MainWindow) -> QInputDialog:
    (dialog,) = [dialog for dialog in window.findChildren(QInputDialog) if dialog.isVisible()]
    return dialog


def save_as_pattern(window: MainWindow, name: str) -> None:
    window.actions_by_id["save-to-library"].trigger()
    dialog = name_dialog(window)
    dialog.findChild(QLineEdit).clear()
    QTest.keyClicks(dialog.findChild(QLineEdit), name)
    QTest.keyClick(dialog, Qt.Key.Key_Return)


def test_the_board_is_saved_into_ones_own_patterns_and_opens_from_there(window):
    assert not own_folder().exists()
    draw(window)
    save_as_pattern(window, "My dot")
    assert names(window) == ["My dot"]
    assert (own_folder() / "My-dot.rle").is_file()
    assert window.document.is_edited  # it is a copy: the board itself has no file yet
    assert window.library.dock.current.name == "My dot"
    double_click(window, "My dot")
    assert window.document.path == own_folder() / "My-dot.rle"
    assert window.session.board.population == 1


def test_saving_shows_the_library_whatever_was_searched_there_and_keeps_who_found_the_pattern(window):
    double_click(window, "Pulsar")
    window.library.dock.search.setText("gun")
    press(window, Qt.Key.Key_L, CONTROL)
    window.actions_by_id["save-to-library"].trigger()
    assert name_dialog(window).textValue() == "Pulsar"
    QTest.keyClick(name_dialog(window), Qt.Key.Key_Return)
    assert window.docks.by_id["library"].isVisible()
    current = window.library.dock.current
    assert (current.name, current.author, current.is_own) == ("Pulsar", "John Conway, 1970", True)


def test_a_name_that_was_not_given_saves_nothing(window):
    window.actions_by_id["save-to-library"].trigger()
    name_dialog(window).reject()
    assert not own_folder().exists()


def test_a_folder_that_cannot_be_written_is_told(window):
    own_folder().parent.mkdir(parents=True)
    own_folder().write_text("a file in its place")
    save_as_pattern(window, "My dot")
    assert "was not saved into" in window.message.text


def test_a_file_that_another_program_saves_there_appears(window, qtbot):
    save_as_pattern(window, "First")
    (own_folder() / "other.rle").write_text("x = 2, y = 2\n2o$2o!")
    qtbot.waitUntil(lambda: "other" in [entry.name for entry in window.library.dock._entries], timeout=LONG)
    (own_folder() / "other.rle").unlink()
    qtbot.waitUntil(lambda: "other" not in [entry.name for entry in window.library.dock._entries], timeout=LONG)


def test_a_folder_that_vanishes_takes_its_patterns_along_and_saving_makes_it_again(window, qtbot):
    save_as_pattern(window, "First")
    click(window, "First")
    shutil.rmtree(own_folder())
    qtbot.waitUntil(lambda: "First" not in [entry.name for entry in window.library.dock._entries], timeout=LONG)
    assert window.message.text == ""
    save_as_pattern(window, "Second")
    assert names(window) == ["Second"]
    (own_folder() / "third.rle").write_text("x = 2, y = 2\n2o$2o!")  # and it is looked at again
    qtbot.waitUntil(lambda: "third" in [entry.name for entry in window.library.dock._entries], timeout=LONG)


def test_a_pattern_of_a_folder_that_has_just_vanished_is_told_and_the_board_stays(window):
    save_as_pattern(window, "First")
    draw(window)
    entry, board = chosen(window, "First"), window.session.board
    shutil.rmtree(own_folder())
    window.library._open_now(entry)
    assert "no such file" in window.message.text.lower()
    assert window.session.board == board


def test_a_folder_with_too_much_in_it_is_told_once(window, tmp_path):
    there = tmp_path / "there"
    there.mkdir()
    for number in range(MOST_FILES + 1):
        (there / f"{number}.rle").write_text("x = 1, y = 1\no!")
    window.library.use_folder(str(there))
    assert "holds more than the library shows" in window.message.text
    window.message.dismiss()
    window.library.dock.reload()
    assert window.message.text == ""
    assert len(names(window)) == MOST_FILES


def test_another_folder_is_chosen_remembered_and_given_up_again(window, settings, tmp_path, qtbot):
    there = tmp_path / "there"
    there.mkdir()
    (there / "block.rle").write_text("x = 2, y = 2\n2o$2o!")
    window.library.dock.more.menu().aboutToShow.emit()
    trigger(window.library.dock.more.menu(), "Choose another folder…")
    (dialog,) = window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(there))
    dialog.reject()
    assert names(window) == ["block"]
    assert settings.get(OWN_PATTERNS) == str(there)
    window.library.dock.more.menu().aboutToShow.emit()
    trigger(window.library.dock.more.menu(), "Use the usual folder again")
    assert names(window) == []
    assert settings.get(OWN_PATTERNS) == ""


class Opened(QObject):
    """Stands in for the program with which the system shows a folder."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[QUrl] = []

    @Slot(QUrl)
    def note(self, url: QUrl) -> None:
        self.urls.append(url)


def test_the_folder_is_shown_by_the_system_once_there_is_one(window):
    handler = Opened()
    QDesktopServices.setUrlHandler("file", handler, "note")
    try:
        menu = window.library.dock.more.menu()
        menu.aboutToShow.emit()
        (show,) = [action for action in menu.actions() if action.text() == "Show the folder of my patterns"]
        assert not show.isEnabled()
        save_as_pattern(window, "Mine")
        menu.aboutToShow.emit()
        trigger(menu, "Show the folder of my patterns")
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert [Path(url.toLocalFile()) for url in handler.urls] == [own_folder()]
