import asyncio
import threading
from threading import Barrier, Event, Thread
from typing import Any

import pytest

from life.errors import Stopped
from life.stop import AsyncWaits, StopSignal

PATIENCE = 30.0
FOR_EVER = 1_000.0


class Outcomes:
    """What became of calls that were made in threads of their own."""

    def __init__(self, call: Any, threads: int) -> None:
        self._outcomes: list[object] = []
        self._together = Barrier(threads + 1)
        self._threads = [Thread(target=self._run, args=(call,)) for _ in range(threads)]
        for thread in self._threads:
            thread.start()
        self._together.wait(PATIENCE)

    def _run(self, call: Any) -> None:
        self._together.wait(PATIENCE)
        try:
            self._outcomes.append(call())
        except Stopped as error:
            self._outcomes.append(error)

    def types(self) -> list[type]:
        for thread in self._threads:
            thread.join(PATIENCE)
            assert not thread.is_alive()
        return [type(outcome) for outcome in self._outcomes]


def test_a_wait_that_nobody_stops_ends_by_itself() -> None:
    stop = StopSignal()
    for seconds in (0.0, -1.0, 0.001):
        stop.wait(seconds)


def test_a_stop_wakes_all_threads() -> None:
    stop = StopSignal()
    outcomes = Outcomes(lambda: stop.wait(FOR_EVER), threads=200)
    stop.set()
    assert outcomes.types() == [Stopped] * 200


def test_once_stopped_nobody_waits_any_more() -> None:
    stop = StopSignal()
    stop.check()
    stop.set()
    stop.set()
    for _ in range(3):
        with pytest.raises(Stopped):
            stop.wait(FOR_EVER)
        with pytest.raises(Stopped):
            stop.check()


def test_many_threads_may_stop_it_at_the_same_time() -> None:
    stop, calls = StopSignal(), []
    stop.add_waker(lambda: calls.append(1))
    assert Outcomes(stop.set, threads=50).types() == [type(None)] * 50
    assert calls == [1]


def test_a_waker_is_called_once_and_at_once_where_it_comes_too_late() -> None:
    stop, calls = StopSignal(), []
    stop.add_waker(lambda: calls.append("in time"))
    stop.set()
    stop.set()
    stop.add_waker(lambda: calls.append("late"))
    assert calls == ["in time", "late"]


def test_a_waker_that_was_removed_is_not_called() -> None:
    stop, calls = StopSignal(), []
    first, second = stop.add_waker(lambda: calls.append(1)), stop.add_waker(lambda: calls.append(2))
    assert first != second
    stop.remove_waker(first)
    stop.remove_waker(first)
    stop.set()
    assert calls == [2]


def test_many_wakers_do_not_hold_up_whoever_stops() -> None:
    stop, release, called = StopSignal(), Event(), []

    def wake() -> None:
        assert release.wait(PATIENCE)
        called.append(1)

    for _ in range(1_000):
        stop.add_waker(wake)
    stop.set()  # it returns although no waker does
    assert called == []
    release.set()
    for thread in threading.enumerate():
        if thread.name == "stop":
            thread.join(PATIENCE)
    assert len(called) == 1_000


def test_where_there_are_no_more_threads_the_wakers_are_called_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_more_threads(_: Thread) -> None:
        raise RuntimeError("can't start new thread")

    stop, called = StopSignal(), []
    for number in range(1_000):
        stop.add_waker(lambda number=number: called.append(number))  # type: ignore[misc]
    monkeypatch.setattr(Thread, "start", no_more_threads)
    stop.set()
    assert called == list(range(1_000))


def test_coroutines_wait_as_long_as_they_say_and_in_that_order() -> None:
    async def main() -> list[float]:
        waits, ended = AsyncWaits(StopSignal()), []
        loop = asyncio.get_running_loop()

        async def sleep(seconds: float) -> None:
            begun = loop.time()
            await waits.sleep(seconds)
            assert loop.time() - begun >= seconds - 1e-6
            ended.append(seconds)

        await asyncio.gather(*(sleep(seconds) for seconds in (0.06, 0.0, 0.03, -1.0, 0.0)))
        waits.close()
        return ended

    assert asyncio.run(main()) == [0.0, -1.0, 0.0, 0.03, 0.06]


def test_waits_that_end_together_share_one_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> int:
        waits = AsyncWaits(StopSignal())
        timers: list[float] = []
        loop = asyncio.get_running_loop()
        call_at = loop.call_at

        def counted(when: float, *arguments: Any) -> asyncio.TimerHandle:
            timers.append(when)
            return call_at(when, *arguments)

        monkeypatch.setattr(loop, "call_at", counted)
        await asyncio.gather(*(waits.sleep(0.05) for _ in range(5_000)))
        waits.close()
        return len(timers)

    assert asyncio.run(main()) < 1_000


def test_a_stop_from_another_thread_wakes_all_coroutines() -> None:
    async def main() -> set[type]:
        stop = StopSignal()
        waits = AsyncWaits(stop)
        futures = [asyncio.get_running_loop().create_future() for _ in range(100)]
        for future in futures:
            waits.watch(future)
        sleepers = [asyncio.ensure_future(waits.sleep(FOR_EVER)) for _ in range(100)]
        await asyncio.sleep(0)
        await asyncio.to_thread(stop.set)
        outcomes = await asyncio.gather(*sleepers, *futures, return_exceptions=True)
        with pytest.raises(Stopped):
            await waits.sleep(0)
        with pytest.raises(Stopped):
            waits.watch(futures[0])
        return {type(outcome) for outcome in outcomes}

    assert asyncio.run(main()) == {Stopped}


def test_a_future_that_is_done_or_no_longer_watched_is_left_alone() -> None:
    async def main() -> None:
        stop = StopSignal()
        waits = AsyncWaits(stop)
        loop = asyncio.get_running_loop()
        done, cancelled, unwatched = loop.create_future(), loop.create_future(), loop.create_future()
        for future in (done, cancelled, unwatched):
            waits.watch(future)
        done.set_result("*")
        cancelled.cancel()
        waits.unwatch(unwatched)
        stop.set()
        await asyncio.sleep(0)
        assert done.result() == "*"
        assert cancelled.cancelled()
        assert not unwatched.done()

    asyncio.run(main())


def test_a_signal_set_when_the_loop_is_gone_does_no_harm() -> None:
    stop = StopSignal()

    async def main() -> None:
        AsyncWaits(stop)

    asyncio.run(main())
    stop.set()
    assert stop.is_set


def test_waits_that_were_closed_let_go_of_the_signal() -> None:
    stop = StopSignal()

    async def main() -> None:
        waits = AsyncWaits(stop)
        waits.close()

    asyncio.run(main())
    assert stop._wakers == {}
