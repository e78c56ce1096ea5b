"""How many threads a machine lets one have."""

import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from life.trace.limits import ThreadLimit, free_memory, stack_bytes, thread_limit, thread_limits


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


def test_a_group_with_a_limit_on_memory_has_no_more_than_that(machine: Path) -> None:
    write(machine / "sys/fs/cgroup/user/memory.max", str(64 << 20))
    write(machine / "sys/fs/cgroup/user/memory.current", str(60 << 20))
    assert free_memory(machine) == 4 << 20
    write(machine / "sys/fs/cgroup/user/memory.stat", f"anon 5\ninactive_file {10 << 20}")
    assert free_memory(machine) == 14 << 20


def test_a_group_of_the_first_kind_is_asked_for_its_memory_too(machine: Path) -> None:
    write(machine / "proc/self/cgroup", "8:memory:/box\n")
    write(machine / "sys/fs/cgroup/memory/box/memory.limit_in_bytes", str(8 << 20))
    write(machine / "sys/fs/cgroup/memory/box/memory.usage_in_bytes", str(9 << 20))
    assert free_memory(machine) == 0


def test_without_such_a_limit_there_is_what_the_system_has_left(machine: Path) -> None:
    assert 0 < free_memory(machine) <= psutil.virtual_memory().total


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_addresses_that_are_taken_are_left_for_no_stack() -> None:
    code = (
        "import mmap, resource, psutil\n"
        "much = mmap.mmap(-1, 1 << 30)\n"
        "taken = psutil.Process().memory_info().vms\n"
        "resource.setrlimit(resource.RLIMIT_AS, (taken + (512 << 20), resource.RLIM_INFINITY))\n"
        "from life.trace.limits import stack_bytes, thread_limits\n"
        "limit = next(limit for limit in thread_limits() if 'ulimit -v' in limit.cause)\n"
        "assert limit.threads <= (512 << 20) // (stack_bytes() + (64 << 20)) + 1, limit\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
