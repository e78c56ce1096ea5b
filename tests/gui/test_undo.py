"""Steps that can be undone: what they are, that they bring back what was seen, and how little is kept of them."""

import gc
import tracemalloc
import weakref
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.board.stroke import cells_between
from gui.undo.difference import between
from gui.undo.history import Series, UndoHistory
from gui.undo.snapshot import Snapshot
from life.board import Board
from life.experiment import Experiment, Fault
from life.facts import Mode
from life.moment import Moment
from life.patch import Patch
from life.recent import Recent
from life.rule import CONWAY, Rule
from life.topology import BOUNDED, TORUS, Topology
from tests.gui.fakes import board, report, result, session, state

HIGHLIFE = Rule(frozenset({3, 6}), frozenset({2, 3}))


@pytest.fixture(autouse=True)
def application(qapp):
    return qapp


def stroke(*cells: tuple[int, int], alive: bool = True) -> Patch:
    ys, xs = np.array(cells, np.int64).T
    return Patch(ys, xs, alive)


def deliver(bridge, *facts) -> None:
    for fact in facts:
        bridge._post(fact)
    bridge._deliver()


def run(bridge, *results, epoch: int) -> None:
    """A run as the simulation tells of it: it plays, makes generations, and pauses at the last."""
    facts = [replace(one, epoch=epoch) for one in results]
    last = facts[-1]
    deliver(bridge, state(epoch, mode=Mode.PLAYING, generation=facts[0].generation - 1, cells=session_board(bridge)))
    for fact in facts:
        deliver(bridge, fact)
    deliver(bridge, state(epoch, last.generation, Mode.PAUSED, last.board))


def session_board(bridge) -> Board:
    return bridge.parent().board


# The difference between two snapshots


@st.composite
def boards(draw, height=None, width=None) -> Board:
    height = height or draw(st.integers(1, 9))
    width = width or draw(st.sampled_from([1, 7, 8, 63, 64, 65, 130]))
    seed, density = draw(st.integers(0, 2**32 - 1)), draw(st.sampled_from([0.0, 0.01, 0.4, 1.0]))
    return Board.from_cells(np.random.default_rng(seed).random((height, width)) < density)


@st.composite
def moments(draw, height=None, width=None) -> Moment:
    topology = Topology(draw(st.booleans()), draw(st.booleans()))
    return Moment(
        draw(st.integers(0, 10_000)), draw(boards(height, width)), draw(st.sampled_from([CONWAY, HIGHLIFE])), topology
    )


FAULTS = st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.sampled_from(Fault), max_size=5)


@st.composite
def pairs(draw) -> tuple[Snapshot, Snapshot]:
    before = Snapshot(draw(moments()), draw(moments()), draw(FAULTS))
    same_size = draw(st.booleans())
    size = (before.moment.board.height, before.moment.board.width) if same_size else (None, None)
    beginning = before.beginning if draw(st.booleans()) else draw(moments())
    return before, Snapshot(draw(moments(*size)), beginning, draw(FAULTS))


@given(pairs())
def test_a_difference_leads_from_each_of_its_ends_to_the_other(ends):
    before, after = ends
    difference = between(before, after)
    assert difference.undone(after) == before
    assert difference.redone(before) == after


def test_two_soups_lead_to_each_other_and_their_difference_is_no_larger_than_one_of_them():
    chance = np.random.default_rng(3)
    soups = [Board.from_cells(chance.random((300, 320)) < 0.5) for _ in range(2)]
    before, after = (Snapshot(moment, moment, {}) for moment in (Moment(0, soup, CONWAY, TORUS) for soup in soups))
    difference = between(before, replace(after, beginning=before.beginning))
    assert difference.undone(replace(after, beginning=before.beginning)) == before
    assert len(difference.moments.worlds.packed) < 1.01 * soups[0].bits.nbytes


def test_ten_thousand_strokes_on_a_million_cells_take_some_tens_of_megabytes_at_most():
    """What a stroke takes does not depend on how many there are, so that a part of them is enough to tell."""
    strokes, chance = 1_000, np.random.default_rng(1)
    moment = Moment(0, Board.from_cells(chance.random((1_000, 1_000)) < 0.3), CONWAY, TORUS)
    now = Snapshot(moment, moment, {})
    history = UndoHistory(now)
    gc.collect()
    tracemalloc.start()
    try:
        for number in range(strokes):
            start = chance.integers(0, 1_000, 2)
            end = np.clip(start + chance.integers(-60, 60, 2), 0, 999)
            ys, xs = cells_between(tuple(start.tolist()), tuple(end.tolist()))
            changed = now.moment.board.with_cells(ys, xs, number % 2 == 0)
            now = replace(now, moment=replace(now.moment, board=changed))
            history.note(now, "Draw", Series.STROKE)
            history.close()
        gc.collect()
        taken = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert 10_000 / strokes * taken < 30e6


