"""What a child hands back of a small board is what it recorded."""

import numpy as np
import pytest

from life.board import Board
from life.caller import Caller
from life.experiment import Experiment, Fault, WireKind
from life.fanout import FAN_OUTS
from life.race import child
from life.race.job import Job
from life.race.traces import packed, unpacked
from life.rule import CONWAY
from life.stop import StopSignal
from life.topology import TORUS
from life.trace.columns import Trace
from life.trace.peak import peak_threads
from life.trace.states import CellState, event_times, states_at


def recorded(**changes: object) -> Trace:
    experiment = Experiment(**{"latency": 0.001, **changes})  # type: ignore[arg-type]
    trace = Trace(1, 5, 9, is_recorded=True)
    with Caller(experiment, CONWAY, TORUS) as caller:
        caller.run(Board.from_live(5, 9, [(1, 2), (2, 2), (3, 2)]), trace, StopSignal())
    return trace


@pytest.mark.parametrize("key", [strategy.key for strategy in FAN_OUTS])
def test_every_state_at_every_instant_survives_the_way(key: str) -> None:
    before = recorded(strategy=key)
    after = unpacked(packed(before))
    shift = before.started - after.started
    assert (after.height, after.width, after.caller) == (5, 9, before.caller)
    assert after.finished == before.finished - shift
    assert peak_threads(after) == peak_threads(before)
    for instant in event_times(before).tolist():
        assert np.array_equal(states_at(after, instant - shift), states_at(before, instant))


def test_what_has_not_happened_has_not_happened_afterwards_either() -> None:
    after = unpacked(packed(recorded(strategy="thread-per-cell", faults={(2, 3): Fault.ERROR})))
    cell = 2 * 9 + 3
    assert after.failed[cell] > 0
    assert after.answered[cell] == 0
    assert states_at(after, after.finished)[2, 3] == CellState.FAILED


def test_it_starts_at_the_beginning_of_time() -> None:
    after = unpacked(packed(recorded(strategy="coroutines")))
    assert after.started == 1
    assert 0 < after.finished < 60e9


def test_it_is_one_word() -> None:
    text = packed(recorded(strategy="serial"))
    assert text.isascii()
    assert len(text.split()) == 1


@pytest.mark.parametrize("text", ["", "nonsense!", "AAAA"])
def test_what_is_no_trace_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, EOFError)):
        unpacked(text)


def test_only_who_wants_a_trace_of_a_small_board_gets_one(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet = Experiment(strategy="row-batches", wire=WireKind.NONE)
    assert "trace" not in child.facts_of(Job(quiet, 45))
    assert "trace" in child.facts_of(Job(quiet, 45, wants_trace=True))
    monkeypatch.setattr(child, "MOST_CELLS", 44)
    assert "trace" not in child.facts_of(Job(quiet, 45, wants_trace=True))
