"""Garbage is collected, but in the GUI thread alone, and not in the middle of a generation."""

import gc
import threading
import weakref

import pytest

from gui import garbage
from gui.garbage import GarbageInGuiThread


class Cycle:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.itself = self


alive = []


@pytest.fixture
def busy():
    return []


@pytest.fixture
def keeper(qapp, busy):
    with GarbageInGuiThread(lambda: bool(busy)) as one:
        yield one
    assert gc.isenabled()


def dropped_cycle(objects: int) -> weakref.ref:
    """Drops a cycle after so many objects were made that still live; those of the last time are gone first."""
    alive.clear()
    cycle = Cycle()
    alive.extend([] for _ in range(objects))
    return weakref.ref(cycle)


def test_a_worker_thread_never_collects(keeper):
    found = []

    def work():
        reference = dropped_cycle(5 * garbage.YOUNG_OBJECTS)
        found.append(reference() is None)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [False]


def test_the_timer_collects_once_enough_was_made(keeper, qtbot):
    reference = dropped_cycle(2 * garbage.YOUNG_OBJECTS)
    qtbot.waitUntil(lambda: reference() is None)


def test_nothing_is_looked_for_while_a_generation_is_under_way(keeper, busy):
    busy.append(True)
    reference = dropped_cycle(2 * garbage.YOUNG_OBJECTS)
    keeper.look()
    assert reference() is not None
    busy.clear()
    keeper.look()
    assert reference() is None


def test_unless_it_leaves_too_much_behind(keeper, busy, monkeypatch):
    monkeypatch.setattr(garbage, "TOO_MANY_OBJECTS", garbage.YOUNG_OBJECTS)
    busy.append(True)
    reference = dropped_cycle(2 * garbage.YOUNG_OBJECTS)
    keeper.look()
    assert reference() is None


def test_old_garbage_is_found_in_the_end(keeper):
    cycle = Cycle()
    gc.collect(), gc.collect()  # now it is old
    reference = weakref.ref(cycle)
    del cycle
    for _ in range(100):
        dropped_cycle(2 * garbage.YOUNG_OBJECTS)
        keeper.look()
    assert reference() is None
