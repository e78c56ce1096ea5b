from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from life.board import Board
from life.knowing.component import component_at
from life.knowing.names import Names
from life.knowing.object import Fate, nature_of, speed_in_words
from life.knowing.plane import Cluster, canonical_key, orientations
from life.knowing.pointing import sighting_at
from life.moment import Moment
from life.notation import parse_rule
from life.patterns.files import read_pattern
from life.rule import CONWAY
from life.topology import BOUNDED, TORUS
from tests.life.knowing.runs import next_moment, rolled, run, start

GLIDER = "-*-\n--*\n***"
PULSAR = """\
--***---***--
-------------
*----*-*----*
*----*-*----*
*----*-*----*
--***---***--
-------------
--***---***--
*----*-*----*
*----*-*----*
*----*-*----*
-------------
--***---***--"""
PENTADECATHLON = "--*----*--\n**-****-**\n--*----*--"
ASSETS = Path(__file__).parents[3] / "assets" / "patterns"


def cells_of(picture: str) -> np.ndarray:
    return np.array([[mark == "*" for mark in row] for row in picture.splitlines()], np.uint8)


def placed(picture: str, top: int, left: int, height: int = 40, width: int = 40) -> list[tuple[int, int]]:
    ys, xs = np.nonzero(cells_of(picture))
    return [((int(y) + top) % height, (int(x) + left) % width) for y, x in zip(ys, xs, strict=True)]


def moment_with(*pictures: tuple[str, int, int], topology=TORUS, rule=CONWAY, size=(40, 40)) -> Moment:
    live = [cell for picture, top, left in pictures for cell in placed(picture, top, left, *size)]
    return start(*size, live, rule, topology)


@pytest.fixture(scope="module")
def names() -> Names:
    patterns = [read_pattern(path) for path in sorted(ASSETS.rglob("*.rle"))]
    return Names(patterns)


@pytest.mark.parametrize(
    ("picture", "told"),
    [
        ("**\n**", "Block: Still life"),
        ("***", "Blinker: Oscillator, period 2"),
        ("-***\n***-", "Toad: Oscillator, period 2"),
        (GLIDER, "Glider: Spaceship, period 4, moves (1, 1), c/4 diagonal"),
        (PULSAR, "Pulsar: Oscillator, period 3"),
        (PENTADECATHLON, "Pentadecathlon: Oscillator, period 15"),
    ],
)
def test_a_well_known_object_is_called_by_its_name(names, picture, told):
    sighting = sighting_at(moment_with((picture, 10, 12)), *placed(picture, 10, 12)[0], names)
    assert str(sighting) == told


@pytest.mark.parametrize(
    ("file", "speed"), [("lwss", "c/2 orthogonal"), ("mwss", "c/2 orthogonal"), ("hwss", "c/2 orthogonal")]
)
def test_the_ships_of_the_library_are_known_with_their_speed(names, file, speed):
    pattern = read_pattern(next(ASSETS.rglob(f"{file}.rle")))
    live = [(int(y) + 15, int(x) + 15) for y, x in zip(pattern.ys, pattern.xs, strict=True)]
    sighting = sighting_at(start(40, 40, live), *live[0], names)
    assert sighting.name == pattern.name
    assert sighting.nature.period == 4
    assert str(sighting).endswith(speed)


def test_every_phase_of_the_pulsar_is_known_from_every_one_of_its_cells(names):
    for moment in run(moment_with((PULSAR, 10, 10)), 2):
        for y, x in zip(*np.nonzero(moment.board.cells()), strict=True):
            assert str(sighting_at(moment, int(y), int(x), names)) == "Pulsar: Oscillator, period 3"


@settings(max_examples=60)
@given(st.integers(0, 7), st.integers(0, 3), st.integers(0, 39), st.integers(0, 39))
def test_a_glider_is_known_in_all_its_phases_and_ways_and_over_the_edges_of_a_torus(way, phase, top, left):
    known = Names([read_pattern(next(ASSETS.rglob("glider.rle")))])
    turned = orientations(cells_of(GLIDER))[way]
    ys, xs = np.nonzero(turned)
    live = [(int(y) + top, int(x) + left) for y, x in zip(ys, xs, strict=True)]
    moment = run(start(40, 40, live), phase)[-1]
    y, x = (int(place) for place in np.argwhere(moment.board.cells())[0])
    sighting = sighting_at(moment, y, x, known)
    assert sighting.name == "Glider"
    assert (abs(sighting.nature.moves[0]), abs(sighting.nature.moves[1])) == (1, 1)
    again = run(moment, 4)[-1].board
    assert again == Board.from_cells(np.roll(moment.board.cells(), sighting.nature.moves, (0, 1)))


