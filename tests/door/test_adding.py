"""What README.md says about adding something, done to the letter in a copy of the tree, and what comes of it used."""

import json
import os
import subprocess
import sys

import pytest

from gui.opening import make_window
from gui.workspaces import Workspace
from life.patterns.files import read_pattern
from tests.door.readme import add, addition, copy_of_tree, section
from tests.gui.windows import settings_in

SECTIONS = ("A strategy", "A wire", "A format", "A dock")
FEWER_THAN = 15  # lines
GLIDER = "assets/patterns/spaceships/glider.rle"

IN_A_WINDOW = """
import sys
from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QMenu
import app
application = app.make_application()
from gui.settings import Settings
from gui.opening import make_window

def opened(questions=None):
    window = make_window(Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat)), questions)
    window.show()
    window.grab()
    return window

def until(signal, is_so=lambda: True):
    loop = QEventLoop()
    signal.connect(lambda *_: loop.quit() if is_so() else None)
    QTimer.singleShot(30_000, lambda: sys.exit("nothing came"))
    loop.exec()

def choices(box):
    return [box.itemText(n) for n in range(box.count())]

"""


@pytest.fixture
def tree(tmp_path, request):
    """A copy in which the section that a test names has been followed."""
    made = copy_of_tree(tmp_path)
    add(made, addition(request.param))
    return made


def following(title):
    return pytest.mark.parametrize("tree", [title], indirect=True)


