"""Rules and boards as people write them down: "B3/S23", "23/3", "b3s23:T100,50".

Every program that reads rule strings forgives something else; what is forgiven and what is refused here follows from
running Golly and LifeViewer on the same strings. A rule that would silently mean something else is refused by name.
"""

import re
from dataclasses import dataclass
from typing import Self

from life.errors import RuleError
from life.rule import CONWAY, Rule
from life.rules import rule_named, rule_nearly_named
from life.topology import TORUS, Topology

_LONGEST = 1000
_LONGEST_SHOWN = 60
_MOST_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Bounds:
    """The part of a rule string after the colon.

    Attributes:
        height, width: rows and columns; 0 is endless in that direction. At least one of them is not 0.
        wraps: whether a direction that is not endless wraps round (":T") or has dead cells beyond its edges (":P").
    """

    height: int
    width: int
    wraps: bool

    @property
    def topology(self) -> Topology:
        """A board has no endless direction; one that should be gets dead edges."""
        return Topology(wraps_y=self.wraps and self.height > 0, wraps_x=self.wraps and self.width > 0)

    def __str__(self) -> str:
        """Width first, as in the files: "T9,5"."""
        return f"{'T' if self.wraps else 'P'}{self.width},{self.height}"


@dataclass(frozen=True, slots=True)
class Notation:
    """What a rule string says: the rule, and the board it names or None where it names none."""

    rule: Rule = CONWAY
    bounds: Bounds | None = None

    @classmethod
    def of(cls, rule: Rule, topology: Topology, height: int, width: int) -> Self:
        """The notation of a board of `height` × `width` cells.

        The notation knows no direction with dead edges next to one that wraps round. A tube is therefore written as
        the nearest that there is, endless where it has dead edges (":T0,5"), and its size in that direction is lost.
        """
        if topology.wraps_y == topology.wraps_x:
            return cls(rule, Bounds(height, width, topology == TORUS))
        return cls(rule, Bounds(height if topology.wraps_y else 0, width if topology.wraps_x else 0, wraps=True))

    def __str__(self) -> str:
        """Canonical: "B3/S23:T9,5"."""
        return f"{self.rule}:{self.bounds}" if self.bounds else str(self.rule)


def write_rule(rule: Rule, topology: Topology, height: int, width: int) -> str:
    """A rule and its board as one string: "B3/S23:T9,5" is a torus of 9 columns and 5 rows."""
    return str(Notation.of(rule, topology, height, width))


def parse_rule(text: str) -> Notation:
    """Reads a rule string, with or without a board after a colon; white space and case do not matter.

    B0 is accepted with every board that there is: all of them end somewhere. On an endless plane, where the first
    generation would be born everywhere at once, it could not be run.

    Raises:
        RuleError: the string is no rule, or one of a family that is not supported.
    """
    compact = "".join(text.split())
    if len(compact) > _LONGEST:
        raise _refused(text, "it is far too long for a rule")
    rule_text, colon, bounds_text = compact.partition(":")
    bounds = _parse_bounds(bounds_text, text) if colon else None
    return Notation(_parse_births_and_survivals(rule_text, bounds, text), bounds)


def read_rule(text: str) -> Notation:
    """Reads what a person typed: as `parse_rule`, and before the colon also the name of a known rule ("HighLife").

    Raises:
        RuleError: as for `parse_rule`; in the place of a misspelt name it suggests the right one.
    """
    name, colon, bounds = text.partition(":")
    known = rule_named(name)
    if known:
        return parse_rule(known.notation + colon + bounds)
    try:
        return parse_rule(text)
    except RuleError as error:
        near = rule_nearly_named(name) if error.suggestion and not _BEGINS_LIKE_A_RULE.match(name) else None
        if near is None:
            raise
        raise RuleError(error.text, "there is no rule of that name", near.name + colon + bounds) from None


_BEGINS_LIKE_A_RULE = re.compile(r"\s*[BS]?[0-9/]", re.IGNORECASE)
_BIRTHS_FIRST = re.compile(r"B(?P<births>[0-9]*)/?S(?P<survivals>[0-9]*)", re.IGNORECASE | re.ASCII)
_SURVIVALS_FIRST = re.compile(r"S(?P<survivals>[0-9]*)/?B(?P<births>[0-9]*)", re.IGNORECASE | re.ASCII)
_NUMBERS_ONLY = re.compile(r"(?P<survivals>[0-9]*)/(?P<births>[0-9]*)")


def _parse_births_and_survivals(rule_text: str, bounds: Bounds | None, text: str) -> Rule:
    for form in (_BIRTHS_FIRST, _SURVIVALS_FIRST, _NUMBERS_ONLY):
        match = form.fullmatch(rule_text)
        if match and rule_text != "/":
            break
    else:
        raise _no_rule(rule_text, bounds, text)
    births, survivals = match["births"], match["survivals"]
    if "9" in births + survivals:
        raise _refused(text, "a cell has 0 to 8 neighbours, never 9", _nearest(rule_text, bounds))
    return _rule_of(births, survivals)


