"""What whoever helps somebody asks for first: versions, the machine, and its limits. Gathered, and sent nowhere."""

import os
import platform
import sys
from collections.abc import Iterable
from pathlib import Path

import psutil

from life.trace.limits import stack_bytes, thread_limits

PACKAGES = ("PySide6-Essentials", "numpy", "numba", "llvmlite", "Pillow", "psutil", "Pygments", "pyqtgraph", "dask")
_GIB = 1 << 30
_MIB = 1 << 20


def versions(application: str) -> list[str]:
    """Lines with the versions of the application, of Python, and of the packages that it may use.

    Nothing is imported for it: a package says its version without.
    """
    how = "a bundle" if getattr(sys, "frozen", False) else "from its source"
    found = ", ".join(f"{name} {version_of(name) or 'not installed'}" for name in PACKAGES)
    return [
        f"Lifeloom {application} ({how})",
        f"Python {platform.python_version()} ({platform.python_implementation()}, {_lock()}), {sys.executable}",
        found,
    ]


def version_of(package: str) -> str | None:
    """The version of an installed package, or None."""
    from importlib import metadata  # brings half of the standard library along, which a start need not wait for

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def machine() -> list[str]:
    """Lines that say what runs here."""
    memory = psutil.virtual_memory()
    allowed = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    return [
        f"{platform.platform()}, {platform.machine()}",
        f"{os.cpu_count()} processors, {allowed} of them for this process",
        f"{memory.total / _GIB:.1f} GiB of memory, {memory.available / _GIB:.1f} GiB free",
    ]


def limits() -> list[str]:
    """Lines that say what this process may have: threads, memory, open files, and room on the disk it writes to."""
    lines = [f"threads: {limit.threads:,}, because {limit.cause}" for limit in thread_limits()]
    lines.append(f"stack of a thread: {stack_bytes() / _MIB:.1f} MiB of addresses")
    lines += _resource_limits()
    process = psutil.Process()
    files = getattr(process, "num_handles" if sys.platform == "win32" else "num_fds")()
    used = process.memory_info()
    lines.append(f"now: {process.num_threads():,} threads, {files:,} open files, {used.rss / _MIB:,.0f} MiB resident")
    return lines


def rooms(folders: Iterable[Path]) -> list[str]:
    """Lines that say how much room there is in some folders, or why that is not known."""
    return [_room(folder) for folder in folders]


def _room(folder: Path) -> str:
    try:
        there = next(place for place in (folder, *folder.parents) if place.exists())
        free = f"{psutil.disk_usage(str(there)).free / _GIB:.1f} GiB free"
        return f"{folder}: {free}" + ("" if os.access(there, os.W_OK) else ", not to be written to")
    except OSError as error:
        return f"{folder}: {error}"


def _resource_limits() -> list[str]:
    if sys.platform == "win32":
        return []
    import resource

    named = (("open files", resource.RLIMIT_NOFILE, 1, ""), ("addresses", resource.RLIMIT_AS, _MIB, " MiB"),
             ("size of a file", resource.RLIMIT_FSIZE, _MIB, " MiB"))  # fmt: skip
    return [
        f"{what}: " + " of ".join(_number(number, unit, name) for number in resource.getrlimit(kind))
        for what, kind, unit, name in named
    ]


def _number(number: int, unit: int, name: str) -> str:
    import resource

    return "unlimited" if number == resource.RLIM_INFINITY else f"{number // unit:,}{name}"


def _lock() -> str:
    has_lock = getattr(sys, "_is_gil_enabled", lambda: True)()
    return "with the global interpreter lock" if has_lock else "free-threaded"
