"""Uses a built bundle as a person does, on an X server of its own: `python -m tests.benchmarks.check_bundle`.

`python -m assets.bundle.build` comes first; the executable may be named as an argument. Every step prints what held,
and the first that does not ends it with an error. It takes half a minute, and the building before it a few, so it is
no part of the tests. Needs Xvfb and xdotool.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil

from life.patterns.files import read_pattern
from tests.gui.real_screen import ROOT, RealScreen, missing_programs

NAME = "lifeloom.exe" if sys.platform == "win32" else "lifeloom"
DRAWN = (503, 303)  # on the board, away from the glider in the middle
MIDDLE = (620, 424)  # of the board, where the pattern lies
SECOND_IN_LIBRARY = (150, 251)
FROM_CORNER = (122, 26)  # of the button that starts a race
RACE = {
    "strategies": ["thread-per-cell", "coroutines"], "sizes": [45], "wire": "wait", "latency": 0.3, "jitter": 0.0,
    "seed": 0, "repeat": 1, "limit": 60.0, "fault": None,
}  # fmt: skip
SETTINGS = f"""[experiment]
strategy=thread-per-cell
wire=service
latency=0.05

[view]
welcomed=true

[race]
choices={json.dumps(json.dumps(RACE))}
"""


def main(argv):
    """Checks the bundle and returns the exit code."""
    program = Path(argv[0] if argv else ROOT / "dist" / "lifeloom" / NAME).resolve()
    if not program.is_file():
        print(f"{program} is not there; run: python -m assets.bundle.build")
        return 2
    if lacking := missing_programs():
        print(f"needs {' and '.join(lacking)}")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for variable in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{variable}_HOME"] = str(home / variable)
        (home / "CONFIG" / "Lifeloom").mkdir(parents=True)
        (home / "CONFIG" / "Lifeloom" / "Lifeloom.conf").write_text(SETTINGS, encoding="utf-8")
        check_commands(program, home)
        with RealScreen(1280, 800) as screen:
            check_window(screen, program, home)
    print("everything holds")
    return 0


def check_commands(program, home):
    """What needs no window: the version, a run that is right, and one that numba computes."""
    said = output(program, "--version")
    assert said.startswith("Lifeloom "), said
    glider = ROOT / "assets" / "patterns" / "spaceships" / "glider.rle"
    arguments = ("run", str(glider), "--generations", "4", "--as", "rle", "--strategy", "thread-pool")
    ours = subprocess.run(
        [sys.executable, "-m", "life", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert output(program, *arguments) == ours.stdout
    print(f"{said.strip()}: a run without a window gives what it gives from the source")
    said = output(program, "bench", "--sizes", "256", "--seconds", "0.01", "--json", str(home / "bench.json"))
    assert " fused " in said, said
    print("the compiler for big boards is inside and works")


def output(program, *args):
    done = subprocess.run([program, *args], cwd="/", capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, (args, done.stdout, done.stderr)
    return done.stdout


def check_window(screen, program, home):
    """From the first picture to the end."""
    file = shutil.copy(ROOT / "assets" / "patterns" / "spaceships" / "glider.rle", home / "glider.rle")
    with screen.program(program, file) as app:
        window = app.window("^glider.rle – Lifeloom$")
        print("the window is up")
        check_generation(app, window, program, file)
        check_failure(app, window)
        check_race(app, window, program)
        window.close()
        code, out, err = app.finish()
    assert code == 0, (code, out, err)
    assert err.count("OSError: Problem with I/O") == 1, err
    assert "next_state = self._game_logic(" in err, f"a traceback shows no line of the source: {err}"
    assert [
        line for line in err.splitlines() if not line.startswith((" ", "Exception in", "Traceback", "OSError"))
    ] == []
    print("it ended by itself with exit code 0")


def check_generation(app, window, program, file):
    """A cell is clicked, a generation made by threads that ask the service, and the board saved as it should be."""
    window.click(*DRAWN)
    window.wait_for_title(r"^glider.rle\* – Lifeloom$")
    window.key("space")
    app.wait_until(lambda: saved(window, file).generation == 1, "the first generation in the file")
    board = read_pattern(file)
    assert board.population == 5, board  # the glider lives on, and a cell that is alone does not
    services = children(app, program, "serve")
    assert len(services) == 1, services
    print("a cell was drawn, a generation made by a thread per cell, and saved; the service is the same executable")


def saved(window, file):
    window.key("ctrl+s")
    return read_pattern(file)


def check_failure(app, window):
    """A pattern of the library is opened; a fault is planted, and a window says so."""
    window.click(*SECOND_IN_LIBRARY, times=2)
    window.wait_for_title("^Glider")
    print("a pattern of the library was opened")
    window.key("F7")
    window.click(*MIDDLE)
    window.key("space")
    app.window("^A cell failed$").key("Escape")
    app.wait_until(lambda: not app._windows("^A cell failed$"), "the end of the failure's window")
    print("a failing cell opened its window")


def check_race(app, window, program):
    """Both runs of a race are processes of the same executable, and end."""
    window.key("ctrl+3")
    width, height = window.size
    window.click(width - FROM_CORNER[0], height - FROM_CORNER[1])
    window.key("Escape")  # skips the guesses
    runs = set()

    def both_ran():
        running = children(app, program, "race-run")
        runs.update(running)
        return len(runs) >= len(RACE["strategies"]) and not running

    app.wait_until(both_ran, "the runs of a race")
    window.key("ctrl+1")
    print(f"a race made {len(runs)} runs, each in a process of the same executable")


def children(app, program, command):
    """The process ids of its children that are `program --child COMMAND`."""
    found = set()
    for child in psutil.Process(app.process.pid).children():
        try:
            if child.cmdline()[:3] == [str(program), "--child", command]:
                found.add(child.pid)
        except psutil.Error:
            continue
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
