"""What belongs to one event loop: made when a coroutine first needs it, let go when the loop ends."""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from life.stop import StopSignal

T = TypeVar("T")


class PerLoop(Generic[T]):
    """One `T` for each running event loop and stop signal.

    A strategy runs every generation in a loop of its own with `asyncio.run`, which cancels whatever tasks are left at
    its end. So a task that waits for nothing learns of that end, before the loop is closed.

    Args:
        make: makes one, in the loop.
        close: lets go of one, in the loop, which still runs; it must not wait.
    """

    def __init__(self, make: Callable[[StopSignal], T], close: Callable[[T], None]) -> None:
        self._make = make
        self._close = close
        self._made: dict[tuple[asyncio.AbstractEventLoop, StopSignal], tuple[T, asyncio.Task[None]]] = {}
        self._latest: tuple[asyncio.AbstractEventLoop, StopSignal, T] | None = None

    def get(self, stop: StopSignal) -> T:
        """The one of the running loop and of `stop`."""
        loop, latest = asyncio.get_running_loop(), self._latest
        if latest is not None and latest[0] is loop and latest[1] is stop:  # as for every cell but the first
            return latest[2]
        key = (loop, stop)
        made = self._made[key][0] if key in self._made else self._new(key)
        self._latest = (loop, stop, made)
        return made

    def _new(self, key: tuple[asyncio.AbstractEventLoop, StopSignal]) -> T:
        loop, stop = key
        made = self._make(stop)
        watchman = loop.create_task(_wait_for_ever(), name="until the loop ends")
        self._made[key] = (made, watchman)

        def forget(_: asyncio.Task[None]) -> None:
            del self._made[key]
            self._latest = None
            self._close(made)

        watchman.add_done_callback(forget)
        return made


async def _wait_for_ever() -> None:
    await asyncio.get_running_loop().create_future()
