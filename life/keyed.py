"""One out of a list by its key, as people and files name it."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from life.errors import SettingError


class Keyed(Protocol):
    """What has a key of its own in its list; a class may be it as well as an object."""

    @property
    def key(self) -> str: ...


AnyKeyed = TypeVar("AnyKeyed", bound=Keyed)


def of_key(key: str, among: Sequence[AnyKeyed], setting: str) -> AnyKeyed:
    """The one of that key.

    Raises:
        SettingError: there is none; it names the setting, and the keys that there are.
    """
    for one in among:
        if one.key == key:
            return one
    known = ", ".join(one.key for one in among)
    raise SettingError(setting, f'there is none called "{key}"; choose one of {known}')
