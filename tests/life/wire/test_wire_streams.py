"""The client for coroutines: a few connections for all, opened when needed and gone with the event loop."""

import asyncio
import gc
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import psutil
import pytest

from life.errors import NonsenseError, ServiceError, Stopped
from life.stop import StopSignal
from life.wire.connection import Endpoint
from life.wire.loops import PerLoop
from life.wire.streams import StreamClient

PATIENCE = 30.0
MOST = 100

Answering = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def endpoint(service: Any) -> Endpoint:
    return Endpoint(socket.AF_INET, *service.address)


def question(number: int, ending: str = "1000") -> bytes:
    return f"cell {number} B3/S23 * 3 {ending}\n".encode()


async def ask(client: StreamClient, ending: str = "1000", limit: float = PATIENCE) -> str:
    number = client.next_number()
    return await client.ask(number, question(number, ending), limit)


async def ask_alone(client: StreamClient, ending: str = "1000", limit: float = PATIENCE) -> str:
    number = client.next_number()
    return await client.ask_alone(number, question(number, ending), limit)


def run_quietly(main: Callable[[], Awaitable[Any]]) -> Any:
    """Runs `main` in a loop that must have nothing to complain about, not even once it is gone."""
    complaints: list[object] = []

    async def watched() -> Any:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
        return await main()

    try:
        return asyncio.run(watched(), debug=True)
    finally:
        gc.collect()
        assert complaints == []


def connections_to(port: int) -> int:
    connections = psutil.Process().net_connections("tcp")
    return sum(bool(c.raddr) and c.raddr.port == port and c.status == psutil.CONN_ESTABLISHED for c in connections)


def test_many_requests_share_eight_connections(service: Any) -> None:
    async def main() -> int:
        client = StreamClient(endpoint(service), MOST, StopSignal())
        assert connections_to(service.port) == 0
        assert await asyncio.gather(*(ask(client) for _ in range(1000))) == ["*"] * 1000
        return connections_to(service.port)

    assert run_quietly(main) == 8
    assert connections_to(service.port) == 0


def test_one_request_opens_one_connection(service: Any) -> None:
    async def main() -> int:
        client = StreamClient(endpoint(service), MOST, StopSignal())
        assert await ask(client) == "*"
        return connections_to(service.port)

    assert run_quietly(main) == 1


def test_each_generation_has_a_loop_and_connections_of_its_own(service: Any) -> None:
    clients = PerLoop(lambda stop: StreamClient(endpoint(service), MOST, stop), StreamClient.close)

    async def main() -> None:
        stop = StopSignal()
        assert await asyncio.gather(*(ask(clients.get(stop)) for _ in range(20))) == ["*"] * 20

    before = psutil.Process().num_fds() if hasattr(psutil.Process, "num_fds") else 0
    for _ in range(5):
        run_quietly(main)
    assert connections_to(service.port) == 0
    assert before == 0 or psutil.Process().num_fds() <= before + 8  # the service closes its ends in its own time


@pytest.mark.parametrize("way", [ask, ask_alone])
def test_a_request_that_is_not_answered_gives_up_and_the_others_do_not(service: Any, way: Any) -> None:
    async def main() -> list[Any]:
        client = StreamClient(endpoint(service), MOST, StopSignal())
        hanging = way(client, "0 hang", 0.05)
        return await asyncio.gather(hanging, *(ask(client, "100000") for _ in range(20)), return_exceptions=True)

    hung, *answers = run_quietly(main)
    assert isinstance(hung, TimeoutError)
    assert str(hung) == "no answer from the service within 0.05 seconds"
    assert answers == ["*"] * 20


def test_cut_connections_take_no_other_request_with_them(service: Any) -> None:
    async def main() -> list[Any]:
        client = StreamClient(endpoint(service), MOST, StopSignal())
        cut = [ask_alone(client, "0 cut") for _ in range(150)]  # more than are open at a time
        return await asyncio.gather(*cut, *(ask(client) for _ in range(100)), return_exceptions=True)

    outcomes = run_quietly(main)
    assert [type(outcome) for outcome in outcomes] == [ConnectionResetError] * 150 + [str] * 100
    assert len({id(outcome) for outcome in outcomes[:150]}) == 150


