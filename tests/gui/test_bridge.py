from threading import Thread, current_thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.bridge import SimulationBridge
from life.facts import FailureReport, Mode, Result, State
from life.trace.columns import Trace
from tests.gui.fakes import report, result, state, trace


@pytest.fixture
def bridge(qapp):
    made = SimulationBridge()
    yield made
    made.close()
    made.deleteLater()


class Heard:
    """What came out of a bridge, in order, and in which thread."""

    def __init__(self, bridge: SimulationBridge) -> None:
        self.facts: list = []
        self.threads: set = set()
        for signal in (bridge.started, bridge.finished, bridge.cells_failed, bridge.state_arrived):
            signal.connect(self.hear)

    def hear(self, fact: object) -> None:
        self.facts.append(fact)
        self.threads.add(current_thread())

    def of(self, kind: type) -> list:
        return [fact for fact in self.facts if isinstance(fact, kind)]


def tell(bridge: SimulationBridge, facts: list) -> None:
    """Tells facts from a thread of their own, as the simulation does, and waits for that thread to end."""
    tellers = {
        Trace: bridge.generation_started,
        Result: bridge.generation_finished,
        FailureReport: bridge.failed,
        State: bridge.state_changed,
    }
    thread = Thread(target=lambda: [tellers[type(fact)](fact) for fact in facts])
    thread.start()
    thread.join()


def test_every_fact_comes_out_as_its_own_signal_in_the_gui_thread(bridge, qtbot):
    heard = Heard(bridge)
    facts = [trace(1), result(1), report(), state(mode=Mode.HELD)]
    tell(bridge, facts)
    qtbot.waitUntil(lambda: len(heard.facts) == 4)
    assert heard.facts == facts
    assert heard.threads == {current_thread()}


def test_nothing_is_delivered_inside_the_call_that_tells_it(bridge, qtbot):
    heard = Heard(bridge)
    bridge.generation_finished(result(1))
    assert heard.facts == []
    qtbot.waitUntil(lambda: len(heard.facts) == 1)


def test_of_ten_thousand_quick_generations_only_the_newest_is_delivered(bridge, qtbot):
    heard = Heard(bridge)
    facts = [fact for n in range(1, 10_001) for fact in (trace(n), result(n))]
    tell(bridge, facts)
    qtbot.waitUntil(lambda: bool(heard.facts))
    assert [fact.generation for fact in heard.facts] == [10_000, 10_000]


def test_no_failure_is_left_out_however_many_come_at_once(bridge, qtbot):
    heard = Heard(bridge)
    tell(bridge, [fact for n in range(1, 501) for fact in (result(n), report(generation=n))])
    qtbot.waitUntil(lambda: len(heard.of(FailureReport)) == 500)
    assert [fact.generation for fact in heard.of(FailureReport)] == list(range(1, 501))
    assert [fact.generation for fact in heard.of(Result)] == [500]


def test_a_generation_that_was_finished_after_a_change_of_state_stays_after_it(bridge, qtbot):
    heard = Heard(bridge)
    paused = state(mode=Mode.PAUSED)
    newest = result(2)
    tell(bridge, [result(1), paused, newest])
    qtbot.waitUntil(lambda: len(heard.facts) == 2)
    assert heard.facts == [paused, newest]


def test_facts_of_an_epoch_that_has_gone_by_are_dropped_even_if_they_wait_in_the_mailbox(bridge, qtbot):
    heard = Heard(bridge)
    fresh = state(epoch=3)
    tell(bridge, [trace(1, epoch=2), result(1, epoch=2), report(epoch=2), state(epoch=2), fresh])
    bridge.expect(3)
    qtbot.waitUntil(lambda: bool(heard.facts))
    assert heard.facts == [fresh]


def test_a_bridge_that_was_closed_delivers_nothing_that_was_told_before_or_after(bridge, qtbot):
    heard = Heard(bridge)
    tell(bridge, [result(1)])
    bridge.close()
    tell(bridge, [result(2), report()])
    other = SimulationBridge()
    seen = Heard(other)
    tell(other, [result(3)])
    qtbot.waitUntil(lambda: bool(seen.facts))  # by now the closed one would have delivered as well
    assert heard.facts == []


@given(st.lists(st.sampled_from(["trace", "result", "failure", "state"]), min_size=1, max_size=40))
def test_whatever_is_told_in_one_frame_the_newest_of_each_kind_arrives_and_every_failure_and_state(qapp, kinds):
    bridge = SimulationBridge()
    heard = Heard(bridge)
    makers = {
        "trace": trace,
        "result": result,
        "failure": lambda n: report(generation=n),
        "state": lambda n: state(generation=n),
    }
    facts = [makers[kind](n) for n, kind in enumerate(kinds)]
    for fact in facts:
        bridge._post(fact)
    bridge._deliver()
    for kind in (FailureReport, State):
        assert heard.of(kind) == [fact for fact in facts if isinstance(fact, kind)]
    for kind in (Trace, Result):
        assert heard.of(kind) == [fact for fact in facts if isinstance(fact, kind)][-1:]
    bridge.close()
