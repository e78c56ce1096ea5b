"""What is done with a part of the plane, held against the same done with cells one by one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from life.editing.area import (
    MOST_INVERTED,
    cleared_inside,
    cleared_outside,
    inverted,
    picked_up,
    read_area,
    write_area,
)
from life.editing.floating import Floating, PasteMode
from life.editing.selection import MOST_LIVE_ON_PLANE, Selection
from life.editing.turning import Turn, turn_selection, turned
from life.errors import LifeError
from life.patterns.rle import read_rle
from life.plane.box import Box
from life.plane.plane import FARTHEST
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY

FAR = (1 << 60) + 3, -(1 << 59) - 5
OFFSETS = [(0, 0), (-200, 63), FAR]

cells = st.sets(st.tuples(st.integers(-20, 90), st.integers(-90, 20)), max_size=60)
places = st.tuples(st.integers(-30, 60), st.integers(-60, 30), st.integers(1, 50), st.integers(1, 50))
offsets = st.sampled_from(OFFSETS)


def plane_of(live) -> TilePlane:
    ys, xs = (np.array([cell[i] for cell in live], np.int64) for i in (0, 1))
    return TilePlane.from_cells(ys, xs)


def live(world) -> set[tuple[int, int]]:
    ys, xs = world.live_cells()
    return set(zip(ys.tolist(), xs.tolist(), strict=True))


@st.composite
def planes_with_selection(draw):
    dy, dx = draw(offsets)
    top, left, height, width = draw(places)
    alive = {(y + dy, x + dx) for y, x in draw(cells)}
    return alive, plane_of(alive), Selection(top + dy, left + dx, height, width)


@given(planes_with_selection())
def test_clearing_inside_and_outside_share_out_the_living(case):
    alive, plane, selection = case
    inside = {cell for cell in alive if selection.has(cell)}
    assert live(cleared_inside(plane, selection)) == alive - inside
    assert live(cleared_outside(plane, selection)) == inside
    assert live(plane) == alive


@given(planes_with_selection())
def test_inverting_turns_over_every_cell_inside_and_no_other(case):
    alive, plane, selection = case
    rows, columns = range(selection.top, selection.bottom), range(selection.left, selection.right)
    expected = alive ^ {(y, x) for y in rows for x in columns}
    assert live(inverted(plane, selection)) == expected


@given(planes_with_selection(), st.sampled_from(Turn))
def test_a_turn_takes_every_cell_where_it_takes_it_on_paper(case, turn):
    alive, plane, selection = case
    changed, target = turn_selection(plane, selection, turn)
    expected = {cell for cell in alive if not selection.has(cell) and not target.has(cell)}
    ys, xs = np.nonzero(turned(read_area(plane, selection), turn))
    expected |= {(int(y) + target.top, int(x) + target.left) for y, x in zip(ys, xs, strict=True)}
    assert live(changed) == expected
    assert (target.height, target.width) in ((selection.height, selection.width), (selection.width, selection.height))


@settings(max_examples=40)
@given(planes_with_selection(), offsets, st.sampled_from(PasteMode))
def test_a_selection_is_lifted_and_placed_elsewhere_in_every_mode(case, offset, mode):
    alive, plane, selection = case
    lifted = Floating.lifted(plane, selection).at(*offset)
    under = {cell for cell in alive if not selection.has(cell)}
    over = {(y - selection.top + offset[0], x - selection.left + offset[1]) for y, x in alive if selection.has((y, x))}
    beside = {cell for cell in under if not lifted.area.has(cell)}
    combined = {
        PasteMode.COPY: over,
        PasteMode.OR: (under - beside) | over,
        PasteMode.XOR: (under - beside) ^ over,
        PasteMode.AND: (under - beside) & over,
    }
    assert live(lifted.placed_on(plane, mode)) == beside | combined[mode]
    assert lifted.lost_on(plane) == 0


@given(planes_with_selection())
def test_what_is_put_back_where_it_was_is_the_very_same_plane(case):
    _, plane, selection = case
    assert Floating.lifted(plane, selection).placed_on(plane, PasteMode.OR) is plane
    assert write_area(plane, read_area(plane, selection), selection.top, selection.left) is plane


@given(planes_with_selection())
def test_a_selection_shrinks_to_the_living_and_all_of_the_plane_is_the_box_around_them(case):
    alive, plane, selection = case
    inside = [cell for cell in alive if selection.has(cell)]
    shrunk = selection.shrunk_to_live(plane)
    if inside:
        ys, xs = [cell[0] for cell in inside], [cell[1] for cell in inside]
        assert shrunk == Selection.between((min(ys), min(xs)), (max(ys), max(xs)))
    else:
        assert shrunk is None
    box = plane.box
    assert Selection.of_world(plane) == (Selection.of_box(box) if box else None)


def test_a_selection_far_larger_than_memory_is_handled_by_its_living():
    plane = plane_of([(0, 0), (5, 9), FAR])
    everything = Selection(-FARTHEST, -FARTHEST, 2 * FARTHEST, 2 * FARTHEST)
    assert cleared_inside(plane, everything).is_empty
    assert cleared_outside(plane, everything) is plane
    assert everything.shrunk_to_live(plane) == Selection.of_world(plane)
    part = Selection(-100, -(1 << 58), 1 << 50, 1 << 59)
    assert picked_up(plane, part, CONWAY).extents == (6, 10)
    changed, target = turn_selection(plane, part, Turn.LEFT_RIGHT)
    assert target == part
    assert live(changed) == {(0, -1), (5, -10), FAR}


def test_what_would_fill_the_plane_is_refused_with_a_reason():
    plane = plane_of([(0, 0)])
    with pytest.raises(LifeError, match=f"select at most {MOST_INVERTED:,} cells"):
        inverted(plane, Selection(0, 0, 1 << 13, 1 << 13))
    with pytest.raises(LifeError, match="too many to be turned, filled or moved"):
        Floating.lifted(plane, Selection(0, 0, 1 << 20, 1 << 20))


class Crowd(TilePlane):
    """A plane that says it has as many live cells as anybody could count."""

    def live_cells(self, box: Box | None = None, most: int = 100_000_000):
        raise LifeError(f"more than {most:,} cells are alive")


def test_more_living_than_can_be_handled_one_by_one_are_refused_with_a_reason():
    crowd = Crowd(*(getattr(plane_of([(0, 0), (0, 2)]), part) for part in ("keys", "words")))
    with pytest.raises(LifeError, match=f"more than {MOST_LIVE_ON_PLANE:,} cells live among the 1 × 2 .* smaller part"):
        cleared_inside(crowd, Selection(0, 0, 1, 2))


def test_a_selection_at_the_end_of_the_plane_is_cut_off_there():
    plane = plane_of([(0, 0)])
    assert Selection(FARTHEST - 2, 0, 10, 3).clipped_to(plane) == Selection(FARTHEST - 2, 0, 2, 3)
    with pytest.raises(LifeError, match="farther than the plane does"):
        turn_selection(plane, Selection(FARTHEST - 2, 0, 2, 30), Turn.CLOCKWISE)


def test_a_pattern_of_any_size_floats_over_the_plane_and_stays_on_it():
    plane = TilePlane()
    floating = Floating.of_pattern(read_rle("x = 3, y = 3\nbo$2bo$3o!"), plane)
    assert floating.cells.shape == (3, 3)
    assert floating.at(FARTHEST + 5, 0).kept_over(plane).top == FARTHEST - 1
    assert floating.at(FARTHEST - 2, 0).lost_on(plane) == 3
    with pytest.raises(LifeError, match="too large to be pasted; open it as a file"):
        Floating.of_pattern(read_rle("x = 1, y = 1\no199998bo199999$o!"), plane)
