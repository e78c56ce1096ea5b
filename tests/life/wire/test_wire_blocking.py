"""The client for threads: its connections are bounded, used again, given up after an error, and woken by a stop."""

import socket
from collections.abc import Iterator
from threading import Barrier, Event, Thread
from typing import Any

import pytest

from life.errors import NonsenseError, ServiceError, Stopped
from life.stop import StopSignal
from life.wire.blocking import BlockingClient
from life.wire.connection import Connection, Endpoint
from life.wire.pool import ConnectionPool

PATIENCE = 30.0
ASK = b"cell 1 B3/S23 * 3 0\n"
HANG = b"cell 1 B3/S23 * 3 0 hang\n"
NOWHERE = Endpoint(socket.AF_INET, "127.0.0.1", 9)


def endpoint(service: Any) -> Endpoint:
    return Endpoint(socket.AF_INET, *service.address)


class NoticedStop(StopSignal):
    """Says when somebody begins to wait with it."""

    def __init__(self) -> None:
        super().__init__()
        self.awaited = Event()

    def add_waker(self, wake: Any) -> int:
        number = super().add_waker(wake)
        self.awaited.set()
        return number


class Listener:
    """A service of which each test decides what it says; every connection is one exchange."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(PATIENCE)
        self.endpoint = Endpoint(socket.AF_INET, *self._listening.getsockname()[:2])

    def accept(self) -> socket.socket:
        connected, _ = self._listening.accept()
        connected.settimeout(PATIENCE)
        return connected

    def close(self) -> None:
        self._listening.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.close()


class Asker:
    """Asks in a thread of its own and keeps what came of it."""

    def __init__(self, ask: Any, *arguments: Any) -> None:
        self.outcome: object = None
        self._thread = Thread(target=self._run, args=(ask, *arguments))
        self._thread.start()

    def _run(self, ask: Any, *arguments: Any) -> None:
        try:
            self.outcome = ask(*arguments)
        except Exception as error:
            self.outcome = error

    def result(self) -> object:
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        return self.outcome


def test_a_connection_in_good_order_is_used_again(listener: Listener) -> None:
    client = BlockingClient(listener.endpoint, most=5)
    first = Asker(client.ask, ASK, PATIENCE, StopSignal())
    with listener.accept() as connected:
        for number in range(3):
            asker = first if number == 0 else Asker(client.ask, ASK, PATIENCE, StopSignal())
            assert connected.recv(100) == ASK
            connected.sendall(b"1 *\n")
            assert asker.result() == "*"
        client.close()
        assert connected.recv(1) == b""


@pytest.mark.parametrize("answer", [b"1", b"error 1 no\n", b"welcome\n", b"2 *\n"])
def test_a_connection_that_saw_an_error_is_thrown_away(listener: Listener, answer: bytes) -> None:
    client = BlockingClient(listener.endpoint, most=1)
    asker = Asker(client.ask, ASK, PATIENCE, StopSignal())
    with listener.accept() as connected:
        assert connected.recv(100) == ASK
        connected.sendall(answer)
        if not answer.endswith(b"\n"):
            connected.shutdown(socket.SHUT_WR)
        assert isinstance(asker.result(), ConnectionResetError | ServiceError | NonsenseError)
        assert connected.recv(1) == b""
    client.close()


def test_an_answer_in_pieces_is_put_together(listener: Listener) -> None:
    client = BlockingClient(listener.endpoint, most=1)
    band = b"band 1 B3/S23 600000 0\n" + b"3" * 600_000 + b"\n"
    asker = Asker(client.ask, band, PATIENCE, StopSignal())
    with listener.accept() as connected, connected.makefile("rb") as lines:
        assert lines.readline() + lines.readline() == band
        for piece in (b"1", b" ", b"*" * 300_000, b"-" * 300_000, b"\n"):
            connected.sendall(piece)
        assert asker.result() == "*" * 300_000 + "-" * 300_000
    client.close()


def test_the_time_limit_holds_for_an_answer_in_pieces(listener: Listener) -> None:
    client = BlockingClient(listener.endpoint, most=1)
    asker = Asker(client.ask, ASK, 0.1, StopSignal())
    with listener.accept() as connected:
        connected.sendall(b"1")
        outcome = asker.result()
        assert isinstance(outcome, TimeoutError)
        assert str(outcome) == "no answer from the service within 0.1 seconds"
    client.close()


def test_a_service_that_was_started_anew_is_asked_again(service_thread: Any) -> None:
    with service_thread() as first:
        client = BlockingClient(endpoint(first), most=3)
        assert client.ask(ASK, PATIENCE, StopSignal()) == "*"
    with service_thread(port=first.port):
        assert client.ask(ASK, PATIENCE, StopSignal()) == "*"
        client.close()


def test_a_service_that_is_gone_refuses(service_thread: Any) -> None:
    with service_thread() as service:
        client = BlockingClient(endpoint(service), most=3)
        assert client.ask(ASK, PATIENCE, StopSignal()) == "*"
    with pytest.raises(ConnectionRefusedError):
        client.ask(ASK, PATIENCE, StopSignal())
    client.close()


def test_a_request_that_will_go_wrong_is_alone_on_its_connection(listener: Listener) -> None:
    client = BlockingClient(listener.endpoint, most=1)
    for alone in (False, True, False):
        asker = Asker(lambda alone=alone: client.ask(ASK, PATIENCE, StopSignal(), alone=alone))
        with listener.accept() as connected:
            assert connected.recv(100) == ASK
            connected.sendall(b"1 *\n")
            assert asker.result() == "*"
            if alone:
                assert connected.recv(1) == b""
    client.close()


def test_a_stop_wakes_a_thread_that_waits_for_its_answer(listener: Listener) -> None:
    client, stop = BlockingClient(listener.endpoint, most=1), StopSignal()
    asker = Asker(client.ask, ASK, PATIENCE * 10, stop)
    with listener.accept() as connected:
        assert connected.recv(100) == ASK
        stop.set()
        assert isinstance(asker.result(), Stopped)
        assert connected.recv(1) == b""
    client.close()


def test_a_stop_wakes_all_threads_wherever_they_are(service: Any) -> None:
    client, stop, together = BlockingClient(endpoint(service), most=20), StopSignal(), Barrier(61)

    def ask() -> str:
        together.wait(PATIENCE)
        return client.ask(HANG, PATIENCE * 10, stop)

    askers = [Asker(ask) for _ in range(60)]
    together.wait(PATIENCE)
    stop.set()
    assert {type(asker.result()) for asker in askers} == {Stopped}
    assert client.ask(ASK, PATIENCE, StopSignal()) == "*"
    client.close()


def test_a_late_wake_of_an_old_generation_does_not_reach_the_next(listener: Listener) -> None:
    """The signal is set just when the answer arrives: the connection may still be shut down, so nobody else gets it."""

    class LateStop(StopSignal):
        def remove_waker(self, number: int) -> None:
            self.wake_late = self._wakers[number]
            super().remove_waker(number)
            self.is_set = True

    client, stop = BlockingClient(listener.endpoint, most=1), LateStop()
    asker = Asker(client.ask, ASK, PATIENCE, stop)
    with listener.accept() as connected:
        connected.sendall(b"1 *\n")
        assert asker.result() == "*"
    asker = Asker(client.ask, ASK, PATIENCE, StopSignal())
    with listener.accept() as connected:
        stop.wake_late()
        connected.sendall(b"1 -\n")
        assert asker.result() == "-"
    client.close()


def test_closing_wakes_whoever_still_asks(listener: Listener) -> None:
    client = BlockingClient(listener.endpoint, most=1)
    stop = NoticedStop()
    asking = Asker(client.ask, ASK, PATIENCE * 10, StopSignal())
    with listener.accept() as connected:
        assert connected.recv(100) == ASK
        waiting = Asker(client.ask, ASK, PATIENCE * 10, stop)
        assert stop.awaited.wait(PATIENCE)
        client.close()
        assert isinstance(asking.result(), ConnectionResetError)
        assert isinstance(waiting.result(), ConnectionAbortedError)
    with pytest.raises(ConnectionAbortedError):
        client.ask(ASK, PATIENCE, StopSignal())


def test_there_are_never_more_connections_than_the_bound(service: Any) -> None:
    class CountedPool(ConnectionPool):
        most_taken = 0

        def take(self, stop: StopSignal) -> Connection:
            connection = super().take(stop)
            self.most_taken = max(self.most_taken, len(self._taken))
            return connection

    client = BlockingClient(endpoint(service), most=4)
    client._pool = pool = CountedPool(endpoint(service), 4)
    askers = [Asker(client.ask, b"cell 1 B3/S23 * 3 20000\n", PATIENCE, StopSignal()) for _ in range(40)]
    assert {asker.result() for asker in askers} == {"*"}
    client.close()
    assert 1 <= pool.most_taken <= 4


def test_whoever_waits_longest_for_a_connection_is_served_first() -> None:
    pool = ConnectionPool(NOWHERE, most=1)
    taken = pool.take(StopSignal())
    order: list[int] = []

    def wait(number: int, stop: StopSignal) -> None:
        connection = pool.take(stop)
        order.append(number)
        pool.give_back(connection)

    askers = []
    for number in range(5):
        stop = NoticedStop()
        askers.append(Asker(wait, number, stop))
        assert stop.awaited.wait(PATIENCE)
    pool.give_back(taken)
    assert [asker.result() for asker in askers] == [None] * 5
    assert order == [0, 1, 2, 3, 4]


def test_a_stop_takes_a_thread_out_of_the_line_and_the_next_is_served() -> None:
    pool = ConnectionPool(NOWHERE, most=1)
    taken = pool.take(StopSignal())
    stops = [NoticedStop(), NoticedStop()]
    askers = []
    for stop in stops:
        askers.append(Asker(pool.take, stop))
        assert stop.awaited.wait(PATIENCE)
    stops[0].set()
    assert isinstance(askers[0].result(), Stopped)
    pool.give_back(taken)
    assert askers[1].result() is taken


def test_a_place_is_not_lost_with_a_closed_connection() -> None:
    pool = ConnectionPool(NOWHERE, most=1)
    for _ in range(3):
        connection = pool.take(StopSignal())
        connection.close()
        pool.give_back(connection)
    connection = pool.take(StopSignal())
    assert not connection.is_closed
    stop = NoticedStop()
    asker = Asker(pool.take, stop)
    assert stop.awaited.wait(PATIENCE)
    connection.close()
    pool.give_back(connection)
    handed_on = asker.result()
    assert isinstance(handed_on, Connection)
    assert not handed_on.is_closed
