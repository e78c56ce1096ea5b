"""A system that has no more threads to give: how it is told, and that nothing hangs."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from life.board import Board
from life.caller import Caller
from life.experiment import Experiment, Fault, WireKind
from life.facts import Mode, Result, State
from life.refusals import is_refusal, told_with_progress
from life.rule import CONWAY
from life.simulation import Simulation
from life.stop import StopSignal
from life.topology import TORUS
from life.trace.columns import Trace
from life.trace.limits import ThreadLimit
from tests.life.recorder import SECONDS, Recorder

ROOT = Path(__file__).resolve().parent.parent.parent
GLIDER = ROOT / "assets" / "patterns" / "spaceships" / "glider.rle"
FEW_ADDRESSES = """
import resource, sys
import psutil
from life.__main__ import main
from life.ending import end
taken = psutil.Process().memory_info().vms
resource.setrlimit(resource.RLIMIT_AS, (taken + (900 << 20), resource.RLIM_INFINITY))
end(main(sys.argv[1:]))
"""
NO_MORE = "RuntimeError: can't start new thread"

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere addresses cannot be rationed")


def run_with_few_addresses(strategy: str, *more: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """About 15 threads fit into the addresses that are left, beside what glibc sets apart for each."""
    options = ["run", str(GLIDER), "--size", "40x40", "--wire", "wait", "--latency", "2000", "--as", "rle"]
    command = [sys.executable, "-c", FEW_ADDRESSES, *options, "--strategy", strategy, *more]
    surroundings = os.environ | environment
    return subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=120, check=False)


@on_linux
def test_a_refused_thread_ends_the_run_with_a_sentence_and_the_board_before_it() -> None:
    done = run_with_few_addresses("thread-per-cell")
    assert done.returncode == 1
    warning, failure = done.stderr.splitlines()
    assert warning.startswith("warning: 1,600 cells will start 1,600 threads. If all live at once, this system refuses")
    assert failure.startswith(f"generation 1 failed: {NO_MORE} for cell (")
    assert " threads had been at work at once; the nearest limit: ulimit -v allows " in failure
    assert "19$20bo$21bo$19b3o!" in done.stdout


@on_linux
def test_the_limit_is_named_when_far_more_threads_had_room_than_was_to_be_expected() -> None:
    """As on a busy machine, where threads take turns and need not each allocate from a place of their own."""
    done = run_with_few_addresses("thread-per-cell", MALLOC_ARENA_MAX="1")
    (peak,) = map(int, re.findall(r"(\d+) threads had been at work at once", done.stderr))
    assert peak > 60
    assert "; the nearest limit: ulimit -v allows " in done.stderr


@on_linux
@pytest.mark.parametrize("strategy", ["queue-workers", "phased-queues"])
def test_workers_that_cannot_all_be_started_are_a_sentence_too(strategy: str) -> None:
    done = run_with_few_addresses(strategy, "--workers", "1500")
    assert done.returncode == 2
    warning, failure = done.stderr.splitlines()
    assert warning.startswith("warning: The workers are ")
    assert failure.startswith(f"its workers could not all be started ({NO_MORE}; the nearest limit: ")


@on_linux
def test_a_pool_that_cannot_grow_says_at_which_cell() -> None:
    done = run_with_few_addresses("thread-pool", "--workers", "1500")
    assert done.returncode == 1
    assert f"generation 1 failed: {NO_MORE} for cell (0, " in done.stderr


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system gives ten threads to cells, and no more."""
    from threading import Thread

    start, started = Thread.start, []

    def start_or_refuse(thread: Thread) -> None:
        if thread.name.startswith("cell-"):
            if len(started) == 10:
                raise RuntimeError("can't start new thread")
            started.append(thread)
        start(thread)

    monkeypatch.setattr(Thread, "start", start_or_refuse)


@pytest.mark.usefixtures("refusing")
def test_how_far_it_got_is_told_and_the_next_strategy_is_right() -> None:
    blinker = Board.from_live(5, 5, [(2, 1), (2, 2), (2, 3)])
    heard = Recorder()
    one = Simulation(heard, blinker, experiment=Experiment(strategy="thread-per-cell", latency=60.0), rate=None)
    one.start()
    one.step()
    state = heard.wait(State, lambda state: state.message)
    assert (state.mode, state.generation, state.board) == (Mode.PAUSED, 0, blinker)
    assert state.message.startswith(f"Generation 1 failed: {NO_MORE} for cell (2, 0), after 10 others; 10 threads had")
    one.configure(Experiment(strategy="row-batches", wire=WireKind.NONE))
    one.step()
    assert heard.wait(Result).board == Board.from_live(5, 5, [(1, 2), (2, 2), (3, 2)])
    assert one.close(SECONDS)


def test_what_a_cell_raises_is_told_as_what_it_is() -> None:
    faulty = Experiment(strategy="serial", wire=WireKind.NONE, faults={(1, 2): Fault.ERROR})
    board = Board(4, 4)
    with Caller(faulty, CONWAY, TORUS) as caller:
        outcome = caller.run(board, caller.trace(board, 1), StopSignal())
    assert outcome.error == "OSError: Problem with I/O"


@pytest.mark.parametrize(
    ("error", "is_one"),
    [
        (RuntimeError("can't start new thread"), True),
        (RuntimeError("something else"), False),
        (MemoryError(), True),
        (OSError(24, "Too many open files"), True),
        (OSError("Problem with I/O"), False),
        (ExceptionGroup("some", [ValueError(), MemoryError()]), True),
    ],
)
def test_a_refusal_is_told_from_other_errors(error: Exception, is_one: bool) -> None:
    assert is_refusal(error) is is_one


@pytest.mark.parametrize(("alive", "cause"), [(16, "few"), (21_900, "mappings"), (29_000, "numbers"), (900_000, "")])
def test_the_limit_that_is_named_is_one_that_had_not_been_passed(
    monkeypatch: pytest.MonkeyPatch, alive: int, cause: str
) -> None:
    known = (ThreadLimit(32_768, "numbers"), ThreadLimit(21_843, "mappings"), ThreadLimit(17, "few"))
    monkeypatch.setattr("life.refusals.thread_limits", lambda: known)
    told = told_with_progress(RuntimeError("can't start new thread"), Trace(1, 4, 4), 0, alive)
    assert told.endswith(f"at work at once; the nearest limit: {cause}" if cause else "at work at once")
