import gzip

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from life.errors import LifeError, PatternError
from life.hashlife.engine import HashLifeEngine
from life.hashlife.machine import shared_machinery
from life.hashlife.tree import TreePlane
from life.notation import parse_rule
from life.patterns.files import read_pattern, save_pattern
from life.patterns.formats import MACROCELL, format_of
from life.patterns.macrocell import read_macrocell, write_macrocell
from life.patterns.pattern import from_world
from life.patterns.placing import place
from life.patterns.rle import read_rle
from life.plane.box import Box
from life.rule import CONWAY
from life.topology import BOUNDED, PLANE, TORUS
from tests.life.hashlife.universes import CELLS, GLIDER, SOUPS, cells_of, pattern, plane_of

FROM_GOLLY = """[M2] (golly 4)
#R B36/S23
#G 7
$$......*$.......*$.....***$
4 0 0 0 1
"""


@pytest.fixture(scope="module", autouse=True)
def compiled():
    return shared_machinery().wait()


def refusal(text):
    with pytest.raises(PatternError) as caught:
        read_macrocell(text, "file.mc")
    return caught.value


def round_trip(plane, generation=None):
    return read_macrocell(write_macrocell(from_world(plane, CONWAY, PLANE, generation=generation)))


def test_a_file_of_golly_is_read():
    found = read_macrocell(FROM_GOLLY)
    assert cells_of(found.plane) == {(y + 2, x + 5) for y, x in GLIDER}
    assert (str(found.notation), found.generation) == ("B36/S23", 7)
    assert (found.position, found.height, found.width) == ((2, 5), 3, 3)


@settings(max_examples=40)
@given(CELLS | SOUPS)
def test_what_is_written_is_read_again(cells):
    found = round_trip(plane_of(cells))
    assert cells_of(found.plane) == cells
    assert found.population == len(cells)


@pytest.mark.parametrize("suffix", [".mc", ".mc.gz"])
def test_a_tree_larger_than_any_list_goes_to_a_file_and_back(tmp_path, suffix):
    gun = HashLifeEngine(1 << 26).step(pattern("guns-and-puffers/gosper-glider-gun"), CONWAY, 30 << 65)
    path = tmp_path / f"gun{suffix}"
    assert save_pattern(path, from_world(gun, CONWAY, PLANE, generation=30 << 65)) == ()
    found = read_pattern(path)
    assert isinstance(found.plane, TreePlane)
    assert (found.population, found.plane.box, found.generation) == (gun.population, gun.box, 30 << 65)
    assert found.position == (gun.box.top, gun.box.left)
    after = HashLifeEngine(1 << 26).step(found.plane, CONWAY, 300)
    assert after.population == gun.population + 50
    assert path.read_bytes().startswith(gzip.compress(b"")[:2]) == (suffix == ".mc.gz")


def test_a_few_cells_become_tiles_and_stand_where_they_stood():
    found = round_trip(plane_of([(-1000, 7), (3, -900)]))
    assert not isinstance(found.plane, TreePlane)
    assert place(found).board == plane_of([(-1000, 7), (3, -900)])


def test_name_author_comments_and_generation_survive():
    text = "[M2] (x)\n#R B3/S23\n#G 12\n#N Glider\n#O Somebody\n#C moves\n# and more\n*$\n4 0 0 0 1\n"
    found = read_macrocell(text)
    assert (found.name, found.author, found.comments, found.generation) == (
        "Glider", "Somebody", ("#C moves", "# and more"), 12
    )  # fmt: skip
    again = read_macrocell(write_macrocell(found))
    assert (again.name, again.author, again.comments, again.generation) == (
        found.name, found.author, found.comments, found.generation
    )  # fmt: skip


def test_an_edited_tree_is_written_as_it_is():
    plane = HashLifeEngine(1 << 24).step(pattern("methuselahs/acorn"), CONWAY, 5206)
    edited = plane.with_cells(np.array([9999]), np.array([9999]), alive=True)
    assert cells_of(round_trip(edited).plane) == cells_of(edited)


@pytest.mark.parametrize("topology", [TORUS, BOUNDED])
def test_a_board_with_edges_opens_as_the_same_board(topology):
    board = plane_of(GLIDER).crop(Box(0, 0, 9, 12))
    text = write_macrocell(from_world(board, CONWAY, topology))
    placed = place(read_macrocell(text))
    assert placed.board == board
    assert (placed.topology, placed.warnings) == (topology, ())


def test_golly_and_this_program_agree_on_where_a_board_has_its_middle():
    text = "[M2] (golly 4)\n#R B3/S23:T4,4\n$$$$$......*$......**$\n**$\n4 1 0 0 2\n"  # as `bgolly` writes it
    rows = place(read_macrocell(text)).board.cells().tolist()
    assert rows == [[1, 0, 0, 0], [1, 1, 0, 0], [0, 0, 0, 0], [0, 0, 1, 1]]
    assert read_macrocell(write_macrocell(read_macrocell(text))).position == (-2, -2)


