import gzip
import os
import socket
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from life.errors import PatternError
from life.patterns import files
from life.patterns.files import read_pattern, save_pattern
from life.patterns.pattern import Pattern
from life.patterns.rle import read_rle, write_rle
from life.patterns.text import read_pattern_text

GLIDER = [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]
GLIDER_RLE = "x = 3, y = 3, rule = B3/S23\nbo$2bo$3o!\n"


def cells(pattern: Pattern) -> list[tuple[int, int]]:
    return list(zip(pattern.ys.tolist(), pattern.xs.tolist(), strict=True))


def written(folder: Path, data: bytes, name: str = "pattern.rle") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refusal(path: Path) -> PatternError:
    with pytest.raises(PatternError) as caught:
        read_pattern(path)
    assert caught.value.source == str(path)
    assert len(str(caught.value).splitlines()) == 1
    return caught.value


@pytest.mark.parametrize(
    "data",
    [
        GLIDER_RLE.encode(),
        b"\xef\xbb\xbf" + GLIDER_RLE.encode(),
        GLIDER_RLE.replace("\n", "\r\n").encode(),
        "#N Flügel\n".encode() + GLIDER_RLE.encode(),
        "#N Flügel\n".encode("latin-1") + GLIDER_RLE.encode(),
        gzip.compress(GLIDER_RLE.encode(), mtime=0),
        gzip.compress(b"#N Glider\n", mtime=0) + gzip.compress(GLIDER_RLE.encode(), mtime=0),
    ],
    ids=["plain", "byte-order mark", "cr-lf", "utf-8", "latin-1", "gzip", "gzip in two parts"],
)
@pytest.mark.parametrize("name", ["glider.rle", "glider.rle.gz", "glider.txt", "glider"])
def test_a_file_is_read_by_its_content_whatever_its_name(tmp_path: Path, data: bytes, name: str) -> None:
    path = written(tmp_path, data, name)
    assert cells(read_pattern(path)) == GLIDER
    assert cells(read_pattern(str(path))) == GLIDER


def test_letters_beyond_ascii_are_read_in_either_encoding(tmp_path: Path) -> None:
    for encoding in ("utf-8", "latin-1"):
        path = written(tmp_path, "#N Flügel\n".encode(encoding) + GLIDER_RLE.encode())
        assert read_pattern(path).name == "Flügel"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "none.rle").reason
    assert "no such file" in refusal(tmp_path / "none" / "none.rle").reason


def test_a_folder_is_refused(tmp_path: Path) -> None:
    reason = refusal(tmp_path).reason
    assert "folder" in reason or "permission" in reason


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "nul\0.rle").reason
    assert "cannot be read" in refusal(tmp_path / ("long" * 1000)).reason


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="this user may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, GLIDER_RLE.encode())
    path.chmod(0)
    assert "permission" in refusal(path).reason


@pytest.mark.parametrize(
    "data",
    [
        b"#Life 1.05\n#P -1 -1\n.*.\n..*\n***\n",
        b"\xef\xbb\xbf#Life 1.05\r\n#P -1 -1\r\n.*.\r\n..*\r\n***",
        b"#Life 1.06\n1 2\n0 0\n1 1\n-1 2\n0 2\n0 0\n",
        b"!Name: Glider\n.O.\n..O\nOOO\n",
        b"!\n.o\n..o\nooo\n",
        b".O.\n..O\nOOO\n",
        b".*\n..*\n***\n",
    ],
)
@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("name", ["glider.rle", "glider.cells", "glider.lif", "glider"])
def test_every_format_is_told_by_its_content(tmp_path: Path, data: bytes, compressed: bool, name: str) -> None:
    assert cells(read_pattern(written(tmp_path, gzip.compress(data) if compressed else data, name))) == GLIDER


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b".o.\n..o\nooo\n", "glider.cells"),
        (b"\n.o.\n..o\nooo\n", "glider.CELLS.GZ"),
        (b".o.\n..o\nooo\n", "glider.txt"),
        (b"#D no first line\n#P 4 4\n.*.\n..*\n***\n", "glider.lif"),
        (b"1 0\n2 1\n0 2\n1 2\n2 2\n", "glider.lif"),
        (b"1 0\n2 1\n0 2\n1 2\n2 2\n", "glider.l06.gz"),
        (b"bo$2bo$3o!", "glider.lif"),
    ],
)
def test_what_may_be_several_formats_is_told_by_its_suffix(tmp_path: Path, data: bytes, name: str) -> None:
    found = read_pattern(written(tmp_path, data, name))
    top = int(found.ys[0])
    assert [(y - top, x) for y, x in cells(found)] == GLIDER


