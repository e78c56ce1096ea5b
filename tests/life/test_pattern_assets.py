"""Every pattern that comes with the application is what its comments say it is."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from life.patterns.files import read_pattern
from life.patterns.pattern import Pattern
from life.patterns.rle import write_rle
from life.rule import CONWAY

FOLDER = Path(__file__).parents[2] / "assets" / "patterns"
FILES = sorted(FOLDER.glob("*.rle"))

Keys = NDArray[np.int64]

ROW = 1 << 32
MIDDLE = (1 << 30) * ROW + (1 << 30)
AROUND = np.array([dy * ROW + dx for dy in (-1, 0, 1) for dx in (-1, 0, 1)])


def pattern(name: str) -> Pattern:
    return read_pattern(FOLDER / f"{name}.rle")


def seed(name: str) -> Keys:
    """The live cells on an endless plane, each as one number."""
    loaded = pattern(name)
    return np.sort(MIDDLE + loaded.ys * ROW + loaded.xs)


def after(live: Keys, generations: int) -> Keys:
    """Independent of the product: every cell counts itself and its neighbours, three or a live four live on."""
    for _ in range(generations):
        places, counts = np.unique((live[:, np.newaxis] + AROUND).ravel(), return_counts=True)
        live = places[(counts == 3) | ((counts == 4) & np.isin(places, live, assume_unique=True))]
    return live


def torus_after(cells: NDArray[np.uint8], generations: int) -> NDArray[np.uint8]:
    for _ in range(generations):
        counts = sum(np.roll(cells, (dy, dx), (0, 1)) for dy in (-1, 0, 1) for dx in (-1, 0, 1))
        cells = ((counts == 3) | ((counts == 4) & (cells == 1))).astype(np.uint8)
    return cells


def test_the_library_is_complete() -> None:
    assert {path.stem for path in FILES} >= {
        "acorn",
        "b-heptomino",
        "beacon",
        "blinker",
        "block",
        "diehard",
        "glider",
        "gosper-glider-gun",
        "hwss",
        "koks-galaxy",
        "lwss",
        "mwss",
        "pentadecathlon",
        "pi-heptomino",
        "pulsar",
        "r-pentomino",
        "thunderbird",
        "toad",
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_has_a_name_an_author_with_a_year_and_one_sentence(path: Path) -> None:
    loaded = read_pattern(path)
    assert loaded.name
    assert loaded.author.startswith("unknown") or loaded.author.split(", ")[1][:4].isdigit()
    (sentence,) = loaded.comments
    assert sentence.startswith("#C ")
    assert sentence.endswith(".")
    assert loaded.notation.rule == CONWAY
    assert loaded.extents == (loaded.height, loaded.width)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_written_as_the_writer_writes_it(path: Path) -> None:
    assert write_rle(read_pattern(path)) == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize(
    ("name", "population", "period", "movement"),
    [
        ("block", 4, 1, (0, 0)),
        ("blinker", 3, 2, (0, 0)),
        ("toad", 6, 2, (0, 0)),
        ("beacon", 6, 2, (0, 0)),
        ("pulsar", 48, 3, (0, 0)),
        ("pentadecathlon", 12, 15, (0, 0)),
        ("koks-galaxy", 48, 8, (0, 0)),
        ("glider", 5, 4, (1, 1)),
        ("lwss", 9, 4, (0, -2)),
        ("mwss", 11, 4, (0, -2)),
        ("hwss", 13, 4, (0, -2)),
    ],
)
def test_it_returns_after_its_period_and_no_sooner(
    name: str, population: int, period: int, movement: tuple[int, int]
) -> None:
    start = seed(name)
    assert len(start) == population
    shapes = [live - live[0] for live in (after(start, generation) for generation in range(1, period))]
    assert not any(np.array_equal(shape, start - start[0]) for shape in shapes)
    assert np.array_equal(after(start, period), start + movement[0] * ROW + movement[1])


@pytest.mark.parametrize(
    ("name", "generation", "population"),
    [
        ("r-pentomino", 1103, 116),
        ("acorn", 5206, 633),
        ("pi-heptomino", 173, 55),
        ("b-heptomino", 148, 28),
        ("thunderbird", 243, 46),
        ("diehard", 129, 2),
        ("diehard", 130, 0),
    ],
)
def test_it_has_the_known_population_when_it_comes_to_rest(name: str, generation: int, population: int) -> None:
    assert len(after(seed(name), generation)) == population


def test_the_gun_gains_a_glider_every_30_generations() -> None:
    live = seed("gosper-glider-gun")
    populations = [len(live)]
    for _ in range(10):
        live = after(live, 30)
        populations.append(len(live))
    assert populations == [36 + 5 * shots for shots in range(11)]


def test_a_glider_is_back_on_a_torus_of_10_by_8_after_160_generations() -> None:
    glider = pattern("glider")
    cells = np.zeros((8, 10), np.uint8)
    cells[glider.ys, glider.xs] = 1
    returns = [np.array_equal(torus_after(cells, generations), cells) for generations in range(4, 161, 4)]
    assert returns.index(True) == len(returns) - 1
