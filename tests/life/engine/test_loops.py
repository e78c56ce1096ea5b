"""The loops in plain Python, slowly; `test_fused` runs them compiled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.engine import loops
from life.engine.compiler import Compiler, specialised
from life.engine.fused import FusedKernel
from tests.life.engine.soups import RULES, TOPOLOGIES, advanced, boards, cell_by_cell


@given(boards(tallest=5), RULES, TOPOLOGIES, st.integers(0, 3), st.sampled_from([1, 7, 4096]))
def test_the_loop_gives_what_cells_give_one_by_one(board, rule, topology, generations, sweep):
    kernel = FusedKernel(Compiler(specialised))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loops, "_SWEEP", sweep)  # a row at a time, some rows, the whole board
        after = advanced(kernel, board, rule, topology, generations)
    assert after == cell_by_cell(board, rule, topology, generations)


@given(st.integers(2, 40), st.integers(1, 9), st.booleans())
def test_the_parts_of_a_generation_are_all_its_rows_each_once_and_after_those_that_it_needs(height, rows, in_pairs):
    bands = -(-height // rows)
    if bands == 1:
        in_pairs = False
    first, second = [], []
    for part in range(2 * bands + 2 if in_pairs else bands):
        is_second, top, end = loops.part_of(part, bands, rows, height, in_pairs)
        (second if is_second else first).extend(range(top, end))
        if is_second and part < 2 * bands:
            assert end <= len(first)  # the row below is there, and the rows above nobody needs any more
    assert first == list(range(1, height + 1))
    assert sorted(second) == (first if in_pairs else [])
