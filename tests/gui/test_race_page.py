import csv
import io
import json
from dataclasses import replace

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.look.theme import DARK, LIGHT, apply_theme
from gui.race.results import Results
from gui.race.saving import NOTHING
from life.experiment import Fault
from life.race.entry import Outcome
from life.race.race import Race
from tests.gui.racing import LONG, SLOW, TINY, NearRace, Shown, entry


@pytest.fixture
def near(monkeypatch):
    """Has runs made in this process."""
    monkeypatch.setattr("gui.race.runner.Race", NearRace)


@pytest.fixture
def shown(qtbot, near):
    made = Shown(qtbot)
    yield made
    made.runner.close()


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def click(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def tabs(shown):
    results = shown.page.results
    return [results.tabText(n) for n in range(results.count()) if results.isTabVisible(n)]


def turn_to(shown, title):
    results = shown.page.results
    number = next(n for n in range(results.count()) if results.tabText(n) == title)
    place = results.tabBar().tabRect(number).center()
    QTest.mouseClick(results.tabBar(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert results.tabText(results.currentIndex()) == title
    shown.page.grab()


# The way through


def test_enter_goes_from_the_choices_to_the_guesses_to_the_race_to_the_comparison(shown, qtbot):
    page = shown.page
    page.setFocus()
    press(Qt.Key.Key_Return)
    assert page.pages.currentWidget() is page.predict
    assert QApplication.focusWidget() is page.predict.people[0].seconds
    QTest.keyClicks(QApplication.focusWidget(), "0.5")
    press(Qt.Key.Key_Return)
    assert shown.runner.is_running
    assert page.progress.isVisible()
    shown.finish(qtbot)
    assert tabs(shown) == ["Bars", "Growth", "Table", "Replay", "Guesses"]
    assert page.results.tabText(page.results.currentIndex()) == "Guesses"
    assert page.results.guessed.table.item(0, 1).text() == "0.50 s"
    assert page.summary.text() == "2 runs done."
    assert not page.progress.isVisible()


def test_one_key_skips_the_guesses(shown, qtbot):
    click(shown.page.setup.start)
    press(Qt.Key.Key_Escape)
    assert shown.runner.is_running
    shown.finish(qtbot)
    assert tabs(shown) == ["Bars", "Growth", "Table", "Replay"]


def test_the_button_skips_them_too_by_key_and_by_mouse(shown, qtbot):
    click(shown.page.setup.start)
    QTest.keyClicks(shown.page.predict.people[0].seconds, "3")
    shown.page.predict.skip.setFocus()
    press(Qt.Key.Key_Return)
    shown.finish(qtbot)
    assert "Guesses" not in tabs(shown)


def test_escape_cancels_keeps_what_was_measured_and_leaves_no_process(qtbot):
    shown = Shown(qtbot, SLOW)
    before = psutil.Process().children(recursive=True)
    click(shown.page.setup.start)
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(shown.page.results.bars.texts) == 1, timeout=LONG)
    press(Qt.Key.Key_Escape)
    shown.finish(qtbot)
    assert shown.page.summary.text() == "Cancelled; 1 run kept."
    turn_to(shown, "Table")
    assert shown.page.results.table.rowCount() == 1
    assert psutil.Process().children(recursive=True) == before


def test_a_race_can_be_run_again_or_changed(shown, qtbot):
    page = shown.page
    click(page.setup.start)
    press(Qt.Key.Key_Escape)
    shown.finish(qtbot)
    first = shown.runner.race
    click(page.again)
    shown.finish(qtbot)
    assert shown.runner.race is not first
    assert len(shown.runner.race.entries) == 2
    click(page.change)
    assert page.pages.currentWidget() is page.setup


def test_results_come_as_they_are_measured(qtbot):
    shown = Shown(qtbot)
    click(shown.page.setup.start)
    seen = []
    shown.runner.entry_made.connect(lambda _: seen.append(len(shown.page.results.bars.texts)))
    press(Qt.Key.Key_Escape)
    assert shown.page.progress.text.text().startswith("0 of ")
    shown.finish(qtbot)
    assert seen == [1, 2]


def test_the_fault_has_a_tab_of_its_own(qtbot, near):
    shown = Shown(qtbot, replace(TINY, strategies=("thread-per-cell", "coroutines"), fault=Fault.ERROR))
    click(shown.page.setup.start)
    press(Qt.Key.Key_Escape)
    shown.finish(qtbot)
    turn_to(shown, "Who saw it")
    fates = shown.page.results.fates
    told = {fates.item(row, 0).text(): fates.item(row, 5).text() for row in range(fates.rowCount())}
    assert told == {"A thread per cell": "1 only stderr", "Coroutines, gathered": "1 reached the caller"}


def test_small_boards_are_replayed_by_the_space_bar(qtbot, near):
    shown = Shown(qtbot, replace(TINY, sizes=(9, 45)))
    click(shown.page.setup.start)
    press(Qt.Key.Key_Escape)
    shown.finish(qtbot)
    turn_to(shown, "Replay")
    results = shown.page.results
    assert [board.track.before.shape for board in results.replay.boards] == [(5, 9), (5, 9)]
    click(results.replay_sizes.buttons[9])
    assert [board.track.before.shape for board in results.replay.boards] == [(3, 3), (3, 3)]
    shown.page.setFocus()
    press(Qt.Key.Key_Space)
    assert results.replay.clock.is_running
    press(Qt.Key.Key_Space)
    assert not results.replay.clock.is_running


def test_a_key_of_the_board_does_not_leave_the_page(shown, qtbot):
    pressed = []
    for keys in ("Space", "Return", "Esc", "F", "Tab", "Ctrl+R"):
        action = QAction(shown.page)
        action.setShortcut(keys)
        action.triggered.connect(lambda _, keys=keys: pressed.append(keys))
        shown.page.addAction(action)
    shown.page.setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_F, Qt.Key.Key_Escape, Qt.Key.Key_Return):
        press(key)
    assert pressed == []
    press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["Ctrl+R"]


# Saving


@pytest.fixture
def finished(qtbot, near, tmp_path):
    made = Shown(qtbot, path=tmp_path / "race")
    click(made.page.setup.start)
    press(Qt.Key.Key_Escape)
    made.finish(qtbot)
    yield made
    made.runner.close()


def save(shown, kind, tmp_path):
    shown.page.save.menu().findChild(QAction, f"save-race-{kind}").trigger()
    assert shown.questions.suggested.name == f"race.{kind}"
    return (tmp_path / "race").read_bytes()


def test_every_run_is_saved_as_csv_and_json_and_the_tables_as_markdown(finished, tmp_path):
    rows = list(csv.DictReader(io.StringIO(save(finished, "csv", tmp_path).decode())))
    assert [row["strategy"] for row in rows] == ["coroutines", "row-batches"]
    facts = json.loads(save(finished, "json", tmp_path))
    assert [run["strategy"] for run in facts["runs"]] == ["coroutines", "row-batches"]
    assert facts["machine"]["cores"]
    assert save(finished, "md", tmp_path).decode().startswith("| strategy | cells |")


@pytest.mark.parametrize("title", ["Bars", "Growth", "Table"])
def test_what_is_shown_is_saved_as_a_picture(finished, tmp_path, title):
    turn_to(finished, title)
    assert save(finished, "png", tmp_path).startswith(b"\x89PNG")


def test_what_cannot_be_saved_is_one_sentence_and_nothing_is_lost(finished, tmp_path):
    finished.questions.path = tmp_path / "nowhere" / "race.csv"
    finished.page.save.menu().findChild(QAction, "save-race-csv").trigger()
    assert finished.page.message.text == "race.csv: this cannot be saved: there is no such file or folder."
    assert len(finished.runner.race.entries) == 2


def test_before_the_first_run_there_is_nothing_to_save(shown):
    told = []
    shown.saver.told.connect(told.append)
    shown.saver.save("csv", TINY.course(), [], shown.page)
    assert told == [NOTHING]


# What is drawn


@pytest.fixture
def results(qtbot):
    made = Results()
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.make_charts()
    race = Race(replace(TINY, strategies=("serial", "coroutines", "thread-per-cell"), sizes=(45, 1_024)).course())
    race.entries += [
        entry("serial", 45, 4.5), entry("coroutines", 45, 0.11), entry("coroutines", 45, 0.13),
        entry("serial", 1_024, 102.4, Outcome.COMPUTED), entry("coroutines", 1_024, 0.12),
        entry("thread-per-cell", 1_024, None, Outcome.DIED),
    ]  # fmt: skip
    made.begin(race, None, [])
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark], ids=["light", "dark"])
def test_bars_and_growth_are_drawn_in_both_themes(results, qapp, scheme):
    apply_theme(qapp, scheme)
    theme = DARK if scheme is Qt.ColorScheme.Dark else LIGHT
    results.resize(901, 500)
    image = results.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert len(colours) > 4
    assert QColor(theme.window).name() in colours
    apply_theme(qapp, Qt.ColorScheme.Light)


def test_the_largest_size_is_shown_as_bars_until_another_one_is_chosen(results):
    assert results.bar_sizes.size_shown == 1_024
    assert results.bars.texts == ["100 s, 1,024 × (computed)", "0.12 s, 1.2 ×", "the process died"]
    click(results.bar_sizes.buttons[45])
    assert results.bars.texts == ["4.5 s, 45 ×", "0.12 s, 1.2 ×"]
    assert "One cell after another: 4.5 s, 45 ×" in results.bars.accessibleDescription()


def test_growth_leaves_out_what_has_no_time(results):
    results.setCurrentWidget(results.growth_tab)
    told = results.growth.accessibleDescription()
    assert "Coroutines, gathered 0.12 s" in told
    assert "A thread per cell" not in told
    assert results.growth.note.isVisible()  # the serial one was computed
