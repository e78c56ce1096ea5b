"""What is kept of a step: on boards too large to be copied for it, and on planes."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gui.undo.history import Series, UndoHistory
from gui.undo.snapshot import Snapshot
from gui.undo.worlds import (
    Both,
    Later,
    Nothing,
    RowsFlipped,
    TilesFlipped,
    WordsFlipped,
    between_worlds,
    compared,
)
from life.board import Board
from life.errors import LifeError
from life.moment import Moment
from life.plane.plane import Plane
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY
from life.topology import PLANE, TORUS
from life.world import World


def soup(height: int, width: int, seed: int = 0) -> Board:
    bits = np.random.default_rng(seed).integers(0, 256, (height, width // 8), np.uint8)
    return Board(height, width, bits)


def plane_of(*cells: tuple[int, int]) -> TilePlane:
    ys, xs = np.array(cells, np.int64).reshape(-1, 2).T
    return TilePlane.from_cells(ys, xs)


def large_plane(seed: int = 0) -> TilePlane:
    """4,096 tiles: too many to be copied for an edit."""
    return TilePlane.from_board(soup(4096, 4096, seed), -2000, -2000)


def drawn(world: World, number: int = 60, alive: bool = True, at: int = 700) -> World:
    steps = np.arange(number, dtype=np.int64)
    return world.with_cells(at + steps, at + 2 * steps, alive)


def check(before: World, after: World) -> None:
    difference = between_worlds(before, after)
    assert difference.undone(after) == before
    assert difference.redone(before) == after
    if isinstance(difference, Later):
        difference.thread.join()
        assert difference.undone(after) == before
        assert difference.redone(before) == after


PLANES = st.builds(
    lambda cells: plane_of(*cells),
    st.sets(st.tuples(st.integers(-200, 200), st.sampled_from([-(2**62), -64, 0, 63, 64, 10**18])), max_size=30),
)
BOARDS = st.builds(
    lambda live, size: Board.from_live(*size, live),
    st.sets(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=30),
    st.sampled_from([(9, 70), (100, 100)]),
)


@settings(max_examples=80)
@given(PLANES | BOARDS, PLANES | BOARDS)
def test_any_two_worlds_lead_to_each_other(before: World, after: World) -> None:
    check(before, after)


@pytest.mark.parametrize("world", [lambda: soup(2048, 8192), large_plane], ids=["board", "plane"])
@pytest.mark.parametrize("alive", [True, False])
def test_a_stroke_on_a_large_world_is_kept_in_about_a_kilobyte_and_without_copying_it(
    world: Callable[[], World], alive: bool
) -> None:
    before = world()
    after = drawn(drawn(before, alive=alive), alive=alive, at=900)
    difference = between_worlds(before, after)
    assert isinstance(difference, WordsFlipped | TilesFlipped)
    assert 0 < difference.nbytes < 4_000
    check(before, after)
    check(after, drawn(after, 5, not alive))


@pytest.mark.parametrize("world", [lambda: soup(2048, 8192), large_plane], ids=["board", "plane"])
def test_large_worlds_that_are_no_edits_of_one_another_are_compared_by_a_thread(world: Callable[[], World]) -> None:
    before, other = world(), drawn(world(), 9)
    difference = between_worlds(before, other)
    assert isinstance(difference, Later)
    assert difference.undone(other) == before
    difference.thread.join()
    assert difference.nbytes < 1_000
    check(before, other)


def test_two_large_soups_take_no_more_than_one_of_them() -> None:
    before, after = soup(2048, 8192), soup(2048, 8192, 1)
    difference = compared(before, after)
    assert isinstance(difference, RowsFlipped)
    assert difference.nbytes < 1.01 * before.nbytes
    check(before, after)


def test_two_planes_that_share_nothing_take_no_more_than_both_of_them() -> None:
    before, after = plane_of(*((7 * y, -y) for y in range(300))), plane_of(*((5 * y, 10**9 + y) for y in range(300)))
    difference = between_worlds(before, after)
    assert isinstance(difference, TilesFlipped)
    assert difference.nbytes < before.nbytes + after.nbytes
    check(before, after)
    check(TilePlane(), large_plane())


def test_worlds_that_are_the_same_take_nothing() -> None:
    board, plane = soup(64, 64), plane_of((1, 2))
    assert isinstance(between_worlds(board, board), Nothing)
    assert isinstance(between_worlds(board, soup(64, 64)), Nothing)
    assert isinstance(between_worlds(plane, plane_of((1, 2))), Nothing)


class TooBigForTiles(TilePlane):
    """A plane as HashLife has them."""

    def tiles(self, most: int = 0) -> TilePlane:
        raise LifeError("too many tiles")

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


def test_planes_too_big_for_tiles_are_kept_as_they_are() -> None:
    before: Plane = TooBigForTiles(*tiles_of((1, 2)))
    after: Plane = TooBigForTiles(*tiles_of((3, 4)))
    difference = between_worlds(before, after)
    assert isinstance(difference, Both)
    assert difference.undone(after) is before
    assert difference.redone(before) is after
    back = between_worlds(before, Board(5, 5))
    assert back.undone(Board(5, 5)) is before


def tiles_of(*cells: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    plane = plane_of(*cells)
    return plane.keys, plane.words


def noted(history: UndoHistory, now: Snapshot, world: World, what: str, series: Series | None = None) -> Snapshot:
    after = replace(now, moment=replace(now.moment, board=world))
    history.note(after, what, series)
    return after


def test_when_the_steps_take_too_much_memory_the_oldest_are_forgotten(qapp) -> None:
    moment = Moment(0, soup(256, 256), CONWAY, TORUS)
    now = Snapshot(moment, moment, {})
    history = UndoHistory(now, most_bytes=3 * moment.board.nbytes + 1_000)
    for seed in range(1, 8):
        now = noted(history, now, soup(256, 256, seed), f"Soup {seed}")
    undone = []
    while history.undo_text:
        undone.append(history.undo_text)
        history.undo()
    assert undone == ["Soup 7", "Soup 6", "Soup 5"]
    assert history.present.moment.board == soup(256, 256, 4)
    assert history.redo_text == "Soup 5"


def test_the_last_step_is_kept_however_much_it_takes(qapp) -> None:
    moment = Moment(0, soup(256, 256), CONWAY, TORUS)
    history = UndoHistory(Snapshot(moment, moment, {}), most_bytes=1)
    noted(history, history.present, soup(256, 256, 1), "Soup")
    assert history.undo_text == "Soup"
    history.undo()
    assert history.present.moment.board == soup(256, 256)


@pytest.mark.parametrize(("world", "topology"), [(lambda: soup(512, 512), TORUS), (large_plane, PLANE)])
def test_strokes_are_undone_and_done_again_one_by_one(qapp, world, topology) -> None:
    moment = Moment(0, world(), CONWAY, topology)
    history = UndoHistory(Snapshot(moment, moment, {}))
    seen = [moment.board]
    for number in range(4):
        for part in range(5):
            board = drawn(history.present.moment.board, 9, number % 2 == 0, at=20 * number + part)
            noted(history, history.present, board, "Draw", Series.STROKE)
        history.close()
        seen.append(history.present.moment.board)
    for board in reversed(seen[:-1]):
        history.undo()
        assert history.present.moment.board == board
    for board in seen[1:]:
        history.redo()
        assert history.present.moment.board == board
