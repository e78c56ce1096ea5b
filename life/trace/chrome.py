"""A generation as Chrome Trace Event JSON, which Perfetto and the Firefox Profiler open.

The format: "Trace Event Format" of the Chromium project, as Perfetto's `src/trace_processor/importers/json` reads it.
Times are microseconds since the generation was started, with three decimals, so that no nanosecond is lost. Row
numbers are our own: the system's are too large for a viewer, and are used again. Slices on a row only ever nest.
"""

import gzip
import json
import os
from collections.abc import Iterator
from typing import Any

import numpy as np

from life.errors import Fate
from life.history import Record
from life.saving import replace_file
from life.trace.columns import Column, Trace
from life.trace.lanes import lanes_of
from life.trace.peak import threads_over_time
from life.trace.phases import caller_phases
from life.trace.rows import CALLER_ROW, Rows, rows_of

Event = dict[str, Any]

STEP, BAND = "step_cell", "step_rows"
IO_WAIT = "I/O wait"
LOCK_WAIT = "wait for grid lock"

_PROCESS = 1
_MOST_COUNTS = 2_000
_COMPRESSION = 4  # the usual 9 takes ten times as long for a few per cent


def write_chrome_trace(path: str | os.PathLike[str], record: Record) -> None:
    """Writes a generation to a file, compressed where the name ends in `.gz`; an old file stays whole on failure.

    Raises:
        OSError, ValueError: the file cannot be written; see `life.saving.why_not`.
    """
    text = json.dumps(chrome_trace(record), allow_nan=False, separators=(",", ":")).encode("ascii")
    data = gzip.compress(text, _COMPRESSION, mtime=0) if os.fspath(path).endswith(".gz") else text
    replace_file(path, data)


def chrome_trace(record: Record) -> Event:
    """The generation as one object to be written as JSON.

    Every cell that began is in exactly one step slice; a band of rows is one slice for all its cells. What has not
    ended is drawn to the end of what is on record. Without a recording there are no waits.
    """
    trace = record.trace
    rows = rows_of(trace, lanes_of(trace))
    end = _latest(trace)
    events = [*_names(record, rows), *_phases(trace), *_steps(trace, rows, end), *_failures(record, rows)]
    events += [*_live_threads(trace, end), *_memory(record, end)]
    return {
        "traceEvents": events,
        "displayTimeUnit": "ms",
        "metadata": {
            "application": "Lifeloom",
            "generation": trace.generation,
            "strategy": record.strategy,
            "board": "taken further as a whole" if trace.is_whole else f"{trace.width} × {trace.height} cells",
            "error": record.error,
        },
    }


def _latest(trace: Trace) -> int:
    """The end of the generation: a cell can end after the call that started it has raised."""
    columns = (trace.begun, trace.ended, trace.failed, trace.answered)
    return max(trace.finished, trace.started, *(int(trace.times(column).max(initial=0)) for column in columns))


def _names(record: Record, rows: Rows) -> Iterator[Event]:
    trace = record.trace
    yield _about("process_name", 0, name=f"Lifeloom: {record.strategy}, generation {trace.generation}")
    yield _about("process_sort_index", 0, sort_index=0)
    yield _about("thread_name", CALLER_ROW, name="caller")
    yield _about("thread_sort_index", CALLER_ROW, sort_index=-1)
    for row, name in rows.names.items():
        yield _about("thread_name", row, name=name)
        yield _about("thread_sort_index", row, sort_index=row)


def _about(what: str, row: int, **args: object) -> Event:
    return {"ph": "M", "name": what, "pid": _PROCESS, "tid": row, "ts": 0, "args": args}


def _phases(trace: Trace) -> Iterator[Event]:
    for phase in caller_phases(trace):
        yield _slice(trace, CALLER_ROW, phase.name, "caller", phase.start, phase.end, {"detail": phase.name})


def _slice(trace: Trace, row: int, name: str, kind: str, start: int, end: int, args: Event) -> Event:
    """A complete slice; its end stays where it is to the nanosecond."""
    ts, dur = (start - trace.started) / 1000, (end - start) / 1000
    return {"ph": "X", "name": name, "cat": kind, "pid": _PROCESS, "tid": row, "ts": ts, "dur": dur, "args": args}


def _steps(trace: Trace, rows: Rows, end: int) -> Iterator[Event]:
    lanes = rows.lanes
    lock_asked, lock_got = (_at(trace, column, lanes.first) for column in (trace.lock_asked, trace.lock_got))
    columns = (
        rows.row.tolist(), lanes.first.tolist(), lanes.cells.tolist(), lanes.begun.tolist(), lanes.asked.tolist(),
        lanes.answered.tolist(), lanes.ended.tolist(), lock_asked, lock_got,
    )  # fmt: skip
    for row, first, cells, begun, asked, answered, ended, wait, got in zip(*columns, strict=True):
        y, x = trace.place_of(first)
        stop = ended or end
        args: Event = {"y": y, "x": x, "detail": f"cell ({y}, {x})"}
        if cells > 1:
            args |= {"cells": cells, "detail": f"{cells:,} cells from ({y}, {x}) on"}
        if not ended:
            args |= {"unfinished": True}
        yield _slice(trace, row, STEP if cells == 1 else BAND, "cell", begun, stop, args)
        if asked:
            yield _slice(
                trace, row, IO_WAIT, "wait", asked, answered or stop, {"y": y, "x": x, "detail": args["detail"]}
            )
        if wait:
            yield _slice(trace, row, LOCK_WAIT, "wait", wait, got or stop, {"y": y, "x": x, "detail": args["detail"]})


def _at(trace: Trace, column: Column, cells: Any) -> list[int]:
    times = trace.times(column)
    return list(times[cells].tolist()) if times.size else [0] * len(cells)


def _failures(record: Record, rows: Rows) -> Iterator[Event]:
    trace = record.trace
    for failure in record.failures:
        cell = trace.cell_at(failure.y, failure.x)
        if cell is None:
            continue
        detail = f"cell ({failure.y}, {failure.x}) raised {failure.exception}: {failure.fate.value}"
        yield {
            "ph": "i",
            "s": "t",
            "name": failure.exception,
            "cat": "failure",
            "pid": _PROCESS,
            "tid": rows.row_of(cell),
            "ts": (trace.failed[cell] - trace.started) / 1000,
            "args": {
                "y": failure.y,
                "x": failure.x,
                "reached caller": failure.fate is Fate.CALLER,
                "fate": failure.fate.value,
                "thread": failure.thread,
                "detail": detail,
            },
        }


def _live_threads(trace: Trace, end: int) -> Iterator[Event]:
    """How many threads were inside a cell's step; of very many changes the largest number of every few."""
    times, alive = threads_over_time(trace)
    if times.size > _MOST_COUNTS:
        firsts = np.linspace(0, times.size, _MOST_COUNTS, endpoint=False).astype(np.int64)
        times, alive = times[firsts], np.append(np.maximum.reduceat(alive, firsts)[:-1], alive[-1])
    for instant, count in zip(times.tolist(), alive.tolist(), strict=True):
        yield _count(trace, "live threads", min(instant, end), "in a step", count)


def _memory(record: Record, end: int) -> Iterator[Event]:
    for sample in record.measured.samples if record.measured else ():
        yield _count(record.trace, "memory", min(sample.at, end), "resident MiB", round(sample.resident / 2**20, 3))


def _count(trace: Trace, name: str, instant: int, what: str, value: float) -> Event:
    ts = max(instant - trace.started, 0) / 1000
    return {"ph": "C", "name": name, "cat": "process", "pid": _PROCESS, "ts": ts, "args": {what: value}}
