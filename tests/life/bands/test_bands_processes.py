import multiprocessing
import subprocess
import sys

import psutil
import pytest

from life.bands.crew import TRIES, BandError, Crew
from life.bands.cutting import cut, put_together
from life.bands.processes import Processes
from life.bands.work import BandStep
from life.board import Board
from life.children import project_folder
from life.engine.generation import next_board
from life.rule import Rule
from life.stop import StopSignal
from life.topology import BOUNDED

BOARD = Board.from_live(301, 130, [(y, x) for y in range(301) for x in range(130) if (3 * y + x * x) % 5 < 2])
EVEN_BIRTHS = Rule(frozenset({0, 3, 6}), frozenset({2, 3}))
GENERATIONS = 5


def expected():
    board = BOARD
    for _ in range(GENERATIONS):
        board = next_board(board, EVEN_BIRTHS, BOUNDED)
    return board


def submitted(crew):
    step = BandStep(EVEN_BIRTHS, BOUNDED, GENERATIONS, StopSignal())
    return [crew.submit(step, band) for band in cut(BOARD, BOUNDED, 3, GENERATIONS)]


def together(futures):
    return put_together(BOARD, [future.result() for future in futures])


def kill_children():
    children = multiprocessing.active_children()
    for child in children:
        child.kill()
    return len(children)


@pytest.fixture(autouse=True)
def no_child_left_behind(monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    yield
    assert multiprocessing.active_children() == []


def test_a_band_whose_process_is_killed_is_computed_again_and_comes_out_the_same():
    with Crew(lambda: Processes(2)) as crew:
        futures = submitted(crew)
        assert kill_children() > 0
        assert together(futures) == expected()  # killed with work in their hands
        assert kill_children() > 0
        assert together(submitted(crew)) == expected()  # killed while they were idle


def test_processes_that_die_again_and_again_end_in_a_sentence():
    class Doomed(Processes):
        def submit(self, fn, /, *args, **kwargs):
            future = super().submit(fn, *args, **kwargs)
            kill_children()
            return future

    with Crew(lambda: Doomed(1)) as crew, pytest.raises(BandError, match=f"{TRIES} times.*BrokenProcessPool"):
        together(submitted(crew))


def test_ending_does_not_wait_for_what_is_under_way():
    with Crew(lambda: Processes(1)) as crew:
        endless = BandStep(EVEN_BIRTHS, BOUNDED, 1 << 60)
        future = crew.submit(endless, cut(BOARD, BOUNDED, 1, 1)[0])
    assert multiprocessing.active_children() == []
    assert future._future.done()


KEEPS_WORKING = """
import sys, multiprocessing
from life.bands.processes import Processes

if __name__ == "__main__":
    with Processes(1) as pool:
        pool.submit(len, "").result()
        print(multiprocessing.active_children()[0].pid, flush=True)
        sys.stdin.read()
"""


def test_processes_end_with_their_parent_however_it_ends(tmp_path):
    script = tmp_path / "keeps_working.py"
    script.write_text(KEEPS_WORKING, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**psutil.Process().environ(), "PYTHONPATH": str(project_folder())},
    ) as parent:
        worker = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        parent.communicate()
        worker.wait(timeout=30)
    assert not worker.is_running()


def test_a_process_that_could_not_be_started_does_not_keep_the_others_from_being_ended():
    processes = Processes(1)
    processes.submit(abs, -1).result()
    processes._spawn.Process(target=abs, args=(-1,))
    processes.shutdown()
    assert multiprocessing.active_children() == []
