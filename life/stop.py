"""Stopping: one signal a generation that wakes whatever its cells are waiting for."""

import asyncio
from collections.abc import Callable
from threading import Lock, Thread
from time import monotonic
from typing import Any, NamedTuple

from life.errors import Stopped

_BUCKETS_PER_SECOND = 1000
_FEW = 16


class StopSignal:
    """Set once, from any thread; every wait that goes through it then ends at once with `Stopped`.

    Waiting is acquiring a lock that nobody releases before the stop: one system call a wait, nothing to poll, and no
    state that thousands of waiting threads would have to share.
    """

    def __init__(self) -> None:
        self.is_set = False
        self._gate = Lock()
        self._gate.acquire()
        self._guard = Lock()
        self._wakers: dict[int, Callable[[], None]] = {}
        self._next_waker = 0

    def set(self) -> None:
        """Wakes all waits, present and future, and returns without waiting for them. Again, it changes nothing."""
        with self._guard:
            if self.is_set:
                return
            self.is_set = True
            wakers = list(self._wakers.values())
        self._gate.release()
        _call_all(wakers)

    def check(self) -> None:
        """Raises `Stopped` once the signal is set."""
        if self.is_set:
            raise Stopped

    def wait(self, seconds: float) -> None:
        """Blocks this thread for `seconds`; raises `Stopped` as soon as the signal is set."""
        if self._gate.acquire(timeout=max(seconds, 0)):
            self._gate.release()  # the next one that waits is let through as well
            raise Stopped

    def add_waker(self, wake: Callable[[], None]) -> int:
        """Has `wake` called once when the signal is set, from any thread; at once where it is set already.

        Returns:
            A number for `remove_waker`.
        """
        with self._guard:
            number = self._next_waker
            self._next_waker += 1
            already_set = self.is_set
            if not already_set:
                self._wakers[number] = wake
        if already_set:
            wake()
        return number

    def remove_waker(self, number: int) -> None:
        """Forgets a waker; it may still be running if the signal is being set at this moment."""
        with self._guard:
            self._wakers.pop(number, None)


def _call_all(wakers: list[Callable[[], None]]) -> None:
    """Calls them without holding up the caller, which may be a window: every thread that wakes competes with it."""

    def call() -> None:
        for wake in wakers:
            wake()

    if len(wakers) > _FEW:
        try:
            Thread(target=call, name="stop").start()
        except RuntimeError:  # the system has no more threads to give
            call()
    else:
        call()


class _Bucket(NamedTuple):
    """Waits that end together, and what each of them gives."""

    waiting: list[asyncio.Future[Any]]
    results: list[Any]


class AsyncWaits:
    """The same waits for coroutines of one event loop; made in the loop, for one signal.

    Waits that end within the same millisecond share one timer, because 10,000 timers cost more than 10,000 waits.
    """

    def __init__(self, stop: StopSignal) -> None:
        self._stop = stop
        self._loop = asyncio.get_running_loop()
        self._now: Callable[[], float] = monotonic  # which `loop.time` asks, in a call of its own
        self._create_future: Callable[[], asyncio.Future[Any]] = self._loop.create_future
        self._buckets: dict[int, _Bucket] = {}
        self._watched: set[asyncio.Future[str]] = set()
        self._waker = stop.add_waker(self._wake_from_elsewhere)

    def sleep(self, seconds: float, result: Any = None) -> asyncio.Future[Any]:
        """To be awaited: gives `result` after `seconds`, or at most a millisecond later.

        It ends with `Stopped` as soon as the signal is set.
        """
        if self._stop.is_set:
            raise Stopped
        future = self._create_future()
        number = int((self._now() + (seconds if seconds > 0 else 0)) * _BUCKETS_PER_SECOND) + 1
        bucket = self._buckets.get(number) or self._new_bucket(number)
        bucket[0].append(future)
        bucket[1].append(result)
        return future

    def _new_bucket(self, number: int) -> _Bucket:
        self._buckets[number] = bucket = _Bucket([], [])
        self._loop.call_at(number / _BUCKETS_PER_SECOND, self._end_bucket, number)
        return bucket

    def _end_bucket(self, number: int) -> None:
        for future, result in zip(*self._buckets.pop(number), strict=True):
            if not future.done():
                future.set_result(result)

    def watch(self, future: asyncio.Future[str]) -> None:
        """Has `future` fail with `Stopped` when the signal is set; call `unwatch` when it is done."""
        self._stop.check()
        self._watched.add(future)

    def unwatch(self, future: asyncio.Future[str]) -> None:
        """The counterpart of `watch`."""
        self._watched.discard(future)

    def _wake_from_elsewhere(self) -> None:
        try:
            self._loop.call_soon_threadsafe(self._wake)
        except RuntimeError:
            return  # the loop has ended since, and with it everything that waited in it

    def _wake(self) -> None:
        for bucket in self._buckets.values():
            for future in bucket.waiting:
                if not future.done():
                    future.set_exception(Stopped())
        for watched in self._watched:
            if not watched.done():
                watched.set_exception(Stopped())

    def close(self) -> None:
        """Lets go of the signal; the loop is about to end."""
        self._stop.remove_waker(self._waker)
