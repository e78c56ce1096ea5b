"""A real X server without a monitor, and a person at it: what the offscreen platform forgives crashes there.

There is no window manager, so a window has the keyboard only where it was given it (`Window.focus`), and all windows
lie one upon the other at the places that they choose themselves.
"""

import ctypes
import os
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_WAIT = 60.0
SECONDS_BETWEEN_LOOKS = 0.05
STRICT_PYTHON = (sys.executable, "-X", "dev", "-W", "error")
LEFT, MIDDLE, RIGHT, WHEEL_UP, WHEEL_DOWN = 1, 2, 3, 4, 5

_GRAB = """
import sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
sys.exit(not application.primaryScreen().grabWindow(0).save(sys.argv[1]))
"""


def missing_programs():
    """Those of the needed programs that this machine lacks."""
    return [program for program in ("Xvfb", "xdotool") if shutil.which(program) is None]


class RealScreen:
    """An X server of our own while entered, on a display that nobody else uses."""

    def __init__(self, width=1280, height=900):
        self._size = f"{width}x{height}x24"

    def __enter__(self):
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", self._size, "-nolisten", "tcp", "-noreset"]
        self._server = subprocess.Popen(command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        os.close(write)
        try:
            with open(read) as answer:
                ready, _, _ = select.select([answer], [], [], SECONDS_TO_WAIT)
                number = answer.readline().strip() if ready else ""
            assert number, f"Xvfb did not start: {self._said() if self._server.poll() is not None else 'no answer'}"
        except BaseException:
            self._end()
            raise
        self.display = f":{number}"
        return self

    def __exit__(self, *_):
        self._end()

    def _said(self):
        return self._server.stderr.read().decode(errors="replace")

    def _end(self):
        self._server.terminate()
        self._server.communicate(timeout=SECONDS_TO_WAIT)

    @property
    def environment(self):
        """The variables for a program that is to appear here."""
        inherited = {k: v for k, v in os.environ.items() if k not in ("WAYLAND_DISPLAY", "XAUTHORITY")}
        return {**inherited, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def app(self, *args):
        """`python app.py ARGS` on this screen, for use with `with`."""
        return RunningApp(self, ["app.py", *args])

    def python(self, code, *args):
        """`python -c CODE ARGS` on this screen, for use with `with`."""
        return RunningApp(self, ["-c", code, *args])

    def program(self, path, *args):
        """`PATH ARGS` on this screen, for use with `with`."""
        return RunningApp(self, args, [str(path)])

    def xdotool(self, *args):
        """What xdotool prints; "" also where it found nothing."""
        command = ["xdotool", *(str(arg) for arg in args)]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=SECONDS_TO_WAIT, check=False
        ).stdout.strip()

    def screenshot(self, path):
        """Saves a picture of the whole screen to `path` (PNG) and returns it as a QImage."""
        from PySide6.QtGui import QImage

        subprocess.run(
            [sys.executable, "-c", _GRAB, str(path)], env=self.environment, check=True, timeout=SECONDS_TO_WAIT
        )
        return QImage(str(path))


class RunningApp:
    """A process of its own; leaving the `with` ends it where it did not end by itself."""

    def __init__(self, screen, args, program=STRICT_PYTHON):
        self.screen = screen
        self._command = [*program, *(str(arg) for arg in args)]

    def __enter__(self):
        self.process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env=self.screen.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def window(self, title):
        """The visible window whose title matches the regular expression `title`, as soon as there is one."""
        found = self._wait_for(lambda: self._windows(title), f"a window called {title!r}")
        return Window(self, found[0])

    def wait_until(self, holds, what):
        """Waits until `holds()` is true; fails where the application ends, or after a minute."""
        self._wait_for(holds, what)

    def finish(self):
        """The exit code and what was printed to stdout and stderr, when the application has ended by itself."""
        out, err = self.process.communicate(timeout=SECONDS_TO_WAIT)
        return self.process.returncode, out, err

    def _windows(self, title):
        found = self.screen.xdotool("search", "--onlyvisible", "--pid", self.process.pid, "--name", "").split()
        return [number for number in found if re.search(title, self.screen.xdotool("getwindowname", number))]

    def _wait_for(self, look, what):
        give_up = time.monotonic() + SECONDS_TO_WAIT
        while not (seen := look()):
            try:
                self.process.wait(SECONDS_BETWEEN_LOOKS)
            except subprocess.TimeoutExpired:
                assert time.monotonic() < give_up, f"waited in vain for {what}"
            else:
                raise AssertionError(f"the application ended before {what}: {self.finish()}")
        return seen


class Window:
    """A window on the screen; coordinates are pixels from its upper left corner."""

    def __init__(self, app, number):
        self.number = int(number)
        self._app = app
        self._xdotool = app.screen.xdotool

    @property
    def title(self):
        return self._xdotool("getwindowname", self.number)

    @property
    def size(self):
        """(width, height)"""
        shape = dict(line.split("=") for line in self._xdotool("getwindowgeometry", "--shell", self.number).split())
        return int(shape["WIDTH"]), int(shape["HEIGHT"])

    def focus(self):
        """Gives it the keyboard, as a window manager would."""
        self._xdotool("windowfocus", "--sync", self.number)

    def click(self, x, y, button=LEFT, times=1):
        self._xdotool("mousemove", "--window", self.number, x, y, "click", "--repeat", times, button)

    def drag(self, *points, button=LEFT):
        """Presses at the first point, moves through the others, and lets go at the last."""
        (x, y), *others = points
        moves = [word for x, y in others for word in ("mousemove", "--window", self.number, x, y)]
        self._xdotool("mousemove", "--window", self.number, x, y, "mousedown", button, *moves, "mouseup", button)

    def key(self, *keys):
        """Presses keys by their X names, as in "ctrl+s", "Return", "space"."""
        self.focus()
        self._xdotool("key", *keys)

    def wait_for_title(self, title):
        self._app.wait_until(lambda: re.search(title, self.title), f"the title {title!r}; it is {self.title!r}")

    def close(self):
        """Asks it to close, as the button in its frame does."""
        _send_delete_window(self._app.screen.display, self.number)


class _ClientMessage(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("padding", ctypes.c_long * 24),  # XSendEvent reads a union of 24 longs
    )


def _send_delete_window(display_name, window):
    """The message WM_DELETE_WINDOW of the ICCCM, section 4.2.8.1; xdotool learned it only in 2021."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XOpenDisplay.argtypes = [ctypes.c_char_p]
    x11.XInternAtom.restype = ctypes.c_ulong
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XSendEvent.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p]
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x11.XOpenDisplay(display_name.encode())
    assert display, f"no display {display_name}"
    protocols = x11.XInternAtom(display, b"WM_PROTOCOLS", False)
    delete = x11.XInternAtom(display, b"WM_DELETE_WINDOW", False)
    client_message = 33
    event = _ClientMessage(client_message, window=window, message_type=protocols, format=32)
    event.data[0] = delete
    x11.XSendEvent(display, window, False, 0, ctypes.byref(event))
    x11.XCloseDisplay(display)  # and with it, what was sent is on its way
