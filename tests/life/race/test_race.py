"""The race, with real child processes and waits of a few milliseconds."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.__main__ import main
from life.experiment import Experiment, Fault, WireKind
from life.fanout import FAN_OUTS
from life.race import race as race_module
from life.race.child import facts_of
from life.race.course import Course, waits_alone
from life.race.entry import Entry, Outcome
from life.race.job import Job, size_of
from life.race.race import Race, last_words
from life.race.report import as_csv, as_json, as_markdown, as_text, rows_of, table

ROOT = Path(__file__).parents[3]
KEYS = tuple(strategy.key for strategy in FAN_OUTS)
QUICK = Experiment(strategy="serial", wire=WireKind.WAIT, latency=0.002)


def raced(course: Course) -> list[Entry]:
    race = Race(course)
    race.run(lambda *_: None)
    return race.entries


def test_every_strategy_runs_in_a_child_and_makes_the_board_that_serial_makes() -> None:
    entries = raced(Course(QUICK, KEYS, (45,), repeat=1))
    assert [entry.strategy for entry in entries] == list(KEYS)
    assert {entry.outcome for entry in entries} == {Outcome.MEASURED}
    by_key = {entry.strategy: entry for entry in entries}
    assert by_key["thread-per-cell"].threads_started == 45
    assert by_key["coroutines"].threads_started == 0
    for entry in entries:
        assert entry.seconds is not None
        assert entry.ideal_seconds == pytest.approx(0.002)
        assert entry.ratio == pytest.approx(entry.seconds / 0.002)
        assert entry.seconds >= 0.002
        assert entry.cpu_seconds is not None
        assert (entry.failures, entry.reached, entry.lost) == (0, 0, 0)


def test_runs_are_in_turn_and_as_many_as_asked_for() -> None:
    entries = raced(Course(QUICK, ("coroutines", "row-batches"), (4, 9), repeat=2))
    order = [(entry.strategy, entry.cells) for entry in entries]
    once = [("coroutines", 4), ("row-batches", 4), ("coroutines", 9), ("row-batches", 9)]
    assert order == once * 2


def test_an_absurd_run_is_computed_and_never_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(race_module, "Child", None)
    slow = Experiment(strategy="serial", wire=WireKind.WAIT, latency=0.1)
    (entry,) = raced(Course(slow, ("serial",), (10_000,), repeat=3))
    assert entry.outcome is Outcome.COMPUTED
    assert entry.seconds == pytest.approx(1000)
    assert entry.to_facts()["computed"] is True
    assert entry.ratio == pytest.approx(10_000)


def test_the_fate_of_the_same_fault_in_every_strategy() -> None:
    faulty = Experiment(strategy="serial", wire=WireKind.WAIT, latency=0.002, faults={(2, 3): Fault.ERROR})
    entries = {entry.strategy: entry for entry in raced(Course(faulty, KEYS, (45,), repeat=1))}
    swallowed = entries.pop("thread-per-cell")
    assert swallowed.outcome is Outcome.MEASURED
    assert (swallowed.failures, swallowed.reached, swallowed.lost) == (1, 0, 1)
    assert swallowed.fates == (("only stderr", 1),)
    for entry in entries.values():
        assert entry.outcome is Outcome.FAILED
        assert (entry.failures, entry.reached, entry.lost) == (1, 1, 0)
        assert entry.fates == (("reached the caller", 1),)


def test_a_run_past_its_limit_is_stopped_and_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(race_module, "_SECONDS_TO_START", 0.0)
    hanging = Experiment(strategy="serial", wire=WireKind.WAIT, latency=0.0, faults={(0, 0): Fault.HANG}, time_limit=60)
    (entry,) = raced(Course(hanging, ("coroutines",), (9,), repeat=3, limit=1.0))
    assert (entry.outcome, entry.seconds) == (Outcome.OVER_LIMIT, None)


def test_a_child_that_dies_is_a_result_with_its_last_words(monkeypatch: pytest.MonkeyPatch) -> None:
    died = [sys.executable, "-c", "import sys; print('out of everything'); sys.exit(7)"]
    monkeypatch.setattr(race_module, "child_command", lambda *_: died)
    (first, second) = raced(Course(QUICK, ("coroutines",), (9,), repeat=2))
    assert first.outcome is second.outcome is Outcome.DIED
    assert "out of everything" in first.detail


def test_a_wrong_board_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Race, "_expected_digest", lambda *_: "another one")
    (entry,) = raced(Course(QUICK, ("coroutines",), (9,), repeat=1))
    assert entry.outcome is Outcome.WRONG


def test_refused_threads_are_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("life.fanout.queue_workers.Thread.start", refuse)
    facts = facts_of(Job(Experiment(strategy="queue-workers", wire=WireKind.NONE), 9))
    assert list(facts) == ["error"]
    assert str(facts["error"]).startswith("RuntimeError: can't start new thread")


@given(st.integers(1, 200_000))
def test_a_board_of_so_many_cells_is_as_square_as_it_can_be(cells: int) -> None:
    height, width = size_of(cells)
    assert height <= width
    assert cells <= height * width <= cells + 2 * height + 1
    assert width <= 4 * height or cells < 4


def test_sizes_that_the_book_and_the_issue_name() -> None:
    assert [size_of(n) for n in (45, 1024, 10_000, 1_000_000)] == [(5, 9), (32, 32), (100, 100), (1000, 1000)]


def test_a_job_survives_its_way_to_the_child() -> None:
    job = Job(Experiment(strategy="thread-pool", workers=3, jitter=0.01, faults={(1, 2): Fault.CUT}), 45, "a b.rle")
    assert Job.from_json(job.to_json()) == job
    flaky = Experiment(fault_rate=0.5, fault_kind=Fault.HANG, wire=WireKind.SERVICE, address=("127.0.0.1", 4000))
    assert Job.from_json(Job(flaky, 45).to_json()) == Job(flaky, 45)
    carried = Job(flaky, 45).to_json()
    assert all(f'"{field}"' in carried for field in Experiment.__dataclass_fields__)


def test_waits_that_follow_one_another() -> None:
    def alone(key: str, workers: int | None = None) -> float:
        return waits_alone(Job(Experiment(strategy=key, workers=workers, latency=0.5), 100))

    assert alone("serial") == 50
    assert alone("thread-pool", 10) == 5
    assert alone("coroutines") == alone("thread-per-cell") == alone("row-batches", 10) == 0.5


ENTRIES = [
    Entry("serial", 45, Outcome.COMPUTED, "45 waits", seconds=4.5, ideal_seconds=0.1),
    Entry("coroutines", 45, Outcome.MEASURED, seconds=0.11, ideal_seconds=0.1, memory_reserved=8 * 2**20),
    Entry("coroutines", 45, Outcome.MEASURED, seconds=0.13, ideal_seconds=0.1),
    Entry("coroutines", 45, Outcome.MEASURED, seconds=0.12, ideal_seconds=0.1),
]


def test_a_table_has_the_median_with_minimum_and_maximum() -> None:
    _, computed, measured = table(ENTRIES)
    assert computed[2:5] == ("4.5 s", "45", "computed: 45 waits")
    assert measured[2:5] == ("0.12 s (0.11–0.13)", "1.2", "measured")
    assert measured[8] == "8.0 MiB"
    assert [len(row.entries) for row in rows_of(ENTRIES)] == [1, 3]


def test_all_forms_of_a_table_have_all_of_it() -> None:
    lines = table(ENTRIES)
    assert as_markdown(lines).splitlines()[1] == "|" + "---|" * len(lines[0])
    assert len(as_text(lines).splitlines()) == len(as_markdown(lines).splitlines()) - 1 == 3
    rows = list(csv.DictReader(io.StringIO(as_csv(ENTRIES))))
    assert [row["seconds"] for row in rows] == ["4.5", "0.11", "0.13", "0.12"]
    facts = json.loads(as_json(Course(QUICK, KEYS, (45,)), ENTRIES))
    assert [run["computed"] for run in facts["runs"]] == [True, False, False, False]
    assert facts["machine"]["cores"] == os.cpu_count()


def test_last_words_of_a_silent_child() -> None:
    assert last_words([]) == "it said nothing"


def test_on_the_command_line_everything_is_saved_and_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--strategies", "coroutines,row-batches", "--cells", "9", "--latency", "2", "--repeat", "1"]
    files = ["--json", str(tmp_path / "r.json"), "--csv", str(tmp_path / "r.csv"), "--markdown"]
    assert main(["race", *arguments, *files]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("| strategy | cells |")
    assert printed.err.splitlines()[0].startswith("[1 of 2] coroutines, 9 cells:")
    runs = json.loads((tmp_path / "r.json").read_text())["runs"]
    assert [run["strategy"] for run in runs] == ["coroutines", "row-batches"]
    assert len((tmp_path / "r.csv").read_text().splitlines()) == 3


def test_a_file_that_cannot_be_written_loses_no_measurement(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--strategies", "coroutines", "--cells", "9", "--latency", "2", "--repeat", "2"]
    assert main(["race", *arguments, "--json", str(tmp_path / "nowhere" / "r.json")]) == 1
    printed = capsys.readouterr()
    assert "coroutines" in printed.out
    assert printed.err.count("cannot be saved") == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--cells", "many"], "are no numbers of cells"),
        (["--strategies", "serial,fork-bomb"], "fork-bomb"),
        (["--repeat", "0"], "is no number of runs"),
        (["--limit", "-1"], "is no time limit"),
        (["nowhere.rle"], "nowhere.rle"),
    ],
)
def test_bad_input_is_one_line(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code: object = main(["race", *arguments])
    except SystemExit as exit_:
        code = exit_.code
    printed = capsys.readouterr()
    assert code == 2
    assert sentence in printed.err
    assert len(printed.err.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is sent as a signal")
def test_an_interrupted_race_keeps_what_was_measured_and_leaves_no_process(tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    command = [sys.executable, "-m", "life", "race", "--strategies", "row-batches,serial", "--cells", "100"]
    command += ["--latency", "300", "--repeat", "1", "--json", str(file)]
    parent = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert parent.stderr is not None
    first = parent.stderr.readline()
    assert "row-batches" in first
    deadline = time.monotonic() + 30
    while not (children := psutil.Process(parent.pid).children(recursive=True)):
        assert time.monotonic() < deadline
    parent.send_signal(signal.SIGINT)
    out, _ = parent.communicate(timeout=30)
    assert parent.returncode == 130
    assert "row-batches" in out
    assert [run["strategy"] for run in json.loads(file.read_text())["runs"]] == ["row-batches"]
    psutil.wait_procs(children, timeout=10)
    assert not any(child.is_running() for child in children)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_race_that_is_killed_leaves_no_process() -> None:
    command = [sys.executable, "-m", "life", "race", "--strategies", "serial", "--cells", "100", "--latency", "300"]
    parent = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while not (children := psutil.Process(parent.pid).children(recursive=True)):
        assert time.monotonic() < deadline
    parent.kill()
    parent.wait()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []
