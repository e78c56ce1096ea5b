"""Generations side by side as text, as in Effective Python, item 71."""

from itertools import zip_longest

_BETWEEN = " | "


class ColumnPrinter:
    """Collects the text of one grid after another; `str()` puts them next to each other under their numbers.

    A row of text has no white space at its end, and the last row no newline. Unlike the book's, the columns stay in
    line where they are an even number of cells wide or their number has several digits.

    Args:
        first: number of the first column; the book counts from 0.
    """

    def __init__(self, first: int = 0) -> None:
        self._next = first
        self._columns: list[tuple[int, str]] = []

    def append(self, data: str, number: int | None = None) -> None:
        """Adds a column: the `str()` of a grid, under `number`, or under the number after that of the one before."""
        number = self._next if number is None else number
        self._columns.append((number, data))
        self._next = number + 1

    def __str__(self) -> str:
        columns = [_with_number(number, data.splitlines()) for number, data in self._columns]
        return "\n".join(_BETWEEN.join(row).rstrip() for row in _rows(columns))


def _with_number(number: int, lines: list[str]) -> list[str]:
    """The lines under their number, all of the same width; the number's middle is over the middle of the lines."""
    label = str(number)
    width = max(map(len, [label, *lines]))
    padding = " " * ((width - len(label) + 1) // 2)
    return [line.ljust(width) for line in (padding + label, *lines)]


def _rows(columns: list[list[str]]) -> list[tuple[str, ...]]:
    blanks = [" " * len(column[0]) for column in columns]
    rows = zip_longest(*columns)
    return [tuple(cell or blank for cell, blank in zip(row, blanks, strict=True)) for row in rows]