# What is a step


def test_a_stroke_is_one_step_however_many_parts_it_came_in():
    made, _, _ = session()
    for x in range(5):
        made.edit(stroke((3, x)))
    assert made.undo_text == "Draw"
    made.undo()
    assert (made.board, made.undo_text, made.redo_text) == (board(), "", "Draw")
    made.redo()
    assert made.board == board(8, 10, *[(3, x) for x in range(5)])


def test_two_strokes_are_two_steps():
    made, _, _ = session()
    made.edit(stroke((1, 1)))
    made.end_stroke()
    made.edit(stroke((1, 1), alive=False))
    made.end_stroke()
    assert made.undo_text == "Erase"
    made.undo()
    assert made.board == board(8, 10, (1, 1))
    made.undo()
    assert made.board == board()


def test_a_run_is_one_step_and_says_how_far_it_went():
    made, _, bridge = session(state(cells=board(8, 10, (0, 0))))
    cells = [board(8, 10, (n, n)) for n in range(1, 4)]
    run(bridge, *[result(n, cells=cells[n - 1]) for n in (1, 2, 3)], epoch=0)
    assert made.undo_text == "Run to generation 3"
    made.undo()
    assert (made.generation, made.board) == (0, board(8, 10, (0, 0)))
    made.redo()
    assert (made.generation, made.board) == (3, cells[-1])


def test_two_runs_are_two_steps():
    made, _, bridge = session()
    run(bridge, result(1), result(2), epoch=0)
    run(bridge, result(3), epoch=0)
    made.undo()
    assert (made.generation, made.undo_text) == (2, "Run to generation 2")


def test_while_it_runs_what_can_be_undone_is_the_run_and_nothing_can_be_done_again():
    made, simulation, bridge = session()
    made.edit(stroke((1, 1)))
    made.undo()
    deliver(bridge, state(simulation.epoch, mode=Mode.PLAYING), result(1, epoch=simulation.epoch))
    assert (made.undo_text, made.redo_text) == ("Run", "")


def test_an_undo_during_a_run_pauses_and_undoes_the_run():
    made, simulation, bridge = session(state(cells=board(8, 10, (0, 0))))
    deliver(bridge, state(mode=Mode.PLAYING, cells=made.board), result(4, cells=board(8, 10, (5, 5))))
    bridge._post(result(6, cells=board(8, 10, (6, 6))))
    made.undo()
    bridge._deliver()
    assert (made.generation, made.board, made.mode) == (0, board(8, 10, (0, 0)), Mode.PAUSED)
    assert simulation.calls[-1] == ("go_to", made.moment, ("pause", True), ("resume", False))
    made.redo()
    assert (made.generation, made.board) == (4, board(8, 10, (5, 5)))


def test_an_edit_ends_the_step_of_the_run_in_which_it_is_made():
    made, simulation, bridge = session(state(cells=board(8, 10, (0, 0))))
    deliver(bridge, state(mode=Mode.PLAYING, cells=made.board), result(4, cells=board(8, 10, (5, 5))))
    made.edit(stroke((1, 1)))
    made.end_stroke()
    deliver(bridge, result(5, epoch=simulation.epoch, cells=board(8, 10, (2, 2))))
    made.undo()
    assert (made.generation, made.board) == (4, board(8, 10, (1, 1), (5, 5)))
    made.undo()
    assert (made.generation, made.board) == (4, board(8, 10, (5, 5)))
    made.undo()
    assert (made.generation, made.board) == (0, board(8, 10, (0, 0)))


def test_a_stroke_stays_one_step_though_generations_are_made_while_the_pen_is_down():
    made, simulation, bridge = session(state(mode=Mode.PLAYING))
    for generation in (1, 2, 3):
        made.edit(stroke((generation, 0)))
        deliver(bridge, result(generation, epoch=simulation.epoch, cells=board(8, 10, (generation, 5))))
    made.end_stroke()
    assert made.undo_text == "Draw"
    made.undo()
    assert (made.generation, made.board, made.undo_text) == (0, board(), "")


def test_what_is_run_again_after_a_failure_is_a_run():
    made, _, bridge = session()
    deliver(bridge, state(mode=Mode.STEPPING), result(1, cells=board(8, 10, (1, 1))), report())
    deliver(bridge, state(generation=1, mode=Mode.HELD, cells=board(8, 10, (1, 1))))
    deliver(bridge, state(generation=0, mode=Mode.STEPPING), result(1, cells=board(8, 10, (2, 2))))
    deliver(bridge, state(generation=1, cells=board(8, 10, (2, 2))))
    made.undo()
    assert (made.generation, made.board) == (1, board(8, 10, (1, 1)))
    made.undo()
    assert (made.generation, made.board) == (0, board())


