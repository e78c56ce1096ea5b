"""The last generations are kept, and never more than fit."""

from threading import Barrier, Thread

from hypothesis import given
from hypothesis import strategies as st

from life.board import Board
from life.experiment import Experiment
from life.history import MOST_BYTES, MOST_RECORDS, History, Record
from life.trace.columns import Trace

BOARD = Board(1, 1)


def record(generation: int, cells: int = 1, *, recorded: bool = True) -> Record:
    trace = Trace(generation, 1, cells, is_recorded=recorded)
    return Record(trace, BOARD, BOARD, "serial", Experiment(), 0.0, 0.0, 1, (), "", None)


def generations(history: History) -> list[int]:
    return [kept.trace.generation for kept in history.records()]


def test_the_last_twenty_are_kept_oldest_first() -> None:
    history = History()
    for generation in range(30):
        history.add(record(generation))
    assert (MOST_RECORDS, MOST_BYTES) == (20, 512 << 20)
    assert generations(history) == list(range(10, 30))


@given(st.lists(st.integers(1, 30), max_size=30), st.integers(1, 8), st.integers(0, 4000))
def test_the_newest_that_fit_are_kept_and_the_newest_one_always(
    sizes: list[int], most_records: int, most_bytes: int
) -> None:
    history = History(most_records, most_bytes)
    for generation, cells in enumerate(sizes):
        history.add(record(generation, cells))
    kept = generations(history)
    assert kept == list(range(len(sizes)))[len(sizes) - len(kept) :]
    taken = sum(80 * sizes[generation] for generation in kept)
    assert len(kept) <= most_records
    assert taken <= most_bytes or len(kept) == 1
    if 0 < len(kept) < min(len(sizes), most_records):
        assert taken + 80 * sizes[kept[0] - 1] > most_bytes
    assert bool(kept) == bool(sizes)


def test_columns_of_what_was_not_recorded_take_less() -> None:
    for recorded in (False, True):
        trace = record(1, 100, recorded=recorded).trace
        columns = [getattr(trace, name) for name in vars(trace)]
        assert trace.nbytes == sum(column.nbytes for column in columns if isinstance(column, memoryview))


def test_clearing_forgets_all_and_what_was_handed_out_stays_whole() -> None:
    history = History()
    history.add(record(1))
    before = history.records()
    history.clear()
    assert (len(before), history.records()) == (1, ())


def test_many_threads_may_add_and_none_is_lost() -> None:
    history, together = History(most_records=1000), Barrier(8)

    def add(first: int) -> None:
        together.wait()
        for generation in range(first, first + 100):
            history.add(record(generation))

    threads = [Thread(target=add, args=(100 * number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(generations(history)) == list(range(800))
