"""`python -m life convert`, as somebody types it."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from life.__main__ import main
from life.patterns.files import read_pattern
from life.patterns.rle import write_rle

ROOT = Path(__file__).parents[2]
GLIDER = "#N Glider\n#C A comment.\nx = 3, y = 3, rule = B36/S23:T20,16\nbo$2bo$3o!\n"


@pytest.fixture
def glider(tmp_path: Path) -> Path:
    path = tmp_path / "glider.rle"
    path.write_text(GLIDER)
    return path


def convert(*arguments: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "life", "convert", *arguments]
    return subprocess.run(command, cwd=ROOT, input=data, capture_output=True, timeout=60)


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    try:
        code: object = main(["convert", *arguments])
    except SystemExit as exit_:
        code = exit_.code
    printed = capsys.readouterr()
    assert (code, printed.out, len(printed.err.splitlines())) == (2, "", 1)
    return printed.err


def test_there_and_back_again_nothing_is_lost(glider: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cells, again = glider.with_name("glider.cells.gz"), glider.with_name("again.rle")
    assert main(["convert", str(glider), str(cells)]) == 0
    assert main(["convert", str(cells), str(again)]) == 0
    assert again.read_text() == GLIDER
    assert gzip.decompress(cells.read_bytes()).startswith(b"!Name: Glider\n!Rule: B36/S23:T20,16\n")
    assert capsys.readouterr() == ("", "")


def test_what_the_new_format_cannot_say_is_a_warning(glider: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = glider.with_name("glider.lif")
    assert main(["convert", str(glider), str(target)]) == 0
    assert capsys.readouterr().err == (
        f"{target}: warning: Life 1.06 keeps the cells only: the rule B36/S23, the board T20,16, its name and its "
        "comments are not in the file\n"
    )
    assert target.read_text() == "#Life 1.06\n1 0\n2 1\n0 2\n1 2\n2 2\n"


def test_life_105_is_read(tmp_path: Path) -> None:
    source = tmp_path / "glider.lif"
    source.write_text("#Life 1.05\n#D A glider.\n#P 0 0\n.*\n..*\n***\n")
    assert main(["convert", str(source), str(tmp_path / "glider.rle")]) == 0
    assert write_rle(read_pattern(tmp_path / "glider.rle")) == (
        "#D A glider.\n#CXRLE Pos=0,0\nx = 3, y = 3, rule = B3/S23\nbo$2bo$3o!\n"
    )


def test_standard_input_and_output_are_a_dash(glider: Path) -> None:
    done = convert("-", "-", data=gzip.compress(GLIDER.encode()))
    assert (done.returncode, done.stdout, done.stderr) == (0, GLIDER.encode(), b"")
    done = convert(str(glider), "-", "--as", "life106")
    assert (done.returncode, done.stdout.splitlines()[:2]) == (0, [b"#Life 1.06", b"1 0"])
    assert done.stderr.startswith(b"-: warning: Life 1.06 keeps the cells only")
    done = convert("-", str(glider.with_name("new.cells")), data=b"3o!")
    assert (done.returncode, glider.with_name("new.cells").read_text()) == (0, "!Name:\nOOO\n")
    done = convert("-", "-", data=b"<html>")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"standard input:1:1: this is a web page")


def test_the_format_may_be_named_whatever_the_suffix(glider: Path) -> None:
    target = glider.with_name("glider.txt")
    assert main(["convert", str(glider), str(target), "--as", "cells"]) == 0
    assert target.read_text().startswith("!Name: Glider\n")


def test_bad_input_is_one_line_and_exit_code_2(glider: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = glider.with_name("bad.lif")
    bad.write_text("#Life 1.06\n1 2\n3\n")
    assert refused([str(bad), "-"], capsys).startswith(f"{bad}:3:1: a line has two whole numbers")
    assert "no such file" in refused(["missing.rle", "-"], capsys)
    assert "no such file or folder" in refused([str(glider), str(glider.parent / "none" / "x.rle")], capsys)
    assert "let it end in one of .rle" in refused([str(glider), str(glider.with_name("x.mcell"))], capsys)
    assert "invalid choice: 'life105'" in refused([str(glider), "-", "--as", "life105"], capsys)
    assert "required: OUT" in refused([str(glider)], capsys)


def test_an_old_file_stays_whole_when_the_new_one_cannot_be_made(glider: Path) -> None:
    target = glider.with_name("target.cells")
    target.write_text("old")
    glider.write_text("o99999999999bo!")
    assert main(["convert", str(glider), str(target)]) == 2
    assert target.read_text() == "old"
