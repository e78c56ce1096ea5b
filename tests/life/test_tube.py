import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.board import Board
from life.notation import parse_rule
from life.patterns.pattern import Pattern, from_board
from life.patterns.placing import place
from life.patterns.rle import read_rle, write_rle
from life.rule import CONWAY
from life.topology import BOUNDED, TORUS, Topology

ALONG_X = Topology(wraps_y=True, wraps_x=False)
ALONG_Y = Topology(wraps_y=False, wraps_x=True)


@given(
    st.integers(1, 70), st.integers(1, 70), st.lists(st.tuples(st.integers(0, 69), st.integers(0, 69)), max_size=9),
    st.builds(Topology, st.booleans(), st.booleans()),
)  # fmt: skip
def test_a_board_of_any_topology_is_the_same_after_it_was_saved_and_opened(height, width, live, topology):
    board = Board.from_live(height, width, live)
    opened = place(read_rle(write_rle(from_board(board, CONWAY, topology))))
    assert (opened.board, opened.topology, opened.rule) == (board, topology, CONWAY)
    assert not opened.warnings


def test_the_size_is_told_once_and_as_it_is_now():
    first = from_board(Board.from_live(20, 30, [(1, 1)]), CONWAY, ALONG_X)
    again = from_board(Board.from_live(25, 35, [(1, 1)]), CONWAY, ALONG_Y, origin=first)
    assert [comment for comment in again.comments if "tube" in comment] == [
        "#C A tube of 25 rows and 35 columns; beyond its two ends all cells are dead."
    ]


@pytest.mark.parametrize("topology", [TORUS, BOUNDED])
def test_what_is_no_tube_any_more_does_not_say_that_it_is_one(topology):
    tube = from_board(Board(20, 30), CONWAY, ALONG_X)
    assert from_board(Board(20, 30), CONWAY, topology, origin=tube).comments == ()


@pytest.mark.parametrize(
    "text",
    [
        "#C A tube of 20 rows and 30 columns\nx = 1, y = 1, rule = B3/S23:T0,21\no!",
        "#C A tube of 20 rows and 30 columns\nx = 1, y = 1, rule = B3/S23:T20,20\no!",
        "#C A tube of 20 rows and 30 columns\nx = 1, y = 1, rule = B3/S23\no!",
        "#C A tube of 20 rows and 30 columns\nx = 40, y = 1, rule = B3/S23:T0,20\n40o!",
    ],
)
def test_a_comment_that_the_rule_or_the_cells_belie_is_only_a_comment(text):
    pattern = read_rle(text)
    without = Pattern(pattern.ys, pattern.xs, pattern.height, pattern.width, notation=pattern.notation)
    placed, plain = place(pattern), place(without)
    assert (placed.board, placed.topology) == (plain.board, plain.topology)


def test_a_tube_of_another_program_is_as_long_as_its_pattern_needs():
    assert parse_rule("B3/S23:T0,20").bounds is not None
    assert place(read_rle("x = 1, y = 1, rule = B3/S23:T0,20\no!")).board.width == 64
