from dataclasses import replace

import numpy as np
import pytest

from gui.runner import MOST_STRIDE
from gui.session import RATES
from life.board import Board
from life.experiment import Experiment, Fault
from life.facts import Mode, State
from life.patch import Patch
from life.rule import CONWAY
from life.topology import BOUNDED, PLANE
from tests.gui.fakes import board, failure, report, result, session, state
from tests.life.plain_engine import plane


def stroke(*cells: tuple[int, int], alive: bool = True) -> Patch:
    ys, xs = np.array(cells, np.int64).T
    return Patch(ys, xs, alive)


def deliver(bridge, *facts) -> None:
    """Tells facts and has them delivered at once, as the next frame would."""
    for fact in facts:
        bridge._post(fact)
    bridge._deliver()


class Count:
    """Counts how often a signal came, and keeps what it said last."""

    def __init__(self, signal) -> None:
        self.times = 0
        self.last: tuple = ()
        signal.connect(self._hear)

    def _hear(self, *values) -> None:
        self.times += 1
        self.last = values


@pytest.fixture(autouse=True)
def application(qapp):
    return qapp


# Editing


def test_a_drawn_cell_is_shown_before_the_simulation_has_heard_of_it():
    made, simulation, _ = session()
    shown = Count(made.board_changed)
    made.edit(stroke((1, 2)))
    assert made.board.is_alive(1, 2)
    assert shown.last[0].is_alive(1, 2)
    assert simulation.calls == [("go_to", made.moment, ("pause", False), ("resume", False))]


def test_a_late_generation_never_takes_a_drawn_cell_away():
    made, _, bridge = session()
    late = result(5, epoch=0)
    made.edit(stroke((1, 2)))
    deliver(bridge, late)
    assert made.board.is_alive(1, 2)
    assert made.generation == 0


def test_a_generation_that_was_finished_before_a_stroke_went_on_is_dropped_though_it_waits_in_the_mailbox():
    made, _, bridge = session()
    made.edit(stroke((1, 1)))
    bridge._post(result(1, epoch=1, cells=board(8, 10, (1, 1))))
    made.edit(stroke((1, 2)))
    bridge._deliver()
    assert made.board == board(8, 10, (1, 1), (1, 2))


def test_a_generation_of_the_epoch_of_the_edit_is_shown():
    made, _, bridge = session()
    made.edit(stroke((1, 1)))
    deliver(bridge, result(1, epoch=1, cells=board(8, 10, (2, 2))))
    assert made.board == board(8, 10, (2, 2))
    assert made.generation == 1


def test_a_state_that_says_what_is_shown_already_does_not_paint_again():
    made, _, bridge = session()
    shown = Count(made.board_changed)
    deliver(bridge, state(mode=Mode.PLAYING))
    assert made.mode is Mode.PLAYING
    assert shown.times == 0


def test_an_edit_happens_on_the_generation_that_was_seen():
    made, simulation, bridge = session()
    deliver(bridge, state(mode=Mode.PLAYING), result(7, cells=board(8, 10, (5, 5))))
    bridge._post(result(9, cells=board(8, 10, (6, 6))))  # the simulation is ahead of what is shown
    made.edit(stroke((1, 1)))
    bridge._deliver()
    assert (made.generation, made.board) == (7, board(8, 10, (1, 1), (5, 5)))
    assert simulation.calls == [("go_to", made.moment, ("pause", False), ("resume", True))]


def test_a_stroke_over_cells_that_are_as_they_should_be_changes_nothing():
    made, simulation, _ = session(state(cells=board(8, 10, (1, 1))))
    made.edit(stroke((1, 1)))
    assert simulation.calls == []
    assert made.undo_text == ""


def test_a_board_is_changed_only_for_one_of_the_same_size():
    made, _, _ = session()
    made.change(board(8, 10, (3, 3)), "Paste")
    assert (made.board, made.undo_text) == (board(8, 10, (3, 3)), "Paste")
    with pytest.raises(ValueError, match="another size"):
        made.change(board(8, 11), "Paste")


def test_other_edges_are_shown_and_sent():
    made, simulation, _ = session()
    changed = Count(made.state_changed)
    made.set_topology(BOUNDED)
    made.set_topology(BOUNDED)
    assert (made.topology, changed.times) == (BOUNDED, 1)
    assert simulation.names == ["go_to"]


def test_a_board_grows_evenly_on_all_sides_and_takes_its_faults_along():
    made, simulation, _ = session(state(cells=board(8, 10, (0, 0))))
    made.toggle_fault(7, 9)
    made.resize(12, 16)
    assert made.board == Board.from_live(12, 16, [(2, 3)])
    assert dict(made.experiment.faults) == {(9, 12): Fault.ERROR}
    assert simulation.calls[-2:] == [
        ("configure", made.experiment), ("go_to", made.moment, ("pause", False), ("resume", False)),
    ]  # fmt: skip


def test_a_fault_that_is_cut_off_with_its_cell_is_gone():
    made, _, _ = session()
    made.toggle_fault(0, 0)
    made.resize(4, 4)
    assert not made.experiment.faults


