"""Copies of boards that no file has: one file for each process that runs, and a lock that says whether it still does.

A process that ends as it should takes its copy away. Whatever lies there without anybody who holds its lock was left
by one that did not: that was killed, or went down with the machine.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QLockFile

from life.patterns.files import read_pattern, save_pattern
from life.patterns.formats import MACROCELL, RLE, form_for
from life.patterns.pattern import Pattern
from life.saving import check_room
from life.user_folders import state_folder

_PREFIX, _LOCK = "board-", ".lock"
_SUFFIXES = (RLE.suffixes[0], MACROCELL.suffixes[0])
_ORIGIN = "#CLIFELOOM "  # before the path of the file that the board came from, in JSON; a comment for all others


def copies_folder() -> Path:
    """Where this user's copies are."""
    return state_folder() / "autosave"


class OwnCopy:
    """The copy of this process, or of one of its windows; there is no file until it is written.

    Attributes:
        path: its file, whose suffix is that of the format in which it was written last.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"{_PREFIX}{os.getpid()}-{uuid4().hex[:8]}{RLE.suffixes[0]}"
        self._lock = _lock_of(self.path)

    def write(self, pattern: Pattern, origin: Path | None) -> None:
        """Writes the board, which came from the file `origin`, in the place of what was written before.

        Raises:
            LifeError, OSError: it cannot be written.
        """
        if self._lock.isLocked() and not self.path.with_suffix(_LOCK).exists():
            self._lock.unlock()  # it has gone, with the folder perhaps, and somebody else would take the copy
        if not self._lock.isLocked():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if not self._lock.tryLock(0):
                check_room(self.path.parent)  # Qt does not say why
                raise OSError(f"no lock can be had in the folder {self.path.parent}")
        before, path = self.path, self.path.with_suffix(form_for(pattern).suffixes[0])
        save_pattern(path, _with_origin(pattern, origin))
        self.path = path
        if before != path:
            before.unlink(missing_ok=True)

    def remove(self) -> None:
        """Takes it away."""
        if self._lock.isLocked():
            with suppress(OSError):
                self.path.unlink(missing_ok=True)
            self._lock.unlock()


class LeftOver:
    """A copy that a process left behind, held so that nobody else offers it as well."""

    def __init__(self, path: Path, lock: QLockFile) -> None:
        self.path = path
        self._lock = lock

    @property
    def when(self) -> datetime:
        """When it was written, in local time."""
        with suppress(OSError):
            return datetime.fromtimestamp(self.path.stat().st_mtime)
        return datetime.fromtimestamp(0)

    def read(self) -> tuple[Pattern, Path | None]:
        """The board, and the file that it came from.

        Raises:
            PatternError: it cannot be read.
        """
        return _without_origin(read_pattern(self.path))

    def discard(self) -> None:
        """Takes it away."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
        self._lock.unlock()

    def set_aside(self) -> Path:
        """Leaves it where somebody may look at it, and nobody offers it again; returns where that is."""
        aside = self.path.with_suffix(".damaged")
        with suppress(OSError):
            self.path.replace(aside)
        self._lock.unlock()
        return aside

    def leave(self) -> None:
        """Leaves it for the next start."""
        self._lock.unlock()


def left_overs(folder: Path) -> list[LeftOver]:
    """All copies that nobody holds any more, the newest first; they are held until they are dealt with."""
    found = [left for path in _copies(folder) if (left := _taken(path))]
    return sorted(found, key=lambda left: left.when, reverse=True)


def _copies(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from sorted(path for path in folder.glob(f"{_PREFIX}*") if path.suffix in _SUFFIXES)


def _taken(path: Path) -> LeftOver | None:
    lock = _lock_of(path)
    if not lock.tryLock(0):
        return None
    if path.is_file():
        return LeftOver(path, lock)
    lock.unlock()  # it has gone in the meantime
    return None


def _lock_of(path: Path) -> QLockFile:
    """A lock that is held as long as its process lives, however long that is."""
    lock = QLockFile(str(path.with_suffix(_LOCK)))
    lock.setStaleLockTime(0)
    return lock


def _with_origin(pattern: Pattern, origin: Path | None) -> Pattern:
    if origin is None:
        return pattern
    return replace(pattern, comments=(_ORIGIN + json.dumps(str(origin)), *pattern.comments))


def _without_origin(pattern: Pattern) -> tuple[Pattern, Path | None]:
    first, *others = pattern.comments or ("",)
    if not first.startswith(_ORIGIN):
        return pattern, None
    with suppress(ValueError):
        name = json.loads(first.removeprefix(_ORIGIN))
        if isinstance(name, str):
            return replace(pattern, comments=tuple(others)), Path(name)
    return pattern, None
