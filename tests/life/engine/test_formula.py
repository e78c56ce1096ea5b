from hypothesis import given

from life.engine.formula import CELL, Formula, formula_of
from life.notation import parse_rule
from tests.life.engine.soups import RULES


def value(formula: Formula, state: int) -> bool:
    """What a formula gives for one state, bit v of which is variable v."""
    if formula.kind is None:
        return formula.leaf if isinstance(formula.leaf, bool) else bool(state >> formula.leaf & 1)
    left = value(formula.left, state)
    if formula.kind == "not":
        return not left
    right = value(formula.right, state)
    return {"and": left and right, "or": left or right, "xor": left != right}[formula.kind]


@given(RULES)
def test_a_formula_says_what_its_rule_says_for_every_cell_and_count(rule):
    formula = formula_of(rule)
    for count in range(9):
        assert value(formula, count) == (count in rule.births)
        assert value(formula, count | 1 << CELL) == (count in rule.survivals)


@given(RULES)
def test_no_rule_takes_more_than_a_few_dozen_operations(rule):
    assert formula_of(rule).cost <= 40


def test_conways_rule_is_four_operations_and_replicator_none():
    assert formula_of(parse_rule("B3/S23").rule).cost == 4
    assert formula_of(parse_rule("B1357/S1357").rule).cost == 0
