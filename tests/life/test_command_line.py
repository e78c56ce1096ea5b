"""`python -m life`, as somebody types it."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from life.__main__ import main
from life.fanout import FAN_OUTS

ROOT = Path(__file__).parents[2]
GLIDER = ROOT / "assets/patterns/spaceships/glider.rle"
KEYS = [strategy.key for strategy in FAN_OUTS]
TABLE = """\
    0     |     1     |     2     |     3     |     4
---*----- | --------- | --------- | --------- | ---------
----*---- | --*-*---- | ----*---- | ---*----- | ----*----
--***---- | ---**---- | --*-*---- | ----**--- | -----*---
--------- | ---*----- | ---**---- | ---**---- | ---***---
--------- | --------- | --------- | --------- | ---------
"""


@pytest.fixture
def book(tmp_path: Path) -> str:
    path = tmp_path / "book.rle"
    path.write_text("x = 9, y = 5, rule = B3/S23:T9,5\n3bo$4bo$2b3o!\n")
    return str(path)


def test_columns_are_the_table_of_the_book(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", book, "--generations", "4"]) == 0
    printed = capsys.readouterr()
    assert [line.rstrip() for line in printed.out.splitlines()] == TABLE.splitlines()
    assert printed.err == ""


@pytest.mark.parametrize("key", KEYS)
def test_json_is_one_object_with_the_facts(key: str, book: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--strategy", key, "--wire", "wait", "--latency", "2", "--jitter", "1", "--generations", "4"]
    assert main(["run", book, "--as", "json", *arguments]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["generation"], facts["population"], facts["width"], facts["height"]) == (4, 5, 9, 5)
    assert (facts["rule"], facts["strategy"], facts["failures"]) == ("B3/S23", key, [])
    assert 4 * 0.001 <= facts["ideal_seconds"] <= 4 * 0.003
    assert facts["seconds"] >= facts["ideal_seconds"]
    assert facts["peak_threads"] >= 1


def test_rle_goes_out_as_it_came_in(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", book, "--as", "rle", "--generations", "4"]) == 0
    printed = capsys.readouterr().out
    assert "B3/S23:T9,5" in printed
    again = Path(book).with_name("again.rle")
    again.write_text(printed)
    assert main(["run", str(again), "--generations", "0"]) == 0
    rows = [line.split(" | ")[-1].rstrip() for line in TABLE.splitlines()[1:]]
    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()[1:]] == rows


@pytest.mark.parametrize("key", KEYS)
def test_without_a_topology_it_is_the_endless_plane(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--strategy", key, "--as", "json", "--generations", "200"]
    assert main(["run", str(GLIDER), *arguments]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["width"], facts["height"], facts["population"]) == (3, 3, 5), "of the box around what lives"
    assert (facts["universe"], facts["generation"]) == ("B3/S23", 200)


def test_with_a_size_it_is_a_torus(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(GLIDER), "--as", "json", "--size", "64x48"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["width"], facts["height"], facts["universe"]) == (64, 48, "B3/S23:T64,48")


@pytest.mark.parametrize("engine", ["automatic", "tiles", "hashlife"])
def test_a_million_generations_at_once_are_quick(engine: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--strategy", "whole-board", "--engine", engine, "--memory", "256", "--generations", "1000000"]
    assert main(["run", str(GLIDER), "--as", "json", *arguments]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["population"], facts["generation"], facts["ideal_seconds"]) == (5, 1_000_000, 0)


def test_many_at_a_time_are_printed_as_the_last_one_where_nobody_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--strategy", "whole-board", "--engine", "hashlife"]
    assert main(["run", str(GLIDER), "--generations", "1024", *arguments]) == 0
    assert "x = 3, y = 3, rule = B3/S23" in capsys.readouterr().out
    assert main(["run", str(GLIDER), "--generations", "2", *arguments]) == 0
    assert capsys.readouterr().out.startswith(" 0  |  1  |  2")


def test_columns_of_the_plane_are_all_cut_out_of_the_same_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(GLIDER), "--generations", "4"]) == 0
    rows = [line.split(" | ") for line in capsys.readouterr().out.splitlines()[1:]]
    assert [row[0].rstrip() for row in rows] == ["-*--", "--*-", "***-", "----"]
    assert [row[4].rstrip() for row in rows] == ["----", "--*-", "---*", "-***"]


def test_what_lies_too_far_apart_for_rle_is_printed_as_macrocell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gliders = tmp_path / "apart.lif"
    gliders.write_text("#Life 1.06\n1 -5\n0 -4\n0 -3\n1 -3\n2 -3\n1 3\n2 4\n0 5\n1 5\n2 5\n")
    arguments = ["--strategy", "whole-board", "--engine", "hashlife", "--generations", str(1 << 64)]
    assert main(["run", str(gliders), *arguments]) == 0
    assert capsys.readouterr().out.startswith("[M2]")


def test_a_fault_can_be_planted_anywhere_on_the_plane(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--strategy", "thread-pool", "--fail=-1,0", "--as", "json", "--generations", "4"]
    assert main(["run", str(GLIDER), *arguments]) == 1
    (failure,) = json.loads(capsys.readouterr().out)["failures"]
    assert (failure["y"], failure["x"]) == (-1, 0)


@pytest.mark.parametrize("memory", ["0", "3000000"])
def test_an_amount_of_memory_that_cannot_be_is_refused(memory: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(GLIDER), "--memory", memory]) == 2
    assert "memory" in capsys.readouterr().err


def test_a_failure_that_reached_the_caller_is_exit_code_1_and_the_ideal_is_printed(
    book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--strategy", "thread-pool", "--wire", "wait", "--latency", "5", "--fail", "2,3"]
    assert main(["run", book, "--as", "json", "--generations", "4", *arguments]) == 1
    printed = capsys.readouterr()
    facts = json.loads(printed.out)
    assert facts["generation"] == 0
    assert facts["ideal_seconds"] == pytest.approx(0.005)
    (failure,) = facts["failures"]
    assert (failure["generation"], failure["y"], failure["x"]) == (1, 2, 3)
    assert (failure["exception"], failure["fate"]) == ("OSError: Problem with I/O", "reached the caller")
    assert printed.err == "generation 1 failed: OSError: Problem with I/O\n"


def test_a_failure_that_a_thread_swallowed_is_exit_code_0(book: str, capfd: pytest.CaptureFixture[str]) -> None:
    arguments = ["--strategy", "thread-per-cell", "--fail", "2,3", "--fail", "0,3:exit"]
    assert main(["run", book, "--as", "json", *arguments]) == 0
    printed = capfd.readouterr()
    fates = {(f["y"], f["x"]): f["fate"] for f in json.loads(printed.out)["failures"]}
    assert fates == {(2, 3): "only stderr", (0, 3): "nobody at all"}
    assert printed.err.count("Exception in thread") == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--size", "9by5"], "is no size"),
        (["--size", "0x5"], "is no size"),
        (["--generations", "-1"], "is no number of generations"),
        (["--fail", "3"], "names no cell"),
        (["--fail", "3,4:boredom"], "there is no fault called"),
        (["--fail", "99,4"], "lies outside the board"),
        (["--fail-rate", "2"], "fault rate: must be 0 to 1"),
        (["--strategy", "fork-bomb"], "fork-bomb"),
        (["--latency", "-5"], "latency: must be"),
        (["--latency", "nan"], "latency: must be"),
        (["--workers", "0"], "workers: must be"),
        (["--service", "nowhere"], "is no address"),
        (["--trace", "trace.json", "--generations", "0"], "--trace: no generation is run"),
        (["--trace", "no/such/folder/trace.json"], "there is no such folder"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    arguments: list[str], sentence: str, book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code: object = main(["run", book, *arguments])
    except SystemExit as exit_:
        code = exit_.code
    printed = capsys.readouterr()
    assert code == 2
    assert printed.out == ""
    assert sentence in printed.err
    assert len(printed.err.splitlines()) == 1


def test_the_last_generation_is_written_as_a_trace(
    book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "trace.json"
    assert main(["run", book, "--generations", "3", "--strategy", "thread-pool", "--trace", str(path)]) == 0
    exported = json.loads(path.read_text())
    assert exported["metadata"]["generation"] == 3
    assert sum(event["name"] == "step_cell" for event in exported["traceEvents"]) == 45
    assert capsys.readouterr().err == ""


def test_a_generation_that_failed_is_written_as_a_trace_too(
    book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "trace.json.gz"
    assert main(["run", book, "--generations", "3", "--fail", "2,3", "--trace", str(path)]) == 1
    exported = json.loads(gzip.decompress(path.read_bytes()))
    assert exported["metadata"]["error"] == "OSError: Problem with I/O"
    (failure,) = [event for event in exported["traceEvents"] if event["ph"] == "i"]
    assert failure["args"]["reached caller"] is True
    assert capsys.readouterr().err == "generation 1 failed: OSError: Problem with I/O\n"


def test_a_trace_that_cannot_be_written_costs_no_generation(
    book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", book, "--as", "rle", "--trace", str(tmp_path)]) == 2
    printed = capsys.readouterr()
    assert "x = 9, y = 5" in printed.out
    assert printed.err == f"--trace: {tmp_path}: this cannot be saved: it is a folder\n"


def test_without_trace_nothing_is_recorded(
    book: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("life.caller.Sampler", lambda: 1 / 0)
    assert main(["run", book]) == 0
    capsys.readouterr()


def test_a_bad_file_is_named_with_line_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.rle"
    path.write_text("x = 3, y = 1\nbq!\n")
    assert main(["run", str(path)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{path}:2:2: ")


def test_a_missing_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(tmp_path / "none.rle")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_as_a_process_from_another_folder_over_the_service(book: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "life", "run", book, "--generations", "4"]
    command += ["--strategy", "coroutines", "--wire", "service", "--latency", "1"]
    done = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "PATH": ""}, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert [line.rstrip() for line in done.stdout.splitlines()] == TABLE.splitlines()
    assert done.returncode == 0


def test_a_reader_that_has_had_enough_is_no_error(book: str) -> None:
    command = f"'{sys.executable}' -m life run '{book}' --generations 3000 | head -n 1"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("    0     |     1")
    assert done.stderr == ""
