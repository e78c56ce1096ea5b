import subprocess
import sys
import threading

import pytest

from life.engine.compiler import Compiler, specialised
from life.engine.engine import Engine
from life.engine.fused import FusedKernel, NotCompiledError
from life.errors import Stopped
from life.rule import CONWAY, Rule
from life.stop import StopSignal
from life.topology import TORUS
from tests.life.engine.soups import advanced, cell_by_cell, soup

SEEDS = Rule(frozenset({2}), frozenset())
BOARD = soup(6, 70, seed=1)


class SlowCompiler:
    """Compiles nothing before it is let go on, and notes what it was asked for and where."""

    def __init__(self):
        self.go_on = threading.Event()
        self.asked = []

    def __call__(self, loop_by, rule):
        self.asked.append((rule, threading.current_thread()))
        self.go_on.wait()
        return specialised(loop_by, rule)


def without_numba(loop_by, rule):
    raise ImportError("No module named 'numba'")


def out_of_order(loop_by, rule):
    raise ValueError("the compiler is out of order")


def test_asking_for_a_loop_does_not_wait_for_it():
    slow = SlowCompiler()
    compiler = Compiler(slow)
    assert compiler.loop(CONWAY) is None
    assert compiler.loop(CONWAY) is None
    slow.go_on.set()
    assert compiler.wait(CONWAY) is compiler.loop(CONWAY) is not None
    assert [rule for rule, _ in slow.asked] == [CONWAY]
    assert slow.asked[0][1] is not threading.current_thread()


def test_another_rule_is_compiled_after_the_one_before():
    slow = SlowCompiler()
    compiler = Compiler(slow)
    assert compiler.loop(CONWAY) is None
    assert compiler.loop(SEEDS) is None
    assert len(slow.asked) <= 1
    slow.go_on.set()
    assert compiler.wait(SEEDS) is not None
    assert [rule for rule, _ in slow.asked] == [CONWAY, SEEDS]


def test_without_numba_the_engine_says_so_once_and_goes_on():
    engine = Engine(Compiler(without_numba))
    assert engine.step(BOARD, CONWAY, TORUS, 3) == cell_by_cell(BOARD, CONWAY, TORUS, 3)
    compiler = Compiler(without_numba)
    assert compiler.wait(CONWAY) is None
    assert "pip install numba" in compiler.trouble


def test_a_compiler_that_fails_leaves_the_work_to_numpy():
    compiler = Compiler(out_of_order)
    engine = Engine(compiler)
    assert compiler.wait(CONWAY) is None
    assert "out of order" in engine.trouble
    assert engine.kernel_for(CONWAY).key == "packed"
    assert engine.step(BOARD, CONWAY, TORUS, 3) == cell_by_cell(BOARD, CONWAY, TORUS, 3)


def test_the_compiled_kernel_alone_says_why_it_cannot_work():
    with pytest.raises(NotCompiledError, match="numba"):
        advanced(FusedKernel(Compiler(without_numba)), BOARD, CONWAY, TORUS)


def test_the_engine_changes_over_to_compiled_code_when_it_is_there():
    slow = SlowCompiler()
    compiler = Compiler(slow)
    engine = Engine(compiler)
    second = engine.step(BOARD, CONWAY, TORUS, 2)
    assert engine.kernel_for(CONWAY).key == "packed"
    slow.go_on.set()
    compiler.wait(CONWAY)
    assert engine.kernel_for(CONWAY).key == "fused"
    assert engine.step(second, CONWAY, TORUS, 3) == cell_by_cell(BOARD, CONWAY, TORUS, 5)


def test_the_engine_goes_on_from_any_board():
    engine = Engine(Compiler(specialised))
    third = engine.step(BOARD, CONWAY, TORUS, 3)
    assert engine.step(third, SEEDS, TORUS) == cell_by_cell(third, SEEDS, TORUS)
    other = soup(9, 9, seed=2)
    assert engine.step(other, CONWAY, TORUS) == cell_by_cell(other, CONWAY, TORUS)
    assert engine.step(BOARD, CONWAY, TORUS, 0) is BOARD
    assert engine.step(BOARD, CONWAY, TORUS) == cell_by_cell(BOARD, CONWAY, TORUS)


def test_a_board_that_was_given_stays_as_it_is_when_the_engine_goes_on():
    engine = Engine(Compiler(specialised))
    first = engine.step(BOARD, CONWAY, TORUS)
    bits = first.bits.copy()
    engine.step(first, CONWAY, TORUS, 2)
    assert (first.bits == bits).all()


def test_an_engine_that_was_stopped_starts_again_from_the_board_that_it_is_given():
    engine = Engine(Compiler(specialised))
    first = engine.step(BOARD, CONWAY, TORUS)
    stop = StopSignal()
    stop.set()
    with pytest.raises(Stopped):
        engine.step(first, CONWAY, TORUS, 10, stop)
    assert engine.step(first, CONWAY, TORUS) == cell_by_cell(BOARD, CONWAY, TORUS, 2)


IMPORTED_BY_MANY = """
from threading import Barrier, Thread
from life.engine.compiler import numba_package
together, found = Barrier(8), []
def look():
    together.wait()
    numba = numba_package()
    found.append((numba.njit, numba.extending.intrinsic, numba.extending.overload))
threads = [Thread(target=look) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(found))
"""


def test_threads_that_begin_to_compile_at_the_same_time_all_find_the_whole_of_numba():
    pytest.importorskip("numba")
    done = subprocess.run([sys.executable, "-c", IMPORTED_BY_MANY], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("8", "")
