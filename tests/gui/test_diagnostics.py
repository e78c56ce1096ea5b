"""The diagnostics: what is in them, what is not, and that they go onto the clipboard and nowhere else."""

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QPushButton

from gui.commands.help import COPIED, HelpCommands
from gui.diagnostics import LOG_LINES, changed, diagnostics_text, end_of
from gui.dialogs import about_text
from gui.settings import FOLDER, LATENCY, RECENT, STRATEGY, Settings
from gui.unexpected import UnexpectedErrors
from gui.unexpected_dialog import UnexpectedDialog
from gui.unexpected_reports import Event, Report
from life import diagnostics
from life.errors import Failure, Fate
from life.facts import FailureReport

FAILURE = Failure(7, 3, 4, "cell-3-4", "OSError: Problem with I/O", "Traceback: line 1", Fate.STDERR)
REPORT = FailureReport(0, 7, "thread-per-cell", (FAILURE,) * 5_000, "nothing at all", advanced=True, held=True)


@pytest.fixture
def settings(tmp_path):
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def commands(qtbot, settings):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.statusBar()
    return HelpCommands(SimpleNamespace(report=REPORT), settings, window)


def test_versions_machine_limits_screens_failures_and_the_log_are_told(qapp, settings, tmp_path):
    log = tmp_path / "lifeloom.log"
    log.write_text("it began here\nit ended here\n", encoding="utf-8")
    unexpected = [Report(Event("k", "worker-7", "ValueError: seven", "Traceback of seven"), count=3)]
    text = diagnostics_text(settings, REPORT, unexpected, log)
    for part in (
        "numpy ", "PySide6-Essentials ", f"Python {sys.version.split()[0]}", "GiB of memory", "processors",
        "open files: ", "stack of a thread: ", "platform offscreen", "device pixels",
        "OSError in cell (3, 4): Problem with I/O",
        "ValueError: seven (3 times)", "it ended here",
    ):  # fmt: skip
        assert part in text, f"{part!r} is missing in:\n{text}"
    assert len(text) < 30_000, "five thousand failures are told in short"


def test_what_somebody_opened_and_where_they_live_is_not_told(qapp, settings, tmp_path):
    settings.set(RECENT, '["/somewhere/secret-pattern.rle"]')
    settings.set(FOLDER, "/somewhere/secret-folder")
    settings.set(LATENCY, 0.25)
    log = tmp_path / "lifeloom.log"
    log.write_text(f"failed in {Path.home()}/secret", encoding="utf-8")
    text = diagnostics_text(settings, None, [], log)
    assert "secret-pattern" not in text
    assert "secret-folder" not in text
    assert str(Path.home()) not in text
    assert "~/secret" in text
    assert "experiment/latency = 0.25" in text


def test_only_settings_that_were_changed_are_told(settings):
    assert changed(settings) == []
    settings.set(STRATEGY, "coroutines")
    assert changed(settings) == ["experiment/strategy = coroutines"]


def test_only_the_end_of_a_long_log_is_told(tmp_path):
    log = tmp_path / "lifeloom.log"
    log.write_bytes(b"\xff\xfe\n" + b"".join(b"line %d\n" % number for number in range(100_000)))
    assert end_of(log) == [f"line {number}" for number in range(100_000 - LOG_LINES, 100_000)]


def test_a_log_that_is_not_there_is_no_reason_to_tell_nothing(qapp, settings, tmp_path):
    text = diagnostics_text(settings, None, [], tmp_path / "nothing.log")
    assert "it cannot be read" in text
    assert "numpy" in text


def test_they_go_onto_the_clipboard_and_a_sentence_says_so(commands, tmp_path):
    with UnexpectedErrors(tmp_path / "lifeloom.log") as unexpected:
        commands.follow(unexpected)
        for count in (1, 2):
            unexpected.reported.emit(Report(Event("k", "worker-7", "ValueError: seven", ""), count))
        commands.copy_diagnostics()
    text = QGuiApplication.clipboard().text()
    assert "ValueError: seven (2 times)" in text
    assert text.count("ValueError: seven") == 1
    assert str(tmp_path / "lifeloom.log") in text
    assert commands.parent().statusBar().currentMessage() == COPIED


def test_the_window_for_the_unexpected_offers_them_as_well(qtbot, tmp_path):
    dialog = UnexpectedDialog(tmp_path / "lifeloom.log")
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.diagnostics_wanted):
        dialog.findChild(QPushButton, "unexpected-diagnostics").click()


def test_a_log_that_was_asked_for_tells_of_start_and_end(qapp, tmp_path):
    path = tmp_path / "made for it" / "my.log"
    with UnexpectedErrors(path) as unexpected:
        unexpected.write_start_and_end()
    text = path.read_text(encoding="utf-8")
    assert text.index("Lifeloom starts") < text.index("numpy ") < text.index("open files") < text.index("Lifeloom ends")


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limits")
def test_the_limits_are_those_of_this_process():
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert f"open files: {soft:,} of {hard:,}" in diagnostics.limits()
    now = next(line for line in diagnostics.limits() if line.startswith("now: "))
    assert f"{psutil.Process().num_threads():,} threads" in now


def test_rooms_say_what_cannot_be_written_to(tmp_path):
    (line,) = diagnostics.rooms([tmp_path / "not" / "made yet"])
    assert line.startswith(f"{tmp_path / 'not' / 'made yet'}: ")
    assert line.endswith(" GiB free")
    if os.geteuid():
        (line,) = diagnostics.rooms([Path("/proc/1")])
        assert line.endswith("not to be written to")


def test_about_names_the_version_and_in_a_bundle_the_licences(qapp, tmp_path):
    assert "licences/" not in about_text()
    assert "MIT" in about_text()
    text = about_text(str(tmp_path))
    assert (tmp_path / "licences").as_uri() in text
    assert f"Python {'.'.join(map(str, sys.version_info[:3]))}" in text
