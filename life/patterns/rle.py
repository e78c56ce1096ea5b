"""RLE, the format in which nearly every pattern is passed on.

A header `x = W, y = H, rule = R`, then runs of dead (`b`) and live (`o`) cells, `$` at the end of a row and `!` at the
end. There is no standard, only what programs write; what is tolerated here and what is not was decided after running
Golly, LifeViewer and copy/life on the same files. Whatever people wrote around the data survives being saved again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from life.errors import PatternError, RuleError
from life.notation import Notation, parse_rule
from life.patterns.coordinates import MOST
from life.patterns.pattern import Pattern
from life.patterns.runs import FURTHEST, DataLine, read_runs

_LONGEST_LINE = 70
_MOST_DIGITS = 18  # of a number in a header or comment that is worth believing

_NUMBER = r"\s*+=\s*+([+-]?[0-9]++)\s*+"
_HEADER = re.compile(
    rf"\s*+(?:x{_NUMBER},\s*+y{_NUMBER}|y{_NUMBER},\s*+x{_NUMBER})(?:,\s*+(?:rule\s*+=\s*+(.*+))?+)?+",
    re.IGNORECASE | re.ASCII,
)
_HEADER_START = re.compile(r"\s*+[xy]\s*+=", re.IGNORECASE | re.ASCII)
_DATA_START = re.compile(r"\s*+[0-9bo$.A!B-Xp-y]")
_WORD = re.compile(r"[ac-np-z]{2}")  # no two letters that can follow each other in data
_POSITION = re.compile(r"\bPos\s*+=\s*+([+-]?[0-9]{1,19})\s*+,\s*+([+-]?[0-9]{1,19})(?![0-9])", re.ASCII)
_GENERATION = re.compile(r"\bGen\s*+=\s*+([0-9]{1,18})(?![0-9])", re.ASCII)


@dataclass(slots=True)
class _Draft:
    """What has been read so far; rules are kept with their line and column until it is clear which one counts."""

    has_header: bool = False
    height: int = 0
    width: int = 0
    header_rule: tuple[str, int, int] | None = None
    comment_rule: tuple[str, int, int] | None = None
    name: str = ""
    author: str = ""
    comments: list[str] = field(default_factory=list)
    trailer: str = ""
    position: tuple[int, int] | None = None
    generation: int | None = None
    data: list[DataLine] = field(default_factory=list)


def read_rle(text: str, source: str = "pattern") -> Pattern:
    """Reads the first pattern in `text`, in time and memory that grow with the text and the live cells only.

    Errors call the text `source`, usually the name of its file.

    Raises:
        PatternError: the text is no RLE pattern, or one that is not supported.
    """
    draft = _read_lines(text, source)
    _expect_a_pattern(draft, source)
    notation = _read_notation(draft, source)
    ys, xs = read_runs(draft.data, source).cells()
    height, width = (int(ys[-1]) + 1, int(xs.max()) + 1) if len(ys) else (0, 0)
    if draft.height >= height and draft.width >= width:
        height, width = draft.height, draft.width
    return Pattern(
        ys,
        xs,
        height,
        width,
        draft.name,
        draft.author,
        tuple(draft.comments),
        draft.trailer,
        notation,
        draft.position,
        draft.generation,
    )


def _read_lines(text: str, source: str) -> _Draft:
    draft = _Draft()
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        stripped = line.strip()
        if stripped.startswith("#"):
            _read_comment(draft, stripped, number, line.index("#"))
        elif not draft.has_header and not draft.data and _HEADER_START.match(line):
            _read_header(draft, line, number, source)
        elif stripped:
            data, end, rest = line.partition("!")
            draft.data.append((number, data + end))
            if end:
                draft.trailer = "\n".join([rest, *lines[number:]]).rstrip()
                break
    return draft


def _read_comment(draft: _Draft, comment: str, number: int, indent: int) -> None:
    kind, value = comment[:2], comment[2:].strip()
    if not comment[2:3].isspace():
        kind = "#CXRLE" if comment.startswith("#CXRLE") else ""
    if kind == "#N" and not draft.name:
        draft.name = value
    elif kind == "#O" and not draft.author:
        draft.author = value
    elif kind == "#r" and value:
        draft.comment_rule = value, number, indent + comment.index(value, 2) + 1
    elif kind != "#CXRLE" or not _read_extension(draft, comment):
        draft.comments.append(comment)


def _read_extension(draft: _Draft, comment: str) -> bool:
    """Golly's line `#CXRLE Pos=x,y Gen=n`; False where neither can be read."""
    position = _POSITION.search(comment)
    if position and max(abs(int(position[1])), abs(int(position[2]))) <= MOST:
        draft.position = int(position[2]), int(position[1])
    if generation := _GENERATION.search(comment):
        draft.generation = int(generation[1])
    return bool(draft.position or generation)


