"""Life 1.06: the coordinates of every live cell, one a line; they may be as far apart as they like.

See https://conwaylife.com/wiki/Life_1.06. The format has no place for anything else; as in Golly, lines that begin with
`#` are read as Life 1.05 has them, but none are written, because stricter programs refuse them.
"""

import re
from collections.abc import Iterator

import numpy as np

from life.errors import PatternError
from life.patterns.coordinates import MOST
from life.patterns.life_notes import Notes
from life.patterns.lines import with_plain_ends
from life.patterns.pattern import Coordinates, Pattern
from life.patterns.runs import MOST_LIVE

HEADER = re.compile(r"\s*+#Life[ \t]++1\.06\b", re.IGNORECASE)
FIRST_LINE = "#Life 1.06"

_BATCH = 1 << 20  # letters
_MOST_DIGITS = 18  # of a number that surely fits into an int64
_NOTE = re.compile(r"^[ \t]*+#.*+", re.MULTILINE)
_NUMBER = r"[+-]?0{0,99}[0-9]{1,19}"
_PAIR = re.compile(rf"[ \t]*+{_NUMBER}[ \t]++{_NUMBER}[ \t]*+", re.ASCII)
_PAIRS = re.compile(rf"(?:[ \t]*+{_NUMBER}[ \t]++{_NUMBER}[ \t]*+\n|[ \t]*+\n)*+", re.ASCII)


def read_life106(text: str, source: str = "pattern") -> Pattern:
    """Reads a Life 1.06 file, in time and memory that grow with the text only, wherever the cells are.

    Raises:
        PatternError: a line is not two whole numbers within ±2^62, or there are more than 100 million cells.
    """
    notes = Notes(source)
    xs, ys = _read_pairs(text, notes)
    return notes.pattern_of(ys, xs)


def _read_pairs(text: str, notes: Notes) -> tuple[Coordinates, Coordinates]:
    """The first and the second number of every line; the other lines go to `notes`."""
    batches: list[Coordinates] = []
    live = 0
    for number, lines in _batches(with_plain_ends(text)):
        data = _without_notes(lines, number, notes) if "#" in lines else lines
        if not _PAIRS.fullmatch(data):
            raise _complaint(data, number, notes.source)
        pairs = _numbers(data)
        if (pairs > MOST).any() or (pairs < -MOST).any():
            raise _complaint(data, number, notes.source)
        live += len(pairs) // 2
        if live > MOST_LIVE:
            reason = f"more than {MOST_LIVE:,} live cells, the most that a pattern may have"
            raise PatternError(reason, notes.source, number)
        batches.append(pairs)
    pairs = np.concatenate(batches)
    return pairs[::2], pairs[1::2]


def _batches(text: str) -> Iterator[tuple[int, str]]:
    """About a megabyte of whole lines at a time, each with its end, and the number of the first of them."""
    number, begin = 1, 0
    while begin <= len(text):
        end = text.find("\n", begin + _BATCH)
        end = len(text) if end < 0 else end
        yield number, text[begin:end] + "\n"
        number += text.count("\n", begin, end) + 1
        begin = end + 1


def _without_notes(lines: str, first: int, notes: Notes) -> str:
    """The same lines, but empty ones in the place of those that begin with `#`."""
    kept: list[str] = []
    number, end = first, 0
    for note in _NOTE.finditer(lines):
        kept.append(lines[end : note.start()])
        number += lines.count("\n", end, note.start())
        end = note.end()
        if not HEADER.match(note[0]):
            notes.read(note[0], number)
    return "".join([*kept, lines[end:]])


def _numbers(data: str) -> Coordinates:
    """All whole numbers in well-formed data; those too large for an int64 become larger than may be."""
    letters = np.frombuffer(data.encode("ascii"), np.uint8)
    is_digit = (letters >= ord("0")) & (letters <= ord("9"))
    edges = np.diff(is_digit.view(np.int8), prepend=0)  # the data end with a line's end
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    digits = ends - starts
    if digits.max(initial=0) > _MOST_DIGITS:
        return np.array([max(-MOST - 1, min(int(number), MOST + 1)) for number in data.split()], np.int64)
    numbers = np.zeros(len(starts), np.int64)
    for place in range(int(digits.max(initial=0))):
        long_enough = digits > place
        numbers[long_enough] += (letters[ends[long_enough] - 1 - place] - np.int64(ord("0"))) * 10**place
    is_negative = letters[np.maximum(starts - 1, 0)] == ord("-")
    return np.where(is_negative, -numbers, numbers)


def _complaint(data: str, first: int, source: str) -> PatternError:
    """About the first line that is no pair of coordinates."""
    for number, line in enumerate(data.split("\n"), start=first):
        column = len(line) - len(line.lstrip()) + 1
        if not line.strip(" \t"):
            continue
        if not _PAIR.fullmatch(line):
            return PatternError("a line has two whole numbers, x and y, as in 3 -1", source, number, column)
        if any(abs(int(text)) > MOST for text in line.split()):
            return PatternError(f"a coordinate further out than {MOST:,}", source, number, column)
    raise AssertionError("every line is a pair of coordinates")


def write_life106(pattern: Pattern) -> str:
    """The cells as the text of a file, from the position that the pattern has, or else from (0, 0) on.

    Raises:
        PatternError: they are too many.
    """
    pattern = pattern.listed()
    top, left = pattern.position or (0, 0)
    if not pattern.population:
        return FIRST_LINE + "\n"
    ys, xs = pattern.ys.tolist(), pattern.xs.tolist()
    return FIRST_LINE + "\n" + "".join(f"{x + left} {y + top}\n" for y, x in zip(ys, xs, strict=True))
