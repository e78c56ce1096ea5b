"""The service as a process: how the app starts it, and how it ends."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import psutil
import pytest

from life.children import Child, child_command, project_folder
from life.errors import ServiceError
from life.experiment import Experiment, WireKind
from life.rule import CONWAY
from life.stop import StopSignal
from life.wire import open_wire
from life.wire.base import Question
from life.wire.remote import greet
from life.wire.service import READY

PATIENCE = 30.0
QUESTION = Question(0, 0, "-", 3, 0.0, None)
SERVICE = Experiment(wire=WireKind.SERVICE)


def started(*options: str) -> tuple[Child, int]:
    child = Child(child_command("serve", "--port", "0", *options))
    line = child.wait_for_line(READY, PATIENCE)
    assert line is not None
    return child, int(line.removeprefix(READY))


def services() -> list[psutil.Process]:
    return list(psutil.Process().children(recursive=True))


def test_the_service_lives_as_long_as_the_wire() -> None:
    before = services()
    with open_wire(SERVICE, CONWAY) as wire:
        assert wire.ask(QUESTION, StopSignal()) == "*"
        (service,) = set(services()) - set(before)
    assert not service.is_running()


def test_closing_the_wire_leaves_no_files_and_no_threads() -> None:
    process = psutil.Process()
    count = process.num_fds if hasattr(process, "num_fds") else process.num_handles
    with open_wire(SERVICE, CONWAY) as wire:
        wire.ask(QUESTION, StopSignal())
    before = count(), process.num_threads()
    for _ in range(3):
        with open_wire(SERVICE, CONWAY) as wire:
            for _ in range(5):
                wire.ask(QUESTION, StopSignal())
    assert count() <= before[0]
    assert process.num_threads() <= before[1]


def test_the_service_ends_with_its_life_line_quietly(netcat: Callable[[int], Any]) -> None:
    child, port = started("--parent-pipe")
    assert child.process.stdin is not None
    assert child.process.stdout is not None
    with netcat(port) as busy, netcat(port) as half:
        busy.say(b"cell 1 B3/S23 * 3 50000000\ncell 1 B3/S23 * 3 0 hang\nnonsense\n")
        half.say(b"band 1 B3/S23 10 0\n012")
        assert busy.hear().startswith(b"error")
        child.process.stdin.close()
        assert busy.hear() == b""
        assert child.process.stdout.read() == ""
        assert child.process.wait(PATIENCE) == 0
    child.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals to send there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_the_service_quietly(number: signal.Signals, netcat: Callable[[int], Any]) -> None:
    child, port = started()
    assert child.process.stdout is not None
    with netcat(port) as busy:
        busy.say(b"cell 1 B3/S23 * 3 50000000\nhello\n")
        assert busy.hear() == b"lifeloom 1\n"
        child.process.send_signal(number)
        assert busy.hear() == b""
        assert child.process.stdout.read() == ""
        assert child.process.wait(PATIENCE) == 0
    child.close()


def test_the_service_never_outlives_an_app_that_is_killed() -> None:
    app = (
        "import psutil; from life.experiment import Experiment, WireKind\n"
        "from life.rule import CONWAY; from life.wire import open_wire\n"
        "with open_wire(Experiment(wire=WireKind.SERVICE), CONWAY):\n"
        "    print(*(child.pid for child in psutil.Process().children()), flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", app],
        cwd=project_folder(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        service = psutil.Process(int(process.stdout.readline()))
        process.kill()
    psutil.wait_procs([service], PATIENCE)
    assert not service.is_running() or service.status() == psutil.STATUS_ZOMBIE


def test_the_service_needs_no_numpy() -> None:
    """It would take most of the time that it takes to start."""
    script = "import sys, life.wire.service; print([name for name in sys.modules if name.split('.')[0] == 'numpy'])"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=project_folder(), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_service_that_runs_already_is_asked_and_goes_on_running(service: Any) -> None:
    experiment = Experiment(wire=WireKind.SERVICE, address=service.address)
    before = services()
    for _ in range(2):
        with open_wire(experiment, CONWAY) as wire:
            assert wire.ask(QUESTION, StopSignal()) == "*"
            assert services() == before


def test_a_name_stands_for_an_address(service: Any) -> None:
    assert greet(("localhost", service.port)).port == service.port


def test_where_no_service_listens_a_sentence_says_so(service_thread: Any) -> None:
    with service_thread() as service:
        address = service.address
    with (
        pytest.raises(ServiceError, match=rf"No rule service could be reached at 127.0.0.1:{address[1]} \(.*running"),
        open_wire(Experiment(wire=WireKind.SERVICE, address=address), CONWAY),
    ):
        pass


@pytest.mark.parametrize("address", [("127.0.0.1", 70_000), ("no such host.invalid", 80), ("a..b", 80)])
def test_an_impossible_address_is_a_sentence_too(address: tuple[str, int]) -> None:
    with pytest.raises(ServiceError, match="No rule service could be reached"):
        greet(address)


def test_something_else_that_listens_is_told_from_a_service() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet_back() -> None:
            connected, _ = listening.accept()
            with connected:
                assert connected.recv(100) == b"hello\n"
                connected.sendall(b"220 mail.example.org ESMTP\r\n")

        stranger = Thread(target=greet_back)
        stranger.start()
        with pytest.raises(ServiceError, match="is no rule service; is that the right port"):
            greet(listening.getsockname())
        stranger.join(PATIENCE)


@pytest.mark.parametrize(
    ("script", "reason"),
    [("raise SystemExit('the port is taken')", "the port is taken"), ("pass", "it never said where it listens")],
)
def test_a_service_that_does_not_start_is_told_with_its_last_words(
    script: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("life.wire.remote.child_command", lambda *_: [sys.executable, "-c", script])
    with pytest.raises(ServiceError, match=f"The rule service did not start: {reason}"), open_wire(SERVICE, CONWAY):
        pass


def test_a_command_that_does_not_exist_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("life.wire.remote.child_command", lambda *_: [os.fspath(tmp_path / "nothing")])
    with pytest.raises(ServiceError, match="The rule service could not be started"), open_wire(SERVICE, CONWAY):
        pass
