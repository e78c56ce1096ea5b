"""Wires without a network: a cell works out its next state itself, after what it waits for instead.

What can go wrong on a network is played here; exceptions and messages are those that the rule service brings about.
"""

import asyncio
from collections.abc import Awaitable
from types import TracebackType
from typing import Self

from life.experiment import Fault
from life.rule import Rule
from life.stop import AsyncWaits, StopSignal
from life.wire.base import BandQuestion, Question, Wire
from life.wire.faults import cut_off, fail_before_asking, no_answer
from life.wire.loops import PerLoop
from life.wire.words import NONSENSE, state_from, states_from

__all__ = ["LocalWire", "StopSignal"]  # which is all that the file of a new one needs


class LocalWire(Wire):
    """Answers from the rule, in the calling thread; each of them only says how a cell waits, by `pause`."""

    def __init__(self, rule: Rule, time_limit: float, address: tuple[str, int] | None = None) -> None:
        self._rule = rule
        self._time_limit = time_limit
        self._async_waits = PerLoop(AsyncWaits, AsyncWaits.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        return None

    def pause(self, seconds: float, stop: StopSignal) -> None:
        """What a cell does before it has its answer; blocks the calling thread.

        Args:
            seconds: how long, where the wire `waits`; else 0.
            stop: wakes whatever waits through it.

        Raises:
            Stopped: the user stopped the generation.
        """
        raise NotImplementedError

    def answer_after_pause(self, answer: str, seconds: float, stop: StopSignal) -> Awaitable[str]:
        """The same for a coroutine, which gets the answer then.

        Unless a wire knows a better way, the pause is made in another thread, as with everything that blocks one.
        """
        stop.check()
        return self._answer_after_thread(answer, seconds, stop)

    async def _answer_after_thread(self, answer: str, seconds: float, stop: StopSignal) -> str:
        await asyncio.to_thread(self.pause, seconds, stop)
        return answer

    def ask(self, question: Question, stop: StopSignal) -> str:
        """The next state of a cell; see `life.wire.base.Wire`."""
        stop.check()
        fail_before_asking(question.fault)
        self._pause(question, stop)
        return state_from(self._answer(question))

    def ask_async(self, question: Question, stop: StopSignal) -> Awaitable[str]:
        """The next state of a cell; see `life.wire.base.Wire`. It is known at once, and told after the pause."""
        if question.fault is not None:
            stop.check()
            return self._ask_faulty(question, stop)
        answer = self._rule.next_state(question.state, question.neighbors)
        return self.answer_after_pause(answer, self._seconds(question), stop)

    async def _ask_faulty(self, question: Question, stop: StopSignal) -> str:
        fail_before_asking(question.fault)
        answer = await self.answer_after_pause(self._answer(question), self._seconds(question), stop)
        if question.fault is Fault.HANG:
            await self._async_waits.get(stop).sleep(self._time_limit)
        self._fail_after_pause(question)
        return state_from(answer)

    def ask_band(self, question: BandQuestion, stop: StopSignal) -> bytes:
        """The next states of a band; see `life.wire.base.Wire`."""
        stop.check()
        fail_before_asking(question.fault)
        self._pause(question, stop)
        if question.fault is Fault.NONSENSE:
            return states_from(NONSENSE, len(question.codes))
        return question.codes.translate(self._rule.table)

    def _pause(self, question: Question | BandQuestion, stop: StopSignal) -> None:
        self.pause(self._seconds(question), stop)
        if question.fault is Fault.HANG:
            stop.wait(self._time_limit)
        self._fail_after_pause(question)

    def _fail_after_pause(self, question: Question | BandQuestion) -> None:
        if question.fault is Fault.HANG:
            raise no_answer(self._seconds(question) + self._time_limit)
        if question.fault is Fault.CUT:
            raise cut_off()

    def _seconds(self, question: Question | BandQuestion) -> float:
        return question.seconds if self.waits else 0.0

    def _answer(self, question: Question) -> str:
        if question.fault is Fault.NONSENSE:
            return NONSENSE
        return self._rule.next_state(question.state, question.neighbors)
