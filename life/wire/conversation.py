"""One client's connection to the rule service: requests come in, answers go out when they are due.

There is no task and no thread to a connection, only what the event loop calls, so none can be left over.
"""

import asyncio
import math
from asyncio import BaseTransport, TimerHandle, Transport
from typing import NamedTuple, cast

from life.experiment import Fault
from life.wire.bounds import UNBOUNDED, Occupancy, Visitor
from life.wire.requests import Request, RequestError, answer_to
from life.wire.words import GREETING, GREETING_ANSWER, error_line

_BUCKETS_PER_SECOND = 1000


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
        self._address = ""
        self._visitor: Visitor | None = None
        self._has_rate = self._bounds.rate != UNBOUNDED
        self._rest: TimerHandle | None = None  # while it asks faster than it may
        self._is_known = not occupancy.token
        self._began = self._heard = self._loop.time()
        self._incomplete_since: float | None = None  # when the request began to come in that is not all there yet

    def connection_made(self, transport: BaseTransport) -> None:
        """Welcomes a client, or turns it away."""
        self._transport = cast(Transport, transport)
        self._address = str((self._transport.get_extra_info("peername") or ("",))[0])
        place = self._occupancy.take_in(self, self._address, self._began)
        if isinstance(place, Visitor):
            self._visitor = place
        else:
            self._transport.write(error_line(b"-", place))
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        """Takes in some bytes, which may end anywhere."""
        self._received += data
        self._heard = self._loop.time()
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
        self._occupancy.let_go(self, self._address)
        for timer in self._timers.values():
            timer.cancel()
        for pause in (self._band_timer, self._rest):
            if pause:
                pause.cancel()
        self._timers.clear()
        self._due.clear()
        self._give_back(self._cells)

    def cut(self) -> None:
        """Ends the connection at once."""
        self._transport.abort()

    def look(self, now: float) -> None:
        """Ends the connection where the client takes more time than it is given."""
        bounds = self._bounds
        if self._transport.is_closing():
            self.cut()  # it was told why, and does not take it
        elif not self._is_known and now - self._began > bounds.hello_seconds:
            self._end_with(b"-", "the token did not come in time")
        elif self._incomplete_since is not None and now - self._incomplete_since > bounds.line_seconds:
            self._end_with(b"-", "the request did not come in time")
        elif not self._due and self._band is None and now - self._heard > bounds.idle_seconds:
            self._end_with(b"-", "the connection was left without a word for too long")

    def _read_on(self) -> None:
        has_read = False
        while not self._is_busy() and self._read_one():
            has_read = True
        self._note_incomplete(has_read)
        if self._is_busy():
            self._transport.pause_reading()
        else:
            self._transport.resume_reading()

    def _note_incomplete(self, has_read: bool) -> None:
        if not self._received or self._band is not None or self._is_busy():
            self._incomplete_since = None
        elif has_read or self._incomplete_since is None:
            self._incomplete_since = self._loop.time()

    def _is_busy(self) -> bool:
        return self._under_way >= self._bounds.requests or not self._client_reads or self._rest is not None

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
        if self._has_rate and self._must_rest():
            return False
        line = bytes(self._received[:end])
        del self._received[: end + 1]
        try:
            self._obey(line)
        except RequestError as error:
            self._say(error_line(error.number, error.reason))
        return True

    def _must_rest(self) -> bool:
        """Whether this client has asked enough for the moment; it is read on when it may ask again."""
        assert self._visitor is not None
        if self._visitor.may_ask(self._loop.time()):
            return False
        self._rest = self._loop.call_later(self._visitor.seconds_to_wait, self._go_on)
        return True

    def _go_on(self) -> None:
        self._rest = None
        self._read_on()

    def _obey(self, line: bytes) -> None:
        if line.strip() == GREETING.strip() and self._is_known:
            self._say(GREETING_ANSWER)
        elif self._occupancy.token and self._is_hello(line):
            self._is_known = True
            self._say(GREETING_ANSWER)
        elif self._is_known:
            self._obey_request(line)
        else:
            self._end_with(b"-", "this service answers those who say its token first: hello TOKEN")

    def _is_hello(self, line: bytes) -> bool:
        word, _, token = line.strip().partition(b" ")
        return word == GREETING.strip() and self._occupancy.is_token(token)

    def _obey_request(self, line: bytes) -> None:
        number, request = self._occupancy.parser.parse(line)
        if request.cells:
            self._expect_band(number, request)
        else:
            self._take_on(request, answer_to(number, request, b""))

    def _expect_band(self, number: bytes, request: Request) -> None:
        if request.cells > self._bounds.cells_in_band:
            raise RequestError(f"the service takes bands of up to {self._bounds.cells_in_band} cells", number)
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
            self._heard = self._loop.time()  # whoever waits for a late answer has not gone to sleep
        self._outbox.clear()

    def _end_with(self, number: bytes, reason: str) -> None:
        self._say(error_line(number, reason))
        self._flush()
        self._transport.close()
