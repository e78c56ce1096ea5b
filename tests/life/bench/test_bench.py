import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.__main__ import main
from life.bench import command, speeds
from life.bench.on_bytes import OnBytes
from life.bench.speeds import BASE, Contest, Speed, gun, soup
from life.board import Board
from life.engine.compiler import Compiler, specialised
from life.engine.generation import next_board
from life.rule import CONWAY
from life.topology import TORUS


def without_numba(loop_by, rule):
    raise ImportError("No module named 'numba'")


@pytest.fixture
def nothing_compiled(monkeypatch):
    monkeypatch.setattr(command, "Compiler", lambda: Compiler(without_numba))


@given(st.integers(1, 40), st.integers(0, 1000), st.integers(0, 3))
def test_what_the_rest_is_compared_with_is_right(side, seed, generations):
    board = Board.from_cells(np.random.default_rng(seed).random((side, side)) < 0.4)
    on_bytes = OnBytes(board)
    on_bytes.advance(generations)
    for _ in range(generations):
        board = next_board(board, CONWAY, TORUS)
    assert np.array_equal(on_bytes.cells(), board.cells())


def test_bands_of_bytes_meet_without_a_seam():
    board = soup(700, 0.4)
    on_bytes = OnBytes(board)
    on_bytes.advance(2)
    expected = next_board(next_board(board, CONWAY, TORUS), CONWAY, TORUS)
    assert np.array_equal(on_bytes.cells(), expected.cells())


@pytest.mark.parametrize("side", [1, 255, 257])
def test_a_soup_is_the_same_in_every_run_and_about_as_dense_as_asked_for(side):
    assert soup(side, 0.3) == soup(side, 0.3)
    assert soup(side, 1).population == side * side
    assert soup(side, 0).population == 0


def test_a_gun_shoots_every_30_generations():
    board = gun(80)
    for _ in range(30):
        board = next_board(board, CONWAY, TORUS)
    assert (gun(80).population, board.population) == (36, 41)


def test_every_kernel_is_measured_on_every_soup(monkeypatch):
    contest = Contest(Compiler(specialised), seconds=1e-6)  # plain Python
    measured = list(contest.soups(8, 0.5))
    assert [speed.kernel for speed in measured] == [BASE, "packed", "fused", "skipping"]
    assert all(speed.seconds > 0 and speed.gcells > 0 for speed in measured)
    monkeypatch.setattr(speeds, "SETTLES_AFTER", 2)
    assert {speed.scene for speed in contest.quiet_boards(48)} == {"soup at 2", "Gosper gun"}


def test_speed_is_told_in_cells_and_generations_and_compared_with_bytes():
    base = Speed(BASE, "soup", 1000, 0.37, 5, 0.5)
    fast = Speed("packed", "soup", 1000, 0.37, 100, 0.5)
    alone = Speed("fused", "Gosper gun", 1000, None, 100, 0.5)
    lines = command.table([base, fast, alone])[1:]
    assert lines[1] == ("1,000²", "soup, 37%", "packed", "200", "0.2", "20.0")
    assert lines[2] == ("1,000²", "Gosper gun", "fused", "200", "0.2", "")


def test_without_numba_the_command_measures_numpy_and_says_why(nothing_compiled, tmp_path, capsys):
    file = tmp_path / "speeds.json"
    options = ["--sizes", "16,70", "--densities", "0.4", "--seconds", "0.001", "--bands", "0", "--json", str(file)]
    code = main(["bench", *options])
    out, err = capsys.readouterr()
    assert code == 0
    assert "pip install numba" in err
    found = [(s["side"], s["kernel"]) for s in json.loads(file.read_text(encoding="utf-8"))["speeds"]]
    assert found == [(16, "bytes"), (16, "packed"), (70, "bytes"), (70, "packed")]
    assert all(word in out for word in ("16²", "70²", "packed"))


def test_a_file_that_cannot_be_written_is_named(nothing_compiled, tmp_path, capsys):
    file = tmp_path / "no such folder" / "speeds.json"
    assert main(["bench", "--sizes", "8", "--seconds", "0.001", "--soups-only", "--json", str(file)]) == 1
    assert f"{file}: this cannot be saved" in capsys.readouterr().err


@pytest.mark.parametrize(
    "options", [["--sizes", "0"], ["--sizes", "x"], ["--densities", "2"], ["--seconds", "1,2"], ["--bands", "8,0"]]
)
def test_what_cannot_be_measured_is_refused_in_one_line(options, capsys):
    with pytest.raises(SystemExit) as refused:
        main(["bench", *options])
    assert refused.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
