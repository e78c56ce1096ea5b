"""How long until a window is painted: Lifeloom's against an empty one of PySide6, both from a standing start.

`python -m tests.benchmarks.bench_start [RUNS]` starts them in turn, each in a process of its own, on an X server of
its own where there is Xvfb, and prints the fastest and the median of each, their ratio, and what was slow to import.
Each clock starts before Python does and stops when the window has been painted for the first time and events are read.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from tests.gui.real_screen import ROOT, RealScreen, missing_programs

RUNS = 9
ALLOWED = 1.5
MOST_IMPORTS = 15

EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
from PySide6.QtCore import QTimer

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, painted)

def painted():
    print("painted", flush=True)
    QApplication.exit()

application = QApplication([])
window = Window()
window.resize(1280, 800)
window.show()
application.exec()
"""

APP = """
import sys
import app
build = app.build

def and_then(*args):
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication
    window = build(*args)

    class FirstPaint(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, painted)
            return False

    def painted():
        print("painted", flush=True)
        window.close()

    window.first = FirstPaint()
    window.view.installEventFilter(window.first)
    if window.view.isVisible():
        window.view.update()
    return window

app.build = and_then
sys.exit(app.main([]))
"""


def main(argv):
    """Measures and prints; returns 1 where the window takes longer than it is allowed to."""
    runs = int(argv[0]) if argv else RUNS
    has_screen = not missing_programs()
    with tempfile.TemporaryDirectory() as home, RealScreen() if has_screen else nullcontext() as screen:
        environment = dict(screen.environment) if has_screen else {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody who starts it every day compiles it every day
        environment["PYTHONPYCACHEPREFIX"] = str(Path(home, "compiled"))
        environment.update({f"XDG_{name}_HOME": str(Path(home, name)) for name in ("CONFIG", "STATE", "DATA", "CACHE")})
        empty, app = measured(runs, environment)
        imports = slow_imports(environment)
    print(f"{'':26}fastest    median   of {runs} runs{'' if has_screen else ', offscreen'}")
    for title, seconds in (("an empty PySide6 window", empty), ("Lifeloom", app)):
        print(f"{title:24}{min(seconds) * 1e3:6.0f} ms {statistics.median(seconds) * 1e3:6.0f} ms")
    ratio = min(app) / min(empty)
    print(f"{'ratio':24}{ratio:8.2f}  {statistics.median(app) / statistics.median(empty):8.2f}   {ALLOWED} is allowed")
    print("\nimports of Lifeloom that take longest by themselves:")
    for milliseconds, name in imports:
        print(f"{milliseconds:8.1f} ms  {name}")
    return int(ratio > ALLOWED)


def measured(runs, environment):
    """Seconds of both; the first run of each only compiles and warms the disk's cache."""
    empty, app = [], []
    for number in range(runs + 1):
        for seconds, code in ((empty, EMPTY), (app, APP)):
            took = seconds_until_painted(code, environment)
            if number:
                seconds.append(took)
    return empty, app


def seconds_until_painted(code, environment):
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        line = process.stdout.readline()
        took = time.perf_counter() - began
    assert line == "painted\n", "it ended before its window was painted"
    return took


def slow_imports(environment):
    """Milliseconds that each slow module takes without those that it imports, the slowest first."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", APP],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = re.findall(r"import time:\s+(\d+) \|\s+\d+ \| +(\S+)", done.stderr)
    taken = sorted(((int(own) / 1e3, name) for own, name in found), reverse=True)
    return taken[:MOST_IMPORTS]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
