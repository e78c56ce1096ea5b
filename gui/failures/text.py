"""What a failure report says, in words: the same ones on the screen and in the text that one copies."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from gui import words
from life.errors import Failure, Fate
from life.experiment import Fault
from life.facts import FailureReport
from life.fanout import strategy_class

VERDICTS = {
    Fate.CALLER: "It reached the caller.",
    Fate.STDERR: "Only stderr saw it.",
    Fate.NOBODY: "Nobody saw it.",
    Fate.HIDDEN: "It stayed hidden behind another.",
}

_CELL = re.compile(r"\((\d+), (\d+)\)")

_FATES = {
    Fate.CALLER: "reached the caller",
    Fate.STDERR: "reached only stderr",
    Fate.NOBODY: "reached nobody at all",
    Fate.HIDDEN: "stayed hidden behind another",
}

FAULT_NAMES = {
    Fault.ERROR: "OSError: Problem with I/O",
    Fault.HANG: "Hangs until the time limit",
    Fault.CUT: "The service cuts the connection",
    Fault.NONSENSE: "The service answers nonsense",
    Fault.EXIT: "SystemExit in the cell",
}


@dataclass(frozen=True, slots=True)
class Witness:
    """One that could have seen an exception: whether it did, the same in words, and how, in one sentence."""

    name: str
    saw: bool
    verdict: str
    what: str


def headline(failure: Failure) -> str:
    """What happened: "OSError in cell (3, 4): Problem with I/O"."""
    kind, _, message = failure.exception.partition(": ")
    where = f"{kind} in cell ({failure.y}, {failure.x})"
    return f"{where}: {message}" if message else where


def others(report: FailureReport) -> str:
    """How many more there are, or ""."""
    more = len(report.failures) - 1
    return f"and {words.count(more, 'more failure')} in this generation" if more else ""


def circumstances(report: FailureReport) -> str:
    """Where and when it happened."""
    title = strategy_class(report.strategy).title
    return f"Generation {report.generation:,}  ·  {title}"


def witnesses(failure: Failure, caller_got: str) -> tuple[Witness, Witness, Witness]:
    """The cell, stderr and the caller: where an exception starts, and the two that it may come to."""
    cell = f"Raised {failure.exception}\nin thread {failure.thread}."
    return (
        Witness(f"Cell ({failure.y}, {failure.x})", True, "raised it", cell),
        _witness("stderr", failure.fate is Fate.STDERR, _seen_by_stderr(failure)),
        _witness("The caller", failure.fate is Fate.CALLER, _sentence(caller_got)),
    )


def _sentence(text: str) -> str:
    """With a capital where it does not begin with code, and with no cell broken between its numbers."""
    is_code = "(" in text.partition(" ")[0]
    return _CELL.sub("(\\1,\u00a0\\2)", text if is_code else text[:1].upper() + text[1:])


def _witness(name: str, saw: bool, what: str) -> Witness:
    return Witness(name, saw, "saw it" if saw else "did not see it", what)


def _seen_by_stderr(failure: Failure) -> str:
    if failure.fate is Fate.STDERR:
        return "Python printed the traceback there, and the thread ended."
    if failure.fate is Fate.NOBODY and failure.exception.startswith("SystemExit"):
        return "Nothing was printed: on SystemExit a thread ends without a word."
    return "Nothing was printed."


def tally(report: FailureReport) -> str:
    """How many of the failures met which fate: "42 failures: 1 reached the caller, 41 stayed hidden behind another"."""
    counts = Counter(failure.fate for failure in report.failures)
    failures = words.count(len(report.failures), "failure")
    if len(counts) == 1:
        return f"{failures}: all {_FATES[report.failures[0].fate]}"
    return f"{failures}: " + ", ".join(f"{counts[fate]:,} {_FATES[fate]}" for fate in Fate if counts[fate])


def origin(failure: Failure, faults: Mapping[tuple[int, int], Fault], fault_rate: float) -> str:
    """Why a cell failed, where that was wanted; "" where nobody planted anything."""
    if (failure.y, failure.x) in faults:
        return "You planted this fault; the fault tool takes it out again."
    return f"Faults strike at random: {fault_rate * 100:g} % of all cells fail." if fault_rate else ""


def plain(report: FailureReport) -> str:
    """The whole report as text, to be pasted anywhere."""
    first = report.failures[0]
    lines = [
        " ".join(filter(None, (headline(first), others(report)))),
        f"{circumstances(report)}  ·  thread {first.thread}",
        f"Who saw it: {first.fate.value}.",
        f"What the caller got: {report.caller_got}",
        "",
        first.traceback.rstrip(),
    ]
    if len(report.failures) > 1:
        lines += ["", tally(report)]
        lines += [f"({f.y}, {f.x})  {f.fate.value}  {f.thread}  {f.exception}" for f in report.failures]
    return "\n".join(lines) + "\n"
