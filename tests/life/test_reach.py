"""What a machine runs out of first, in sentences with its numbers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.board import Board
from life.experiment import Experiment, WireKind
from life.fanout import FAN_OUTS
from life.reach import Machine, forewarning, forewarning_of, shortages, threads_of
from life.trace.limits import ThreadLimit

GIB = 1 << 30
PIDS = "the container or control group may have 4,096 threads, and has 96"
ROOMY = Machine(8 << 20, ThreadLimit(1_000_000, "there are many"), 64 * GIB, 16_384)
CELLS = Experiment(strategy="thread-per-cell")


def warned(experiment: Experiment, machine: Machine, height: int = 100, width: int = 100) -> str:
    return forewarning(experiment, height, width, machine)


def test_where_there_is_enough_of_everything_nothing_is_said() -> None:
    assert warned(CELLS, ROOMY) == ""
    assert warned(replace(CELLS, wire=WireKind.SERVICE), ROOMY) == ""


def test_threads_give_out_first_where_a_container_allows_few() -> None:
    sentence = warned(CELLS, replace(ROOMY, threads=ThreadLimit(4_000, PIDS)))
    assert sentence == (
        f"10,000 cells will start 10,000 threads. If all live at once, this system refuses them at about 4,000: {PIDS}."
    )


def test_memory_gives_out_first_where_little_is_free() -> None:
    sentence = warned(CELLS, replace(ROOMY, free_memory=50 << 20, threads=ThreadLimit(4_000, PIDS)))
    assert "If all live at once, memory gives out at about 3,200 of them: 49 MiB are free, and each takes" in sentence
    assert "refuses" not in sentence


def test_what_is_written_down_of_the_cells_takes_memory_too() -> None:
    little = replace(ROOMY, free_memory=164 << 20)
    assert warned(CELLS, little, 100, 100) == ""
    bands = Experiment(strategy="row-batches", workers=5_000)
    assert "memory gives out" in warned(bands, little, 5_000, 400)


def test_connections_that_wait_in_line_are_named_before_the_refusal() -> None:
    over_tcp = replace(CELLS, wire=WireKind.SERVICE)
    sentence = warned(over_tcp, replace(ROOMY, threads=ThreadLimit(9_000, PIDS)))
    assert (
        "If all live at once, only 8,128 ask the service at a time and the others wait in line: "
        "16,384 files may be open; and this system refuses them at about 9,000:"
    ) in sentence
    assert "ask the service" not in warned(over_tcp, replace(ROOMY, threads=ThreadLimit(4_000, PIDS)))
    assert "ask the service" not in warned(CELLS, replace(ROOMY, threads=ThreadLimit(9_000, PIDS)))


def test_workers_are_named_as_such() -> None:
    many = Experiment(strategy="thread-pool", workers=6_000)
    sentence = warned(many, replace(ROOMY, threads=ThreadLimit(4_000, PIDS)))
    assert sentence.startswith("The workers are 6,000 threads. If all live at once, this system refuses them")


def test_who_starts_no_threads_is_not_warned_of_them() -> None:
    tiny = replace(ROOMY, threads=ThreadLimit(50, PIDS), free_memory=1 << 20)
    assert warned(Experiment(strategy="coroutines"), tiny) == ""
    assert forewarning_of(Experiment(strategy="whole-board"), Board(3_000, 3_000)) == ""


def test_this_machine_can_be_asked() -> None:
    here = Machine.here()
    assert here.free_memory > 1 << 20
    assert here.open_files > 0
    assert forewarning_of(CELLS, Board(5, 5)) == ""


@given(
    st.sampled_from([strategy.key for strategy in FAN_OUTS]),
    st.integers(1, 300),
    st.integers(1, 300),
    st.none() | st.integers(1, 5_000),
    st.integers(1, 100_000),
    st.integers(0, 4 * GIB),
    st.integers(16, 20_000),
)
def test_what_gives_out_does_so_below_the_number_of_threads_and_in_order(
    key: str, height: int, width: int, workers: int | None, threads: int, free: int, files: int
) -> None:
    experiment = Experiment(strategy=key, workers=workers, wire=WireKind.SERVICE)
    found = shortages(experiment, height, width, Machine(8 << 20, ThreadLimit(threads, "so"), free, files))
    at = [shortage.at for shortage in found]
    assert at == sorted(at)
    assert all(0 <= number < threads_of(experiment, height, width) for number in at)


@pytest.mark.parametrize(("free", "said"), [(-5, "0 MiB"), (3 << 20, "3 MiB"), (GIB, "1.0 GiB")])
def test_free_memory_is_said_in_a_unit_that_suits_it(free: int, said: str) -> None:
    cells = 300 * 300
    (memory,) = shortages(CELLS, 300, 300, replace(ROOMY, free_memory=free + 80 * cells))
    assert f": {said} are free" in memory.clause
