"""What goes to stderr, kept besides for those who look at the window and not at the terminal.

Python prints an exception that a thread died of to `sys.stderr`, whatever that is at the moment. While the tee is
installed it stands there, hands everything on first, and keeps a copy until somebody takes it. Where a program has no
stderr, it goes on having none, because then Python prints nothing at all, and that is to be seen too.
"""

import sys
from collections import deque
from threading import Lock
from types import TracebackType
from typing import Any, Self, TextIO

MOST_CHARACTERS = 1_000_000


class StderrTee:
    """Stands in for `sys.stderr` from entering to leaving; may be written to by any thread.

    Args:
        most_characters: how many of the last characters are kept until they are taken.
    """

    def __init__(self, most_characters: int = MOST_CHARACTERS) -> None:
        self._most = most_characters
        self._original: TextIO | None = None
        self._pieces: deque[str] = deque()
        self._kept = 0
        self._left_out = 0
        self._lock = Lock()

    def __enter__(self) -> Self:
        self._original = sys.stderr
        if self._original is not None:
            sys.stderr = self
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if sys.stderr is self:  # somebody else may have put something of his own there, and will put us back
            sys.stderr = self._original

    @property
    def has_stderr(self) -> bool:
        """Whether the program has a stderr that is listened to."""
        return self._original is not None

    def write(self, text: str) -> int:
        """Hands the text on and keeps it; also where handing it on fails, which is then raised as it would be."""
        try:
            if self._original is not None:
                self._original.write(text)
        finally:
            self._keep(text)
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        """Writes one after the other."""
        for line in lines:
            self.write(line)

    def take(self, most: int | None = None) -> tuple[str, int]:
        """What was written since the last call, and how many characters before it had to be left out.

        Args:
            most: about how many characters to take, where there are more; the rest stays for the next call.
        """
        taken: list[str] = []
        size = 0
        with self._lock:
            while self._pieces and (most is None or size < most):
                taken.append(self._pieces.popleft())
                size += len(taken[-1])
            self._kept -= size
            left_out, self._left_out = self._left_out, 0
        return "".join(taken), left_out

    def _keep(self, text: str) -> None:
        with self._lock:
            self._pieces.append(text)
            self._kept += len(text)
            while self._kept > self._most:
                surplus, first = self._kept - self._most, self._pieces.popleft()
                rest = first[surplus:]
                if rest:
                    self._pieces.appendleft(rest)
                self._kept -= len(first) - len(rest)
                self._left_out += len(first) - len(rest)

    def __getattr__(self, name: str) -> Any:
        """Everything else of a text file, as the one that is behind it has it."""
        return getattr(self.__dict__["_original"], name)
