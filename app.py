"""The door: a command goes to `life.__main__` before Qt is imported; anything else opens the window.

Everything is imported as late as it can be, so that a Python that is too old, or a machine without Qt, gets as far as
being told so.
"""

from __future__ import annotations

import gc
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from gui import startup
from gui.log_file import LogFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from PySide6.QtWidgets import QApplication

    from gui.stderr_tee import StderrTee
    from gui.unexpected import UnexpectedErrors
    from gui.window import MainWindow

COMMANDS = ("run", "race", "bench", "serve", "convert")
CHILD = "--child"  # how a program packed into one executable starts itself for a command


def main(argv: list[str]) -> int:
    """Does what the arguments say; `argv` is what follows the program's name.

    Returns:
        The exit code: a command's own, or 2 where the window cannot open, or 0.
    """
    startup.prepare_bundle()
    refusal = startup.python_refusal(tuple(sys.version_info[:2]))
    if refusal:
        return startup.refuse(refusal)
    command = command_in(argv)
    if command is not None:
        return _run_command(command)
    pattern, log = _options(argv) if argv else (None, None)  # the parser takes its time
    if pattern is not None and not pattern.is_file():
        return startup.refuse(f"{pattern} is not a file; name a pattern file, or nothing")
    refusal = startup.log_refusal(LogFile(log)) if log else None
    refusal = refusal or startup.refusal_before_qt() or startup.refusal_of_qt()
    return startup.refuse(refusal) if refusal else open_window_and_run(pattern, log)


def command_in(argv: list[str]) -> list[str] | None:
    """The arguments for `python -m life`, or None where the window is asked for."""
    if argv[:1] == [CHILD]:
        return argv[1:]
    return argv if argv[:1] and argv[0] in COMMANDS else None


def version() -> str:
    """The version of the application, which is written in one place only."""
    lines = Path(__file__).with_name("pyproject.toml").read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith("version = ")).split('"')[1]  # tomllib takes its time


def open_window_and_run(pattern: Path | None, log: Path | None = None) -> int:
    """Opens the window, on the pattern file if there is one, and returns the exit code when it was closed.

    The window is shown before anything that it is for is imported, which takes several times as long.

    Args:
        pattern: what to open.
        log: where to write down what is unexpected, and that it started and ended; None for the usual place, where
            only the unexpected is written.
    """
    gc.disable()  # nothing of what is made at the start is garbage, and looking for it took a fifth of the time
    from gui.log_file import log_path
    from gui.remembered import Remembered, users_store
    from gui.start import Start
    from gui.stderr_tee import StderrTee
    from gui.unexpected import UnexpectedErrors
    from gui.window import MainWindow

    application = make_application()
    with StderrTee() as tee, UnexpectedErrors(log or log_path()) as unexpected, ExitStack() as while_it_runs:
        if log:
            unexpected.write_start_and_end()
        close_on_signals(application)
        application.lastWindowClosed.connect(application.exit)  # Qt itself stays where another window opens just then
        window = MainWindow(Remembered(users_store()))

        def load() -> Callable[[], None]:
            from gui.opening import looked_after

            def fill() -> None:
                dress(application)
                while_it_runs.enter_context(looked_after(build(window, unexpected, pattern, tee)))

            return fill

        start = Start(window, load)
        code = application.exec()
        start.close()
        if start.error is not None:
            return startup.refuse_after(start.error, unexpected.log_path)
        if start.is_over and window.settings.trouble_of_writing:
            unexpected.tell_of(window.settings.trouble_of_writing)
        return code


def close_on_signals(application: QApplication) -> None:
    """Has Ctrl+C in the terminal close the window as its own button does; a second time it just ends the process."""
    from PySide6.QtCore import QTimer

    def close(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        QTimer.singleShot(0, application.closeAllWindows)  # this may have interrupted a paintEvent

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, close)


def make_application() -> QApplication:
    """The QApplication, named and in the colours that the user chose."""
    from PySide6.QtWidgets import QApplication

    from gui.look.colours import chosen_theme, palette_for
    from gui.remembered import APPEARANCE, Remembered, users_store

    QApplication.setApplicationName("Lifeloom")
    QApplication.setOrganizationName("Lifeloom")
    QApplication.setDesktopFileName("lifeloom")
    QApplication.setStyle("Fusion")  # or the system's own would be made first
    application = QApplication(["lifeloom"])
    look = Remembered(users_store()).get(APPEARANCE)
    application.setPalette(palette_for(chosen_theme(look, application.palette())))
    return application


def dress(application: QApplication) -> None:
    """All else that is to be known of the application, for which the first paint need not wait."""
    from gui.look.icons import application_icon
    from gui.look.theme import SCHEMES, apply_theme
    from gui.remembered import APPEARANCE, Remembered, users_store

    application.setApplicationVersion(version())
    application.setWindowIcon(application_icon())
    apply_theme(application, SCHEMES[Remembered(users_store()).get(APPEARANCE)])


def build(window: MainWindow, unexpected: UnexpectedErrors, pattern: Path | None, tee: StderrTee) -> MainWindow:
    """Puts everything that the user sees into a window that is shown; needs a QApplication."""
    from gui.opening import begin, tell_of_unexpected

    refusal = startup.fonts_refusal()
    if refusal:
        raise startup.RefusalError(refusal)
    begin(window, pattern, tee)
    tell_of_unexpected(window, unexpected)
    return window


def _run_command(command: list[str]) -> int:
    refusal = startup.packages_refusal(("numpy", "psutil"))
    if refusal:
        return startup.refuse(refusal)
    from life.__main__ import main as run

    return run(command)


def _options(argv: list[str]) -> tuple[Path | None, Path | None]:
    """The pattern to open and the log to write; does not return where there is something else to be said."""
    import argparse

    parser = argparse.ArgumentParser(
        prog="lifeloom" if getattr(sys, "frozen", False) else "app.py",
        description="Conway's Game of Life, in which every cell's step can be a thread that waits for I/O.",
        epilog=f"With {', '.join(COMMANDS)} as its first argument it does what python -m life does, without a window; "
        "a pattern file of such a name is opened as ./run.",
    )
    parser.add_argument("pattern", nargs="?", type=Path, metavar="PATTERN", help="a pattern file to open")
    parser.add_argument(
        "--log", type=Path, metavar="FILE", help="where to write down starts, ends and all that is unexpected"
    )
    parser.add_argument("--version", action="version", version=f"Lifeloom {version()}")
    options = parser.parse_args(argv)
    return options.pattern, options.log


if __name__ == "__main__":
    code = main(sys.argv[1:])
    from life.ending import end

    end(code)
