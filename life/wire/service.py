"""The rule service: a TCP server that knows what becomes of a cell, and takes its time to say so.

It stands for whatever slow thing a real program waits for. One request is one line of ASCII, and so is one answer;
with `python -m life serve --port 9000` in one terminal, `nc 127.0.0.1 9000` in another is a client:

    cell 17 B3/S23 * 3 100000       a live cell with 3 live neighbours asks, and the answer is to take 100,000 µs
    17 *                            it lives on

    band 18 B3/S23 5 100000         5 cells ask at one time; they follow on a line of their own, one character each:
    023B3                           0 to 8, the number of live neighbours of a dead cell, or A to I for a live one
    18 --*-*                        one character each

    hello                           which service is this?
    lifeloom 1                      this one, and version 1 of what is described here

The number is the client's and comes back with the answer. Many requests may be under way on one connection, and each
is answered when it is due. A last word behind the microseconds has the service do something wrong: `hang` never
answers, `cut` ends the connection when the answer is due, `nonsense` answers what is no state.

What is no request is answered by `error NUMBER REASON`, with `-` where no number could be made out. A line that is too
long, or a band whose cells are not sent in time, ends the connection, and so does a client that leaves; neither harms
another connection. Whoever sends faster than the service answers is simply no longer read for a while. The service
listens on the loopback address only.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from life.errors import ServiceError
from life.wire.conversation import Bounds, Conversation, Occupancy
from life.wire.limits import connection_limits, raise_open_file_limit

HOST = "127.0.0.1"
READY = f"rule service listening on {HOST}:"
_USUAL_BACKLOG = 100


def main_serve(port: int, parent_pipe: bool) -> int:
    """Runs the service until Ctrl+C, SIGTERM, or the end of the app that started it; needs the main thread.

    Args:
        port: where to listen; 0 takes a free port. The one line that it prints says which.
        parent_pipe: whether to end as soon as standard input does, so that the service never outlives the app.

    Returns:
        The exit code.

    Raises:
        ServiceError: the port is taken or not allowed.
    """
    with suppress(KeyboardInterrupt):  # Ctrl+C before the service listens
        asyncio.run(_serve_until_told(port, parent_pipe))
    return 0


async def serve(
    port: int,
    on_ready: Callable[[int], None],
    ended: asyncio.Event,
    bounds: Bounds | None = None,
    backlog: int = _USUAL_BACKLOG,
) -> None:
    """Serves clients until `ended` is set, then cuts them off.

    Args:
        port: where to listen; 0 takes a free port.
        on_ready: called with the port once clients can connect.
        ended: set it in the event loop's thread.
        bounds: what the service takes on.
        backlog: connections that the system lets wait until the service has taken them.

    Raises:
        ServiceError: the port is taken or not allowed.
    """
    occupancy = Occupancy(bounds or Bounds())
    loop = asyncio.get_running_loop()
    try:
        server = await loop.create_server(lambda: Conversation(occupancy), HOST, port, backlog=backlog)
    except (OSError, OverflowError) as error:
        raise ServiceError(f"the rule service cannot listen on port {port}: {error}; choose another port") from error
    try:
        on_ready(server.sockets[0].getsockname()[1])
        await ended.wait()
    finally:
        server.close()
        for conversation in list(occupancy.conversations):
            conversation.cut()
        await server.wait_closed()


async def _serve_until_told(port: int, parent_pipe: bool) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()

    def end(*_: object) -> None:
        with suppress(RuntimeError):  # the loop has ended by itself
            loop.call_soon_threadsafe(ended.set)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    if parent_pipe:
        Thread(target=_read_to_the_end, args=(end,), name="end of the app", daemon=True).start()
    limits = connection_limits(raise_open_file_limit())
    await serve(port, _announce, ended, Bounds(connections=limits.service), limits.backlog)


def _announce(port: int) -> None:
    sys.stdout.write(f"{READY}{port}\n")
    sys.stdout.flush()


def _read_to_the_end(then: Callable[[], None]) -> None:
    # Not through sys.stdin: a thread that waits in there holds a lock that the interpreter needs to exit.
    with suppress(OSError):
        while os.read(0, 4096):
            pass
    then()