def test_what_may_be_several_formats_is_rle_in_an_rle_file(tmp_path: Path) -> None:
    assert cells(read_pattern(written(tmp_path, b".o\noo", "row.rle"))) == [(0, 1), (0, 2), (0, 3)]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"<!DOCTYPE html><html><body>bo$2bo$3o!</body></html>", "web page"),
        (b"\xef\xbb\xbf  <html>bo$2bo$3o!", "web page"),
        (b"Dear reader, this is a letter.", "some other text"),
        (b"", "no pattern"),
        (bytes(range(256)), "some other text"),
    ],
)
@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("name", ["pattern.rle", "pattern.cells", "pattern.lif"])
def test_what_is_no_pattern_is_refused_by_name(
    tmp_path: Path, data: bytes, what: str, name: str, compressed: bool
) -> None:
    assert what in refusal(written(tmp_path, gzip.compress(data) if compressed else data, name)).reason


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes and devices among the files")
def test_a_pipe_and_a_device_are_refused_without_waiting_for_them(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.rle")
    assert "it is a pipe, not a file" in refusal(tmp_path / "pipe.rle").reason
    assert "it is a device, not a file" in refusal(Path("/dev/zero")).reason
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket.rle"))
        assert "cannot be read" in refusal(tmp_path / "socket.rle").reason


def test_rle_without_a_header_is_not_taken_for_another_format(tmp_path: Path) -> None:
    assert cells(read_pattern(written(tmp_path, b".A$..A$3A!"))) == GLIDER
    assert cells(read_pattern(written(tmp_path, b"\n!\n"))) == []
    assert cells(read_pattern(written(tmp_path, b"..o\n..."))) == [(0, 2)]


def test_an_error_names_the_file_the_line_and_the_column(tmp_path: Path) -> None:
    path = written(tmp_path, b"#N Glider\nx = 3, y = 3\nbo$2bz!")
    assert str(refusal(path)) == f"{path}:3:6: unexpected 'z': rows are written with b, o and $"


@pytest.mark.parametrize("damage", [slice(0, -4), slice(0, 12), slice(0, 2)])
def test_a_damaged_compressed_file_is_refused(tmp_path: Path, damage: slice) -> None:
    assert "damaged" in refusal(written(tmp_path, gzip.compress(GLIDER_RLE.encode())[damage])).reason


def test_a_compressed_file_is_unpacked_no_further_than_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = GLIDER_RLE.encode() + b" " * 1_000_000
    for path in (written(tmp_path, data), written(tmp_path, gzip.compress(data), "small.gz")):
        monkeypatch.setattr(files, "LARGEST_FILE", len(data))
        assert cells(read_pattern(path)) == GLIDER
        monkeypatch.setattr(files, "LARGEST_FILE", len(data) - 1)
        assert "too large" in refusal(path).reason


def test_a_saved_pattern_is_read_back(tmp_path: Path) -> None:
    pattern = read_rle("#N Flügel\n#O Guy\n#C One.\n#CXRLE Pos=1,2 Gen=3\n" + GLIDER_RLE.rstrip() + " after\n#C all")
    for name in ("glider.rle", "glider.rle.gz"):
        save_pattern(tmp_path / name, pattern)
        again = read_pattern(tmp_path / name)
        assert write_rle(again) == write_rle(pattern)
        assert again.name == "Flügel"
        assert again.comments == ("#C One.",)
        assert again.trailer == " after\n#C all"
    assert (tmp_path / "glider.rle.gz").read_bytes().startswith(b"\x1f\x8b")
    assert b"\r" not in (tmp_path / "glider.rle").read_bytes()


def test_a_save_leaves_one_file_behind(tmp_path: Path) -> None:
    path = written(tmp_path, b"old")
    save_pattern(path, read_rle(GLIDER_RLE))
    assert path.read_text() == GLIDER_RLE
    assert list(tmp_path.iterdir()) == [path]


def break_rename(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)


def break_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)


@pytest.mark.parametrize("break_it", [break_flush, break_rename])
def test_a_failed_save_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, break_it: Callable[[pytest.MonkeyPatch], None]
) -> None:
    path = written(tmp_path, b"old")
    break_it(monkeypatch)
    with pytest.raises(PatternError, match="cannot be saved: the disk is full") as caught:
        save_pattern(path, read_rle(GLIDER_RLE))
    assert caught.value.source == str(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_saving_where_no_file_can_be_is_refused(tmp_path: Path) -> None:
    written(tmp_path, b"a file", "file")
    for path in (tmp_path, tmp_path / "none" / "glider.rle", tmp_path / "file" / "glider.rle", tmp_path / "nul\0.rle"):
        with pytest.raises(PatternError, match="cannot be saved"):
            save_pattern(path, read_rle(GLIDER_RLE))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(sys.platform == "win32", reason="no devices among the files")
def test_a_device_is_not_replaced_by_a_file() -> None:
    with pytest.raises(PatternError, match="a device"):
        save_pattern(os.devnull, read_rle(GLIDER_RLE))
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions and links differ")
def test_a_replaced_file_keeps_its_permissions_and_its_links(tmp_path: Path) -> None:
    path, link = written(tmp_path, b"old"), tmp_path / "link.rle"
    path.chmod(0o640)
    link.symlink_to(path)
    save_pattern(link, read_rle(GLIDER_RLE))
    assert link.is_symlink()
    assert path.read_text() == GLIDER_RLE
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="permissions differ")
def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    usual = written(tmp_path, b"", "usual")
    save_pattern(tmp_path / "new.rle", read_rle(GLIDER_RLE))
    assert (tmp_path / "new.rle").stat().st_mode == usual.stat().st_mode


