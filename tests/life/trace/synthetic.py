"""Traces made up for tests: each cell's history as a few small numbers."""

from dataclasses import dataclass

from hypothesis import strategies as st

from life.trace.columns import Trace

STARTED = 1


@dataclass(frozen=True)
class Step:
    """What the columns hold of one cell; 0 is "never"."""

    thread: int = 0
    begun: int = 0
    asked: int = 0
    answered: int = 0
    ended: int = 0
    failed: int = 0
    lock_asked: int = 0
    lock_got: int = 0


def trace_of(
    steps: list[Step], finished: int = 0, handed: tuple[int, ...] = (), caller: int = 0, recorded: bool = True
) -> Trace:
    """A trace of one row with these cells, started at 1."""
    trace = Trace(generation=1, height=1, width=len(steps), is_recorded=recorded)
    trace.started, trace.finished, trace.first_serial, trace.caller = STARTED, finished, 2, caller
    for cell, step in enumerate(steps):
        trace.thread[cell], trace.begun[cell] = step.thread, step.begun
        trace.ended[cell], trace.failed[cell] = step.ended, step.failed
        if recorded:
            trace.asked[cell], trace.answered[cell] = step.asked, step.answered
            trace.lock_asked[cell], trace.lock_got[cell] = step.lock_asked, step.lock_got
            trace.lock_waited[cell] = step.lock_got - step.lock_asked if step.lock_got else 0
    for number, instant in enumerate(handed):
        trace.handed[number] = instant
    return trace


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """One cell that got so far, in whatever order things can really happen."""
    thread, begun = draw(st.integers(1, 5)), draw(st.integers(1, 30))
    gaps = st.integers(0, 8)
    asked = begun + draw(gaps)
    answered = asked + draw(gaps)
    ended = answered + 1 + draw(gaps)
    match draw(st.sampled_from(["whole", "whole", "locked", "never", "begun", "asked", "failed", "no answer"])):
        case "locked":
            start, stop = draw(st.sampled_from([(begun, asked), (answered, ended)]))
            lock_asked = draw(st.integers(start, stop))
            return Step(thread, begun, asked, answered, ended, 0, lock_asked, draw(st.integers(lock_asked, stop)))
        case "never":
            return Step(ended=draw(st.sampled_from([0, ended])))  # what was stopped before it began has an end alone
        case "begun":
            return Step(thread, begun)
        case "asked":
            return Step(thread, begun, asked)
        case "failed":
            return Step(thread, begun, 0, 0, ended, ended)
        case "no answer":
            return Step(thread, begun, asked, 0, ended, ended)
    return Step(thread, begun, asked, answered, ended)


@st.composite
def traces(draw: st.DrawFn) -> Trace:
    """A finished generation of up to twelve cells."""
    cells = draw(st.lists(steps(), min_size=1, max_size=12))
    last = max(max(step.begun, step.asked, step.ended) for step in cells)
    handed = tuple(sorted(draw(st.lists(st.integers(1, 40), max_size=len(cells)))))
    finished = max(last, *handed, STARTED) + draw(st.integers(0, 5)) if handed else max(last, STARTED)
    return trace_of(cells, finished, handed, draw(st.integers(0, 3)))
