"""A service that misbehaves: every strategy ends, says what happened, and leaves nothing behind."""

import asyncio
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import numpy as np
import psutil
import pytest

from life.__main__ import main
from life.board import Board
from life.caller import Caller, Outcome
from life.errors import ServiceError, Stopped
from life.experiment import Experiment, WireKind
from life.fanout import STRATEGIES
from life.rule import CONWAY
from life.stop import StopSignal
from life.topology import TORUS
from life.wire.blocking import BlockingClient
from life.wire.connection import Endpoint
from life.wire.streams import StreamClient
from tests.life import hostile_service as wild
from tests.life.child_processes import children
from tests.life.hostile_service import HostileService
from tests.life.plain import next_board

PATIENCE = 30.0
SOON = 0.1  # seconds, to give up on an answer that does not come
LATE = 60.0
KEYS = [s.key for s in STRATEGIES if not s.is_whole]
SOUP = Board.from_live(4, 5, [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2), (3, 4)])
SAYS = {
    wild.hangs: "TimeoutError: no answer from the service within 0.1 seconds",
    wild.floods: "NonsenseError: the service answered",
    wild.answers_what_nobody_asked: "NonsenseError: the service answered '999999999999 *",
    wild.says_half_and_no_more: "TimeoutError: no answer from the service within 0.1 seconds",
    wild.says_half_and_leaves: "ConnectionResetError: the service cut the connection before it answered",
    wild.leaves_at_once: "ConnectionResetError: the service cut the connection before it answered",
    wild.resets: "ConnectionResetError: the service cut the connection before it answered",
    wild.babbles: "NonsenseError: the service answered '",
    wild.speaks_too_slowly: "TimeoutError: no answer from the service within 0.1 seconds",
    wild.refuses: "ServiceError: the rule service refused: not today",
    wild.is_gone: "ConnectionRefusedError: no rule service listens at 127.0.0.1:",
}


def name_of(behaves: wild.Behaviour) -> str:
    return behaves.__name__


def experiment(key: str, service: HostileService, time_limit: float) -> Experiment:
    return Experiment(strategy=key, wire=WireKind.SERVICE, latency=0.0, time_limit=time_limit, address=service.address)


def one_generation(tried: Experiment, stop: StopSignal | None = None) -> Outcome:
    with Caller(tried, CONWAY, TORUS) as caller:
        return caller.run(SOUP, caller.trace(SOUP, 1), stop or StopSignal())


@pytest.fixture(autouse=True)
def nothing_is_left(python_prints_thread_errors: None) -> Iterator[None]:
    before = set(threading.enumerate())
    files = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(PATIENCE)
        assert not thread.is_alive(), f"{thread} is left"
    assert children() == []
    assert files == 0 or len(os.listdir("/proc/self/fd")) <= files


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("behaves", SAYS, ids=name_of)
def test_whatever_the_service_does_the_generation_ends_with_a_sentence(behaves: wild.Behaviour, key: str) -> None:
    with HostileService(behaves) as service:
        outcome = one_generation(experiment(key, service, SOON if SAYS[behaves].startswith("TimeoutError") else LATE))
    assert outcome.failures
    assert all(SAYS[behaves] in failure.exception for failure in outcome.failures), outcome.failures[0]
    assert all(failure.exception.isprintable() for failure in outcome.failures)
    assert all(sent < wild.MOST_SENT for sent in service.floods), "it was read to its end"
    if outcome.board is not None:
        assert outcome.board.population == 0  # whoever got no answer was left empty
    elsewhere = one_generation(Experiment(strategy=key, wire=WireKind.NONE))
    assert elsewhere.board == next_board(SOUP, CONWAY, TORUS)


@pytest.mark.parametrize("key", KEYS)
def test_an_answer_that_comes_twice_is_never_taken_for_the_next_ones(key: str) -> None:
    with HostileService(wild.repeats_itself) as service:
        outcome = one_generation(experiment(key, service, SOON))
    failed = {(failure.y, failure.x) for failure in outcome.failures}
    assert failed or key != "serial"  # whose second cell finds the answer of the first one, and asks on no other line
    if outcome.board is not None:
        cells = {(y, x) for y in range(SOUP.height) for x in range(SOUP.width)}
        assert {cell for cell in cells if outcome.board.is_alive(*cell)} == cells - failed
    said = ("which is not the state of a cell", "no answer from the service")
    assert all(any(each in failure.exception for each in said) for failure in outcome.failures)


STOPPABLE = [wild.hangs, wild.says_half_and_no_more, wild.speaks_too_slowly]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("behaves", STOPPABLE, ids=name_of)
def test_a_stop_ends_it_at_once_whatever_the_service_does(behaves: wild.Behaviour, key: str) -> None:
    stop = StopSignal()
    with HostileService(behaves) as service:

        def stop_when_asked() -> None:
            assert service.asked.wait(PATIENCE)
            stop.set()

        stopper = threading.Thread(target=stop_when_asked)
        stopper.start()
        outcome = one_generation(experiment(key, service, LATE), stop)
        stopper.join(PATIENCE)
    assert outcome.stopped
    assert outcome.seconds < LATE
    assert outcome.board is None


