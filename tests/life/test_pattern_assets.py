"""Every pattern that comes with the application is what its comments say it is."""

import re
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import pytest

from life.hashlife.engine import HashLifeEngine
from life.hashlife.machine import shared_machinery
from life.patterns.files import read_pattern
from life.patterns.pattern import Pattern
from life.patterns.placing import place
from life.patterns.rle import write_rle
from life.rule import CONWAY
from life.topology import PLANE
from tests.life.endless_plane import Keys, generations, keys_of, moved, rectangle_after, same_shape

FOLDER = Path(__file__).parents[2] / "assets" / "patterns"
FILES = sorted(FOLDER.glob("*/*.rle"))
MOST_CELLS = 4_000  # that have to be looked at in the first generation; more threads than that are asked about first
LARGE = ("breeder-1", "rileys-breeder")

PERIODS = {
    "22p36": 36,
    "a-for-all": 6,
    "achims-p11": 11,
    "achims-p144": 144,
    "achims-p16": 16,
    "beacon": 2,
    "blinker": 2,
    "blocker": 8,
    "burloaferimeter": 7,
    "caterer": 3,
    "clock": 2,
    "cross": 3,
    "figure-eight": 8,
    "fumarole": 5,
    "gabriels-p138": 138,
    "gourmet": 32,
    "jam": 3,
    "koks-galaxy": 8,
    "mazing": 4,
    "mold": 4,
    "monogram": 4,
    "octagon-2": 5,
    "one-oh-one": 5,
    "pentadecathlon": 15,
    "phoenix": 2,
    "pinwheel": 4,
    "pulsar": 3,
    "queen-bee-shuttle": 30,
    "ring-of-fire": 2,
    "smiley": 8,
    "snacker": 9,
    "star": 3,
    "toad": 2,
    "traffic-light": 2,
    "tumbler": 14,
    "twin-bees-shuttle": 46,
    "unix": 6,
}
FLIGHTS = {  # period, and rows and columns that it moves in one
    "25p3h1v0-1": (3, -1, 0),
    "30p5h2v0": (5, -2, 0),
    "64p2h1v0": (2, -1, 0),
    "brain": (3, -1, 0),
    "canada-goose": (4, -1, -1),
    "coe-ship": (16, 0, 8),
    "copperhead": (10, -1, 0),
    "crab": (4, -1, -1),
    "dart": (3, -1, 0),
    "dragon": (6, 0, -1),
    "ecologist": (20, 0, -10),
    "glider": (4, 1, 1),
    "hammerhead": (4, 0, -2),
    "hwss": (4, 0, -2),
    "loafer": (7, 0, -1),
    "lwss": (4, 0, -2),
    "mwss": (4, 0, -2),
    "orion": (4, -1, -1),
    "schick-engine": (12, 0, -6),
    "sidecar": (4, 0, -2),
    "sir-robin": (6, -2, -1),
    "snail": (5, 0, -1),
    "spider": (5, -1, 0),
    "swan": (4, -1, -1),
    "turtle": (3, 0, -1),
    "weekender": (7, -2, 0),
}
GROWTH = {  # from which generation on, period, and live cells more in one
    "b-52-bomber": (0, 104, 2 * 5),
    "backrake-1": (0, 8, 5),
    "blinker-puffer-1": (0, 8, 3),
    "block-laying-switch-engine": (0, 288, 8 * 4),
    "gosper-glider-gun": (0, 30, 5),
    "infinite-growth-10": (564, 288, 8 * 4),
    "infinite-growth-5x5": (660, 288, 8 * 4),
    "infinite-growth-row": (1483, 288, 2 * 8 * 4),
    "new-gun": (0, 46, 5),
    "p22-gun": (0, 22, 5),
    "puffer-1": (12, 128, 26),
    "pufferfish": (0, 12, 2 * 4),
    "simkin-glider-gun": (0, 120, 5),
    "space-rake": (0, 20, 5),
    "vacuum": (0, 46, 2 * 5),
}
GUNS = ("b-52-bomber", "gosper-glider-gun", "new-gun", "p22-gun", "simkin-glider-gun", "vacuum")
RESTS = {  # in which generation, and with how many live cells
    "acorn": (5206, 633),
    "b-heptomino": (148, 28),
    "century": (103, 15),
    "diehard": (130, 0),
    "e-heptomino": (343, 52),
    "f-heptomino": (437, 61),
    "herschel": (128, 24),
    "multum-in-parvo": (3933, 633),
    "pi-heptomino": (173, 55),
    "r-pentomino": (1103, 116),
    "stairstep-hexomino": (63, 16),
    "switch-engine": (3911, 842),
    "thunderbird": (243, 46),
}


