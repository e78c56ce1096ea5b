"""The service for other machines: who may ask, how much, and how long one may take about it."""

import asyncio
import os
import socket
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.children import Child, child_command
from life.errors import ServiceError
from life.experiment import Experiment, WireKind
from life.rule import CONWAY
from life.stop import StopSignal
from life.wire import open_wire
from life.wire.base import BandQuestion, Question
from life.wire.bounds import FOR_OTHERS, UNBOUNDED, Bounds, Visitor
from life.wire.conversation import Conversation, Occupancy
from life.wire.service import is_loopback
from life.wire.token import VARIABLE, greeting_with, token_from

PATIENCE = 30.0
TOKEN = "open-sesame"
GREETING = b"lifeloom 1\n"
QUESTION = Question(0, 0, "-", 3, 0.0, None)
Clients = Callable[[int], Any]


def test_who_says_the_token_is_answered_and_who_does_not_is_shown_out(service_thread: Any, netcat: Clients) -> None:
    with service_thread(token=TOKEN.encode()) as service:
        with netcat(service.port) as friend:
            friend.say(b"hello open-sesame\ncell 1 B3/S23 - 3 0\nhello\n")
            assert [friend.hear() for _ in range(3)] == [GREETING, b"1 *\n", GREETING]
        for said in (
            b"cell 1 B3/S23 - 3 0\n",
            b"hello\n",
            b"hello open-sesam\n",
            b"hello \xff\n",
            b"\n",
            b"nonsense\n",
        ):
            with netcat(service.port) as stranger:
                stranger.say(said + b"cell 1 B3/S23 - 3 0\n")
                assert stranger.hear() == b"error - this service answers those who say its token first: hello TOKEN\n"
                assert stranger.hear() == b""


def test_who_never_says_the_token_is_dropped(service_thread: Any, netcat: Clients) -> None:
    bounds = Bounds(hello_seconds=0.05, look_seconds=0.02)
    with service_thread(bounds, token=b"t") as service, netcat(service.port) as silent:
        assert silent.hear() == b"error - the token did not come in time\n"
        assert silent.hear() == b""


def test_who_sends_a_request_byte_by_byte_is_dropped(service_thread: Any, netcat: Clients) -> None:
    with (
        service_thread(Bounds(line_seconds=0.1, look_seconds=0.02)) as service,
        netcat(service.port) as slow,
        netcat(service.port) as other,
    ):
        other.say(b"hello\n")
        assert other.hear() == GREETING
        heard = b""
        slow.socket.settimeout(0.01)
        for _ in range(1_000):  # each byte on its own, as long as the service takes them
            try:
                slow.socket.sendall(b"c")
                heard += slow.socket.recv(100)
            except TimeoutError:
                continue
            except OSError:
                break
            if heard:
                break
        assert heard == b"error - the request did not come in time\n"
        other.say(b"hello\n")
        assert other.hear() == GREETING


def test_who_says_nothing_any_more_is_dropped_but_not_who_waits(service_thread: Any, netcat: Clients) -> None:
    with (
        service_thread(Bounds(idle_seconds=0.1, look_seconds=0.02)) as service,
        netcat(service.port) as asleep,
        netcat(service.port) as waits,
    ):
        waits.say(b"cell 1 B3/S23 * 3 600000\n")
        asleep.say(b"hello\n")
        assert asleep.hear() == GREETING
        assert asleep.hear() == b"error - the connection was left without a word for too long\n"
        assert asleep.hear() == b""
        assert waits.hear() == b"1 *\n"


def test_who_takes_no_answers_is_cut_off_all_the_same(service_thread: Any, netcat: Clients) -> None:
    bounds = Bounds(connections=1, idle_seconds=0.2, band_seconds=0.2, look_seconds=0.05)
    band = b"band 1 B3/S23 100000 0\n" + b"3" * 100_000 + b"\n"
    with service_thread(bounds) as service, netcat(service.port) as deaf:
        deaf.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        send_until_nobody_reads(deaf, band)
        assert any(is_answered(netcat, service.port) for _ in range(1_000)), "its place was never given to another"


def send_until_nobody_reads(client: Any, data: bytes) -> None:
    client.socket.settimeout(0.5)
    try:
        for _ in range(10_000):
            client.socket.send(data)
    except OSError:
        return
    pytest.fail("the service reads and keeps whatever it is sent")


def is_answered(netcat: Clients, port: int) -> bool:
    try:
        with netcat(port) as other:
            other.say(b"hello\n")
            return bool(other.hear() == GREETING)
    except OSError:
        return False


