"""Rows drawn with one letter a cell, as Life 1.05 and plaintext have them.

About a megabyte of rows is looked at in one go by a handful of array operations, so that a large file takes no Python
loop over its cells and little more memory than its live ones.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from life.errors import PatternError
from life.patterns.pattern import Coordinates
from life.patterns.runs import MOST_LIVE

DEAD = "."

_BATCH = 1 << 20  # letters
_END = "\n"


class Row(NamedTuple):
    """A row of letters: its line in the file, counted from 1, and the coordinates of its first cell."""

    line: int
    y: int
    x: int
    letters: str


def read_rows(rows: Iterable[Row], alive: str, source: str) -> tuple[Coordinates, Coordinates]:
    """The coordinates (ys, xs) of the live cells, in the order in which they are written.

    Args:
        rows: in the order of the file.
        alive: the letters that are a live cell; "." is a dead one.
        source: what errors call the file.

    Raises:
        PatternError: there is another letter, or there are more live cells than a pattern may have.
    """
    batches: list[tuple[Coordinates, Coordinates]] = []
    live = 0
    for batch in _batches(rows):
        ys, xs = _read_batch(batch, alive, source)
        live += len(ys)
        if live > MOST_LIVE:
            reason = f"more than {MOST_LIVE:,} live cells, the most that a pattern may have"
            raise PatternError(reason, source, batch[-1].line)
        batches.append((ys, xs))
    if not batches:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate([ys for ys, _ in batches]), np.concatenate([xs for _, xs in batches])


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += len(row.letters) + 1
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read_batch(batch: list[Row], alive: str, source: str) -> tuple[Coordinates, Coordinates]:
    letters = _letters([row.letters for row in batch])
    is_live = np.isin(letters, _codes(alive))
    ends = np.flatnonzero(letters == ord(_END))
    _check(letters, is_live, ends, batch, source)
    where = np.flatnonzero(is_live)
    row = np.searchsorted(ends, where)
    starts = np.concatenate(([0], ends + 1))
    ys = np.array([row.y for row in batch], np.int64)
    xs = np.array([row.x for row in batch], np.int64)
    return ys[row], xs[row] + (where - starts[row])


def _letters(rows: list[str]) -> NDArray[np.uint8]:
    """One byte a letter; what is no Latin letter is none of ours either, and becomes a question mark."""
    return np.frombuffer(_END.join(rows).encode("latin-1", "replace"), np.uint8)


def _codes(letters: str) -> NDArray[np.uint8]:
    return np.frombuffer(letters.encode("latin-1"), np.uint8)


def _check(
    letters: NDArray[np.uint8], is_live: NDArray[np.bool_], ends: NDArray[np.int64], batch: list[Row], source: str
) -> None:
    is_strange = ~(is_live | np.isin(letters, _codes(DEAD + _END)))
    if not is_strange.any():
        return
    where = int(np.argmax(is_strange))
    row = int(np.searchsorted(ends, where))
    column = where - (int(ends[row - 1]) + 1 if row else 0)
    letter = batch[row].letters[column]
    raise PatternError(f"unexpected {letter!r} in a row of cells", source, batch[row].line, column + 1)
