import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget

from gui.cards import Notice, Tone
from gui.document import Answer, Document
from gui.files.autosave import Autosave
from gui.files.left_over import OwnCopy, copies_folder, left_overs
from gui.files.rescue import BUTTONS, Rescue
from life.board import Board
from life.errors import LifeError
from life.moment import Moment
from life.patch import Patch
from life.patterns.files import read_pattern
from life.patterns.pattern import Pattern
from life.patterns.rle import read_rle
from life.rule import CONWAY, Rule
from life.topology import BOUNDED, PLANE, TORUS
from tests.gui.fakes import FakeQuestions, board, session, state
from tests.life.disks import fill, full_disk, nobody

ROOT = Path(__file__).parents[2]
SOON, NEVER = 1, 10_000_000
HIGHLIFE = Rule(births=frozenset({3, 6}), survivals=frozenset({2, 3}))


@pytest.fixture(autouse=True)
def application(qapp):
    """Garbage is looked for in this thread only, as in the program: another one may compile meanwhile."""
    gc.disable()
    yield qapp
    gc.collect()
    gc.enable()


def made(folder: Path, interval: int = NEVER, answer: Answer = Answer.DISCARD):
    """A session, its document and what keeps copies of it, as the window has them."""
    one, _, _ = session(state(cells=board(8, 10, (1, 1))))
    document = Document(one, FakeQuestions(answer), parent=one)
    autosave = Autosave(document, one, folder, interval)
    autosave.heard = []
    autosave.told.connect(autosave.heard.append)
    return one, document, autosave


def draw(one, y: int = 2, x: int = 3) -> None:
    one.edit(Patch(np.array([y]), np.array([x]), True))
    one.end_stroke()


