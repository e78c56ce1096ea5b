"""A recogniser's claim is held against all generations of the run, compared cell by cell."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from life.board import Board
from life.knowing.period import Recogniser
from life.knowing.verdict import Kind, Verdict
from life.moment import Moment
from life.notation import parse_rule
from life.rule import CONWAY, Rule
from life.topology import BOUNDED, TORUS, Topology
from tests.life.knowing.runs import next_moment, rolled, run, start

GLIDER = [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]
BLINKER = [(4, 3), (4, 4), (4, 5)]
BLOCK = [(1, 1), (1, 2), (2, 1), (2, 2)]
R_PENTOMINO = [(0, 1), (0, 2), (1, 0), (1, 1), (2, 1)]


def see(recogniser: Recogniser, before: Moment, after: Moment) -> Verdict | None:
    recogniser.begin(before)
    return recogniser.see(after)


def verdict_of(moments: list[Moment]) -> Verdict | None:
    recogniser = Recogniser()
    for before, after in pairwise(moments):
        see(recogniser, before, after)
    return recogniser.verdict


def test_a_block_is_a_still_life_from_the_first_generation():
    assert verdict_of(run(start(6, 6, BLOCK), 1)) == Verdict(Kind.STILL, 0, began_so=True)


def test_an_empty_board_is_known_at_once():
    assert verdict_of(run(start(6, 6, []), 1)) == Verdict(Kind.EMPTY, 0, began_so=True)


def test_a_lone_cell_dies_out_at_generation_1():
    verdict = verdict_of(run(start(6, 6, [(2, 2)]), 1))
    assert verdict == Verdict(Kind.EMPTY, 1)
    assert str(verdict) == "Died out at generation 1"


def test_a_blinker_has_period_2():
    verdict = verdict_of(run(start(9, 9, BLINKER), 2))
    assert verdict == Verdict(Kind.CYCLE, 0, 2, began_so=True)
    assert str(verdict) == "Period 2 since generation 0"


def test_diehard_dies_out_at_generation_130():
    diehard = [(0, 6), (1, 0), (1, 1), (2, 1), (2, 5), (2, 6), (2, 7)]
    moments = run(start(80, 80, [(y + 38, x + 36) for y, x in diehard]), 130)
    assert str(verdict_of(moments)) == "Died out at generation 130"
    assert verdict_of(moments[:-1]) is None


def test_a_glider_on_a_torus_is_a_spaceship_and_back_in_place_after_160():
    verdict = verdict_of(run(start(8, 10, GLIDER), 4))
    assert verdict == Verdict(Kind.MOVING, 0, 4, (1, 1), returns=160, began_so=True)
    assert str(verdict) == "Spaceship since generation 0, moves (1, 1) every 4, back in place every 160"


@pytest.mark.parametrize("corner", [(0, 0), (6, 8), (7, 0), (3, 9)])
def test_a_glider_that_crosses_the_edge_of_a_torus_is_known_all_the_same(corner):
    cells = [(y + corner[0], x + corner[1]) for y, x in GLIDER]
    verdict = verdict_of(run(start(8, 10, cells), 4))
    assert (verdict.period, verdict.moves) == (4, (1, 1))


@pytest.mark.parametrize(
    ("ship", "cells"),
    [
        ("lwss", ["-**--", "****-", "**-**", "--**-"]),
        ("mwss", ["-***--", "*****-", "***-**", "---**-"]),
        ("hwss", ["-****--", "******-", "****-**", "----**-"]),
    ],
)
def test_the_larger_spaceships_move_two_columns_every_4(ship, cells):
    live = [(y + 5, x + 5) for y, row in enumerate(cells) for x, mark in enumerate(row) if mark == "*"]
    verdict = verdict_of(run(start(14, 30, live), 4))
    assert (verdict.period, verdict.moves, verdict.returns) == (4, (0, 2), 60)


def test_the_gosper_gun_between_dead_edges_ends_in_a_cycle_of_period_30(gun):
    """The first gliders crash at the edge; what becomes of that must repeat as well."""
    moments = run(gun, 400)
    verdict = verdict_of(moments)
    assert verdict.kind is Kind.CYCLE
    assert verdict.period % 30 == 0
    assert_true(verdict, moments)


def test_a_spaceship_that_flies_into_a_dead_edge_is_one_no_more():
    moments = run(start(12, 12, GLIDER, topology=BOUNDED), 60)
    recogniser = Recogniser()
    said = [see(recogniser, before, after) for before, after in pairwise(moments)]
    flying = [verdict for verdict in said if verdict and verdict.kind is Kind.MOVING]
    assert flying
    assert not any(verdict.is_lasting for verdict in flying)
    assert {(verdict.period, verdict.moves) for verdict in flying} == {(4, (1, 1))}
    assert said[-1].kind is Kind.STILL
    assert_true(said[-1], moments)


def test_along_a_tube_a_spaceship_flies_for_ever():
    tube = Topology(wraps_y=False, wraps_x=True)
    ship = [(y + 4, x) for y, x in [(0, 1), (0, 4), (1, 0), (2, 0), (2, 4), (3, 0), (3, 1), (3, 2), (3, 3)]]
    verdict = verdict_of(run(start(12, 20, ship, topology=tube), 4))
    assert (verdict.period, verdict.moves, verdict.returns) == (4, (0, -2), 40)


def test_a_board_that_is_born_full_is_no_empty_one():
    flashing = parse_rule("B0/S").rule
    verdict = verdict_of(run(start(4, 4, [], flashing), 2))
    assert verdict == Verdict(Kind.CYCLE, 0, 2, began_so=True)


def test_a_run_that_is_met_in_its_middle_is_judged_from_there():
    moments = run(start(9, 9, R_PENTOMINO), 90)
    late = verdict_of(moments[60:])
    assert late is None or late.since >= 60


def test_a_run_that_repeats_itself_when_one_comes_in_may_have_done_so_for_longer():
    assert verdict_of(run(start(9, 9, BLINKER), 9)[5:]) == Verdict(Kind.CYCLE, 5, 2, began_so=True)


def test_an_edit_begins_another_run():
    moments = run(start(9, 9, BLINKER), 3)
    recogniser = Recogniser()
    for before, after in pairwise(moments):
        see(recogniser, before, after)
    edited = Moment(3, Board.from_live(9, 9, [*BLOCK, (7, 7)]), CONWAY, TORUS)
    see(recogniser, edited, next_moment(edited))
    assert recogniser.verdict is None
    third = next_moment(next_moment(edited))
    see(recogniser, next_moment(edited), third)
    assert recogniser.verdict == Verdict(Kind.STILL, 4)


def test_another_rule_begins_another_run():
    moments = run(start(9, 9, BLINKER), 2)
    recogniser = Recogniser()
    see(recogniser, moments[0], moments[1])
    changed = Moment(1, moments[1].board, parse_rule("B36/S23").rule, TORUS)
    see(recogniser, changed, next_moment(changed))
    assert recogniser.verdict is None


def test_going_back_and_on_again_does_not_forget_what_came_before():
    moments = run(start(20, 20, [(y + 8, x + 8) for y, x in R_PENTOMINO]), 1500)
    verdict = verdict_of(moments)
    recogniser = Recogniser()
    found_at = verdict.since + verdict.period
    for before, after in pairwise(moments[:found_at]):
        see(recogniser, before, after)
    assert recogniser.verdict is None
    again = moments[verdict.since - 3]  # the board equal, yet another object, as after an undo
    again = Moment(again.generation, Board.from_cells(again.board.cells()), again.rule, again.topology)
    while again.generation < found_at:
        following = next_moment(again)
        see(recogniser, again, following)
        again = following
    assert recogniser.verdict == verdict


def test_a_cycle_that_is_known_stays_known_for_whoever_steps_back_within_it():
    moments = run(start(9, 9, BLINKER), 10)
    recogniser = Recogniser()
    for before, after in pairwise(moments):
        see(recogniser, before, after)
    see(recogniser, moments[5], moments[6])
    assert recogniser.verdict == Verdict(Kind.CYCLE, 0, 2, began_so=True)


def test_of_a_long_run_only_so_much_is_remembered_and_a_short_period_is_found_all_the_same():
    moments = run(start(20, 20, [(y + 8, x + 8) for y, x in R_PENTOMINO]), 1500)
    recogniser = Recogniser(most_generations=50)
    for before, after in pairwise(moments):
        see(recogniser, before, after)
    assert recogniser.verdict == verdict_of(moments)


def test_of_a_huge_board_it_is_only_known_whether_it_is_empty(monkeypatch):
    monkeypatch.setattr("life.knowing.period.LARGEST_BOARD", 64)
    moments = run(start(20, 20, BLINKER), 4)
    assert verdict_of(moments) is None
    recogniser = Recogniser()
    for before, after in pairwise(run(start(20, 20, [(2, 2)]), 4)):
        see(recogniser, before, after)
    assert recogniser.verdict == Verdict(Kind.EMPTY, 1)
    again = start(20, 20, [], generation=3)
    see(recogniser, again, next_moment(again))
    assert recogniser.verdict == Verdict(Kind.EMPTY, 3, began_so=True)


def test_going_back_to_an_empty_board_changes_nothing():
    moments = run(start(9, 9, [(2, 2)]), 8)
    recogniser = Recogniser()
    for before, after in pairwise(moments):
        see(recogniser, before, after)
    again = start(9, 9, [], generation=5)
    see(recogniser, again, next_moment(again))
    assert recogniser.verdict == Verdict(Kind.EMPTY, 1)


def rules_of_life() -> st.SearchStrategy[Rule]:
    counts = st.frozensets(st.integers(0, 8))
    return st.one_of(st.just(CONWAY), st.builds(Rule, counts, counts))


@settings(max_examples=150)
@given(st.data())
def test_what_is_claimed_is_true_and_what_is_true_is_claimed(data):
    height, width = data.draw(st.integers(1, 7)), data.draw(st.integers(1, 9))
    live = data.draw(st.lists(st.tuples(st.integers(0, height - 1), st.integers(0, width - 1)), max_size=20))
    topology = data.draw(st.builds(Topology, st.booleans(), st.booleans()))
    rule = data.draw(rules_of_life())
    first = data.draw(st.sampled_from([0, 1, 1000]))
    moments = run(start(height, width, live, rule, topology, generation=first), 60)
    recogniser = Recogniser()
    for place, (before, after) in enumerate(pairwise(moments), start=1):
        verdict = see(recogniser, before, after)
        seen = moments[: place + 1]
        if verdict:
            assert_true(verdict, seen if not verdict.is_lasting else moments)
        else:
            assert len({moment.board for moment in seen}) == len(seen)


def assert_true(verdict: Verdict, moments: list[Moment]) -> None:
    """Compares all generations of a run with what is claimed of them."""
    boards = {moment.generation: moment.board for moment in moments}
    begin, end = min(boards), max(boards)
    assert begin <= verdict.since <= end
    assert verdict.began_so == (verdict.since == begin)
    if verdict.kind is Kind.EMPTY:
        assert all((not boards[g].population) == (g >= verdict.since) for g in boards)
        return
    for generation in range(verdict.since, end - verdict.period + 1):
        assert boards[generation + verdict.period] == rolled(boards[generation], *verdict.moves)
    if verdict.kind is not Kind.MOVING:
        for shorter in range(1, verdict.period):
            assert verdict.since + shorter > end or boards[verdict.since] != boards[verdict.since + shorter]
        assert (
            verdict.since == begin
            or verdict.since - 1 + verdict.period > end
            or (boards[verdict.since - 1] != boards[verdict.since - 1 + verdict.period])
        )
    if verdict.returns and verdict.since + verdict.returns <= end:
        assert boards[verdict.since] == boards[verdict.since + verdict.returns]


@pytest.fixture
def gun() -> Moment:
    rows = [
        "------------------------*-----------",
        "----------------------*-*-----------",
        "------------**------**------------**",
        "-----------*---*----**------------**",
        "**--------*-----*---**--------------",
        "**--------*---*-**----*-*-----------",
        "----------*-----*-------*-----------",
        "-----------*---*--------------------",
        "------------**----------------------",
    ]
    live = [(y + 4, x + 4) for y, row in enumerate(rows) for x, mark in enumerate(row) if mark == "*"]
    return start(40, 60, live, topology=BOUNDED)


def test_the_helpers_of_these_tests_move_boards_as_they_say():
    assert rolled(Board.from_live(3, 3, [(2, 2)]), 1, 1) == Board.from_live(3, 3, [(0, 0)])
    assert np.array_equal(next_moment(start(9, 9, BLINKER)).board.cells().nonzero(), ([3, 4, 5], [4, 4, 4]))
