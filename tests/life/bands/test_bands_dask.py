import subprocess
import sys
import threading
from zipfile import ZipFile

import psutil
import pytest

from life.bands import dask
from life.bands.crew import Crew
from life.bands.cutting import cut, put_together
from life.bands.dask import ClusterError, DaskWorkers, pack_code
from life.bands.work import BandStep
from life.board import Board
from life.engine.generation import next_board
from life.errors import Stopped
from life.rule import CONWAY
from life.stop import StopSignal
from life.topology import TORUS

BOARD = Board.from_live(300, 130, [(y, x) for y in range(300) for x in range(130) if (3 * y + x * x) % 5 < 2])
GENERATIONS = 5


def expected():
    board = BOARD
    for _ in range(GENERATIONS):
        board = next_board(board, CONWAY, TORUS)
    return board


def submitted(crew):
    step = BandStep(CONWAY, TORUS, GENERATIONS, StopSignal())
    return [crew.submit(step, band) for band in cut(BOARD, TORUS, 4, GENERATIONS)]


def together(futures):
    return put_together(BOARD, [future.result() for future in futures])


@pytest.fixture
def distributed():
    return pytest.importorskip("distributed", reason='Dask is an extra: pip install ".[cluster]"')


@pytest.fixture
def worker_processes(distributed):
    """A cluster of two processes, as if they were elsewhere."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster


def test_without_an_address_the_cluster_is_made_of_threads_here_and_ends_with_its_crew(distributed):
    before, children = set(threading.enumerate()), psutil.Process().children()
    with Crew(lambda: DaskWorkers(2)) as crew:
        assert together(submitted(crew)) == expected()
        assert psutil.Process().children() == children
    left = [t.name for t in set(threading.enumerate()) - before if not t.name.startswith(("Dask-Offload", "Profile"))]
    assert left == []  # the two are Dask's for the whole process, and keep nobody from ending it


def test_a_stop_does_not_wait_for_the_cluster(distributed, monkeypatch):
    stop = StopSignal()
    with Crew(lambda: DaskWorkers(1)) as crew:
        busy = threading.Event()
        crew.executor.submit(_wait_for, busy)
        future = crew.submit(BandStep(CONWAY, TORUS, 1, stop), cut(BOARD, TORUS, 1, 1)[0])
        stop.set()
        with pytest.raises(Stopped):
            future.result()
        busy.set()


def test_a_band_whose_dask_worker_is_killed_is_computed_again_by_another(worker_processes):
    with Crew(lambda: DaskWorkers(2, worker_processes.scheduler_address)) as crew:
        assert together(submitted(crew)) == expected()
        futures = submitted(crew)
        pid = worker_processes.workers[0].pid
        psutil.Process(pid).kill()
        assert together(futures) == expected()
        assert together(submitted(crew)) == expected()


def test_without_dask_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match="pip install distributed") as raised:
        DaskWorkers(2)
    assert "\n" not in str(raised.value)


def test_a_packed_program_says_that_it_has_none(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(ClusterError, match="this packed program has no Dask"):
        DaskWorkers(2)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "gopher://there"])
def test_an_address_at_which_nobody_answers_is_named(distributed, address, monkeypatch):
    monkeypatch.setattr(dask, "_SECONDS_TO_CONNECT", 0.2)
    with pytest.raises(ClusterError, match=f"no Dask scheduler answers at {address}; start one with `dask scheduler`"):
        DaskWorkers(2, address)


def test_a_cluster_without_workers_is_named(distributed, monkeypatch):
    monkeypatch.setattr(dask, "_SECONDS_TO_CONNECT", 0.2)
    with (
        distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=None, silence_logs=50) as cluster,
        pytest.raises(ClusterError, match="has no workers; start some with `dask worker"),
    ):
        DaskWorkers(2, cluster.scheduler_address)


def test_a_scheduler_can_pass_on_a_call_without_having_life(distributed, tmp_path):
    import cloudpickle

    call, packed = dask._packed_call(max, (3, 5))
    pickled = cloudpickle.dumps((call, packed))
    code = "import sys, cloudpickle; call, packed = cloudpickle.loads(sys.stdin.buffer.read()); print(call(packed))"
    done = subprocess.run([sys.executable, "-I", "-c", code], cwd=tmp_path, input=pickled, capture_output=True)
    assert (done.stdout.strip(), done.stderr) == (b"5", b"")


def test_the_code_that_is_sent_is_all_of_life_and_nothing_else(tmp_path):
    file = tmp_path / "code.zip"
    assert pack_code(file)
    names = ZipFile(file).namelist()
    assert {"life/__init__.py", "life/board.py", "life/bands/work.py"} <= set(names)
    assert all(name.startswith("life/") and name.endswith(".py") for name in names)


def test_a_program_in_one_file_has_no_source_to_send(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert not pack_code(tmp_path / "code.zip")


def _wait_for(event):
    event.wait()
