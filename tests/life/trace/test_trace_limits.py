"""How many threads a machine lets one have."""

import sys
import threading
from pathlib import Path

import pytest

from life.trace.limits import ThreadLimit, stack_bytes, thread_limit, thread_limits


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The files of a kernel with its usual limits."""
    write(tmp_path / "proc/sys/kernel/threads-max", "192730")
    write(tmp_path / "proc/sys/kernel/pid_max", "32768")
    write(tmp_path / "proc/sys/vm/max_map_count", "65530")
    write(tmp_path / "proc/self/cgroup", "0::/user/app")
    write(tmp_path / "sys/fs/cgroup/user/app/pids.max", "max")
    return tmp_path


@pytest.fixture(autouse=True)
def no_limits_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("life.trace.limits._process_limits", lambda: iter(()))


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n")


def test_the_number_of_mappings_binds_where_nothing_else_was_changed(machine: Path) -> None:
    limit = thread_limit(machine)
    assert limit is not None
    assert limit.sentence == (
        "This system refuses threads at about 22,000: vm.max_map_count allows 65,530 mappings, "
        "and a thread takes about three."
    )


def test_a_container_that_allows_fewer_binds_first(machine: Path) -> None:
    write(machine / "sys/fs/cgroup/user/pids.max", "4096")
    write(machine / "sys/fs/cgroup/user/pids.current", "96")
    limit = thread_limit(machine)
    assert limit is not None
    assert limit.threads == 4000 + threading.active_count()
    assert "may have 4,096 threads, and has 96" in limit.sentence


def test_control_groups_of_the_first_kind_are_read_too(machine: Path) -> None:
    write(machine / "proc/self/cgroup", "9:memory:/other\n8:pids:/box\n")
    write(machine / "sys/fs/cgroup/pids/box/pids.max", "512")
    limit = thread_limit(machine)
    assert limit is not None
    assert limit.threads == 512 + threading.active_count()


def test_where_nothing_is_named_there_is_no_limit(tmp_path: Path) -> None:
    assert thread_limits(tmp_path) == ()
    assert thread_limit(tmp_path) is None


@pytest.mark.parametrize(("threads", "said"), [(9, "9"), (47, "47"), (4095, "4,100"), (192_730, "190,000")])
def test_a_limit_is_said_with_two_digits(threads: int, said: str) -> None:
    assert f"at about {said}: because" in ThreadLimit(threads, "because").sentence


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux names its kernel's limits in files")
def test_this_machine_has_a_limit() -> None:
    limit = thread_limit()
    assert limit is not None
    assert limit.threads > threading.active_count()


def test_the_system_says_how_much_a_stack_reserves() -> None:
    assert 64 << 10 <= stack_bytes() <= 1 << 34


def test_a_stack_size_that_was_set_is_the_one_that_counts() -> None:
    before = threading.stack_size(256 << 10)
    try:
        assert (stack_bytes(), stack_bytes()) == (256 << 10, 256 << 10)
    finally:
        threading.stack_size(before)
