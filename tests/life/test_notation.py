import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.errors import RuleError
from life.notation import Bounds, Notation, parse_rule, write_rule
from life.rule import CONWAY, Rule
from life.topology import BOUNDED, TORUS, Topology

COUNTS = st.frozensets(st.integers(0, 8))
RULES = st.builds(Rule, COUNTS, COUNTS)
SIZES = st.integers(0, 9_999_999_999)
TUBE = Topology(wraps_y=True, wraps_x=False)
RING = Topology(wraps_y=False, wraps_x=True)


def refusal(text: str) -> RuleError:
    with pytest.raises(RuleError) as caught:
        parse_rule(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("B3/S23", "B3/S23"),
        ("b3/s23", "B3/S23"),
        ("b3s23", "B3/S23"),
        ("B3S23", "B3/S23"),
        ("S23/B3", "B3/S23"),
        ("s23b3", "B3/S23"),
        ("23/3", "B3/S23"),
        ("B2/S", "B2/S"),
        ("/2", "B2/S"),
        ("B/S", "B/S"),
        ("B3/S32", "B3/S23"),
        ("B333/S2323", "B3/S23"),
        ("B8642/S7531", "B2468/S1357"),
        ("B3 / S23", "B3/S23"),
        ("  B3/\tS2 3\n", "B3/S23"),
        ("B0/S8", "B0/S8"),
    ],
)
def test_a_rule_is_accepted_and_printed_canonically(text: str, canonical: str) -> None:
    notation = parse_rule(text)
    assert str(notation) == str(notation.rule) == canonical
    assert notation.bounds is None


def test_the_numbers_without_letters_are_survivals_first() -> None:
    assert parse_rule("12/3").rule == Rule(births=frozenset({3}), survivals=frozenset({1, 2}))


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("B39/S23", "B3/S23"),
        ("B3/S239", "B3/S23"),
        ("Life", "B3/S23"),
        ("", "B3/S23"),
        ("/", "B3/S23"),
        ("B3", "B3/S23"),
        ("3", "B3/S23"),
        ("B3//S23", "B3/S23"),
        ("B36/S23/", "B36/S23"),
        ("B36/23", "B36/S23"),
        ("36/S23", "B36/S23"),
        ("23/B36", "B36/S23"),
        ("HighLife", "B36/S23"),
        ("Day & Night", "B3678/S34678"),
        ("Conway", "B3/S23"),
        ("B39/S23:T9,5", "B3/S23:T9,5"),
        ("Life:P30", "B3/S23:P30,30"),
    ],
)
def test_a_slip_is_refused_with_what_was_probably_meant(text: str, suggestion: str) -> None:
    error = refusal(text)
    assert error.suggestion == suggestion
    assert str(error).endswith(f'did you mean "{suggestion}"?')
    assert str(parse_rule(suggestion)) == suggestion


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("23/3/4", "Generations"),
        ("B3/S23/4", "Generations"),
        ("B2/S/C3", "Generations"),
        ("B2/S345/G4", "Generations"),
        ("B3-cnqy/S23", "Hensel"),
        ("b2-a/s12", "Hensel"),
        ("23-a/3", "Hensel"),
        ("B3ai4/S2-i3", "Hensel"),
        ("B2/S34H", "hexagonal"),
        ("34/2H", "hexagonal"),
        ("B2/S013V", "von Neumann"),
        ("B2/S13L", "triangular"),
        ("LifeHistory", "LifeHistory"),
        ("B3/S23History", "LifeHistory"),
        ("LifeSuper", "LifeHistory"),
        ("R5,C0,M1,S34..58,B34..45,NM", "Larger than Life"),
        ("MAPARYXfhZofugWaH7oaIDogBZofuhogOiAaIDogIAAgAAWaH7oaIDogGiA6ICAAIAAaIDogIAAgACAAIAAAAAAAA", "MAP"),
        ("W110", "Wolfram"),
    ],
)
def test_other_families_are_refused_by_name(text: str, family: str) -> None:
    assert family in refusal(text).reason
    assert "not supported" in refusal(text).reason
    assert family in refusal(text + ":T30,20").reason


def test_generations_rules_are_refused_with_the_nearest_rule_of_two_states() -> None:
    assert refusal("345/2/4").suggestion == "B2/S345"
    assert refusal("B2/S/C3").suggestion == "B2/S"