def _rule_of(births: str, survivals: str) -> Rule:
    return Rule(frozenset(map(int, set(births))), frozenset(map(int, set(survivals))))


_SIZES = re.compile(r"[TP](?P<width>[0-9]+)(?:,(?P<height>[0-9]+))?", re.IGNORECASE | re.ASCII)
_OTHER_TOPOLOGIES = (
    (re.compile(r"K.*", re.IGNORECASE | re.DOTALL), "a Klein bottle"),
    (re.compile(r"C.*", re.IGNORECASE | re.DOTALL), "a cross-surface"),
    (re.compile(r"S.*", re.IGNORECASE | re.DOTALL), "a sphere"),
    (re.compile(r"T[0-9]*(?:[+-][0-9]*|,[0-9]*[+-][0-9]*)(?:,.*)?", re.IGNORECASE | re.ASCII), "a shifted torus"),
)


def _parse_bounds(bounds_text: str, text: str) -> Bounds | None:
    match = _SIZES.fullmatch(bounds_text)
    if match is None:
        for form, name in _OTHER_TOPOLOGIES:
            if form.fullmatch(bounds_text):
                raise _refused(text, f"{name} is not supported, only a torus (:T100,50) and dead edges (:P100,50)")
        raise _refused(text, "after the colon stands T or P and a width and height, as in :T100,50")
    width, height = match["width"], match["height"] or match["width"]
    if max(len(width), len(height)) > _MOST_DIGITS:
        raise _refused(text, f"a board's width and height have at most {_MOST_DIGITS} digits")
    bounds = Bounds(int(height), int(width), wraps=bounds_text[0] in "Tt")
    return bounds if bounds.height or bounds.width else None


_PLAIN = r"[BS]?[0-9]*/?[BS]?[0-9]*"
_HENSEL = r"[0-9ACEIJKNQRTWYZ-]*"
_FAMILIES_NEAR_LIFE = (
    (r"[BS]?[0-9]*/[BS]?[0-9]*/[CG]?[0-9]+|B[0-9]*/?S[0-9]*/?[CG][0-9]+", "Generations rules (cells that age)"),
    (r".*(?:HISTORY|SUPER|INVESTIGATOR)", "LifeHistory and other rules that mark cells"),
)
_OTHER_FAMILIES = (
    (_PLAIN + "H", "hexagonal rules"),
    (_PLAIN + "V", "von Neumann rules (four neighbours)"),
    (_PLAIN + "L", "triangular rules"),
    (rf"(?=.*[0-9][-A-Z])B?{_HENSEL}/?S?{_HENSEL}", "Hensel (isotropic non-totalistic) rules"),
    (r"R[0-9]+,.*", "Larger than Life rules"),
    (r"MAP.*", "MAP rules"),
    (r"W[0-9]+", "one-dimensional (Wolfram) rules"),
)


def _no_rule(rule_text: str, bounds: Bounds | None, text: str) -> RuleError:
    if name := _family(rule_text, _OTHER_FAMILIES):
        return _refused(text, f"{name} are not supported")
    if name := _family(rule_text, _FAMILIES_NEAR_LIFE):
        reason = f"{name} are not supported"
    elif not rule_text:
        reason = "there is no rule in it"
    elif rule_text.count("/") > 1:
        reason = "a rule has one slash, between births and survivals"
    else:
        reason = "a rule is written as births and survivals"
    return _refused(text, reason, _nearest(rule_text, bounds))


def _family(rule_text: str, families: tuple[tuple[str, str], ...]) -> str | None:
    for form, name in families:
        if re.fullmatch(form, rule_text, re.IGNORECASE | re.ASCII | re.DOTALL):
            return name
    return None


def _nearest(rule_text: str, bounds: Bounds | None) -> str:
    """The accepted rule that was most probably meant; Conway's where nothing points to another."""
    known = rule_named(rule_text)
    if known is None and not _BEGINS_LIKE_A_RULE.match(rule_text):
        known = rule_nearly_named(rule_text)
    rule = known.notation if known else _repaired(rule_text) or str(CONWAY)
    return f"{rule}:{bounds}" if bounds else rule


def _repaired(rule_text: str) -> str | None:
    """The first two groups of neighbour counts, whatever stands around them."""
    compact = rule_text.upper()
    groups = re.findall(r"B[0-9]*|S[0-9]*|[0-9]+", compact)
    if len(groups) < 2 or not _BEGINS_LIKE_A_RULE.match(compact):
        return None
    first, second = groups[:2]
    if not (first.startswith("B") or second.startswith("S")):
        first, second = second, first
    return str(_rule_of(*(re.sub("[BS9]", "", group) for group in (first, second))))


def _refused(text: str, reason: str, suggestion: str | None = None) -> RuleError:
    shown = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    return RuleError(" ".join(shown.split()), reason, suggestion)