def copies(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.rle"))


def left_by_somebody(folder: Path, pattern: Pattern, origin: Path | None = None) -> None:
    """A copy whose lock nobody holds."""
    copy = OwnCopy(folder)
    copy.write(pattern, origin)
    copy._lock.unlock()


# Keeping


def test_a_board_with_edits_is_written_some_time_later(tmp_path, qtbot):
    one, _, autosave = made(tmp_path / "copies", SOON)
    draw(one)
    with qtbot.waitSignal(autosave.written):
        pass
    (copy,) = copies(tmp_path / "copies")
    assert read_pattern(copy).population == 2
    draw(one, 5, 5)
    with qtbot.waitSignal(autosave.written):
        pass
    assert [read_pattern(path).population for path in copies(tmp_path / "copies")] == [3]
    autosave.close()
    assert list((tmp_path / "copies").iterdir()) == []


def test_without_edits_nothing_is_written(tmp_path, qtbot):
    one, _, autosave = made(tmp_path, SOON)
    one.load(board(8, 10, (4, 4)), CONWAY, TORUS)
    autosave.write_now()
    autosave.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", ["save", "undo", "load"])
def test_the_copy_goes_as_soon_as_nothing_is_unsaved(tmp_path, how):
    one, document, autosave = made(tmp_path / "copies")
    draw(one)
    autosave.write_now()
    assert len(copies(tmp_path / "copies")) == 1
    if how == "save":
        document._questions.path = tmp_path / "saved.rle"
        document.save()
    elif how == "undo":
        one.undo()
    else:
        one.load(board(), CONWAY, TORUS)
    assert list((tmp_path / "copies").iterdir()) == []
    autosave.close()


def test_a_save_while_a_copy_is_being_written_leaves_no_copy(tmp_path, qtbot, monkeypatch):
    one, _, autosave = made(tmp_path / "copies", SOON)
    writing, go_on = threading.Event(), threading.Event()
    write = OwnCopy.write

    def write_slowly(*arguments):
        writing.set()
        assert go_on.wait(10)
        write(*arguments)

    monkeypatch.setattr(OwnCopy, "write", write_slowly)
    draw(one)
    qtbot.waitUntil(writing.is_set)
    one.undo()
    with qtbot.waitSignal(autosave.written):
        go_on.set()
    assert list((tmp_path / "copies").iterdir()) == []
    autosave.close()


def test_what_changed_while_a_copy_was_being_written_is_written_next(tmp_path, qtbot, monkeypatch):
    one, _, autosave = made(tmp_path / "copies", SOON)
    writing, go_on = threading.Event(), threading.Event()
    write = OwnCopy.write

    def write_slowly(*arguments):
        writing.set()
        assert go_on.wait(10)
        write(*arguments)

    monkeypatch.setattr(OwnCopy, "write", write_slowly)
    draw(one)
    qtbot.waitUntil(writing.is_set)
    draw(one, 6, 6)
    go_on.set()
    qtbot.waitUntil(lambda: [read_pattern(path).population for path in copies(tmp_path / "copies")] == [3])
    autosave.close()


def test_what_a_pattern_says_about_itself_is_kept_too(tmp_path):
    _, document, autosave = made(tmp_path)
    document.describe("Mine", "Me", ("#C My first.",))
    autosave.write_now()
    (copy,) = copies(tmp_path)
    assert (read_pattern(copy).name, read_pattern(copy).author) == ("Mine", "Me")
    autosave.close()


def test_what_is_said_about_a_pattern_with_edits_is_kept_as_well(tmp_path, qtbot):
    one, document, autosave = made(tmp_path, SOON)
    draw(one)
    with qtbot.waitSignal(autosave.written):
        pass
    with qtbot.waitSignal(autosave.written):
        document.describe("Mine", "", ())
    (copy,) = copies(tmp_path)
    assert (read_pattern(copy).name, read_pattern(copy).population) == ("Mine", 2)
    autosave.close()


def test_a_folder_that_cannot_be_written_is_told_once(tmp_path):
    (tmp_path / "copies").write_text("a file, not a folder")
    one, _, autosave = made(tmp_path / "copies")
    for y in range(3):
        draw(one, y)
        autosave.write_now()
    assert len(autosave.heard) == 1
    assert autosave.heard[0].startswith("No copy of the board is kept for the case of a crash: ")
    autosave.close()


def test_a_full_disk_is_said_and_as_soon_as_there_is_room_a_copy_is_kept(tmp_path):
    with full_disk(tmp_path / "disk") as disk:
        one, _, autosave = made(disk)
        draw(one)
        autosave.write_now()
        assert autosave.heard == [
            "No copy of the board is kept for the case of a crash: this cannot be written: the disk is full."
        ]
        assert copies(disk) == []
        (disk / "rest").unlink()
        autosave.write_now()
        assert [read_pattern(path).population for path in copies(disk)] == [2]
        fill(disk)
        draw(one, 5, 5)
        autosave.write_now()
        assert [read_pattern(path).population for path in copies(disk)] == [2]  # the one of before stays whole
        autosave.close()
        assert {path.name for path in disk.iterdir()} == {"rest"}


def test_a_folder_that_vanishes_under_a_copy_is_made_anew(tmp_path):
    one, _, autosave = made(tmp_path / "copies")
    draw(one)
    autosave.write_now()
    shutil.rmtree(tmp_path / "copies")
    draw(one, 5, 5)
    autosave.write_now()
    assert autosave.heard == []
    assert [read_pattern(path).population for path in copies(tmp_path / "copies")] == [3]
    assert left_overs(tmp_path / "copies") == [], "it is held again"
    autosave.close()
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_folder_without_permission_is_said(tmp_path):
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o555)
        one, _, autosave = made(Path(folder))
        draw(one)
        with nobody():
            autosave.write_now()
        os.chmod(folder, 0o755)
        assert autosave.heard == [
            "No copy of the board is kept for the case of a crash: this cannot be written: you have no permission."
        ]
        autosave.close()


def test_a_board_that_would_take_too_long_to_write_is_told_once(tmp_path):
    one, _, autosave = made(tmp_path / "copies")
    one.resize(1500, 1500)
    one.change(Board.from_cells(np.ones((1500, 1500), np.uint8)), "Fill")
    autosave.write_now()
    autosave.write_now()
    assert len(autosave.heard) == 1
    assert "2,250,000 live cells are too many to be written every few seconds" in autosave.heard[0]
    assert copies(tmp_path / "copies") == []


def test_two_windows_do_not_overwrite_each_other(tmp_path):
    ones = [made(tmp_path) for _ in range(2)]
    for number, (one, _, autosave) in enumerate(ones):
        draw(one, 4, number)
        autosave.write_now()
    assert len(copies(tmp_path)) == 2
    assert left_overs(tmp_path) == []  # both are held
    ones[0][2].close()
    assert len(copies(tmp_path)) == 1
    ones[1][2].close()
    assert list(tmp_path.iterdir()) == []


