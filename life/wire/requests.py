"""How the rule service understands a request and words its answer. `life.wire.service` describes both.

Nothing that comes in is trusted: every word has a longest length and a range.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from life.experiment import LONGEST_WAIT, Fault
from life.rule import CODES_PER_STATE, Rule
from life.states import ALIVE, EMPTY
from life.wire.words import LETTERS, NONSENSE, STATES

MOST_MICROSECONDS = int(2 * LONGEST_WAIT * 1e6)  # the longest latency and the longest jitter
MOST_CELLS_IN_BAND = 1 << 24
_MOST_DIGITS = 18
_REQUESTS_KEPT = 4096
_FEWEST_WORDS = 3
_EXPECTED = "expected 'cell NUMBER RULE STATE NEIGHBORS MICROSECONDS' or 'band NUMBER RULE CELLS MICROSECONDS'"

_RULE = re.compile(rb"B([0-8]{0,9})/S([0-8]{0,9})")
_FAULTS = {fault.value.encode(): fault for fault in (Fault.HANG, Fault.CUT, Fault.NONSENSE)}
_CODES = bytes(range(len(LETTERS)))
_TO_CODES = bytes.maketrans(LETTERS, _CODES)
_TO_STATES = bytes.maketrans(b"\0\1", STATES)


class Request(NamedTuple):
    """What is asked, without the number that comes back with the answer.

    Attributes:
        rule: what decides the answer.
        code: of the cell, as in `Rule.table`; of no meaning for a band.
        cells: how many cells follow on the next line; 0 where the request is about one cell.
        microseconds: how long the answer takes.
        fault: what the service is to do wrong.
    """

    rule: Rule
    code: int
    cells: int
    microseconds: int
    fault: Fault | None


class RequestError(ValueError):
    """A line was no request; `number` is the request's, or "-" where it could not be told."""

    def __init__(self, reason: str, number: bytes = b"-") -> None:
        self.reason = reason
        self.number = number
        super().__init__(reason, number)


class RequestParser:
    """Reads request lines. Clients ask the same again and again, so the latest requests are kept as they were read."""

    def __init__(self) -> None:
        self._request_from = lru_cache(_REQUESTS_KEPT)(_parse)

    def parse(self, line: bytes) -> tuple[bytes, Request]:
        """The number in `line`, which has no newline, and what it asks for; raises `RequestError`."""
        words = line.split(None, 2)
        if len(words) < _FEWEST_WORDS:
            raise RequestError(_EXPECTED)
        kind, number, rest = words
        if not _is_number(number):
            raise RequestError("the number of a request has 1 to 18 digits")
        try:
            return number, self._request_from(kind, rest)
        except ValueError as error:
            raise RequestError(str(error), number) from None


def answer_to(number: bytes, request: Request, letters: bytes) -> bytes:
    """The line that answers a request; `letters` are the cells of a band. Raises `RequestError`."""
    if letters.translate(None, LETTERS):
        raise RequestError("a cell of a band is one of 0 to 8 or A to I", number)
    if request.fault is Fault.NONSENSE:
        return b"%b %b\n" % (number, NONSENSE.encode())
    codes = letters.translate(_TO_CODES) if request.cells else _CODES[request.code : request.code + 1]
    return b"%b %b\n" % (number, codes.translate(request.rule.table).translate(_TO_STATES))


def _parse(kind: bytes, rest: bytes) -> Request:
    match kind, rest.split():
        case b"cell", [rule, state, neighbors, wait, *fault] if len(fault) <= 1:
            return Request(_rule_from(rule), _code_from(state, neighbors), 0, _microseconds(wait), _fault_from(fault))
        case b"band", [rule, cells, wait, *fault] if len(fault) <= 1:
            count = _between(1, cells, MOST_CELLS_IN_BAND, "the number of cells")
            return Request(_rule_from(rule), 0, count, _microseconds(wait), _fault_from(fault))
    raise ValueError(_EXPECTED)


def _rule_from(word: bytes) -> Rule:
    found = _RULE.fullmatch(word)
    if not found:
        raise ValueError("the rule is written like B3/S23")
    births, survivals = (frozenset(digit - ord("0") for digit in digits) for digits in found.groups())
    return Rule(births, survivals)


def _code_from(state: bytes, neighbors: bytes) -> int:
    count = _between(0, neighbors, CODES_PER_STATE - 1, "the number of live neighbours")
    if state == ALIVE.encode():
        return count + CODES_PER_STATE
    if state == EMPTY.encode():
        return count
    raise ValueError(f"the state is {ALIVE} or {EMPTY}")


def _microseconds(word: bytes) -> int:
    return _between(0, word, MOST_MICROSECONDS, "the wait in microseconds")


def _fault_from(words: list[bytes]) -> Fault | None:
    if not words:
        return None
    if words[0] not in _FAULTS:
        raise ValueError("the last word, if any, is hang, cut or nonsense")
    return _FAULTS[words[0]]


def _between(least: int, word: bytes, most: int, what: str) -> int:
    if not _is_number(word) or not least <= int(word) <= most:
        raise ValueError(f"{what} is {least} to {most}")
    return int(word)


def _is_number(word: bytes) -> bool:
    return len(word) <= _MOST_DIGITS and word.isdigit()
