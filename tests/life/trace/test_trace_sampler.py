"""Looking at the process while a generation runs."""

import sys
import threading
from threading import Event, Thread

import pytest

from life.trace.sampler import Measured, Sample, Sampler


def test_there_is_a_first_and_a_last_look_and_the_thread_is_gone() -> None:
    before = threading.active_count()
    with Sampler() as sampler:
        pass
    measured = sampler.measured()
    assert threading.active_count() == before
    assert len(measured.samples) >= 2
    assert [sample.at for sample in measured.samples] == sorted(sample.at for sample in measured.samples)
    assert {measured.samples[0].threads, measured.samples[-1].threads} == {before}
    assert measured.samples[0].resident > 0


def test_threads_that_are_alive_between_two_looks_are_counted_without_the_sampler_itself() -> None:
    before, leave, looked = threading.active_count(), Event(), Event()

    class Patient(Sampler):
        def _look(self, own_threads: int) -> None:
            super()._look(own_threads)
            if own_threads:
                looked.set()

    threads = [Thread(target=leave.wait) for _ in range(20)]
    for thread in threads:
        thread.start()
    with Patient() as sampler:
        assert looked.wait(20)
    leave.set()
    for thread in threads:
        thread.join()
    assert sampler.measured().most_threads == before + 20


def test_without_a_thread_to_look_there_are_still_the_first_and_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Thread, "start", refuse)
    with Sampler() as sampler:
        pass
    assert len(sampler.measured().samples) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not count them")
def test_context_switches_are_counted_where_the_platform_does() -> None:
    with Sampler() as sampler:
        Event().wait(0.001)
    measured = sampler.measured()
    assert measured.voluntary_switches is not None
    assert measured.voluntary_switches > 0
    assert measured.involuntary_switches is not None


def test_memory_used_is_what_came_on_top_of_what_was_there() -> None:
    samples = tuple(Sample(at, resident, 1) for at, resident in enumerate([500, 400, 900, 100]))
    assert Measured(samples, None, None).memory_used == 400
