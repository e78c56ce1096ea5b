"""Macrocell, the format of patterns that are too large for a list of their cells: the tree of HashLife as text.

A file begins with `[M2]`. A line of `.`, `*` and `$` is a leaf of 8 × 8 cells, one of five numbers is a square: its
level and the numbers of the lines of its four quarters, 0 for an empty one. The last line is the root, whose middle
is the upper left corner of cell (0, 0). To Golly it is the lower left one; on the plane that makes no difference, and
for boards with edges, which have a middle, it is taken into account. Multi-state patterns, whose squares go down to
level 1, are refused.

All squares of a level are made at once, and nothing is believed before it was checked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from life.errors import LifeError, PatternError, RuleError
from life.hashlife.converting import LARGEST_STORE, tree_of
from life.hashlife.growing import grown, leaves_of, root_of_tiles, shrunk, united
from life.hashlife.layout import FIELDS, LEAF_LEVEL, LEAF_SIDE
from life.hashlife.machine import shared_machinery
from life.hashlife.store import Store
from life.hashlife.tree import SMALLEST_LEVEL, TreePlane
from life.notation import Notation, parse_rule
from life.patterns.lines import with_plain_ends
from life.patterns.pattern import Pattern
from life.plane.plane import Plane
from life.plane.tile_plane import TilePlane

HEADER = re.compile(r"\ufeff?\s*+\[M2\]")

_CELLS_LEVEL = 3  # of the leaves in the file
_CELLS_SIDE = 8
_BATCH = 1 << 14  # lines
_PIECE = 1 << 20  # characters
_SQUARE_STARTS = ".*$0123456789"
_GOLLY_ROW = 1  # what Golly calls the row above the middle
_HIGHEST_LEVEL = 400  # as wide as the universe, several times
_WORTH_WAITING = 20_000  # lines from which on to wait for machine code is faster than to do without
_FEW_TILES = 4096  # for a pattern that need not stay a tree
_NODE = re.compile(r"[0-9]{1,9}(?:[ \t]++[0-9]{1,9}){4}\s*+", re.ASCII)
_LEAF = re.compile(r"[.*]{0,8}+(?:\$[.*]{0,8}+){0,7}+\$?\s*+")
_GENERATION = re.compile(r"[0-9]{1,400}", re.ASCII)

Numbers = NDArray[np.int64]


@dataclass(slots=True)
class _Draft:
    """What has been read so far, in as few bytes as it takes: a file may have millions of lines.

    Attributes:
        kinds: a byte for each line that stands for a square, 1 for a leaf.
        cells: eight bytes for each leaf, its rows.
        numbers: the five numbers of each other square, some thousand squares in an array.
        pending: lines of squares that are not in `numbers` yet.
    """

    rule: tuple[str, int] | None = None
    generation: int | None = None
    name: str = ""
    author: str = ""
    comments: list[str] = field(default_factory=list)
    kinds: bytearray = field(default_factory=bytearray)
    cells: bytearray = field(default_factory=bytearray)
    numbers: list[Numbers] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)

    def flush(self) -> None:
        """Has no lines pending any more."""
        self.numbers.append(np.fromstring(" ".join(self.pending), np.int64, sep=" ").reshape(-1, 5))
        self.pending.clear()


def read_macrocell(text: str, source: str = "pattern") -> Pattern:
    """Reads a pattern, in time and memory that grow with the text only; its cells are on a plane.

    Raises:
        PatternError: the text is no Macrocell pattern, or one that is not supported.
    """
    draft = _read_lines(text, source)
    if not draft.kinds:
        raise PatternError("there is no pattern in it", source)
    notation = _read_notation(draft, source)
    if len(draft.kinds) >= _WORTH_WAITING:
        shared_machinery().wait()
    plane = _simplest(_read_tree(draft, text, source))
    box = plane.box
    pattern = Pattern(
        np.zeros(0, np.int64),
        np.zeros(0, np.int64),
        box.height if box else 0,
        box.width if box else 0,
        draft.name,
        draft.author,
        tuple(draft.comments),
        notation=notation,
        position=(box.top, box.left) if box else None,
        generation=draft.generation,
        plane=plane,
    )
    return pattern if notation.bounds is None else _with_edges(pattern, source)


def _with_edges(pattern: Pattern, source: str) -> Pattern:
    """The cells as a list, as counted from the middle of a board."""
    try:
        listed = pattern.listed()
    except PatternError as error:
        raise PatternError(f"it has too many cells, or too far apart, for {pattern.notation}", source) from error
    top, left = listed.position or (-1, 0)
    return replace(listed, position=(top + _GOLLY_ROW, left))


def _read_lines(text: str, source: str) -> _Draft:
    draft, values = _Draft(), _row_values()
    has_header = False
    for number, line in enumerate(_lines_of(text), start=1):
        first = line[:1]
        if first.isdigit() and _NODE.fullmatch(line):
            draft.pending.append(line)
            draft.kinds.append(0)
            if len(draft.pending) == _BATCH:
                draft.flush()
        elif first and first in ".*$" and _LEAF.fullmatch(line):
            rows = [values[row] for row in line.rstrip().split("$")]
            draft.cells += bytes(rows[:_CELLS_SIDE]).ljust(_CELLS_SIDE, b"\0")
            draft.kinds.append(1)
        elif first == "#":
            _read_note(draft, line.rstrip(), number)
        elif not has_header and HEADER.match(line):
            has_header = True
        elif line.strip():
            raise PatternError(_what_is_wrong(line), source, number)
    draft.flush()
    return draft


def _lines_of(text: str) -> Iterator[str]:
    """The lines, of which only some thousand are there at a time."""
    text = with_plain_ends(text)
    begin = 0
    while begin < len(text):
        end = text.find("\n", begin + _PIECE)
        end = len(text) if end < 0 else end
        yield from text[begin:end].split("\n")
        begin = end + 1


def _line_number(text: str, square: int) -> int:
    """Of the line that stands for a square, which count from 1."""
    squares = (number for number, line in enumerate(_lines_of(text), start=1) if line[:1] in _SQUARE_STARTS and line)
    return next(islice(squares, square - 1, None))


def _what_is_wrong(line: str) -> str:
    if line[0] in ".*$" and not line.strip(".*$ \t"):
        return "a leaf has at most 8 rows of at most 8 cells"
    if re.fullmatch(r"[0-9\s]+", line, re.ASCII) and len(line.split()) == 5:
        return "one of these numbers is too large"
    return "a line is 8 × 8 cells, as in .*$..*$***$, or the level and the four quarters of a square, as in 4 1 0 2 3"


def _read_note(draft: _Draft, note: str, number: int) -> None:
    kind, value = note[:2], note[2:].strip()
    if kind == "#R" and value:
        draft.rule = value, number
    elif kind == "#G" and _GENERATION.fullmatch(value):
        draft.generation = int(value) or None
    elif kind == "#N" and value and not draft.name:
        draft.name = value
    elif kind == "#O" and value and not draft.author:
        draft.author = value
    elif not note.startswith("#FRAME"):  # Golly's recordings, which name lines of squares
        draft.comments.append(note)


def _read_notation(draft: _Draft, source: str) -> Notation:
    if draft.rule is None:
        return Notation()
    text, number = draft.rule
    try:
        return parse_rule(text)
    except RuleError as error:
        raise PatternError(str(error), source, number) from error


def _read_tree(draft: _Draft, text: str, source: str) -> TreePlane:
    """Makes the squares, level by level."""
    is_leaf = np.concatenate([[False], np.frombuffer(draft.kinds, np.bool_)])
    own = np.flatnonzero(~is_leaf)[1:]
    numbers = np.concatenate(draft.numbers)
    levels = np.where(is_leaf, _CELLS_LEVEL, 0)
    levels[own] = numbers[:, 0]
    if wrong := _wrong_square(numbers, levels, own):
        raise PatternError(wrong[1], source, _line_number(text, wrong[0]))
    cells = np.zeros((len(is_leaf), _CELLS_SIDE), np.uint16)
    cells[is_leaf] = np.frombuffer(draft.cells, np.uint8).reshape(-1, _CELLS_SIDE)
    store, level = Store(LARGEST_STORE), int(levels[-1])
    if level == _CELLS_LEVEL:
        return _small_tree(store, cells[-1], _CELLS_SIDE)
    order = np.argsort(numbers[:, 0], kind="stable")
    first, *ends = np.searchsorted(numbers[order, 0], np.arange(LEAF_LEVEL, level + 2)).tolist()
    blocks = order[first : ends[0]]
    nw, ne, sw, se = (cells[numbers[blocks, quarter]] for quarter in range(1, 5))
    pieces = np.concatenate([nw | ne << _CELLS_SIDE, sw | se << _CELLS_SIDE], axis=1)
    if level == LEAF_LEVEL:
        return _small_tree(store, pieces[-1], LEAF_SIDE)
    squares = np.zeros(len(is_leaf), np.int64)
    squares[own[blocks]] = leaves_of(store, pieces)
    for begin, end in pairwise(ends):
        some = order[begin:end]
        squares[own[some]] = united(store, squares[numbers[some, 1:]])
    root = int(squares[-1]), level
    while root[1] < SMALLEST_LEVEL:
        root = grown(store, root)
    return TreePlane(store, *shrunk(store, root))


def _wrong_square(numbers: Numbers, levels: Numbers, own: Numbers) -> tuple[int, str] | None:
    """A square that cannot be, and why: each quarter is an earlier line, and one level below."""
    quarters = numbers[:, 1:]
    known = np.minimum(quarters, len(levels) - 1)
    for is_wrong, reason in (
        ((numbers[:, 0] <= _CELLS_LEVEL), "multi-state patterns, whose squares go down to level 1, are not supported"),
        ((numbers[:, 0] > _HIGHEST_LEVEL), f"a square of more than 2^{_HIGHEST_LEVEL} cells a side is too large"),
        ((quarters >= own[:, np.newaxis]).any(axis=1), "a quarter of this square does not stand in an earlier line"),
        (
            ((quarters > 0) & (levels[known] != numbers[:, :1] - 1)).any(axis=1),
            "a quarter of this square is not of half its side: the levels do not fit",
        ),
    ):
        if is_wrong.any():
            return int(own[np.argmax(is_wrong)]), reason
    return None


@cache
def _row_texts() -> tuple[str, ...]:
    """Eight cells in a row, as written, for each byte; the first column is the lowest bit."""
    return tuple(
        "".join("*" if row >> x & 1 else "." for x in range(_CELLS_SIDE)).rstrip(".") for row in range(1 << _CELLS_SIDE)
    )


@cache
def _row_values() -> dict[str, int]:
    """The same the other way round, with and without dead cells at the end."""
    return {text.ljust(width, "."): row for row, text in enumerate(_row_texts()) for width in range(_CELLS_SIDE + 1)}


def _small_tree(store: Store, rows: NDArray[np.uint16], side: int) -> TreePlane:
    """A tree of one leaf, around (0, 0)."""
    ys, xs = np.nonzero(rows[:, np.newaxis] >> np.arange(side, dtype=np.uint16) & 1)
    tiles = TilePlane.from_cells(ys - side // 2, xs - side // 2)
    return TreePlane(store, *root_of_tiles(store, tiles.keys, tiles.words))


def _simplest(tree: TreePlane) -> Plane:
    """Tiles where they are few, for they are quicker to edit and to show."""
    try:
        return tree.tiles(_FEW_TILES)
    except LifeError:
        return tree


def write_macrocell(pattern: Pattern) -> str:
    """The pattern as the text of a file, around the corner at which the four middle cells meet.

    Raises:
        LifeError: it has more cells than fit into memory, unless they are in a tree already.
    """
    lines = ["[M2] (lifeloom)", f"#R {pattern.notation}"]
    if pattern.generation:
        lines.append(f"#G {pattern.generation}")
    trailer = [f"#C {line}" for line in pattern.trailer.splitlines() if line.strip()]
    notes = [_note("#N", pattern.name), _note("#O", pattern.author), *map(_comment, pattern.comments), *trailer]
    lines.extend(note for note in notes if note)
    lines.extend(_squares(tree_of(_plane_of(pattern))))
    return "\n".join(lines) + "\n"


def _plane_of(pattern: Pattern) -> Plane:
    if pattern.plane is not None:
        return pattern.plane
    top, left = pattern.position or (-(pattern.height // 2), -(pattern.width // 2))
    top -= _GOLLY_ROW if pattern.notation.bounds else 0
    return TilePlane.from_cells(pattern.ys + top, pattern.xs + left)


def _note(kind: str, value: str) -> str:
    line = " ".join(value.split("\n")).strip()
    return f"{kind} {line}" if line else ""


def _comment(comment: str) -> str:
    line = " ".join(comment.splitlines()).strip()
    return line if line.startswith("#") else _note("#C", line)


def _squares(tree: TreePlane) -> Iterator[str]:
    """The lines of a tree: each square once, after its quarters."""
    store, root = tree.at
    if not root:
        yield "$"
        return
    nodes, lines = store.nodes.data, _Lines(store.rows)
    waiting = [(root, tree.level)]
    while waiting:
        square, level = waiting[-1]
        quarters = [int(nodes[square * FIELDS + quarter]) for quarter in range(4)]
        missing = [(quarter, level - 1) for quarter in quarters if quarter > 0 and quarter not in lines.known]
        if missing:
            waiting.extend(missing)
            continue
        waiting.pop()
        if square not in lines.known:
            for quarter in quarters:
                yield from lines.leaf(quarter)
            yield lines.node(square, level, [lines.known[quarter] for quarter in quarters])


class _Lines:
    """Numbers the lines of a file.

    Attributes:
        known: the line of each square that has one, and 0 for the empty one.
    """

    def __init__(self, rows: NDArray[np.uint16]) -> None:
        self.known = {0: 0}
        self._rows = rows
        self._cells = {(0,) * _CELLS_SIDE: 0}  # the lines of 8 × 8 cells
        self._texts = _row_texts()
        self._count = 0

    def node(self, square: int, level: int, quarters: list[int]) -> str:
        """The line of a square whose quarters have these lines."""
        self._count += 1
        self.known[square] = self._count
        return " ".join(map(str, (level, *quarters)))

    def leaf(self, square: int) -> Iterator[str]:
        """The lines that there have to be before one can say which one is that of a leaf; none for a node."""
        if square >= 0 or square in self.known:
            return
        rows = self._rows[-square * LEAF_SIDE : (1 - square) * LEAF_SIDE].tolist()
        quarters = []
        for top in (0, _CELLS_SIDE):
            for left in (0, _CELLS_SIDE):
                cells = tuple(row >> left & 255 for row in rows[top : top + _CELLS_SIDE])
                if cells not in self._cells:
                    self._count += 1
                    self._cells[cells] = self._count
                    yield "$".join([self._texts[row] for row in cells]).rstrip("$") + "$"
                quarters.append(self._cells[cells])
        yield self.node(square, LEAF_LEVEL, quarters)
