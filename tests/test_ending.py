"""The end of the process, whatever threads are left in it; each in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.life.stuck import WAYS

ROOT = Path(__file__).resolve().parent.parent
FOR_EVER = "threading.Event().wait"

WINDOW = """
import sys
import app
from gui.runner import Runner
from life.ending import end
from life.experiment import Experiment, WireKind
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tests.life import stuck

begin = Runner.start

def get_stuck_and_close(runner):
    begin(runner)
    runner.configure(Experiment(strategy=kind.key, wire=WireKind.NONE))
    runner.play()
    timer = QTimer(runner)
    timer.timeout.connect(lambda: kind.entered.is_set() and QApplication.closeAllWindows())
    timer.start(20)

Runner.start = get_stuck_and_close
with stuck.stuck(getattr(stuck, sys.argv[1])) as kind:
    print("ended", flush=False)
    end(app.main([]))
"""


def ended(code: str, *args: str, seconds: str = "0.2") -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    prologue = f"import threading, life.ending\nlife.ending.SECONDS_FOR_THREADS = {seconds}\n"
    return subprocess.run(
        [sys.executable, "-c", prologue + code, *args],
        cwd=ROOT,
        env={**environment, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_thread_that_never_ends_is_cut_off_and_told_of() -> None:
    done = ended(
        f"threading.Thread(target={FOR_EVER}, name='cell-1-2').start()\nprint('so far', end='')\nlife.ending.end(3)"
    )
    assert (done.returncode, done.stdout) == (3, "so far")
    assert done.stderr == "1 thread had not ended and was cut off: cell-1-2.\n"


def test_the_workers_of_a_pool_are_cut_off_too() -> None:
    code = f"""
from concurrent.futures import ThreadPoolExecutor
pool = ThreadPoolExecutor(5, thread_name_prefix="worker")
for _ in range(5):
    pool.submit({FOR_EVER})
life.ending.end(0)
"""
    done = ended(code)
    assert done.returncode == 0
    assert done.stderr == "5 threads had not ended and were cut off: worker_0, worker_1, worker_2, ….\n"


def test_a_thread_that_is_about_to_end_is_waited_for() -> None:
    code = """
ending = threading.Event()
threading.Thread(target=lambda: ending.wait() and print("done")).start()
thread = threading.Thread(target=lambda: ending.set())
thread.start()
life.ending.end(0)
"""
    done = ended(code, seconds="60")
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")


def test_what_the_app_itself_has_to_finish_is_waited_for_though_others_are_cut_off() -> None:
    code = f"""
import time
def compile():
    while not cut_off.is_set():
        time.sleep(0.01)
    print("compiled")
cut_off = threading.Event()
threading.Thread(target={FOR_EVER}, name="cell-0-0").start()
threading.Thread(target=compile, name="compile B3/S23").start()
say = life.ending._left
def left():
    found = say()
    looks.append(found)
    if len(looks) >= 3:
        cut_off.set()
    return found
looks = []
life.ending._left = left
life.ending.end(0)
"""
    done = ended(code)
    assert (done.returncode, done.stdout) == (0, "compiled\n")
    assert done.stderr == "1 thread had not ended and was cut off: cell-0-0.\n"


def test_without_such_threads_it_ends_as_python_does() -> None:
    done = ended("import atexit\natexit.register(print, 'bye')\nlife.ending.end(4)")
    assert (done.returncode, done.stdout, done.stderr) == (4, "bye\n", "")


def test_a_program_without_streams_ends_too() -> None:
    code = (
        f"import sys\nsys.stdout = sys.stderr = None\nthreading.Thread(target={FOR_EVER}).start()\nlife.ending.end(5)"
    )
    assert ended(code).returncode == 5


@pytest.mark.parametrize("way", [way.__name__ for way in WAYS])
def test_the_window_can_be_closed_with_a_strategy_that_never_comes_back(way: str) -> None:
    done = ended(WINDOW, way)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "ended\n"
    lost = "simulation, stuck 0, stuck 1, …" if way == "JoinsThreads" else "simulation"
    assert f"cut off: {lost}.\n" in done.stderr
