"""The child's side of a race: a warm-up, one generation, one line of facts."""

import hashlib
import json
import os
import sys
import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import replace
from threading import Thread

import numpy as np
from psutil import Process

from life.board import Board
from life.caller import Caller
from life.caller import Outcome as Generation
from life.errors import Fate, LifeError
from life.race.job import Job, size_of
from life.race.traces import MOST_CELLS, packed
from life.refusals import RefusedError
from life.stop import StopSignal
from life.trace.limits import stack_bytes
from life.trace.sampler import Measured, Sampler

ANSWER = "race result: "
_FIRST = (3, 3)
_MOST_WARMED_UP = 10_000


def run_job(text: str) -> int:
    """Runs the job of a JSON line and prints what it cost as one line; returns the exit code."""
    Thread(target=_end_with_parent, name="life line", daemon=True).start()
    print(ANSWER + json.dumps(facts_of(Job.from_json(text))), flush=True)
    return 0


def _end_with_parent() -> None:
    """The parent writes nothing to standard input; the system closes it when the parent is gone."""
    sys.stdin.read()
    os._exit(1)


def facts_of(job: Job) -> dict[str, object]:
    """Runs one generation and returns its `Entry`'s figures and a digest of its board.

    Before it come two others, of which nothing is reported, the same for every strategy: one of nine cells, with their
    waits, which opens what is to be opened; and one of as many cells as the board has, up to 10,000, without waits.
    Nothing goes wrong in either. A process that has made no generation yet has to ask the system for every page of
    memory, which took 10,000 coroutines a tenth of their time; one that makes generation after generation has not. The
    memory that is used is counted from before the second one on, so that none is left out.

    What happened in every cell is recorded only where somebody wants it, because writing it down takes time as well.
    """
    placed = job.placed()
    board = placed.board
    try:
        with Caller(job.experiment, placed.rule, placed.topology) as caller:
            _run_empty(caller, _FIRST)
            memory = Process().memory_info().rss
            _run_empty(caller, size_of(min(job.cells, _MOST_WARMED_UP)), without_waits=True)
            trace = caller.trace(board, 1, is_recorded=job.wants_trace and job.cells <= MOST_CELLS)
            sampler = Sampler() if not trace.is_recorded else None
            before = time.process_time()
            with sampler or nullcontext():
                generation = caller.run(board, trace, StopSignal())
            cpu_seconds = time.process_time() - before
    except RefusedError as error:
        return {"error": error.reason}
    except (LifeError, RuntimeError, MemoryError, OSError) as error:
        return {"error": f"{type(error).__name__}: {error}"}
    steppers = set(np.unique(trace.times(trace.thread)).tolist()) - {0, trace.caller}
    measured = sampler.measured() if sampler else generation.measured
    assert measured is not None
    facts = _figures(generation, measured) | {
        "cpu_seconds": cpu_seconds,
        "threads_started": len(steppers),
        "memory_used": max(max(sample.resident for sample in measured.samples) - memory, 0),
    }
    return facts | {"trace": packed(trace)} if trace.is_recorded else facts


def _run_empty(caller: Caller, size: tuple[int, int], *, without_waits: bool = False) -> None:
    """Makes a generation of an empty board, in which nothing goes wrong, and which is not looked at."""
    experiment = caller.experiment
    caller.experiment = replace(experiment, faults={}, fault_rate=0.0)
    if without_waits:
        caller.experiment = replace(caller.experiment, latency=0.0, jitter=0.0)
    try:
        board = Board(*size)
        caller.run(board, caller.trace(board, 0), StopSignal())
    finally:
        caller.experiment = experiment


def _figures(generation: Generation, measured: Measured) -> dict[str, object]:
    switches = (measured.voluntary_switches, measured.involuntary_switches)
    fates = Counter(failure.fate for failure in generation.failures)
    return {
        "digest": digest(generation.board) if isinstance(generation.board, Board) else None,
        "error": generation.error,
        "seconds": generation.seconds,
        "ideal_seconds": generation.ideal_seconds,
        "peak_threads": generation.peak_threads,
        "memory_reserved": generation.peak_threads * stack_bytes(),
        "context_switches": None if None in switches else sum(s for s in switches if s is not None),
        "failures": len(generation.failures),
        "reached": fates[Fate.CALLER],
        "lost": len(generation.failures) - fates[Fate.CALLER],
        "fates": [[fate.value, count] for fate, count in fates.items()],
        "caller_got": generation.caller_got,
    }


def digest(board: Board) -> str:
    """A fingerprint of a board's size and cells."""
    return hashlib.sha256(f"{board.height} {board.width} ".encode() + board.bits.tobytes()).hexdigest()
