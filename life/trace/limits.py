"""How much memory a thread takes, how much there is, and how many threads this machine lets one process have."""

import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RESIDENT_A_THREAD = 16 * 1024  # measured: 13 to 18 KiB for a thread that waits

_MIB = 1024 * 1024
_MAPPINGS_A_THREAD = 3  # measured: 65,530 mappings were used up by 22,240 threads
_ARENA = 64 * _MIB  # of glibc
_ARENAS_A_PROCESSOR = 8
_FEW = 16  # threads
_ROOT = Path("/")


@dataclass(frozen=True, slots=True)
class ThreadLimit:
    """One of the system's limits on threads.

    Attributes:
        threads: about how many a process can have before the system refuses another one.
        cause: what limits them, as the end of a sentence.
        at_most: where `threads` depends on what else is going on, how many there can be at the very best.
    """

    threads: int
    cause: str
    at_most: int | None = None

    @property
    def about(self) -> str:
        """How many, to the two digits that the figure deserves."""
        return f"{_two_digits(self.threads):,}"

    def can_have_allowed(self, alive: int) -> bool:
        """Whether so many threads can have been alive under it. By a few, and a fifth, what was computed may be off."""
        return (self.threads if self.at_most is None else self.at_most) >= 0.8 * alive - _FEW

    @property
    def sentence(self) -> str:
        """What binds, for people; computed, not tried out."""
        return f"This system refuses threads at about {self.about}: {self.cause}."


def stack_bytes() -> int:
    """How much address space the system reserves for the stack of a new thread."""
    chosen = threading.stack_size()
    if chosen:
        threading.stack_size(chosen)  # asking without a size has set it back to the system's
        return chosen
    if sys.platform == "win32":
        return 2_000_000  # the header of python.exe
    if sys.platform == "darwin":
        return 16 * _MIB  # CPython asks for it there
    import resource  # which Windows has not

    soft, _ = resource.getrlimit(resource.RLIMIT_STACK)
    return 2 * _MIB if soft == resource.RLIM_INFINITY else soft  # glibc's answer to "unlimited"


def thread_limit(root: Path = _ROOT) -> ThreadLimit | None:
    """The limit that binds first; None where this system names none.

    Args:
        root: where `proc` and `sys` are.
    """
    return min(thread_limits(root), key=lambda limit: limit.threads, default=None)


def thread_limits(root: Path = _ROOT) -> tuple[ThreadLimit, ...]:
    """All limits that this system names, in no order. Linux names those of its kernel; Windows names none."""
    return (*_kernel_limits(root / "proc/sys"), *_group_limits(root), *_process_limits())


def free_memory(root: Path = _ROOT) -> int:
    """Bytes of memory that this process can still have without any other losing what it has.

    Args:
        root: where `proc` and `sys` are.
    """
    import psutil  # is not needed before something is to run

    free = int(psutil.virtual_memory().available)
    for folder in _group_folders(root, "memory"):
        for most, taken in (("memory.max", "memory.current"), ("memory.limit_in_bytes", "memory.usage_in_bytes")):
            limit = _number_in(folder / most)
            if limit is not None:
                in_use = (_number_in(folder / taken) or 0) - _given_back_when_needed(folder)
                free = min(free, max(limit - in_use, 0))
    return free


def _given_back_when_needed(group: Path) -> int:
    """Bytes of files that nobody has looked at lately, which count as taken."""
    try:
        lines = (group / "memory.stat").read_text().splitlines()
    except OSError:
        return 0
    figures = dict(line.split()[:2] for line in lines if len(line.split()) >= 2)
    return int(figures.get("total_inactive_file", figures.get("inactive_file", 0)))


def _kernel_limits(kernel: Path) -> Iterator[ThreadLimit]:
    if (most := _number_in(kernel / "kernel/threads-max")) is not None:
        yield ThreadLimit(most, f"the kernel's threads-max allows {most:,} in all")
    if (most := _number_in(kernel / "kernel/pid_max")) is not None:
        yield ThreadLimit(most, f"the kernel's pid_max leaves {most:,} numbers for all processes and threads")
    if (most := _number_in(kernel / "vm/max_map_count")) is not None:
        threads = most // _MAPPINGS_A_THREAD
        yield ThreadLimit(threads, f"vm.max_map_count allows {most:,} mappings, and a thread takes about three")


def _group_limits(root: Path) -> Iterator[ThreadLimit]:
    """The `pids.max` of the control group that this process is in, and of those around it."""
    for folder in _group_folders(root, "pids"):
        most = _number_in(folder / "pids.max")
        if most is not None:
            taken = _number_in(folder / "pids.current") or 0
            left = max(most - taken, 0) + threading.active_count()
            yield ThreadLimit(left, f"the container or control group may have {most:,} threads, and has {taken:,}")


def _group_folders(root: Path, controller: str) -> set[Path]:
    try:
        lines = (root / "proc/self/cgroup").read_text().splitlines()
    except OSError:
        return set()
    folders = set()
    for line in lines:
        _, _, controllers_and_path = line.partition(":")
        controllers, colon, path = controllers_and_path.partition(":")
        if colon and controllers in ("", controller):
            top = root / "sys/fs/cgroup" / controllers
            own = top / path.lstrip("/")
            folders |= {top, own, *(parent for parent in own.parents if parent.is_relative_to(top))}
    return folders


def _process_limits() -> Iterator[ThreadLimit]:
    if sys.platform == "win32":
        return
    import resource

    import psutil

    most, _ = resource.getrlimit(resource.RLIMIT_NPROC)
    if most != resource.RLIM_INFINITY:
        yield ThreadLimit(most, f"ulimit -u allows this user {most:,} processes and threads")
    space, _ = resource.getrlimit(resource.RLIMIT_AS)
    if space != resource.RLIM_INFINITY:
        left = _threads_within(max(space - int(psutil.Process().memory_info().vms), 0)) + threading.active_count()
        cause = f"ulimit -v allows {space // _MIB:,} MiB of addresses, which the stacks fill"
        # What glibc sets apart is shared by threads that do not allocate at one moment, and stays when they end.
        yield ThreadLimit(left, cause, at_most=space // stack_bytes())


def _threads_within(space: int) -> int:
    """How many more can start within so many bytes of addresses; each of the first takes some to allocate from."""
    first = _ARENAS_A_PROCESSOR * (os.cpu_count() or 1)
    with_arena = stack_bytes() + _ARENA
    return min(first, space // with_arena) + max(space - first * with_arena, 0) // stack_bytes()


def _number_in(path: Path) -> int | None:
    """The number in a file of the kernel's; None where it is not there, or says "max"."""
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return None


def _two_digits(number: int) -> int:
    return round(number, 2 - len(str(number)))
