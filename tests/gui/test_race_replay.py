from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.look.theme import DARK, LIGHT
from gui.race.clock import ReplayClock
from gui.race.replay import EMPTY, Replay, best_columns
from gui.race.replay_board import image_of
from gui.race.tracks import track_of
from gui.watch.scrubber import SPEEDS
from life.caller import Caller
from life.experiment import Fault
from life.stop import StopSignal
from life.trace.columns import Trace
from life.trace.peak import peak_threads
from life.trace.states import CellState
from tests.gui.racing import TINY

MS = 1_000_000
COURSE = replace(TINY, strategies=("serial", "thread-per-cell", "coroutines"), sizes=(45,), latency=0.01).course()


def recorded(key, course=COURSE):
    """The track of a generation that was really run."""
    job = course.job(key, 45)
    placed = job.placed()
    trace = Trace(1, placed.board.height, placed.board.width, is_recorded=True)
    with Caller(job.experiment, placed.rule, placed.topology) as caller:
        outcome = caller.run(placed.board, trace, StopSignal())
    return track_of(course, key, 45, trace), outcome


@pytest.fixture(scope="module")
def tracks():
    return [recorded(key)[0] for key in COURSE.strategies]


@pytest.fixture
def replay(qtbot, tracks):
    made = Replay()
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show_tracks(tracks)
    made.show()
    qtbot.waitExposed(made)
    made.grab()
    return made


# What happened


def test_a_track_goes_from_the_board_before_to_the_board_after():
    track, outcome = recorded("thread-per-cell")
    first, last = track.states(0), track.states(track.length)
    assert set(first.reshape(-1).tolist()) == {CellState.WAITING_TO_START}
    assert np.array_equal(track.cells(first), track.before)
    assert set(last.reshape(-1).tolist()) == {CellState.DONE}
    assert np.array_equal(track.cells(last), outcome.board.cells())


def test_threads_rise_to_their_peak_and_none_is_alive_at_the_end(tracks):
    for track in tracks:
        alive = [track.threads(instant) for instant in range(0, track.length, track.length // 500)]
        assert alive[0] == 0
        assert 1 <= max(alive) <= track.most_threads == peak_threads(track.trace)
        assert track.threads(track.length) == 0


def test_a_cell_that_was_interrupted_keeps_its_state():
    course = replace(COURSE, middle_fault=Fault.ERROR)
    track, _ = recorded("coroutines", course)
    last = track.states(track.length)
    assert set(last.reshape(-1).tolist()) == {CellState.DONE, CellState.FAILED}
    assert np.array_equal(track.cells(last), track.before)


def test_a_failed_cell_is_failed_to_the_end_and_keeps_its_state():
    course = replace(COURSE, middle_fault=Fault.ERROR)
    track, _ = recorded("thread-per-cell", course)
    last = track.states(10 * track.length)
    assert last[2, 4] == CellState.FAILED
    assert track.cells(last)[2, 4] == track.before[2, 4]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_live_and_dead_cells_differ_in_every_state(theme):
    cells = np.array([[0] * len(CellState), [1] * len(CellState)], np.uint8)
    states = np.array([list(CellState)] * 2, np.uint8)
    image = image_of(cells, states, theme)
    colours = [[image.pixelColor(x, y).name() for x in range(len(CellState))] for y in range(2)]
    assert all(dead != live for dead, live in zip(*colours, strict=True))
    assert colours[0][CellState.DONE] == theme.board
    assert colours[1][CellState.DONE] == theme.cell


# The clock


def test_every_board_goes_by_the_same_clock(replay, tracks):
    for instant in (0, *(min(track.length for track in tracks) * share // 10 for share in (1, 5, 9))):
        replay.clock.move_to(instant)
        assert {board.canvas.instant for board in replay.boards} == {instant}
        for board in replay.boards:
            threads = board.track.threads(instant)
            told = f"{threads} thread{'' if threads == 1 else 's'} alive, {instant / 1e9:.3f} s"
            assert board.figures.text() == told


def test_who_has_finished_shows_its_final_time_and_the_others_go_on(replay, tracks):
    coroutines = next(track for track in tracks if track.strategy == "coroutines")
    replay.clock.move_to(coroutines.length)
    finished = {board.track.strategy: board.is_finished for board in replay.boards}
    assert finished["coroutines"]
    assert not finished["serial"]
    text = next(board.figures.text() for board in replay.boards if board.track is coroutines)
    assert text.startswith("finished in ")
    assert replay.clock.length == max(track.length for track in tracks)


def test_the_slider_moves_the_clock_and_the_clock_the_slider(replay):
    replay.slider.setValue(replay.slider.maximum())
    assert replay.clock.instant == replay.clock.length
    assert all(board.is_finished for board in replay.boards)
    replay.clock.move_to(0)
    assert replay.slider.value() == 0
    replay.slider.setFocus()
    QTest.keyClick(replay.slider, Qt.Key.Key_PageUp)
    assert 0 < replay.clock.instant < replay.clock.length


def test_the_button_plays_to_the_end_and_then_from_the_beginning(replay, qtbot):
    replay.speed.setCurrentIndex(0)
    replay.clock.move_to(replay.clock.length - 5 * MS)
    QTest.mouseClick(replay.play, Qt.MouseButton.LeftButton)
    assert replay.play.accessibleName() == "Pause the replay"
    qtbot.waitUntil(lambda: not replay.clock.is_running)
    assert replay.clock.instant == replay.clock.length
    QTest.mouseClick(replay.play, Qt.MouseButton.LeftButton)
    assert replay.clock.instant < replay.clock.length
    QTest.mouseClick(replay.play, Qt.MouseButton.LeftButton)
    assert not replay.clock.is_running
    assert replay.play.accessibleName() == "Play the replay"


@pytest.mark.parametrize("number", range(len(SPEEDS)))
def test_it_goes_as_fast_as_was_chosen(qapp, number, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("gui.race.clock.perf_counter", lambda: now[0])
    clock = ReplayClock()
    clock.set_length(10_000 * MS)
    clock.set_speed(SPEEDS[number][1])
    clock.toggle()
    now[0] += 1.0
    clock._advance()
    clock.stop()
    assert clock.instant == pytest.approx(1_000 * MS * SPEEDS[number][1])


def test_other_tracks_begin_anew_and_without_one_it_says_why(replay, tracks):
    replay.clock.move_to(5 * MS)
    replay.show_tracks(tracks[:1])
    assert replay.clock.instant == 0
    assert [board.track for board in replay.boards] == tracks[:1]
    replay.show_tracks([])
    assert replay.empty.isVisible()
    assert replay.empty.text() == EMPTY
    assert not replay.play.isVisible()
    replay.clock.toggle()
    assert not replay.clock.is_running


def test_every_board_has_a_name_and_says_what_it_shows(replay):
    names = [board.accessibleName() for board in replay.boards]
    assert names == [
        "Replay of One cell after another", "Replay of A thread per cell", "Replay of Coroutines, gathered",
    ]  # fmt: skip
    assert all(board.accessibleDescription() for board in replay.boards)


@pytest.mark.parametrize(
    ("count", "shape", "size", "columns"),
    [(8, (5, 9), (1256, 560), 4), (8, (5, 9), (1900, 860), 4), (8, (32, 32), (1900, 860), 4),
     (1, (3, 3), (500, 500), 1), (3, (3, 3), (1000, 300), 3), (2, (40, 10), (300, 900), 2)],
)  # fmt: skip
def test_boards_are_as_large_as_they_can_be(count, shape, size, columns):
    assert best_columns(count, shape, *size) == columns
