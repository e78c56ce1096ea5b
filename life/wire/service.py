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
another connection. Whoever sends faster than the service answers is simply no longer read for a while.

The service listens on the loopback address, unless told to listen on another and to allow those of other machines.
They have to say a token first, `hello TOKEN`, and narrower bounds hold (`life.wire.bounds.FOR_OTHERS`). Nothing is
encrypted, the token neither.
"""

import asyncio
import ipaddress
import os
import secrets
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from threading import Thread

from life.errors import ServiceError
from life.wire.bounds import FOR_OTHERS, Bounds, Occupancy
from life.wire.conversation import Conversation
from life.wire.limits import connection_limits, raise_open_file_limit
from life.wire.token import VARIABLE, token_from

HOST = "127.0.0.1"
READY = f"rule service listening on {HOST}:"
_USUAL_BACKLOG = 100


def main_serve(port: int, parent_pipe: bool, host: str = HOST, *, allows_remote: bool = False) -> int:
    """Runs the service until Ctrl+C, SIGTERM, or the end of the app that started it; needs the main thread.

    Args:
        port: where to listen; 0 takes a free port. The one line that it prints says which.
        parent_pipe: whether to end as soon as standard input does, so that the service never outlives the app.
        host: the address of this machine to listen on.
        allows_remote: whether that may be one that others can reach. They need the token that is in the environment;
            where none is, one is made up and printed.

    Returns:
        The exit code.

    Raises:
        ServiceError: the port is taken or not allowed, or the address is none to listen on.
    """
    token = b"" if is_loopback(host) else _token_for_others(host, allows_remote)
    with suppress(KeyboardInterrupt):  # Ctrl+C before the service listens
        asyncio.run(_serve_until_told(port, parent_pipe, host, token))
    return 0


async def serve(
    port: int,
    on_ready: Callable[[int], None],
    ended: asyncio.Event,
    bounds: Bounds | None = None,
    backlog: int = _USUAL_BACKLOG,
    host: str = HOST,
    token: bytes = b"",
) -> None:
    """Serves clients until `ended` is set, then cuts them off.

    Args:
        port: where to listen; 0 takes a free port.
        on_ready: called with the port once clients can connect.
        ended: set it in the event loop's thread.
        bounds: what the service takes on.
        backlog: connections that the system lets wait until the service has taken them.
        host: the address of this machine to listen on.
        token: what clients have to say first; b"" where anybody may ask.

    Raises:
        ServiceError: the port is taken or not allowed, or the address is not this machine's.
    """
    occupancy = Occupancy(bounds or Bounds(), token)
    loop = asyncio.get_running_loop()
    try:
        server = await loop.create_server(lambda: Conversation(occupancy), host, port, backlog=backlog)
    except (OSError, OverflowError, UnicodeError) as error:
        where = f"port {port}" if host == HOST else f"{host}, port {port}"
        raise ServiceError(f"the rule service cannot listen on {where}: {error}; choose another port") from error
    looking = loop.create_task(_look_again_and_again(occupancy), name="clients that take too long")
    try:
        on_ready(server.sockets[0].getsockname()[1])
        await ended.wait()
    finally:
        looking.cancel()
        server.close()
        for conversation in list(occupancy.conversations):
            conversation.cut()
        await server.wait_closed()


def is_loopback(host: str) -> bool:
    """Whether only this machine itself reaches the address; names other than localhost count as reached by others."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _token_for_others(host: str, allows_remote: bool) -> bytes:
    if not allows_remote:
        raise ServiceError(
            f"other machines could reach the rule service at {host or 'every address'}; to let them, add --allow-remote"
        )
    token = token_from(os.environ)
    if not token:
        token = secrets.token_urlsafe(18)
        sys.stdout.write(f"clients need this in their environment: {VARIABLE}={token}\n")
    return token.encode()


async def _look_again_and_again(occupancy: Occupancy) -> None:
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(occupancy.bounds.look_seconds)
        occupancy.look(loop.time())


async def _serve_until_told(port: int, parent_pipe: bool, host: str, token: bytes) -> None:
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
    narrow = replace(FOR_OTHERS, connections=min(FOR_OTHERS.connections, limits.service))
    bounds = narrow if token else Bounds(connections=limits.service)

    def announce(taken: int) -> None:
        sys.stdout.write(f"{READY}{taken}\n" if host == HOST else f"rule service listening on {host}:{taken}\n")
        sys.stdout.flush()

    await serve(port, announce, ended, bounds, limits.backlog, host, token)


def _read_to_the_end(then: Callable[[], None]) -> None:
    # Not through sys.stdin: a thread that waits in there holds a lock that the interpreter needs to exit.
    with suppress(OSError):
        while os.read(0, 4096):
            pass
    then()
