"""Child processes of the app: how they are started, and how they end with it.

The life line is the child's standard input: the app writes nothing to it, and however the app ends, the system closes
it, which the child notices.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

_SECONDS_TO_END = 0.5
_LINES_KEPT = 20


def child_command(*args: str) -> list[str]:
    """The command that runs `python -m life ARGS`, also where the app was packed into one executable file."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--child", *args]
    return [sys.executable, "-m", "life", *args]


def project_folder() -> Path:
    """The folder that holds `life`, in which children run."""
    return Path(__file__).resolve().parent.parent


def _flags() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW  # a console of its own, that nobody sees and that gets no Ctrl+C
    return 0


class Child:
    """A child process that runs `command`; `with`, or `close`, ends it.

    Attributes:
        said: the lines of its output, errors included, that `wait_for_line` has passed over; at most 20.

    Raises, when made:
        OSError: the system does not start it.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self.said: list[str] = []
        self.process = subprocess.Popen(
            command,
            cwd=project_folder(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            creationflags=_flags(),
            start_new_session=True,  # Ctrl+C is for the app alone, which needs the child to its own end
        )

    def wait_for_line(self, start: str, seconds: float) -> str | None:
        """The first line of output that begins with `start`, or None if there is none within `seconds`.

        The child is not listened to any more afterwards, so it must not go on printing.
        """
        found: list[str] = []
        # A thread, because a pipe cannot be waited for with a time limit on every system.
        reader = Thread(target=self._read_until, args=(start, found), name="output of a child", daemon=True)
        reader.start()
        reader.join(seconds)
        if reader.is_alive():
            self.process.kill()  # which ends its output, and so the reader
            reader.join()
        return found[0] if found else None

    def _read_until(self, start: str, found: list[str]) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith(start):
                found.append(line.rstrip())
                return
            self.said = [*self.said[1 - _LINES_KEPT :], line.rstrip()]

    def close(self) -> None:
        """Ends the child: by its life line, or by force where it has not ended half a second later."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        try:
            self.process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
