"""What a format of pattern files is, and what the file of a simple one needs besides."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from life.errors import PatternError
from life.notation import Notation
from life.patterns.coordinates import MOST
from life.patterns.life_notes import Notes
from life.patterns.pattern import Pattern
from life.patterns.runs import MOST_LIVE

__all__ = ["Format", "Pattern", "all_but_the_cells", "cells_of", "pattern_of_cells"]

_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        key: its name on the command line.
        title: its name for people.
        suffixes: those of its files, the usual one first.
        read: makes a pattern of a text; the second argument is what errors call it. Raises `PatternError`, or
            `ValueError` where Python says well enough what is wrong.
        write: makes the text of a pattern, and may raise `PatternError`; None where the format is not written.
        mark: what a text of this format, and of no other one, begins with.
        look: what a text has to look like where its suffix is all that it has.
        loses: what of a pattern the format has no place for, in words.
    """

    key: str
    title: str
    suffixes: tuple[str, ...]
    read: Callable[[str, str], Pattern]
    write: Callable[[Pattern], str] | None
    mark: re.Pattern[str] = _NOTHING
    look: re.Pattern[str] = _NOTHING
    loses: Callable[[Pattern], tuple[str, ...]] = field(default=lambda _: ())


def all_but_the_cells(pattern: Pattern) -> tuple[str, ...]:
    """What a format loses that has the cells and nothing else."""
    bounds = pattern.notation.bounds
    said = {
        f"the rule {pattern.notation.rule}": pattern.notation.rule != Notation().rule,
        f"the board {bounds}": bounds is not None,
        "its name": bool(pattern.name),
        "its author": bool(pattern.author),
        "its comments": bool(pattern.comments or pattern.trailer.strip()),
        f"the generation {pattern.generation}": bool(pattern.generation),
    }
    return tuple(words for words, is_said in said.items() if is_said)


def pattern_of_cells(cells: Iterable[tuple[int, int]], source: str) -> Pattern:
    """The pattern with these live cells, as (row, column), in any order and anywhere on the plane.

    It is for the formats of small patterns: every cell passes through Python.

    Raises:
        PatternError: they are too many, or too far out.
    """
    listed = list(cells)
    if len(listed) > MOST_LIVE:
        raise PatternError(f"more than {MOST_LIVE:,} live cells, the most that a pattern may have", source)
    if any(abs(number) > MOST for cell in listed for number in cell):
        raise PatternError(f"a cell further out than {MOST:,}", source)
    ys, xs = np.array(listed, np.int64).reshape(-1, 2).T
    return Notes(source).pattern_of(ys, xs)


def cells_of(pattern: Pattern) -> list[tuple[int, int]]:
    """Its live cells as (row, column), where they are on the plane.

    Raises:
        PatternError: they are too many.
    """
    pattern = pattern.listed()
    top, left = pattern.position or (0, 0)
    return [(y + top, x + left) for y, x in zip(pattern.ys.tolist(), pattern.xs.tolist(), strict=True)]
