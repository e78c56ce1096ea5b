import threading
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor

import pytest

from life.bands import work
from life.bands.crew import TRIES, BandError, Crew
from life.bands.cutting import cut, put_together
from life.bands.work import BandStep
from life.board import Board
from life.engine.generation import next_board
from life.errors import LifeError, Stopped
from life.rule import CONWAY
from life.stop import StopSignal
from life.topology import TORUS

BOARD = Board.from_live(30, 30, [(y, x) for y in range(30) for x in range(30) if (3 * y + x * x) % 5 < 2])
NEXT = next_board(BOARD, CONWAY, TORUS)


class Losing(Executor):
    """Works at once, but for its first tries, each of which ends with an error of a list."""

    def __init__(self, errors):
        self.errors = errors
        self.is_shut_down = False

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        if self.errors:
            future.set_exception(self.errors.pop(0))
        else:
            future.set_result(fn(*args, **kwargs))
        return future

    def shutdown(self, wait=True, *, cancel_futures=False):
        self.is_shut_down = True


class Refusing(Losing):
    """Raises its errors where it is asked to work, as a pool does whose workers died while they were idle."""

    def submit(self, fn, /, *args, **kwargs):
        if self.errors:
            raise self.errors.pop(0)
        return super().submit(fn, *args, **kwargs)


class Silent(Losing):
    """Never answers."""

    def submit(self, fn, /, *args, **kwargs):
        self.future = Future()
        return self.future


def computed_by(crew, stop=None, bands=3):
    step = BandStep(CONWAY, TORUS, 1, stop)
    futures = [crew.submit(step, band) for band in cut(BOARD, TORUS, bands, 1)]
    return put_together(BOARD, [future.result() for future in futures])


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (Losing, OSError("no route to host")),
        (Losing, MemoryError()),
        (Losing, RuntimeError("a defect")),
        (Refusing, RuntimeError("can't start new thread")),
        (Refusing, OSError("handle is closed")),  # a pool of processes that breaks while it starts another one
    ],
)
def test_a_band_whose_worker_raised_is_computed_again(kind, error):
    executor = kind([error, error])
    with Crew(lambda: executor) as crew:
        assert computed_by(crew) == NEXT
        assert crew.executor is executor


@pytest.mark.parametrize("kind", [Losing, Refusing])
def test_an_executor_that_has_lost_all_workers_is_replaced_by_another(kind):
    made = [kind([BrokenExecutor(), BrokenExecutor(), BrokenExecutor()]), Losing([])]
    left = list(made)
    with Crew(lambda: left.pop(0)) as crew:
        assert computed_by(crew) == NEXT
        assert crew.executor is made[1]
        assert made[0].is_shut_down
    assert made[1].is_shut_down


def test_after_so_many_tries_one_sentence_says_which_rows_and_why():
    with Crew(lambda: Losing([MemoryError("no\nmore ")] * TRIES)) as crew, pytest.raises(BandError) as raised:
        computed_by(crew, bands=1)
    assert str(raised.value) == (
        "rows 0 to 29 were lost with their worker 3 times, the last time to MemoryError: no more; "
        "try fewer workers, or the strategy whole-board"
    )
    assert isinstance(raised.value.__cause__, MemoryError)


def test_workers_that_cannot_be_had_again_are_not_asked_for_again():
    executors = [Losing([BrokenExecutor()])]

    def open_executor():
        if not executors:
            raise LifeError("the cluster is gone")
        return executors.pop()

    with Crew(open_executor) as crew, pytest.raises(LifeError, match="the cluster is gone"):
        computed_by(crew)


def test_a_stop_ends_the_wait_for_a_worker_that_never_answers():
    stop, silent = StopSignal(), Silent([])
    with Crew(lambda: silent) as crew:
        future = crew.submit(BandStep(CONWAY, TORUS, 1, stop), cut(BOARD, TORUS, 1, 1)[0])
        stopper = threading.Thread(target=stop.set)
        stopper.start()
        with pytest.raises(Stopped):
            future.result()
        stopper.join()
    assert silent.future.cancelled()


def test_a_stop_reaches_threads_in_the_middle_of_a_band_and_the_crew_goes_on_afterwards(monkeypatch):
    monkeypatch.setattr(work, "_WORTH_COMPILING", 1 << 80)
    stop = StopSignal()
    with Crew(lambda: ThreadPoolExecutor(2)) as crew:
        endless = BandStep(CONWAY, TORUS, 1 << 60, stop)
        futures = [crew.submit(endless, band) for band in cut(BOARD, TORUS, 2, 1)]
        stop.set()
        with pytest.raises(Stopped):
            futures[0].result()
        assert computed_by(crew, StopSignal()) == NEXT


def test_threads_end_with_their_crew():
    before = set(threading.enumerate())
    with Crew(lambda: ThreadPoolExecutor(3)) as crew:
        assert computed_by(crew) == NEXT
        assert set(threading.enumerate()) > before
    assert set(threading.enumerate()) == before
