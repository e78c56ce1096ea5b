"""The wire on which a cell waits by the clock, and for nobody."""

from collections.abc import Awaitable

from life.wire.local import LocalWire, StopSignal


class TimedWait(LocalWire):
    """As long as I/O would take, and nothing of what else it costs."""

    key = "wait"
    title = "A timed wait"
    summary = "A cell waits as long as its I/O would take, and then goes on."

    def pause(self, seconds: float, stop: StopSignal) -> None:
        stop.wait(seconds)

    def answer_after_pause(self, answer: str, seconds: float, stop: StopSignal) -> Awaitable[str]:
        return self._async_waits.get(stop).sleep(seconds, answer)  # which looks at `stop` itself