@pytest.mark.parametrize(
    ("do", "what"),
    [
        (lambda made: made.change(board(8, 10, (2, 2)), "Random fill"), "Random fill"),
        (lambda made: made.resize(11, 5), "Resize"),
        (lambda made: made.set_rule(HIGHLIFE), "Rule B36/S23"),
        (lambda made: made.set_topology(BOUNDED), "Change of edges"),
        (lambda made: made.toggle_fault(4, 4), "Plant fault"),
        (lambda made: made.toggle_fault(7, 9), "Remove fault"),
        (lambda made: made.configure(replace(made.experiment, faults={})), "Change of faults"),
    ],
)
def test_every_edit_is_a_step_of_its_own_that_brings_everything_back(do, what):
    faults = {(7, 9): Fault.HANG, (0, 0): Fault.EXIT}
    made, simulation, _ = session(state(cells=board(8, 10, (0, 0)), experiment=Experiment(faults=faults)))
    made.edit(stroke((1, 1)))
    before = made._snapshot()
    do(made)
    after = made._snapshot()
    assert (made.undo_text, after != before) == (what, True)
    made.undo()
    assert made._snapshot() == before
    made.redo()
    assert made._snapshot() == after
    sent = [call[1] for call in simulation.calls if call[0] == "go_to"]
    assert sent[-1] == made.moment
    assert dict(made.experiment.faults) == dict(after.faults)


def test_another_strategy_is_no_step():
    made, _, _ = session()
    made.configure(replace(made.experiment, strategy="serial"))
    made.toggle_fault(1, 1)
    made.configure(replace(made.experiment, strategy="thread-pool"))
    made.undo()
    assert (dict(made.experiment.faults), made.experiment.strategy) == ({}, "thread-pool")
    assert made.undo_text == ""


def test_an_undone_resize_is_told_as_one():
    made, _, _ = session()
    made.resize(20, 30)
    sizes = []
    made.resized.connect(lambda: sizes.append((made.board.height, made.board.width)))
    made.undo()
    made.redo()
    assert sizes == [(8, 10), (20, 30)]


def test_another_pattern_leaves_nothing_to_undo():
    made, _, _ = session()
    made.edit(stroke((1, 1)))
    made.edit(stroke((1, 2)))
    made.undo()
    made.load(board(5, 5, (2, 2)), made.rule, made.topology)
    assert (made.undo_text, made.redo_text, made.is_edited) == ("", "", False)
    made.undo()
    assert made.board == board(5, 5, (2, 2))


def test_changes_of_what_can_be_undone_are_told():
    made, _, _ = session()
    told = []
    made.undo_changed.connect(lambda: told.append((made.undo_text, made.redo_text)))
    made.edit(stroke((1, 1)))
    made.edit(stroke((1, 2)))
    made.undo()
    assert told == [("Draw", ""), ("", "Draw")]


def test_a_session_that_nobody_needs_any_more_is_gone_at_once_with_all_its_steps():
    """The garbage collector, which might run in any thread, must not be the one that ends it."""
    made, _, bridge = session()
    made.edit(stroke((1, 1)))
    run(bridge, result(1), epoch=1)
    made.undo()
    made.play()
    gone = weakref.ref(made), weakref.ref(made._history)
    gc.disable()
    try:
        del made, bridge
        assert [one() for one in gone] == [None, None]
    finally:
        gc.enable()


# What is edited


def test_what_was_edited_by_hand_is_told_apart_from_what_is_saved_wherever_one_is_in_the_history():
    made, _, _ = session()
    made.edit(stroke((1, 1)))
    made.end_stroke()
    made.mark_saved()
    assert not made.is_edited
    made.edit(stroke((2, 2)))
    assert made.is_edited
    made.undo()
    assert not made.is_edited
    made.undo()
    assert made.is_edited
    made.redo()
    assert not made.is_edited
    made.redo()
    assert made.is_edited


def test_a_run_and_a_fault_that_no_file_keeps_are_nothing_to_save():
    made, _, bridge = session()
    run(bridge, result(1, cells=board(8, 10, (1, 1))), epoch=0)
    made.toggle_fault(3, 3)
    assert not made.is_edited
    made.reset()
    assert not made.is_edited


