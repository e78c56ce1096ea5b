"""From the first paint to a window that has everything: what is seen, what may happen meanwhile, and what may fail."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui.document import Answer
from gui.look.colours import DARK, LIGHT, chosen_theme, palette_for
from gui.opening import fill, make_window
from gui.settings import AROUND_BOARD, GEOMETRY, WORKSPACE
from gui.sheet import FIRST_MARGINS, margins_from_text, margins_to_text
from gui.start import Start
from gui.window import MainWindow
from tests.gui.fakes import FakeQuestions
from tests.gui.windows import LONG, settings_in

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path)


@pytest.fixture
def window(qtbot, settings):
    made = MainWindow(settings)
    qtbot.addWidget(made)
    yield made
    made.close()


@pytest.fixture
def started(window, settings):
    """The window, shown and on its way to have everything."""
    return Start(window, lambda: lambda: filled(window, settings))


def filled(window, settings):
    fill(window, settings, FakeQuestions(Answer.DISCARD))
    window.session.start()


def wait_for_everything(qtbot, window, start):
    qtbot.waitUntil(lambda: start.is_over and window.sheet is None, timeout=LONG)


def board_of(window):
    return QRect(window.view.mapTo(window, QPoint()), window.view.size())


# What is seen first

FIRST_PAINT = """
import enum
import sys
import app
from PySide6.QtCore import QCoreApplication
from gui.start import Start

def begin(self):
    names = [name for name in sys.modules if name.partition(".")[0] in ("gui", "life", "numpy", "psutil", "tomllib")]
    made = any(kind.__qualname__ == "Qt.AlignmentFlag" for kind in enum.Flag.__subclasses__())
    print(*sorted(name for name in names if name not in sys.argv), "Qt" if made else "")
    QCoreApplication.exit()

