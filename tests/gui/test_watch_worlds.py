"""What is shown of a generation on the plane, where the frame that is stepped moves; and of a board as a whole."""

from dataclasses import replace

import numpy as np
import pytest

from gui.board.view import BoardView
from gui.watch.costs_dock import CostsDock
from gui.watch.filmstrip import frames_of
from gui.watch.legend import OverlayLegend
from gui.watch.overlay import Overlay
from gui.watch.scrubber import ScrubBar
from gui.watch.timeline_dock import TimelineDock
from gui.watch.whole import NOTHING_WAITS
from life.experiment import Fault
from life.plane.box import Box
from life.trace.columns import Trace
from life.trace.states import CellState, states_at
from tests.gui.fakes import state
from tests.gui.watching import Watched
from tests.life.plain_engine import PlainEngine, plane

GLIDER = [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]
FAR = -(1 << 40)


@pytest.fixture
def stage(qtbot):
    """Everything that shows a generation, of a glider far away on the plane."""
    watched = Watched(plane=plane(GLIDER, FAR, 7))
    watched.engine = PlainEngine()
    watched.view = BoardView(watched.board)
    watched.legend = OverlayLegend(watched.watch)
    watched.overlay = Overlay(watched.watch, watched.view, watched.legend)
    watched.dock = TimelineDock(watched.watch)
    watched.costs = CostsDock(watched.watch)
    watched.scrubber = ScrubBar(watched.watch)
    for widget in (watched.view, watched.legend, watched.dock, watched.costs, watched.scrubber):
        qtbot.addWidget(widget)
        widget.resize(800, 300)
        widget.show()
    return watched


def test_states_lie_where_the_frame_was_in_each_generation(stage):
    stage.run(4, strategy="serial")
    for record in stage.watch.records:
        stage.watch.select_record(record)
        trace = record.trace
        stage.watch.move_to(trace.ended[trace.cells // 2])
        box = record.before.box.grown(1)
        assert stage.view.states.area == box
        assert (trace.top, trace.left) == (box.top, box.left)
    first, last = (stage.watch.records[n].trace for n in (0, -1))
    assert (first.top, last.top) == (FAR - 1, FAR), "which moves along with what lives"


def test_the_plane_is_shown_as_it_was_at_an_instant(stage):
    record = stage.run(strategy="serial")
    trace = record.trace
    instant = trace.ended[12]
    stage.watch.move_to(instant)
    frame = Box(trace.top, trace.left, trace.top + 5, trace.left + 5)
    done = states_at(trace, instant) == CellState.DONE
    assert done.any()
    assert not done.all()
    old, new, past = (world.crop(frame).cells() for world in (record.before, record.after, stage.view.states.past))
    assert (past == np.where(done, new, old)).all()


def test_a_generation_under_way_has_its_states_where_its_cells_are(stage, qtbot):
    trace = stage.begin()
    qtbot.waitUntil(lambda: stage.view.states.states is not None)
    assert stage.view.states.area == Box(FAR - 1, 6, FAR + 4, 11)
    trace.finished = trace.started + 1


def test_a_cell_is_selected_and_told_of_by_its_place_on_the_plane(stage, qtbot):
    cell = (FAR + 1, 9)
    record = stage.run(faults={cell: Fault.ERROR})
    timeline = stage.dock.timeline
    qtbot.waitUntil(lambda: timeline.trace is record.trace)
    stage.watch.select_cell(cell)
    assert stage.dock.story.text().startswith(f"Cell {cell}: started at")
    assert "Problem with I/O" in stage.dock.story.text()
    bar = timeline._bar_of(cell)
    assert timeline._cell_of(bar) == cell
    stage.board = plane(GLIDER, FAR + 100, 7)
    stage.run(strategy="serial", latency=0.0)
    assert stage.watch.trace.cell_at(*cell) is None
    assert stage.watch.cell == cell, "the frame may leave it and come back"
    stage.watch.select_cell((0, 0))
    qtbot.waitUntil(lambda: timeline.trace is stage.watch.trace)
    assert "cells in" in stage.dock.story.text(), "no cell of this generation"


def test_of_a_board_that_is_computed_as_a_whole_everybody_says_that_no_cell_waits(stage, qtbot):
    record = stage.run(strategy="whole-board", at_once=64)
    stage.watch.select_record(record)
    stage.watch.move_to(record.trace.started)
    assert stage.dock.timeline._hint() == NOTHING_WAITS
    assert stage.dock.timeline.bars is None
    for text in (stage.dock.story.text(), stage.legend._title_text):
        assert text.startswith("64 generations up to 64, computed as a whole in ")
        assert "no cell waits" in text
    stage.costs.refresh()
    assert "no cell waits" in stage.costs.summary.text()
    assert not stage.costs.bar.isVisible()
    assert stage.view.states.states is None
    assert not stage.scrubber.slider.isEnabled()
    stage.scrubber.playback.toggle()
    assert not stage.scrubber.playback.is_running
    for widget in (stage.dock, stage.costs, stage.scrubber, stage.view):
        assert not widget.grab().isNull()


def test_a_whole_board_under_way_is_told_of_anew_when_it_is_done(stage):
    under_way = Trace(64, 0, 0, is_whole=True, generations=64)
    stage.bridge.started.emit(under_way)
    assert "is under way" in stage.dock.story.text()
    under_way.finished = under_way.started + 1_000_000
    outcome = stage.run(strategy="whole-board", at_once=64)
    stage.history.clear()
    stage.history.add(replace(outcome, trace=under_way))
    stage.bridge.state_arrived.emit(state(cells=stage.board))
    assert stage.watch.trace is under_way
    assert "is under way" not in stage.dock.story.text()


def test_after_a_whole_board_cells_are_looked_at_again(stage, qtbot):
    stage.run(strategy="whole-board", at_once=64)
    record = stage.run(strategy="serial")
    qtbot.waitUntil(lambda: stage.dock.timeline.bars is not None)
    assert stage.dock.timeline.trace is record.trace
    assert stage.scrubber.slider.isEnabled()


def test_a_film_of_visits_begins_with_the_board_before_the_first(stage):
    stage.run(2, strategy="whole-board", at_once=64)
    assert [frame.number for frame in frames_of(stage.watch.records)] == [0, 64, 128]