def test_a_saved_state_that_can_never_be_come_back_to_is_never_taken_for_another():
    made, _, _ = session()
    made.edit(stroke((1, 1)))
    made.mark_saved()
    made.undo()
    made.edit(stroke((2, 2)))
    assert made.is_edited
    made.undo()
    assert made.is_edited


def test_a_stroke_that_goes_on_after_it_was_saved_is_not_saved():
    made, _, _ = session()
    made.edit(stroke((1, 1)))
    made.mark_saved()
    made.edit(stroke((1, 2)))
    assert made.is_edited
    made.undo()
    assert (made.is_edited, made.board) == (False, board(8, 10, (1, 1)))


# Reset and step back


def test_reset_brings_back_what_generation_0_was_when_it_was_left_and_can_be_undone():
    made, simulation, bridge = session(state(cells=board(8, 10, (0, 0))))
    made.set_rule(HIGHLIFE)
    made.edit(stroke((1, 1)))
    began = made.moment
    deliver(bridge, result(1, epoch=simulation.epoch, cells=board(8, 10, (5, 5))))
    made.resize(10, 12)
    made.set_topology(BOUNDED)
    ended = made.moment
    made.reset()
    assert (made.moment, made.mode, made.undo_text) == (began, Mode.PAUSED, "Reset")
    made.undo()
    assert made.moment == ended


def test_reset_at_generation_0_keeps_what_was_drawn_and_stops_what_is_under_way():
    made, simulation, _ = session()
    made.edit(stroke((1, 1)))
    made.reset()
    assert made.board == board(8, 10, (1, 1))
    assert simulation.names == ["go_to", "stop"]


def test_after_undoing_to_an_older_beginning_reset_returns_to_that_one():
    made, simulation, bridge = session(state(cells=board(8, 10, (0, 0))))
    deliver(bridge, result(1, cells=board(8, 10, (1, 1))))
    made.reset()
    made.edit(stroke((3, 3)))
    made.end_stroke()
    deliver(bridge, result(1, epoch=simulation.epoch, cells=board(8, 10, (2, 2))))
    for _ in range(3):
        made.undo()
    assert made.board == board(8, 10, (1, 1))
    made.reset()
    assert (made.generation, made.board) == (0, board(8, 10, (0, 0)))


def came_through(recent: Recent, count: int) -> list[Moment]:
    line = [Moment(n, board(8, 10, (n % 8, n % 10)), CONWAY, TORUS) for n in range(count)]
    for before, after in pairwise(line):
        recent.add(before, after)
    return line


def stepped(made, bridge, line: list[Moment]) -> None:
    """Of all generations of a run only the last was shown."""
    deliver(bridge, state(mode=Mode.PLAYING, cells=made.board), result(line[-1].generation, cells=line[-1].board))
    deliver(bridge, state(generation=line[-1].generation, cells=line[-1].board))


def test_a_step_back_goes_to_a_generation_that_was_never_shown_and_several_are_one_step():
    recent = Recent()
    line = came_through(recent, 6)
    made, simulation, bridge = session(state(cells=line[0].board), recent=recent)
    stepped(made, bridge, line)
    for expected in (4, 3, 2):
        made.step_back()
        assert made.moment == line[expected]
        assert made.undo_text == f"Step back to generation {expected}"
    assert simulation.names == ["go_to"] * 3
    made.undo()
    assert made.moment == line[5]
    made.redo()
    made.step_back()
    made.step_back()
    assert (made.moment, made.can_step_back) == (line[0], False)


def test_a_step_back_from_a_run_starts_at_what_was_seen_and_pauses():
    recent = Recent()
    line = came_through(recent, 9)
    made, _, bridge = session(state(cells=line[0].board), recent=recent)
    deliver(bridge, state(mode=Mode.PLAYING, cells=line[0].board), result(5, cells=line[5].board))
    bridge._post(result(8, cells=line[8].board))
    made.step_back()
    bridge._deliver()
    assert (made.moment, made.mode) == (line[4], Mode.PAUSED)


def test_a_step_back_for_which_the_run_is_too_far_ahead_pauses_it():
    made, simulation, bridge = session(state(mode=Mode.PLAYING))
    deliver(bridge, result(5))
    made.step_back()
    assert (simulation.names, made.generation) == (["pause"], 5)


def test_a_step_back_after_an_edit_and_after_its_undo_goes_to_the_generation_before():
    recent = Recent()
    line = came_through(recent, 6)
    made, _, bridge = session(state(cells=line[0].board), recent=recent)
    stepped(made, bridge, line)
    for x in range(4):
        made.edit(stroke((0, x)))
    made.end_stroke()
    made.step_back()
    assert made.moment == line[4]
    made.undo()
    made.undo()
    assert made.moment == line[5]
    made.step_back()
    assert made.moment == line[4]
