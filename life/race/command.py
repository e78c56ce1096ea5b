"""`python -m life race`: a race on the command line."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from life import options
from life.errors import SettingError
from life.experiment import WireKind
from life.fanout import FAN_OUTS, STRATEGIES, strategy_class
from life.race import report
from life.race.course import Course
from life.race.entry import Entry, Outcome
from life.race.race import Race
from life.saving import replace_file, why_not

_DONE, _NOT_SAVED, _INTERRUPTED = 0, 1, 130


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds what can be raced; `Race` is what becomes of it."""
    parser.set_defaults(command=run)
    every = ",".join(strategy.key for strategy in STRATEGIES)
    waiting = ",".join(strategy.key for strategy in FAN_OUTS)
    parser.add_argument("pattern", nargs="?", metavar="PATTERN", help="a pattern file; else a soup from the seed")
    parser.add_argument(
        "--strategies", type=_keys, default=_keys(waiting), metavar="KEYS",
        help=f"of {every} (default those in which cells wait)",
    )  # fmt: skip
    parser.add_argument("--cells", type=_sizes, default=(45, 1024), metavar="N,…", help="sizes (default 45,1024)")
    options.add_experiment(parser)
    parser.add_argument("--repeat", type=_positive, default=3, metavar="N", help="runs of each (default 3)")
    parser.add_argument(
        "--limit", type=_seconds, default=60.0, metavar="SECONDS",
        help="what a run may take; one whose waits alone take longer is computed (default 60)",
    )  # fmt: skip
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the machine's facts and every run")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write every run as a line")
    parser.add_argument("--markdown", action="store_true", help="print the tables in Markdown")


def run(arguments: argparse.Namespace) -> int:
    """Runs the race and prints its tables; what was measured is kept whatever happens.

    Raises:
        LifeError: there is nothing to race, or the pattern cannot be read.
    """
    course = _course(arguments)
    for cells in course.cells:  # so that a bad pattern ends the race before it begins
        for warning in course.job(course.strategies[0], cells).placed().warnings:
            print(f"{course.pattern}: warning: {warning}", file=sys.stderr)
    race = Race(course)
    keeper = _Keeper(arguments.json, arguments.csv, race)
    interrupted = False
    try:
        race.run(keeper.keep)
    except KeyboardInterrupt:
        interrupted = True
        print("interrupted; this is what was measured so far", file=sys.stderr)
    _print_tables(race.entries, report.as_markdown if arguments.markdown else report.as_text)
    return _INTERRUPTED if interrupted else _NOT_SAVED if keeper.trouble else _DONE


def _course(arguments: argparse.Namespace) -> Course:
    experiment = options.experiment_of(arguments)
    if arguments.wire is None:
        experiment = replace(experiment, wire=WireKind.WAIT)
    return Course(
        experiment, arguments.strategies, arguments.cells, arguments.pattern, arguments.repeat, arguments.limit
    )


class _Keeper:
    """Tells how the race goes, and saves it after every run, so that nothing measured can be lost."""

    def __init__(self, json_file: Path | None, csv_file: Path | None, race: Race) -> None:
        self._json_file = json_file
        self._csv_file = csv_file
        self._race = race
        self.trouble = ""

    def keep(self, entry: Entry, done: int, of: int, seconds_left: float) -> None:
        """Hears of a run that has ended."""
        print(f"[{done} of {of}] {_sentence(entry)}{_time_left(seconds_left)}", file=sys.stderr, flush=True)
        entries = self._race.entries
        if self._json_file:
            self._save(self._json_file, report.as_json(self._race.course, entries))
        if self._csv_file:
            self._save(self._csv_file, report.as_csv(entries))

    def _save(self, path: Path, text: str) -> None:
        try:
            replace_file(path, text.encode())
        except (OSError, ValueError) as error:
            trouble = f"{path}: {why_not('saved', error)}; the race goes on, and its tables are printed at the end"
            if trouble != self.trouble:
                print(trouble, file=sys.stderr)
            self.trouble = trouble


def _sentence(entry: Entry) -> str:
    seconds = "" if entry.seconds is None else f" {entry.seconds:.3g} s"
    ratio = "" if entry.ratio is None else f", {entry.ratio:.3g} × the wait"
    how = "" if entry.outcome is Outcome.MEASURED else f" ({entry.outcome.value}{_because(entry)})"
    return f"{entry.strategy}, {entry.cells:,} cells:{seconds}{ratio}{how}"


def _because(entry: Entry) -> str:
    return f": {entry.detail}" if entry.detail else ""


def _time_left(seconds: float) -> str:
    if seconds < 1:
        return ""
    return f"; about {seconds / 60:.0f} min left" if seconds >= 90 else f"; about {seconds:.0f} s left"


def _print_tables(entries: list[Entry], form: Callable[[Sequence[Sequence[str]]], str]) -> None:
    if not entries:
        return
    print(form(report.table(entries)))
    fates = report.fates_table(entries)
    if len(fates) > 1:
        print("\nwho saw the exception\n")
        print(form(fates))


def _keys(text: str) -> tuple[str, ...]:
    try:
        return tuple(strategy_class(key.strip()).key for key in text.split(","))
    except SettingError as error:
        raise argparse.ArgumentTypeError(error.reason) from None


def _sizes(text: str) -> tuple[int, ...]:
    sizes = tuple(int(size) for size in text.split(",") if size.strip().isdecimal())
    if len(sizes) != text.count(",") + 1 or min(sizes) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} are no numbers of cells; write them as in 45,1024,10000")
    return sizes


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of runs; write 1 or more")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e6:
        raise argparse.ArgumentTypeError(f"{text!r} is no time limit; write seconds, more than 0")
    return seconds
