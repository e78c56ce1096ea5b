import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.race.choices import MOST_CELLS, Choices, forecast, sizes_from
from life.errors import SettingError
from life.experiment import Fault, WireKind
from life.fanout import STRATEGIES

KEYS = [strategy.key for strategy in STRATEGIES]
choices = st.builds(
    Choices,
    strategies=st.lists(st.sampled_from(KEYS), min_size=1, unique=True).map(tuple),
    sizes=st.lists(st.integers(1, MOST_CELLS), min_size=1, max_size=6, unique=True).map(sorted).map(tuple),
    wire=st.sampled_from(WireKind),
    latency=st.floats(0, 60),
    jitter=st.floats(0, 60),
    seed=st.integers(0, 2**31 - 1),
    repeat=st.integers(1, 99),
    limit=st.floats(0.1, 3600),
    fault=st.none() | st.sampled_from(Fault),
)


@given(choices)
def test_choices_are_remembered_as_they_were(made):
    assert Choices.from_text(made.to_text()) == made


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", '{"strategies": []}',
        Choices().to_text().replace("coroutines", "fork-bomb"),
        Choices(latency=0.1).to_text().replace("0.1", "1e9"),
        Choices(sizes=(45,)).to_text().replace("45", "-45"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_means_the_first_choices(text):
    assert Choices.from_text(text) == Choices()


@pytest.mark.parametrize(
    "wrong",
    [{"strategies": ()}, {"sizes": ()}, {"sizes": (0,)}, {"sizes": (MOST_CELLS + 1,)}, {"repeat": 0}, {"limit": 0}],
)
def test_what_cannot_be_raced_is_refused(wrong):
    with pytest.raises(SettingError):
        Choices(**wrong)


def test_the_course_is_what_was_chosen():
    made = Choices(
        strategies=("coroutines",), sizes=(9, 45), latency=0.2, jitter=0.1, seed=4, repeat=2, fault=Fault.CUT
    )
    course = made.course()
    e = course.experiment
    assert (course.strategies, course.cells, course.repeat, course.middle_fault) == (
        ("coroutines",),
        (9, 45),
        2,
        Fault.CUT,
    )
    assert (e.latency, e.jitter, e.seed) == (0.2, 0.1, 4)
    assert course.wants_traces


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("", ()), ("2500", (2500,)), ("40000, 2500", (2500, 40000)), ("2 500; 40_000,", (2500, 40000)), ("9, 9", (9,)),
        ("many", None), ("0", None), ("-4", None), ("1.5", None), (str(MOST_CELLS + 1), None), ("1," * 13, (1,)),
        (",".join(str(n) for n in range(1, 14)), None),
    ],
)  # fmt: skip
def test_sizes_are_read_as_people_write_them(text, sizes):
    if text.count(",") == 13 and sizes:
        sizes = None  # too many, though all the same
    assert sizes_from(text) == sizes


def test_the_forecast_says_how_many_runs_and_what_is_computed():
    told = forecast(Choices(strategies=("serial", "coroutines"), sizes=(45, 10_000), repeat=2).course())
    assert told.startswith("6 runs, about ")
    assert "One cell after another on 10,000 cells is computed" in told


def test_the_forecast_names_a_few_and_counts_the_rest():
    made = Choices(strategies=("serial", "thread-pool", "queue-workers"), sizes=(10_000, 100_000), limit=1.0)
    told = forecast(made.course())
    assert told.startswith("Nothing would run: ")
    assert "and 3 more are computed" in told


def test_without_anything_absurd_the_forecast_is_short():
    assert forecast(Choices(strategies=("coroutines",), sizes=(45,), repeat=1).course()) == "1 run, about 1.0 s."
