"""How a value is remembered from one start to the next, and those few that the window is opened by.

All others are in `gui.settings`, whose table knows what an experiment may be; the first paint does not wait for that.

What a settings file says may be old, half written or edited by hand. A value that is not what the table expects counts
as absent, so that a broken file costs a preference and never the start.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtCore import QByteArray, QSettings

T = TypeVar("T", bool, int, float, str, QByteArray)


class Field(NamedTuple, Generic[T]):
    """One remembered value: where it is kept, what it is at first, and which values are accepted."""

    key: str
    default: T
    accepts: Callable[[T], bool] = lambda _: True


APPEARANCE = Field("view/appearance", "system", lambda word: word in ("system", "light", "dark"))
AROUND_BOARD = Field("window/around-board", "")  # see gui.sheet
GEOMETRY = Field("window/geometry", QByteArray())
WORKSPACE = Field("window/workspace", "play", lambda word: word in ("play", "watch", "race"))


class Remembered:
    """What is remembered in a `QSettings`."""

    def __init__(self, store: QSettings) -> None:
        self._store = store

    def get(self, field: Field[T]) -> T:
        """What is remembered, or the default where that is absent or not acceptable."""
        with suppress(TypeError, ValueError, OverflowError):
            value = _converted(self._store.value(field.key), field.default)
            if value is not None and field.accepts(value):
                return value
        return field.default

    def set(self, field: Field[T], value: T) -> None:
        """Remembers `value`."""
        self._store.setValue(field.key, value)

    @property
    def trouble(self) -> str:
        """What the user should know about where they are kept, before anything is changed; "" if nothing."""
        from gui.settings_trouble import trouble_with  # the first paint need not wait for it

        return trouble_with(self._store)

    @property
    def trouble_of_writing(self) -> str:
        """Why they were not written the last time, or ""."""
        from gui.settings_trouble import trouble_of_writing

        return trouble_of_writing(self._store)

    @property
    def place(self) -> str:
        """The file, or whatever else the system keeps them in."""
        return self._store.fileName()

    def sync(self) -> None:
        """Writes everything out now."""
        self._store.sync()


def users_store() -> QSettings:
    """Where those of the user who started this are."""
    return QSettings("Lifeloom", "Lifeloom")


def _converted(stored: object, like: T) -> T | None:
    """`stored`, which an INI file turns into text, as a value of the type of `like`; None where it is not one."""
    if isinstance(like, QByteArray):
        return stored if isinstance(stored, QByteArray) else None
    if isinstance(like, bool):
        return {"true": True, "false": False}.get(str(stored).lower())
    if stored is None or isinstance(stored, list):
        return None
    if isinstance(like, int):
        return int(str(stored))
    return float(str(stored)) if isinstance(like, float) else str(stored)
