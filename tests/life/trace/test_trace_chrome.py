"""The exported trace, against the rules by which Perfetto and the Firefox Profiler read one."""

import gzip
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from life.board import Board
from life.caller import Caller, record_of
from life.errors import Fate
from life.experiment import Experiment, Fault, WireKind
from life.fanout import FAN_OUTS
from life.history import Record
from life.rule import CONWAY
from life.stop import StopSignal
from life.topology import TORUS
from life.trace.chrome import chrome_trace, write_chrome_trace
from life.trace.columns import Trace
from life.trace.rows import MOST_ROWS
from tests.life.trace.synthetic import Step, trace_of, traces

KEYS = [strategy.key for strategy in FAN_OUTS]
LARGEST_ID = 2**32 - 1
SLICES = {"step_cell", "step_rows", "I/O wait", "wait for grid lock", "handing out", "stepping cells", "collecting"}
METADATA = {"process_name", "process_sort_index", "thread_name", "thread_sort_index"}


def ns(microseconds: float) -> int:
    """Nanoseconds as Perfetto makes them."""
    nanoseconds = round(microseconds * 1000)
    assert nanoseconds / 1000 == microseconds, "more than three decimals"
    return nanoseconds


def validate(exported: dict[str, Any], record: Record) -> None:
    """Fails where a rule for a writer is broken."""
    text = json.dumps(exported, allow_nan=False)
    assert text.startswith('{"')
    assert json.loads(text) == exported
    events = exported["traceEvents"]
    for event in events:
        check_event(event)
    check_rows_have_names(events)
    check_nesting([event for event in events if event["ph"] == "X"])
    check_cells([event for event in events if event["ph"] == "X"], record.trace)
    check_times(events, record.trace)
    instants = [event for event in events if event["ph"] == "i"]
    assert Counter((e["args"]["y"], e["args"]["x"], e["args"]["fate"]) for e in instants) == Counter(
        (failure.y, failure.x, failure.fate.value) for failure in record.failures
    )


def check_event(event: dict[str, Any]) -> None:
    assert isinstance(event["name"], str)
    assert event["ph"] in "XiCM"
    assert 0 < event["pid"] <= LARGEST_ID
    assert isinstance(event["ts"], int | float)
    assert event["ts"] >= 0
    assert isinstance(event["args"], dict)
    match event["ph"]:
        case "X":
            assert event["name"] in SLICES
            assert event["dur"] >= 0
            assert 0 < event["tid"] <= LARGEST_ID
            assert isinstance(event["args"]["detail"], str)
        case "i":
            assert event["s"] == "t"
            assert 0 < event["tid"] <= LARGEST_ID
            assert isinstance(event["args"]["reached caller"], bool)
            assert event["args"]["reached caller"] == (event["args"]["fate"] == Fate.CALLER.value)
        case "C":
            assert event["args"]
            assert all(isinstance(value, int | float) for value in event["args"].values())
        case "M":
            assert event["name"] in METADATA


def check_rows_have_names(events: list[dict[str, Any]]) -> None:
    names = {event["tid"]: event["args"]["name"] for event in events if event["name"] == "thread_name"}
    orders = {event["tid"]: event["args"]["sort_index"] for event in events if event["name"] == "thread_sort_index"}
    assert {event["tid"] for event in events if event["ph"] in "Xi"} <= set(names)
    assert set(names) == set(orders)
    assert (names[1], orders[1]) == ("caller", -1)
    assert min(order for row, order in orders.items() if row != 1) > 0 if len(orders) > 1 else True
    assert len(set(names.values())) == len(names)


def check_nesting(slices: list[dict[str, Any]]) -> None:
    """On a row, of two slices one holds the other, or one ends before the other begins."""
    rows = defaultdict(list)
    for event in slices:
        start = ns(event["ts"])
        rows[event["tid"]].append((start, -(start + ns(event["dur"]))))
    for spans in rows.values():
        open_ends: list[int] = []
        for start, negative_end in sorted(spans):
            while open_ends and open_ends[-1] <= start:
                open_ends.pop()
            assert not open_ends or -negative_end <= open_ends[-1], "two slices of a row overlap"
            open_ends.append(-negative_end)


def check_cells(slices: list[dict[str, Any]], trace: Trace) -> None:
    seen: Counter[int] = Counter()
    for event in slices:
        if event["name"] in ("step_cell", "step_rows"):
            args = event["args"]
            first = args["y"] * trace.width + args["x"]
            seen.update(range(first, first + args.get("cells", 1)))
            assert ns(event["ts"]) == trace.begun[first] - trace.started
    assert seen == Counter(cell for cell in range(trace.cells) if trace.begun[cell])


def check_times(events: list[dict[str, Any]], trace: Trace) -> None:
    last = max([trace.finished, *trace.ended, *trace.failed, *trace.begun, *trace.answered]) - trace.started
    assert max(ns(event["ts"]) + ns(event.get("dur", 0)) for event in events) <= last


def bare_record(trace: Trace) -> Record:
    board = Board(trace.height, trace.width)
    return Record(trace, board, board, "made-up", Experiment(), 1.0, 1.0, 1, (), "", None)


def run(key: str, height: int = 9, width: int = 11, **more: Any) -> Record:
    experiment = Experiment(strategy=key, **{"wire": WireKind.WAIT, "latency": 0.005, **more})
    board = Board.from_live(height, width, [(2, 1), (2, 2), (2, 3)])
    trace = Trace(1, height, width, is_recorded=True)
    with Caller(experiment, CONWAY, TORUS) as caller:
        return record_of(board, trace, experiment, caller.run(board, trace, StopSignal()))