@pytest.mark.parametrize(
    ("lines", "cells"),
    [
        ("*$", {(-4, -4)}),
        (".*\n4 0 0 1 1", {(0, -7), (0, 1)}),
        ("$$\n", set()),
        ("*$\n4 1 0 0 1\n5 0 0 0 2", {(0, 0), (8, 8)}),
        ("*$\n4 1 0 0 1\n5 2 0 0 0\n6 0 0 0 3", {(0, 0), (8, 8)}),
        ("4 0 0 0 0", set()),
    ],
)
def test_small_trees_lie_around_the_middle(lines, cells):
    assert cells_of(read_macrocell("[M2]\n" + lines).plane) == cells


def test_line_ends_of_any_system_and_blank_lines_make_no_difference():
    for end in ("\r\n", "\r", "\n\n"):
        assert cells_of(read_macrocell("\ufeff" + FROM_GOLLY.replace("\n", end)).plane) == {
            (y + 2, x + 5) for y, x in GLIDER
        }


def test_the_format_is_told_by_its_first_line():
    assert format_of(FROM_GOLLY, "x.rle") is MACROCELL
    assert MACROCELL.suffixes == (".mc",)


@pytest.mark.parametrize(
    ("lines", "number", "reason"),
    [
        ("*$\n4 0 0 0 2", 3, "does not stand in an earlier line"),
        ("*$\n4 0 0 0 3\n4 0 0 0 1", 3, "does not stand in an earlier line"),
        ("*$\n5 0 0 0 1", 3, "levels do not fit"),
        ("*$\n4 0 0 0 1\n4 0 0 0 2", 4, "levels do not fit"),
        ("1 0 0 1 2\n2 0 0 0 1", 2, "multi-state"),
        ("*$\n3 0 0 1 1", 3, "multi-state"),
        ("*$\n4 0 0 0 1\n401 0 0 0 0", 4, "too large"),
        ("*$\n99999999999999999999 0 0 0 1", 3, "too large"),
        ("*$\n4 0 0 1", 3, "a line is 8 × 8 cells"),
        ("*$\n4 0 0 0 -1", 3, "a line is 8 × 8 cells"),
        ("*$\nbo$2bo$3o!", 3, "a line is 8 × 8 cells"),
        (".........", 2, "at most 8 rows of at most 8 cells"),
        ("$$$$$$$$*", 2, "at most 8 rows of at most 8 cells"),
        (".*x$", 2, "a line is 8 × 8 cells"),
        ("#R B3/S24x\n*$", 2, "rule"),
        ("#R LifeHistory\n*$", 2, "not supported"),
        ("", 1, "no pattern"),
        ("#R B3/S23:T8,8\n" + "*$\n" + "4 1 1 1 1\n" + "".join(f"{5 + i} {2 + i} 0 0 {2 + i}\n" for i in range(70)),
         1, "too many cells, or too far apart"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(lines, number, reason):
    error = refusal("[M2] (x)\n" + lines + "\n")
    assert reason in error.reason
    assert (error.source, error.line) == ("file.mc", number)


def test_a_file_of_a_few_lines_may_stand_for_more_cells_than_there_are_atoms():
    lines = ["[M2]", "$".join(["*" * 8] * 8) + "$", "4 1 1 1 1"]
    lines.extend(f"{level} {i} {i} {i} {i}" for i, level in enumerate(range(5, 401), start=2))
    plane = read_macrocell("\n".join(lines)).plane
    half = 1 << 399
    assert plane.population == 1 << 800
    assert plane.box == Box(-half, -half, half, half)
    assert plane.crop(Box(-5, -5, 5, 5)).population == 100
    assert (plane.densities(0, 0, 4, 4, 60) == 1).all()
    assert cells_count(write_macrocell(from_world(plane, CONWAY, PLANE))) == plane.population
    with pytest.raises(LifeError):
        plane.live_cells()


def cells_count(text):
    return read_macrocell(text).population


def test_it_says_what_is_the_better_format_where_a_pattern_is_too_large():
    lines = ["[M2]", "*$", "4 1 1 1 1"] + [f"{5 + i} {2 + i} 0 0 {2 + i}" for i in range(60)]
    found = read_macrocell("\n".join(lines))
    with pytest.raises(PatternError, match="Macrocell"):
        found.listed()


PIECES = st.sampled_from(
    ["[M2]", "#R B3/S23", "#R B0/S", "#R B3/S23:T9,9", "#G 5", "#G x", "#", "*$", ".*$..*$***$", "$", "4", "5", " ",
     "0", "1", "2", "3", "\n", "\n", "\n4 1 1 0 0", "\n4 0 0 0 1", "\n5 2 2 0 0", "\n5 0 0 2 3", "\n6 4 0 0 5",
     "é", "-1"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=25))
def test_any_text_is_a_pattern_or_one_clear_sentence(pieces):
    said = ""
    try:
        found = read_macrocell("[M2]\n" + "".join(pieces), "file.mc")
    except PatternError as error:
        said = str(error)
    if said:
        assert said.startswith("file.mc:")
        assert "\n" not in said
    else:
        again = read_macrocell(write_macrocell(found))
        assert (again.population, again.position) == (found.population, found.position)


def test_an_rle_and_a_macrocell_of_the_same_plane_hold_the_same_cells():
    found = read_rle("x = 3, y = 3\nbo$2bo$3o!")
    text = write_macrocell(found)
    assert sorted(cells_of(read_macrocell(text).plane)) == [(y - 1, x - 1) for y, x in sorted(GLIDER)]
    assert parse_rule("B3/S23") == read_macrocell(text).notation
