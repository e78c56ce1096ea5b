import threading

from life.hashlife.engine import HashLifeEngine
from life.hashlife.machine import Machinery, plain_machine
from life.patterns.macrocell import read_macrocell, write_macrocell
from life.rule import CONWAY
from tests.life.hashlife.universes import GLIDER, cells_of, no_compiler, plane_of


class SlowCompiler:
    """Gives its machine when it is let go on, and notes in which thread it was asked for it."""

    def __init__(self):
        self.go_on = threading.Event()
        self.threads = []

    def __call__(self):
        self.threads.append(threading.current_thread())
        self.go_on.wait()
        return plain_machine()


def test_asking_does_not_wait_and_compiles_once_in_another_thread():
    slow = SlowCompiler()
    machinery = Machinery(slow)
    assert not machinery.machine.is_compiled
    assert not machinery.machine.is_compiled
    slow.go_on.set()
    machinery.wait()
    assert len(slow.threads) == 1
    assert slow.threads[0] is not threading.current_thread()


def test_an_engine_that_does_nothing_compiles_nothing():
    slow = SlowCompiler()
    engine = HashLifeEngine(1 << 24, Machinery(slow))
    assert engine.regularity == 0
    assert slow.threads == []
    slow.go_on.set()
    assert cells_of(engine.step(plane_of(GLIDER), CONWAY, 4)) == {(y + 1, x + 1) for y, x in GLIDER}
    engine._store.machinery.wait()
    assert len(slow.threads) == 1


def test_small_files_are_read_and_written_without_a_compilation(monkeypatch):
    machinery = Machinery(no_compiler)
    for module in ("store", "converting"):
        monkeypatch.setattr(f"life.hashlife.{module}.shared_machinery", lambda: machinery)
    found = read_macrocell("[M2]\n#R B3/S23\n*$\n4 0 0 0 1\n")
    assert read_macrocell(write_macrocell(found)).population == 1
    assert machinery.trouble == ""
    machinery.wait()
    assert machinery.trouble != ""
