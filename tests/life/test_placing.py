import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from life.board import Board
from life.errors import LifeError, PatternError
from life.notation import parse_rule
from life.patterns.life105 import read_life105
from life.patterns.life106 import read_life106
from life.patterns.pattern import Pattern, from_board, from_plane
from life.patterns.placing import Placed, place
from life.patterns.plaintext import read_plaintext
from life.patterns.rle import read_rle, write_rle
from life.plane.plane import Plane
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY, Rule
from life.topology import BOUNDED, PLANE, TORUS, Topology
from life.world import World

TUBE = Topology(wraps_y=True, wraps_x=False)
RING = Topology(wraps_y=False, wraps_x=True)


def placed(text: str, size: tuple[int, int] | None = None) -> Placed:
    return place(read_rle(text), size)


def size(board: World) -> tuple[int, int]:
    assert isinstance(board, Board)
    return board.height, board.width


def live(result: Placed) -> list[list[int]]:
    assert isinstance(result.board, Board)
    found: list[list[int]] = np.argwhere(result.board.cells()).tolist()
    return found


def on_plane(result: Placed) -> list[tuple[int, int]]:
    assert isinstance(result.board, Plane)
    ys, xs = result.board.live_cells()
    return list(zip(ys.tolist(), xs.tolist(), strict=True))


def test_a_pattern_without_a_board_stands_around_the_middle_of_the_plane() -> None:
    result = placed("x = 3, y = 3\nbo$2bo$3o!")
    assert on_plane(result) == [(-1, 0), (0, 1), (1, -1), (1, 0), (1, 1)]
    assert (result.rule, result.topology, result.warnings) == (CONWAY, PLANE, ())


@pytest.mark.parametrize(
    "position", [(0, 0), (-400, 7), (2**62 - 1, -(2**62)), (-(2**62), 2**62 - 1), (10**18, 10**18)]
)
def test_on_the_plane_a_pattern_stands_where_its_file_says(position: tuple[int, int]) -> None:
    y, x = position
    assert on_plane(placed(f"#CXRLE Pos={x},{y}\nx = 1, y = 1\no!")) == [position]
    assert on_plane(place(read_life106(f"#Life 1.06\n{x} {y}\n"))) == [position]
    assert on_plane(place(read_life105(f"#Life 1.05\n#P {x} {y}\n*\n"))) == [position]
    assert on_plane(place(read_plaintext(f"!Position: {x},{y}\nO\n"))) == [position]


def test_cells_at_the_two_ends_of_the_plane_are_both_there() -> None:
    far = 2**62 - 1
    assert on_plane(place(read_life106(f"#Life 1.06\n{far} {far}\n{-far} {-far}\n"))) == [(-far, -far), (far, far)]


@pytest.mark.parametrize("text", [f"#Life 1.06\n{2**62} 0\n", f"#Life 1.06\n0 {2**62}\n"])
def test_a_cell_beyond_the_end_of_the_plane_is_refused(text: str) -> None:
    with pytest.raises(LifeError, match="as far as the plane reaches"):
        place(read_life106(text))


@pytest.mark.parametrize("text", ["#CXRLE Pos=9999999999999999999,0\no!", "#CXRLE Pos=0,4611686018427387905\no!"])
def test_a_position_that_nobody_can_mean_is_not_believed(text: str) -> None:
    assert on_plane(placed(text)) == [(0, 0)]


def test_such_a_position_in_plain_text_is_not_believed_either() -> None:
    assert on_plane(place(read_plaintext("!Position: 9999999999999999999,0\nO\n"))) == [(0, 0)]


def test_cells_far_apart_take_no_memory() -> None:
    pattern = read_rle("o999999999999997b2o!")
    tracemalloc.start()
    result = place(pattern)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert result.board.population == 3
    assert peak < 1_000_000


def test_a_rule_that_needs_edges_gets_a_torus_and_says_why() -> None:
    result = placed("x = 3, y = 1, rule = B0123478/S01234678\n3o!")
    assert (size(result.board), result.topology) == ((48, 64), TORUS)
    assert live(result) == [[24, 31], [24, 32], [24, 33]]
    assert len(result.warnings) == 1
    assert "every dead cell of an endless plane would come alive at once" in result.warnings[0]


def test_a_pattern_of_a_plane_is_that_plane_again() -> None:
    plane = TilePlane.from_cells(np.array([5, 10**15]), np.array([-7, 10**16]))
    result = place(from_plane(plane, CONWAY))
    assert result.board is plane
    assert size(place(from_plane(plane, CONWAY), (5, 9)).board) == (5, 9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("48o!", (20, 64)),
        ("49o!", (20, 65)),
        ("100o!", (20, 116)),
        ("o9$299bo!", (20, 316)),
        ("!", (20, 64)),
    ],
)
def test_where_a_file_says_endless_the_board_grows_to_fit_the_pattern_with_a_margin(
    text: str, expected: tuple[int, int]
) -> None:
    assert size(placed(f"x = 1, y = 1, rule = B3/S23:T0,20\n{text}").board) == expected


@given(st.integers(2, 300), st.integers(2, 300))
def test_on_a_tube_a_pattern_has_a_margin_of_at_least_8(height: int, width: int) -> None:
    corners = Pattern(
        np.array([0, height - 1]), np.array([0, width - 1]), height, width, notation=parse_rule("B3/S23:T300,0")
    )
    result = place(corners)
    ys = result.board.live_cells()[0]
    assert min(ys) >= 8
    assert result.board.frame.bottom - 1 - max(ys) >= 8


def test_a_header_that_promises_more_than_there_is_costs_nothing() -> None:
    result = placed("x = 1000000000, y = 1000000000, rule = B3/S23:T0,48\n3o!")
    assert size(result.board) == (48, 64)
    assert live(result) == [[24, 31], [24, 32], [24, 33]]
    assert on_plane(placed("x = 1000000000, y = 10\n3o!")) == [(-5, x - 500_000_000) for x in range(3)]


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
        "x = 1, y = 1, rule = B36/S23:T0,20\no99999999999b2o!",
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


@pytest.mark.parametrize("wanted", [(0, 5), (5, 0), (-1, 5)])
def test_a_board_without_cells_is_refused(wanted: tuple[int, int]) -> None:
    with pytest.raises(LifeError, match="at least one row and one column"):
        placed("3o!", wanted)


def test_a_plane_of_too_many_cells_is_not_listed_and_says_what_has_room_for_it() -> None:
    plane = TilePlane.from_cells(np.array([5, 9, 10**6]), np.array([-7, 3, 10**7]))
    pattern = from_plane(plane, CONWAY)
    listed = pattern.listed(3)
    assert (listed.ys.tolist(), listed.xs.tolist(), listed.position) == ([0, 4, 999_995], [0, 10, 10_000_007], (5, -7))
    with pytest.raises(PatternError, match=r"3 live cells on 999,996 rows .* save it as Macrocell"):
        pattern.listed(2)
