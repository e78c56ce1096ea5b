"""How many connections one process may have; every connection is an open file to the system."""

import sys
from typing import NamedTuple

_WANTED_FILES = 16_384
_FILES_ON_WINDOWS = 16_384  # there a process runs out of memory before it runs out of sockets
_OFTEN_ALLOWED = (10_240, 4_096, 1_024)  # macOS names no hard limit and then refuses more than the first of these
_FILES_FOR_OTHERS = 64
_MOST_CONNECTIONS = 8_192


class ConnectionLimits(NamedTuple):
    """How many connections go with a limit on open files.

    Attributes:
        client: the most that the app's side keeps open at a time, always fewer than the service takes.
        service: the most that the service takes.
        backlog: the most that the system lets wait until the service has taken them.
    """

    client: int
    service: int
    backlog: int


def raise_open_file_limit() -> int:
    """Raises this process's soft limit on open files towards the hard one, and returns what now holds."""
    if sys.platform == "win32":
        return _FILES_ON_WINDOWS
    import resource  # it does not exist on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    most = _WANTED_FILES if hard == unlimited else min(hard, _WANTED_FILES)
    for wanted in (most, *_OFTEN_ALLOWED):
        if soft == unlimited or soft >= wanted:
            break
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        except (OSError, ValueError):
            continue
        return wanted
    return _WANTED_FILES if soft == unlimited else soft


def connection_limits(open_files: int) -> ConnectionLimits:
    """What a limit of `open_files` leaves for connections, at least a few."""
    backlog = max(min(open_files // 8, 1_024), 16)
    service = min(open_files - backlog - _FILES_FOR_OTHERS, _MOST_CONNECTIONS)
    client = min(open_files * 3 // 4 - 2 * _FILES_FOR_OTHERS, service - _FILES_FOR_OTHERS)
    return ConnectionLimits(client=max(client, 16), service=max(service, 24), backlog=backlog)
