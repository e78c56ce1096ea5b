import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from life.board import Board
from life.engine.compiler import Compiler
from life.engine.field import Field
from life.engine.fused import FusedKernel
from life.engine.generation import next_board
from life.engine.packed import PackedKernel
from life.engine.sparse.engine import compiled_advance
from life.engine.sparse.loops import advance_by
from life.errors import Stopped
from life.notation import parse_rule
from life.rule import CONWAY
from life.stop import StopSignal
from life.topology import BOUNDED, TORUS, Topology
from tests.life.engine.soups import TOPOLOGIES, advanced, boards, soup

numba = pytest.importorskip("numba", reason="the compiled kernel needs numba")

RULES = [parse_rule(text).rule for text in ("B3/S23", "B36/S23", "B0123478/S34678", "B18/S08")]
ALL_TOPOLOGIES = [TORUS, BOUNDED, Topology(wraps_x=False), Topology(wraps_y=False)]
ROOT = Path(__file__).resolve().parents[3]
R_PENTOMINO = [(0, 1), (0, 2), (1, 0), (1, 1), (2, 1)]


@pytest.fixture(scope="module")
def fused(machine_code_folder):
    """One kernel for all, whose machine code is kept between runs of the tests, away from the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numba.config, "CACHE_DIR", machine_code_folder)
        yield FusedKernel(Compiler())


@settings(deadline=None)  # the first example of a rule compiles it
@given(board=boards(tallest=200), rule=st.sampled_from(RULES), topology=TOPOLOGIES, generations=st.integers(0, 3))
def test_compiled_words_give_what_bytes_give(fused, board, rule, topology, generations):
    expected = board
    for _ in range(generations):
        expected = next_board(expected, rule, topology)
    assert advanced(fused, board, rule, topology, generations) == expected


@pytest.mark.parametrize("topology", ALL_TOPOLOGIES)
@pytest.mark.parametrize("width", [3999, 4032])
def test_pairs_of_generations_are_computed_in_bands_without_a_seam(fused, width, topology):
    expected = board = soup(301, width, seed=7)  # five bands
    for generations in range(6):
        assert advanced(fused, board, CONWAY, topology, generations) == expected
        expected = next_board(expected, CONWAY, topology)


@pytest.mark.parametrize("topology", ALL_TOPOLOGIES)
@pytest.mark.parametrize("rule", RULES, ids=str)
@pytest.mark.parametrize("width", [127, 128, 129])
def test_both_kernels_agree_after_a_long_run(fused, rule, topology, width):
    board = soup(211, width, seed=width)
    assert advanced(fused, board, rule, topology, 501) == advanced(PackedKernel(), board, rule, topology, 501)


def test_an_r_pentomino_has_116_cells_after_1103_generations(fused):
    board = Board.from_live(1200, 1200, [(y + 600, x + 600) for y, x in R_PENTOMINO])
    assert advanced(fused, board, CONWAY, BOUNDED, 1103).population == 116


@pytest.mark.usefixtures("fused")
def test_machine_code_is_loaded_once_for_all_windows():
    assert Compiler().wait(CONWAY) is Compiler().wait(CONWAY)
    first, second = Compiler(compiled_advance), Compiler(compiled_advance)
    for compiler in (first, second):
        compiler.find(advance_by, CONWAY)
        compiler.join()
    assert first.find(advance_by, CONWAY) is second.find(advance_by, CONWAY) is not None


def test_a_stop_ends_the_work(fused):
    stop = StopSignal()
    stop.set()
    with pytest.raises(Stopped):
        fused.advance(Field(9, 9), CONWAY, TORUS, 1_000_000_000, stop)


def test_machine_code_is_kept_in_the_users_cache_folder_and_found_there_again(tmp_path):
    code = "from life.engine.compiler import advance_by, compiled_loop; from life.rule import CONWAY; "
    code += "print(sum(compiled_loop(advance_by, CONWAY).stats.cache_hits.values()))"
    home = {name: str(tmp_path) for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "LOCALAPPDATA")}
    env = {**{k: v for k, v in os.environ.items() if k != "NUMBA_CACHE_DIR"}, **home}
    for expected in ("0\n", "1\n"):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True
        )
        assert (done.stdout, done.stderr) == (expected, "")
    assert list(tmp_path.glob("**/*.nbi"))
