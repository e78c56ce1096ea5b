"""Pattern files on disk: whatever bytes they hold, the answer is a pattern or one clear sentence."""

import gzip
import io
import os
import re
import zlib

from life.errors import PatternError
from life.patterns.pattern import Pattern
from life.patterns.rle import read_rle, write_rle
from life.saving import replace_file, why_not

LARGEST_FILE = 256 << 20  # bytes, unpacked

_GZIP_MAGIC = b"\x1f\x8b"
_NOT_READ_YET = (
    (re.compile(r"\s*+#Life[ \t]*+1\.05"), "Life 1.05"),
    (re.compile(r"\s*+#Life[ \t]*+1\.06"), "Life 1.06"),
    (re.compile(r"\s*+\[M2\]"), "Macrocell"),
    (re.compile(r"\s*+!.*+\s*+\S"), "plaintext (.cells)"),
)
_PLAINTEXT_ROWS = re.compile(r"(?=[\s.*]*+O|[\s.O]*+\*)[\s.*O]*+")


def read_pattern(path: str | os.PathLike[str]) -> Pattern:
    """Reads a pattern file, compressed with gzip or not; its format is told by its content.

    Raises:
        PatternError: the file cannot be read, or it is no pattern, or it is one that is not supported.
    """
    source = os.fspath(path)
    data = _read_bytes(source)
    if data.startswith(_GZIP_MAGIC):
        data = _decompress(data, source)
    if len(data) > LARGEST_FILE:
        raise PatternError(f"this is larger than {LARGEST_FILE >> 20} MiB, too large for a pattern", source)
    text = _decode(data)
    if name := _format_not_read_yet(text):
        raise PatternError(f"this is a pattern in the {name} format, which cannot be read yet; save it as RLE", source)
    return read_rle(text, source)


def _read_bytes(source: str) -> bytes:
    try:
        with open(source, "rb") as file:
            return file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise PatternError(why_not("read", error), source) from error


def _decompress(data: bytes, source: str) -> bytes:
    """At most one byte more than allowed: a few bytes can stand for terabytes."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            return file.read(LARGEST_FILE + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise PatternError("this file is compressed with gzip and damaged; get it again", source) from error


def _decode(data: bytes) -> str:
    """UTF-8, or Latin-1, in which every byte is a letter; the data proper is ASCII in either."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _format_not_read_yet(text: str) -> str | None:
    for form, name in _NOT_READ_YET:
        if form.match(text):
            return name
    return "plaintext (.cells)" if _PLAINTEXT_ROWS.fullmatch(text) else None


def save_pattern(path: str | os.PathLike[str], pattern: Pattern) -> None:
    """Writes the pattern as RLE, compressed where the name ends in `.gz`; an old file stays whole if anything fails.

    Raises:
        PatternError: the file cannot be written.
    """
    source = os.fspath(path)
    text = write_rle(pattern).encode("utf-8", "replace")
    data = gzip.compress(text, mtime=0) if source.endswith(".gz") else text
    try:
        replace_file(source, data)
    except (OSError, ValueError) as error:
        raise PatternError(why_not("saved", error), source) from error
