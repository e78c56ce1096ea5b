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

    def get(self, stop: StopSignal) -> T:
        """The one of the running loop and of `stop`."""
        key = (asyncio.get_running_loop(), stop)
        try:
            return self._made[key][0]
        except KeyError:
            return self._new(key)

    def _new(self, key: tuple[asyncio.AbstractEventLoop, StopSignal]) -> T:
        loop, stop = key
        made = self._make(stop)
        watchman = loop.create_task(_wait_for_ever(), name="until the loop ends")
        self._made[key] = (made, watchman)

        def forget(_: asyncio.Task[None]) -> None:
            del self._made[key]
            self._close(made)

        watchman.add_done_callback(forget)
        return made


async def _wait_for_ever() -> None:
    await asyncio.get_running_loop().create_future()
