"""The formats of pattern files: how each is told, read and written; listed once, and everybody reads that list."""

import os
import re
from pathlib import PurePath

from life.patterns.file_format import Format, all_but_the_cells
from life.patterns.life105 import HEADER as _LIFE105_HEADER
from life.patterns.life105 import read_life105
from life.patterns.life106 import HEADER as _LIFE106_HEADER
from life.patterns.life106 import read_life106, write_life106
from life.patterns.macrocell import HEADER as MACROCELL_HEADER
from life.patterns.macrocell import read_macrocell, write_macrocell
from life.patterns.pattern import Pattern
from life.patterns.plaintext import read_plaintext, write_plaintext
from life.patterns.rle import read_rle, write_rle

COMPRESSED = ".gz"
MOST_IN_RLE = 1_000_000  # live cells of a plane; beyond, RLE takes seconds and megabytes
FURTHEST_IN_RLE = 10**12  # rows or columns

_COMMENTED_ROWS = re.compile(r"\s*+!")
_ROWS = re.compile(r"(?=[\s.*]*+O|[\s.O]*+\*)[\s.*O]*+")
_MANY_ROWS = re.compile(r"(?=[\s.]*+o)[.o]++(?:[ \t]*+(?:\r\n?|\n)[.o]++)++\s*+")


RLE = Format("rle", "RLE", (".rle",), read_rle, write_rle)
PLAINTEXT = Format(
    "cells", "plaintext", (".cells",), read_plaintext, write_plaintext, _COMMENTED_ROWS, re.compile(r"[\s.*Oo]*+\Z")
)
LIFE105 = Format(
    "life105", "Life 1.05", (".lif", ".life"), read_life105, None, _LIFE105_HEADER, re.compile(r"(?:#.*|[\s.*]+)*+\Z")
)
LIFE106 = Format(
    "life106", "Life 1.06", (".lif", ".life", ".l06"), read_life106, write_life106, _LIFE106_HEADER,
    re.compile(r"(?:#.*|[\s0-9+-]+)*+\Z", re.ASCII), all_but_the_cells,
)  # fmt: skip
MACROCELL = Format("mc", "Macrocell", (".mc",), read_macrocell, write_macrocell, MACROCELL_HEADER)

FORMATS: tuple[Format, ...] = (
    RLE,
    PLAINTEXT,
    LIFE105,
    LIFE106,
    MACROCELL,
)


def format_of(text: str, source: str = "") -> Format:
    """The format that a text is in, told by what it holds and, only where that may be either, by the name `source`.

    A text that may be anything counts as RLE, whose reader says best what is wrong with it.
    """
    for form in FORMATS:
        if form.mark.match(text):
            return form
    suffix = suffix_of(source)
    for form in FORMATS:
        if suffix in form.suffixes and form.look.match(text) and text.strip():
            return form
    if _ROWS.fullmatch(text) or (suffix not in RLE.suffixes and _MANY_ROWS.fullmatch(text)):
        return PLAINTEXT
    return RLE


def format_to_write(path: str | os.PathLike[str]) -> Format | None:
    """The format in which a file of that name is written, None where there is none; without a suffix it is RLE."""
    suffix = suffix_of(path)
    if not suffix:
        return RLE
    return next((form for form in FORMATS if form.write and suffix in form.suffixes), None)


def form_for(pattern: Pattern) -> Format:
    """The format for a file that need not be in any: RLE, and Macrocell for a plane that would be too much for it."""
    is_too_much = pattern.plane is not None and (
        pattern.population > MOST_IN_RLE or max(pattern.extents) > FURTHEST_IN_RLE
    )
    return MACROCELL if is_too_much else RLE


def suffix_of(path: str | os.PathLike[str]) -> str:
    """The suffix of a name in lower case, without the `.gz` of a compressed file."""
    name = os.fspath(path).lower().removesuffix(COMPRESSED)
    return PurePath(name).suffix


def suffixes_to_write() -> tuple[str, ...]:
    """The suffixes of all files that can be written."""
    return tuple(suffix for form in FORMATS if form.write for suffix in form.suffixes)
