"""What README.md promises under "How it holds up", measured on this machine in one run.

    python -m tests.benchmarks.holds_up [--quick] [--markdown | --into README.md] [--only NAME]...

Every measurement is a function of the benchmark that is named in its row, called in a process of its own, so that none
finds what another has left. It takes about five minutes on two cores; `--quick` measures less of everything, in about
one, and is good enough to see that nothing is broken. The exit code is 1 where a bound is not kept.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).parents[2]
LATE_WITH_THREADS = 20.0  # milliseconds at the 99th percentile; what is later than 100 ms is felt
LATE_WITH_A_SOUP = 16.0  # a frame
LATE_WHEN_WILD = 100.0
SECONDS_TO_END = 1.0
SECONDS_TO_END_WILD = 2.0
MEMORY_KEPT = 128.0  # MiB, of the 500 that 20,000 threads take; the allocator has it ready for the next ones
GROWTH = {"memory": 0.25, "threads": 0.01, "files": 0.01}  # MiB and numbers per 1,000 generations
SECONDS_TO_START = 5.0
SERVICE_GROWTH = 16.0  # MiB


@dataclass(frozen=True)
class Row:
    """A promise, its bound in words, what was measured, whether that keeps the bound, and what keeps watch over it."""

    promise: str
    bound: str
    measured: str
    holds: bool
    guard: str


def start_up(quick: bool) -> Iterator[Row]:
    """Until the first paint, beside an empty window."""
    from tests.benchmarks import bench_start

    with bench_start.surroundings() as environment:
        empty, painted, complete = bench_start.measured(3 if quick else bench_start.RUNS, environment)
    ratio = min(painted) / min(empty)
    yield Row(
        "The window is painted at once",
        f"{bench_start.ALLOWED:g} × the time of an empty PySide6 window",
        f"{ratio:.2f} × ({_ms(min(painted))} against {_ms(min(empty))}; complete after {_ms(min(complete))})",
        ratio <= bench_start.ALLOWED,
        "bench_start",
    )


def while_threads_wait(quick: bool) -> Iterator[Row]:
    """The event loop beside 1,024 threads."""
    from tests.benchmarks import bench_window

    measured = bench_window.measure(1_024, "thread-per-cell", 3 if quick else 15, compares=False)
    yield _row_of_lateness(
        "The window answers while 1,024 threads make a generation", measured.late, LATE_WITH_THREADS, "bench_window"
    )


def while_a_soup_runs(quick: bool) -> Iterator[Row]:
    """The event loop beside a huge board that somebody moves."""
    from tests.benchmarks import bench_big_board

    side = 4_096 if quick else 16_384
    measurements = bench_big_board.measure(side, 2.0 if quick else 10.0, moves=("pan",))
    late = [tick for measured in measurements for tick in measured.late]
    promise = f"… while a soup of {side:,} × {side:,} cells runs as fast as it goes and is moved"
    yield _row_of_lateness(promise, sorted(late), LATE_WITH_A_SOUP, "bench_big_board")


def stop_and_close(quick: bool) -> Iterator[Row]:
    """In the middle of a generation, with every strategy whose cells wait."""
    from life.experiment import WireKind
    from life.fanout import FAN_OUTS
    from tests.benchmarks import bench_stop

    cells = 1_024 if quick else 10_000
    times = {strategy.key: bench_stop.measure(strategy.key, cells, WireKind.WAIT) for strategy in FAN_OUTS}
    for number, what in enumerate(("Stop", "Close")):
        slowest = max(times, key=lambda key: times[key][number])
        took = times[slowest][number]
        left = sum(figures[2] for figures in times.values())
        yield Row(
            f"{what} ends a generation of {cells:,} waiting cells, whatever the strategy",
            f"{SECONDS_TO_END:g} s, and no thread left",
            f"{took:.0f} ms at most ({slowest}), {left} threads left",
            took <= SECONDS_TO_END * 1000 and not left,
            "bench_stop",
        )


def soak(quick: bool) -> Iterator[Row]:
    """What a window takes ever more of while all strategies take their turns."""
    import numpy as np
    from PySide6.QtWidgets import QApplication

    from gui.opening import looked_after
    from tests.benchmarks import bench_soak

    turn, rounds = (20, 12) if quick else (100, 30)
    application = QApplication.instance() or QApplication(["bench"])
    with tempfile.TemporaryDirectory() as folder:
        window = bench_soak.new_window(Path(folder))
        with looked_after(window):
            samples = bench_soak.run_rounds(window, rounds, turn)
        window.close()
        window.deleteLater()
    del application
    late = samples[len(samples) // 2 :]  # until then pools, caches and histories fill
    made = np.array([made for made, _ in late]) / 1_000
    slopes = {name: float(np.polyfit(made, [taken[name] for _, taken in late], 1)[0]) for name in GROWTH}
    slopes = {name: round(slope, 2) + 0.0 for name, slope in slopes.items()}  # no -0.00
    yield Row(
        f"Nothing grows in {samples[-1][0]:,.0f} generations, with all strategies in turn",
        f"per 1,000: {GROWTH['memory']:g} MiB, no thread, no open file",
        f"{slopes['memory']:+.2f} MiB, {slopes['threads']:+.2f} threads, {slopes['files']:+.2f} files",
        all(slope <= GROWTH[name] for name, slope in slopes.items()),
        "bench_soak, test_soak",
    )


def wild(cells: int, quick: bool) -> Iterator[Row]:
    """More threads than a machine likes to give, all of which wait when Stop is pressed."""
    from life.experiment import Experiment
    from tests.benchmarks import bench_wild

    facts = bench_wild.run_one(
        cells, Experiment(strategy="thread-per-cell", latency=max(bench_wild.WAITS)), bench_wild.STOP
    )
    late, kept = facts["late"][int(len(facts["late"]) * 0.99)], facts["after"] - facts["before"]
    yield Row(
        f"{cells:,} threads are asked for, which wait a minute, and Stop is pressed",
        f"99 % less than {LATE_WHEN_WILD:.0f} ms late, stopped in {SECONDS_TO_END_WILD:g} s, "
        f"less than {MEMORY_KEPT:.0f} MiB kept, the next generation right",
        f"{late:.0f} ms, {facts['stop']:.2f} s, {kept:+.0f} MiB, {'right' if facts['right'] else 'WRONG'}; "
        f"{facts['threads']:,} threads had started",
        late < LATE_WHEN_WILD and facts["stop"] < SECONDS_TO_END_WILD and kept < MEMORY_KEPT and facts["right"],
        "bench_wild",
    )


def service(quick: bool) -> Iterator[Row]:
    """The rule service and what nobody should send to it."""
    from tests.benchmarks import bench_service

    requests = 2_000 if quick else 20_000
    measured = bench_service.measure(requests)
    yield Row(
        f"The rule service survives {requests:,} mangled requests",
        f"right answers afterwards, and less than {SERVICE_GROWTH:g} MiB more",
        f"{'right' if measured.is_right else 'WRONG'}, {measured.grown:+.1f} MiB, {measured.per_second:,.0f} a second",
        measured.is_right and measured.grown < SERVICE_GROWTH,
        "bench_service, test_wire_service",
    )


def bundle(quick: bool) -> Iterator[Row]:
    """What was built, where something was."""
    folder = ROOT / "dist" / "lifeloom"
    if not folder.is_dir():
        return
    megabytes = sum(path.lstat().st_size for path in folder.rglob("*")) / 1e6
    began = time.perf_counter()
    subprocess.run([folder / "lifeloom", "--version"], check=True, capture_output=True)
    took = time.perf_counter() - began
    yield Row(
        "The bundle starts without Python",
        f"{SECONDS_TO_START:g} s",
        f"{took:.1f} s to say its version; {megabytes:,.0f} MB",
        took <= SECONDS_TO_START,
        "check_bundle",
    )


MEASUREMENTS: dict[str, Callable[[bool], Iterator[Row]]] = {
    "start": start_up,
    "threads": while_threads_wait,
    "soup": while_a_soup_runs,
    "stop": stop_and_close,
    **{f"wild-{cells // 1_000}": partial(wild, cells) for cells in (10_000, 30_000, 100_000)},
    "soak": soak,
    "service": service,
    "bundle": bundle,
}


LONG = ("wild-30", "wild-100")  # not for the quick


def _row_of_lateness(promise: str, late: list[float], bound: float, guard: str) -> Row:
    most_of = late[int(len(late) * 0.99)]
    return Row(
        promise,
        f"99 % of its turns less than {bound:.0f} ms late",
        f"{most_of:.1f} ms, {statistics.median(late):.1f} at the median, {late[-1]:.0f} at most",
        most_of < bound,
        guard,
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def as_text(rows: list[Row]) -> str:
    lines = []
    for row in rows:
        lines.append(f"{'holds' if row.holds else 'FAILS'}  {row.promise}")
        lines.append(f"       {row.measured}   (bound: {row.bound}; {row.guard})")
    return "\n".join(lines)


def as_markdown(rows: list[Row]) -> str:
    lines, above = ["| promise | bound | measured | by |", "|---|---|---|---|"], ""
    for row in rows:
        guard = ", ".join(f"`{name}`" for name in row.guard.split(", "))
        bound, above = "the same" if row.bound == above else row.bound, row.bound
        lines.append(f"| {row.promise} | {bound} | {row.measured} | {guard} |")
    return "\n".join(lines)


def put_into(file: Path, table: str) -> None:
    """Puts a table in the place of the one in `file` that begins as it does."""
    text = file.read_text(encoding="utf-8")
    heading = table.partition("\n")[0]
    before, found, after = text.partition(heading)
    if not found:
        raise SystemExit(f"{file} has no table that begins with {heading}")
    file.write_text(before + table + "\n\n" + after.partition("\n\n")[2], encoding="utf-8")


def rows_of(name: str, quick: bool) -> list[Row]:
    """The rows of one measurement, made in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.holds_up", "--here", name, *(["--quick"] if quick else [])]
    with homeless() as environment:
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        return [Row(name.replace("-", " ").capitalize(), "that it can be measured", "it could not be", False, name)]
    return [Row(**facts) for facts in json.loads(done.stdout.splitlines()[-1])]


