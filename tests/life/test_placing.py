import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from life.board import Board
from life.errors import LifeError
from life.patterns.densest import densest_part
from life.patterns.pattern import Pattern, from_board
from life.patterns.placing import Placed, place
from life.patterns.rle import read_rle, write_rle
from life.rule import CONWAY, Rule
from life.topology import BOUNDED, TORUS, Topology

TUBE = Topology(wraps_y=True, wraps_x=False)
RING = Topology(wraps_y=False, wraps_x=True)


def placed(text: str, size: tuple[int, int] | None = None) -> Placed:
    return place(read_rle(text), size)


def size(board: Board) -> tuple[int, int]:
    return board.height, board.width


def live(result: Placed) -> list[list[int]]:
    found: list[list[int]] = np.argwhere(result.board.cells()).tolist()
    return found


def test_a_small_pattern_stands_in_the_middle_of_a_torus_of_64_by_48() -> None:
    result = placed("x = 3, y = 3\nbo$2bo$3o!")
    assert size(result.board) == (48, 64)
    assert live(result) == [[23, 32], [24, 33], [25, 31], [25, 32], [25, 33]]
    assert (result.rule, result.topology, result.warnings) == (CONWAY, TORUS, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("48o!", (48, 64)),
        ("49o!", (48, 65)),
        ("100o!", (48, 116)),
        ("o31$o!", (48, 64)),
        ("o32$o!", (49, 64)),
        ("o99$299bo!", (116, 316)),
        ("!", (48, 64)),
    ],
)
def test_the_board_grows_to_fit_the_pattern_with_a_margin(text: str, expected: tuple[int, int]) -> None:
    assert size(placed(text).board) == expected


@given(st.integers(2, 300), st.integers(2, 300))
def test_a_pattern_has_a_margin_of_at_least_8_on_each_side(height: int, width: int) -> None:
    corners = Pattern(np.array([0, height - 1]), np.array([0, width - 1]), height, width)
    result = place(corners)
    ys, xs = np.nonzero(result.board.cells())
    assert min(ys) >= 8
    assert min(xs) >= 8
    assert result.board.height - 1 - max(ys) >= 8
    assert result.board.width - 1 - max(xs) >= 8


def test_a_header_that_promises_more_than_there_is_costs_nothing() -> None:
    result = placed("x = 1000000000, y = 1000000000\n3o!")
    assert size(result.board) == (48, 64)
    assert live(result) == [[24, 31], [24, 32], [24, 33]]


@pytest.mark.parametrize(
    ("bounds", "expected", "topology"),
    [
        (":T100,50", (50, 100), TORUS),
        (":T30", (30, 30), TORUS),
        (":P30,20", (20, 30), BOUNDED),
        (":T0,20", (20, 64), TUBE),
        (":T20,0", (48, 20), RING),
        (":P0,20", (20, 64), BOUNDED),
    ],
)
def test_the_bounds_of_the_file_hold(bounds: str, expected: tuple[int, int], topology: Topology) -> None:
    result = placed(f"x = 3, y = 1, rule = B36/S23{bounds}\n3o!")
    assert size(result.board) == expected
    assert result.topology == topology
    assert result.rule == Rule(births=frozenset({3, 6}), survivals=frozenset({2, 3}))
    middle, centre = expected[0] // 2, expected[1] // 2
    assert live(result) == [[middle, centre - 1], [middle, centre], [middle, centre + 1]]


def test_a_tube_grows_in_its_endless_direction_only() -> None:
    assert size(placed("x = 100, y = 1, rule = B3/S23:T0,5\n100o!").board) == (5, 116)


@pytest.mark.parametrize(("bounds", "topology"), [("", TORUS), (":T9,5", TORUS), (":P9,5", BOUNDED), (":T0,5", TUBE)])
def test_a_size_that_is_asked_for_wins_but_the_kind_of_the_board_stays(bounds: str, topology: Topology) -> None:
    result = placed(f"x = 3, y = 1, rule = B3/S23{bounds}\n3o!", (7, 21))
    assert size(result.board) == (7, 21)
    assert result.topology == topology
    assert live(result) == [[3, 9], [3, 10], [3, 11]]


def test_a_file_the_size_of_its_board_lands_exactly_as_written() -> None:
    text = "x = 9, y = 5, rule = B3/S23:T9,5\n3bo$4bo$2b3o!"
    expected = [[0, 3], [1, 4], [2, 2], [2, 3], [2, 4]]
    assert live(placed(text)) == expected
    assert live(placed(text.replace(":T9,5", ""), (5, 9))) == expected


def test_a_header_smaller_than_its_pattern_does_not_move_it() -> None:
    assert live(placed("x = 1, y = 1\n3o!", (3, 5))) == live(placed("3o!", (3, 5))) == [[1, 1], [1, 2], [1, 3]]


def test_a_header_larger_than_the_board_gives_way_to_the_cells() -> None:
    assert live(placed("x = 50, y = 50\n3o!", (3, 5))) == [[1, 1], [1, 2], [1, 3]]


