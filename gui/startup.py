"""What must hold before a window can open, and one clear sentence for each thing that does not.

Importing this imports no Qt, and a Python that is too old for the rest can read it: somebody has to say so.
"""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from collections.abc import MutableMapping
from pathlib import Path

from gui.log_file import LogFile, log_path

EXIT_CODE = 2

_OLDEST_PYTHON = (3, 11)
_FREE_OF_THE_FAULT = (3, 12)  # the first Python that no PySide6 aborts
_PACKAGES = ("PySide6", "numpy", "psutil", "pygments", "pyqtgraph")
_DISTRIBUTION = re.compile(r"(?im)^(pyside6.essentials|pyside6|shiboken6)-([^-\n]+)(?:-.*)?\.(?:dist|egg)-info$")
# Qt's fontconfig database lists these three whether or not there is a font behind them.
_ALWAYS_LISTED = {"Monospace", "Sans Serif", "Serif"}


def prepare_bundle() -> None:
    """What a program that was packed into one executable needs before anything else; elsewhere nothing.

    Where Python starts processes for itself, they are this executable, and have to be told from the app. And whatever
    else is started, such as the file manager, is to have the system's libraries and not those of the bundle.
    """
    if not getattr(sys, "frozen", False):
        return
    from multiprocessing import freeze_support

    freeze_support()
    give_libraries_back(os.environ)


def give_libraries_back(environment: MutableMapping[str, str]) -> None:
    """Undoes in `environment` what PyInstaller's loader did to have its own libraries found."""
    for name in ("LD_LIBRARY_PATH", "LIBPATH", "DYLD_LIBRARY_PATH"):
        before = environment.pop(f"{name}_ORIG", None)
        if before is not None:
            environment[name] = before
        else:
            environment.pop(name, None)


def refuse(sentence: str) -> int:
    """Tells the user why nothing starts, on stderr, or in the log file where there is no stderr.

    Returns:
        The exit code for it.
    """
    text = f"Lifeloom cannot start: {sentence}"
    if sys.stderr is not None:
        sys.stderr.write(text + "\n")
    else:
        log = LogFile(log_path())
        log.write(text)
        log.close()
    return EXIT_CODE


def python_refusal(version: tuple[int, ...]) -> str | None:
    """Why this Python cannot run Lifeloom; `version` is `sys.version_info` or the like."""
    if tuple(version[:2]) >= _OLDEST_PYTHON:
        return None
    return (
        f"this is Python {version[0]}.{version[1]}, and it needs Python 3.11 or later; "
        "start it with a newer one, for example: python3.11 app.py"
    )


def packages_refusal(names: tuple[str, ...] = _PACKAGES) -> str | None:
    """Which of the packages `names` are not installed, and the command that installs them."""
    lacking = [name for name in names if importlib.util.find_spec(name) is None]
    if not lacking:
        return None
    verb = "is" if len(lacking) == 1 else "are"
    return (
        f"{', '.join(lacking)} {verb} not installed for {sys.executable}; "
        f"in the folder of app.py, run: {sys.executable} -m pip install ."
    )


def pyside_refusal(python: tuple[int, ...], pyside: str | None) -> str | None:
    """Why this PySide6 cannot be used with this Python.

    PySide6 6.12 gives away a reference to None with every call on Python 3.11, which ends the process after some
    thousands of them.

    Args:
        python: `sys.version_info` or the like.
        pyside: version of PySide6, or None where it is not known.
    """
    release = tuple(int(number) for number in re.findall(r"\d+", pyside or "")[:2])
    if release < (6, 12) or tuple(python[:2]) >= _FREE_OF_THE_FAULT:
        return None
    return (
        f"PySide6 {pyside} aborts Python {python[0]}.{python[1]} after a while; "
        f'run: {sys.executable} -m pip install "PySide6-Essentials<6.12" (or use Python 3.12 or later)'
    )


def installed_pyside() -> str | None:
    """Version of the installed PySide6, found without importing it; None where its packager did not say.

    As `importlib.metadata`, but for the time that it takes to import that.
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        for name, version in _DISTRIBUTION.findall("\n".join(_names_in(folder))):
            found.setdefault(name.lower().replace("-", "_"), version)
    return next((found[name] for name in ("pyside6_essentials", "pyside6", "shiboken6") if name in found), None)


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder or ".")
    except OSError:
        return []  # an archive, or nothing at all


class RefusalError(Exception):
    """Says in one sentence why the window that was shown already is not filled."""


def refuse_after(error: BaseException, log: Path) -> int:
    """Tells the user why the window that was shown is gone; what nobody expected, with its traceback.

    Returns:
        The exit code for it.
    """
    if isinstance(error, RefusalError):
        return refuse(str(error))
    sys.excepthook(type(error), error, error.__traceback__)
    if isinstance(error, ImportError):
        return refuse(f"{error}; in the folder of app.py, run: {sys.executable} -m pip install .")
    return refuse(f"{type(error).__name__}: {error}; more about it is written down in {log}")


def fonts_refusal() -> str | None:
    """Why text could not be read; needs a QApplication. Qt draws boxes then, and some of it crashes."""
    from PySide6.QtGui import QFontDatabase

    if set(QFontDatabase.families()) - _ALWAYS_LISTED:
        return None
    return "no font is installed; install one, for example with: sudo apt install fonts-dejavu-core"


def log_refusal(log: LogFile) -> str | None:
    """Why the log file that the user asked for cannot be written; closes it."""
    log.close()
    return f"{log.problem}; name another one behind --log" if log.problem else None


def refusal_before_qt() -> str | None:
    """The first reason, of those that can be known without loading Qt, why no window can open."""
    python = tuple(sys.version_info[:2])
    if python >= _FREE_OF_THE_FAULT:  # to ask for the version takes its time
        return python_refusal(python) or packages_refusal()
    return python_refusal(python) or packages_refusal() or pyside_refusal(python, installed_pyside())


def refusal_of_qt() -> str | None:
    """Why Qt cannot be loaded or has no screen. Loads Qt, but makes no application."""
    from gui.screens import qt_refusal

    return qt_refusal(os.environ)
