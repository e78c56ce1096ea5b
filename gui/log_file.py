"""The log file: where anything unexpected is written down, also in a program without a console.

It is opened before Qt is imported, by a Python that may be too old for the rest of the application.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TextIO

from life.user_folders import log_folder

LARGEST = 1_000_000  # bytes of an old log that are carried on with, and that one run may add


def log_path() -> Path:
    """Where this user's log is."""
    return log_folder() / "lifeloom.log"


class LogFile:
    """A text file that is only ever added to; when it is large it becomes `NAME.1` the next time it is opened.

    No method raises: there is nowhere left to report it to. `problem` says in one sentence why the log is not written,
    and is "" while it is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problem = ""
        self.stream: TextIO | None = None
        self._room = LARGEST
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._rotate()
            self.stream = path.open("a", encoding="utf-8", errors="backslashreplace", buffering=1)
        except OSError as error:
            self.problem = f"the log file {path} cannot be written ({error})"

    def write(self, text: str) -> None:
        """Adds `text` under a line with the time."""
        if self.stream is None or self.problem:
            return
        self._room -= len(text)
        if self._room < 0:
            text = self.problem = f"{LARGEST:,} bytes were logged in one run; nothing more is written"
        try:
            self.stream.write(f"--- {time.strftime('%Y-%m-%d %H:%M:%S')}\n{text.rstrip()}\n")
        except (OSError, ValueError) as error:
            self.problem = f"the log file {self.path} cannot be written ({error})"

    def close(self) -> None:
        """Ends it; the text is on its way to the disk already."""
        if self.stream is not None:
            try:
                self.stream.close()
            except OSError as error:
                self.problem = f"the log file {self.path} cannot be written ({error})"
            self.stream = None

    def _rotate(self) -> None:
        if self.path.exists() and self.path.stat().st_size > LARGEST:
            try:
                self.path.replace(self.path.with_suffix(self.path.suffix + ".1"))
            except PermissionError:
                return  # Windows, and another window of ours is writing to it: it goes on growing for now
