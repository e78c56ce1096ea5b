"""The door: who is sent where, and that what it opens is connected; `gui/test_real_screen.py` opens it for real."""

import signal
import subprocess
import sys
import threading
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QWidget

import app
from gui.remembered import Remembered, users_store
from gui.stderr_tee import StderrTee
from gui.unexpected import UnexpectedErrors
from gui.unexpected_dialog import UnexpectedDialog
from gui.window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
GLIDER = ROOT / "assets" / "patterns" / "spaceships" / "glider.rle"


def run_app(*args, cwd=ROOT):
    return subprocess.run(
        [sys.executable, str(ROOT / "app.py"), *args], cwd=cwd, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize("command", app.COMMANDS)
def test_a_command_goes_to_the_command_line(command):
    assert app.command_in([command, "x.rle", "--size", "9x5"]) == [command, "x.rle", "--size", "9x5"]


def test_a_packed_program_can_start_itself_for_a_command():
    assert app.command_in(["--child", "serve", "--port", "0"]) == ["serve", "--port", "0"]


@pytest.mark.parametrize("argv", [[], ["glider.rle"], ["./run"], ["runner"], ["--version"]])
def test_anything_else_goes_to_the_window(argv):
    assert app.command_in(argv) is None


@pytest.mark.parametrize("prefix", [[], ["--child"]])
def test_a_command_prints_what_the_command_line_prints(prefix):
    args = ["run", str(GLIDER), "--size", "9x5", "--generations", "2"]
    done = run_app(*prefix, *args)
    direct = subprocess.run(
        [sys.executable, "-m", "life", *args], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, direct.stdout, "")
    assert "*" in done.stdout


def test_a_command_gives_its_own_exit_code():
    done = run_app("run", str(ROOT / "LICENSE"))
    assert done.returncode == 2
    assert "LICENSE:1:" in done.stderr


def test_the_version_is_what_the_project_says():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert app.version() == project["project"]["version"]


def test_the_version_is_that_of_the_project_from_wherever_it_is_asked(tmp_path):
    done = run_app("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"Lifeloom {app.version()}\n")


def test_help_names_the_commands():
    done = run_app("--help")
    assert done.returncode == 0
    assert all(command in done.stdout for command in app.COMMANDS)


def test_an_option_that_does_not_exist_is_refused():
    done = run_app("--colour")
    assert done.returncode == 2
    assert "unrecognized arguments: --colour" in done.stderr


@pytest.fixture
def opened(qtbot, tmp_path, python_prints_thread_errors):
    with StderrTee() as tee, UnexpectedErrors(tmp_path / "lifeloom.log") as unexpected:
        window = MainWindow(Remembered(users_store()))
        qtbot.addWidget(window)
        window.show()
        app.build(window, unexpected, GLIDER, tee)
        yield window, unexpected
        window.close()


def test_a_pattern_file_opens_in_the_window(opened):
    window, _ = opened
    assert isinstance(window, QWidget)
    assert "glider.rle" in window.windowTitle()


def test_what_nobody_expected_reaches_the_window(opened, qtbot):
    window, unexpected = opened
    dialog = window.findChild(UnexpectedDialog)
    assert not dialog.isVisible()
    with qtbot.waitSignal(unexpected.reported):
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
    thread.join()
    assert dialog.isVisible()
    assert "ZeroDivisionError" in dialog.findChild(QLabel, "unexpected-sentence").text()


def test_signals_close_the_window_and_then_are_what_they_were_to_a_process(opened, qtbot, qapp):
    window, _ = opened
    earlier = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        app.close_on_signals(qapp)
        signal.raise_signal(signal.SIGTERM)
        qtbot.waitUntil(lambda: not window.isVisible())
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


def test_the_application_is_named_for_settings_windows_and_desktops(qapp):
    code = (
        "import app; a = app.make_application(); app.dress(a); "
        "print(a.applicationName(), a.organizationName(), a.applicationVersion(), a.desktopFileName()); "
        "print(a.windowIcon().isNull(), a.styleSheet() != '')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines() == [f"Lifeloom Lifeloom {app.version()} lifeloom", "False True"]
    assert QCoreApplication.instance() is qapp
