"""A race as tables: for the terminal, for Markdown, as CSV and as JSON."""

import csv
import io
import json
import os
import platform
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from psutil import virtual_memory

from life.race.course import Course
from life.race.entry import Entry, Outcome

_MIB = 1024 * 1024
_DASH = "–"


@dataclass(frozen=True, slots=True)
class Row:
    """All runs of one strategy on one size."""

    entries: tuple[Entry, ...]

    @property
    def strategy(self) -> str:
        """Its key."""
        return self.entries[0].strategy

    @property
    def cells(self) -> int:
        """The size of its boards."""
        return self.entries[0].cells

    @property
    def outcome(self) -> Outcome:
        """How the runs ended; where they differ, the one that is no success."""
        return next((e.outcome for e in self.entries if e.outcome is not Outcome.MEASURED), Outcome.MEASURED)

    def middle(self, figure: Callable[[Entry], float | None]) -> float | None:
        """The median of a figure over the runs that know it."""
        known = [value for entry in self.entries if (value := figure(entry)) is not None]
        return median(known) if known else None

    def seconds(self) -> str:
        """Median, minimum and maximum."""
        known = [entry.seconds for entry in self.entries if entry.seconds is not None]
        if not known:
            return _DASH
        if len(known) == 1:
            return _figure(known[0], "s")
        return f"{_figure(median(known), 's')} ({min(known):.3g}–{max(known):.3g})"


def rows_of(entries: Iterable[Entry]) -> list[Row]:
    """The runs by size and strategy, in the order in which they first ran."""
    groups: dict[tuple[int, str], list[Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.cells, entry.strategy), []).append(entry)
    return [Row(tuple(groups[key])) for key in sorted(groups, key=lambda key: key[0])]


_HEADINGS = (
    "strategy", "cells", "seconds", "× the wait", "how", "CPU s", "threads started", "peak alive",
    "reserved (computed)", "really used", "switches",
)  # fmt: skip


def table(entries: Sequence[Entry]) -> list[tuple[str, ...]]:
    """The figures of a race, a heading first; a size and strategy a row."""
    return [_HEADINGS, *(_cells_of(row) for row in rows_of(entries))]


def _cells_of(row: Row) -> tuple[str, ...]:
    return (
        row.strategy,
        f"{row.cells:,}",
        row.seconds(),
        _figure(row.middle(lambda e: e.ratio), ""),
        _how(row),
        _figure(row.middle(lambda e: e.cpu_seconds), ""),
        _count(row.middle(lambda e: e.threads_started)),
        _count(row.middle(lambda e: e.peak_threads)),
        _size(row.middle(lambda e: e.memory_reserved)),
        _size(row.middle(lambda e: e.memory_used)),
        _count(row.middle(lambda e: e.context_switches)),
    )


def fates_table(entries: Sequence[Entry]) -> list[tuple[str, ...]]:
    """Who saw the exceptions, a strategy a row; nothing but the heading where no cell failed."""
    lines: list[tuple[str, ...]] = [
        ("strategy", "cells", "raised", "reached the caller", "lost", "fate", "what the caller got")
    ]
    for row in rows_of(entries):
        entry = row.entries[0]
        if entry.failures:
            fates = ", ".join(f"{count:,} {fate}" for fate, count in entry.fates)
            figures = (f"{entry.failures:,}", f"{entry.reached:,}", f"{entry.lost:,}")
            lines.append((row.strategy, f"{row.cells:,}", *figures, fates, entry.caller_got))
    return lines


def _how(row: Row) -> str:
    detail = next((entry.detail for entry in row.entries if entry.outcome is row.outcome), "")
    return f"{row.outcome.value}: {detail}" if detail else row.outcome.value


def as_text(lines: Sequence[Sequence[str]]) -> str:
    """A table with its columns aligned, for a terminal."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def as_markdown(lines: Sequence[Sequence[str]]) -> str:
    """The same table in Markdown."""
    escaped = [[cell.replace("|", "\\|") for cell in line] for line in lines]
    heading, *body = ("| " + " | ".join(line) + " |" for line in escaped)
    return "\n".join([heading, "|" + "---|" * len(lines[0]), *body])


def as_csv(entries: Sequence[Entry]) -> str:
    """Every run a line, figures unrounded."""
    facts = [entry.to_facts() | {"fates": json.dumps(dict(entry.fates))} for entry in entries]
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(facts[0]) if facts else ["strategy"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(facts)
    return text.getvalue()


def as_json(course: Course, entries: Sequence[Entry]) -> str:
    """One object: the machine, what was raced, and every run."""
    e = course.experiment
    setting = {
        "strategies": course.strategies, "cells": course.cells, "pattern": course.pattern, "repeat": course.repeat,
        "limit_seconds": course.limit, "wire": e.wire, "latency_seconds": e.latency, "jitter_seconds": e.jitter,
        "seed": e.seed, "workers": e.workers,
        "faults": [{"y": y, "x": x, "kind": fault.value} for (y, x), fault in e.faults.items()],
        "middle_fault": course.middle_fault.value if course.middle_fault else None,
    }  # fmt: skip
    facts = {"machine": machine(), "setting": setting, "runs": [entry.to_facts() for entry in entries]}
    return json.dumps(facts, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def machine() -> dict[str, object]:
    """What a reader must know of the machine to make something of the figures; nothing that names it."""
    return {
        "system": platform.system(),
        "release": platform.release(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "memory_bytes": virtual_memory().total,
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "gil": getattr(sys, "_is_gil_enabled", lambda: True)(),
    }


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return _DASH
    text = f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
    return f"{text} {unit}".rstrip()


def _count(value: float | None) -> str:
    return _DASH if value is None else f"{value:,.0f}"


def _size(value: float | None) -> str:
    if value is None:
        return _DASH
    return f"{value / _MIB / 1024:,.1f} GiB" if value >= 1024 * _MIB else f"{value / _MIB:,.1f} MiB"
