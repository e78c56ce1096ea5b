"""Who got to know of an exception."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from life.errors import Fate, SimulationError
from life.fates import all_within, failures_of, summary_of
from life.trace.columns import Raised


def caught(error: BaseException) -> BaseException:
    """The same exception with a traceback."""
    try:
        raise error
    except BaseException as one:
        return one


def raised_by(y: int, x: int, error: BaseException) -> Raised:
    return Raised(y, x, f"cell-{y}-{x}", 1, caught(error))


def fates(raised: list[Raised], reached: BaseException | None, printed: tuple[BaseException, ...] = ()) -> list[Fate]:
    known = {id(error) for error in printed}
    return [failure.fate for failure in failures_of(1, raised, reached, lambda error: id(error) in known)]


def test_what_simulate_raised_has_reached_the_caller() -> None:
    one = raised_by(1, 2, OSError("no"))
    assert fates([one], one.error) == [Fate.CALLER]


def test_the_cause_of_what_simulate_raised_has_reached_the_caller() -> None:
    one = raised_by(1, 2, OSError("no"))
    wrapped = SimulationError(1, 2)
    wrapped.__cause__ = one.error
    assert fates([one], wrapped) == [Fate.CALLER]


def test_a_mere_context_has_not_reached_anybody_on_purpose() -> None:
    one = raised_by(1, 2, OSError("no"))
    other = ValueError("while handling it")
    other.__context__ = one.error
    assert fates([one], other) == [Fate.HIDDEN]


def test_members_of_nested_groups_have_reached_the_caller() -> None:
    first, second = raised_by(0, 0, OSError("a")), raised_by(0, 1, ValueError("b"))
    group = BaseExceptionGroup("outer", [BaseExceptionGroup("inner", [first.error]), second.error])
    assert fates([first, second], group) == [Fate.CALLER, Fate.CALLER]


def test_an_equal_exception_is_not_the_same_one() -> None:
    first, second = raised_by(0, 0, OSError("same")), raised_by(0, 1, OSError("same"))
    assert fates([first, second], first.error) == [Fate.CALLER, Fate.HIDDEN]


def test_printed_or_not_when_nothing_reached_the_caller() -> None:
    first, second = raised_by(0, 0, OSError("a")), raised_by(0, 1, SystemExit())
    assert fates([first, second], None, (first.error,)) == [Fate.STDERR, Fate.NOBODY]


def test_ten_thousand_failures_in_the_same_lines_share_one_text() -> None:
    failures = failures_of(7, [raised_by(n, 0, OSError("no")) for n in range(10_000)], None, lambda _: False)
    assert len({id(failure.traceback) for failure in failures}) == 1
    assert failures[0].traceback.splitlines()[-1] == "OSError: no"
    assert failures[9_999].y == 9_999


@given(st.recursive(st.just(None), lambda inner: st.lists(inner, min_size=1, max_size=3), max_leaves=20))
def test_every_leaf_of_a_group_is_found_once(shape: list | None) -> None:
    leaves: list[BaseException] = []

    def build(node: list | None) -> BaseException:
        if node is None:
            leaves.append(OSError(len(leaves)))
            return leaves[-1]
        return BaseExceptionGroup("group", [build(child) for child in node])

    found = list(all_within(build(shape)))
    assert all(sum(leaf is one for one in found) == 1 for leaf in leaves)


def test_a_cycle_of_causes_ends() -> None:
    first, second = OSError("a"), OSError("b")
    first.__cause__, second.__cause__ = second, first
    assert len(list(all_within(first))) == 2


def test_a_summary_is_the_last_line_of_a_traceback() -> None:
    assert summary_of(OSError("Problem with I/O")) == "OSError: Problem with I/O"
    assert summary_of(SystemExit()) == "SystemExit"
    assert summary_of(ValueError("two\nlines")).startswith("ValueError: two")
    assert sys.exc_info() == (None, None, None)
