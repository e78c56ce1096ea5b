"""One client's connection to the rule service: requests come in, answers go out when they are due.

There is no task and no thread to a connection, only what the event loop calls, so none can be left over.
"""

import asyncio
import math
from asyncio import BaseTransport, TimerHandle, Transport
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from life.experiment import Fault
from life.wire.requests import Request, RequestError, RequestParser, answer_to
from life.wire.words import GREETING, GREETING_ANSWER, error_line

_BUCKETS_PER_SECOND = 1000


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a service takes on.

    Attributes:
        connections: at a time; one more is told so and closed.
        requests: under way on one connection; until one of them is answered, no more are read from it.
        line: longest request in bytes, not counting the cells of a band.
        band_cells: cells of all bands that are under way; a band that would exceed it is refused.
        band_seconds: how long the cells of a band may take to come in.
    """

    connections: int = 512
    requests: int = 1 << 14
    line: int = 256
    band_cells: int = 1 << 26
    band_seconds: float = 10.0


@dataclass(slots=True)
class Occupancy:
    """What a service has taken on, shared by all its conversations; only its event loop's thread touches it.

    Attributes:
        conversations: those whose connection is open.
        band_cells: cells of all bands that are under way.
    """

    bounds: Bounds
    parser: RequestParser = field(default_factory=RequestParser)
    conversations: "set[Conversation]" = field(default_factory=set)
    band_cells: int = 0


class _Answer(NamedTuple):
    line: bytes
    cells: int  # that it gives back to the bound
    cuts: bool


class Conversation(asyncio.Protocol):
    """Reads requests and answers them; made by the event loop, once a connection."""

    _transport: Transport

    def __init__(self, occupancy: Occupancy) -> None:
        self._loop = asyncio.get_running_loop()
        self._occupancy = occupancy
        self._bounds = occupancy.bounds
        self._received = bytearray()
        self._band: tuple[bytes, Request] | None = None  # the one whose cells are coming in
        self._band_timer: TimerHandle | None = None
        self._due: dict[int, list[_Answer]] = {}
        self._timers: dict[int, TimerHandle] = {}
        self._under_way = 0
        self._cells = 0
        self._outbox: list[bytes] = []
        self._client_reads = True

    def connection_made(self, transport: BaseTransport) -> None:
        """Welcomes a client, or turns it away."""
        self._transport = cast(Transport, transport)
        if len(self._occupancy.conversations) >= self._bounds.connections:
            most = self._bounds.connections
            self._transport.write(error_line(b"-", f"the service takes {most} connections at a time, try again later"))
            self._transport.close()
        else:
            self._occupancy.conversations.add(self)

    def data_received(self, data: bytes) -> None:
        """Takes in some bytes, which may end anywhere."""
        self._received += data
        self._read_on()

    def eof_received(self) -> None:
        """A client that sends no more has left; returning nothing has the connection closed."""
        self._flush()

    def pause_writing(self) -> None:
        """The client does not take its answers."""
        self._client_reads = False

    def resume_writing(self) -> None:
        """The client takes its answers again."""
        self._client_reads = True
        self._read_on()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forgets everything that was under way."""
        self._occupancy.conversations.discard(self)
        for timer in self._timers.values():
            timer.cancel()
        if self._band_timer:
            self._band_timer.cancel()
        self._timers.clear()
        self._due.clear()
        self._give_back(self._cells)

    def cut(self) -> None:
        """Ends the connection at once."""
        self._transport.abort()

    def _read_on(self) -> None:
        while not self._is_busy() and self._read_one():
            pass
        if self._is_busy():
            self._transport.pause_reading()
        else:
            self._transport.resume_reading()

    def _is_busy(self) -> bool:
        return self._under_way >= self._bounds.requests or not self._client_reads

    def _read_one(self) -> bool:
        """Reads one line, or the cells of a band; returns whether there was one."""
        if self._transport.is_closing():
            return False
        return self._read_line() if self._band is None else self._read_band(*self._band)

    def _read_line(self) -> bool:
        end = self._received.find(b"\n", 0, self._bounds.line)
        if end < 0:
            if len(self._received) >= self._bounds.line:
                self._end_with(b"-", f"a request is shorter than {self._bounds.line} bytes")
            return False
        line = bytes(self._received[:end])
        del self._received[: end + 1]
        try:
            self._obey(line)
        except RequestError as error:
            self._say(error_line(error.number, error.reason))
        return True

    def _obey(self, line: bytes) -> None:
        if line.strip() == GREETING.strip():
            self._say(GREETING_ANSWER)
            return
        number, request = self._occupancy.parser.parse(line)
        if request.cells:
            self._expect_band(number, request)
        else:
            self._take_on(request, answer_to(number, request, b""))

    def _expect_band(self, number: bytes, request: Request) -> None:
        if self._occupancy.band_cells + request.cells > self._bounds.band_cells:
            reason = f"the service takes {self._bounds.band_cells} cells in bands at a time"
            raise RequestError(reason, number)
        self._cells += request.cells
        self._occupancy.band_cells += request.cells
        self._band = number, request
        late = "the cells of the band did not come in time"
        self._band_timer = self._loop.call_later(self._bounds.band_seconds, self._end_with, number, late)

    def _read_band(self, number: bytes, request: Request) -> bool:
        ending = bytes(self._received[request.cells : request.cells + 2])
        if ending in (b"", b"\r"):
            return False
        if not ending.startswith(b"\n") and ending != b"\r\n":
            self._end_with(number, f"{request.cells} cells end with a newline")
            return False
        letters = bytes(self._received[: request.cells])
        del self._received[: request.cells + ending.index(b"\n") + 1]
        self._stop_expecting()
        try:
            self._take_on(request, answer_to(number, request, letters))
        except RequestError as error:
            self._give_back(request.cells)
            self._say(error_line(error.number, error.reason))
        return True

    def _stop_expecting(self) -> None:
        self._band = None
        if self._band_timer:
            self._band_timer.cancel()

    def _take_on(self, request: Request, line: bytes) -> None:
        """Has `line` sent when it is due, or does whatever wrong thing the request asks for."""
        self._under_way += 1
        if request.fault is Fault.HANG:
            return
        answer = _Answer(line, request.cells, request.fault is Fault.CUT)
        if request.microseconds == 0:
            self._answer(answer)
            return
        bucket = math.ceil((self._loop.time() + request.microseconds / 1e6) * _BUCKETS_PER_SECOND)
        waiting = self._due.get(bucket)
        if waiting is None:
            waiting = self._due[bucket] = []
            self._timers[bucket] = self._loop.call_at(bucket / _BUCKETS_PER_SECOND, self._answer_all, bucket)
        waiting.append(answer)

    def _answer_all(self, bucket: int) -> None:
        del self._timers[bucket]
        for answer in self._due.pop(bucket):
            self._answer(answer)
        self._read_on()

    def _answer(self, answer: _Answer) -> None:
        self._under_way -= 1
        self._give_back(answer.cells)
        if answer.cuts:
            self.cut()
        else:
            self._say(answer.line)

    def _give_back(self, cells: int) -> None:
        self._cells -= cells
        self._occupancy.band_cells -= cells

    def _say(self, line: bytes) -> None:
        """Sends a line together with all others of this turn of the event loop."""
        if not self._outbox:
            self._loop.call_soon(self._flush)
        self._outbox.append(line)

    def _flush(self) -> None:
        if self._outbox and not self._transport.is_closing():
            self._transport.write(b"".join(self._outbox))
        self._outbox.clear()

    def _end_with(self, number: bytes, reason: str) -> None:
        self._say(error_line(number, reason))
        self._flush()
        self._transport.close()
