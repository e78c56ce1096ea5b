"""The wire on which nothing is waited for."""

from collections.abc import Awaitable

from life.wire.local import LocalWire, StopSignal


class NoWait(LocalWire):
    """What remains is the cost of the fan-out itself."""

    key = "none"
    title = "Nothing"
    summary = "A cell works out its next state at once."
    waits = False

    def pause(self, seconds: float, stop: StopSignal) -> None:
        stop.check()

    def answer_after_pause(self, answer: str, seconds: float, stop: StopSignal) -> Awaitable[str]:
        stop.check()
        return _told_at_once(answer)


async def _told_at_once(answer: str) -> str:
    return answer
