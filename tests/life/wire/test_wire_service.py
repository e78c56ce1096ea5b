"""What the service does with clients of all sorts, over real sockets."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from typing import Any

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.errors import ServiceError
from life.wire.bounds import Bounds
from life.wire.requests import MOST_CELLS_IN_BAND
from life.wire.service import serve

GREETING = b"lifeloom 1\n"


@pytest.fixture
def client(service: Any, netcat: Callable[[int], Any]) -> Iterator[Any]:
    with netcat(service.port) as connected:
        yield connected


ATTEMPTS = 1_000


def is_well(netcat: Callable[[int], Any], port: int) -> bool:
    try:
        with netcat(port) as other:
            other.say(b"cell 5 B3/S23 - 3 0\n")
            return bool(other.hear() == b"5 *\n")
    except OSError:
        return False


def takes_ten_cells(client: Any) -> bool:
    with client:
        client.say(b"band 4 B3/S23 10 0\n0000000003\n")
        return bool(client.hear() == b"4 ---------*\n")


def open_files() -> int:
    process = psutil.Process()
    return int(process.num_fds() if hasattr(process, "num_fds") else process.num_handles())


def test_a_person_with_netcat_is_answered(client: Any) -> None:
    client.say(b"cell 17 B3/S23 * 3 1000\r\n")
    assert client.hear() == b"17 *\n"
    client.say(b"band 18 B3/S23 5 1000\r\n023B3\r\n")
    assert client.hear() == b"18 --*-*\n"
    client.say(b"hello\n")
    assert client.hear() == GREETING


def test_requests_are_answered_as_they_come_due(client: Any) -> None:
    client.say(b"cell 1 B3/S23 * 3 300000\ncell 2 B3/S23 * 4 0\nband 3 B3/S23 2 150000\n33\ncell 4 B3/S23 - 3 600000\n")
    assert [client.hear() for _ in range(4)] == [b"2 -\n", b"3 **\n", b"1 *\n", b"4 *\n"]


def test_a_request_may_come_in_any_pieces(client: Any) -> None:
    for byte in b"cell 1 B3/S23 * 3 0\nband 2 B3/S23 3 0\n123\nhello\n":
        client.say(bytes([byte]))
    assert [client.hear() for _ in range(3)] == [b"1 *\n", b"2 --*\n", GREETING]


def test_a_hanging_request_is_never_answered_and_holds_up_no_other(client: Any) -> None:
    client.say(b"cell 1 B3/S23 * 3 0 hang\ncell 2 B3/S23 * 3 1000\n")
    assert client.hear() == b"2 *\n"


def test_a_cut_ends_the_connection_once_it_is_due(client: Any) -> None:
    client.say(b"cell 1 B3/S23 * 3 200000 cut\ncell 2 B3/S23 * 3 1000\n")
    assert client.hear() == b"2 *\n"
    assert client.hear() == b""


def test_nonsense_is_no_state(client: Any) -> None:
    client.say(b"cell 1 B3/S23 * 3 0 nonsense\nband 2 B3/S23 1 0 nonsense\n3\n")
    assert [client.hear(), client.hear()] == [b"1 perhaps\n", b"2 perhaps\n"]


def test_what_is_no_request_is_told_so_and_the_next_is_answered(client: Any) -> None:
    client.say(b"what is life?\ncell 1 B3/S23 * nine 0\nhello\n")
    assert client.hear().startswith(b"error - ")
    assert client.hear().startswith(b"error 1 the number of live neighbours")
    assert client.hear() == GREETING


def test_a_band_with_a_cell_that_is_none_is_told_so_and_the_next_request_is_answered(client: Any) -> None:
    client.say(b"band 3 B3/S23 3 0\n1x3\nhello\n")
    assert client.hear() == b"error 3 a cell of a band is one of 0 to 8 or A to I\n"
    assert client.hear() == GREETING


def test_a_band_that_is_longer_than_it_says_ends_the_connection(client: Any) -> None:
    client.say(b"band 3 B3/S23 3 0\n1234\nhello\n")
    assert client.hear() == b"error 3 3 cells end with a newline\n"
    assert client.hear() == b""


def test_a_line_without_end_ends_the_connection(client: Any) -> None:
    client.say(b"x" * 300)
    assert client.hear().startswith(b"error - a request is shorter than 256 bytes")
    assert client.hear() == b""


def test_a_band_beyond_all_bounds_is_refused_before_its_cells_come(client: Any) -> None:
    client.say(b"band 3 B3/S23 %d 0\n" % (MOST_CELLS_IN_BAND + 1))
    assert client.hear() == b"error 3 the number of cells is 1 to %d\n" % MOST_CELLS_IN_BAND


def test_bands_under_way_are_bounded_all_together(service_thread: Any, netcat: Callable[[int], Any]) -> None:
    with (
        service_thread(Bounds(band_cells=10)) as service,
        netcat(service.port) as first,
        netcat(service.port) as second,
    ):
        first.say(b"band 1 B3/S23 6 0 hang\n000000\nhello\n")
        assert first.hear() == GREETING
        second.say(b"band 2 B3/S23 5 0\n")
        assert second.hear() == b"error 2 the service takes 10 cells in bands at a time\n"
        second.say(b"band 3 B3/S23 4 0\n0003\n")
        assert second.hear() == b"3 ---*\n"
        first.vanish()
        assert any(takes_ten_cells(netcat(service.port)) for _ in range(ATTEMPTS))


def test_a_band_whose_cells_do_not_come_ends_the_connection(service_thread: Any, netcat: Callable[[int], Any]) -> None:
    with service_thread(Bounds(band_seconds=0.05)) as service, netcat(service.port) as client:
        client.say(b"band 9 B3/S23 6 0\n000")
        assert client.hear() == b"error 9 the cells of the band did not come in time\n"
        assert client.hear() == b""


def test_one_connection_too_many_is_told_so(service_thread: Any, netcat: Callable[[int], Any]) -> None:
    with service_thread(Bounds(connections=2)) as service:
        with netcat(service.port) as first, netcat(service.port) as second, netcat(service.port) as third:
            assert third.hear() == b"error - the service takes 2 connections at a time, try again later\n"
            assert third.hear() == b""
            for client in (first, second):
                client.say(b"hello\n")
                assert client.hear() == GREETING
        assert is_well(netcat, service.port)


def test_beyond_its_bound_requests_wait_until_others_are_answered(
    service_thread: Any, netcat: Callable[[int], Any]
) -> None:
    with service_thread(Bounds(requests=3)) as service, netcat(service.port) as client:
        client.say(b"".join(b"cell %d B3/S23 * 3 2000\n" % number for number in range(100)))
        answers = [client.hear() for _ in range(100)]
        assert sorted(answers) == sorted(b"%d *\n" % number for number in range(100))


def test_a_full_connection_is_read_no_further_and_others_are(service_thread: Any, netcat: Callable[[int], Any]) -> None:
    with service_thread(Bounds(requests=3)) as service, netcat(service.port) as full:
        full.say(b"cell 1 B3/S23 * 3 0 hang\n" * 3 + b"hello\n")
        assert is_well(netcat, service.port)
        full.socket.setblocking(False)
        with pytest.raises(BlockingIOError):
            full.socket.recv(1)


def test_a_client_that_does_not_take_its_answers_is_read_no_further(
    service_thread: Any, netcat: Callable[[int], Any]
) -> None:
    """The service would otherwise keep all answers, and whoever sends for ever would fill its memory."""
    with service_thread() as service, netcat(service.port) as deaf:
        deaf.socket.settimeout(0.2)
        with pytest.raises(TimeoutError):
            deaf.say(b"hello\n" * 20_000_000)
        assert is_well(netcat, service.port)


@pytest.mark.parametrize(
    "last_words",
    [
        b"",
        b"cell 1 B3/S2",
        b"cell 1 B3/S23 * 3 60000000\n",
        b"cell 1 B3/S23 * 3 0 hang\n",
        b"cell 1 B3/S23 * 3 1 cut\n",
        b"band 1 B3/S23 1000 0\n0123",
        b"band 1 B3/S23 4 60000000\n0123\n",
        b"hello\n" * 1000,
        b"x" * 100_000,
    ],
)
@pytest.mark.parametrize("way", ["vanish", "close"])
def test_a_client_that_leaves_gives_its_place_to_the_next(
    service_thread: Any, netcat: Callable[[int], Any], last_words: bytes, way: str
) -> None:
    with service_thread(Bounds(connections=1, band_cells=1000)) as service:
        for _ in range(5):
            client = netcat(service.port)
            client.say(last_words)
            getattr(client, way)()
        assert any(is_well(netcat, service.port) for _ in range(ATTEMPTS))  # it may hear of the next one first


def test_clients_that_left_cost_nothing(service_thread: Any, netcat: Callable[[int], Any]) -> None:
    with service_thread() as service:
        assert is_well(netcat, service.port)
        before = open_files()
        for number in range(200):
            client = netcat(service.port)
            client.say(b"cell 1 B3/S23 * 3 50000000\nband 1 B3/S23 1000 0\n0123")
            (client.vanish if number % 2 else client.close)()
        assert any(is_well(netcat, service.port) and open_files() <= before for _ in range(ATTEMPTS))


WORDS = st.sampled_from(
    [
        b"cell",
        b"band",
        b"hello",
        b"error",
        b"B3/S23",
        b"B/S",
        b"*",
        b"-",
        b"0",
        b"3",
        b"17",
        b"9" * 30,
        b"hang",
        b"\xff",
    ]
)
LINES = st.one_of(
    st.binary(max_size=250).map(lambda data: data.replace(b"\n", b" ")),
    st.lists(WORDS, max_size=8).map(b" ".join),
    st.tuples(st.just(b"cell 1 B3/S23 * 3 0"), st.binary(max_size=20)).map(lambda pair: pair[0] + pair[1]),
).map(lambda line: line.replace(b"\n", b" "))


@given(lines=st.lists(LINES.filter(lambda line: not line.strip().startswith(b"band") and b"hang" not in line)))
def test_every_line_is_answered_by_a_line(service: Any, netcat: Callable[[int], Any], lines: list[bytes]) -> None:
    with netcat(service.port) as client:
        client.say(b"".join(line + b"\n" for line in lines) + b"hello\n")
        answers = [client.hear() for _ in range(len(lines) + 1)]
        assert all(answer.endswith(b"\n") for answer in answers)
        assert answers.count(GREETING) == 1 + sum(line.strip() == b"hello" for line in lines)


@given(pieces=st.lists(st.one_of(st.binary(max_size=600), LINES.map(lambda line: line + b"\n"))), leaves=st.booleans())
def test_the_service_survives_any_garbage(
    service: Any, netcat: Callable[[int], Any], pieces: list[bytes], leaves: bool
) -> None:
    with netcat(service.port) as client:
        try:
            for piece in pieces:
                client.say(piece)
            client.socket.shutdown(socket.SHUT_WR)
            while not leaves and client.hear():
                pass
        except OSError:
            pass  # the service had enough of it
    assert is_well(netcat, service.port)


def test_it_listens_on_the_loopback_address_only(service: Any) -> None:
    listening = [
        connection.laddr
        for connection in psutil.Process().net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN and connection.laddr.port == service.port
    ]
    assert [address.ip for address in listening] == ["127.0.0.1"]


@pytest.mark.parametrize("port", ["taken", 70_000])
def test_a_port_that_is_not_to_be_had_is_told_in_one_sentence(service: Any, service_thread: Any, port: Any) -> None:
    wanted = service.port if port == "taken" else port

    async def serve_there() -> None:
        await serve(wanted, lambda _: None, asyncio.Event())

    with pytest.raises(ServiceError, match=f"cannot listen on port {wanted}: .*; choose another port"):
        asyncio.run(serve_there())
