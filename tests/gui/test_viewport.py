from itertools import pairwise
from math import floor, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.board.viewport import FARTHEST, LADDER, LARGEST_SCALE, Viewport
from life.plane.box import Box
from life.plane.plane import EVERYWHERE

RATIOS = st.sampled_from([1.0, 1.25, 1.5, 2.0, 3.0])
BOARDS = st.tuples(st.integers(1, 3000), st.integers(1, 3000)).map(lambda size: Box(0, 0, *size))
SMALLEST_SCALE = 2.0**-FARTHEST
PLACES = st.one_of(
    st.integers(-3000, 3000), st.sampled_from([1 << 60, -(1 << 60), (1 << 62) - 1, -(1 << 62), 1 << 200])
)
QUARTERS = st.integers(0, 1600).map(lambda quarters: quarters / 4)
POINTS = st.tuples(QUARTERS, QUARTERS)


@st.composite
def viewports(draw):
    """A widget of up to 400 pixels each way, zoomed and panned by hand."""
    ratio = draw(RATIOS)
    view = Viewport(draw(st.integers(20, 400)) * ratio, draw(st.integers(20, 400)) * ratio, ratio=ratio)
    scales = st.one_of(st.sampled_from(LADDER), st.floats(SMALLEST_SCALE, LARGEST_SCALE))
    view = view.zoomed_to(draw(scales), (0.0, 0.0))
    return view.panned(draw(st.floats(-500, 500)), draw(st.floats(-500, 500)))


def block_of(cell, view):
    """The block of cells that has a pixel of its own, or the cell itself where that is as large as a pixel."""
    return tuple(part >> view.log2 for part in cell)


@given(viewports(), POINTS, st.integers(-8, 8))
def test_zooming_keeps_the_cell_under_the_pointer_or_its_block(view, point, steps):
    zoomed = view.zoomed(steps, point)
    coarser = max(view, zoomed, key=lambda seen: seen.log2)
    assert block_of(zoomed.cell_at(point), coarser) == block_of(view.cell_at(point), coarser)


@given(PLACES, PLACES, POINTS, st.integers(1, 62))
def test_zooming_out_over_the_whole_plane_and_back_in_loses_no_cell(y, x, point, steps):
    start = Viewport(400, 500, 16.0, farthest=62).centred_on(y, x)
    out = start
    for _ in range(steps + 12):
        out = out.zoomed(-1, point)
    assert out.log2 >= min(steps, 50)
    back = out
    for _ in range(steps + 40):
        back = back.zoomed(1, point)
    assert back.scale == LARGEST_SCALE
    assert back.cell_at(point) == start.cell_at(point)


@given(viewports(), POINTS, st.floats(SMALLEST_SCALE, LARGEST_SCALE), RATIOS)
def test_a_cell_is_a_whole_number_of_device_pixels_or_a_pixel_a_power_of_two_of_cells(view, point, scale, ratio):
    board = Box(0, 0, 30, 40)
    for changed in (view.zoomed_to(scale, point), view.zoomed(1, point), view.on_screen(ratio), view.fitted(board)):
        assert changed.pitch == (2.0**-changed.log2 if changed.pitch < 1 else int(changed.pitch))
        assert changed.log2 <= FARTHEST
        assert changed.scale <= LARGEST_SCALE


@given(PLACES, PLACES, st.integers(0, 62), st.integers(-900, 900), st.integers(-900, 900))
def test_each_pixel_shows_one_aligned_block_however_far_out(y, x, k, dy, dx):
    view = Viewport(300, 400, 2.0**-k, farthest=62).centred_on(y, x).panned(dy / 3, dx / 3)
    cells = [view.cell_at((row, row)) for row in range(4)]
    for (top, left), (below, right) in pairwise(cells):
        assert (below - top, right - left) == (1 << k, 1 << k)
        assert top % (1 << k) == left % (1 << k) == 0
    for row, (top, left) in enumerate(cells):
        assert (view.edge_y(top), view.edge_x(left)) == (row, row)


