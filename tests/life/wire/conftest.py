import asyncio
import socket
from collections.abc import Callable, Iterator
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

import pytest

from life.wire.bounds import Bounds
from life.wire.service import HOST, serve

PATIENCE = 30.0  # seconds until a test that would hang fails instead


class ServiceThread:
    """A rule service in a thread of this process, which must have nothing to complain about when it ends."""

    def __init__(self, bounds: Bounds | None = None, port: int = 0, token: bytes = b"") -> None:
        self.port = port
        self._token = token
        self.complaints: list[dict[str, Any]] = []
        self._bounds = bounds
        self._ready = Event()
        self._thread = Thread(target=lambda: asyncio.run(self._serve()), name="service")

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._loop.set_exception_handler(lambda _, context: self.complaints.append(context))
        self._ended = asyncio.Event()
        await serve(self.port, self._is_ready, self._ended, self._bounds, token=self._token)

    def _is_ready(self, port: int) -> None:
        self.port = port
        self._ready.set()

    def time(self) -> float:
        """Of the clock that the service goes by."""
        return self._loop.time()

    @property
    def address(self) -> tuple[str, int]:
        return HOST, self.port

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(PATIENCE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        assert self.complaints == []


class Netcat:
    """A client that sends whatever one types."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HOST, port), PATIENCE)
        self._file = self.socket.makefile("rb")

    def say(self, text: bytes) -> None:
        self.socket.sendall(text)

    def hear(self) -> bytes:
        """One line; b"" where the service has closed the connection."""
        return self._file.readline()

    def vanish(self) -> None:
        """Leaves without a word, as a process that is killed does."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.close()

    def close(self) -> None:
        self._file.close()
        self.socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


@pytest.fixture(scope="module")
def service() -> Iterator[ServiceThread]:
    with ServiceThread() as running:
        yield running


@pytest.fixture(scope="session")
def service_thread() -> type[ServiceThread]:
    return ServiceThread


@pytest.fixture(scope="session")
def netcat() -> Callable[[int], Netcat]:
    return Netcat
