"""Worker processes that end with this one, however it ends, and at once when they are not wanted any more."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import SpawnContext, SpawnProcess
from threading import Thread
from typing import Any

_MOST = 61  # as many as Windows can wait for


class Processes(ProcessPoolExecutor):
    """A pool of processes that are started from scratch, because what is forked has locks whose owners it has not.

    In a program that was packed into one file they are that file once more, which `multiprocessing.freeze_support`
    turns into workers.
    """

    def __init__(self, workers: int) -> None:
        self._spawn = _Spawn()
        super().__init__(min(workers, _MOST), mp_context=self._spawn, initializer=begin)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the processes in the middle of what they are about: all that they have is what they were handed."""
        started = [process for process in self._spawn.made if process.pid is not None]
        for process in started:
            process.kill()
        super().shutdown(wait, cancel_futures=cancel_futures)
        if wait:
            for process in started:
                process.join()


class _Spawn(SpawnContext):
    """The usual way to spawn, and a list of what was made; one whose start failed has no number."""

    def __init__(self) -> None:
        self.made: list[SpawnProcess] = []

    @property
    def Process(self) -> Callable[..., SpawnProcess]:  # type: ignore[override]  # noqa: N802  (a class, elsewhere)
        def start(*args: Any, **kwargs: Any) -> SpawnProcess:
            process = SpawnProcess(*args, **kwargs)
            self.made.append(process)
            return process

        return start


def begin() -> None:
    """The first thing that a worker process does: Ctrl+C is for its parent, and without its parent it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, name="life line", daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
