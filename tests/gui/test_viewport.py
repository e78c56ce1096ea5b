from itertools import pairwise
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.board.viewport import LADDER, LARGEST_SCALE, SMALLEST_SCALE, Span, Viewport

RATIOS = st.sampled_from([1.0, 1.25, 1.5, 2.0, 3.0])
BOARDS = st.tuples(st.integers(1, 3000), st.integers(1, 3000))
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


@given(viewports(), POINTS, st.integers(-8, 8))
def test_zooming_keeps_the_cell_under_the_pointer(view, point, steps):
    assert view.zoomed(steps, point).cell_at(point) == view.cell_at(point)


@given(viewports(), POINTS, st.floats(SMALLEST_SCALE, LARGEST_SCALE), RATIOS)
def test_a_cell_is_a_whole_number_of_device_pixels_or_less_than_one(view, point, scale, ratio):
    for changed in (view.zoomed_to(scale, point), view.zoomed(1, point), view.on_screen(ratio), view.fitted(30, 40)):
        assert changed.pitch < 1 or changed.pitch == int(changed.pitch)
        assert SMALLEST_SCALE <= changed.scale <= LARGEST_SCALE


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
    rows, columns = board
    span = view.visible(rows, columns)
    assert 0 <= span.top <= span.bottom <= max(rows, span.top)
    for y in {span.top - 1, span.top, span.bottom - 1, span.bottom} & set(range(rows)):
        is_seen = view.edge_y(y + 1) > 1e-6 and view.edge_y(y) < view.height - 1e-6
        assert not is_seen or span.top <= y < span.bottom
    for x in {span.left - 1, span.left, span.right - 1, span.right} & set(range(columns)):
        is_seen = view.edge_x(x + 1) > 1e-6 and view.edge_x(x) < view.width - 1e-6
        assert not is_seen or span.left <= x < span.right


@pytest.mark.parametrize("scale", LADDER)
def test_zooming_keeps_the_cell_wherever_in_it_the_pointer_is(scale):
    view = Viewport(300, 300, 16.0, top=3, left=5)
    for inside in range(16):
        point = 3 + 16.0 * 7 + inside, 5 + 16.0 * 2 + inside
        assert view.zoomed_to(scale, point).cell_at(point) == (7, 2)


def test_no_cell_is_visible_of_a_board_that_was_moved_out_of_sight():
    assert Viewport(100, 100, 8.0, top=200, left=0).visible(5, 5).is_empty
    assert not Span(0, 0, 1, 1).is_empty


@given(viewports(), BOARDS, st.floats(0, 40))
def test_a_fitted_board_is_seen_whole_in_the_middle_with_its_margin(view, board, margin):
    rows, columns = board
    fitted = view.fitted(rows, columns, margin)
    above, left = fitted.top, fitted.left
    below, right = fitted.height - rows * fitted.pitch - above, fitted.width - columns * fitted.pitch - left
    assert above == pytest.approx(below)
    assert left == pytest.approx(right)
    if (
        fitted.scale > SMALLEST_SCALE
        and fitted.pitch != 1
        and margin * 2 * view.ratio < min(view.height, view.width) - 1
    ):
        assert min(above, left) >= margin * fitted.ratio - 1e-6


@given(viewports(), BOARDS)
def test_a_fitted_board_could_not_be_larger(view, board):
    rows, columns = board
    fitted = view.fitted(rows, columns)
    if 1 <= fitted.pitch < floor(LARGEST_SCALE * fitted.ratio):
        larger = fitted.pitch + 1
        assert rows * larger > fitted.height or columns * larger > fitted.width


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
    assert (panned.top - view.top, panned.left - view.left) == pytest.approx((dy * view.ratio, dx * view.ratio))
    assert panned.scale == view.scale


@given(viewports(), BOARDS, st.floats(1, 60))
def test_a_board_kept_in_sight_is_seen(view, board, least):
    kept = view.kept_in_sight(*board, least)
    seen_y = min(kept.top + board[0] * kept.pitch, kept.height) - max(kept.top, 0)
    seen_x = min(kept.left + board[1] * kept.pitch, kept.width) - max(kept.left, 0)
    assert seen_y >= min(least * kept.ratio, board[0] * kept.pitch, kept.height) - 1e-6
    assert seen_x >= min(least * kept.ratio, board[1] * kept.pitch, kept.width) - 1e-6


@given(viewports(), BOARDS)
def test_keeping_in_sight_moves_nothing_that_is_in_sight(view, board):
    fitted = view.fitted(*board)
    assert fitted.kept_in_sight(*board, 48.0) == fitted


@given(viewports(), st.integers(0, 500), st.integers(0, 500))
def test_a_cell_can_be_brought_to_the_middle(view, y, x):
    assert view.centred_on(y, x).cell_at((view.height / view.ratio / 2, view.width / view.ratio / 2)) == (y, x)


@given(viewports(), RATIOS)
def test_another_screen_shows_the_same_place_at_nearly_the_same_scale(view, ratio):
    moved = view.on_screen(ratio)
    assert (moved.height / ratio, moved.width / ratio) == pytest.approx(
        (view.height / view.ratio, view.width / view.ratio)
    )
    assert (moved.height / 2 - moved.top) / moved.pitch == pytest.approx((view.height / 2 - view.top) / view.pitch)
    assert moved.scale == pytest.approx(view.scale, rel=0.51) or moved.pitch == 1


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_every_step_of_the_ladder_changes_the_scale_until_the_ladder_ends(ratio):
    view = Viewport(300 * ratio, 300 * ratio, ratio=ratio)
    for steps in (1, -1):
        scales = [view.scale]
        for _ in LADDER:
            view = view.zoomed(steps, (150, 150))
            scales.append(view.scale)
        last = max(index for index, (a, b) in enumerate(pairwise(scales)) if a != b) + 1
        assert len(set(scales[: last + 1])) == last + 1
        limit = LARGEST_SCALE if steps == 1 else SMALLEST_SCALE
        assert scales[-1] == pytest.approx(limit)


def test_a_point_outside_the_board_is_over_no_cell_of_it():
    view = Viewport(100, 100, 10.0, top=20, left=30)
    assert view.cell_within((20, 30), 4, 4) == (0, 0)
    assert view.cell_within((59.9, 69.9), 4, 4) == (3, 3)
    for point in ((19.9, 40), (40, 29.9), (60, 40), (40, 70)):
        assert view.cell_within(point, 4, 4) is None


@given(viewports(), BOARDS)
def test_a_board_zoomed_out_covers_at_least_its_share_of_pixels(view, board):
    out = view.zoomed_to(SMALLEST_SCALE, (0.0, 0.0))
    assert out.edge_y(board[0]) - out.edge_y(0) == pytest.approx(board[0] * out.ratio / 64)
    assert ceil(out.edge_x(board[1]) - out.edge_x(0)) >= 1