def test_one_address_takes_no_more_than_its_share_of_the_connections(service_thread: Any, netcat: Clients) -> None:
    with (
        service_thread(Bounds(connections_of_one=2)) as service,
        netcat(service.port) as first,
        netcat(service.port) as second,
    ):
        for client in (first, second):
            client.say(b"hello\n")
            assert client.hear() == GREETING
        with netcat(service.port) as third:
            assert third.hear() == b"error - the service takes 2 connections from one address\n"
            assert third.hear() == b""


def test_who_asks_faster_than_allowed_is_answered_all_the_same_but_later(service_thread: Any, netcat: Clients) -> None:
    requests = b"".join(b"cell %d B3/S23 - 3 0\n" % number for number in range(150))
    with service_thread(Bounds(rate=100.0)) as service, netcat(service.port) as eager:
        loop_time = service.time
        began = loop_time()
        eager.say(requests)
        assert [eager.hear() for _ in range(150)] == [b"%d *\n" % number for number in range(150)]
        assert loop_time() - began >= 0.45  # 100 at once, the others at 100 a second: a bound, however slow the machine


def test_a_band_may_be_larger_than_the_service_wants_from_others(service_thread: Any, netcat: Clients) -> None:
    with service_thread(Bounds(cells_in_band=5)) as service, netcat(service.port) as client:
        client.say(b"band 3 B3/S23 6 0\n")
        assert client.hear() == b"error 3 the service takes bands of up to 5 cells\n"
        client.say(b"band 4 B3/S23 5 0\n00003\n")
        assert client.hear() == b"4 ----*\n"


@given(
    rate=st.floats(1, 1_000),
    pauses=st.lists(st.floats(0, 0.5), max_size=200),
)
def test_no_span_of_time_sees_more_than_its_rate_and_a_seconds_worth(rate: float, pauses: list[float]) -> None:
    visitor, now = Visitor(rate, 0.0), 0.0
    allowed = 0
    for pause in pauses:
        now += pause
        if visitor.may_ask(now):
            allowed += 1
        else:
            assert 0 < visitor.seconds_to_wait <= 1 / rate
            assert visitor.may_ask(now + visitor.seconds_to_wait * 1.001)
            now += visitor.seconds_to_wait * 1.001
            allowed += 1
    assert allowed <= rate * (1 + now) + 1


class FakeTransport(asyncio.Transport):
    """Takes everything, and knows whether it is read from."""

    def __init__(self) -> None:
        super().__init__()
        self.is_read, self.closing = True, False
        self.written = b""

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return ("192.0.2.1", 7) if name == "peername" else default

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += bytes(data)

    def pause_reading(self) -> None:
        self.is_read = False

    def resume_reading(self) -> None:
        self.is_read = True

    def is_closing(self) -> bool:
        return self.closing

    def close(self) -> None:
        self.closing = True

    def abort(self) -> None:
        self.closing = True


PIECES = st.lists(
    st.one_of(
        st.binary(max_size=300),
        st.sampled_from(
            [b"cell 1 B3/S23 * 3 0\n", b"cell 2 B3/S23 * 3 0 hang\n", b"band 3 B3/S23 40 0\n", b"0" * 40 + b"\n",
             b"band 4 B3/S23 40 0 hang\n", b"hello\n", b"hello t\n", b"cell 1 B3/S23", b"\r\n", b"x" * 255, b"\n"]
        ),
    ),
    max_size=30,
)  # fmt: skip


@given(pieces=PIECES, token=st.sampled_from([b"", b"t"]), rate=st.sampled_from([UNBOUNDED, 1.0]))
def test_whatever_is_sent_no_buffer_grows_beyond_its_bounds(pieces: list[bytes], token: bytes, rate: float) -> None:
    bounds = Bounds(requests=4, line=64, band_cells=100, cells_in_band=50, rate=rate)

    async def talk() -> None:
        occupancy = Occupancy(bounds, token)
        conversation, transport = Conversation(occupancy), FakeTransport()
        conversation.connection_made(transport)
        for piece in pieces:
            if transport.closing or not transport.is_read:
                break  # as the event loop does, which delivers nothing more then
            conversation.data_received(piece)
            assert len(conversation._received) <= max(bounds.line, bounds.cells_in_band + 2) + len(piece)
            assert 0 <= occupancy.band_cells <= bounds.band_cells
            assert conversation._under_way <= bounds.requests
        conversation.connection_lost(None)
        assert occupancy.band_cells == 0
        assert not occupancy.conversations

    asyncio.run(talk())


# The command.


