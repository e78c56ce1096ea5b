from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from life.board import Board
from life.notation import Bounds, Notation
from life.patterns.pattern import Pattern, from_board
from life.patterns.rle import read_rle, write_rle
from life.rule import CONWAY, Rule
from life.topology import BOUNDED, TORUS, Topology

GLIDER = [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]
GLIDER_RLE = "x = 3, y = 3, rule = B3/S23\nbo$2bo$3o!\n"
HIGHLIFE = Rule(births=frozenset({3, 6}), survivals=frozenset({2, 3}))


def cells(pattern: Pattern) -> list[tuple[int, int]]:
    return list(zip(pattern.ys.tolist(), pattern.xs.tolist(), strict=True))


def test_a_pattern_is_written_with_all_that_is_known_of_it() -> None:
    pattern = replace(
        read_rle(GLIDER_RLE),
        name="Glider",
        author="Richard K. Guy",
        comments=("#C Moves.", "no hash"),
        trailer=" the end",
        notation=Notation(CONWAY, Bounds(5, 9, wraps=True)),
        position=(-2, 3),
        generation=7,
    )
    assert write_rle(pattern) == (
        "#N Glider\n#O Richard K. Guy\n#C Moves.\n#C no hash\n#CXRLE Pos=3,-2 Gen=7\n"
        "x = 3, y = 3, rule = B3/S23:T9,5\nbo$2bo$3o! the end\n"
    )


def test_an_empty_pattern_is_written_as_agreed() -> None:
    empty = np.zeros(0, np.int64)
    assert write_rle(Pattern(empty, empty, 0, 0)) == "x = 0, y = 0, rule = B3/S23\n!\n"
    assert write_rle(from_board(Board(5, 9), CONWAY, BOUNDED)) == "x = 0, y = 0, rule = B3/S23:P9,5\n!\n"


def test_ends_of_rows_are_merged_and_dead_ends_left_out() -> None:
    text = write_rle(read_rle("x = 9, y = 9\n$$bo5b$$$3b2o2b$5b$o3b$$!"))
    assert text.splitlines() == ["x = 9, y = 9, rule = B3/S23", "2$bo3$3b2o2$o!"]


@given(hnp.arrays(np.uint8, st.tuples(st.integers(1, 30), st.integers(1, 200)), elements=st.integers(0, 1)))
def test_written_lines_are_short_and_whole(soup: NDArray[np.uint8]) -> None:
    lines = write_rle(from_board(Board.from_cells(soup), CONWAY, TORUS)).splitlines()[1:]
    assert all(0 < len(line) <= 70 for line in lines)
    assert all(not line[-1].isdigit() for line in lines)
    data = "".join(lines)
    assert data.count("!") == 1
    assert not any(sloppy in data for sloppy in ("b$", "b!", "$!", "$$", "bb", "oo"))
    counts = data.replace("b", " ").replace("o", " ").replace("$", " ").replace("!", " ").split()
    assert all(int(count) > 1 for count in counts)


@given(
    hnp.arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 140)), elements=st.integers(0, 1)),
    st.builds(Topology, st.booleans(), st.booleans()),
    st.none() | st.integers(1, 10**15),
)
def test_a_board_survives_being_written_and_read(
    soup: NDArray[np.uint8], topology: Topology, generation: int | None
) -> None:
    board = Board.from_cells(soup)
    pattern = from_board(board, HIGHLIFE, topology, generation=generation)
    assert cells(pattern) == [(int(y), int(x)) for y, x in np.argwhere(soup)]
    again = read_rle(write_rle(pattern))
    assert cells(again) == cells(pattern)
    assert again.notation == pattern.notation
    assert again.generation == generation
    if board.population:
        assert (again.height, again.width) == (board.height, board.width)


def test_a_board_keeps_the_comments_of_the_pattern_it_came_from() -> None:
    origin = read_rle("#N Glider\n#O Guy\n#C Moves.\n" + GLIDER_RLE.rstrip() + "after")
    saved = from_board(Board(9, 9), CONWAY, TORUS, origin=origin)
    assert (saved.name, saved.author, saved.comments, saved.trailer) == ("Glider", "Guy", ("#C Moves.",), "after")


SPARSE = st.lists(st.tuples(st.integers(0, 10**12), st.integers(0, 10**12)), max_size=30, unique=True)


@given(SPARSE)
def test_cells_far_apart_survive_being_written_and_read(live: list[tuple[int, int]]) -> None:
    coordinates = np.array(live, np.int64).reshape(-1, 2)
    pattern = Pattern(coordinates[:, 0], coordinates[:, 1], 0, 0)
    assert cells(read_rle(write_rle(pattern))) == sorted(live)


LINE = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(LINE, LINE, st.lists(LINE, max_size=4), LINE | st.just("\nx = 1, y = 1\no!\n#N Other"))
def test_comments_survive_being_written_and_read(name: str, author: str, comments: list[str], trailer: str) -> None:
    pattern = replace(
        read_rle(GLIDER_RLE), name=name, author=author, comments=tuple(f"#C {c}" for c in comments), trailer=trailer
    )
    once = read_rle(write_rle(pattern))
    assert cells(once) == GLIDER
    again = read_rle(write_rle(once))
    kept = [(p.name, p.author, p.comments, p.trailer) for p in (once, again)]
    assert kept[0] == kept[1]
    if not any(mark in "".join([name, author, *comments, trailer]) for mark in "\r\n"):
        texts = (name.strip(), author.strip(), tuple(f"#C {c}".strip() for c in comments), trailer.rstrip())
        assert kept[0] == texts
