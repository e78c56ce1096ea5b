"""The patterns of the library that live by other rules than Conway's do what their comments say."""

from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from life.patterns.files import read_pattern
from tests.life.endless_plane import Keys, generations, keys_of, moved, same_shape

FOLDER = Path(__file__).parents[2] / "assets" / "patterns" / "other-rules"

FLIGHTS = {  # rule, period, and rows and columns that it moves in one
    "highlife-bomber": ("B36/S23", 48, -8, -8),
    "day-and-night-fireball": ("B3678/S34678", 40, 20, 0),
    "seeds-moon": ("B2/S", 1, 0, -1),
    "live-free-or-die-moon": ("B2/S0", 1, -1, 0),
    "2x2-glider": ("B36/S125", 8, -1, 1),
    "morley-glider": ("B368/S245", 7, -1, -1),
    "34-life-ship": ("B34/S34", 3, -1, 0),
}
GROWTH = {  # rule, from which generation on, period, live cells more in one
    "2x2-line-puffer": ("B36/S125", 0, 40, 5),
    "life-without-death-ladder": ("B3/S012345678", 0, 12, 26),
    "maze-wickstretcher": ("B3/S12345", 1, 6, 8),
}
OTHERS = {
    "diamoeba-flaw", "gnarl-cell", "highlife-replicator", "maze-seed", "persian-rug", "replicator-letter",
}  # fmt: skip


def run(name: str, count: int) -> list[Keys]:
    """Generations 0 to `count` on the endless plane, by the rule of the file."""
    loaded = read_pattern(FOLDER / f"{name}.rle")
    rule = loaded.notation.rule
    return list(islice(generations(keys_of(loaded.ys, loaded.xs), rule.births, rule.survivals), count + 1))


def rule_of(name: str) -> str:
    return str(read_pattern(FOLDER / f"{name}.rle").notation.rule)


def columns(live: Keys) -> int:
    return int(np.ptp(live % (1 << 32))) + 1


def test_nobody_forgot_to_prove_one():
    assert {path.stem for path in FOLDER.glob("*.rle")} == {*FLIGHTS, *GROWTH, *OTHERS}


@pytest.mark.parametrize(("name", "rule", "period", "dy", "dx"), [(name, *row) for name, row in FLIGHTS.items()])
def test_a_ship_has_moved_on_after_its_period_and_is_not_itself_sooner(name, rule, period, dy, dx):
    assert rule_of(name) == rule
    start, *later = run(name, period)
    assert not any(same_shape(live, start) for live in later[:-1])
    assert np.array_equal(later[-1], start + moved(dy, dx))


@pytest.mark.parametrize(("name", "rule", "start", "period", "growth"), [(name, *row) for name, row in GROWTH.items()])
def test_a_puffer_grows_by_the_same_in_every_period(name, rule, start, period, growth):
    assert rule_of(name) == rule
    populations = [len(live) for live in run(name, start + 4 * period)[start:]]
    assert {later - now for now, later in zip(populations, populations[period:], strict=False)} == {growth}


def test_a_ladder_of_life_without_death_grows_by_four_columns_every_12_generations():
    assert [columns(live) for live in run("life-without-death-ladder", 60)[12::12]] == [9, 13, 17, 21, 25]


def test_a_wick_in_maze_grows_by_two_columns_every_6_generations():
    assert [columns(live) for live in run("maze-wickstretcher", 36)[12::6]] == [10, 12, 14, 16, 18]


def test_the_replicator_of_highlife_is_two_of_itself_after_12_generations():
    start, *_, later = run("highlife-replicator", 12)
    copies = [start + moved(-2, -2), start + moved(2, 2)]
    assert np.array_equal(later, np.sort(np.concatenate(copies)))


@pytest.mark.parametrize("generation", [8, 16])
def test_every_pattern_is_eight_of_itself_under_the_rule_replicator(generation):
    start, *_, later = run("replicator-letter", generation)
    places = [(dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if (dy, dx) != (0, 0)]
    copies = [start + moved(dy * generation, dx * generation) for dy, dx in places]
    assert np.array_equal(later, np.sort(np.concatenate(copies)))


def test_a_cell_under_gnarl_shrinks_to_four_cells_at_every_power_of_two():
    populations = [len(live) for live in run("gnarl-cell", 64)]
    assert [populations[1 << power] for power in range(1, 7)] == [4] * 6
    assert max(populations) == populations[63] == 8192


def test_a_persian_rug_never_stops_and_no_cell_of_it_survives():
    rugs = run("persian-rug", 64)
    assert len(rugs[64]) == 3388
    assert rule_of("persian-rug") == "B234/S"


def test_the_r_pentomino_fills_the_board_under_maze():
    seed = run("maze-seed", 64)
    assert rule_of("maze-seed") == "B3/S12345"
    assert (len(seed[0]), len(seed[32]), len(seed[64])) == (5, 251, 735)


def test_one_missing_cell_is_the_end_of_a_square_in_diamoeba():
    flawed = run("diamoeba-flaw", 160)
    assert [len(live) > 0 for live in flawed[159:]] == [True, False]
    births, survivals = (3, 5, 6, 7, 8), (5, 6, 7, 8)
    ys, xs = np.mgrid[0:16, 0:16]
    whole = list(islice(generations(keys_of(ys.ravel(), xs.ravel()), births, survivals), 60))
    assert np.array_equal(whole[-1], whole[-3])
    assert not np.array_equal(whole[-1], whole[-2])
