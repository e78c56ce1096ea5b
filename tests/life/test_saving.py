"""Saving on disks and in folders that refuse: a clear reason, the old file whole, and no draft left."""

import errno
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from life.saving import check_room, replace_file, why_not
from tests.life.disks import fill, full_disk, nobody


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk that has an old file and no room for a new one."""
    with full_disk(tmp_path / "disk") as folder:
        (folder / "rest").unlink()
        (folder / "old.rle").write_bytes(b"old")
        fill(folder)
        yield folder


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder that this process may read and not write."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "old.rle").write_bytes(b"old")
        (folder / "open").mkdir()
        (folder / "open").chmod(0o777)
        (folder / "open" / "old.rle").write_bytes(b"old")
        (folder / "open" / "old.rle").chmod(0o444)
        folder.chmod(0o555)
        with nobody():
            yield folder
        folder.chmod(0o755)


def refusal(path: Path, data: bytes = b"new" * 10_000) -> str:
    try:
        replace_file(path, data)
    except OSError as error:
        return why_not("saved", error)
    return "it was saved"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_full_disk_is_said_and_keeps_what_it_had(full: Path) -> None:
    assert refusal(full / "old.rle") == "this cannot be saved: the disk is full"
    assert refusal(full / "new.rle") == "this cannot be saved: the disk is full"
    assert (full / "old.rle").read_bytes() == b"old"
    assert names(full) == {"old.rle", "rest"}
    with pytest.raises(OSError, match="No space"):
        check_room(full)
    assert names(full) == {"old.rle", "rest"}
    (full / "rest").unlink()
    check_room(full)
    replace_file(full / "old.rle", b"new")
    assert (full / "old.rle").read_bytes() == b"new"
    assert names(full) == {"old.rle"}


@pytest.mark.skipif(sys.platform == "win32", reason="folders refuse otherwise there")
def test_a_read_only_folder_and_a_read_only_file_are_said_and_stay_as_they_are(as_nobody: Path) -> None:
    for path in (as_nobody / "old.rle", as_nobody / "new.rle", as_nobody / "open" / "old.rle"):
        assert refusal(path) == "this cannot be saved: you have no permission"
    assert names(as_nobody) == {"old.rle", "open"}
    assert names(as_nobody / "open") == {"old.rle"}
    assert {(as_nobody / "old.rle").read_bytes(), (as_nobody / "open" / "old.rle").read_bytes()} == {b"old"}
    replace_file(as_nobody / "open" / "new.rle", b"new")  # so it is nobody's own inability that was seen


@pytest.mark.skipif(sys.platform == "win32", reason="permissions differ")
def test_a_draft_shows_no_more_than_the_file_that_it_replaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, seen = tmp_path / "secret.rle", []
    path.write_bytes(b"old")
    path.chmod(0o600)
    fsync = os.fsync

    def look_and_sync(file: int) -> None:
        seen.append(stat.S_IMODE(os.fstat(file).st_mode))
        fsync(file)

    monkeypatch.setattr(os, "fsync", look_and_sync)
    replace_file(path, b"new")
    assert seen == [0o600]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("which", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.ENOTDIR])
def test_every_way_in_which_a_disk_refuses_is_put_in_words(which: int) -> None:
    said = why_not("saved", OSError(which, os.strerror(which)))
    assert said.startswith("this cannot be saved: ")
    assert os.strerror(which) not in said
    assert why_not("saved", OSError(errno.EMFILE, "Too many open files")) == "this cannot be saved: Too many open files"
