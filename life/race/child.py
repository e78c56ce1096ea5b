"""The child's side of a race: one warm-up, one generation, one line of facts."""

import hashlib
import json
import os
import sys
import time
from collections import Counter
from threading import Thread

import numpy as np

from life.board import Board
from life.caller import Caller
from life.caller import Outcome as Generation
from life.errors import Fate
from life.race.job import Job
from life.stop import StopSignal
from life.trace.columns import Trace

ANSWER = "race result: "
_WARM_UP = (3, 3)


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
    """Runs one generation and returns its `Entry`'s figures and a digest of its board."""
    placed = job.placed()
    board = placed.board
    try:
        with Caller(job.experiment, placed.rule, placed.topology) as caller:
            warm_up = Board(*_WARM_UP)
            caller.run(warm_up, Trace(0, *_WARM_UP), StopSignal())
            trace = Trace(1, board.height, board.width, is_recorded=True)
            before = time.process_time()
            generation = caller.run(board, trace, StopSignal())
            cpu_seconds = time.process_time() - before
    except (RuntimeError, MemoryError, OSError) as error:  # the workers themselves were refused
        return {"error": f"{type(error).__name__}: {error}"}
    steppers = set(np.unique(trace.times(trace.thread)).tolist()) - {0, trace.caller}
    return _figures(generation) | {"cpu_seconds": cpu_seconds, "threads_started": len(steppers)}


def _figures(generation: Generation) -> dict[str, object]:
    costs = generation.costs
    assert costs is not None
    switches = (costs.voluntary_switches, costs.involuntary_switches)
    fates = Counter(failure.fate for failure in generation.failures)
    return {
        "digest": digest(generation.board) if generation.board else None,
        "error": generation.error,
        "seconds": generation.seconds,
        "ideal_seconds": generation.ideal_seconds,
        "peak_threads": costs.peak_alive,
        "memory_reserved": costs.stack_reserved,
        "memory_used": costs.memory_used,
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
