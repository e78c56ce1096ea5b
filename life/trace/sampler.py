"""What a recorded generation costs the whole process: memory and context switches, measured while it runs."""

import os
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Thread
from time import perf_counter_ns
from types import TracebackType
from typing import NamedTuple, Self

SECONDS_BETWEEN_SAMPLES = 0.01
_LONGEST_STATM = 256


class Sample(NamedTuple):
    """One look: when, in nanoseconds; bytes of resident memory; Python threads that were alive, without the sampler."""

    at: int
    resident: int
    threads: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of the process during one generation.

    Attributes:
        samples: at least the first and the last, in order of time.
        voluntary_switches, involuntary_switches: context switches of all threads, those that ended too; None where the
            platform does not count them.
    """

    samples: tuple[Sample, ...]
    voluntary_switches: int | None
    involuntary_switches: int | None

    @property
    def memory_used(self) -> int:
        """Bytes by which the resident memory rose at most."""
        return max(sample.resident for sample in self.samples) - self.samples[0].resident

    @property
    def most_threads(self) -> int:
        """The most Python threads that a sample found alive."""
        return max(sample.threads for sample in self.samples)


class Sampler:
    """While entered, looks at the process every ten milliseconds, from a thread of its own.

    Where the system gives no thread for that, there are a first and a last look and none in between.
    """

    def __init__(self) -> None:
        self._memory = _ResidentMemory()
        self._samples: list[Sample] = []
        self._is_over = Event()
        self._thread: Thread | None = None
        self._switches_before: tuple[int, int] | None = None
        self._switches: tuple[int, int] | None = None

    def __enter__(self) -> Self:
        thread = Thread(target=self._watch, name="sampler", daemon=True)
        self._look(0)
        try:
            thread.start()
            self._thread = thread
        except RuntimeError:
            self._thread = None
        self._switches_before = _context_switches()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._switches = _context_switches()
        self._is_over.set()
        if self._thread:
            self._thread.join()
        self._look(0)
        self._memory.close()

    def end(self) -> None:
        """Has it look no more before it is left; who stops a generation may be about to leave it behind for good."""
        self._is_over.set()

    def measured(self) -> Measured:
        """What there was to see; to be called after leaving."""
        if self._switches is None or self._switches_before is None:
            return Measured(tuple(self._samples), None, None)
        voluntary, involuntary = (after - b for after, b in zip(self._switches, self._switches_before, strict=True))
        return Measured(tuple(self._samples), voluntary, involuntary)

    def _watch(self) -> None:
        while not self._is_over.wait(SECONDS_BETWEEN_SAMPLES):
            self._look(1)

    def _look(self, own_threads: int) -> None:
        resident = self._memory.size()
        self._samples.append(Sample(perf_counter_ns(), resident, threading.active_count() - own_threads))


class _ResidentMemory:
    """The resident memory of this process, on Linux for the price of one system call.

    psutil opens, reads and closes a file; at each of these the sampler gives the interpreter's lock away and takes it
    back from the threads that are measured, which cost 10,000 coroutines a twentieth of their time.
    """

    def __init__(self) -> None:
        self._file: int | None = None
        with suppress(OSError):
            self._file = os.open("/proc/self/statm", os.O_RDONLY)

    def size(self) -> int:
        """How much it is now, in bytes."""
        if self._file is None:
            from psutil import Process  # Linux does without

            rss: int = Process().memory_info().rss
            return rss
        return int(os.pread(self._file, _LONGEST_STATM, 0).split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def close(self) -> None:
        """To be called when nothing is asked any more."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _context_switches() -> tuple[int, int] | None:
    """Voluntary and involuntary ones of the process so far.

    psutil would count the main thread alone on Linux, a hundredth of them.
    """
    if sys.platform == "win32":
        return None
    import resource

    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_nvcsw, usage.ru_nivcsw