# Restoring


def offered(folder: Path, answer: Answer = Answer.DISCARD):
    one, document, autosave = made(folder, answer=answer)
    document.home = QWidget()  # which is never shown, so that nothing is left to be painted when the test is over
    notice = Notice("rescue", Tone.WARNING, BUTTONS, document.home)
    rescue = Rescue(document, autosave, notice)
    rescue.heard = []
    rescue.told.connect(rescue.heard.append)
    rescue.look(folder)
    return one, document, autosave, notice, rescue


def test_a_left_over_is_restored_with_rule_edges_generation_and_name(tmp_path):
    folder = tmp_path / "copies"
    origin = tmp_path / "höhle.rle"
    origin.write_text("o!")
    text = "#N Cave\n#C Kept.\n#CXRLE Gen=57\nx = 5, y = 4, rule = B36/S23:P5,4\nbo$2bo$3o!"
    left_by_somebody(folder, read_rle(text), origin)
    one, document, autosave, notice, _ = offered(folder)
    assert "was kept today at" in notice.text
    notice.buttons[0].click()
    moment = one.moment
    assert (moment.generation, moment.rule, moment.topology) == (57, HIGHLIFE, BOUNDED)
    assert (moment.board.height, moment.board.width, moment.board.population) == (4, 5, 5)
    assert (document.path, document.is_edited, document.origin.name) == (origin, True, "Cave")
    assert document.origin.comments == ("#C Kept.",)
    assert notice.text == ""
    (copy,) = copies(folder)  # of the new process, until it is saved
    assert read_pattern(copy).population == 5
    document.save()
    assert read_pattern(origin).population == 5
    assert list(folder.iterdir()) == []
    autosave.close()


@pytest.mark.parametrize(("far", "suffix"), [(100, ".rle"), (10**17, ".mc")])
def test_a_plane_that_was_left_over_is_restored_in_its_place(tmp_path, far, suffix):
    one, _, autosave = made(tmp_path)
    one.set_topology(PLANE)
    draw(one, 5, 5)
    autosave.write_now()
    draw(one, far, -far)
    autosave.write_now()
    assert [path.suffix for path in sorted(tmp_path.glob("board-*")) if path.suffix != ".lock"] == [suffix]
    autosave._copy._lock.unlock()
    again, document, _, notice, _ = offered(tmp_path)
    notice.buttons[0].click()
    assert (again.topology, document.is_edited) == (PLANE, True)
    assert [cells.tolist() for cells in again.board.live_cells()] == [[1, 5, far], [1, 5, -far]]


def test_what_was_restored_can_be_undone_and_reset_goes_back_to_it(tmp_path):
    left_by_somebody(tmp_path, read_rle("#CXRLE Gen=57\nx = 5, y = 4, rule = B3/S23:T5,4\n3o!"))
    one, _, autosave, notice, _ = offered(tmp_path)
    notice.buttons[0].click()
    one.undo()
    assert (one.board.population, one.generation) == (0, 57)
    one.redo()
    assert one.board.population == 3
    autosave.close()


def test_discard_takes_the_left_over_away(tmp_path):
    left_by_somebody(tmp_path, read_rle("3o!"))
    one, document, autosave, notice, _ = offered(tmp_path)
    notice.buttons[1].click()
    assert (notice.text, list(tmp_path.iterdir()), one.board.population) == ("", [], 1)
    assert not document.is_edited
    autosave.close()


def test_several_left_overs_are_offered_one_after_the_other_the_newest_first(tmp_path):
    for number, cells in enumerate(("o!", "2o!", "3o!")):
        left_by_somebody(tmp_path, read_rle(cells))
        newest = max(copies(tmp_path), key=lambda path: read_pattern(path).population)
        os.utime(newest, (1_700_000_000 + number, 1_700_000_000 + number))
    one, _, autosave, notice, _ = offered(tmp_path)
    assert notice.text.startswith("A board that was not saved when Lifeloom ended was kept on 14 November 2023 at ")
    assert notice.text.endswith("There are 2 more.")
    notice.buttons[1].click()
    assert notice.text.endswith("There is 1 more.")
    notice.buttons[0].click()
    assert one.board.population == 2
    assert "There" not in notice.text
    notice.buttons[1].click()
    assert notice.text == ""
    autosave.close()
    assert list(tmp_path.iterdir()) == []


