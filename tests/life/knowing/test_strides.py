"""What becomes of a run is recognised where only every so many generations are seen, and the period is exact."""

from itertools import count

import pytest

from life.board import Board
from life.knowing.period import Recogniser
from life.knowing.strides import LARGEST, MOST_SIGHTINGS, Strides
from life.knowing.verdict import Kind, Verdict
from life.moment import Moment
from life.rule import CONWAY
from life.topology import BOUNDED, PLANE, TORUS, Topology
from life.world import World
from tests.life.plain_engine import PlainEngine, plane

BLOCK = [(0, 0), (0, 1), (1, 0), (1, 1)]
BLINKER = [(0, 0), (0, 1), (0, 2)]
GLIDER = [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]
PENTADECATHLON = [(0, x) for x in range(10)]
R_PENTOMINO = [(8, 9), (8, 10), (9, 8), (9, 9), (10, 9)]


def torus(cells: list[tuple[int, int]], side: int = 24) -> Board:
    return Board.from_live(side, side, [(y + 9, x + 6) for y, x in cells])


def verdict_of(
    world: World, topology: Topology, stride: int, visits: int, strides: Strides | None = None
) -> tuple[Verdict | None, Moment]:
    """What is known after so many visits, or as soon as something is."""
    engine, strides = PlainEngine(), strides or Strides(PlainEngine(), clock=lambda: 0.0)
    moment, found = Moment(0, world, CONWAY, topology), None
    strides.begin(moment)
    for _ in range(visits):
        world = engine.step(world, CONWAY, topology, stride)
        moment = Moment(moment.generation + stride, world, CONWAY, topology)
        found = strides.see(moment, 0)
        if found:
            break
    return found, moment


@pytest.mark.parametrize("stride", [2, 7, 64])
@pytest.mark.parametrize(
    ("cells", "period"), [(BLOCK, 1), (BLINKER, 2), (PENTADECATHLON, 15)], ids=["block", "blinker", "pentadecathlon"]
)
@pytest.mark.parametrize("world", [torus, plane], ids=["torus", "plane"])
def test_the_period_is_exact_whatever_the_stride(world, cells, period, stride) -> None:
    topology = PLANE if world is plane else TORUS
    found, _ = verdict_of(world(cells), topology, stride, 60)
    assert found is not None
    assert found.kind is (Kind.STILL if period == 1 else Kind.CYCLE)
    assert found.period == period
    assert found.began_so or cells is PENTADECATHLON, "which is a row of ten before it is one"


def test_a_spaceship_on_the_plane_moves_for_ever_and_nobody_is_to_be_paused_for_it() -> None:
    found, _ = verdict_of(plane(GLIDER), PLANE, 16, 5)
    assert (found.kind, found.period, found.moves, found.returns) == (Kind.MOVING, 4, (1, 1), None)
    assert not found.is_lasting


def test_a_spaceship_on_a_torus_is_back_in_place_at_last() -> None:
    found, _ = verdict_of(torus(GLIDER, 24), TORUS, 16, 8)
    assert (found.kind, found.period, found.moves, found.returns) == (Kind.MOVING, 4, (1, 1), 96)
    assert str(found).startswith("Spaceship since generation 0, moves (1, 1) every 4")


def test_a_spaceship_that_will_meet_an_edge_is_no_end_of_a_run() -> None:
    found, moment = verdict_of(Board.from_live(40, 40, GLIDER), BOUNDED, 8, 50)
    assert (found.kind, found.period) == (Kind.STILL, 1), "the block that it ends as in the corner"
    assert moment.generation > 4 * 36
    assert found.since > 4 * 36


def test_what_died_out_between_two_sightings_did_so_before_the_second() -> None:
    found, _ = verdict_of(plane([(0, 0), (5, 5)]), PLANE, 100, 3)
    assert (found.kind, str(found)) == (Kind.EMPTY, "Died out by generation 100")


def test_a_run_ends_as_it_ends_generation_by_generation() -> None:
    world, recogniser, engine = Board.from_live(20, 20, R_PENTOMINO), Recogniser(), PlainEngine()
    recogniser.begin(Moment(0, world, CONWAY, TORUS))
    known = None
    for generation in count(1):
        world = engine.step(world, CONWAY, TORUS)
        known = recogniser.see(Moment(generation, world, CONWAY, TORUS))
        if known and known.is_lasting:
            break
    found, _ = verdict_of(Board.from_live(20, 20, R_PENTOMINO), TORUS, 32, 1_000)
    assert (found.kind, found.period, found.moves) == (known.kind, known.period, known.moves)
    assert found.since >= known.since
    assert "by generation" in str(found)


def test_the_recogniser_sees_visits_and_single_generations_in_one_run() -> None:
    world, recogniser, engine = plane(BLINKER), Recogniser(engine=PlainEngine()), PlainEngine()
    recogniser.begin(Moment(0, world, CONWAY, PLANE))
    world = engine.step(world, CONWAY, PLANE, 10)
    assert recogniser.see(Moment(10, world, CONWAY, PLANE)).period == 2
    recogniser = Recogniser(engine=PlainEngine())
    recogniser.begin(Moment(0, plane(PENTADECATHLON), CONWAY, PLANE))
    world = engine.step(plane(PENTADECATHLON), CONWAY, PLANE, 20)
    assert recogniser.see(Moment(20, world, CONWAY, PLANE)) is None
    for generation in range(21, 40):
        world = engine.step(world, CONWAY, PLANE)
        known = recogniser.see(Moment(generation, world, CONWAY, PLANE))
    assert (known.kind, known.period) == (Kind.CYCLE, 15)


def test_a_long_period_is_looked_for_a_little_after_each_visit() -> None:
    ticks = count(0.0, 1.0)  # a second goes by whenever anybody looks
    engine = PlainEngine()
    strides = Strides(engine, clock=lambda: next(ticks))
    found, moment = verdict_of(plane(PENTADECATHLON), PLANE, 15, 40, strides)
    assert found.period == 15
    assert moment.generation == 15 * (2 + 14), "seen again at the third visit, and then a generation after each visit"


@pytest.mark.parametrize("is_plane", [True, False], ids=["plane", "board"])
def test_a_world_that_takes_long_to_read_is_not_read(is_plane) -> None:
    engine, far = PlainEngine(), 8 * int(LARGEST**0.5)
    strides = Strides(engine)
    still = plane([*BLOCK, *[(y + far, x + far) for y, x in BLOCK]]) if is_plane else Board.from_live(far, far, BLOCK)
    topology = PLANE if is_plane else TORUS
    strides.begin(Moment(0, still, CONWAY, topology))
    assert [strides.see(Moment(2 * visit, still, CONWAY, topology), 0) for visit in range(1, 4)] == [None] * 3
    assert engine.made == 0


def test_only_so_many_sightings_are_remembered() -> None:
    strides = Strides(PlainEngine(), clock=lambda: 0.0)
    row = [(0, 2 * x) for x in range(2)]
    for generation in range(0, 10 * (MOST_SIGHTINGS + 10), 10):
        cells = [*row, (0, 100 + generation), (0, 102 + generation)]
        strides.see(Moment(generation, plane(cells), CONWAY, PLANE), 0)
    assert len(strides._seen) == MOST_SIGHTINGS
