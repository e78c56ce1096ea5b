"""The child processes of the one that runs the tests."""

from multiprocessing import resource_tracker

import psutil


def children() -> list[psutil.Process]:
    """All there are, with theirs; not the one that multiprocessing keeps to the end to clean up after the others."""
    tracker = resource_tracker._resource_tracker._pid  # None where none was started
    return [child for child in psutil.Process().children(recursive=True) if child.pid != tracker]
