"""Disks and folders that refuse to be written to, for real."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

NOBODY = 65534
_SMALL = 32 << 10  # bytes


@contextmanager
def full_disk(folder: Path) -> Iterator[Path]:
    """Makes `folder` a small disk with no room on it; removing the file `rest` makes some."""
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={_SMALL}", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        fill(folder)
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path) -> None:
    """Takes all the room that is left."""
    with open(folder / "rest", "ab", buffering=0) as rest, suppress(OSError):
        while True:
            rest.write(bytes(4096))


@contextmanager
def nobody() -> Iterator[None]:
    """Whoever runs the tests may write nothing meanwhile but what is everybody's; root could write anywhere."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