def test_two_objects_are_told_apart(names):
    moment = moment_with(("**\n**", 5, 5), ("***", 5, 10))
    assert sighting_at(moment, 5, 5, names).name == "Block"
    assert sighting_at(moment, 5, 11, names).name == "Blinker"


def test_an_empty_cell_beside_an_object_points_at_it_and_one_further_away_at_nothing(names):
    moment = moment_with(("**\n**", 5, 5))
    assert sighting_at(moment, 4, 4, names).name == "Block"
    assert sighting_at(moment, 3, 3, names) is None


def test_what_does_not_last_says_how_long_it_does(names):
    assert str(sighting_at(moment_with(("*", 5, 5)), 5, 5, names)) == "1 cell: Dies out after 1 generation, left alone"
    assert (
        str(sighting_at(moment_with(("**\n*-", 5, 5)), 5, 5, names))
        == "3 cells: Settles after 1 generation, left alone"
    )


def test_a_methuselah_is_known_by_the_cells_it_begins_with(names):
    sighting = sighting_at(moment_with(("-**\n**-\n-*-", 9, 9)), 9, 10, names)
    assert str(sighting) == "R-pentomino: 5 cells"
    other_rule = moment_with(("-**\n**-\n-*-", 9, 9), rule=parse_rule("B3/S2378").rule)
    assert sighting_at(other_rule, 9, 10, names).name == ""


LIBRARY = [
    path for kind in ("still-lifes", "oscillators", "spaceships") for path in sorted((ASSETS / kind).glob("*.rle"))
]


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_what_the_library_has_is_known_on_a_board(names, path):
    pattern = read_pattern(path)
    board = Board(220, 220).with_cells(pattern.ys + 60, pattern.xs + 60, alive=True)
    moment = Moment(0, board, pattern.notation.rule, TORUS)
    y, x = int(pattern.ys[0]) + 60, int(pattern.xs[0]) + 60
    sighting = sighting_at(moment, y, x, names)
    whole = component_at(board, TORUS, y, x)
    if whole.population < pattern.population:  # several objects, or one that does not hold together all the time
        assert sighting.population <= pattern.population
        return
    assert sighting.name == pattern.name
    assert run(moment, sighting.nature.period)[-1].board == rolled(board, *sighting.nature.moves)


@pytest.mark.parametrize(
    ("file", "generation", "population"),
    [("pi-heptomino", 173, 55), ("b-heptomino", 148, 28), ("thunderbird", 243, 46), ("diehard", 130, 0)],
)
def test_on_a_plane_they_become_what_everybody_knows(file, generation, population):
    pattern = read_pattern(next(ASSETS.rglob(f"{file}.rle")))
    cells = np.zeros(pattern.extents, np.uint8)
    cells[pattern.ys, pattern.xs] = 1
    cluster = Cluster.cut_out(cells)
    for _ in range(generation):
        assert cluster.population
        cluster = cluster.after(CONWAY)
    assert cluster.population == population


def test_an_object_that_nobody_has_named_is_described(names):
    pond = "-**-\n*--*\n*--*\n-**-"
    assert str(sighting_at(moment_with((pond, 5, 5)), 5, 6, Names())) == "Still life: 8 cells"


def test_an_edge_in_its_way_is_mentioned(names):
    upright = "*\n*\n*"
    moment = moment_with((upright, 10, 0), topology=BOUNDED)
    assert str(sighting_at(moment, 10, 0, names)) == "Blinker: Oscillator, period 2, but the edge is in its way"
    assert not sighting_at(moment_with((upright, 10, 0), topology=TORUS), 10, 0, names).is_in_the_way
    assert sighting_at(moment_with((upright, 1, 1), size=(5, 4)), 1, 1, names).is_in_the_way