def names(group: str) -> list[str]:
    return sorted(path.stem for path in FILES if path.parent.name == group)


def pattern(name: str) -> Pattern:
    (path,) = FOLDER.glob(f"*/{name}.rle")
    return read_pattern(path)


def seed(name: str) -> Keys:
    loaded = pattern(name)
    return keys_of(loaded.ys, loaded.xs)


def after(live: Keys, count: int) -> Keys:
    return next(islice(generations(live), count, None))


# The files.


def test_there_are_more_than_a_hundred_patterns_and_nobody_forgot_to_prove_one():
    assert len(FILES) > 100
    assert len({path.stem for path in FILES}) == len(FILES)
    assert names("oscillators") == sorted(PERIODS)
    assert names("spaceships") == sorted(FLIGHTS)
    assert names("guns-and-puffers") == sorted([*GROWTH, "max", *LARGE])
    assert names("methuselahs") == sorted(RESTS)
    assert len(names("still-lifes")) >= 15
    assert {path.parent.name for path in FILES} == {
        "still-lifes", "oscillators", "spaceships", "guns-and-puffers", "methuselahs", "other-rules",
    }  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_has_a_name_an_author_and_a_comment(path):
    loaded = read_pattern(path)
    assert loaded.name
    assert re.fullmatch(r"unknown|[^,]+|[^,]+, (19[789]|20[012])\d( or earlier)?", loaded.author)
    (comment,) = loaded.comments
    assert comment.startswith("#C ")
    assert comment.endswith(".")
    assert loaded.extents == (loaded.height, loaded.width)
    assert (loaded.notation.rule == CONWAY) is (path.parent.name != "other-rules")