Start._begin = begin
sys.exit(app.main([]))
"""
EARLY = (
    "gui",
    "gui.log_file",
    "gui.look",
    "gui.look.colours",
    "gui.remembered",
    "gui.screens",
    "gui.sheet",
    "gui.start",
    "gui.startup",
    "gui.stderr_tee",
    "gui.system_libraries",
    "gui.unexpected",
    "gui.unexpected_hooks",
    "gui.unexpected_reports",
    "gui.window",
    "life",
    "life.thread_hook",
    "life.user_folders",
)


def python(code, *args, **changes):
    environment = {**os.environ, **changes}
    command = [sys.executable, "-W", "error", "-c", code, *args]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


def said(done):
    """What was printed to stderr, without what the offscreen platform says about itself."""
    return [line for line in done.stderr.splitlines() if not line.startswith("This plugin does not")]


def test_the_first_paint_waits_for_nothing_that_is_not_seen():
    """Neither for NumPy nor for what the window will show, nor for the enums of `Qt`, which are all made at once."""
    done = python(FIRST_PAINT, *EARLY)
    assert (done.returncode, done.stdout.strip(), said(done)) == (0, "", [])


@pytest.fixture
def undressed(qapp):
    """As an application is before its first window is painted: without the style sheet that other tests gave it."""
    style = qapp.styleSheet()
    qapp.setStyleSheet("")
    yield
    qapp.setStyleSheet(style)


@pytest.mark.usefixtures("undressed")
def test_the_sheet_has_the_grounds_of_what_comes_in_the_theme_of_the_palette(window):
    for theme in (DARK, LIGHT):
        window.setPalette(palette_for(theme))
        window.show_covered()
        seen = window.sheet.grab().toImage()
        left, top = FIRST_MARGINS.left(), FIRST_MARGINS.top()
        assert seen.pixelColor(left + 5, top + 5) == QColor(theme.outside)
        assert seen.pixelColor(left - 5, top + 5) == seen.pixelColor(5, 5) == QColor(theme.window)
        assert seen.pixelColor(left - 1, top + 5) == seen.pixelColor(5, top - 1) == QColor(theme.line)
        window.uncover()


@pytest.mark.parametrize(("look", "theme"), [("light", LIGHT), ("dark", DARK)])
def test_the_theme_that_was_chosen_is_there_from_the_first_paint(look, theme):
    for system in (LIGHT, DARK):
        assert chosen_theme(look, palette_for(system)) is theme
        assert chosen_theme("system", palette_for(system)) is system


def test_in_the_workspace_of_the_race_there_is_no_board_to_be_seen(settings, qtbot):
    settings.set(WORKSPACE, "race")
    window = MainWindow(settings)
    qtbot.addWidget(window)
    window.show_covered()
    seen = window.sheet.grab().toImage()
    colours = {seen.pixelColor(x, y).name() for x in range(0, seen.width(), 9) for y in range(0, seen.height(), 9)}
    assert len(colours) == 1


def test_the_sheet_stays_as_large_as_its_window(window):
    window.show_covered()
    window.resize(900, 650)
    assert window.sheet.size() == window.size()


@pytest.mark.parametrize("margins", [QMargins(291, 68, 331, 28), QMargins(0, 70, 0, 300)])
def test_margins_are_remembered_as_text(margins):
    assert margins_from_text(margins_to_text(margins)) == margins


@pytest.mark.parametrize("text", ["", "1 2 3", "1 2 3 4 5", "one two three four", "-1 2 3 4", "1 2 3 99999999999"])
def test_margins_that_cannot_be_meant_are_those_of_the_first_time(text):
    assert margins_from_text(text) == FIRST_MARGINS


def test_the_board_is_where_the_sheet_had_it_the_next_time(qtbot, settings):
    first = make_window(settings, FakeQuestions(Answer.DISCARD))
    qtbot.addWidget(first)
    first.docks.show("library", False)  # the board without it is narrow enough for the screen of the tests
    first.resize(780, 650)
    first.show()
    qtbot.waitUntil(lambda: board_of(first).left() == 0)
    first.session.start()
    first.close()
    assert margins_from_text(settings.get(AROUND_BOARD)) != FIRST_MARGINS
    again = MainWindow(settings)
    qtbot.addWidget(again)
    again.show_covered()
    expected = again.rect().marginsRemoved(margins_from_text(settings.get(AROUND_BOARD)))
    filled(again, settings)
    again.uncover()
    again.grab()
    assert board_of(again) == expected
    again.close()


# What comes into it


def test_the_window_that_was_painted_is_the_one_that_is_filled(qtbot, window, started):
    assert window.isVisible()
    assert window.sheet.isVisible()
    assert window.windowTitle() == "Lifeloom"
    wait_for_everything(qtbot, window, started)
    assert "Untitled" in window.windowTitle()
    assert window.view.isVisible()
    assert window.findChild(QWidget, "sheet").isHidden()
    assert window.focusWidget() is window.view


def test_nothing_is_seen_of_the_parts_until_all_of_them_are_there(qtbot, settings):
    on_top = []

    class Watched(MainWindow):
        def uncover(self):
            places = [QPoint(x, y) for x in range(5, self.width(), 40) for y in range(5, self.height(), 40)]
            on_top.extend(self.childAt(place) is self.sheet for place in places)
            on_top.append(self.windowTitle() == "Lifeloom")
            super().uncover()

    watched = Watched(settings)
    qtbot.addWidget(watched)
    start = Start(watched, lambda: lambda: filled(watched, settings))
    wait_for_everything(qtbot, watched, start)
    assert on_top
    assert all(on_top)
    watched.close()


class ShownWindows(QObject):
    """Notes whatever is shown as a window of its own."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched)
        return False


def test_there_is_never_a_second_window(qtbot, window, settings):
    shown = ShownWindows()
    QApplication.instance().installEventFilter(shown)
    try:
        start = Start(window, lambda: lambda: filled(window, settings))
        wait_for_everything(qtbot, window, start)
    finally:
        QApplication.instance().removeEventFilter(shown)
    assert shown.seen == [window]


@pytest.mark.parametrize(
    "state", [Qt.WindowState.WindowNoState, Qt.WindowState.WindowMaximized, Qt.WindowState.WindowFullScreen]
)
def test_it_stays_where_it_is_and_as_large(qtbot, settings, state):
    settings.set(WORKSPACE, "race")  # which is narrow enough for the screen of the tests
    before = MainWindow(settings)
    qtbot.addWidget(before)
    before.setGeometry(10, 20, 770, 690)
    before.setWindowState(state)
    before.show()
    settings.set(GEOMETRY, before.saveGeometry())
    before.close()

    window = MainWindow(settings)
    qtbot.addWidget(window)
    go_on = threading.Event()
    start = Start(window, lambda: go_on.wait(LONG / 1000) and (lambda: filled(window, settings)))
    QTest.qWait(50)  # the platform tells the size that the state means in its own time
    place, seen = window.geometry(), window.windowState()
    assert seen & state == state
    go_on.set()
    wait_for_everything(qtbot, window, start)
    QTest.qWait(50)
    assert (window.geometry(), window.windowState()) == (place, seen)
    assert window.actions_by_id["full-screen"].isChecked() == (state == Qt.WindowState.WindowFullScreen)
    window.close()