def _read_header(draft: _Draft, line: str, number: int, source: str) -> None:
    match = _HEADER.fullmatch(line)
    if match is None:
        column = len(line) - len(line.lstrip()) + 1
        raise PatternError("this header is not written as x = W, y = H, rule = R", source, number, column)
    draft.has_header = True
    draft.height, draft.width = _hint(match[2] or match[3]), _hint(match[1] or match[4])
    if match[5]:
        draft.header_rule = match[5].rstrip(), number, match.start(5) + 1


def _hint(number: str) -> int:
    """0 where the number cannot be meant."""
    return max(int(number), 0) if len(number) <= _MOST_DIGITS else 0


def _expect_a_pattern(draft: _Draft, source: str) -> None:
    if draft.has_header:
        return
    if not draft.data:
        raise PatternError("there is no pattern in it", source)
    number, line = draft.data[0]
    if _DATA_START.match(line) is None or _WORD.search(line):
        text = line.lstrip()
        what = "a web page" if text[0] == "<" else "some other text"
        reason = f"this is {what} and not a pattern, which would begin with x = W, y = H"
        raise PatternError(reason, source, number, len(line) - len(text) + 1)


def _read_notation(draft: _Draft, source: str) -> Notation:
    rule = draft.header_rule or draft.comment_rule
    if rule is None:
        return Notation()
    text, number, column = rule
    try:
        return parse_rule(text)
    except RuleError as error:
        raise PatternError(str(error), source, number, column) from error


def write_rle(pattern: Pattern) -> str:
    """The pattern as the text of a file: lines of at most 70 characters, apart from comments.

    Raises:
        PatternError: the cells are so far apart that nobody could read the file again, or too many.
    """
    pattern = pattern.listed()
    _check_reach(pattern)
    notes = [_note("#N", pattern.name), _note("#O", pattern.author), *map(_comment, pattern.comments)]
    lines = [note for note in notes if note]
    if extension := _extension(pattern):
        lines.append(extension)
    height, width = (pattern.height, pattern.width) if pattern.population else (0, 0)
    lines.append(f"x = {width}, y = {height}, rule = {pattern.notation}")
    lines.extend(_wrapped(_data(pattern)))
    trailer = pattern.trailer.replace("\r\n", "\n").replace("\r", "\n").rstrip()
    return "\n".join(lines) + trailer + "\n"


def _check_reach(pattern: Pattern) -> None:
    """Against the sum of all counts that are going to be written, or more."""
    steps = np.diff(pattern.xs, prepend=0).astype(np.float64)
    if np.abs(steps).sum() + max(pattern.extents) > FURTHEST:
        raise PatternError(f"its cells are more than {FURTHEST:,} apart in RLE; save it as Life 1.06 (.lif) instead")


def _note(kind: str, value: str) -> str:
    line = _one_line(value)
    return f"{kind} {line}" if line else ""


def _comment(comment: str) -> str:
    line = _one_line(comment)
    return line if line.startswith("#") else _note("#C", line)


def _one_line(text: str) -> str:
    return re.sub(r"[\r\n]+", " ", text).strip()


def _extension(pattern: Pattern) -> str:
    position = f" Pos={pattern.position[1]},{pattern.position[0]}" if pattern.position else ""
    generation = f" Gen={pattern.generation}" if pattern.generation else ""
    return f"#CXRLE{position}{generation}" if position or generation else ""


def _data(pattern: Pattern) -> Iterator[str]:
    """Counts with their symbols, and the final `!`."""
    order = np.lexsort((pattern.xs, pattern.ys))
    ys, xs = pattern.ys[order], pattern.xs[order]
    begins = np.ones(len(ys), bool)
    begins[1:] = (ys[1:] != ys[:-1]) | (xs[1:] != xs[:-1] + 1)
    where = np.flatnonzero(begins)
    counts = np.diff(where, append=len(ys))
    row, column = 0, 0
    for y, x, count in zip(ys[where].tolist(), xs[where].tolist(), counts.tolist(), strict=True):
        if y > row:
            yield _run(y - row, "$")
            row, column = y, 0
        if x > column:
            yield _run(x - column, "b")
        yield _run(count, "o")
        column = x + count
    yield "!"


def _run(count: int, symbol: str) -> str:
    return symbol if count == 1 else f"{count}{symbol}"


def _wrapped(tokens: Iterator[str]) -> Iterator[str]:
    line: list[str] = []
    length = 0
    for token in tokens:
        if length + len(token) > _LONGEST_LINE:
            yield "".join(line)
            line, length = [], 0
        line.append(token)
        length += len(token)
    yield "".join(line)
