import pytest

from life.engine.compiler import Compiler
from life.engine.plane_engine import PlaneEngine
from life.engine.sparse.engine import SparseEngine
from life.errors import LifeError, Stopped
from life.hashlife.machine import shared_machinery
from life.hashlife.tree import TreePlane
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY, Rule
from life.stop import StopSignal
from tests.life.hashlife.universes import GLIDER, advanced, cells_of, pattern, plane_of, soup_of

MEMORY = 1 << 26
KINDS = ("automatic", "tiles", "hashlife")


@pytest.fixture(scope="module", autouse=True)
def compiled():
    return shared_machinery().wait()


def ready(kind="automatic"):
    """An engine whose tiles are compiled as well."""
    engine = PlaneEngine(kind, MEMORY)
    engine._tiles.wait(CONWAY)
    return engine


@pytest.mark.parametrize("kind", KINDS)
def test_all_kinds_give_the_same_cells(kind):
    engine = ready(kind)
    plane, cells = plane_of([*GLIDER, (9, 9), (9, 10), (9, 11)]), set(GLIDER) | {(9, 9), (9, 10), (9, 11)}
    for generations in (1, 2, 7, 16):
        plane, cells = engine.step(plane, CONWAY, generations), advanced(cells, CONWAY, generations)
        assert cells_of(plane) == cells
    assert engine.step(plane, CONWAY, 0) is plane


@pytest.mark.parametrize(("kind", "cls"), [("tiles", TilePlane), ("hashlife", TreePlane)])
def test_what_the_user_has_chosen_does_the_work(kind, cls):
    engine = ready(kind)
    assert isinstance(engine.step(pattern("methuselahs/acorn"), CONWAY, 5206), cls)
    assert engine.using == kind


def test_a_gun_that_goes_in_giant_steps_is_soon_in_hashlife():
    engine = ready()
    plane = pattern("guns-and-puffers/gosper-glider-gun")
    plane = engine.step(plane, CONWAY, 30 << 30)
    assert engine.using == "hashlife"
    assert plane.population == 36 + (5 << 30)
    assert engine.note == ""


def test_what_is_beyond_tiles_stays_in_hashlife_at_any_step():
    engine = ready()
    plane = engine.step(pattern("guns-and-puffers/gosper-glider-gun"), CONWAY, 30 << 70)
    for _ in range(3):
        plane = engine.step(plane, CONWAY, 10)
    assert engine.using == "hashlife"
    assert plane.population == 36 + 5 * ((1 << 70) + 1)


def test_a_soup_stays_with_tiles():
    engine = ready()
    plane = soup_of(400, seed=1)
    for generations in (1, 1, 16, 16, 64, 64, 1, 1):
        plane = engine.step(plane, CONWAY, generations)
    assert engine.using == "tiles"


def test_a_soup_does_not_stay_in_hashlife_by_way_of_a_pattern_that_was_there_before():
    engine = ready()
    engine.step(pattern("guns-and-puffers/gosper-glider-gun"), CONWAY, 30 << 30)
    assert engine.using == "hashlife"
    engine.step(soup_of(100, seed=2), CONWAY, 1)
    assert engine.using == "tiles"


def test_whoever_chose_hashlife_is_told_where_tiles_would_be_faster():
    engine = ready("hashlife")
    engine.step(soup_of(200, seed=1), CONWAY, 8)
    assert "tiles would be faster" in engine.note
    engine.step(pattern("guns-and-puffers/gosper-glider-gun"), CONWAY, 1 << 30)
    assert engine.note == ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_stop_ends_any_of_them(kind):
    stop = StopSignal()
    stop.set()
    with pytest.raises(Stopped):
        ready(kind).step(pattern("methuselahs/acorn"), CONWAY, 1 << 20, stop)


@pytest.mark.parametrize("kind", KINDS)
def test_a_rule_that_fills_the_plane_is_refused(kind):
    with pytest.raises(LifeError, match="give the board edges"):
        ready(kind).step(plane_of(GLIDER), Rule(frozenset({0}), frozenset()), 1)


def test_where_hashlife_has_too_little_memory_tiles_go_on():
    engine = PlaneEngine("automatic", 1)
    engine._tiles.wait(CONWAY)
    plane, expected = soup_of(900, seed=4), soup_of(900, seed=4)
    assert engine.step(plane, CONWAY, 300) == ready("tiles").step(expected, CONWAY, 300)
    assert engine.using == "tiles"


def test_an_edited_plane_goes_on_with_the_engine_that_made_it():
    engine = ready()
    plane = engine.step(pattern("guns-and-puffers/gosper-glider-gun"), CONWAY, 30 << 40)
    ys, xs = zip(*GLIDER, strict=True)
    edited = plane.with_cells([y - 500 for y in ys], [x - 900 for x in xs], alive=True)
    after = engine.step(edited, CONWAY, 30 << 40)
    assert engine.using == "hashlife"
    assert after.population == 36 + (5 << 41) + 5


def test_it_passes_on_why_nothing_could_be_compiled():
    def refuse(*_):
        raise ImportError("it is not there")

    engine = PlaneEngine("automatic", MEMORY)
    compiler = Compiler(refuse)
    engine._tiles = SparseEngine(compiler)
    engine._tiles.wait(CONWAY)
    engine.step(plane_of(GLIDER), CONWAY, 1)
    assert "pip install numba" in engine.note
