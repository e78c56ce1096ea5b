"""How long until a window is painted, and until it is complete: Lifeloom's against an empty one of PySide6.

`python -m tests.benchmarks.bench_start [RUNS]` starts both in turn, each in a process of its own, on an X server of
its own where there is Xvfb, and prints the fastest and the median of each, the ratio of the fastest, and what was slow
to import. Every clock starts before Python does.

An empty window is painted when its first `paintEvent` is over and the event loop reads events. So is Lifeloom's the
first time: it is there, at its place, in its colours, can be moved and closed, and has nothing in it but a sheet with
the grounds of what is to come. It is complete when the sheet is gone, the board has been painted, and the event loop
reads events again: everything can be clicked. Only the first paint has a bound.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, nullcontext
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
from gui.sheet import Sheet

told, build = Sheet._tell, app.build

def tell(self):
    print("painted", flush=True)
    told(self)

def and_then(window, *others):
    from PySide6.QtCore import QEvent, QObject, QTimer
    build(window, *others)

    class FirstPaint(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, complete)
            return False

    def complete():
        print("complete", flush=True)
        window.close()

    window.first = FirstPaint()
    window.view.installEventFilter(window.first)
    return window

Sheet._tell = tell
app.build = and_then
sys.exit(app.main([]))
"""


def main(argv):
    """Measures and prints; returns 1 where the first paint takes longer than it is allowed to."""
    runs = int(argv[0]) if argv else RUNS
    with surroundings() as environment:
        empty, painted, complete = measured(runs, environment)
        imports = slow_imports(environment)
    print(f"{'':32}fastest    median   ratio   of {runs} runs{', offscreen' if missing_programs() else ''}")
    rows = ("an empty PySide6 window", empty), ("Lifeloom, first painted", painted), ("Lifeloom, complete", complete)
    for title, seconds in rows:
        ratio = min(seconds) / min(empty)
        times = f"{min(seconds) * 1e3:6.0f} ms {statistics.median(seconds) * 1e3:6.0f} ms"
        allowed = f"   {ALLOWED} is allowed" if seconds is painted else ""
        print(f"{title:30}{times}  {ratio:6.2f}{allowed}")
    print("\nimports of Lifeloom that take longest by themselves:")
    for milliseconds, name in imports:
        print(f"{milliseconds:8.1f} ms  {name}")
    return int(min(painted) / min(empty) > ALLOWED)


@contextmanager
def surroundings():
    """The environment variables for what is started: a screen of its own where there can be one, and a new user."""
    has_screen = not missing_programs()
    with tempfile.TemporaryDirectory() as home, RealScreen() if has_screen else nullcontext() as screen:
        environment = dict(screen.environment) if has_screen else {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody who starts it every day compiles it every day
        environment["PYTHONPYCACHEPREFIX"] = str(Path(home, "compiled"))
        environment.update({f"XDG_{name}_HOME": str(Path(home, name)) for name in ("CONFIG", "STATE", "DATA", "CACHE")})
        yield environment


def measured(runs, environment):
    """Seconds until the empty window is painted, until Lifeloom's is, and until there is everything in that.

    The first run of each only compiles and warms the disk's cache.
    """
    empty, painted, complete = [], [], []
    for number in range(runs + 1):
        (alone,) = seconds_until(["painted"], EMPTY, environment)
        first, last = seconds_until(["painted", "complete"], APP, environment)
        if number:
            empty.append(alone)
            painted.append(first)
            complete.append(last)
    return empty, painted, complete


def seconds_until(words, code, environment):
    """Seconds from before Python starts until the process says each of `words`."""
    began, taken = time.perf_counter(), []
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        for word in words:
            line = process.stdout.readline()
            taken.append(time.perf_counter() - began)
            assert line == f"{word}\n", f"it ended before it was {word}"
    return taken


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
