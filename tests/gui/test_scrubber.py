import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSlider, QToolButton

from gui.watch.scrubber import SPEEDS, ScrubBar
from life.experiment import Fault
from life.trace.moments import first_failure, peak_of_threads
from life.trace.states import event_times
from tests.gui.watching import Watched


@pytest.fixture
def stage(qtbot, python_prints_thread_errors):
    watched = Watched()
    watched.bar = ScrubBar(watched.watch)
    qtbot.addWidget(watched.bar)
    watched.bar.resize(900, 44)
    watched.bar.show()
    return watched


def test_without_a_generation_nothing_can_be_played(stage):
    assert not stage.bar.play.isEnabled()
    assert not stage.bar.slider.isEnabled()
    assert stage.bar.position.text() == ""


def test_the_position_is_told_in_milliseconds_of_the_whole(stage):
    record = stage.run()
    total = (record.trace.finished - record.trace.started) / 1e6
    assert stage.bar.position.text() == f"{total:,.1f} of {total:,.1f} ms"
    assert stage.bar.slider.value() == stage.bar.slider.maximum()
    stage.watch.move_to(record.trace.started)
    assert stage.bar.position.text() == f"0.0 of {total:,.1f} ms"
    assert stage.bar.slider.value() == 0


def test_the_slider_moves_the_instant(stage, qtbot):
    record = stage.run()
    trace = record.trace
    stage.bar.slider.setValue(stage.bar.slider.maximum() // 2)
    assert stage.watch.instant == pytest.approx((trace.started + trace.finished) / 2, abs=1e5)
    qtbot.keyClick(stage.bar.slider, Qt.Key.Key_Home)
    assert stage.watch.instant == trace.started


def test_every_event_is_stepped_through_in_both_directions(stage, qtbot):
    record = stage.run(strategy="serial", latency=0.0)
    events = event_times(record.trace)
    stage.watch.move_to(int(events[0]))
    seen = [stage.watch.instant]
    for _ in range(20):
        qtbot.mouseClick(stage.bar.forward, Qt.MouseButton.LeftButton)
        seen.append(stage.watch.instant)
    assert seen == events[:21].tolist()
    for _ in range(25):
        qtbot.mouseClick(stage.bar.back, Qt.MouseButton.LeftButton)
    assert stage.watch.instant == events[0]


def test_a_step_forward_at_the_end_stays_there(stage):
    record = stage.run()
    stage.watch.move_to(record.trace.finished)
    stage.bar.forward.click()
    assert stage.watch.instant >= record.trace.finished


def test_jumps_go_where_they_say_and_exist_only_where_there_is_something(stage):
    record = stage.run(faults={(2, 3): Fault.ERROR}, latency=0.01)
    stage.bar.failure.click()
    assert stage.watch.instant == first_failure(record.trace)
    stage.bar.peak.click()
    assert stage.watch.instant == peak_of_threads(record.trace)
    stage.run(strategy="serial")
    stage.watch.select_record(None)
    assert not stage.bar.failure.isEnabled()
    assert stage.bar.failure.toolTip() == "No cell failed"
    assert not stage.bar.lock_wait.isEnabled()  # one thread alone meets no other at a lock


def test_the_first_wait_for_a_lock_is_found(stage):
    record = stage.run(strategy="thread-per-cell")
    trace = record.trace
    trace.lock_asked[7], trace.lock_got[7] = trace.started + 1000, trace.started + 2000
    stage.watch.select_record(record)
    asked = trace.times(trace.lock_asked)
    stage.bar.lock_wait.click()
    assert stage.watch.instant == np.min(asked[asked > 0])


def test_generations_are_chosen_newest_first(stage):
    first = stage.run(faults={(0, 0): Fault.ERROR}, strategy="thread-per-cell")
    second = stage.run()
    box = stage.bar.generations
    assert [box.itemText(n) for n in range(box.count())] == ["Generation 2", "Generation 1"]
    assert [box.itemIcon(n).isNull() for n in range(box.count())] == [True, False]
    tips = [box.itemData(n, Qt.ItemDataRole.ToolTipRole) for n in range(box.count())]
    assert [tip.endswith(", failed") for tip in tips] == [False, True]
    assert box.currentIndex() == 0
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert stage.watch.record is first
    assert stage.watch.follows is False
    box.activated.emit(0)
    assert stage.watch.record is second


def test_playing_back_goes_through_the_generation_and_stops_at_its_end(stage, qtbot):
    record = stage.run(latency=0.02)
    moves = []
    stage.watch.instant_moved.connect(moves.append)
    stage.bar.play.click()
    assert stage.bar.play.accessibleName() == "Pause"
    qtbot.waitUntil(lambda: not stage.bar.playback.is_running)
    assert moves == sorted(moves)
    assert moves[0] == record.trace.started
    assert moves[-1] == record.trace.finished
    assert stage.bar.play.accessibleName() == "Play back"


def test_slow_motion_goes_on_from_where_somebody_moved_to(stage, qtbot):
    record = stage.run(latency=0.02)
    stage.bar.speed.setCurrentIndex(2)
    stage.bar.play.click()
    near_end = record.trace.finished - 100_000
    stage.watch.move_to(near_end)
    with qtbot.waitSignal(stage.watch.instant_moved):
        pass
    assert near_end <= stage.watch.instant <= record.trace.finished
    stage.bar.playback.stop()
    assert stage.bar.play.accessibleName() == "Play back"


def test_another_generation_stops_playing_back(stage):
    first = stage.run(latency=0.02)
    stage.run()
    stage.watch.select_record(first)
    stage.bar.speed.setCurrentIndex(len(SPEEDS) - 1)
    stage.bar.play.click()
    assert stage.bar.playback.is_running
    stage.watch.select_record(None)
    assert not stage.bar.playback.is_running


def test_while_a_generation_is_under_way_there_is_nothing_to_scrub(stage):
    stage.run()
    stage.begin()
    assert not stage.bar.slider.isEnabled()
    assert stage.bar.generations.currentIndex() == -1
    assert stage.bar.generations.isEnabled()


def test_everything_has_a_name_and_can_be_reached_by_keys(stage):
    stage.run()
    for kind in (QToolButton, QSlider, QComboBox):
        for widget in stage.bar.findChildren(kind):
            assert widget.accessibleName()
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
