"""What every test may rely on: no screen, no trace of the user's own settings, no thread left behind."""

import os
import signal
import sys

# Before anything imports Qt, which complains on stderr where the encoding is another one than UTF-8.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"

import threading
import time

import pytest
from hypothesis import settings

from gui import startup

SECONDS_FOR_THREADS_TO_END = 60.0  # compiling a rule can take 15 on a busy machine

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as what a script starts in the background inherits it
    signal.signal(signal.SIGINT, signal.default_int_handler)  # or the programs under test would not hear Ctrl+C


if refusal := startup.refusal_before_qt() or startup.refusal_of_qt():
    sys.exit(startup.refuse(refusal))


@pytest.fixture(autouse=True)
def no_threads_left_behind():
    """Fails a test whose threads outlive it.

    Threads that Python did not start, but that called into it once, stay listed as "Dummy" and tell nothing. The one
    to which Dask hands what would hold up its event loop is of the whole process.
    """
    before = set(threading.enumerate())
    yield
    give_up = time.monotonic() + SECONDS_FOR_THREADS_TO_END
    left = [t for t in threading.enumerate() if t not in before and not t.name.startswith(("Dummy-", "Dask-Offload"))]
    for thread in left:
        thread.join(max(0.0, give_up - time.monotonic()))
    alive = [thread.name for thread in left if thread.is_alive()]
    assert not alive, f"{len(alive)} threads left behind: {', '.join(alive[:10])}"


@pytest.fixture(autouse=True)
def folders_of_nobody(tmp_path, monkeypatch):
    """Has settings, data and logs end up in the test's own folder, in child processes as well."""
    for variable, folder in (("CONFIG", "config"), ("DATA", "data"), ("STATE", "state")):
        monkeypatch.setenv(f"XDG_{variable}_HOME", str(tmp_path / "home" / folder))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home" / "local"))
    from PySide6.QtCore import QSettings

    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):  # Qt reads the variables only once
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(tmp_path / "home" / "config"))


@pytest.fixture
def python_prints_thread_errors(monkeypatch):
    """What threads die of is printed, as outside of the tests, rather than failing the test."""
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
