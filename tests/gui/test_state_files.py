"""Settings, disks and folders that misbehave: a sentence, and nothing lost. Each start is a process of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from gui.settings import LATENCY, STRATEGY, Settings
from gui.settings_trouble import trouble_of_writing, trouble_with
from life.patterns.files import read_pattern
from tests.gui.real_screen import ROOT

PATIENCE = 60
GLIDER = ROOT / "assets" / "patterns" / "spaceships" / "glider.rle"

# Opens the window as app.py does, with a pattern; does what STEPS says; and closes it without saving.
WINDOW = """
import os
import sys
import traceback
from pathlib import Path
from PySide6.QtCore import Qt, QThread, QTimer
from PySide6.QtTest import QTest
import app
from gui import opening
from gui.document import Answer
from gui.stderr_tee import StderrTee
from gui.unexpected import UnexpectedErrors
from tests.gui.fakes import FakeQuestions

fill = opening.fill
opening.fill = lambda window, settings, **others: fill(window, settings, FakeQuestions(Answer.DISCARD), **others)

def told(window):
    return [notice.text for notice in (window.message,) if notice.isVisible()]

def draw(window):
    window.view.zoom_in()
    QTest.mouseClick(window.view, Qt.MouseButton.LeftButton, pos=window.view.rect().center())
    for _ in range(2_000):
        if window.document.is_edited:
            return
        QTest.qWait(10)
    raise AssertionError("nothing was drawn")

def steps(window, file):
    try:
STEPS
    except BaseException:
        traceback.print_exc()
        os._exit(3)  # or it would wait for somebody to close it
    window.close()

build = app.build
def and_then(*args):
    window = build(*args)
    def when_it_runs():
        if QThread.currentThread().loopLevel():
            steps(window, Path(sys.argv[1]))
        else:
            QTimer.singleShot(0, when_it_runs)
    QTimer.singleShot(0, when_it_runs)
    return window
