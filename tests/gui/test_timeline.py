import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from gui.watch import timeline_paint
from gui.watch.timeline_dock import TimelineDock
from gui.watch.timeline_paint import Layout
from life.experiment import Fault
from tests.gui.watching import Watched


@pytest.fixture
def stage(qtbot):
    watched = Watched()
    watched.dock = TimelineDock(watched.watch)
    qtbot.addWidget(watched.dock)
    watched.dock.resize(900, 320)
    watched.dock.show()
    watched.timeline = watched.dock.timeline
    return watched


def run(stage, qtbot, **changes):
    record = stage.run(**changes)
    qtbot.waitUntil(lambda: stage.timeline.trace is record.trace)
    stage.timeline.grab()
    return record


def middle_of(stage, cell):
    timeline = stage.timeline
    bar = timeline.bars.of_cell(cell)
    layout = Layout(timeline.width(), timeline.height())
    return timeline_paint.bar_rect(layout, timeline.bars, bar, timeline.time, timeline.lanes).center().toPoint()


def turn(stage, notches, at, keys=Qt.KeyboardModifier.NoModifier):
    event = QWheelEvent(
        QPointF(at), QPointF(stage.timeline.mapToGlobal(at)), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(stage.timeline, event)


def test_a_generation_that_was_made_is_drawn(stage, qtbot):
    empty = stage.timeline.grab().toImage()
    record = run(stage, qtbot, latency=0.01)
    assert stage.timeline.bars.size == record.trace.cells
    assert stage.timeline.bars.lanes.count == record.peak_threads
    assert stage.timeline.grab().toImage() != empty
    assert f"up to {record.peak_threads:,} thread" in stage.dock.story.text()


def test_a_bar_that_is_clicked_selects_its_cell_and_tells_its_story(stage, qtbot):
    record = run(stage, qtbot, latency=0.02)
    qtbot.mouseClick(stage.timeline, Qt.MouseButton.LeftButton, pos=middle_of(stage, 21))
    assert stage.watch.cell == divmod(21, record.trace.width)
    assert stage.dock.story.text().startswith("Cell (2, 5): started at ")
    assert "for the service" in stage.dock.story.text()
    beside = QPoint(round(timeline_paint.GUTTER) + 2, stage.timeline.height() - 8)
    qtbot.mouseClick(stage.timeline, Qt.MouseButton.LeftButton, pos=beside)
    assert stage.watch.cell is None


def test_a_bar_that_is_pointed_at_lights_up_its_cell_until_the_pointer_leaves(stage, qtbot):
    run(stage, qtbot, latency=0.02)
    pointed = []
    stage.watch.cell_pointed.connect(pointed.append)
    qtbot.mouseMove(stage.timeline, middle_of(stage, 9))
    assert pointed[-1] == (1, 1)
    assert stage.dock.story.text().startswith("Cell (1, 1): ")
    QApplication.sendEvent(stage.timeline, QEvent(QEvent.Type.Leave))
    assert pointed[-1] is None
    assert stage.dock.story.text().startswith("Generation 1")


def test_the_story_of_a_failed_cell_names_what_it_raised(stage, qtbot, python_prints_thread_errors):
    run(stage, qtbot, faults={(2, 3): Fault.ERROR})
    stage.watch.select_cell((2, 3))
    assert "failed at" in stage.dock.story.text()
    assert "OSError" in stage.dock.story.text()


def test_a_cell_that_is_selected_elsewhere_is_brought_into_sight(stage, qtbot):
    run(stage, qtbot, latency=0.005, strategy="serial")
    timeline = stage.timeline
    for _ in range(12):
        turn(stage, 1, QPoint(120, 100))
    last = timeline.bars.of_cell(47)
    assert timeline.time.x_of(float(timeline.bars.begun[last])) > timeline.time.width
    stage.watch.select_cell((5, 7))
    assert 0 <= timeline.time.x_of(float(timeline.bars.begun[last])) <= timeline.time.width


def test_the_wheel_zooms_time_at_the_pointer_and_a_double_click_shows_all(stage, qtbot):
    run(stage, qtbot, latency=0.02)
    timeline, at = stage.timeline, QPoint(400, 150)
    fitted, x = timeline.time, 400 - timeline_paint.GUTTER
    under = timeline.time.time_at(x)
    turn(stage, 3, at)
    assert timeline.time.per_pixel < fitted.per_pixel
    assert timeline.time.time_at(x) == pytest.approx(under, abs=timeline.time.per_pixel)
    qtbot.mouseDClick(timeline, Qt.MouseButton.LeftButton, pos=at)
    assert timeline.time == fitted


def test_the_wheel_changes_and_scrolls_lanes_with_the_keys(stage, qtbot):
    run(stage, qtbot, strategy="coroutines", latency=0.02)
    timeline, at = stage.timeline, QPoint(400, 150)
    time, pitch = timeline.time, timeline.lanes.pitch
    for _ in range(8):
        turn(stage, 1, at, Qt.KeyboardModifier.ControlModifier)
    assert timeline.lanes.pitch > pitch
    first = timeline.lanes.first
    turn(stage, -1, at, Qt.KeyboardModifier.ShiftModifier)
    assert timeline.lanes.first > first
    assert timeline.time == time


def test_dragging_moves_the_picture_and_selects_nothing(stage, qtbot):
    run(stage, qtbot, latency=0.02)
    timeline, at = stage.timeline, middle_of(stage, 20)
    begin = timeline.time.begin
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(timeline, at - QPoint(60, 0))
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=at - QPoint(60, 0))
    assert timeline.time.begin - begin == pytest.approx(60 * timeline.time.per_pixel, rel=0.01)
    assert stage.watch.cell is None


