"""A rule service of which nothing good is to be expected, once it has greeted."""

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

from life.wire.words import GREETING, GREETING_ANSWER

HOST = "127.0.0.1"
PATIENCE = 30.0
MOST_SENT = 48 << 20  # bytes; what a flood that nobody minds comes to on one connection
_PIECE = 1 << 16
_BYTE_EVERY = 0.03  # seconds

Behaviour = Callable[["HostileService", socket.socket, Iterator[bytes]], None]


class HostileService:
    """Greets the first who comes, as the app does before anything else, and treats all others as it likes.

    Attributes:
        asked: set when a request has come in.
        floods: how many bytes each connection took of a flood.
    """

    def __init__(self, behaves: Behaviour, token: bytes = b"") -> None:
        self.asked = Event()
        self.ended = Event()
        self.floods: list[int] = []
        self._behaves = behaves
        self._listening = socket.create_server((HOST, 0), backlog=64)
        self._port = int(self._listening.getsockname()[1])
        self._guard = Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[Thread] = []

    @property
    def address(self) -> tuple[str, int]:
        return HOST, self._port

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.ended.set()
        self.listen_no_more()
        with self._guard:
            for connected in self._open:
                with suppress(OSError):
                    connected.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)
            assert not thread.is_alive()

    def listen_no_more(self) -> None:
        """Nobody is let in any more."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)  # wakes whoever accepts, which to close it does not
        self._listening.close()

    def _start(self, target: Callable[..., None], *arguments: object) -> None:
        thread = Thread(target=target, args=arguments, name="hostile")
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):  # which ends it
            while True:
                connected, _ = self._listening.accept()
                with self._guard:
                    self._open.add(connected)
                self._start(self._serve, connected)

    def _serve(self, connected: socket.socket) -> None:
        with suppress(OSError), connected, connected.makefile("rb") as lines:
            requests = self._requests(connected, lines)
            self._behaves(self, connected, requests)
        with self._guard:
            self._open.discard(connected)

    def _requests(self, connected: socket.socket, lines: Iterator[bytes]) -> Iterator[bytes]:
        """The numbers of what is asked; a band has its cells on a second line."""
        for line in lines:
            if line == GREETING:
                connected.sendall(GREETING_ANSWER)
                continue
            kind, number, *_ = line.split()
            if kind == b"band":
                next(lines)
            self.asked.set()
            yield number


def hangs(service: HostileService, connected: socket.socket, requests: Iterator[bytes]) -> None:
    """Reads and never answers."""
    for _ in requests:
        pass


def floods(service: HostileService, connected: socket.socket, requests: Iterator[bytes]) -> None:
    """An answer that begins as it should and never ends."""
    sent = 0
    try:
        connected.sendall(next(requests, b"1") + b" ")
        while sent < MOST_SENT:
            connected.sendall(b"*" * _PIECE)
            sent += _PIECE
        service.ended.wait(PATIENCE)
    finally:
        service.floods.append(sent)


def answers_what_nobody_asked(service: HostileService, connected: socket.socket, requests: Iterator[bytes]) -> None:
    """Answers without end, all to a request that was never made, and never the right one."""
    next(requests, None)
    while not service.ended.is_set():
        connected.sendall(b"999999999999 *\n" * 4_000)


def repeats_itself(service: HostileService, connected: socket.socket, requests: Iterator[bytes]) -> None:
    """Says the answer of the one before again, to whoever asks next."""
    before = b""
    for number in requests:
        connected.sendall((before or number) + b" *\n")
        before = number


def says_half_and_no_more(service: HostileService, connected: socket.socket, requests: Iterator[bytes]) -> None:
    for number in requests:
        connected.sendall(number)


def says_half_and_leaves(service: HostileService, connected: socket.socket, requests: Iterator[bytes]) -> None:
    for number in requests:
        connected.sendall(number + b" ")
        connected.shutdown(socket.SHUT_RDWR)


def leaves_at_once(service: HostileService, connected: socket.socket, requests: Iterator[bytes]) -> None:
    if service.asked.is_set() or len(service._threads) > 2:  # the first only asks whether this is a service
        connected.shutdown(socket.SHUT_RDWR)
    else:
        hangs(service, connected, requests)


def resets(service: HostileService, connected: socket.socket, requests: Iterator[bytes]) -> None:
    for _ in requests:
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        return


def babbles(service: HostileService, connected: socket.socket, requests: Iterator[bytes]) -> None:
    for number in requests:
        connected.sendall(number + b" \x1b[31mperhaps\x00\xff\n")


def speaks_too_slowly(service: HostileService, connected: socket.socket, requests: Iterator[bytes]) -> None:
    """A byte now and then."""
    for number in requests:
        for byte in number + b" " + b"*" * 1_000:
            connected.sendall(bytes([byte]))
            if service.ended.wait(_BYTE_EVERY):
                return


def refuses(service: HostileService, connected: socket.socket, requests: Iterator[bytes]) -> None:
    for number in requests:
        connected.sendall(b"error " + number + b" not today\n")


def is_gone(service: HostileService, connected: socket.socket, requests: Iterator[bytes]) -> None:
    """Greets, and is no more."""
    service.listen_no_more()
    hangs(service, connected, requests)
