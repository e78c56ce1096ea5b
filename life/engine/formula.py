"""A rule as few operations on whole words: for each bit, alive or not from the bits of the neighbour count.

The functions here have five variables, four bits of the count of neighbours and the cell itself. Counts of 9 and
more never occur, and what a rule says of them may be whatever makes the formula short.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from life.rule import CODES_PER_STATE, Rule

VARIABLES = 5  # n0, n1, n2, n3: the count of neighbours, least bit first; then the cell itself
CELL = 4
_STATES = 1 << VARIABLES
_ALL = (1 << _STATES) - 1

Kind = Literal["and", "or", "xor", "not"]


@dataclass(frozen=True, slots=True)
class Formula:
    """A constant, a variable, or an operation on one or two formulas.

    Attributes:
        kind: None for a leaf.
        leaf: the number of a variable, or the constants False and True.
        cost: how many operations it takes.
    """

    kind: Kind | None
    leaf: int | bool = False
    left: "Formula | None" = None
    right: "Formula | None" = None
    cost: int = 0


def formula_of(rule: Rule) -> Formula:
    """A short formula for `rule`; the shortest that splits by one variable after another, which is good enough."""
    alive = known = 0
    for state in range(_STATES):
        count = state & 0b1111
        if count < CODES_PER_STATE:
            known |= 1 << state
            code = count + (CODES_PER_STATE if state >> CELL else 0)
            alive |= rule.table[code] << state
    return _shortest(alive, known, tuple(range(VARIABLES)))


@lru_cache(maxsize=1 << 14)
def _shortest(alive: int, known: int, variables: tuple[int, ...]) -> Formula:
    """The cheapest formula of `variables` that is 1 on the states in `alive` and 0 on the others in `known`."""
    if not alive:
        return Formula(None, False)
    if alive == known:
        return Formula(None, True)
    for variable in variables:
        if _TRUE[variable] & known == alive:
            return Formula(None, variable)
        if ~_TRUE[variable] & known == alive:
            return _not(Formula(None, variable))
    found = (formula for variable in variables for formula in _splits(variable, alive, known, variables))
    return min(found, key=lambda formula: formula.cost)


def _splits(variable: int, alive: int, known: int, variables: tuple[int, ...]) -> Iterator[Formula]:
    """The ways of telling the states with `variable` from those without; both halves have one variable less."""
    rest = tuple(other for other in variables if other != variable)
    here = Formula(None, variable)
    alive_1, known_1 = _half(alive, known, variable, True)
    alive_0, known_0 = _half(alive, known, variable, False)
    dead_1, both = known_1 & ~alive_1, known_0 & known_1
    if alive_0 & both == alive_1 & both:
        yield _shortest(alive_0 | alive_1, known_0 | known_1, rest)
    elif not alive_0:
        yield _join("and", here, _shortest(alive_1, known_1, rest))
    elif not alive_1:
        yield _join("and", _not(here), _shortest(alive_0, known_0, rest))
    elif alive_1 == known_1:
        yield _join("or", here, _shortest(alive_0, known_0, rest))
    elif alive_0 == known_0:
        yield _join("or", _not(here), _shortest(alive_1, known_1, rest))
    else:
        yield _choice(here, _shortest(alive_1, known_1, rest), _shortest(alive_0, known_0, rest))
        if alive_0 & both == dead_1 & both:
            yield _join("xor", here, _shortest(alive_0 | dead_1, known_0 | known_1, rest))


def _half(alive: int, known: int, variable: int, value: bool) -> tuple[int, int]:
    """The states in which `variable` has that value, and each of them said again for the other value."""
    mask = _TRUE[variable] if value else _ALL & ~_TRUE[variable]
    return _mirrored(alive & mask, variable), _mirrored(known & mask, variable)


def _mirrored(states: int, variable: int) -> int:
    shift = 1 << variable
    return states | states << shift & _TRUE[variable] | (states & _TRUE[variable]) >> shift


def _join(kind: Kind, left: Formula, right: Formula) -> Formula:
    return Formula(kind, False, left, right, left.cost + right.cost + 1)


def _not(formula: Formula) -> Formula:
    return Formula("not", False, formula, None, formula.cost + 1)


def _choice(chooser: Formula, yes: Formula, no: Formula) -> Formula:
    """`yes` where the chooser is 1, else `no`."""
    return _join("xor", no, _join("and", chooser, _join("xor", no, yes)))


_TRUE = tuple(sum(1 << state for state in range(_STATES) if state >> v & 1) for v in range(VARIABLES))
