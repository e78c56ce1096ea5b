"""Workers that may be lost: whatever becomes of one of them, its band is computed again.

A band is the same whoever computes it and how often, so that to try again is always right; what a worker had done of
it is lost with the worker. The crew works with every `concurrent.futures.Executor`.
"""

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from threading import Event
from types import TracebackType
from typing import Self

from life.bands.cutting import Band
from life.bands.work import BandStep
from life.board import Bits
from life.errors import LifeError, Stopped

TRIES = 3


class BandError(LifeError):
    """A band could not be computed, however often it was tried; what the last worker raised is the `__cause__`."""

    def __init__(self, band: Band, error: BaseException) -> None:
        self.first, self.last = band.first, band.first + band.rows - 1
        self.reason = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(": ")
        super().__init__(self.first, self.last, self.reason)

    def __str__(self) -> str:
        return (
            f"rows {self.first:,} to {self.last:,} were lost with their worker {TRIES} times, the last time to "
            f"{self.reason}; try fewer workers, or the strategy whole-board"
        )


class Crew:
    """An executor, and another one like it where all workers of the first are lost at once."""

    def __init__(self, open_executor: Callable[[], Executor]) -> None:
        self._open = open_executor
        self._executor: Executor | None = None

    def open(self) -> None:
        """Has the executor made now rather than for the first band.

        Raises:
            LifeError: it cannot be made.
        """
        self._executor = self._open()

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.shutdown()

    def shutdown(self) -> None:
        """Ends the workers; what has not begun is not begun any more."""
        executor, self._executor = self._executor, None
        if executor:
            executor.shutdown(cancel_futures=True)

    def submit(self, step: BandStep, band: Band) -> "BandFuture":
        """Has `band` computed by one of the workers."""
        return BandFuture(self, step, band)

    def start(self, step: BandStep, band: Band) -> Future[Bits]:
        """One try, which may have failed already. An executor that is broken is replaced first.

        Raises:
            LifeError: there can be no other executor.
        """
        executor = self._executor
        if executor is None:
            executor = self._executor = self._open()
        failed: Future[Bits] = Future()
        try:
            return executor.submit(step, band)
        except (BrokenExecutor, RuntimeError) as error:  # the latter where the system has no more threads to give
            failed.set_exception(error)
        except OSError as error:  # a pool of processes breaks at this moment, or the system refuses another one
            failed.set_exception(BrokenExecutor(str(error)))
        return failed

    def heard(self, error: Exception, executor: Executor | None) -> None:
        """Lets go of an executor that is known to be of no more use; the next try opens another."""
        if isinstance(error, BrokenExecutor) and executor is self._executor:
            self.shutdown()

    @property
    def executor(self) -> Executor | None:
        """The one that is used now."""
        return self._executor


class BandFuture:
    """A band under way; like a `Future`, but it outlives its worker."""

    def __init__(self, crew: Crew, step: BandStep, band: Band) -> None:
        self._crew = crew
        self._step = step
        self._band = band
        self._begin()

    def _begin(self) -> None:
        self._future = self._crew.start(self._step, self._band)
        self._executor = self._crew.executor

    def result(self) -> Bits:
        """The band, once it is computed.

        Raises:
            Stopped: the step's signal was set, whatever the worker is about.
            BandError: it was tried often enough.
        """
        for _ in range(TRIES - 1):
            try:
                return self._wait()
            except Exception as error:
                self._raise_if_stopped(error)
                self._crew.heard(error, self._executor)
                self._begin()
        try:
            return self._wait()
        except Exception as error:
            self._raise_if_stopped(error)
            self._crew.heard(error, self._executor)
            raise BandError(self._band, error) from error

    def _raise_if_stopped(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            self._future.cancel()
            raise error

    def _wait(self) -> Bits:
        stop = self._step.stop
        if stop is not None:
            over = Event()
            self._future.add_done_callback(lambda _: over.set())
            waker = stop.add_waker(over.set)
            over.wait()
            stop.remove_waker(waker)
            stop.check()
        return self._future.result()
