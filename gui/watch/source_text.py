"""The source file of a strategy: its text, and the lines in which the caller hands out cells and waits for them."""

import inspect
import re
from dataclasses import dataclass
from pathlib import Path

from life.fanout.strategy import Strategy
from life.trace.columns import Trace
from life.trace.phases import COLLECTING as PHASE_OF_COLLECTING
from life.trace.phases import caller_phases

HANDING_OUT = "Fan out"
COLLECTING = "Fan in"


@dataclass(frozen=True, slots=True)
class Source:
    """One source file.

    Attributes:
        path: where it lies.
        text: what stands in it.
        places: for "Fan out" and "Fan in", the lines that have such a comment, counted from 0. A strategy without a
            fan-out has the line in which it calls the step under both.
    """

    path: Path
    text: str
    places: dict[str, tuple[int, ...]]


def source_of(strategy: type[Strategy]) -> Source:
    """The very file that Python runs a strategy from.

    Raises:
        OSError: it cannot be read, as in a program that was packed without its sources.
    """
    file = inspect.getsourcefile(strategy)
    if file is None:
        raise OSError(f"the source of {strategy.__name__} is not there")
    text = Path(file).read_text(encoding="utf-8")
    lines = text.splitlines()
    places = {place: _lines_with(rf"#\s*{place}\b", lines) for place in (HANDING_OUT, COLLECTING)}
    if not any(places.values()):
        places = dict.fromkeys(places, _lines_with(r"\bstep\.\w+\(", lines))
    return Source(Path(file), text, places)


def place_of_caller(trace: Trace, instant: int) -> str | None:
    """Whether the caller of a recorded generation was at "Fan out" or at "Fan in" at `instant` (`perf_counter_ns`).

    Returns:
        None where it was at neither: before the generation, after it, or where nothing was recorded.
    """
    if not trace.is_recorded:
        return None
    names = (phase.name for phase in caller_phases(trace) if phase.start <= instant < phase.end)
    name = next(names, None)
    return None if name is None else COLLECTING if name == PHASE_OF_COLLECTING else HANDING_OUT


def _lines_with(pattern: str, lines: list[str]) -> tuple[int, ...]:
    return tuple(number for number, line in enumerate(lines) if re.search(pattern, line))
