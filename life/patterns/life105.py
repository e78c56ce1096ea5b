"""Life 1.05: blocks of rows drawn with `.` and `*`, each at a place of its own; read, and never written.

See https://conwaylife.com/wiki/Life_1.05. Golly loads nothing, and says nothing, where it meets another letter; here
that is an error.
"""

import re
from collections.abc import Iterator

from life.errors import PatternError
from life.patterns.coordinates import MOST
from life.patterns.life_notes import Notes
from life.patterns.lines import lines_of
from life.patterns.pattern import Pattern
from life.patterns.rows import Row, read_rows

HEADER = re.compile(r"\s*+#Life[ \t]++1\.05\b", re.IGNORECASE)

_BLOCK = re.compile(r"#P(?![^\s0-9+-])", re.IGNORECASE)
_CORNER = re.compile(r"#P\s*+(?:([+-]?[0-9]{1,19})\s++([+-]?[0-9]{1,19})\s*+)?", re.IGNORECASE | re.ASCII)
_ALIVE = "*"


def read_life105(text: str, source: str = "pattern") -> Pattern:
    """Reads a Life 1.05 file, in time and memory that grow with the text only.

    The rows of a block go on below its `#P x y`; a block without numbers, and rows before any `#P`, begin at (0, 0).

    Raises:
        PatternError: the text is no such pattern.
    """
    notes = Notes(source)
    rows = _rows(text, notes)
    return notes.pattern_of(*read_rows(rows, _ALIVE, source))


def _rows(text: str, notes: Notes) -> Iterator[Row]:
    y, left = 0, 0
    for number, line in enumerate(lines_of(text), start=1):
        note = line.lstrip()
        if not note.startswith("#"):
            yield Row(number, y, left, line.rstrip())
            y += 1
        elif _BLOCK.match(note):
            y, left = _corner(note, number, notes.source)
        elif not HEADER.match(note):
            notes.read(line, number)


def _corner(line: str, number: int, source: str) -> tuple[int, int]:
    match = _CORNER.fullmatch(line)
    if match is None:
        raise PatternError("a block begins with #P and two whole numbers, as in #P -2 5", source, number)
    x, y = int(match[1] or 0), int(match[2] or 0)
    if max(abs(x), abs(y)) > MOST:
        raise PatternError(f"a block begins further out than {MOST:,}", source, number)
    return y, x
