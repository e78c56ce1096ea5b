"""Pattern files on disk: whatever bytes they hold, the answer is a pattern or one clear sentence."""

import gzip
import io
import os
import stat
import zlib

from life.errors import PatternError
from life.patterns.file_format import Format
from life.patterns.formats import COMPRESSED, format_to_write, suffixes_to_write
from life.patterns.pattern import Pattern
from life.patterns.text import read_pattern_text
from life.saving import replace_file, why_not

LARGEST_FILE = 256 << 20  # bytes, unpacked

_PIECE = 1 << 16  # bytes
_GZIP_MAGIC = b"\x1f\x8b"
_KINDS = (
    (stat.S_ISDIR, "it is a folder"),
    (stat.S_ISFIFO, "it is a pipe, not a file"),
    (stat.S_ISSOCK, "it is a socket, not a file"),
)


def read_pattern(path: str | os.PathLike[str]) -> Pattern:
    """Reads a pattern file, compressed with gzip or not; its format is told by its content, then by its suffix.

    Raises:
        PatternError: the file cannot be read, or it is no pattern, or it is one that is not supported.
    """
    source = os.fspath(path)
    return pattern_of(_read_bytes(source), source)


def pattern_of(data: bytes, source: str) -> Pattern:
    """The pattern in the bytes of a file, which errors call `source`; see `read_pattern`.

    Raises:
        PatternError: they are no pattern, or one that is not supported.
    """
    if data.startswith(_GZIP_MAGIC):
        data = _decompress(data, source)
    if len(data) > LARGEST_FILE:
        raise PatternError(f"this is larger than {LARGEST_FILE >> 20} MiB, too large for a pattern", source)
    return read_pattern_text(_decode(data), source)


def _read_bytes(source: str) -> bytes:
    try:
        with open(source, "rb", opener=_open_without_waiting) as file:
            if reason := _why_no_file(os.fstat(file.fileno()).st_mode):
                raise PatternError(f"this cannot be read: {reason}", source)
            return _read_at_most(file, LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise PatternError(why_not("read", error), source) from error


def _read_at_most(file: io.BufferedIOBase, limit: int) -> bytes:
    """Piece by piece: a single `read` of that size would take as much memory for the smallest file."""
    pieces = []
    while limit and (piece := file.read(min(limit, _PIECE))):
        pieces.append(piece)
        limit -= len(piece)
    return b"".join(pieces)


def _open_without_waiting(path: str, flags: int) -> int:
    """Opening a pipe that nobody writes to would wait for ever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _why_no_file(mode: int) -> str:
    if stat.S_ISREG(mode):
        return ""
    return next((reason for is_one, reason in _KINDS if is_one(mode)), "it is a device, not a file")


def _decompress(data: bytes, source: str) -> bytes:
    """At most one byte more than allowed: a few bytes can stand for terabytes."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            return _read_at_most(file, LARGEST_FILE + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise PatternError("this file is compressed with gzip and damaged; get it again", source) from error


def _decode(data: bytes) -> str:
    """UTF-8, or Latin-1, in which every byte is a letter; the data proper is ASCII in either."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def save_pattern(path: str | os.PathLike[str], pattern: Pattern, form: Format | None = None) -> tuple[str, ...]:
    """Writes the pattern in the format `form`, or that the suffix of the name stands for; a name without one gets RLE.

    What is written is compressed where the name ends in `.gz`. An old file stays whole if anything fails.

    Returns:
        Sentences without their full stop about what the file does not say, because its format cannot.

    Raises:
        PatternError: the file cannot be written, or nothing is written with such a suffix.
    """
    source = os.fspath(path)
    form = form or _format_for(source)
    data = data_of(pattern, form, source)
    try:
        replace_file(source, gzip.compress(data, mtime=0) if source.lower().endswith(COMPRESSED) else data)
    except (OSError, ValueError) as error:
        raise PatternError(why_not("saved", error), source) from error
    return what_is_lost(pattern, form)


def _format_for(source: str) -> Format:
    form = format_to_write(source)
    if form is None:
        names = ", ".join(suffixes_to_write())
        raise PatternError(f"this cannot be saved under a name that ends so; let it end in one of {names}", source)
    return form


def data_of(pattern: Pattern, form: Format, source: str) -> bytes:
    """The bytes of a file with the pattern in it.

    Raises:
        PatternError: the format cannot hold it, or is one that is only read.
    """
    if form.write is None:
        raise PatternError(f"{form.title} is read and not written; choose another format", source)
    try:
        return form.write(pattern).encode("utf-8", "replace")
    except PatternError as error:
        raise PatternError(f"this cannot be saved: {error.reason}", source) from error


def what_is_lost(pattern: Pattern, form: Format) -> tuple[str, ...]:
    """Sentences without their full stop about what a file in this format does not say."""
    lost = form.loses(pattern)
    if not lost:
        return ()
    listed = " and ".join([", ".join(lost[:-1]), lost[-1]] if len(lost) > 1 else lost)
    verb = "is" if len(lost) == 1 and lost[0] != "its comments" else "are"
    return (f"{form.title} keeps the cells only: {listed} {verb} not in the file",)