@given(PLACES, st.integers(1, 64), st.lists(st.integers(-(10**9), 10**9), max_size=8))
def test_a_pan_of_whole_cells_and_back_is_exact_at_any_distance(at, pitch, steps):
    view = start = Viewport(300, 400, float(pitch)).centred_on(at, -at)
    for step in steps:
        view = view.panned(step * pitch, -step * pitch)
    assert view.cell_at((150, 200)) == (at - sum(steps), -at + sum(steps))
    for step in steps:
        view = view.panned(-step * pitch, step * pitch)
    assert view.seen() == start.seen()


@given(viewports(), st.integers(-50, 50), st.integers(-50, 50))
def test_edges_lie_between_device_pixels_unless_cells_are_smaller_than_these(view, y, x):
    if view.pitch >= 1:
        assert view.edge_y(y) == int(view.edge_y(y))
        assert view.edge_x(x) == int(view.edge_x(x))


@given(viewports(), st.integers(0, 400), st.integers(0, 400))
def test_the_cell_at_a_pixel_is_the_one_that_is_painted_there(view, row, column):
    y, x = view.cell_at((row / view.ratio, column / view.ratio))
    assert view.edge_y(y) <= row + 1e-6 <= view.edge_y(y + 1) + 1e-6
    assert view.edge_x(x) <= column + 1e-6 <= view.edge_x(x + 1) + 1e-6


@given(viewports(), BOARDS)
def test_the_visible_cells_are_those_of_which_a_part_lies_in_the_widget(view, board):
    rows, columns = board.bottom, board.right
    span = view.visible(board)
    assert 0 <= span.top <= span.bottom <= max(rows, span.top)
    for y in {span.top - 1, span.top, span.bottom - 1, span.bottom} & set(range(rows)):
        is_seen = view.edge_y(y + 1) > 1e-6 and view.edge_y(y) < view.height - 1e-6
        assert not is_seen or span.top <= y < span.bottom
        assert is_seen or view.pitch < 1 or not span.top <= y < span.bottom
    for x in {span.left - 1, span.left, span.right - 1, span.right} & set(range(columns)):
        is_seen = view.edge_x(x + 1) > 1e-6 and view.edge_x(x) < view.width - 1e-6
        assert not is_seen or span.left <= x < span.right


@pytest.mark.parametrize("scale", LADDER)
def test_zooming_keeps_the_cell_wherever_in_it_the_pointer_is(scale):
    view = Viewport(300, 300, 16.0, top=3, left=5)
    for inside in range(16):
        point = 3 + 16.0 * 7 + inside, 5 + 16.0 * 2 + inside
        zoomed = view.zoomed_to(scale, point)
        assert block_of(zoomed.cell_at(point), zoomed) == block_of((7, 2), zoomed)


def test_no_cell_is_visible_of_a_board_that_was_moved_out_of_sight():
    assert Viewport(100, 100, 8.0, top=200, left=0).visible(Box(0, 0, 5, 5)).is_empty
    assert not Viewport(100, 100, 8.0, top=20, left=0).visible(Box(0, 0, 5, 5)).is_empty


@given(viewports(), BOARDS, st.integers(-(1 << 62), 1 << 62), st.floats(0, 40))
def test_what_is_fitted_is_seen_whole_in_the_middle_with_its_margin(view, board, by, margin):
    box = Box(by, -by, by + board.height, board.width - by)
    fitted = view.fitted(box, margin)
    above, left = fitted.edge_y(box.top), fitted.edge_x(box.left)
    below, right = fitted.height - fitted.edge_y(box.bottom), fitted.width - fitted.edge_x(box.right)
    assert above == pytest.approx(below, abs=2)
    assert left == pytest.approx(right, abs=2)
    if fitted.log2 < FARTHEST and fitted.pitch != 1 and margin * 2 * view.ratio < min(view.height, view.width) - 1:
        assert min(above, left) >= margin * fitted.ratio - 1.5


@given(viewports(), BOARDS)
def test_a_fitted_board_could_not_be_larger(view, board):
    fitted = view.fitted(board)
    larger = fitted.pitch + 1 if fitted.pitch >= 1 else fitted.pitch * 2
    if larger <= floor(LARGEST_SCALE * fitted.ratio):
        assert board.height * larger > fitted.height or board.width * larger > fitted.width


def test_the_whole_plane_can_be_fitted():
    fitted = Viewport(700, 900, farthest=62).fitted(EVERYWHERE)
    assert 700 / 2 < fitted.edge_y(1 << 62) - fitted.edge_y(-(1 << 62)) <= 700
    assert fitted.visible(EVERYWHERE) == EVERYWHERE


