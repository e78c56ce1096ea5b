import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.errors import NonsenseError, ServiceError
from life.experiment import Fault
from life.rule import Rule
from life.states import ALIVE, EMPTY
from life.wire.base import BandQuestion, Question
from life.wire.requests import MOST_MICROSECONDS, RequestError, RequestParser, answer_to
from life.wire.words import NONSENSE, band_request, cell_request, error_line, parse_answer, state_from, states_from

NUMBERS = st.integers(0, 10**18 - 1)
COUNTS = st.frozensets(st.integers(0, 8))
RULES = st.builds(Rule, COUNTS, COUNTS)
SERVICE_FAULTS = st.sampled_from([None, Fault.HANG, Fault.CUT, Fault.NONSENSE])
CODES = st.binary(min_size=1, max_size=50).map(lambda data: bytes(byte % 18 for byte in data))
SECONDS = st.integers(0, MOST_MICROSECONDS).map(lambda microseconds: microseconds / 1e6)


@given(NUMBERS, RULES, st.sampled_from([ALIVE, EMPTY]), st.integers(0, 8), SECONDS, SERVICE_FAULTS)
def test_the_service_understands_what_a_cell_asks(
    number: int, rule: Rule, state: str, neighbors: int, seconds: float, fault: Fault | None
) -> None:
    line = cell_request(number, str(rule), Question(0, 0, state, neighbors, seconds, fault))
    text, request = RequestParser().parse(line.rstrip(b"\n"))
    assert (request.rule, request.fault, request.cells) == (rule, fault, 0)
    assert request.microseconds == round(seconds * 1e6)
    answer = parse_answer(answer_to(text, request, b""))
    assert answer.number == number
    if fault is Fault.NONSENSE:
        assert answer.text == NONSENSE
    else:
        assert state_from(answer.to(number)) == rule.next_state(state, neighbors)


@given(NUMBERS, RULES, CODES, SECONDS, SERVICE_FAULTS)
def test_the_service_understands_what_a_band_asks(
    number: int, rule: Rule, codes: bytes, seconds: float, fault: Fault | None
) -> None:
    head, letters, rest = band_request(number, str(rule), BandQuestion(codes, seconds, fault)).split(b"\n")
    text, request = RequestParser().parse(head)
    assert (request.rule, request.fault, request.cells, rest) == (rule, fault, len(codes), b"")
    assert letters.decode("ascii").isprintable()
    answer = parse_answer(answer_to(text, request, letters))
    assert answer.number == number
    if fault is not Fault.NONSENSE:
        assert states_from(answer.to(number), len(codes)) == codes.translate(rule.table)


@pytest.mark.parametrize(
    ("line", "number", "reason"),
    [
        (b"", b"-", "expected"),
        (b"GET / HTTP/1.1", b"-", "digits"),
        (b"cell", b"-", "expected"),
        (b"cell 1", b"-", "expected"),
        (b"cell 1 ", b"-", "expected"),
        (b"sell 1 B3/S23 * 3 100", b"1", "expected"),
        (b"cell 1 B3/S23", b"1", "expected"),
        (b"cell 1 B3/S23 * 3 100 hang hang", b"1", "expected"),
        (b"cell -1 B3/S23 * 3 100", b"-", "digits"),
        (b"cell 1234567890123456789 B3/S23 * 3 100", b"-", "digits"),
        (b"cell 1 B9/S23 * 3 100", b"1", "B3/S23"),
        (b"cell 1 b3/s23 * 3 100", b"1", "B3/S23"),
        (b"cell 1 B3/S0123456780 * 3 100", b"1", "B3/S23"),
        (b"cell 1 B3/S23 x 3 100", b"1", "the state"),
        (b"cell 1 B3/S23 * 9 100", b"1", "neighbours"),
        (b"cell 1 B3/S23 * 3 -1", b"1", "microseconds"),
        (b"cell 1 B3/S23 * 3 1e3", b"1", "microseconds"),
        (b"cell 1 B3/S23 * 3 120000001", b"1", "microseconds"),
        (b"cell 1 B3/S23 * 3 100 exit", b"1", "hang, cut or nonsense"),
        (b"cell 1 B3/S23 * \xd9\xa3 100", b"1", "neighbours"),
        (b"band 1 B3/S23 0 100", b"1", "cells"),
        (b"band 1 B3/S23 99999999999999999 100", b"1", "cells"),
        (b"band 1 B3/S23 5", b"1", "expected"),
    ],
)
def test_what_is_no_request_is_refused_with_its_number_and_a_reason(line: bytes, number: bytes, reason: str) -> None:
    with pytest.raises(RequestError) as refused:
        RequestParser().parse(line)
    assert refused.value.number == number
    assert reason in refused.value.reason


def test_a_band_with_a_cell_that_is_none_is_refused() -> None:
    number, request = RequestParser().parse(b"band 7 B3/S23 3 0")
    with pytest.raises(RequestError, match="0 to 8 or A to I"):
        answer_to(number, request, b"0J0")


def test_a_refusal_says_why() -> None:
    answer = parse_answer(error_line(b"7", "too much"))
    assert (answer.number, answer.refused) == (7, True)
    with pytest.raises(ServiceError, match="the rule service refused: too much"):
        answer.to(7)
    assert parse_answer(error_line(b"-", "too much")).number is None


def test_an_answer_to_another_request_is_nonsense() -> None:
    with pytest.raises(NonsenseError) as refused:
        parse_answer(b"2 *\n").to(1)
    assert refused.value.answer == "2 *"


@pytest.mark.parametrize("line", [b"", b"HTTP/1.1 400 Bad Request", b"*", b"-1 *", b"\xff\xfe 1"])
def test_a_line_that_answers_nothing_is_nonsense(line: bytes) -> None:
    with pytest.raises(NonsenseError):
        parse_answer(line)


@pytest.mark.parametrize("answer", ["", "**", "* ", "alive", "\u0665", "*\n"])
def test_only_a_state_is_taken_for_one(answer: str) -> None:
    with pytest.raises(NonsenseError) as refused:
        state_from(answer)
    assert refused.value.answer == answer


@pytest.mark.parametrize("answer", ["", "**", "****", "*-x", "*-\udcff"])
def test_only_as_many_states_as_cells_are_taken_for_a_band(answer: str) -> None:
    with pytest.raises(NonsenseError):
        states_from(answer, 3)


def test_a_long_nonsense_is_shown_in_part() -> None:
    with pytest.raises(NonsenseError) as refused:
        states_from("*" * 1_000_000, 3)
    assert len(str(refused.value)) < 200


def test_a_refusal_is_shown_without_what_a_terminal_obeys_and_in_part_where_it_is_long() -> None:
    refusal = str(parse_answer(b"error 7 \x1b[31m\x07no " + b"x" * 1_000 + b"\n").refusal())
    assert refusal.isprintable()
    assert refusal.startswith("the rule service refused:  [31m no xxx")
    assert refusal.endswith("x…")
    assert len(refusal) < 250
