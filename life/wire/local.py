"""The wire without a network: a cell knows its next state at once, or after a timed wait.

What can go wrong on a network is played here; exceptions and messages are those that the rule service brings about.
"""

from collections.abc import Awaitable
from types import TracebackType
from typing import Self

from life.experiment import Fault
from life.rule import Rule
from life.stop import AsyncWaits, StopSignal
from life.wire.base import BandQuestion, Question
from life.wire.faults import cut_off, fail_before_asking, no_answer
from life.wire.loops import PerLoop
from life.wire.words import NONSENSE, state_from, states_from


class LocalWire:
    """Answers from the rule, in the calling thread.

    Args:
        rule: decides the answers.
        time_limit: seconds, on top of its wait, after which a cell that hangs gives up.
        timed: whether an answer takes the seconds that the question says, or none.
    """

    def __init__(self, rule: Rule, time_limit: float, *, timed: bool) -> None:
        self._rule = rule
        self._time_limit = time_limit
        self._timed = timed
        self._waits = PerLoop(AsyncWaits, AsyncWaits.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        return None

    def ask(self, question: Question, stop: StopSignal) -> str:
        """The next state of a cell; see `life.wire.base.Wire`."""
        stop.check()
        fail_before_asking(question.fault)
        seconds = self._seconds(question)
        stop.wait(seconds)
        _fail_after_waiting(question.fault, seconds)
        return state_from(self._answer(question))

    def ask_async(self, question: Question, stop: StopSignal) -> Awaitable[str]:
        """The next state of a cell; see `life.wire.base.Wire`. It is known at once, and told after the wait."""
        if question.fault is not None:
            stop.check()
            return self._ask_faulty(question, stop)
        answer = self._rule.next_state(question.state, question.neighbors)
        if self._timed:
            return self._waits.get(stop).sleep(question.seconds, answer)  # which looks at `stop` itself
        stop.check()
        return _told_at_once(answer)

    async def _ask_faulty(self, question: Question, stop: StopSignal) -> str:
        fail_before_asking(question.fault)
        seconds = self._seconds(question)
        if seconds > 0:
            await self._waits.get(stop).sleep(seconds)
        _fail_after_waiting(question.fault, seconds)
        return state_from(self._answer(question))

    def ask_band(self, question: BandQuestion, stop: StopSignal) -> bytes:
        """The next states of a band; see `life.wire.base.Wire`."""
        stop.check()
        fail_before_asking(question.fault)
        seconds = self._seconds(question)
        stop.wait(seconds)
        _fail_after_waiting(question.fault, seconds)
        if question.fault is Fault.NONSENSE:
            return states_from(NONSENSE, len(question.codes))
        return question.codes.translate(self._rule.table)

    def _seconds(self, question: Question | BandQuestion) -> float:
        seconds = question.seconds if self._timed else 0.0
        return seconds + self._time_limit if question.fault is Fault.HANG else seconds

    def _answer(self, question: Question) -> str:
        if question.fault is Fault.NONSENSE:
            return NONSENSE
        return self._rule.next_state(question.state, question.neighbors)


async def _told_at_once(answer: str) -> str:
    return answer


def _fail_after_waiting(fault: Fault | None, seconds: float) -> None:
    if fault is Fault.HANG:
        raise no_answer(seconds)
    if fault is Fault.CUT:
        raise cut_off()
