import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.race.guesses import Guess, Measured, Question, measured_for, question_of, verdicts
from life.errors import Fate
from life.experiment import Experiment, Fault
from life.race.course import Course
from life.race.entry import Outcome
from tests.gui.racing import entry

COURSE = Course(Experiment(), ("serial", "thread-per-cell"), (45, 1_024), middle_fault=Fault.ERROR)
positive = st.floats(1e-3, 1e3)


def test_the_question_is_about_the_largest_board():
    assert question_of(COURSE, "serial") == Question("serial", 1_024, Fault.ERROR)


def test_what_came_out_is_the_median_of_the_runs_that_it_is_about():
    entries = [
        entry("thread-per-cell", 1_024, seconds, peak_threads=peak, fates=(("only stderr", 1),))
        for seconds, peak in ((0.3, 400), (0.5, 450), (0.4, 500))
    ]
    entries.append(entry("thread-per-cell", 45, 9.0))
    measured = measured_for(question_of(COURSE, "thread-per-cell"), COURSE, entries)
    assert measured == Measured(0.4, 450, Fate.STDERR)


def test_what_was_computed_says_so_and_what_has_not_run_says_nothing():
    computed = entry("serial", 1_024, 102.4, Outcome.COMPUTED)
    assert measured_for(question_of(COURSE, "serial"), COURSE, [computed]) == Measured(102.4, is_computed=True)
    assert measured_for(question_of(COURSE, "serial"), COURSE, []) == Measured()


def test_twice_as_much_is_as_far_off_as_half_as_much():
    ada, grace, alan = verdicts([Guess("Ada", 2.0), Guess("Grace", 0.5), Guess("Alan", 3.0)], Measured(1.0))
    assert (ada.is_nearest_in_seconds, grace.is_nearest_in_seconds, alan.is_nearest_in_seconds) == (True, True, False)
    assert (ada.seconds_factor, grace.seconds_factor) == (2.0, 0.5)


def test_who_guessed_nothing_is_never_nearest():
    silent, one = verdicts([Guess("silent"), Guess("one", 9.0, 10)], Measured(1.0, 10))
    assert (silent.seconds_factor, silent.is_nearest_in_seconds, silent.is_nearest_in_threads) == (None, False, False)
    assert one.is_nearest_in_seconds
    assert one.is_nearest_in_threads


@pytest.mark.parametrize(
    ("guessed", "came", "right"),
    [
        (Fate.STDERR, Fate.STDERR, True),
        (Fate.CALLER, Fate.STDERR, False),
        (None, Fate.STDERR, None),
        (Fate.CALLER, None, None),
    ],
)
def test_who_saw_it_is_right_or_wrong(guessed, came, right):
    (verdict,) = verdicts([Guess("Ada", sees=guessed)], Measured(sees=came))
    assert verdict.is_right_about_fate is right


@given(st.lists(positive, min_size=1, max_size=8), positive)
def test_somebody_is_always_nearest(guessed, came):
    made = verdicts([Guess(str(n), seconds) for n, seconds in enumerate(guessed)], Measured(came))
    assert any(verdict.is_nearest_in_seconds for verdict in made)
    assert not any(verdict.is_nearest_in_threads for verdict in made)