def test_docks_are_as_wide_as_in_a_window_that_is_shown_when_it_has_everything(qtbot, window, settings, tmp_path):
    (tmp_path / "other").mkdir()
    usual = make_window(settings_in(tmp_path / "other"), FakeQuestions(Answer.DISCARD))
    qtbot.addWidget(usual)
    for each in (usual, window):
        each.resize(1060, 700)
    usual.show()
    start = Start(window, lambda: lambda: filled(window, settings))
    wait_for_everything(qtbot, window, start)
    qtbot.waitUntil(lambda: board_of(window) == board_of(usual), timeout=LONG)
    usual.session.start()
    usual.close()


def test_a_click_or_a_key_that_came_too_early_does_nothing(qtbot, window, settings):
    go_on = threading.Event()

    def load():
        assert go_on.wait(LONG / 1000)
        return lambda: filled(window, settings)

    start = Start(window, load)
    qtbot.waitExposed(window)
    window.activateWindow()
    middle = window.rect().center()
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
        QTest.mouseClick(window.windowHandle(), button, Qt.KeyboardModifier.NoModifier, middle)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_F7, Qt.Key.Key_Tab):
        QTest.keyClick(window.windowHandle(), key)
    go_on.set()
    wait_for_everything(qtbot, window, start)
    assert (window.session.generation, window.session.board.population) == (0, 0)
    assert QGuiApplication.modalWindow() is None
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert window.session.board.population == 1


def test_a_window_that_nobody_looks_at_gets_everything_all_the_same(qtbot, window, settings):
    window.setUpdatesEnabled(False)
    start = Start(window, lambda: lambda: filled(window, settings))
    wait_for_everything(qtbot, window, start)


# What may happen meanwhile


def test_closed_early_it_is_never_filled_and_no_thread_is_left(qtbot, window):
    go_on, was_filled = threading.Event(), []

    def load():
        assert go_on.wait(LONG / 1000)
        return lambda: was_filled.append(True)

    start = Start(window, load)
    qtbot.waitUntil(lambda: any(thread.name == "imports" for thread in threading.enumerate()), timeout=LONG)
    window.close()
    assert not window.isVisible()
    go_on.set()
    start.close()
    assert not any(thread.name == "imports" for thread in threading.enumerate())
    QTest.qWait(0)
    assert (was_filled, start.is_over, start.error) == ([], False, None)


def test_closed_before_it_was_painted_nothing_begins(qtbot, window):
    start = Start(window, lambda: pytest.fail("nothing is to be imported"))
    window.close()
    QTest.qWait(400)
    start.close()
    assert start.error is None


CLOSED_EARLY = """
import sys
import app
from PySide6.QtCore import QTimer
from gui.start import Start

begin = Start._begin
def and_close(self):
    begin(self)
    QTimer.singleShot(0, self._window.close)

Start._begin = and_close
code = app.main([])
import threading
print(code, "gui.opening" in sys.modules, *(thread.name for thread in threading.enumerate()))
"""


def test_a_process_whose_window_is_closed_early_ends_as_it_should():
    done = python(CLOSED_EARLY)
    assert (done.returncode, done.stdout, said(done)) == (0, "0 True MainThread\n", [])


# What may fail


def test_what_cannot_be_imported_is_told_and_ends_it(tmp_path):
    code = "import sys; import app; sys.modules['gui.opening'] = None; sys.exit(app.main(['--log', sys.argv[1]]))"
    done = python(code, str(tmp_path / "my.log"))
    assert done.returncode == 2
    last = done.stderr.splitlines()[-1]
    assert last.startswith("Lifeloom cannot start: ")
    assert "gui.opening" in last
    assert last.endswith("-m pip install .")
    assert "gui.opening" in (tmp_path / "my.log").read_text(encoding="utf-8")


def test_what_fails_while_it_is_filled_is_told_and_ends_it(tmp_path):
    code = (
        "import sys; import app\n"
        "def build(*_):\n"
        "    raise LookupError('no such part')\n"
        "app.build = build\n"
        "sys.exit(app.main(['--log', sys.argv[1]]))"
    )
    done = python(code, str(tmp_path / "my.log"))
    assert done.returncode == 2
    last = done.stderr.splitlines()[-1]
    assert last.startswith("Lifeloom cannot start: LookupError: no such part")
    assert str(tmp_path / "my.log") in last
    assert "no such part" in (tmp_path / "my.log").read_text(encoding="utf-8")