@given(viewports(), st.integers(20, 900), st.integers(20, 900))
def test_resizing_keeps_what_is_in_the_middle(view, height, width):
    resized = view.resized(height, width)
    assert resized.scale == view.scale
    for before, after in (
        ((view.height / 2 - view.top), (resized.height / 2 - resized.top)),
        ((view.width / 2 - view.left), (resized.width / 2 - resized.left)),
    ):
        assert after == pytest.approx(before)


def test_dragging_the_border_of_a_window_pixel_by_pixel_does_not_make_the_board_drift():
    view = start = Viewport(300, 300, 7.0, top=10, left=20)
    for size in (*range(301, 500), *range(500, 299, -1)):
        view = view.resized(size, size)
    assert (view.edge_y(0), view.edge_x(0)) == (start.edge_y(0), start.edge_x(0))


@given(viewports(), st.integers(-300, 300), st.integers(-300, 300))
def test_panning_takes_the_board_along(view, dy, dx):
    panned = view.panned(dy, dx)
    assert panned.origin == view.origin
    assert (panned.top - view.top, panned.left - view.left) == pytest.approx((dy * view.ratio, dx * view.ratio))
    assert panned.scale == view.scale


@given(viewports(), BOARDS, st.floats(1, 60))
def test_a_board_kept_in_sight_is_seen(view, board, least):
    kept = view.kept_in_sight(board, least)
    seen_y = min(kept.edge_y(board.bottom), kept.height) - max(kept.edge_y(0), 0)
    seen_x = min(kept.edge_x(board.right), kept.width) - max(kept.edge_x(0), 0)
    assert seen_y >= min(least * kept.ratio, board.height * kept.pitch, kept.height) - 1
    assert seen_x >= min(least * kept.ratio, board.width * kept.pitch, kept.width) - 1


@given(viewports(), BOARDS)
def test_keeping_in_sight_moves_nothing_that_is_in_sight(view, board):
    fitted = view.fitted(board)
    assert fitted.kept_in_sight(board, 48.0) == fitted


@given(PLACES, PLACES, st.sampled_from([2.0**-50, 2.0**-20, 1.0, 16.0]))
def test_on_the_plane_one_goes_wherever_one_likes_but_not_beyond_its_last_cell(y, x, pitch):
    view = Viewport(300, 400, pitch, farthest=62).centred_on(y, x)
    kept = view.kept_in_sight(EVERYWHERE, 48.0)
    if EVERYWHERE.contains(y, x):
        assert kept == view
    assert kept.visible(EVERYWHERE).height >= min(48 / pitch, 2**63) * 0.99


@given(viewports(), PLACES, PLACES)
def test_a_cell_can_be_brought_to_the_middle(view, y, x):
    centred = view.centred_on(y, x)
    assert block_of(centred.cell_at(centred.middle), centred) == block_of((y, x), centred)


@given(viewports(), RATIOS)
def test_another_screen_shows_the_same_place_at_nearly_the_same_scale(view, ratio):
    moved = view.on_screen(ratio)
    assert (moved.height / ratio, moved.width / ratio) == pytest.approx(
        (view.height / view.ratio, view.width / view.ratio)
    )
    assert (moved.height / 2 - moved.top) / moved.pitch == pytest.approx((view.height / 2 - view.top) / view.pitch)
    assert abs(log2(moved.scale / view.scale)) <= 0.6 or moved.pitch == 1 or moved.log2 == FARTHEST


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_every_step_of_the_ladder_changes_the_scale_until_the_ladder_ends(ratio):
    view = Viewport(300 * ratio, 300 * ratio, ratio=ratio)
    for steps in (1, -1):
        scales = [view.scale]
        for _ in range(len(LADDER) + FARTHEST):
            view = view.zoomed(steps, (150, 150))
            scales.append(view.scale)
        last = max(index for index, (a, b) in enumerate(pairwise(scales)) if a != b) + 1
        assert len(set(scales[: last + 1])) == last + 1
        assert scales[-1] == pytest.approx(LARGEST_SCALE if steps == 1 else SMALLEST_SCALE / ratio)
