"""One blocking connection to the rule service, for threads: one request at a time."""

import socket
from contextlib import suppress
from threading import Lock
from time import monotonic
from typing import NamedTuple

from life.errors import Stopped
from life.stop import StopSignal
from life.wire.faults import cut_off, no_answer, nobody_there
from life.wire.words import GREETING_ANSWER, LONGEST_ANSWER, no_line, parse_answer

_USUAL_ANSWER = 256  # bytes
_CHUNK = 1 << 18


class Endpoint(NamedTuple):
    """Where a service listens, as the socket module wants it.

    Attributes:
        family, host, port: as the socket module wants them.
        greeting: the line that every connection begins with; b"" where none is asked for.
    """

    family: socket.AddressFamily
    host: str
    port: int
    greeting: bytes = b""


class StaleConnection(Exception):  # noqa: N818  (never seen by anybody but the client)
    """The connection was fine once, but the other end has gone since; another one may work."""


class Connection:
    """Opened when it is first asked; once closed, or after an error, it is of no more use.

    Attributes:
        is_closed: whether it is.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.is_closed = False
        self._endpoint = endpoint
        self._socket: socket.socket | None = None
        self._guard = Lock()  # so that nobody wakes a file that has another owner by now
        self._has_answered = False

    def ask(self, request: bytes, limit: float, stop: StopSignal, number: int = 1) -> str:
        """Sends the request of this number and waits for its answer.

        One at a time is under way; numbers that differ keep an answer that came twice from being taken for the next.

        Raises:
            Stopped: `stop` was set.
            TimeoutError: there was no answer within `limit` seconds.
            ConnectionResetError: the service ended the connection.
            ConnectionRefusedError: nobody listens there.
            StaleConnection: it did so before this request came.
            NonsenseError, ServiceError: see `life.wire.words`.
        """
        waker = stop.add_waker(self.wake)
        try:
            line = self._exchange(request, limit, stop)
        except OSError as error:
            # Whoever reads the traceback is to see the call that waited, not only this line.
            where = error.__traceback__ and error.__traceback__.tb_next
            raise self._meaning_of(error, limit, stop).with_traceback(where) from None
        finally:
            stop.remove_waker(waker)
        return parse_answer(line).to(number)

    def _exchange(self, request: bytes, limit: float, stop: StopSignal) -> bytes:
        connected = self._socket or self._open(limit, stop)
        stop.check()  # it may have been set before there was anything to wake
        connected.settimeout(limit)
        connected.sendall(request)
        line = receive_line(connected, limit, len(request) + LONGEST_ANSWER)  # of a band: one letter a cell
        self._has_answered = True
        return line

    def _open(self, limit: float, stop: StopSignal) -> socket.socket:
        connecting = socket.socket(self._endpoint.family, socket.SOCK_STREAM)
        with self._guard:
            self._socket = connecting
        stop.check()  # from here on there is something to wake
        connecting.settimeout(limit)
        connecting.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connecting.connect((self._endpoint.host, self._endpoint.port))
        if self._endpoint.greeting:
            connecting.sendall(self._endpoint.greeting)
            check_welcome(receive_line(connecting, limit))
            connecting.settimeout(limit)
        return connecting

    def _meaning_of(self, error: OSError, limit: float, stop: StopSignal) -> Exception:
        if stop.is_set:
            return Stopped()
        if isinstance(error, TimeoutError):
            return no_answer(limit)
        if isinstance(error, ConnectionRefusedError):
            return nobody_there(self._endpoint.host, self._endpoint.port)
        if isinstance(error, ConnectionResetError | BrokenPipeError | ConnectionAbortedError):
            return StaleConnection() if self._has_answered else cut_off()
        return error

    def wake(self) -> None:
        """Has whichever thread waits for an answer give up at once; may be called from any thread."""
        with self._guard, suppress(OSError):
            if self._socket and not self.is_closed:
                self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Ends the connection; calling it again changes nothing."""
        with self._guard:
            self.is_closed = True
            if self._socket:
                self._socket.close()


def check_welcome(line: bytes) -> None:
    """Raises `ServiceError` or `NonsenseError` where `line` does not answer a greeting as a service does."""
    if line != GREETING_ANSWER:
        answer = parse_answer(line)
        raise answer.refusal() if answer.refused else no_line(line)


def receive_line(connected: socket.socket, limit: float, longest: int = LONGEST_ANSWER) -> bytes:
    """One line with its newline, however many pieces it comes in; or more, where more has come at the same time.

    The first piece may take as long as the socket's own time limit, all others together `limit` seconds.

    Raises:
        ConnectionResetError: the other end stops in the middle.
        NonsenseError: it sends more than `longest` bytes, and no end of the line among them.
    """
    received = connected.recv(_USUAL_ANSWER)
    if received.endswith(b"\n"):
        return received
    give_up = monotonic() + limit
    whole = bytearray(received)
    while received and b"\n" not in received:
        if len(whole) > longest:
            raise no_line(whole)
        connected.settimeout(max(give_up - monotonic(), 0.001))
        received = connected.recv(_CHUNK)
        whole += received
    if not received:
        raise cut_off()
    return bytes(whole)
