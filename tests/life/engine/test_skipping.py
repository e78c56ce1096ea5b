"""What is left out makes no difference: the kernel that skips against the one that computes everything."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from life.board import Board
from life.engine import fused as fused_module
from life.engine.compiler import Compiler, specialised
from life.engine.field import Field
from life.engine.fused import FusedKernel
from life.engine.packed import PackedKernel
from life.notation import parse_rule
from life.rule import CONWAY
from life.topology import BOUNDED, TORUS
from tests.life.engine.soups import RULES, TOPOLOGIES, advanced, soup

COMPILED_RULES = [parse_rule(text).rule for text in ("B3/S23", "B0123478/S34678")]
GOSPER_GUN = """
........................O...........
......................O.O...........
............OO......OO............OO
...........O...O....OO............OO
OO........O.....O...OO..............
OO........O...O.OO....O.O...........
..........O.....O.......O...........
...........O...O....................
............OO......................
"""


@pytest.fixture
def eager(monkeypatch):
    """Small boards are worth skipping in, often looked at, and never given up."""
    monkeypatch.setattr(fused_module, "_FEWEST_TILES", 1)
    monkeypatch.setattr(fused_module, "_FEWEST_BETWEEN_LOOKS", 1)
    monkeypatch.setattr(fused_module, "_FEW", 2.0)
    monkeypatch.setattr(fused_module, "_MANY", 2.0)


@pytest.fixture(scope="module")
def compiler(machine_code_folder):
    """A compiler that has compiled everything, and keeps it between runs of the tests away from the user's own."""
    numba = pytest.importorskip("numba", reason="nothing is skipped without numba")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numba.config, "CACHE_DIR", machine_code_folder)
        compiler = Compiler()
        for rule in COMPILED_RULES:
            assert compiler.wait(rule), compiler.trouble
            have_ready(compiler, rule)
        yield compiler


def have_ready(compiler: Compiler, rule) -> None:
    """Waits for the loop that skips."""
    while compiler.changes_loop(rule) is None:
        compiler.join()


def islands(height: int, width: int, seed: int) -> Board:
    """A few spots of soup on an empty board."""
    random = np.random.default_rng(seed)
    cells = np.zeros((height, width), np.bool_)
    for _ in range(random.integers(1, 6)):
        y, x = random.integers(height), random.integers(width)
        spot = cells[y : y + 12, x : x + 12]
        spot[:] = random.random(spot.shape) < 0.4
    return Board.from_cells(cells)


def after_and_without_skipping(compiler, board, rule, topology, turns):
    """The board after several calls, by the kernel that skips and by the one that does not."""
    fields = Field(board.height, board.width), Field(board.height, board.width)
    for field, kernel in zip(fields, (FusedKernel(compiler), FusedKernel(compiler, skips=False)), strict=True):
        field.load(board)
        for generations in turns:
            kernel.advance(field, rule, topology, generations)
    return fields[0].board(), fields[1].board()


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    board=st.builds(islands, st.integers(1, 40), st.sampled_from([64, 511, 512, 513, 600]), st.integers(0, 2**32)),
    rule=RULES,
    topology=TOPOLOGIES,
)
def test_the_loop_that_skips_agrees_with_numpy_for_any_rule(eager, board, rule, topology):
    compiler = Compiler(specialised)  # plain Python
    assert compiler.wait(rule)
    have_ready(compiler, rule)
    after = advanced(FusedKernel(compiler), board, rule, topology, 4)
    assert after == advanced(PackedKernel(), board, rule, topology, 4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    board=st.builds(islands, st.integers(1, 130), st.integers(1, 1400), st.integers(0, 2**32)),
    rule=st.sampled_from(COMPILED_RULES),
    topology=TOPOLOGIES,
    turns=st.lists(st.integers(1, 60), min_size=1, max_size=4),
)
def test_skipping_makes_no_difference(eager, compiler, board, rule, topology, turns):
    after, without = after_and_without_skipping(compiler, board, rule, topology, turns)
    assert after == without


def test_skipping_makes_no_difference_on_a_soup_that_settles(compiler):
    board = soup(1024, 1024, seed=3)
    after, without = after_and_without_skipping(compiler, board, CONWAY, TORUS, [3001, 4000, 2])
    assert after == without


def test_what_blinks_is_left_out(eager, compiler):
    blinkers = Board.from_live(64, 1024, [(y, x + dx) for y in (8, 40) for x in (100, 600, 1023) for dx in (0, 1, 2)])
    field = Field(64, 1024)
    field.load(blinkers)
    FusedKernel(compiler).advance(field, CONWAY, TORUS, 100)
    assert field.activity is not None
    assert field.activity.share == 0
    assert field.board() == blinkers


@pytest.mark.parametrize("generations", [10**15, 10**15 + 1, 10**19 + 1])
def test_what_only_blinks_is_known_for_all_times(compiler, generations):
    board = Board.from_live(1024, 1024, [(500, 500), (500, 501), (500, 502)])
    after = advanced(FusedKernel(compiler), board, CONWAY, TORUS, generations)
    assert (after == board) is (generations % 2 == 0)
    assert after.population == 3


def test_a_board_that_is_active_everywhere_is_computed_whole(compiler):
    field = Field(1024, 1024)
    field.load(soup(1024, 1024, seed=1))
    FusedKernel(compiler).advance(field, CONWAY, TORUS, 100)
    assert field.activity is None


def test_a_gun_is_followed_where_it_shoots(compiler):
    cells = [(y + 20, x + 20) for y, row in enumerate(GOSPER_GUN.split()) for x, mark in enumerate(row) if mark == "O"]
    board = Board.from_live(1000, 2000, cells)
    field = Field(1000, 2000)
    field.load(board)
    FusedKernel(compiler).advance(field, CONWAY, BOUNDED, 3000)
    assert field.activity is not None
    assert 0 < field.activity.share < 0.25
    assert field.board() == advanced(PackedKernel(), board, CONWAY, BOUNDED, 3000)


def test_another_rule_or_another_board_in_the_same_field_starts_anew(eager, compiler):
    kernel = FusedKernel(compiler)
    board = islands(100, 1000, seed=5)
    field = Field(100, 1000)
    field.load(board)
    expected = board
    for rule in (*COMPILED_RULES, CONWAY):
        kernel.advance(field, rule, TORUS, 50)
        expected = advanced(PackedKernel(), expected, rule, TORUS, 50)
        assert field.board() == expected
    field.load(board)
    kernel.advance(field, CONWAY, BOUNDED, 50)
    assert field.board() == advanced(PackedKernel(), board, CONWAY, BOUNDED, 50)