@pytest.mark.parametrize(
    ("position", "bounds", "expected"),
    [
        ("0,0", ":T9,5", [2, 4]),
        ("-4,-2", ":T9,5", [0, 0]),
        ("4,2", ":T9,5", [4, 8]),
        ("-4,-2", ":P8,4", [0, 0]),
        ("3,1", ":T8,4", [3, 7]),
        ("-400,-2", ":T0,4", [0, 32]),
        ("-400,-200", "", [24, 32]),
    ],
)
def test_a_position_counts_from_the_middle_of_the_files_board(position: str, bounds: str, expected: list[int]) -> None:
    assert live(placed(f"#CXRLE Pos={position}\nx = 1, y = 1, rule = B3/S23{bounds}\no!")) == [expected]


def test_what_does_not_fit_is_cut_off_and_counted() -> None:
    result = placed("1000o$1000o!", (5, 9))
    assert result.board.population == 18
    assert result.warnings == (
        "1,982 of 2,000 live cells lie outside the board of 5 rows and 9 columns and were left out",
    )


def test_a_position_beyond_the_board_loses_all_cells_with_a_warning() -> None:
    result = placed("#CXRLE Pos=999999999999999999,0\nx = 3, y = 1, rule = B3/S23:T9,5\n3o!")
    assert result.board.population == 0
    assert result.warnings[0].startswith("3 of 3 live cells")


@given(
    hnp.arrays(np.uint8, st.tuples(st.integers(1, 20), st.integers(1, 90)), elements=st.integers(0, 1)),
    st.integers(1, 30),
    st.integers(1, 90),
)
def test_every_cell_is_on_the_board_or_counted_as_lost(soup: NDArray[np.uint8], height: int, width: int) -> None:
    pattern = from_board(Board.from_cells(soup), CONWAY, TORUS)
    result = place(pattern, (height, width))
    lost = pattern.population - result.board.population
    assert [warning.split()[0] for warning in result.warnings] == ([f"{lost:,}"] if lost else [])
    if height >= soup.shape[0] and width >= soup.shape[1]:
        assert lost == 0


@given(
    hnp.arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 90)), elements=st.integers(0, 1)),
    st.sampled_from([TORUS, BOUNDED]),
)
def test_a_board_that_was_saved_opens_as_it_was(soup: NDArray[np.uint8], topology: Topology) -> None:
    board = Board.from_cells(soup)
    result = placed(write_rle(from_board(board, CONWAY, topology)))
    assert result == Placed(board, CONWAY, topology)


@pytest.mark.parametrize(
    "text",
    [
        "x = 1, y = 1, rule = B3/S23:T100000,100000\no!",
        "x = 1, y = 1, rule = B3/S23:T1,4294967296\no!",
        "x = 1, y = 1, rule = B3/S23:T0,4294967296\no!",
    ],
)
def test_a_board_that_is_too_large_is_refused_before_memory_is_taken(text: str) -> None:
    pattern = read_rle(text)
    tracemalloc.start()
    with pytest.raises(LifeError, match="too large"):
        place(pattern)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("o99999999999b2o!", (48, 8192)),
        ("o99999999999$2o!", (8192, 64)),
        ("o999999999999997b2o!", (48, 8192)),
        ("o200000$200000b2o!", (8192, 8192)),
        ("x = 1, y = 1, rule = B36/S23:T0,20\no99999999999b2o!", (20, 8192)),
    ],
)
def test_of_a_pattern_that_no_board_could_hold_the_densest_part_is_placed(text: str, expected: tuple[int, int]) -> None:
    pattern = read_rle(text)
    tracemalloc.start()
    result = place(pattern)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    height, width = expected
    assert size(result.board) == expected
    assert np.argwhere(result.board.cells()).tolist() == [[height // 2, width // 2 - 1], [height // 2, width // 2]]
    assert (result.rule, len(result.warnings)) == (pattern.notation.rule, 1)
    assert "1 of 3 live cells were left out" in result.warnings[0]
    assert peak < 50_000_000


def test_the_densest_part_is_at_least_a_quarter_as_full_as_any_other() -> None:
    chance = np.random.default_rng(5)
    ys, xs = chance.integers(0, 60, 400), chance.integers(0, 60, 400)
    top, left = densest_part(ys, xs, 10, 12)

    def held(y: int, x: int) -> int:
        return int(((ys >= y) & (ys < y + 10) & (xs >= x) & (xs < x + 12)).sum())

    assert held(top, left) * 4 >= max(held(y, x) for y in range(-10, 60) for x in range(-12, 60))


@pytest.mark.parametrize("wanted", [(0, 5), (5, 0), (-1, 5)])
def test_a_board_without_cells_is_refused(wanted: tuple[int, int]) -> None:
    with pytest.raises(LifeError, match="at least one row and one column"):
        placed("3o!", wanted)