def test_letters_that_cannot_be_encoded_do_not_stop_a_save(tmp_path: Path) -> None:
    save_pattern(tmp_path / "glider.rle", replace(read_rle(GLIDER_RLE), name="broken \ud800"))
    assert cells(read_pattern(tmp_path / "glider.rle")) == GLIDER


@pytest.mark.parametrize("name", ["glider.txt", "glider.mcell.gz", "glider.v2"])
def test_a_suffix_that_nobody_would_read_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(PatternError, match=r"end in one of \.rle, \.cells, \.lif, \.life, \.l06") as caught:
        save_pattern(tmp_path / name, read_rle(GLIDER_RLE))
    assert caught.value.source == str(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("glider.rle", b"x = 3"),
        ("GLIDER.RLE", b"x = 3"),
        ("glider", b"x = 3"),
        ("glider.cells", b"!Name:"),
        ("glider.lif", b"#Life 1.06\n"),
        ("glider.life", b"#Life 1.06\n"),
        ("glider.l06", b"#Life 1.06\n"),
    ],
)
@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_the_suffix_of_the_name_says_how_a_pattern_is_written(
    tmp_path: Path, name: str, first: bytes, suffix: str
) -> None:
    assert save_pattern(tmp_path / (name + suffix), read_rle(GLIDER_RLE)) == ()
    data = (tmp_path / (name + suffix)).read_bytes()
    assert (gzip.decompress(data) if suffix else data).startswith(first)
    assert cells(read_pattern(tmp_path / (name + suffix))) == GLIDER


def test_what_life_106_cannot_say_is_said_in_one_sentence(tmp_path: Path) -> None:
    pattern = read_rle("#N Glider\n#O Guy\n#C One.\n#CXRLE Gen=3\nx = 3, y = 3, rule = B36/S23:T20,16\nbo$2bo$3o!")
    assert save_pattern(tmp_path / "glider.lif", pattern) == (
        "Life 1.06 keeps the cells only: the rule B36/S23, the board T20,16, its name, its author, its comments and "
        "the generation 3 are not in the file",
    )
    assert save_pattern(tmp_path / "glider.lif", read_rle("#N Glider\no!")) == (
        "Life 1.06 keeps the cells only: its name is not in the file",
    )


def test_a_pattern_that_would_be_mostly_dead_cells_is_not_drawn_as_plaintext(tmp_path: Path) -> None:
    for text in ("o99999999999bo!", "o99999999999$o!"):
        with pytest.raises(PatternError, match=r"cannot be saved: .* save it as RLE"):
            save_pattern(tmp_path / "wide.cells", read_rle(text))
    far = read_pattern_text("#Life 1.06\n0 0\n4611686018427387904 3\n")
    with pytest.raises(PatternError, match=r"cannot be saved: .* save it as Life 1\.06"):
        save_pattern(tmp_path / "wide.rle", far)
    save_pattern(tmp_path / "wide.lif", far)
    assert cells(read_pattern(tmp_path / "wide.lif")) == [(0, 0), (3, 2**62)]
    assert [path.name for path in tmp_path.iterdir()] == ["wide.lif"]


SCRAPS = st.sampled_from([
    b"x = 3, y = 3\n", b"bo$", b"3o!", b"#N \xff", b"#Life 1.0", b"#Life 1.05\n", b"#Life 1.06\n", b"#P 1 -2\n",
    b"*.*\n", b"#R 23/3\n", b"!Rule: ", b"!", b"O.O\n", b"-4 5\n", b"4611686018427387905 ", b"-4611686018427387904 7\n",
    b"\n", b"[M2]", b"\x1f\x8b\x08", b"\xef\xbb\xbf", b"\r", b"\x0b", b"\x85",
])  # fmt: skip
NAMES = st.sampled_from(["fuzzed", "fuzzed.rle", "fuzzed.cells", "fuzzed.lif", "fuzzed.life.gz", "fuzzed.l06"])


@given(st.binary() | st.lists(SCRAPS | st.binary(max_size=4), max_size=12).map(b"".join), st.booleans(), NAMES)
@settings(max_examples=400)
def test_any_bytes_are_a_pattern_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, compressed: bool, name: str
) -> None:
    path = written(tmp_path_factory.getbasetemp(), gzip.compress(data) if compressed else data, name)
    try:
        pattern = read_pattern(path)
    except PatternError as error:
        message = str(error)
    else:
        target = path.with_name("again.lif")
        save_pattern(target, pattern)
        again = read_pattern(target)
        assert np.array_equal(again.xs - again.xs.min(initial=0), pattern.xs - pattern.xs.min(initial=2**62))
        message = "read"
    assert len(message.splitlines()) == 1
