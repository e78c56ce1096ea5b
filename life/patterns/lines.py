"""What all readers of text do first: make lines of it, whatever system it was written on."""

_BYTE_ORDER_MARK = "\ufeff"


def with_plain_ends(text: str) -> str:
    """`text` with LF at the end of a line, where it had CR LF or CR alone, and without a byte-order mark."""
    return text.removeprefix(_BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")


def lines_of(text: str) -> list[str]:
    """The lines of `text` without their ends."""
    return with_plain_ends(text).split("\n")
