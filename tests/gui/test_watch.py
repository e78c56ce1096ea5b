import pytest

from life.board import Board
from life.experiment import Experiment
from life.facts import Mode, State
from life.rule import CONWAY
from life.topology import TORUS
from tests.gui.watching import Watched


@pytest.fixture
def watched(qapp):
    return Watched()


def tell_state(watched, mode=Mode.PAUSED, board=None):
    board = board or watched.board
    watched.bridge.state_arrived.emit(State(0, watched.generation, board, CONWAY, TORUS, Experiment(), mode))


def test_the_newest_generation_is_looked_at_as_they_are_made(watched):
    seen = []
    watched.watch.record_selected.connect(seen.append)
    first = watched.run()
    assert watched.watch.record is first
    second = watched.run()
    assert watched.watch.record is second
    assert seen == [first, second]
    assert watched.watch.records == (first, second)
    assert watched.watch.trace is second.trace


def test_an_older_generation_that_was_picked_stays_while_others_are_made(watched):
    first = watched.run()
    watched.run()
    watched.watch.select_record(first)
    assert not watched.watch.follows
    newest = watched.run()
    assert watched.watch.record is first
    watched.watch.select_record(None)
    assert watched.watch.record is newest
    assert watched.watch.follows


def test_picking_the_newest_generation_is_following(watched):
    first, second = watched.run(), watched.run()
    watched.watch.select_record(first)
    watched.watch.select_record(second)
    assert watched.watch.follows
    third = watched.run()
    assert watched.watch.record is third


def test_an_instant_keeps_its_generation_and_is_told_once(watched):
    record = watched.run()
    moves = []
    watched.watch.instant_moved.connect(moves.append)
    at = record.trace.started + 5
    watched.watch.move_to(at)
    watched.watch.move_to(at)
    watched.run()
    assert (watched.watch.record, watched.watch.instant) == (record, at)
    assert moves == [at]
    watched.watch.select_record(None)
    assert watched.watch.instant is None
    assert moves == [at, None]


def test_a_generation_under_way_is_looked_at_until_its_record_is_there(watched):
    before = watched.run()
    trace = watched.begin()
    assert watched.watch.record is None
    assert watched.watch.trace is watched.watch.live is trace
    trace.finished = trace.started + 1
    tell_state(watched)  # it was stopped: no record comes
    assert watched.watch.live is None
    assert watched.watch.record is before


def test_a_start_that_is_told_after_its_end_is_no_generation_under_way(watched):
    record = watched.run()
    watched.bridge.started.emit(record.trace)
    assert watched.watch.live is None
    assert watched.watch.record is record


def test_one_who_looks_back_is_not_taken_to_a_generation_that_begins(watched):
    first = watched.run()
    watched.watch.move_to(first.trace.started)
    trace = watched.begin()
    assert watched.watch.record is first
    assert watched.watch.live is trace


@pytest.mark.parametrize("mode", [Mode.PLAYING, Mode.STEPPING])
def test_starting_a_run_leaves_the_past(watched, mode):
    record = watched.run()
    tell_state(watched)
    watched.watch.move_to(record.trace.started)
    tell_state(watched)
    assert not watched.watch.follows
    tell_state(watched, mode)
    assert watched.watch.follows
    assert watched.watch.instant is None


def test_changing_the_board_leaves_the_past(watched):
    record = watched.run()
    tell_state(watched)
    watched.watch.move_to(record.trace.started)
    tell_state(watched, board=record.before)  # a reset brings back a board that is known
    assert not watched.watch.follows
    tell_state(watched, board=Board(6, 8))
    assert watched.watch.follows


def test_a_history_that_was_cleared_leaves_nothing_to_look_at(watched):
    record = watched.run()
    watched.watch.move_to(record.trace.started)
    changes = []
    watched.watch.history_changed.connect(lambda: changes.append(watched.watch.records))
    watched.history.clear()
    tell_state(watched)
    assert changes == [()]
    assert watched.watch.record is None
    assert watched.watch.trace is None
    assert watched.watch.follows


def test_a_selected_cell_that_the_next_board_does_not_have_is_let_go(watched):
    watched.run()
    cells = []
    watched.watch.cell_selected.connect(cells.append)
    watched.watch.select_cell((5, 7))
    watched.watch.select_cell((5, 7))
    watched.board = Board(3, 3)
    watched.run()
    assert watched.watch.cell is None
    assert cells == [(5, 7), None]
