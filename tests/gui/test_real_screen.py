"""The application as a person has it: `python app.py`, on a real X server, with a real mouse and keyboard."""

import os
import shutil
import signal
import sys

import pytest

from life.patterns.files import read_pattern
from tests.gui.real_screen import ROOT, RealScreen, missing_programs


@pytest.fixture
def screen():
    lacking = missing_programs()
    if lacking and not os.environ.get("CI"):
        pytest.skip(f"needs {' and '.join(lacking)}")
    assert not lacking, f"on a machine that checks everything there must be {' and '.join(lacking)}"
    with RealScreen() as screen:
        yield screen


pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="has no X server")


ON_THE_BOARD = (503, 303)  # right of the library, away from the glider in the middle


@pytest.fixture
def glider(tmp_path):
    return shutil.copy(ROOT / "assets" / "patterns" / "spaceships" / "glider.rle", tmp_path / "glider.rle")


def test_a_pattern_is_opened_drawn_into_and_saved_and_nothing_is_printed(screen, glider):
    with screen.app(glider) as app:
        window = app.window("^glider.rle – Lifeloom$")
        window.click(*ON_THE_BOARD)
        window.wait_for_title(r"^glider.rle\* – Lifeloom$")
        window.key("ctrl+s")
        window.wait_for_title("^glider.rle – Lifeloom$")
        window.close()
        assert app.finish() == (0, "", "")
    assert read_pattern(glider).population == 6


def test_a_click_draws_the_cell_under_the_pointer(screen, glider, tmp_path):
    def colour():
        return screen.screenshot(tmp_path / "screen.png").pixelColor(*ON_THE_BOARD).lightness()

    with screen.app(glider) as app:
        window = app.window("^glider.rle – Lifeloom$")
        app.wait_until(lambda: colour() > 200, "an empty cell")
        window.click(*ON_THE_BOARD)
        app.wait_until(lambda: colour() < 100, "a live cell")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window_as_its_button_does(screen, glider, number):
    with screen.app(glider) as app:
        app.window("^glider.rle – Lifeloom$")
        app.process.send_signal(number)
        assert app.finish() == (0, "", "")


AT_ONCE = "Lifeloom$"  # whether or not there is anything in it yet


def test_a_window_that_is_closed_at_once_ends_as_it_should(screen):
    with screen.app() as app:
        app.window(AT_ONCE).close()
        assert app.finish() == (0, "", "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_at_once_ends_it_as_it_should(screen, glider, number):
    with screen.app(glider) as app:
        app.window(AT_ONCE)
        app.process.send_signal(number)
        assert app.finish() == (0, "", "")


def test_a_second_signal_ends_it_where_the_first_one_only_led_to_a_question(screen, glider):
    with screen.app(glider) as app:
        window = app.window("^glider.rle – Lifeloom$")
        window.click(*ON_THE_BOARD)
        window.wait_for_title(r"\*")
        app.process.send_signal(signal.SIGTERM)
        app.window("^Unsaved changes")
        app.process.send_signal(signal.SIGTERM)
        code, _, _ = app.finish()
        assert code == -signal.SIGTERM


THREAD_THAT_FAILS = """
import sys, threading
import app

def fail():
    raise LookupError("from a thread that may touch no window")

earlier = app.build
def build(*args):
    window = earlier(*args)
    threading.Thread(target=fail, name="worker-7").start()
    return window

app.build = build
sys.exit(app.main([]))
"""


def test_what_a_thread_did_not_expect_opens_one_window_and_ends_nothing(screen):
    with screen.python(THREAD_THAT_FAILS) as app:
        dialog = app.window("^Something unexpected happened$")
        dialog.close()
        app.window("^Untitled – Lifeloom$").close()
        code, _, printed = app.finish()
    assert code == 0
    assert printed.startswith("Exception in thread worker-7:")
