"""Tracebacks as text: ten thousand cells that failed in the same lines share one."""

import traceback
from collections.abc import Iterator


class Tracebacks:
    """Formats tracebacks as Python prints them, each kind once; any thread may use it."""

    def __init__(self) -> None:
        self._texts: dict[tuple[object, ...], str] = {}

    def text(self, error: BaseException) -> str:
        """The whole of it, with what the exception was raised from."""
        key = tuple(_kind_of(one) for one in _chain(error))
        text = self._texts.get(key)
        if text is None:
            text = self._texts[key] = "".join(traceback.format_exception(error))
        return text

    def clear(self) -> None:
        """Forgets all of them, and with them the code that they are about."""
        self._texts.clear()


def _kind_of(error: BaseException) -> tuple[object, ...]:
    lines = tuple((frame.f_code, line) for frame, line in traceback.walk_tb(error.__traceback__))
    return type(error), str(error), lines


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception and those that it came of, each once."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__