def measure_here(name: str, quick: bool) -> NoReturn:
    """Prints the rows of one measurement as JSON, and ends the process whatever a wild experiment may have left."""
    code = 1
    try:
        print(json.dumps([asdict(row) for row in MEASUREMENTS[name](quick)]), flush=True)
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(code)


@contextmanager
def homeless() -> Iterator[dict[str, str]]:
    """An environment with no screen, and with folders for settings and logs that go with it."""
    with tempfile.TemporaryDirectory() as home:
        folders = {f"XDG_{name}_HOME": str(Path(home, name)) for name in ("CONFIG", "STATE", "DATA", "CACHE")}
        yield {**os.environ, "QT_QPA_PLATFORM": "offscreen", **folders}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.holds_up")
    parser.add_argument("--quick", action="store_true", help="less of everything, in about a minute")
    parser.add_argument("--markdown", action="store_true", help="as the table of README.md")
    parser.add_argument(
        "--into", type=Path, metavar="FILE", help="put that table in the place of the one that is there"
    )
    parser.add_argument("--only", action="append", choices=list(MEASUREMENTS), help="not all of it")
    parser.add_argument("--here", choices=list(MEASUREMENTS), help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    if arguments.here:
        measure_here(arguments.here, arguments.quick)
    rows = []
    for name in arguments.only or MEASUREMENTS:
        if arguments.quick and name in LONG:
            continue
        began = time.perf_counter()
        rows += rows_of(name, arguments.quick)
        print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
    print(as_markdown(rows) if arguments.markdown else as_text(rows))
    if arguments.into:
        put_into(arguments.into, as_markdown(rows))
    return int(not all(row.holds for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
