"""Everything that somebody who is to help would ask for, as one text; it leaves the machine only where a user sends it.

What people draw, the names of their files and what they searched for are none of anybody's business and not in it.
"""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, qVersion
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication

from gui.failures.text import plain
from gui.settings import (
    AROUND_BOARD,
    FIELDS,
    FOLDER,
    GEOMETRY,
    KEYS,
    OWN_PATTERNS,
    PLAY_LAYOUT,
    RACE_LAYOUT,
    RECENT,
    WATCH_LAYOUT,
    Settings,
)
from gui.unexpected_reports import Report
from life import diagnostics
from life.facts import FailureReport
from life.user_folders import cache_folder, data_folder, state_folder

LOG_LINES = 60
MOST_REPORTS = 5
_PRIVATE = (RECENT, FOLDER, OWN_PATTERNS)
_OF_NO_USE = (GEOMETRY, AROUND_BOARD, PLAY_LAYOUT, WATCH_LAYOUT, RACE_LAYOUT, KEYS)
_LONGEST_REPORT = 6_000  # characters
_BYTES_A_LINE = 200


def diagnostics_text(
    settings: Settings, failure: FailureReport | None, unexpected: Iterable[Report], log: Path | None
) -> str:
    """The whole text.

    Args:
        settings: those that differ from what they are at first are told.
        failure: the last time that cells failed.
        unexpected: what else went wrong, the newest last.
        log: the log file, of which the end is told.
    """
    folders = (data_folder(), state_folder(), cache_folder(), Path(settings.place).parent)
    parts = {
        "Versions": [*diagnostics.versions(QCoreApplication.applicationVersion()), f"Qt {qVersion()}"],
        "Machine": diagnostics.machine(),
        "Limits": diagnostics.limits(),
        "Folders": diagnostics.rooms(folders),
        "Screens": screens(),
        "Settings that were changed": changed(settings) or ["none"],
        "Last failure of cells": [_shortened(plain(failure))] if failure else ["none"],
        "Anything unexpected": [_shortened(str(report)) for report in list(unexpected)[-MOST_REPORTS:]] or ["none"],
        f"End of the log ({log})": end_of(log) if log else ["no log is written"],
    }
    blocks = ("\n  ".join([title, *_lines(texts)]) for title, texts in parts.items())
    return "\n\n".join(blocks).replace(str(Path.home()), "~") + "\n"


def screens() -> list[str]:
    """A line for what draws, and one for every screen."""
    style = QApplication.style()
    scheme = QGuiApplication.styleHints().colorScheme().name
    how = f"platform {QGuiApplication.platformName()}, style {style.objectName()}, {scheme}"
    return [how, *(_screen(screen) for screen in QGuiApplication.screens())]


def changed(settings: Settings) -> list[str]:
    """The settings that are not what they were at first, except private ones and those that nobody could read."""
    fields = (field for field in FIELDS if field not in (*_PRIVATE, *_OF_NO_USE))
    return [f"{field.key} = {settings.get(field)}" for field in fields if settings.get(field) != field.default]


def end_of(log: Path) -> list[str]:
    """The last lines of the log, or why there are none."""
    try:
        with log.open("rb") as file:
            file.seek(max(log.stat().st_size - LOG_LINES * _BYTES_A_LINE, 0))
            return file.read().decode("utf-8", "replace").splitlines()[-LOG_LINES:] or ["it is empty"]
    except OSError as error:
        return [f"it cannot be read ({error})"]


def _screen(screen: QScreen) -> str:
    size, ratio = screen.size(), screen.devicePixelRatio()
    dots = f"{screen.logicalDotsPerInch():.0f} dots an inch, {screen.refreshRate():.0f} Hz"
    return f"{size.width()} × {size.height()}, {ratio:g} device pixels each, {dots}"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_REPORT else f"{text[:_LONGEST_REPORT]}\n… and more, which is left out"


def _lines(texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in text.splitlines()]