def test_most_authors_and_years_are_known():
    authors = [read_pattern(path).author for path in FILES]
    assert len([author for author in authors if re.search(r"\d{4}", author)]) > 90
    assert len({read_pattern(path).name for path in FILES}) == len(FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_written_as_the_writer_writes_it(path):
    assert write_rle(read_pattern(path)) == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_pattern_opens_whole_on_the_plane_and_asks_no_questions(path):
    placed = place(read_pattern(path))
    assert placed.topology == PLANE
    assert placed.board.population == read_pattern(path).population
    around = placed.board.box.grown(1)
    assert (around.height * around.width <= MOST_CELLS) is (path.stem not in LARGE)
    assert not placed.warnings


# What they do.


@pytest.mark.parametrize("name", names("still-lifes"))
def test_a_still_life_stays_as_it_is(name):
    assert np.array_equal(after(seed(name), 1), seed(name))


def check_return(name: str, period: int, dy: int, dx: int) -> None:
    start, *later = islice(generations(seed(name)), period + 1)
    assert not any(same_shape(live, start) for live in later[:-1])
    assert np.array_equal(later[-1], start + moved(dy, dx))


@pytest.mark.parametrize(("name", "period"), PERIODS.items())
def test_an_oscillator_returns_after_its_period_and_no_sooner(name, period):
    check_return(name, period, 0, 0)
    assert re.search(rf"period {period}\b", pattern(name).comments[0], re.IGNORECASE)


@pytest.mark.parametrize(("name", "period", "dy", "dx"), [(name, *flight) for name, flight in FLIGHTS.items()])
def test_a_spaceship_has_moved_on_after_its_period_and_is_not_itself_sooner(name, period, dy, dx):
    check_return(name, period, dy, dx)


@pytest.mark.parametrize("name", [*PERIODS, *FLIGHTS])
def test_a_comment_that_counts_cells_counts_right(name):
    loaded = pattern(name)
    counts = [int(count) for count in re.findall(r"\b(\d+) cells", loaded.comments[0])]
    assert set(counts) <= {loaded.population}


@pytest.mark.parametrize(("name", "start", "period", "growth"), [(name, *row) for name, row in GROWTH.items()])
def test_a_gun_or_puffer_grows_by_the_same_in_every_period(name, start, period, growth):
    populations = [len(live) for live in islice(generations(seed(name)), start, start + 3 * period)]
    grown = {later - now for now, later in zip(populations, populations[period:], strict=False)}
    assert grown == {growth}
    told = re.search(r"every (\d+) generations", pattern(name).comments[0])
    assert told is None or period % int(told[1]) == 0


@pytest.mark.parametrize("name", GUNS)
def test_a_gun_is_not_shot_down_by_its_own_gliders(name):
    """On a torus it would be: the gliders come back from behind."""
    placed = place(pattern(name))
    start = keys_of(*placed.board.live_cells())
    later = after(start, 12 * GROWTH[name][1])
    assert np.isin(start, later).all()
    assert len(later) == len(start) + 12 * GROWTH[name][2]


@pytest.mark.parametrize(
    ("name", "start", "period", "more"), [("breeder-1", 3840, 960, 2400), ("rileys-breeder", 2000, 1280, 1313)]
)
def test_a_breeder_grows_by_the_square_of_time(name, start, period, more):
    shared_machinery().wait()
    engine = HashLifeEngine(1 << 27)
    planes = [engine.step(place(pattern(name)).board, CONWAY, start)]
    for _ in range(3):
        planes.append(engine.step(planes[-1], CONWAY, period))
    growth = [later.population - now.population for now, later in pairwise(planes)]
    assert [later - now for now, later in pairwise(growth)] == [more, more]


def test_max_grows_by_the_square_of_time():
    populations = [len(live) for live in islice(generations(seed("max")), 4, 49, 4)]
    growth = [later - now for now, later in pairwise(populations)]
    assert {later - now for now, later in pairwise(growth)} == {8}


def activity(lives: list[Keys]) -> list[int]:
    """How many cells are others four generations later; constant as soon as only blinkers and gliders are left."""
    return [len(np.setxor1d(now, later, assume_unique=True)) for now, later in zip(lives, lives[4:], strict=False)]


@pytest.mark.parametrize(("name", "generation", "population"), [(name, *rest) for name, rest in RESTS.items()])
def test_a_methuselah_comes_to_rest_in_the_known_generation_with_the_known_population(name, generation, population):
    lives = list(islice(generations(seed(name)), generation - 1, generation + 20))
    assert {len(live) for live in lives[1:]} == {population}
    before, *rest = activity(lives)
    assert len(set(rest)) == 1
    assert before != rest[0]
    assert str(generation) in pattern(name).comments[0]


def test_the_pulsar_has_48_cells_and_the_gosper_gun_36():
    assert {name: pattern(name).population for name in ("pulsar", "gosper-glider-gun", "acorn", "koks-galaxy")} == {
        "pulsar": 48, "gosper-glider-gun": 36, "acorn": 7, "koks-galaxy": 48,
    }  # fmt: skip


def test_a_glider_is_back_on_a_torus_of_10_by_8_after_160_generations():
    glider = pattern("glider")
    start = np.zeros((8, 10), np.uint8)
    start[glider.ys, glider.xs] = 1
    cells, returns = start, []
    for generation in range(4, 161, 4):
        cells = rectangle_after(cells, 4, wraps=True)
        if np.array_equal(cells, start):
            returns.append(generation)
    assert returns == [160]