@pytest.mark.parametrize(
    ("suffix", "bounds", "canonical"),
    [
        (":T100,50", Bounds(50, 100, wraps=True), ":T100,50"),
        (":t100,50", Bounds(50, 100, wraps=True), ":T100,50"),
        (" : T 100 , 50", Bounds(50, 100, wraps=True), ":T100,50"),
        (":T30", Bounds(30, 30, wraps=True), ":T30,30"),
        (":P30,20", Bounds(20, 30, wraps=False), ":P30,20"),
        (":T0,20", Bounds(20, 0, wraps=True), ":T0,20"),
        (":T20,0", Bounds(0, 20, wraps=True), ":T20,0"),
        (":T0", None, ""),
        (":P0,0", None, ""),
    ],
)
def test_the_board_follows_the_rule(suffix: str, bounds: Bounds | None, canonical: str) -> None:
    notation = parse_rule("23/3" + suffix)
    assert notation == Notation(CONWAY, bounds)
    assert str(notation) == "B3/S23" + canonical


@pytest.mark.parametrize(
    ("text", "topology"), [(":T9,5", TORUS), (":P9,5", BOUNDED), (":T0,5", TUBE), (":T9,0", RING), (":P9,0", BOUNDED)]
)
def test_an_endless_direction_has_dead_edges(text: str, topology: Topology) -> None:
    bounds = parse_rule("B3/S23" + text).bounds
    assert bounds is not None
    assert bounds.topology == topology


@pytest.mark.parametrize(
    ("suffix", "name"),
    [
        (":K30,20", "Klein bottle"),
        (":K30*,20", "Klein bottle"),
        (":C30,20", "cross-surface"),
        (":S30", "sphere"),
        (":T30+5,20", "shifted torus"),
        (":T30,20-3", "shifted torus"),
    ],
)
def test_other_boards_are_refused_by_name(suffix: str, name: str) -> None:
    assert name in refusal("B3/S23" + suffix).reason


@pytest.mark.parametrize(
    "suffix", [":", ":T", ":T30,", ":T,20", ":30,20", ":T-3,5", ":T3,5,7", ":X3", ":P30+2", ":T3:T3"]
)
def test_a_malformed_board_is_refused_with_an_example(suffix: str) -> None:
    assert ":T100,50" in refusal("B3/S23" + suffix).reason


def test_a_board_of_absurd_size_is_refused() -> None:
    assert "10 digits" in refusal(f"B3/S23:T{'9' * 500},5").reason


def test_births_from_nothing_are_accepted_on_a_torus() -> None:
    assert parse_rule("B0/S").rule.births == {0}
    assert parse_rule("B01/S23:T9,5").rule.births == {0, 1}


def test_letters_and_digits_of_other_alphabets_are_not_mistaken() -> None:
    for text in ("B3/ſ23", "B3/S²3", "B٣/S23", "ß3/S23"):
        refusal(text)


def test_an_endless_text_is_refused_in_one_short_line() -> None:
    message = str(refusal("B3/S2\n" + "a" * 1_000_000))
    assert "\n" not in message
    assert len(message) < 200


@pytest.mark.parametrize(
    ("topology", "text"),
    [(TORUS, "B3/S23:T9,5"), (BOUNDED, "B3/S23:P9,5"), (TUBE, "B3/S23:T0,5"), (RING, "B3/S23:T9,0")],
)
def test_a_board_is_written_after_its_rule(topology: Topology, text: str) -> None:
    assert write_rule(CONWAY, topology, 5, 9) == text
    bounds = parse_rule(text).bounds
    assert bounds is not None
    assert bounds.topology == topology


@given(RULES, st.none() | st.builds(Bounds, SIZES, SIZES, st.booleans()).filter(lambda b: b.height or b.width))
def test_what_is_printed_is_read_back(rule: Rule, bounds: Bounds | None) -> None:
    notation = Notation(rule, bounds)
    assert parse_rule(str(notation)) == notation
    assert parse_rule(str(notation).lower()) == notation


@given(st.text() | st.text("BSbs0123456789/:TPKCH,+-* acehikLife", max_size=30))
def test_any_text_is_a_rule_or_refused_with_a_rule_that_is_one(text: str) -> None:
    try:
        accepted = str(parse_rule(text))
        message = ""
    except RuleError as error:
        accepted = error.suggestion or "B3/S23"
        message = str(error)
    assert str(parse_rule(accepted)) == accepted
    assert len(message.splitlines()) <= 1