def test_what_goes_all_the_way_round_a_torus_is_no_object(names):
    assert sighting_at(moment_with(("*" * 40, 5, 0)), 5, 7, names) is None


def test_what_is_too_large_is_no_object(names):
    assert sighting_at(moment_with(("\n".join(["*" * 30] * 30), 2, 2)), 5, 7, names) is None


def test_with_b0_nothing_lives_alone(names):
    moment = moment_with(("**\n**", 5, 5), rule=parse_rule("B03/S23").rule)
    assert str(sighting_at(moment, 5, 5, names)) == "4 cells: What becomes of it was not recognised"


def test_names_are_of_one_rule_where_the_rules_make_a_difference():
    replicator = "--***\n-*--*\n*---*\n*--*-\n***--"
    highlife = parse_rule("B36/S23").rule
    nature = nature_of(Cluster.cut_out(cells_of(replicator)), highlife)
    assert nature.fate is Fate.UNKNOWN  # it never comes back alone
    block = nature_of(Cluster.cut_out(cells_of("**\n**")), highlife)
    assert Names([read_pattern(next(ASSETS.rglob("block.rle")))]).name_of(block, highlife) == "Block"


@pytest.mark.parametrize(
    ("period", "moves", "words"),
    [
        (4, (1, 1), "c/4 diagonal"),
        (4, (0, -2), "c/2 orthogonal"),
        (4, (2, 0), "c/2 orthogonal"),
        (5, (0, 2), "2c/5 orthogonal"),
        (12, (-1, 1), "c/12 diagonal"),
        (6, (1, -2), "(2, 1)c/6 oblique"),
        (1, (1, 0), "c/1 orthogonal"),
    ],
)
def test_a_speed_is_written_as_people_write_it(period, moves, words):
    assert speed_in_words(period, moves) == words


pictures = st.lists(st.lists(st.integers(0, 1), min_size=4, max_size=4), min_size=1, max_size=5)


@given(pictures)
def test_all_eight_ways_of_cells_have_one_key(rows):
    cells = np.array(rows, np.uint8)
    assert len({canonical_key(one) for one in orientations(cells)}) == 1


@settings(max_examples=80)
@given(pictures)
def test_what_is_claimed_of_an_object_is_what_it_does(rows):
    cluster = Cluster.cut_out(np.array(rows, np.uint8))
    if not cluster.population:
        return
    nature = nature_of(cluster, CONWAY)
    middle = [(int(y) + 75, int(x) + 75) for y, x in np.argwhere(cluster.cells)]
    moments = run(start(150, 150, middle), 66)  # too large for anything to reach itself in that time
    boards = [moment.board for moment in moments]
    if nature.fate is Fate.DIES:
        assert [board.population == 0 for board in boards[: nature.lasts + 1]] == [False] * nature.lasts + [True]
    elif nature.is_periodic:
        moved = Board.from_cells(np.roll(boards[0].cells(), nature.moves, (0, 1)))
        assert boards[nature.period] == moved
        assert nature.fate is not Fate.STILL or boards[1] == boards[0]
    elif nature.fate is Fate.SETTLES:
        assert boards[0] not in boards[1:]
        assert nature.lasts < 66


def test_a_component_is_the_same_from_each_of_its_cells():
    moment = moment_with((PULSAR, 35, 36))
    cells = [(int(y), int(x)) for y, x in np.argwhere(moment.board.cells())]
    found = [component_at(moment.board, TORUS, y, x) for y, x in cells]
    assert {one.key for one in found} == {found[0].key}
    assert found[0].population == 48


def test_the_next_generation_on_a_plane_is_that_of_a_board_with_room_around_it():
    cluster = Cluster.cut_out(cells_of("-**\n**-\n-*-"), top=20, left=20)
    moment = moment_with(("-**\n**-\n-*-", 20, 20))
    for _ in range(8):
        cluster, moment = cluster.after(CONWAY), next_moment(moment)
        ys, xs = np.nonzero(cluster.cells)
        cells = zip((ys + cluster.top).tolist(), (xs + cluster.left).tolist(), strict=True)
        assert Board.from_live(40, 40, cells) == moment.board