@given(traces())
def test_any_trace_is_exported_by_the_rules(trace: Trace) -> None:
    trace.times(trace.ended)[:] = [  # a thread steps one cell after another: no two of its steps begin at once
        max(trace.ended[cell], trace.begun[cell] + 1) if trace.ended[cell] else 0 for cell in range(trace.cells)
    ]
    trace.times(trace.thread)[:] = [cell + 5 for cell in range(trace.cells)]
    trace.caller = 4
    validate(chrome_trace(bare_record(trace)), bare_record(trace))


@pytest.mark.parametrize("key", KEYS)
def test_every_strategy_is_exported_by_the_rules(key: str) -> None:
    record = run(key)
    exported = chrome_trace(record)
    validate(exported, record)
    names = Counter(event["name"] for event in exported["traceEvents"])
    steps = names["step_cell"] + names["step_rows"]
    assert steps == names["I/O wait"] == (8 if key == "row-batches" else 99)
    assert names["live threads"] > 0
    assert names["memory"] >= 2
    assert exported["metadata"]["strategy"] == key


@pytest.mark.parametrize("key", KEYS)
def test_a_generation_with_failures_is_exported_by_the_rules(key: str, capfd: pytest.CaptureFixture[str]) -> None:
    faults = {(2, 3): Fault.ERROR, (4, 4): Fault.EXIT, (8, 10): Fault.NONSENSE}
    record = run(key, faults=faults)
    validate(chrome_trace(record), record)
    assert record.failures
    capfd.readouterr()


def test_a_failure_says_whether_the_caller_saw_it_on_the_row_of_its_cell(capfd: pytest.CaptureFixture[str]) -> None:
    exported = chrome_trace(run("thread-per-cell", faults={(2, 3): Fault.ERROR}))
    (instant,) = [event for event in exported["traceEvents"] if event["ph"] == "i"]
    assert instant["name"] == "OSError: Problem with I/O"
    assert (instant["args"]["reached caller"], instant["args"]["fate"]) == (False, "only stderr")
    (step,) = [
        event
        for event in exported["traceEvents"]
        if event["name"] == "step_cell" and (event["args"]["y"], event["args"]["x"]) == (2, 3)
    ]
    assert step["tid"] == instant["tid"]
    assert step["ts"] <= instant["ts"] <= step["ts"] + step["dur"]
    capfd.readouterr()


def test_the_callers_own_cells_are_on_its_row() -> None:
    events = chrome_trace(run("serial"))["traceEvents"]
    assert {event["tid"] for event in events if event["ph"] == "X"} == {1}


def test_more_threads_than_a_viewer_can_show_are_lanes() -> None:
    steps = [Step(10 + n, 5 + n, ended=8 + n) for n in range(MOST_ROWS)]
    few = bare_record(trace_of(steps, 1000))
    many = bare_record(trace_of([*steps, Step(9, 500, ended=600)], 1000))
    for record, rows in ((few, MOST_ROWS), (many, 3)):
        exported = chrome_trace(record)
        validate(exported, record)
        assert len({event["tid"] for event in exported["traceEvents"] if event["name"] == "step_cell"}) == rows


def test_rows_are_in_the_order_in_which_threads_began() -> None:
    record = bare_record(trace_of([Step(7, 30, ended=40), Step(9, 10, ended=20), Step(8, 20, ended=25)], 50))
    events = chrome_trace(record)["traceEvents"]
    assert [e["tid"] for e in sorted(events, key=lambda e: e["ts"]) if e["name"] == "step_cell"] == [2, 3, 4]


def test_what_has_not_ended_is_drawn_to_the_end_and_says_so() -> None:
    record = bare_record(trace_of([Step(7, 11, asked=21), Step(8, 11, ended=101)], 101))
    exported = chrome_trace(record)
    validate(exported, record)
    hanging = next(event for event in exported["traceEvents"] if event["args"].get("unfinished"))
    assert (hanging["ts"], hanging["dur"]) == (0.01, 0.09)


def test_very_many_changes_of_the_number_of_threads_keep_their_peak() -> None:
    steps = [Step(10 + n, 5 + n, ended=3005 + 2 * n) for n in range(3000)]
    counts = [
        event["args"]["in a step"]
        for event in chrome_trace(bare_record(trace_of(steps, 20_000)))["traceEvents"]
        if event["name"] == "live threads"
    ]
    assert len(counts) == 2000
    assert (max(counts), counts[-1]) == (3000, 0)


def test_a_file_is_json_or_compressed_json_by_its_name(tmp_path: Path) -> None:
    record = run("thread-pool")
    write_chrome_trace(tmp_path / "trace.json", record)
    write_chrome_trace(tmp_path / "trace.json.gz", record)
    plain = (tmp_path / "trace.json").read_bytes()
    assert gzip.decompress((tmp_path / "trace.json.gz").read_bytes()) == plain
    validate(json.loads(plain), record)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["trace.json", "trace.json.gz"]


def test_an_old_file_stays_whole_where_the_new_one_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "trace.json"
    path.write_text("old")
    monkeypatch.setattr("os.fsync", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_chrome_trace(path, run("serial"))
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["trace.json"]
