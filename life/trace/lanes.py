"""Threads or tasks as lanes over time, packed so that there are no more lanes than were alive at once."""

from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from life.trace.columns import Times, Trace

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Lanes:
    """The bars of a generation; a bar is the step of a cell, or of all cells of a band that one thread stepped at once.

    All arrays are int64 of shape (bars,), sorted by lane and then by when the bar begun; times are nanoseconds as in
    the trace, 0 meaning "not yet" or "not recorded".

    Attributes:
        count: number of lanes, which is the most units that were alive at once.
        is_task: whether a unit is one task; otherwise it is a thread, from its first to its last cell.
        lane: of each bar, counted from 0.
        thread: serial number of the thread that began it.
        first, cells: its first cell, and how many cells it has from there on.
        begun, asked, answered, ended: ends of its step and of its wait for an answer.
        failed: when one of its cells raised something.
    """

    count: int
    is_task: bool
    lane: Times
    thread: Times
    first: Times
    cells: Times
    begun: Times
    asked: Times
    answered: Times
    ended: Times
    failed: Times

    def bar_of(self, cell: int) -> int | None:
        """The bar that a cell is in; None where it has not begun."""
        found = np.flatnonzero((self.first <= cell) & (cell < self.first + self.cells))
        return int(found[0]) if found.size else None


def lanes_of(trace: Trace) -> Lanes:
    """Packs the cells that have begun, first fit: each unit takes the lowest lane that is free when it begins.

    Units are threads; where one thread is inside several cells at once, they are tasks. One that has not ended keeps
    its lane.
    """
    bars = _bars(trace)
    ends = np.maximum(np.where(bars["ended"] > 0, bars["ended"], np.iinfo(np.int64).max), bars["begun"] + 1)
    is_task = _overlap_within_a_thread(bars["thread"], bars["begun"], ends)
    if is_task:
        unit = np.arange(ends.size)
        unit_begun, unit_ended = bars["begun"], ends
    else:
        unit, unit_begun, unit_ended = _threads(bars["thread"], bars["begun"], ends)
    lane_of_unit, count = _first_fit(unit_begun, unit_ended)
    lane = lane_of_unit[unit]
    order = np.lexsort((bars["begun"], lane))
    return Lanes(count, is_task, lane[order], **{name: column[order] for name, column in bars.items()})


def _bars(trace: Trace) -> dict[str, Times]:
    """The columns of the cells that began, neighbours that one thread stepped at once taken together.

    They are copied first: the generation may be under way.
    """
    begun = trace.times(trace.begun).copy()
    cell = np.flatnonzero(begun)
    nothing = np.zeros(begun.size, np.int64)
    columns = {
        "thread": trace.times(trace.thread),
        "begun": begun,
        "asked": trace.times(trace.asked) if trace.is_recorded else nothing,
        "answered": trace.times(trace.answered) if trace.is_recorded else nothing,
        "ended": trace.times(trace.ended),
        "failed": trace.times(trace.failed),
    }
    columns = {name: column[cell] for name, column in columns.items()}
    starts = np.flatnonzero(_is_first_of_bar(cell, columns))
    bars = {name: column[starts] for name, column in columns.items()}
    if starts.size:
        bars["failed"] = np.maximum.reduceat(columns["failed"], starts)
        bars["ended"] = np.maximum.reduceat(columns["ended"], starts)
    return bars | {"first": cell[starts], "cells": np.diff(np.append(starts, cell.size))}


def _is_first_of_bar(cell: Times, columns: dict[str, Times]) -> Flags:
    """One thread begins two cells at the same nanosecond only where it begins a whole band."""
    is_first = np.ones(cell.size, np.bool_)
    is_first[1:] = np.diff(cell) != 1
    for name in ("thread", "begun"):
        is_first[1:] |= np.diff(columns[name]) != 0
    return is_first


def _overlap_within_a_thread(thread: Times, begun: Times, ended: Times) -> bool:
    order = np.lexsort((begun, thread))
    thread, begun, ended = thread[order], begun[order], ended[order]
    return bool(((thread[1:] == thread[:-1]) & (begun[1:] < ended[:-1])).any())


def _threads(thread: Times, begun: Times, ended: Times) -> tuple[Times, Times, Times]:
    """The unit of each bar, and when each unit's first bar began and its last one ended."""
    serials, unit = np.unique(thread, return_inverse=True)
    first = np.full(serials.size, np.iinfo(np.int64).max)
    last = np.zeros(serials.size, np.int64)
    np.minimum.at(first, unit, begun)
    np.maximum.at(last, unit, ended)
    return unit, first, last


def _first_fit(begun: Times, ended: Times) -> tuple[Times, int]:
    """The lane of each unit, and how many lanes there are; an end comes before a beginning at the same time."""
    by_begin, by_end = np.argsort(begun, kind="stable"), np.argsort(ended, kind="stable")
    ends = ended[by_end].tolist()
    leaving = by_end.tolist()
    lanes = [0] * begun.size
    free: list[int] = []
    count = left = 0
    for unit, instant in zip(by_begin.tolist(), begun[by_begin].tolist(), strict=True):
        while ends[left] <= instant:
            heappush(free, lanes[leaving[left]])
            left += 1
        if free:
            lanes[unit] = heappop(free)
        else:
            lanes[unit] = count
            count += 1
    return np.array(lanes, np.int64), count