@pytest.mark.parametrize("behaves", [wild.hangs, wild.floods, wild.babbles], ids=name_of)
def test_who_does_not_even_greet_is_no_service(behaves: wild.Behaviour, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("life.wire.remote._SECONDS_TO_GREET", SOON if behaves is wild.hangs else PATIENCE)

    def unkindly(service: HostileService, connected: object, requests: object) -> None:
        with suppress(OSError):
            assert connected.recv(100) == b"hello\n"
            behaves(service, connected, iter([b"1"]))
            service.ended.wait(PATIENCE)

    with HostileService(unkindly) as service, pytest.raises(ServiceError) as raised:
        one_generation(experiment("serial", service, LATE))
    said = {
        wild.hangs: "(timed out); is it running there?",
        wild.floods: "is no rule service; is that the right port?",
        wild.babbles: "is no rule service; is that the right port?",
    }
    assert str(raised.value).endswith(said[behaves])
    assert all(sent < wild.MOST_SENT for sent in service.floods)


def knocking(port: int) -> int:
    """How many are not let in yet."""
    found = psutil.Process().net_connections("tcp")
    return sum(bool(c.raddr) and c.raddr.port == port and c.status == psutil.CONN_SYN_SENT for c in found)


def ask_once(way: str, endpoint: Endpoint, stop: StopSignal) -> str:
    request = b"cell 1 B3/S23 * 3 0\n"
    if way == "threads":
        return BlockingClient(endpoint, 1).ask(request, LATE, stop)

    async def main() -> str:
        return await StreamClient(endpoint, 1, stop).ask(1, request, LATE)

    return asyncio.run(main())


@pytest.mark.skipif(sys.platform != "linux", reason="others keep nobody waiting, or refuse at once")
@pytest.mark.parametrize("way", ["threads", "coroutines"])
def test_a_stop_wakes_who_is_not_even_let_in(way: str) -> None:
    stop = StopSignal()
    with socket.create_server((wild.HOST, 0), backlog=0) as full, ExitStack() as waiting:
        port = full.getsockname()[1]
        for _ in range(4):  # the system keeps two of them in its line, and all others before the door
            filler = waiting.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex((wild.HOST, port))
        others = knocking(port)
        assert others

        def stop_when_it_knocks() -> None:
            give_up = monotonic() + PATIENCE
            while knocking(port) == others and monotonic() < give_up:
                pass
            stop.set()

        stopper = threading.Thread(target=stop_when_it_knocks)
        stopper.start()
        begun = monotonic()
        with pytest.raises(Stopped):
            ask_once(way, Endpoint(socket.AF_INET, wild.HOST, port), stop)
        assert monotonic() - begun < LATE
        stopper.join(PATIENCE)


@pytest.mark.parametrize("key", ["thread-per-cell", "coroutines"])
def test_a_service_that_dies_while_a_thousand_cells_ask_is_told_by_each_and_the_next_generation_is_right(
    key: str,
) -> None:
    soup = Board.from_live(25, 40, [(y, x) for y in range(25) for x in range(40) if (y * 7 + x * 11) % 5 < 2])
    waiting = Experiment(strategy=key, wire=WireKind.SERVICE, latency=LATE)
    with Caller(waiting, CONWAY, TORUS) as caller:
        trace = caller.trace(soup, 1)

        def kill_when_all_ask() -> None:
            give_up = monotonic() + PATIENCE
            while np.count_nonzero(trace.times(trace.begun)) < 1_000 and monotonic() < give_up:
                sleep(0.01)
            (service,) = children()
            while not service.net_connections("tcp")[1:] and monotonic() < give_up:  # besides the one it listens on
                sleep(0.01)
            service.kill()

        killer = threading.Thread(target=kill_when_all_ask)
        killer.start()
        outcome = caller.run(soup, trace, StopSignal())
        killer.join(PATIENCE)
        told = {failure.exception for failure in outcome.failures}
        if key == "thread-per-cell":
            assert len(outcome.failures) == 1_000
        assert "ConnectionResetError: the service cut the connection before it answered" in told
        assert all("cut the connection" in each or "no rule service listens" in each for each in told), told
        caller.experiment = replace(waiting, latency=0.0)
        again = caller.run(soup, caller.trace(soup, 1), StopSignal())
    assert again.board == next_board(soup, CONWAY, TORUS)
    assert again.failures == ()


def test_on_the_command_line_it_is_a_sentence_and_an_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "block.rle").write_text("x = 2, y = 2, rule = B3/S23:T6,6\n2o$2o!\n")
    with HostileService(wild.says_half_and_leaves) as service:
        where = "{}:{}".format(*service.address)
        assert main(["run", str(tmp_path / "block.rle"), "--service", where, "--generations", "2"]) == 1
        assert capsys.readouterr().err == (
            "generation 1 failed: ConnectionResetError: the service cut the connection before it answered\n"
        )
    nothing_could_be_run = 2
    assert main(["run", str(tmp_path / "block.rle"), "--service", where]) == nothing_could_be_run
    said = capsys.readouterr().err
    assert f"No rule service could be reached at {where} (" in said
    assert said.count("\n") == 1