app.build = and_then
sys.exit(app.main(sys.argv[1:]))
"""


@pytest.fixture
def glider(tmp_path):
    (tmp_path / "patterns").mkdir()
    return Path(shutil.copy(GLIDER, tmp_path / "patterns" / "glider.rle"))


@pytest.fixture
def conf():
    """Where the settings of the user of this test are."""
    return Path(os.environ["XDG_CONFIG_HOME"]) / "Lifeloom" / "Lifeloom.conf"


def started(steps, file):
    indented = "".join(f"        {line}\n" for line in steps.strip().splitlines())
    command = [sys.executable, "-W", "error", "-c", WINDOW.replace("STEPS\n", indented), str(file)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=ROOT, text=True, **pipes)


def done(steps, file):
    """The exit code, and what was printed."""
    with started(steps, file) as process:
        try:
            out, err = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()  # does nothing where it has ended
    return process.returncode, out, said(err)


def said(err):
    """Without what the offscreen platform says about itself."""
    return "".join(line for line in err.splitlines(keepends=True) if not line.startswith("This plugin does not"))


posix = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="settings are elsewhere, or no file")


@posix
def test_a_damaged_settings_file_is_said_set_aside_and_what_can_be_read_of_it_holds(glider, conf):
    conf.parent.mkdir(parents=True)
    conf.write_text("[experiment]\nstrategy=coroutines\n%%%% half a line", encoding="utf-8")
    damaged = conf.read_bytes()
    code, out, err = done("print(*told(window)); print(window.session.experiment.strategy)", glider)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        f"The settings file {conf} is damaged. What of it could not be read is as it was at first; "
        "the damaged file is kept as Lifeloom.conf.broken.",
        "coroutines",
    ]
    assert conf.with_name("Lifeloom.conf.broken").read_bytes() == damaged
    code, out, err = done("print(*told(window)); print(window.session.experiment.strategy)", glider)
    assert (code, out.split(), err) == (0, ["coroutines"], ""), "it was mended when the window was closed"


@posix
def test_a_folder_for_settings_that_cannot_be_is_said_at_the_start_and_at_the_end(glider, conf):
    conf.parent.parent.mkdir(parents=True)
    conf.parent.write_text("a file is in the way", encoding="utf-8")
    code, out, err = done("print(*told(window))", glider)
    assert code == 0
    assert out.strip() == (
        f"The settings file {conf} cannot be written, so what you choose is forgotten when the window is closed."
    )
    assert err.splitlines() == [
        f"Lifeloom: What you chose is not remembered: {conf} could not be written. "
        "Is the disk full, or the folder read-only?"
    ]


FULL_DISK = """
import resource
draw(window)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
window.document.save()
print(*told(window))
print(window.document.is_edited)
window.files.keep()
print(*told(window))
"""


@posix
def test_on_a_full_disk_the_file_stays_whole_the_edits_stay_and_a_sentence_says_so(glider, conf):
    code, _, err = done("pass", glider)
    assert (code, err) == (0, "")
    before, settings_before = glider.read_bytes(), conf.read_bytes()
    code, out, err = done(FULL_DISK, glider)
    assert code == 0, err
    saving, is_edited, keeping = out.splitlines()
    assert "glider.rle was not saved: this cannot be saved: the system allows no file of this size" in saving
    assert is_edited == "True"
    assert keeping == (
        "No copy of the board is kept for the case of a crash: this cannot be written: "
        "the system allows no file of this size."
    )
    assert glider.read_bytes() == before
    assert conf.read_bytes() == settings_before
    assert [file.name for file in glider.parent.iterdir()] == ["glider.rle"], "no draft is left"
    assert f"What you chose is not remembered: {conf} could not be written." in err


READ_ONLY = """
import os
draw(window)
window.document.save()
QTest.mouseClick(window.view, Qt.MouseButton.LeftButton, pos=window.view.rect().center())
file.parent.chmod(0o555)
os.seteuid(65534)
window.document.save()
print(*told(window))
window.files.keep()
print(*told(window))
os.seteuid(0)
file.parent.chmod(0o755)
print(window.document.is_edited)
print([path.name for path in file.parent.iterdir()])
window.document.save()
print(window.document.is_edited)
"""


@pytest.mark.skipif(not hasattr(os, "seteuid") or os.geteuid() != 0, reason="only root can become somebody else")
def test_a_folder_that_is_read_only_is_said_and_once_it_is_not_the_save_works():
    with tempfile.TemporaryDirectory() as made:
        file = Path(shutil.copy(GLIDER, Path(made) / "glider.rle"))
        Path(made).chmod(0o755)  # so that nobody can get at it at all
        code, out, err = done(READ_ONLY, file)
    assert (code, err) == (0, "")
    saving, keeping, is_edited, names, is_edited_at_last = out.splitlines()
    assert keeping.endswith("for the case of a crash: this cannot be written: you have no permission.")
    assert saving == "glider.rle was not saved: this cannot be saved: you have no permission."
    assert (is_edited, names, is_edited_at_last) == ("True", "['glider.rle']", "False")


VANISHED = """
import shutil
draw(window)
shutil.rmtree(file.parent)
window.document.save()
print(*told(window))
print(window.document.is_edited)
file.parent.mkdir()
window.document.save()
print(window.document.is_edited)
"""


def test_a_folder_that_vanished_is_said_and_when_it_is_back_the_save_works(glider):
    code, out, err = done(VANISHED, glider)
    assert (code, err) == (0, "")
    saving, is_edited, is_edited_at_last = out.splitlines()
    assert "this cannot be saved: there is no such file or folder" in saving
    assert (is_edited, is_edited_at_last) == ("True", "False")
    assert read_pattern(glider).population == 6


@posix
def test_two_windows_at_once_leave_one_settings_file_that_is_whole(glider, conf):
    steps = """
from dataclasses import replace
window.session.configure(replace(window.session.experiment, strategy="STRATEGY"))
print("ready", flush=True)
sys.stdin.readline()
"""
    keys = ("coroutines", "task-group")
    processes = [started(steps.replace("STRATEGY", key), glider) for key in keys]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("close\n")
        process.stdin.flush()
    for process in processes:
        _, err = process.communicate(timeout=PATIENCE)
        assert (process.returncode, said(err)) == (0, "")
    store = QSettings(str(conf), QSettings.Format.IniFormat)
    assert trouble_with(store) == ""
    assert Settings(store).get(STRATEGY) in keys
    assert {file.name for file in conf.parent.iterdir()} == {"Lifeloom.conf"}


# Without a window.


def test_a_file_that_is_not_there_yet_and_one_in_good_order_are_no_trouble(tmp_path):
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    assert trouble_with(store) == ""
    Settings(store).set(LATENCY, 0.5)
    Settings(store).sync()
    assert trouble_with(store) == trouble_of_writing(store) == ""
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".ini"] == ["settings.ini"]


def test_a_damaged_file_that_cannot_be_set_aside_is_said_with_the_reason(tmp_path):
    (tmp_path / "settings.ini").write_text("no settings at all", encoding="utf-8")
    (tmp_path / "settings.ini.broken").mkdir()
    said = trouble_with(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    assert "it could not be copied to settings.ini.broken (" in said