def test_a_left_over_that_was_not_answered_is_offered_at_the_next_start(tmp_path):
    left_by_somebody(tmp_path, read_rle("3o!"))
    _, _, autosave, notice, _ = offered(tmp_path)
    assert left_overs(tmp_path) == []  # it is held
    notice.dismiss()
    autosave.close()
    again = offered(tmp_path)
    assert again[3].text
    again[4].leave()
    again[2].close()


def test_unsaved_work_is_asked_about_before_a_left_over_takes_its_place(tmp_path):
    left_by_somebody(tmp_path, read_rle("3o!"))
    one, document, autosave, notice, _ = offered(tmp_path, Answer.CANCEL)
    draw(one)
    notice.buttons[0].click()
    assert (one.board.population, bool(notice.text)) == (2, True)
    document._questions.answer = Answer.DISCARD
    notice.buttons[0].click()
    assert (one.board.population, notice.text) == (3, "")
    autosave.close()


def test_a_left_over_that_cannot_be_read_is_set_aside_and_said(tmp_path):
    left_by_somebody(tmp_path, read_rle("3o!"))
    copies(tmp_path)[0].write_bytes(b"\x00 not a pattern")
    one, _, autosave, notice, rescue = offered(tmp_path)
    notice.buttons[0].click()
    (aside,) = tmp_path.iterdir()
    assert aside.suffix == ".damaged"
    assert rescue.heard[0].endswith(f"it was left in {aside}.")
    assert (one.board.population, notice.text) == (1, "")
    autosave.close()


def test_a_copy_without_a_file_of_origin_is_untitled_again(tmp_path):
    left_by_somebody(tmp_path, read_rle("3o!"))
    _, document, autosave, notice, _ = offered(tmp_path)
    notice.buttons[0].click()
    assert (document.path, document.name, document.is_edited) == (None, "Untitled", True)
    autosave.close()


def test_copies_are_kept_where_the_system_has_such_things(tmp_path):
    assert tmp_path in copies_folder().parents or sys.platform == "darwin"


def test_a_copy_that_cannot_be_made_is_an_error_of_ours(tmp_path):
    (tmp_path / "copies").write_text("a file")
    with pytest.raises((LifeError, OSError)):
        OwnCopy(tmp_path / "copies").write(read_rle("o!"), None)


# With a real process

CHILD = """
import sys
from pathlib import Path
from PySide6.QtCore import QPoint, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
import app
application = app.make_application()
from gui.settings import Settings
from gui.opening import make_window
window = make_window(Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat)))
window.show()
window.session.start()
window.grab()
window.files.autosave._timer.setInterval(1)
window.files.autosave.written.connect(lambda: print("written", flush=True))
assert window.document.open(Path(sys.argv[2]))
window.grab()
seen = window.view.viewport
left, top = seen.edge_x(1) / seen.ratio, seen.edge_y(1) / seen.ratio
QTest.mouseClick(window.view, Qt.MouseButton.LeftButton, pos=QPoint(round(left) + 3, round(top) + 3))
QTimer.singleShot(30_000, application.quit)  # lest nobody kills it
application.exec()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_after_a_killed_process_the_next_start_has_the_board_again(tmp_path, qtbot):
    glider = tmp_path / "glider.rle"
    glider.write_text("#CXRLE Gen=7\nx = 3, y = 3, rule = B36/S23:P20,16\nbo$2bo$3o!")
    command = [sys.executable, "-c", CHILD, str(tmp_path / "settings.ini"), str(glider)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout.readline() == "written\n"
        assert left_overs(copies_folder()) == []  # it is still alive
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
    one, document, autosave, notice, _ = offered(copies_folder())
    notice.buttons[0].click()
    assert one.moment == Moment(7, one.board, HIGHLIFE, BOUNDED)
    assert (one.board.height, one.board.width, one.board.population) == (16, 20, 6)
    assert (document.path, document.is_edited) == (glider, True)
    autosave.close()
    assert list(copies_folder().iterdir()) == []
