import json

import pytest

from life.__main__ import main
from life.bands.cutting import cut, put_together
from life.bench import command
from life.bench.bands import ALONE, COMPILED, NUMPY, BandSpeed, NumPyStep, band_speeds
from life.bench.speeds import soup
from life.engine.compiler import Compiler
from life.engine.generation import next_board
from life.rule import CONWAY
from life.topology import TORUS


def without_numba(loop_by, rule):
    raise ImportError("No module named 'numba'")


def test_one_thread_is_compared_with_bands_on_threads_and_on_processes(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(command, "Compiler", lambda: Compiler(without_numba))
    file = tmp_path / "speeds.json"
    options = ["--sizes", "8", "--densities", "0.4", "--seconds", "0.001", "--bands", "24", "--json", str(file)]
    assert main(["bench", *options]) == 0
    bands = json.loads(file.read_text(encoding="utf-8"))["bands"]
    assert [speed["workers"] for speed in bands[:-1]] == [ALONE, "1 thread, bands", "2 threads", "4 threads"]
    assert bands[-1]["workers"].endswith(" processes")
    assert {(speed["kernel"], speed["side"]) for speed in bands} == {(NUMPY, 24)}
    assert f"times {ALONE}" in capsys.readouterr().out


def test_every_kernel_is_compared_with_itself_on_one_thread():
    alone = BandSpeed(COMPILED, ALONE, 1000, 10, 0.01)
    two = BandSpeed(COMPILED, "2 threads", 1000, 10, 0.005)
    slow = BandSpeed(NUMPY, ALONE, 1000, 10, 1.0)
    lines = command.table_of_bands([alone, two, slow])
    assert lines[2] == ("1,000²", COMPILED, "2 threads", "10", "2.0", "2.00")
    assert lines[3][-1] == "1.00"


def test_the_step_in_numpy_is_right():
    board = soup(30, 0.4)
    rows = [NumPyStep(CONWAY, TORUS, 1)(band) for band in cut(board, TORUS, 3, 1)]
    assert put_together(board, rows) == next_board(board, CONWAY, TORUS)


def test_without_a_compiler_only_numpy_is_measured():
    compiler = Compiler(without_numba)
    assert next(band_speeds(16, compiler)).kernel == NUMPY


@pytest.mark.parametrize("options", [["--bands", "x"], ["--bands", "70000"]])
def test_boards_that_cannot_be_are_refused_in_one_line(options, capsys):
    with pytest.raises(SystemExit) as refused:
        main(["bench", *options])
    assert refused.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
