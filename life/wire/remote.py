"""The wire to the rule service: real sockets, and a real process at the other end."""

import os
import socket
from contextlib import ExitStack
from itertools import count
from threading import Lock
from types import TracebackType
from typing import Self

from life.children import Child, child_command
from life.errors import NonsenseError, ServiceError
from life.experiment import Fault
from life.rule import Rule
from life.stop import StopSignal
from life.wire.base import BandQuestion, Question, Wire
from life.wire.blocking import BlockingClient
from life.wire.connection import Endpoint, receive_line
from life.wire.faults import fail_before_asking
from life.wire.limits import connection_limits, raise_open_file_limit
from life.wire.loops import PerLoop
from life.wire.streams import StreamClient
from life.wire.token import VARIABLE, greeting_with, token_from
from life.wire.words import GREETING_ANSWER, band_request, cell_request, parse_answer, state_from, states_from

_SECONDS_TO_START = 15.0
_SECONDS_TO_GREET = 5.0


class ServiceWire(Wire):
    """Asks a rule service; it is started, and ends with the wire, unless the address of one that runs is given.

    One that it has started itself, and that has ended since, is started again by the first cell of the next generation;
    the cells of the one that it ended in get the errors of their connections.
    """

    key = "service"
    title = "The rule service, over TCP"
    summary = "A cell sends its question through a real socket and waits for the answer."
    passage = "over a socket"
    seconds_to_open = 0.4

    _client: BlockingClient
    _clients: PerLoop[StreamClient]
    _child: Child | None = None

    def __init__(self, rule: Rule, time_limit: float, address: tuple[str, int] | None = None) -> None:
        self._rule = str(rule)
        self._time_limit = time_limit
        self._address = address
        self._numbers = count(1)
        self._open = ExitStack()
        self._latest: StopSignal | None = None  # of the generation in which it was last looked after the service
        self._starting = Lock()
        self._refused: StopSignal | None = None  # of the generation for which it could not be started again, and why
        self._refusal = ""

    def __enter__(self) -> Self:
        most = connection_limits(raise_open_file_limit()).client
        with ExitStack() as opening:
            if self._address:
                endpoint = greet(self._address, token_from(os.environ))
            else:
                self._child, address = _start_service(opening)
                endpoint = greet(address)
            self._client = BlockingClient(endpoint, most)
            opening.callback(self._client.close)
            self._clients = PerLoop(lambda stop: StreamClient(endpoint, most, stop), StreamClient.close)
            self._open = opening.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._open.close()

    def ask(self, question: Question, stop: StopSignal) -> str:
        """The next state of a cell; see `life.wire.base.Wire`."""
        stop.check()
        fail_before_asking(question.fault)
        if stop is not self._latest:
            self._look_after_service(stop)
        number = next(self._numbers)
        request = cell_request(number, self._rule, question)
        limit = question.seconds + self._time_limit
        return state_from(self._client.ask(request, limit, stop, number, alone=question.fault is not None))

    async def ask_async(self, question: Question, stop: StopSignal) -> str:
        """The next state of a cell; see `life.wire.base.Wire`."""
        stop.check()
        fail_before_asking(question.fault)
        if stop is not self._latest:
            self._look_after_service(stop)
        client = self._clients.get(stop)
        number = client.next_number()
        request = cell_request(number, self._rule, question)
        limit = question.seconds + self._time_limit
        ask = client.ask_alone if question.fault is Fault.CUT else client.ask
        return state_from(await ask(number, request, limit))

    def ask_band(self, question: BandQuestion, stop: StopSignal) -> bytes:
        """The next states of a band; see `life.wire.base.Wire`."""
        stop.check()
        fail_before_asking(question.fault)
        if stop is not self._latest:
            self._look_after_service(stop)
        number = next(self._numbers)
        request = band_request(number, self._rule, question)
        limit = question.seconds + self._time_limit
        answer = self._client.ask(request, limit, stop, number, alone=question.fault is not None)
        return states_from(answer, len(question.codes))

    def _look_after_service(self, stop: StopSignal) -> None:
        """Starts the service again where it has ended; the others of the generation wait until that is done."""
        with self._starting:
            if stop is self._latest:
                return
            if self._refused is not stop:
                self._refused, self._refusal = None, ""
                self._start_again_where_ended(stop)
            if self._refused is stop:
                raise ServiceError(self._refusal)
            self._latest = stop

    def _start_again_where_ended(self, stop: StopSignal) -> None:
        if self._child is None or self._child.process.poll() is None:
            return
        self._open.close()
        try:
            self.__enter__()
        except ServiceError as error:
            self._refused, self._refusal = stop, str(error)


def greet(address: tuple[str, int], token: str = "") -> Endpoint:
    """Where exactly `address` is, once a rule service has answered there; raises `ServiceError`.

    Args:
        address: host and port.
        token: what the service asks for; "" where it asks for none.
    """
    host, port = address
    where = f"{host}:{port}"
    try:
        with socket.create_connection(address, _SECONDS_TO_GREET) as connected:
            greeting = greeting_with(token)
            host, port = connected.getpeername()[:2]
            endpoint = Endpoint(socket.AddressFamily(connected.family), host, port, greeting if token else b"")
            connected.sendall(greeting)
            answer = receive_line(connected, _SECONDS_TO_GREET)
    except (OSError, OverflowError, UnicodeError) as error:
        raise ServiceError(f"No rule service could be reached at {where} ({error}); is it running there?") from error
    except NonsenseError:
        answer = b""
    if answer.startswith(b"error "):
        raise ServiceError(_refusal_at(where, answer, token))
    if answer != GREETING_ANSWER:
        raise ServiceError(f"Whatever listens at {where} is no rule service; is that the right port?")
    return endpoint


def _refusal_at(where: str, answer: bytes, token: str) -> str:
    said = parse_answer(answer).reason
    if "token" not in said:
        return f"The rule service at {where} refused: {said}"
    if token:
        return f"The rule service at {where} does not accept the token in {VARIABLE} ({said})."
    return f"The rule service at {where} asks for a token ({said}); set {VARIABLE} and start this program again."


def _start_service(opening: ExitStack) -> tuple[Child, tuple[str, int]]:
    """Starts a service that ends with `opening`, and says where it listens; raises `ServiceError`."""
    from life.wire.service import HOST, READY  # which brings along all that a service needs

    try:
        child = opening.enter_context(Child(child_command("serve", "--port", "0", "--parent-pipe")))
    except OSError as error:
        raise ServiceError(f"The rule service could not be started: {error}.") from error
    ready = child.wait_for_line(READY, _SECONDS_TO_START)
    if ready is None:
        reason = child.said[-1] if child.said else "it never said where it listens"
        raise ServiceError(f"The rule service did not start: {reason}")
    return child, (HOST, int(ready.removeprefix(READY)))