def test_loading_shows_the_pattern_at_generation_0_and_paused():
    made, _, bridge = session()
    deliver(bridge, result(7), state(generation=7, mode=Mode.PLAYING))
    loaded = Count(made.loaded)
    made.load(board(5, 5, (1, 1)), made.rule, BOUNDED)
    assert (made.generation, made.mode, made.topology) == (0, Mode.PAUSED, BOUNDED)
    assert loaded.times == 1


# Running


def test_one_command_plays_and_pauses():
    made, simulation, bridge = session()
    made.toggle_play()
    deliver(bridge, state(mode=Mode.PLAYING))
    made.toggle_play()
    assert simulation.names == ["play", "pause"]


def test_several_generations_are_one_step():
    made, simulation, _ = session()
    made.step(10)
    assert simulation.calls == [("step", 10)]


def test_faster_and_slower_go_through_all_speeds_and_stop_at_both_ends():
    made, simulation, _ = session(rate=RATES[0])
    for expected in [*RATES[1:], None]:
        made.play_faster()
        assert made.rate == expected
    for expected in [*reversed(RATES[:-1]), RATES[0]]:
        made.play_slower()
        assert made.rate == expected
    assert simulation.calls[-1] == ("set_rate", RATES[0])


def test_a_strategy_that_makes_many_at_a_time_has_speeds_beyond_the_fastest():
    made, simulation, _ = session(state(experiment=Experiment(strategy="whole-board")), rate=100)
    seen = []
    made.rate_changed.connect(lambda rate: seen.append((rate, made.stride)))
    for _ in range(4):
        made.play_faster()
    assert seen == [(None, 1), (None, 2), (None, 4), (None, 8)]
    assert ("set_stride", 8) in simulation.calls
    for _ in range(4):
        made.play_slower()
    assert seen[4:] == [(None, 4), (None, 2), (None, 1), (100, 1)]
    assert ("set_stride", 1) in simulation.calls
    made.set_rate(None, MOST_STRIDE)
    assert made.is_fastest
    made.play_faster()
    assert made.stride == MOST_STRIDE


def test_a_strategy_in_which_cells_wait_goes_back_to_one_at_a_time():
    made, simulation, _ = session(state(experiment=Experiment(strategy="whole-board")), rate=None, stride=64)
    assert not made.is_fastest
    made.configure(Experiment(strategy="serial"))
    assert (made.rate, made.stride, made.is_fastest) == (None, 1, True)
    assert ("set_stride", 1) in simulation.calls
    made.play_faster()
    assert made.stride == 1


def test_from_a_speed_between_two_the_next_is_taken():
    made, _, _ = session(rate=7.0)
    made.play_faster()
    assert made.rate == 10
    made.set_rate(7.0)
    made.play_slower()
    assert made.rate == 5


@pytest.mark.parametrize(("mode", "call"), [(Mode.PLAYING, ("play",)), (Mode.STEPPING, ("step", 1))])
def test_keeping_going_after_a_failure_goes_on_as_before_it(mode, call):
    made, simulation, bridge = session()
    deliver(bridge, state(mode=mode), report(), state(mode=Mode.HELD))
    made.keep_going()
    assert simulation.calls == [call]


def test_the_fault_is_taken_out_before_the_failed_generation_runs_again():
    made, simulation, _ = session()
    made.toggle_fault(3, 4)
    made.toggle_fault(5, 5)
    made.retry_without_fault(3, 4)
    assert dict(made.experiment.faults) == {(5, 5): Fault.ERROR}
    assert simulation.names[-2:] == ["configure", "retry"]


# Changing how it is run


def test_an_experiment_is_sent_once_and_results_of_the_old_one_are_stale():
    made, simulation, bridge = session()
    other = replace(made.experiment, strategy="serial", latency=0.001)
    made.configure(other)
    made.configure(other)
    deliver(bridge, result(1, epoch=0))
    assert simulation.names == ["configure"]
    assert made.generation == 0


def test_the_fault_tool_plants_the_chosen_kind_and_takes_it_out_again():
    made, _, _ = session(planted_kind=Fault.EXIT)
    made.toggle_fault(3, 4)
    assert dict(made.experiment.faults) == {(3, 4): Fault.EXIT}
    made.plant_from_now_on(Fault.HANG)
    made.toggle_fault(3, 4)
    assert not made.experiment.faults


# Failures


def test_failing_cells_are_marked_and_told():
    made, _, bridge = session()
    marks, told = Count(made.failing_cells_changed), Count(made.failed)
    deliver(bridge, result(1, failures=[failure(3, 4)]), report(failure(3, 4), failure(5, 6)))
    ys, xs = marks.last
    assert (ys.tolist(), xs.tolist()) == ([3, 5], [4, 6])
    assert told.times == 1


