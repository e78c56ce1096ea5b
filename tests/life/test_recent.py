"""What a step back finds: the moments that came last, by what they are."""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from life.board import Board
from life.moment import Moment
from life.recent import Recent
from life.rule import CONWAY
from life.topology import BOUNDED, TORUS


def came_through(recent: Recent, count: int) -> list[Moment]:
    line = [Moment(n, Board.from_live(8, 10, [(n % 8, n % 10)]), CONWAY, TORUS) for n in range(count)]
    for before, after in pairwise(line):
        recent.add(before, after)
    return line


def test_a_moment_is_found_by_what_it_is_and_told_apart_from_others_of_its_generation() -> None:
    recent = Recent()
    line = came_through(recent, 4)
    same = Moment(3, Board.from_live(8, 10, [(3, 3)]), CONWAY, TORUS)
    assert recent.before(same) == line[2]
    assert recent.before(replace(same, topology=BOUNDED)) is None
    assert recent.before(replace(same, generation=2)) is None


def test_of_two_ways_to_the_same_moment_the_newer_is_found() -> None:
    recent = Recent()
    line = came_through(recent, 4)
    other = Moment(2, Board.from_live(8, 10, [(7, 7)]), CONWAY, TORUS)
    recent.add(other, line[3])
    assert recent.before(line[3]) == other


def test_what_replaces_a_moment_that_was_made_from_nothing_was_made_from_nothing() -> None:
    recent = Recent()
    line = came_through(recent, 3)
    drawn = replace(line[0], board=Board.from_live(8, 10, [(5, 5)]))
    recent.link(line[0], drawn)
    assert recent.before(drawn) is None


def test_what_was_cleared_is_forgotten_and_takes_no_memory() -> None:
    recent = Recent()
    line = came_through(recent, 3)
    recent.clear()
    assert [recent.before(moment) for moment in line] == [None] * 3
    assert recent.nbytes == 0


def test_what_step_back_remembers_is_bounded_and_the_newest_is_always_there() -> None:
    for recent in (Recent(most_moments=3), Recent(most_bytes=3 * Board(8, 10).bits.nbytes)):
        line = came_through(recent, 9)
        assert [recent.before(moment) for moment in line[5:]] == [None, *line[5:8]]
    tiny = Recent(most_bytes=1)
    line = came_through(tiny, 4)
    assert tiny.before(line[3]) == line[2]
    assert tiny.before(line[2]) is None


def test_a_stroke_takes_the_place_of_one_moment_only_in_what_step_back_remembers() -> None:
    recent = Recent(most_moments=4)
    line = came_through(recent, 4)
    shown = line[3]
    for x in range(10):
        old, shown = shown, replace(shown, board=shown.board.with_cells(np.array([7]), np.array([x]), alive=True))
        recent.link(old, shown)
    assert recent.before(shown) == line[2]
    assert recent.before(line[1]) == line[0]
