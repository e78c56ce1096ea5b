"""The client for coroutines: many requests at a time on each of a few connections, all in one thread."""

import asyncio
import math
from collections.abc import Callable, Coroutine
from itertools import count
from typing import Any

from life.errors import LifeError
from life.stop import AsyncWaits, StopSignal
from life.wire.connection import Endpoint, check_welcome
from life.wire.faults import cut_off, no_answer, nobody_there
from life.wire.words import LONGEST_ANSWER, Answer, no_line, parse_answer

_CONNECTIONS = 8
_MOST_ALONE = 512  # more at a time would only wait for the service to take them
_BUCKETS_PER_SECOND = 100
_CHUNK = 1 << 18


class StreamClient:
    """The client of one event loop and one generation; made in the loop.

    Connections are opened when they are first needed, at most `most` at a time. `asyncio.run` cancels their tasks at
    its end, which closes them.
    """

    def __init__(self, endpoint: Endpoint, most: int, stop: StopSignal) -> None:
        self._endpoint = endpoint
        self._stop = stop
        self._waits = AsyncWaits(stop)
        self._time_limits = _TimeLimits()
        self._numbers = count(1)
        self._channels = [_Channel(endpoint) for _ in range(_CONNECTIONS)]
        self._alone = asyncio.Semaphore(max(min(most - _CONNECTIONS, _MOST_ALONE), 1))

    def next_number(self) -> int:
        """A number for a request."""
        return next(self._numbers)

    def ask(self, number: int, request: bytes, limit: float) -> Coroutine[Any, Any, str]:
        """Sends the request of this number and waits for its answer.

        Raises:
            Stopped: the signal was set.
            TimeoutError: there was no answer within `limit` seconds.
            ConnectionResetError: the service ended the connection.
            ConnectionRefusedError: nobody listens there.
            NonsenseError, ServiceError: see `life.wire.words`.
        """
        return self._ask_over(self._channels[number % _CONNECTIONS], number, request, limit)

    async def ask_alone(self, number: int, request: bytes, limit: float) -> str:
        """The same over a connection of its own, because something will go wrong on it."""
        async with self._alone:
            self._stop.check()
            channel = _Channel(self._endpoint)
            try:
                return await self._ask_over(channel, number, request, limit)
            finally:
                channel.close()

    async def _ask_over(self, channel: "_Channel", number: int, request: bytes, limit: float) -> str:
        future = channel.send(number, request)
        self._waits.watch(future)
        self._time_limits.watch(future, limit)
        try:
            return await future
        finally:
            self._waits.unwatch(future)
            channel.forget(number)

    def close(self) -> None:
        """Lets go of the stop signal; the loop is about to end."""
        self._waits.close()


class _Channel:
    """One connection, opened by its first request; the task that opens it then reads the answers."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._loop = asyncio.get_running_loop()
        self._pending: dict[int, asyncio.Future[str]] = {}
        self._outbox: list[bytes] = []
        self._due = 0  # answers, to requests that were given up as well
        self._writer: asyncio.StreamWriter | None = None
        self._task: asyncio.Task[None] | None = None

    def send(self, number: int, request: bytes) -> asyncio.Future[str]:
        """Sends a request, together with all others of this turn of the event loop; returns its answer to be."""
        if self._task is None:
            self._task = self._loop.create_task(self._run(), name="answers of the rule service")
        if not self._outbox:
            self._loop.call_soon(self._flush)
        self._outbox.append(request)
        self._due += 1
        future: asyncio.Future[str] = self._loop.create_future()
        self._pending[number] = future
        return future

    def forget(self, number: int) -> None:
        """Takes no more interest in the answer to a request."""
        self._pending.pop(number, None)

    def close(self) -> None:
        """Ends the connection within this turn of the event loop or the next."""
        if self._task:
            self._task.cancel()

    def _flush(self) -> None:
        if self._writer is not None and self._outbox:
            self._writer.write(b"".join(self._outbox))
            self._outbox.clear()

    async def _run(self) -> None:
        try:
            reader, self._writer = await asyncio.open_connection(self._endpoint.host, self._endpoint.port)
            await self._greet(reader, self._writer)
            self._flush()
            await self._read_answers(reader)
            self._fail_all(cut_off)
        except (ConnectionResetError, BrokenPipeError, ConnectionAbortedError):
            self._fail_all(cut_off)
        except ConnectionRefusedError:
            self._fail_all(lambda: nobody_there(self._endpoint.host, self._endpoint.port))
        except (OSError, LifeError) as error:
            kind, arguments = type(error), error.args
            self._fail_all(lambda: kind(*arguments))
        finally:
            if self._writer:
                self._writer.transport.abort()
            self._writer = self._task = None
            self._due = 0

    async def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._endpoint.greeting:
            writer.write(self._endpoint.greeting)
            try:
                line = await reader.readline()
            except ValueError:
                raise no_line(b"a line without end") from None
            if not line:
                raise cut_off()
            check_welcome(line)

    async def _read_answers(self, reader: asyncio.StreamReader) -> None:
        rest = b""
        while data := await reader.read(_CHUNK):
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                self._due -= 1
                if self._due < 0:  # whoever goes on like that would keep the event loop busy for nothing
                    raise no_line(line)
                self._deliver(parse_answer(line))
            if len(rest) > LONGEST_ANSWER:
                raise no_line(rest)

    def _deliver(self, answer: Answer) -> None:
        if answer.number is None:
            raise answer.refusal()  # of the whole connection
        future = self._pending.get(answer.number)
        if future is None or future.done():
            return  # it has given up since
        if answer.refused:
            future.set_exception(answer.refusal())
        else:
            future.set_result(answer.text)

    def _fail_all(self, error: Callable[[], Exception]) -> None:
        """Every request gets an exception of its own, because each adds its own traceback to it."""
        self._outbox.clear()
        for future in self._pending.values():
            if not future.done():
                future.set_exception(error())


class _TimeLimits:
    """Time limits of futures; those within the same hundredth of a second share one timer."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._buckets: dict[int, list[tuple[asyncio.Future[str], float]]] = {}

    def watch(self, future: asyncio.Future[str], limit: float) -> None:
        """Has `future` fail where it is not done within `limit` seconds."""
        bucket = math.ceil((self._loop.time() + limit) * _BUCKETS_PER_SECOND)
        watched = self._buckets.get(bucket)
        if watched is None:
            watched = self._buckets[bucket] = []
            self._loop.call_at(bucket / _BUCKETS_PER_SECOND, self._end_bucket, bucket)
        watched.append((future, limit))

    def _end_bucket(self, bucket: int) -> None:
        for future, limit in self._buckets.pop(bucket):
            if not future.done():
                future.set_exception(no_answer(limit))