@pytest.fixture
def run(tree):
    """Runs `python ARGUMENTS` there."""

    def run_there(*arguments, code=0):
        done = subprocess.run(
            [sys.executable, *map(str, arguments)], cwd=tree, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done

    return run_there


@pytest.fixture
def life(run):
    """Runs `python -m life ARGUMENTS` there; gives what it printed."""

    def run_life(*arguments, code=0):
        return run("-m", "life", *arguments, code=code).stdout

    return run_life


@pytest.fixture
def in_window(run, tmp_path):
    """Runs a script there that has a window; says what it printed."""
    settings_in(tmp_path).sync()

    def run_script(script):
        return run("-c", IN_A_WINDOW + script, tmp_path / "settings.ini").stdout

    return run_script


@pytest.mark.parametrize("title", SECTIONS)
def test_a_section_on_adding_something_is_short(title):
    assert len(section(title).splitlines()) < FEWER_THAN


@following("A strategy")
def test_a_strategy_added_by_the_page_gives_right_boards_and_tells_its_caller_of_failures(life):
    common = ("run", GLIDER, "--size", "9x8", "--generations", "3", "--latency", "1")
    right = life(*common, "--strategy", "serial", "--as", "rle")
    assert life(*common, "--strategy", "as-completed", "--as", "rle") == right
    failed = json.loads(life(*common, "--strategy", "as-completed", "--fail", "2,3", "--as", "json", code=1))
    assert [failure["fate"] for failure in failed["failures"]] == ["reached the caller"]


@following("A strategy")
def test_a_strategy_added_by_the_page_races(life):
    table = life("race", "--cells", "9", "--latency", "1", "--repeat", "1", "--strategies", "as-completed")
    assert "as-completed" in table
    assert "measured" in table


@following("A strategy")
def test_a_strategy_added_by_the_page_is_in_the_window_with_its_source_and_limits(in_window):
    in_window("""
from dataclasses import replace
from gui.fanout.limits import limit_of
from gui.race.setup_parts import StrategyList
window = opened()
session = window.session
assert "A pool, first come first served" in choices(window.panel.strategy.strategy)
assert "as-completed" in StrategyList().boxes
session.start()
session.configure(replace(session.experiment, strategy="as-completed"))
window.docks.show("source", True)
window.grab()
assert window.docks.source.code.toPlainText().startswith("from concurrent.futures import ThreadPoolExecutor")
session.step()
until(session.generation_finished)
assert session.generation == 1
assert {record.strategy for record in window.watch.records} == {"as-completed"}
assert "64 at a time" in limit_of(replace(session.experiment, latency=10.0), 100, 100).sentence
window.close()
""")


@following("A wire")
def test_a_wire_added_by_the_page_answers_whoever_asks_and_fails_as_the_others_do(life):
    common = ("run", GLIDER, "--size", "9x8", "--generations", "2", "--wire", "disk", "--as", "json")
    right = life("run", GLIDER, "--size", "9x8", "--generations", "2", "--as", "rle")
    for strategy in ("thread-pool", "coroutines", "row-batches"):
        assert life(*common[:-1], "rle", "--strategy", strategy) == right
    for fault in ("cut", "hang"):
        failing = ("--fail", f"2,3:{fault}", "--time-limit", "5", "--strategy", "coroutines")
        (failure,) = json.loads(life(*common, *failing, code=1))["failures"]
        assert (failure["y"], failure["x"], failure["fate"]) == (2, 3, "reached the caller")


@following("A wire")
def test_a_wire_added_by_the_page_is_in_the_panel_the_race_and_the_settings(in_window):
    in_window("""
from dataclasses import replace
from gui.race.choices import Choices
from gui.race.setup import SetupPage
window = opened()
panel = window.panel.wire
assert "A file on the disk" in choices(panel.wire)
race = SetupPage(Choices())
assert "A file on the disk" in choices(race.wire)
window.session.start()
window.session.configure(replace(window.session.experiment, wire="disk"))
assert panel.summary.text().startswith("A cell reads a file")
assert not panel.latency.isEnabled()
window.session.step()
until(window.session.generation_finished)
assert window.session.report is None
window.close()
again = opened()
assert again.session.experiment.wire == "disk"
again.close()
""")


@following("A format")
def test_a_format_added_by_the_page_is_converted_there_and_back(life, tree, tmp_path):
    there, back = tmp_path / "glider.csv", tmp_path / "back.rle"
    life("convert", GLIDER, there)
    assert there.read_text().splitlines()[0] == "row,column"
    life("convert", there, back)
    assert read_pattern(back).listed().ys.tolist() == read_pattern(tree / GLIDER).ys.tolist()
    assert read_pattern(back).listed().xs.tolist() == read_pattern(tree / GLIDER).xs.tolist()
    assert life("convert", "--as", "csv", GLIDER, "-") == there.read_text()


@following("A format")
def test_a_format_added_by_the_page_is_told_by_its_content_and_complains_in_a_sentence(run, life, tmp_path):
    named_wrongly, broken = tmp_path / "cells.txt", tmp_path / "broken.csv"
    named_wrongly.write_text("row,column\n0,1\n0,2\n0,3\n")
    assert "3o!" in life("convert", named_wrongly, "-")
    broken.write_text("row,column\n0,one\n")
    complaint = run("-m", "life", "convert", broken, "-", code=2).stderr
    assert "broken.csv" in complaint
    assert "cannot be read as CSV" in complaint
    assert "Traceback" not in complaint


@following("A format")
def test_a_format_added_by_the_page_is_offered_to_open_and_to_save_and_says_what_it_loses(in_window, tmp_path):
    said = in_window("""
from pathlib import Path
from gui.files.filters import filters_to_open, kinds_to_save
assert "CSV (*.csv *.csv.gz)" in filters_to_open()
assert "CSV (*.csv)" in [kind.filter for kind in kinds_to_save()]
path = Path(sys.argv[1]).parent / "cells.csv"

class Answers:
    def file_to_save(self, suggested, chosen):
        chosen(path)

window = opened(Answers())
window.document.told.connect(print)
window.document.save_as()
assert path.read_text() == "row,column\\n"
assert window.document.open(path)
window.close()
""")
    assert "CSV keeps the cells only" in said


@following("A dock")
def test_a_dock_added_by_the_page_is_in_the_menu_behind_its_key_and_says_its_thing(in_window):
    in_window("""
import numpy as np
from life.board import Board
window = opened()
panels = next(menu for menu in window.findChildren(QMenu) if menu.objectName() == "Panels")
action = window.actions_by_id["diary"]
dock = window.docks.by_id["diary"]
assert action in panels.actions() and action.shortcut().toString() == "Alt+9"
assert dock.isHidden() and dock.windowTitle() == "Diary"
action.trigger()
assert not dock.isHidden() and action.isChecked()
window.session.start()
window.session.change(Board.from_cells(np.arange(12 * 16).reshape(12, 16) == 5), "A cell that is alone")
window.session.play()
until(window.session.told)
assert dock.widget().toPlainText().startswith("Died out at generation 1.")
action.trigger()
assert dock.isHidden()
window.close()
""")


@following("A dock")
def test_a_dock_added_by_the_page_comes_into_a_layout_from_before_and_stays_as_it_was_left(in_window, tmp_path, qtbot):
    before = make_window(settings_in(tmp_path))
    before.show()
    before.workspaces.show(Workspace.WATCH)
    before.close()
    in_window("""
window = opened()
dock = window.docks.by_id["diary"]
assert dock.isHidden()
assert not window.docks.by_id["costs"].isHidden()  # as the layout has it
window.docks.show("diary", True)
window.grab()
assert window.docks.by_id["costs"] in window.tabifiedDockWidgets(dock)
window.close()
again = opened()
assert not again.docks.by_id["diary"].isHidden()
again.close()
""")
