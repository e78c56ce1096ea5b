import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.board import Board
from life.caller import Caller
from life.errors import RuleError
from life.experiment import Experiment, WireKind
from life.fanout import FAN_OUTS
from life.notation import parse_rule, read_rule
from life.rule import CONWAY, Rule
from life.rules import KNOWN_RULES, known_rule, rule_named, with_name
from life.stop import StopSignal
from life.topology import BOUNDED, TORUS, Topology
from life.trace.columns import Trace
from tests.life.plain import next_board

TUBE = Topology(wraps_y=False, wraps_x=True)


@pytest.mark.parametrize("known", KNOWN_RULES, ids=lambda known: known.name)
def test_a_known_rule_is_written_canonically_and_says_what_to_expect(known):
    assert str(known.rule) == known.notation
    assert parse_rule(known.notation).rule == known.rule
    assert known.sentence.endswith(".")
    assert known.sentence.count(".") == 1


def test_no_two_known_rules_have_the_same_rule_or_the_same_name():
    assert len({known.rule for known in KNOWN_RULES}) == len(KNOWN_RULES)
    names = [name for known in KNOWN_RULES for name in (known.name, *known.aliases)]
    assert len({rule_named(name) for name in names}) == len(KNOWN_RULES)
    assert all(name in (rule_named(name).name, *rule_named(name).aliases) for name in names)


@pytest.mark.parametrize(
    ("name", "notation"),
    [
        ("HighLife", "B36/S23"),
        ("Day & Night", "B3678/S34678"),
        ("Seeds", "B2/S"),
        ("Life without Death", "B3/S012345678"),
        ("34 Life", "B34/S34"),
        ("Diamoeba", "B35678/S5678"),
        ("Morley", "B368/S245"),
        ("2×2", "B36/S125"),
        ("Replicator", "B1357/S1357"),
        ("Maze", "B3/S12345"),
    ],
)
def test_the_rules_that_everybody_knows_are_among_them(name, notation):
    assert rule_named(name).notation == notation
    assert known_rule(parse_rule(notation).rule).name == name


@pytest.mark.parametrize("typed", ["highlife", "HIGH LIFE", "High-Life", " HighLife "])
def test_a_name_may_be_typed_carelessly(typed):
    assert read_rule(typed).rule == parse_rule("B36/S23").rule


def test_a_name_may_be_followed_by_a_board():
    assert str(read_rule("Day and Night:T30,20")) == "B3678/S34678:T30,20"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("HihgLife", "HighLife"), ("Diameba", "Diamoeba"), ("Replikator", "Replicator"), ("Mazze:P9", "Maze:P9")],
)
def test_a_misspelt_name_is_refused_with_the_right_one(typed, meant):
    with pytest.raises(RuleError) as caught:
        read_rule(typed)
    assert caught.value.suggestion == meant
    assert read_rule(meant).rule


def test_what_is_no_rule_and_no_name_is_refused_as_in_a_file():
    for typed in ("B39/S23", "", "B3//S23", "xyzzy", "B2/S34H"):
        with pytest.raises(RuleError) as here:
            read_rule(typed)
        with pytest.raises(RuleError) as in_a_file:
            parse_rule(typed)
        assert str(here.value) == str(in_a_file.value)


def test_a_file_may_not_name_its_rule():
    with pytest.raises(RuleError) as caught:
        parse_rule("HighLfie")
    assert caught.value.suggestion == "B36/S23"


def test_a_rule_is_told_with_its_name_where_it_has_one():
    assert with_name(CONWAY) == "B3/S23, Conway's Life"
    assert with_name(Rule(frozenset({2}), frozenset({8}))) == "B2/S8"


@given(st.builds(Rule, st.frozensets(st.integers(0, 8)), st.frozensets(st.integers(0, 8))))
def test_every_rule_string_is_read_as_in_a_file(rule):
    assert read_rule(str(rule)) == parse_rule(str(rule))


NAMES = "HighLife", "Seeds", "Life without Death", "AntiLife", "InverseLife", "2×2"
SEVERAL = [rule_named(name).rule for name in NAMES]


@pytest.mark.parametrize("topology", [TORUS, BOUNDED, TUBE], ids=["torus", "bounded", "tube"])
@pytest.mark.parametrize("key", [strategy.key for strategy in FAN_OUTS])
def test_every_strategy_runs_them_on_every_board(key, topology):
    start = Board.from_live(6, 9, [(0, 3), (1, 4), (2, 2), (2, 3), (2, 4), (5, 8), (0, 0), (5, 0)])
    experiment = Experiment(strategy=key, wire=WireKind.NONE, workers=3)
    for rule in SEVERAL:
        board = start
        with Caller(experiment, rule, topology) as caller:
            for number in range(1, 4):
                expected = next_board(board, rule, topology)
                made = caller.run(board, Trace(number, board.height, board.width), StopSignal()).board
                assert made == expected, f"{rule}, generation {number}"
                board = expected
