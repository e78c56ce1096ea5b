"""Numbers as a table that spreadsheets open."""

from collections.abc import Iterable, Sequence


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[int]]) -> bytes:
    """The file of a table of whole numbers: comma-separated values as RFC 4180 has them, with a line of headings."""
    lines = [",".join(columns), *(",".join(map(str, row)) for row in rows)]
    return "".join(f"{line}\r\n" for line in lines).encode()
