"""The safety net catches: a net with a hole would let every other test pass."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QStandardPaths

from gui.log_file import log_path

HERE = Path(__file__).resolve().parent

LEAVES_A_THREAD = """
import threading

def test_it():
    threading.Thread(target=threading.Event().wait, name="left behind", daemon=True).start()
"""
A_THREAD_DIES = """
import threading

def test_it():
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
"""
WARNS = """
import warnings

def test_it():
    warnings.warn("careful")
"""
QT_WARNS = """
from PySide6.QtCore import qWarning

def test_it(qapp):
    qWarning("careful")
"""
PASSES = """
import threading

def test_it():
    threading.Thread(target=threading.Event().wait, args=(0.05,)).start()
"""


@pytest.fixture
def run(tmp_path):
    """Runs one test file under this project's settings and returns what pytest says of it."""

    def run(text):
        shutil.copy(HERE.parent / "pyproject.toml", tmp_path)
        conftest = (HERE / "conftest.py").read_text(encoding="utf-8")
        quick = re.sub(r"(SECONDS_FOR_THREADS_TO_END) = [0-9.]+", r"\1 = 0.5", conftest)
        assert quick != conftest
        (tmp_path / "conftest.py").write_text(quick, encoding="utf-8")
        (tmp_path / "test_one.py").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_one.py"]
        environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
        ).stdout

    return run


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (LEAVES_A_THREAD, "1 threads left behind: left behind"),
        (A_THREAD_DIES, "PytestUnhandledThreadExceptionWarning"),
        (WARNS, "UserWarning: careful"),
        (QT_WARNS, "QtWarningMsg: careful"),
    ],
    ids=["a thread left behind", "a thread that dies", "a warning", "a warning of Qt"],
)
def test_noise_fails(run, text, complaint):
    said = run(text)
    assert "1 failed" in said or "1 error" in said
    assert complaint in said


def test_a_thread_that_ends_soon_is_no_noise(run):
    assert "1 passed" in run(PASSES)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="they keep settings where no test can move them")
def test_nothing_is_kept_where_the_user_keeps_things(tmp_path):
    places = [
        Path(QSettings("Lifeloom", "Lifeloom").fileName()),
        Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)),
        log_path(),
    ]
    assert all(place.is_relative_to(tmp_path) for place in places), places
