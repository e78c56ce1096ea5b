from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from life.board import Board
from life.knowing.population import COLUMNS, UNKNOWN, PopulationHistory
from life.moment import Moment
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY
from life.topology import PLANE, TORUS
from tests.life.knowing.runs import run, start
from tests.life.plain_engine import plane

R_PENTOMINO = [(8, 9), (8, 10), (9, 8), (9, 9), (10, 9)]


def told(moments: list[Moment], most_rows: int = 1000) -> PopulationHistory:
    history = PopulationHistory(most_rows)
    history.begin(moments[0])
    for moment in moments[1:]:
        history.add(moment)
    return history


def counts(moments: list[Moment]) -> list[list[int]]:
    """The same figures, counted cell by cell."""
    rows = [[moments[0].generation, moments[0].board.population, 0, 0]]
    for before, after in pairwise(moments):
        old, new = before.board.cells().astype(bool), after.board.cells().astype(bool)
        rows.append([after.generation, int(new.sum()), int((new & ~old).sum()), int((old & ~new).sum())])
    return rows


def test_every_generation_has_its_row():
    moments = run(start(20, 70, R_PENTOMINO), 50)
    history = told(moments)
    assert history.rows().tolist() == counts(moments)
    assert history.newest() == tuple(counts(moments)[-1])
    assert history.rows().shape[1] == len(COLUMNS)


def test_births_less_deaths_are_what_the_population_grew_by():
    rows = told(run(start(20, 70, R_PENTOMINO), 50)).rows()
    assert np.array_equal(np.diff(rows[:, 1]), (rows[:, 2] - rows[:, 3])[1:])


def test_nothing_is_known_before_it_begins():
    history = PopulationHistory()
    assert history.newest() is None
    assert not len(history.rows())


def test_going_back_leaves_out_what_came_later():
    moments = run(start(20, 20, R_PENTOMINO), 10)
    history = told(moments)
    history.begin(moments[6])
    assert history.rows().tolist() == counts(moments[:7])
    history.add(moments[7])
    assert history.rows().tolist() == counts(moments[:8])


def test_an_edit_counts_anew_where_it_was_made():
    moments = run(start(20, 20, R_PENTOMINO), 4)
    history = told(moments)
    history.begin(Moment(4, Board(20, 20), CONWAY, TORUS))
    assert history.rows().tolist() == [*counts(moments[:4]), [4, 0, 0, 0]]


def test_another_pattern_begins_another_history():
    history = told(run(start(20, 20, R_PENTOMINO), 4))
    history.begin(start(9, 9, [(1, 1)]))
    assert history.rows().tolist() == [[0, 1, 0, 0]]


@given(st.integers(2, 40), st.integers(0, 300), st.integers(0, 5000))
def test_a_long_run_stays_in_view_with_fewer_rows(most, generations, first):
    history = PopulationHistory(most)
    boards = [Board.from_live(1, 8, [(0, x) for x in range(n)]) for n in range(1, 9)]
    moments = [Moment(first + n, boards[n * n % 8], CONWAY, TORUS) for n in range(generations + 1)]
    history.begin(moments[0])
    for moment in moments[1:]:
        history.add(moment)
        rows = history.rows()
        assert len(rows) <= most
        assert rows[-1, 0] == moment.generation
    rows = history.rows()
    assert rows[0, 0] == first
    assert all(row in counts(moments) for row in rows.tolist())
    steps = np.diff(rows[:, 0])
    assert len(set(steps[:-1].tolist())) <= 1
    assert len(rows) * 2 + 1 >= min(most, generations + 1)


def test_where_many_generations_are_made_at_once_nobody_was_born_or_died_that_one_knows_of():
    history = PopulationHistory()
    history.begin(Moment(0, plane([(0, 0), (0, 1), (0, 2)]), CONWAY, PLANE))
    history.add(Moment(64, plane([(0, 0)]), CONWAY, PLANE))
    assert history.rows().tolist() == [[0, 3, 0, 0], [64, 1, UNKNOWN, UNKNOWN]]
    history.add(Moment(65, plane([(0, 1), (-3, 5)]), CONWAY, PLANE))
    assert history.newest() == (65, 2, 2, 1)


def test_on_a_plane_too_wide_to_be_compared_only_the_living_are_counted():
    history = PopulationHistory()
    history.begin(Moment(0, plane([(0, 0), (1 << 40, 0)]), CONWAY, PLANE))
    history.add(Moment(1, plane([(0, 0)]), CONWAY, PLANE))
    assert history.newest() == (1, 1, UNKNOWN, UNKNOWN)


class Crowd(TilePlane):
    """More live cells than a number of 64 bits can say."""

    @property
    def population(self):
        return 1 << 80


def test_numbers_beyond_all_rows_are_cut_or_left_out():
    history = PopulationHistory()
    history.begin(Moment(0, TilePlane(), CONWAY, PLANE))
    history.add(Moment(1 << 62, Crowd(), CONWAY, PLANE))
    assert history.newest() == (1 << 62, (1 << 63) - 1, UNKNOWN, UNKNOWN)
    history.add(Moment(1 << 70, Crowd(), CONWAY, PLANE))
    assert history.newest()[0] == 1 << 62
    history.begin(Moment(1 << 70, Crowd(), CONWAY, PLANE))
    history.begin(Moment(1 << 62, Crowd(), CONWAY, PLANE))
    assert history.newest() == (1 << 62, (1 << 63) - 1, UNKNOWN, UNKNOWN)