def test_marks_go_when_a_generation_goes_well_and_when_the_board_is_edited():
    made, _, bridge = session()
    marks = Count(made.failing_cells_changed)
    for forget in (lambda: deliver(bridge, result(2)), lambda: made.edit(stroke((0, 0))), made.reset, made.undo):
        deliver(bridge, replace(report(), epoch=99))
        assert marks.last[0].size == 1
        forget()
        assert marks.last[0].size == 0
        bridge.expect(0)


def test_as_python_does_it_nothing_is_told_nothing_is_marked_and_nothing_is_waited_for():
    made, simulation, bridge = session()
    marks, told = Count(made.failing_cells_changed), Count(made.failed)
    made.set_as_python(True)
    deliver(bridge, result(1, failures=[failure()]), report(held=False))
    assert told.times == 0
    assert marks.last[0].size == 0
    assert simulation.calls == [("set_hold_on_failure", False)]


def test_switched_back_failures_are_told_again():
    made, simulation, bridge = session(as_python=True)
    told = Count(made.failed)
    made.set_as_python(False)
    deliver(bridge, report())
    assert told.times == 1
    assert simulation.calls == [("set_hold_on_failure", True)]


def test_a_sentence_of_the_simulation_is_passed_on_unless_the_failure_dialog_says_it_all():
    made, _, bridge = session()
    told = Count(made.told)
    deliver(bridge, state(mode=Mode.HELD, message="Generation 3 failed."))
    assert told.times == 0
    deliver(bridge, state(mode=Mode.PAUSED, message="No generation can be run: the port is taken."))
    assert told.last == ("No generation can be run: the port is taken.",)


# Limits


def large() -> Board:
    return Board(100, 100)


def test_a_costly_generation_is_asked_about_before_it_starts():
    made, simulation, _ = session(state(cells=large()))
    made.play()
    assert made.limit is not None
    assert "10,000 threads" in made.limit.sentence
    assert simulation.calls == []


def test_what_was_accepted_once_is_not_asked_about_again():
    made, simulation, _ = session(state(cells=large()))
    made.step(3)
    made.accept_limit()
    made.play()
    assert made.limit is None
    assert simulation.calls == [("step", 3), ("play",)]


def test_twice_of_what_was_accepted_is_accepted_and_more_is_asked_about():
    made, simulation, _ = session(state(cells=Board(10, 450)))
    made.play()
    made.accept_limit()
    made.resize(10, 900)
    made.play()
    assert (made.limit, simulation.names[-1]) == (None, "play")
    made.resize(10, 910)
    made.play()
    assert made.limit is not None
    assert simulation.names[-1] == "go_to"


def test_to_accept_one_kind_of_cost_accepts_no_other():
    made, _, _ = session(state(cells=large()))
    made.play()
    made.accept_limit()
    made.configure(Experiment(strategy="serial"))
    made.play()
    assert "one after another" in made.limit.sentence


def test_a_pattern_that_grows_while_it_plays_is_stopped_before_it_starts_too_many_threads():
    start = State(0, 0, plane([(0, 0), (5, 5)]), CONWAY, PLANE, Experiment(), Mode.PLAYING)
    made, simulation, bridge = session(start)
    deliver(bridge, result(1, cells=plane([(0, 0), (60, 60)])))
    assert made.limit is None
    deliver(bridge, result(2, cells=plane([(0, 0), (70, 70)])))
    assert made.limit.sentence.startswith("5,329 cells will start 5,329 threads")
    assert simulation.names == ["stop"]
    made.accept_limit()
    assert simulation.names == ["stop", "play"]


def test_steps_that_were_stopped_by_a_limit_do_not_become_a_run():
    start = State(0, 0, plane([(0, 0), (5, 5)]), CONWAY, PLANE, Experiment(), Mode.STEPPING)
    made, simulation, bridge = session(start)
    deliver(bridge, result(1, cells=plane([(0, 0), (70, 70)])))
    made.accept_limit()
    assert simulation.names == ["stop", "pause"]


def test_the_cheaper_way_is_set_and_then_run():
    made, simulation, _ = session(state(cells=large()))
    made.play()
    made.use_instead()
    assert made.experiment == Experiment(strategy="thread-pool", workers=256)
    assert simulation.names == ["configure", "play"]


def test_who_leaves_the_question_runs_nothing_and_is_asked_again_the_next_time():
    made, simulation, _ = session(state(cells=large()))
    made.play()
    made.leave_limit()
    assert made.limit is None
    made.play()
    assert made.limit is not None
    assert simulation.calls == []


def test_a_change_that_lifts_the_limit_takes_the_question_back():
    made, _, _ = session(state(cells=large()))
    made.play()
    made.configure(Experiment(strategy="coroutines"))
    assert made.limit is None


def test_a_change_while_it_plays_stops_before_ten_thousand_threads_are_started():
    start = state(cells=large(), experiment=Experiment(strategy="coroutines"), mode=Mode.PLAYING)
    made, simulation, _ = session(start)
    made.configure(Experiment(strategy="thread-per-cell"))
    assert made.limit is not None
    assert simulation.names == ["stop", "configure"]
    made.accept_limit()
    assert simulation.names[-1] == "play"
