import re
import subprocess
import sys
from pathlib import Path

import pytest

from gui.log_file import LARGEST, LogFile, log_path


def read(path):
    return path.read_text(encoding="utf-8")


def test_what_is_written_is_on_the_disk_at_once(tmp_path):
    log = LogFile(tmp_path / "new" / "folder" / "a.log")
    log.write("one\n")
    log.write("two")
    assert [line for line in read(log.path).splitlines() if not line.startswith("--- 2")] == ["one", "two"]
    log.close()


def test_a_log_is_added_to(tmp_path):
    for word in ("first", "second"):
        log = LogFile(tmp_path / "a.log")
        log.write(word)
        log.close()
    assert "first" in read(log.path)
    assert "second" in read(log.path)


def test_a_large_log_becomes_the_old_one_and_replaces_the_one_before(tmp_path):
    path, old = tmp_path / "a.log", tmp_path / "a.log.1"
    old.write_text("ancient")
    path.write_text("x" * (LARGEST + 1))
    log = LogFile(path)
    log.write("new")
    log.close()
    assert read(old).startswith("xxx")
    assert read(path).endswith("new\n")


ENTRIES = 200
WRITER = """
import sys
from pathlib import Path
from gui.log_file import LogFile
log = LogFile(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    log.write(f"{sys.argv[2]} {number}\\n" + "line of a traceback\\n" * 20 + f"end of {sys.argv[2]} {number}")
log.close()
"""


def test_two_programs_at_once_write_whole_entries_into_one_log(tmp_path):
    """Both have it open before either writes."""
    root, path = Path(__file__).resolve().parents[2], tmp_path / "a.log"
    commands = [[sys.executable, "-c", WRITER, str(path), name, str(ENTRIES)] for name in ("one", "two")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    programs = [subprocess.Popen(command, cwd=root, **pipes) for command in commands]
    assert [program.stdout.readline() for program in programs] == ["open\n", "open\n"]
    for program in programs:
        program.stdin.write("\n")
        program.stdin.flush()
    for program in programs:
        program.communicate()
    entries = re.split(r"(?m)^--- 2.*\n", read(path))[1:]
    named = [entry.splitlines()[0] for entry in entries]
    assert sorted(named) == sorted(f"{name} {number}" for name in ("one", "two") for number in range(ENTRIES))
    assert all(entry.endswith(f"end of {name}\n") for entry, name in zip(entries, named, strict=True))
    assert {len(entry.splitlines()) for entry in entries} == {22}


def test_nothing_is_lost_of_a_log_that_another_program_has_put_aside(tmp_path):
    first = LogFile(tmp_path / "a.log")
    first.write("x" * LARGEST)
    second = LogFile(tmp_path / "a.log")
    for log, word in ((first, "of the first"), (second, "of the second")):
        log.write(word)
        log.close()
    assert "nothing more is written" in read(tmp_path / "a.log.1")
    assert read(tmp_path / "a.log").endswith("of the second\n")


def test_one_run_cannot_fill_the_disk(tmp_path):
    log = LogFile(tmp_path / "a.log")
    for _ in range(30):
        log.write("x" * (LARGEST // 20))
    log.close()
    assert log.path.stat().st_size < LARGEST * 1.1
    assert "nothing more is written" in read(log.path)
    assert "nothing more is written" in log.problem


def test_text_that_no_encoding_knows_is_written_all_the_same(tmp_path):
    log = LogFile(tmp_path / "a.log")
    log.write("cell \ud800 failed")
    log.close()
    assert r"cell \ud800 failed" in read(log.path)


def test_a_log_that_cannot_be_opened_says_why_and_raises_nothing(tmp_path):
    (tmp_path / "file").write_text("in the way")
    log = LogFile(tmp_path / "file" / "a.log")
    log.write("lost")
    log.close()
    assert "cannot be written" in log.problem


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_says_so_and_raises_nothing():
    log = LogFile(Path("/dev/full"))
    log.write("lost")
    log.close()
    assert "No space left on device" in log.problem


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="they have places of their own")
def test_the_log_lies_where_the_system_keeps_states(monkeypatch, tmp_path):
    assert log_path() == tmp_path / "home" / "state" / "lifeloom" / "lifeloom.log"
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert log_path() == tmp_path / ".local" / "state" / "lifeloom" / "lifeloom.log"
