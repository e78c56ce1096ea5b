import gzip
import os
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.errors import PatternError
from life.patterns import files
from life.patterns.files import read_pattern, save_pattern
from life.patterns.pattern import Pattern
from life.patterns.rle import read_rle, write_rle

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
        gzip.compress(GLIDER_RLE.encode()),
        gzip.compress(b"#N Glider\n") + gzip.compress(GLIDER_RLE.encode()),
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
    ("data", "name"),
    [
        (b"#Life 1.05\n#P -1 -1\n.*.\n", "Life 1.05"),
        (b"\xef\xbb\xbf#Life 1.05\r\n#P -1 -1\r\n.*.\r\n", "Life 1.05"),
        (b"#Life 1.06\n0 -1\n1 0\n", "Life 1.06"),
        (b"[M2] (golly 2.0)\n$*$\n", "Macrocell"),
        (b"!Name: Glider\n.O.\n..O\nOOO\n", "plaintext"),
        (b"!\n.O.\n..O\nOOO\n", "plaintext"),
        (b".O.\n..O\nOOO\n", "plaintext"),
        (b"...\n\n..*\n***\n", "plaintext"),
    ],
)
@pytest.mark.parametrize("compressed", [False, True])
def test_other_formats_are_refused_by_name(tmp_path: Path, data: bytes, name: str, compressed: bool) -> None:
    error = refusal(written(tmp_path, gzip.compress(data) if compressed else data))
    assert name in error.reason
    assert "cannot be read yet" in error.reason


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
    with pytest.raises(PatternError, match="cannot be saved: No space left on device") as caught:
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


SCRAPS = st.sampled_from([b"x = 3, y = 3\n", b"bo$", b"3o!", b"#N \xff", b"#Life 1.0", b"[M2]", b"!", b"\x1f\x8b\x08"])


@given(st.binary() | st.lists(SCRAPS | st.binary(max_size=4), max_size=12).map(b"".join), st.booleans())
def test_any_bytes_are_a_pattern_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, compressed: bool
) -> None:
    path = written(tmp_path_factory.getbasetemp(), gzip.compress(data) if compressed else data, "fuzzed")
    try:
        pattern = read_pattern(path)
    except PatternError as error:
        message = str(error)
    else:
        save_pattern(path, pattern)
        assert np.array_equal(read_pattern(path).xs, pattern.xs)
        message = "read"
    assert len(message.splitlines()) == 1