def test_the_instant_is_dragged_in_the_axis_and_stays_within_the_generation(stage, qtbot):
    record = run(stage, qtbot, latency=0.02)
    timeline, trace = stage.timeline, record.trace
    x = round(timeline_paint.GUTTER + timeline.time.x_of(trace_half(trace)))
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
    assert stage.watch.instant - trace.started == pytest.approx(trace_half(trace), abs=timeline.time.per_pixel * 2)
    qtbot.mouseMove(timeline, QPoint(5, 10))
    assert stage.watch.instant == trace.started
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=QPoint(5, 10))
    assert stage.watch.cell is None


def trace_half(trace):
    return (trace.finished - trace.started) / 2


def test_keys_go_from_bar_to_bar(stage, qtbot):
    run(stage, qtbot, strategy="serial")
    for key, cell in ((Qt.Key.Key_Right, (0, 0)), (Qt.Key.Key_Right, (0, 1)), (Qt.Key.Key_Left, (0, 0))):
        qtbot.keyClick(stage.timeline, key)
        assert stage.watch.cell == cell


def test_the_picture_is_kept_while_only_the_instant_moves(stage, qtbot, monkeypatch):
    record = run(stage, qtbot, latency=0.02)
    made = []
    original = timeline_paint.picture_of
    monkeypatch.setattr(timeline_paint, "picture_of", lambda *args: made.append(1) or original(*args))
    for part in range(5):
        stage.watch.move_to(record.trace.started + part * 1000)
        stage.timeline.grab()
    assert made == []
    turn(stage, 1, QPoint(300, 100))
    stage.timeline.grab()
    assert made == [1]


def test_with_the_history_the_picture_goes(stage, qtbot):
    run(stage, qtbot)
    stage.history.clear()
    stage.watch._catch_up()
    assert stage.timeline.bars is None
    assert stage.dock.story.text() == ""


def test_it_can_be_read_without_eyes(stage):
    assert stage.timeline.accessibleName() == "Timeline"
    assert "wheel" in stage.timeline.accessibleDescription()
    assert stage.timeline.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert stage.dock.objectName()
