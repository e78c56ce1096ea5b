"""Plaintext, the `.cells` files: comments that begin with `!`, then rows drawn with `.` and `O`.

See https://conwaylife.com/wiki/Plaintext. The format knows no rule, no board and no generation. They are written as
comments, which other programs pass over and this one reads again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from life.errors import PatternError, RuleError
from life.notation import Notation, parse_rule
from life.patterns.coordinates import MOST, in_order
from life.patterns.lines import lines_of
from life.patterns.pattern import Coordinates, Pattern
from life.patterns.rows import DEAD, Row, read_rows

LARGEST = 1 << 26  # letters that are written, dead cells among them

_ALIVE = "O"
_ALL_ALIVE = "Oo*"
_FIELD = re.compile(r"!\s*+(name|author|rule|generation|position)\s*+:[ \t]*+(.*)", re.IGNORECASE)
_GENERATION = re.compile(r"[0-9]{1,18}", re.ASCII)
_POSITION = re.compile(r"([+-]?[0-9]{1,19})\s*+,\s*+([+-]?[0-9]{1,19})", re.ASCII)
_REMARK = re.compile(r"#[CD](?:[ \t]|$)|#")


@dataclass(slots=True)
class _Draft:
    """What the comments have said so far."""

    source: str
    name: str = ""
    author: str = ""
    comments: list[str] = field(default_factory=list)
    notation: Notation | None = None
    position: tuple[int, int] | None = None
    generation: int | None = None
    height: int = 0
    width: int = 0


def read_plaintext(text: str, source: str = "pattern") -> Pattern:
    """Reads a plaintext pattern, in time and memory that grow with the text only.

    Raises:
        PatternError: a row has another letter than `.`, `O`, `o` and `*`, or a comment `!Rule:` has no rule.
    """
    draft = _Draft(source)
    ys, xs = in_order(*read_rows(_rows(text, draft), _ALL_ALIVE, source))
    return Pattern(
        ys,
        xs,
        draft.height,
        draft.width,
        draft.name,
        draft.author,
        tuple(draft.comments),
        notation=draft.notation or Notation(),
        position=draft.position,
        generation=draft.generation,
    )


def _rows(text: str, draft: _Draft) -> Iterator[Row]:
    y = 0
    for number, line in enumerate(lines_of(text), start=1):
        if line.startswith("!"):
            _read_comment(draft, line.rstrip(), number)
            continue
        letters = line.rstrip()
        if letters:
            draft.height, draft.width = y + 1, max(draft.width, len(letters))
        yield Row(number, y, 0, letters)
        y += 1


def _read_comment(draft: _Draft, line: str, number: int) -> None:
    match = _FIELD.fullmatch(line)
    kind, value = (match[1].lower(), match[2]) if match else ("", "")
    if kind == "name" and not draft.name:
        draft.name = value
    elif kind == "author" and not draft.author:
        draft.author = value
    elif match and kind == "rule" and value and draft.notation is None:
        draft.notation = _rule(value, draft.source, number, match.start(2) + 1)
    elif kind == "generation" and _GENERATION.fullmatch(value):
        draft.generation = int(value)
    elif kind == "position" and (position := _position(value)):
        draft.position = position
    else:
        draft.comments.append(line[1:] if line.startswith("!#") else f"#C {line[1:]}".rstrip())


def _position(value: str) -> tuple[int, int] | None:
    match = _POSITION.fullmatch(value)
    position = (int(match[2]), int(match[1])) if match else None
    return position if position and max(map(abs, position)) <= MOST else None


def _rule(value: str, source: str, number: int, column: int) -> Notation:
    try:
        return parse_rule(value)
    except RuleError as error:
        raise PatternError(str(error), source, number, column) from error


def write_plaintext(pattern: Pattern) -> str:
    """The pattern as the text of a file; rows end with their last live cell.

    Raises:
        PatternError: it is so large that mostly dead cells would be written, or has too many cells.
    """
    pattern = pattern.listed()
    ys, xs = in_order(pattern.ys, pattern.xs)
    starts = np.flatnonzero(np.diff(ys, prepend=-1))
    ends = np.append(starts, len(xs))[1:]
    rows, lengths = ys[starts], xs[ends - 1] + 1
    if max(float(ys.max(initial=0)), lengths.sum(dtype=np.float64)) > LARGEST:
        raise PatternError("plaintext would draw every one of its dead cells; save it as RLE (.rle) instead")
    drawn: list[str] = []
    for y, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        drawn.extend([""] * (y - len(drawn)))
        drawn.append(_drawn(xs[start:end]))
    return "\n".join([*_comments(pattern), *drawn]) + "\n"


def _drawn(xs: Coordinates) -> str:
    letters = np.full(int(xs[-1]) + 1, ord(DEAD), np.uint8)
    letters[xs] = ord(_ALIVE)
    return letters.tobytes().decode("ascii")


def _comments(pattern: Pattern) -> Iterator[str]:
    """What the pattern says about itself, one comment a line; at least one, which is what a file is known by."""
    yield f"!Name: {_one_line(pattern.name)}".rstrip()
    if pattern.author:
        yield f"!Author: {_one_line(pattern.author)}"
    if pattern.notation != Notation():
        yield f"!Rule: {pattern.notation}"
    if pattern.generation:
        yield f"!Generation: {pattern.generation}"
    if pattern.position:
        yield f"!Position: {pattern.position[1]},{pattern.position[0]}"
    for comment in (*pattern.comments, *(pattern.trailer.strip() and lines_of(pattern.trailer))):
        yield _comment(_one_line(comment))


def _comment(text: str) -> str:
    """Without the `#C` of other formats, where it cannot be taken for anything else without it."""
    comment = f"!{_REMARK.sub('', text, count=1)}".rstrip()
    is_unclear = comment.startswith("!#") or _FIELD.fullmatch(comment)
    return f"!{text}" if is_unclear and text.startswith("#") else comment


def _one_line(text: str) -> str:
    return re.sub(r"[\r\n]+", " ", text).strip()