def test_a_refused_request_is_told_why(service: Any) -> None:
    async def main() -> None:
        await ask(StreamClient(endpoint(service), MOST, StopSignal()), "0 perhaps")

    with pytest.raises(ServiceError, match="the rule service refused: the last word"):
        run_quietly(main)


def test_a_stop_from_another_thread_wakes_all_that_wait(service: Any) -> None:
    stop = StopSignal()

    async def main() -> list[Any]:
        client = StreamClient(endpoint(service), MOST, stop)
        waiting = [asyncio.ensure_future(ask(client, "0 hang")) for _ in range(200)]
        waiting += [asyncio.ensure_future(ask_alone(client, "0 hang")) for _ in range(150)]
        assert await ask(client) == "*"  # so the others have been sent, too
        await asyncio.to_thread(stop.set)
        return await asyncio.gather(*waiting, return_exceptions=True)

    assert {type(outcome) for outcome in run_quietly(main)} == {Stopped}


def test_a_stop_that_ends_the_loop_leaves_nothing_behind(service: Any) -> None:
    stop = StopSignal()

    async def main() -> None:
        client = StreamClient(endpoint(service), MOST, stop)
        asyncio.get_running_loop().call_soon(stop.set)
        await asyncio.gather(*(ask(client, "0 hang") for _ in range(200)))

    with pytest.raises(Stopped):
        run_quietly(main)
    assert connections_to(service.port) == 0


def test_a_loop_that_ends_before_anything_was_sent_leaves_nothing_behind(service: Any) -> None:
    clients = PerLoop(lambda stop: StreamClient(endpoint(service), MOST, stop), StreamClient.close)

    async def main() -> None:
        task = asyncio.ensure_future(ask(clients.get(StopSignal())))
        await asyncio.sleep(0)
        task.cancel()

    run_quietly(main)
    assert connections_to(service.port) == 0


def test_without_a_service_every_request_is_refused(service_thread: Any) -> None:
    with service_thread() as service:
        gone = endpoint(service)

    async def main() -> list[Any]:
        client = StreamClient(gone, MOST, StopSignal())
        return await asyncio.gather(*(ask(client) for _ in range(100)), return_exceptions=True)

    outcomes = run_quietly(main)
    assert {type(outcome) for outcome in outcomes} == {ConnectionRefusedError}
    assert len({id(outcome) for outcome in outcomes}) == 100


def against(answering: Answering, requests: int) -> list[Any]:
    """What comes of requests to a service of which the test decides what it says."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.CancelledError):  # which asyncio's own server would complain about before 3.12
            await answering(reader, writer)
        writer.close()

    async def main() -> list[Any]:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        client = StreamClient(Endpoint(socket.AF_INET, *server.sockets[0].getsockname()), MOST, StopSignal())
        outcomes = await asyncio.gather(*(ask(client) for _ in range(requests)), return_exceptions=True)
        server.close()
        return list(outcomes)

    return list(run_quietly(main))


async def _hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.write(b"half an ans")


async def _turn_away(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.write(b"error - full\n")


async def _babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.write(b"220 mail.example.org ESMTP\n")
    writer.write(b"Hello, this is no rule service!\n")
    await reader.read()


async def _never_end_a_line(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.write(b"x" * 100_000)
    await reader.read()


async def _answer_in_pieces(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while line := await reader.readline():
        for byte in b"%b *\r\n" % line.split()[1]:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0)


async def _answer_others(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.write(b"999999 *\n" * 20)
    await reader.read()


@pytest.mark.parametrize(
    ("answering", "outcome"),
    [
        (_answer_others, NonsenseError),
        (_hang_up, ConnectionResetError),
        (_turn_away, ServiceError),
        (_babble, NonsenseError),
        (_never_end_a_line, NonsenseError),
        (_answer_in_pieces, str),
    ],
)
def test_every_request_has_an_outcome_whatever_the_service_says(answering: Answering, outcome: type) -> None:
    assert [type(each) for each in against(answering, 20)] == [outcome] * 20


def test_a_connection_that_failed_is_opened_anew_by_the_next_request(service: Any) -> None:
    async def main() -> None:
        client = StreamClient(endpoint(service), MOST, StopSignal())
        for _ in range(3):
            with pytest.raises(ConnectionResetError):
                await client.ask(8, question(8, "0 cut"), PATIENCE)
            assert await client.ask(16, question(16), PATIENCE) == "*"

    run_quietly(main)