def test_other_machines_are_let_in_only_by_a_flag_of_its_own() -> None:
    with Child(child_command("serve", "--listen", "0.0.0.0")) as child:
        assert child.wait_for_line("rule service listening", PATIENCE) is None
        assert child.process.wait(PATIENCE) == 2
    assert child.said[-1].endswith("could reach the rule service at 0.0.0.0; to let them, add --allow-remote")


def test_with_the_flag_a_token_is_made_up_and_the_app_gets_in_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    command = child_command("serve", "--listen", "0.0.0.0", "--allow-remote", "--parent-pipe")
    with Child(command) as child:
        line = child.wait_for_line("rule service listening on 0.0.0.0:", PATIENCE)
        assert line is not None
        address = ("127.0.0.1", int(line.rpartition(":")[2]))
        token = child.said[-1].partition(f"{VARIABLE}=")[2]
        assert len(token) >= 20
        experiment = Experiment(wire=WireKind.SERVICE, address=address)
        with pytest.raises(ServiceError, match=f"asks for a token.*set {VARIABLE}"), open_wire(experiment, CONWAY):
            pass
        monkeypatch.setenv(VARIABLE, "another")
        with pytest.raises(ServiceError, match="does not accept the token"), open_wire(experiment, CONWAY):
            pass
        monkeypatch.setenv(VARIABLE, token)
        with open_wire(experiment, CONWAY) as wire:
            assert wire.ask(QUESTION, StopSignal()) == "*"
            assert wire.ask_band(BandQuestion(b"\3", 0.0, None), StopSignal()) == b"\1"

            async def ask_many() -> list[str]:
                stop = StopSignal()
                return await asyncio.gather(*(wire.ask_async(QUESTION, stop) for _ in range(100)))

            assert asyncio.run(ask_many()) == ["*"] * 100


def test_a_service_that_asks_for_no_token_is_not_sent_one_that_it_accepts(service: Any, netcat: Clients) -> None:
    with netcat(service.port) as client:
        client.say(b"hello open-sesame\nhello\n")
        assert client.hear().startswith(b"error ")
        assert client.hear() == GREETING


@pytest.mark.parametrize("token", ["two words", "größer", "x" * 201, "line\nbreak"])
def test_a_token_that_cannot_be_sent_is_a_sentence(token: str) -> None:
    with pytest.raises(ServiceError, match="must be one word of ASCII"):
        token_from({VARIABLE: token})


def test_the_longest_token_fits_into_the_longest_line() -> None:
    assert len(greeting_with("x" * 200)) < FOR_OTHERS.line
    assert token_from({VARIABLE: "x" * 200})
    assert token_from({}) == ""


@pytest.mark.parametrize(
    ("host", "is_so"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("", False),
     ("::", False), ("192.0.2.7", False), ("example.org", False)],
)  # fmt: skip
def test_only_addresses_that_nobody_else_reaches_are_loopback(host: str, is_so: bool) -> None:
    assert is_loopback(host) is is_so


# A service that is killed.


def test_a_service_that_is_killed_is_started_again_with_the_next_generation() -> None:
    with open_wire(Experiment(wire=WireKind.SERVICE), CONWAY) as wire:
        generation = StopSignal()
        assert wire.ask(QUESTION, generation) == "*"
        first = wire._child.process
        first.kill()
        first.wait(PATIENCE)
        with pytest.raises(OSError, match=r"no rule service listens|cut the connection"):
            wire.ask(QUESTION, generation)
        assert wire.ask(QUESTION, StopSignal()) == "*"
        second = wire._child.process
        second.kill()
        second.wait(PATIENCE)

        async def ask_many() -> list[str]:
            stop = StopSignal()
            return await asyncio.gather(*(wire.ask_async(QUESTION, stop) for _ in range(50)))

        assert asyncio.run(ask_many()) == ["*"] * 50
        third = wire._child.process
    assert {process.poll() is None for process in (first, second, third)} == {False}


def test_a_service_that_cannot_be_started_again_is_told_once_a_generation_and_tried_in_the_next(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    with open_wire(Experiment(wire=WireKind.SERVICE), CONWAY) as wire:
        wire._child.process.kill()
        wire._child.process.wait(PATIENCE)
        tries: list[tuple[str, ...]] = []

        def nothing(*args: str) -> list[str]:
            tries.append(args)
            return [os.fspath(tmp_path / "nothing")]

        with monkeypatch.context() as broken:
            broken.setattr("life.wire.remote.child_command", nothing)
            generation = StopSignal()
            for _ in range(3):
                with pytest.raises(ServiceError, match="could not be started"):
                    wire.ask(QUESTION, generation)
            assert len(tries) == 1
        assert wire.ask(QUESTION, StopSignal()) == "*"
