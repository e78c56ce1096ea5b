"""The door: a command goes to `life.__main__` before Qt is imported; anything else opens the window.

Everything is imported as late as it can be, so that a Python that is too old, or a machine without Qt, gets as far as
being told so.
"""

from __future__ import annotations

import argparse
import gc
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gui import startup
from gui.log_file import LogFile

if TYPE_CHECKING:
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
    options = _parser().parse_args(argv)
    pattern: Path | None = options.pattern
    if pattern is not None and not pattern.is_file():
        return startup.refuse(f"{pattern} is not a file; name a pattern file, or nothing")
    refusal = startup.log_refusal(LogFile(options.log)) if options.log else None
    refusal = refusal or startup.refusal_before_qt() or startup.refusal_of_qt()
    return startup.refuse(refusal) if refusal else open_window_and_run(pattern, options.log)


def command_in(argv: list[str]) -> list[str] | None:
    """The arguments for `python -m life`, or None where the window is asked for."""
    if argv[:1] == [CHILD]:
        return argv[1:]
    return argv if argv[:1] and argv[0] in COMMANDS else None


def version() -> str:
    """The version of the application, which is written in one place only."""
    import tomllib

    project = tomllib.loads(Path(__file__).with_name("pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def open_window_and_run(pattern: Path | None, log: Path | None = None) -> int:
    """Opens the window, on the pattern file if there is one, and returns the exit code when it was closed.

    Args:
        pattern: what to open.
        log: where to write down what is unexpected, and that it started and ended; None for the usual place, where
            only the unexpected is written.
    """
    gc.disable()  # nothing of what is made at the start is garbage, and looking for it took a fifth of the time
    from gui.garbage import GarbageInGuiThread
    from gui.log_file import log_path
    from gui.stderr_tee import StderrTee
    from gui.turns import TurnsAsThreadsNeed
    from gui.unexpected import UnexpectedErrors

    application = make_application()
    refusal = startup.fonts_refusal()
    if refusal:
        return startup.refuse(refusal)
    with StderrTee() as tee, UnexpectedErrors(log or log_path()) as unexpected:
        if log:
            unexpected.write_start_and_end()
        close_on_signals(application)
        window = build(unexpected, pattern, tee)
        window.show()
        application.lastWindowClosed.connect(application.exit)  # Qt itself stays where another window opens just then
        gc.enable()
        with GarbageInGuiThread(lambda: window.watch.live is not None), TurnsAsThreadsNeed(window.session):
            code = application.exec()
        if window.settings.trouble_of_writing:
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
    """The QApplication, named and dressed."""
    from PySide6.QtWidgets import QApplication

    from gui.look.icons import application_icon
    from gui.look.theme import apply_theme

    QApplication.setApplicationName("Lifeloom")
    QApplication.setOrganizationName("Lifeloom")
    QApplication.setApplicationVersion(version())
    QApplication.setDesktopFileName("lifeloom")
    application = QApplication(["lifeloom"])
    application.setWindowIcon(application_icon())
    apply_theme(application)
    return application


def build(unexpected: UnexpectedErrors, pattern: Path | None, tee: StderrTee) -> MainWindow:
    """Everything that the user sees, connected and ready to be shown; needs a QApplication."""
    from gui.opening import open_window
    from gui.unexpected_dialog import UnexpectedDialog

    window = open_window(pattern, tee)
    dialog = UnexpectedDialog(unexpected.log_path, window)
    unexpected.reported.connect(dialog.show_report)
    window.help_commands.follow(unexpected)
    dialog.diagnostics_wanted.connect(window.help_commands.copy_diagnostics)
    return window


def _run_command(command: list[str]) -> int:
    refusal = startup.packages_refusal(("numpy", "psutil"))
    if refusal:
        return startup.refuse(refusal)
    from life.__main__ import main as run

    return run(command)


def _parser() -> argparse.ArgumentParser:
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
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
