"""The data of an RLE file as runs of live cells.

The limits are checked on the counts as they are written, before anything is expanded: `99999999999o` is twelve
characters long and hangs programs that believe it. One regular expression checks a line, a handful of array
operations read about a megabyte of lines, so that a file of millions of runs costs seconds, not minutes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from life.errors import PatternError

Integers = NDArray[np.int64]
DataLine = tuple[int, str]  # its number in the file, counted from 1, and its text, up to and with a `!`

MOST_LIVE = 100_000_000
FURTHEST = 10**15  # rows or columns from the top left corner; sums stay far from the end of an int64

_BATCH = 1 << 20
_LINE = re.compile(r"(?:(?:[1-9][0-9]{0,15}+)?+[bo$.A]|[ \t\v\f])*+!?")
_TOKEN = re.compile(r"[0-9]*+[bo$.A]")
_COUNT = re.compile(r"[0-9]*+")
_OTHER_STATE = re.compile(r"[p-y][A-X]|[B-X]")
_ROW_END, _LIVE = ord("$"), (ord("o"), ord("A"))


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of live cells: `counts[i]` cells from (ys[i], xs[i]) to the right, row by row from left to right."""

    ys: Integers
    xs: Integers
    counts: Integers

    def cells(self) -> tuple[Integers, Integers]:
        """The coordinates (ys, xs) of every live cell, in the same order."""
        ends = np.cumsum(self.counts)
        total = int(ends[-1]) if len(ends) else 0
        before = ends - self.counts
        return np.repeat(self.ys, self.counts), np.arange(total) + np.repeat(self.xs - before, self.counts)


@dataclass(slots=True)
class _Place:
    """How far the reading has come."""

    y: int = 0
    x: int = 0
    live: int = 0


def read_runs(lines: Iterable[DataLine], source: str) -> Runs:
    """Reads all the lines of data of one pattern.

    Raises:
        PatternError: something is not RLE data, or more than the limits allow.
    """
    place = _Place()
    batches = [_read_batch(batch, place, source) for batch in _batches(lines)]
    if not batches:
        none = np.zeros(0, np.int64)
        return Runs(none, none, none)
    return Runs(*(np.concatenate(column) for column in zip(*batches, strict=True)))


def _batches(lines: Iterable[DataLine]) -> Iterator[list[DataLine]]:
    batch: list[DataLine] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line[1])
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read_batch(batch: list[DataLine], place: _Place, source: str) -> tuple[Integers, Integers, Integers]:
    for number, line in batch:
        match = _LINE.match(line)
        if match and match.end() < len(line):
            reason, column = _what_is_wrong(line, match.end())
            raise PatternError(reason, source, number, column + 1)
    symbols, counts = _tokens("".join("".join(line.split()) for _, line in batch).rstrip("!"))
    ends_row = symbols == _ROW_END
    is_live = (symbols == _LIVE[0]) | (symbols == _LIVE[1])
    _check_limits(batch, counts, is_live, place, source)

    down = place.y + np.cumsum(np.where(ends_row, counts, 0))
    right = place.x + np.cumsum(np.where(ends_row, 0, counts))
    row_start = np.maximum.accumulate(np.where(ends_row, right, 0))
    xs = right - counts - row_start
    if len(counts):
        place.y, place.x = int(down[-1]), int(right[-1] - row_start[-1])
    place.live += int(counts[is_live].sum())
    return down[is_live], xs[is_live], counts[is_live]


def _tokens(data: str) -> tuple[NDArray[np.uint8], Integers]:
    """The symbols of well-formed data without white space, and how often each stands there."""
    characters = np.frombuffer(data.encode("ascii"), np.uint8)
    is_digit = (characters >= ord("0")) & (characters <= ord("9"))
    where = np.flatnonzero(~is_digit)
    digits = np.diff(where, prepend=-1) - 1
    counts = (digits == 0).astype(np.int64)
    for place in range(int(digits.max(initial=0))):
        long_enough = digits > place
        counts[long_enough] += (characters[where[long_enough] - 1 - place] - np.int64(ord("0"))) * 10**place
    return characters[where], counts


def _check_limits(
    batch: list[DataLine], counts: Integers, is_live: NDArray[np.bool_], place: _Place, source: str
) -> None:
    """In floating point, which may round but cannot wrap round."""
    live = place.live + np.cumsum(np.where(is_live, counts, 0), dtype=np.float64)
    reach = place.y + place.x + np.cumsum(counts, dtype=np.float64)
    for reached, limit, reason in (
        (live, MOST_LIVE, f"more than {MOST_LIVE:,} live cells, the most that a pattern may have"),
        (reach, FURTHEST, f"the pattern reaches further than {FURTHEST:,} rows or columns"),
    ):
        if len(reached) and reached[-1] > limit:
            raise PatternError(reason, source, *_position(batch, int(np.argmax(reached > limit))))


def _position(batch: list[DataLine], token: int) -> tuple[int, int]:
    """Line and column, counted from 1, of the token with this index."""
    starts = ((number, match.start() + 1) for number, line in batch for match in _TOKEN.finditer(line))
    return next(start for index, start in enumerate(starts) if index == token)


def _what_is_wrong(line: str, at: int) -> tuple[str, int]:
    """Why reading stopped at index `at` of a line, and the index to show for it."""
    count = _COUNT.match(line, at)
    end = count.end() if count else at
    rest = line[end : end + 1]
    if other := _OTHER_STATE.match(line, end):
        return f'multi-state pattern: "{other[0]}" is a cell of a state other than dead or alive', end
    if line[at] == "0":
        return "a count must be 1 or more and cannot begin with 0", at
    if at == end or not (rest == "" or rest.isspace() or rest in "!bo$.A"):
        return f"unexpected {rest!r}: rows are written with b, o and $", end
    if rest == "!":
        return "a count cannot stand before the ! that ends the pattern", at
    if rest == "" or rest.isspace():
        return "a count and its symbol must stand together, without white space or a new line between them", at
    return "the count is too large", at
